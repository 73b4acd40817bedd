"""Published content, looked up. Parsed revisions are kept in memory: they never change."""

import itertools
from typing import NamedTuple, TypeVar

from sqlalchemy import and_, bindparam, or_
from sqlmodel import col

from api.database import Db
from api.errors import NotFound, Problem
from api.kept import Kept
from api.library.graph import Scenario
from api.library.lint import Document, read_document
from api.library.plans import alone
from api.library.tables import CurrentRevision, OwnRevision, Revision, RevisionText, ServedVersion
from api.library.values import Anchor, Card, Completion, Kind, Lesson, Module, Plan, Theme
from api.statements import Query, select
from api.words import DEFAULT_LANGUAGE, _

D = TypeVar("D", bound=Document)
KEPT = 4000
MOST_CARDS = 256


class Pointer(NamedTuple):
    kind: str
    key: str
    revision_id: str
    number: int


class UnitPointer(NamedTuple):
    """A pointer without its number: read on every page that names units."""

    kind: str
    key: str
    revision_id: str


class Stamp(NamedTuple):
    stamp: str


class Digest(NamedTuple):
    digest: str


class OwnPointer(NamedTuple):
    """What a centre is served in place of everybody's."""

    key: str
    revision_id: str


class Source(NamedTuple):
    kind: str
    key: str
    path: str
    language: str
    source: str


_pointer = select(CurrentRevision.kind, CurrentRevision.key, CurrentRevision.revision_id, Revision.number).join_from(
    CurrentRevision, Revision, and_(col(Revision.id) == col(CurrentRevision.revision_id))
)
_is_unit = or_(col(CurrentRevision.kind) == Kind.LESSON.value, col(CurrentRevision.kind) == Kind.SCENARIO.value)
CURRENT_UNIT = Query(
    _pointer.where(_is_unit, col(CurrentRevision.key) == bindparam("key")),
    Pointer,
)
CURRENT_UNITS = Query(
    select(CurrentRevision.kind, CurrentRevision.key, CurrentRevision.revision_id)
    .where(_is_unit)
    .order_by(col(CurrentRevision.key)),
    UnitPointer,
)
CURRENT = Query(
    _pointer.where(col(CurrentRevision.kind) == bindparam("kind"), col(CurrentRevision.key) == bindparam("key")),
    Pointer,
)
SERVED = Query(select(ServedVersion.stamp), Stamp)
OWN_UNITS = Query(
    select(OwnRevision.key, OwnRevision.revision_id)
    .where(col(OwnRevision.centre_id) == bindparam("centre_id"))
    .order_by(col(OwnRevision.key)),
    OwnPointer,
)
OWN_UNIT = Query(
    select(Revision.kind, Revision.key, Revision.id, Revision.number)
    .join_from(OwnRevision, Revision, col(Revision.id) == col(OwnRevision.revision_id))
    .where(col(OwnRevision.centre_id) == bindparam("centre_id"), col(OwnRevision.key) == bindparam("key")),
    Pointer,
)
ALL_CURRENT = Query(
    _pointer.where(col(CurrentRevision.kind) == bindparam("kind")).order_by(col(CurrentRevision.key)), Pointer
)
REVISION = Query(
    select(Revision.kind, Revision.key, Revision.id, Revision.number).where(col(Revision.id) == bindparam("id")),
    Pointer,
)
DIGESTS = Query(select(Revision.digest), Digest)
TEXTS = Query(
    select(Revision.kind, Revision.key, RevisionText.path, RevisionText.language, RevisionText.source)
    .join_from(RevisionText, Revision, col(Revision.id) == col(RevisionText.revision_id))
    .where(col(RevisionText.revision_id) == bindparam("revision_id"))
    .order_by(col(RevisionText.path)),
    Source,
)
_parsed: Kept[tuple[str, str], Document] = Kept(KEPT)
_plans: Kept[tuple[str, str], Plan] = Kept(KEPT)


def document(db: Db, revision_id: str, language: str) -> Document:
    """What a revision says in one language."""
    known = _parsed.get((revision_id, language))
    if known is not None:
        return known
    texts = db.all(TEXTS, revision_id=revision_id)
    if not texts:
        raise NotFound(_("There is no such content. Go back to your plan and choose from there."))
    files = {text.path: text.source for text in texts}
    main = [text for text in texts if _is_main(text)]
    chosen = next((text for text in main if text.language == language), main[0])
    parsed, _findings = read_document(Kind(chosen.kind), chosen.path, chosen.source, files)
    _parsed[revision_id, language] = parsed
    return parsed


def _is_main(text: Source) -> bool:
    """The plan's own file, not a module it takes in (other kinds have one file a language)."""
    return text.kind != Kind.PLAN or text.path.startswith("plans/")


def lesson(db: Db, revision_id: str, language: str) -> Lesson:
    return _of(Lesson, document(db, revision_id, language))


def scenario(db: Db, revision_id: str, language: str) -> Scenario:
    return _of(Scenario, document(db, revision_id, language))


def current_card(db: Db, key: str) -> Pointer:
    """The newest revision of a card."""
    pointer = db.one(CURRENT, kind=Kind.CARD.value, key=key)
    if pointer is None:
        raise NotFound(_("This card has not been published yet. Ask your administrator to publish the content."))
    return pointer


def card(db: Db, revision_id: str, language: str) -> Card:
    return _of(Card, document(db, revision_id, language))


def theme(db: Db, revision_id: str, language: str) -> Theme:
    return _of(Theme, document(db, revision_id, language))


def plan(db: Db, revision_id: str, language: str = DEFAULT_LANGUAGE) -> Plan:
    """The plan of a revision; a module's revision is a plan of that module alone."""
    known = _plans.get((revision_id, language))
    if known is None:
        found = document(db, revision_id, language)
        if isinstance(found, Module):
            pointer = db.one(REVISION, id=revision_id)
            known = alone(pointer.key if pointer else "", found)
        else:
            known = _of(Plan, found)
        _plans[revision_id, language] = known
    return known


def digests(db: Db) -> frozenset[str]:
    """The hashes of everything that has been published."""
    return frozenset(row.digest for row in db.all(DIGESTS))


def unit(db: Db, revision_id: str, language: str) -> Lesson | Scenario:
    found = document(db, revision_id, language)
    if isinstance(found, (Lesson, Scenario)):
        return found
    raise NotFound(_("There is no such unit. Go back to your plan and choose from there."))


def _of(kind: type[D], found: Document) -> D:
    if not isinstance(found, kind):
        raise NotFound(_("There is no such unit. Go back to your plan and choose from there."))
    return found


def current_unit(db: Db, key: str, centre_id: str) -> Pointer:
    """The revision of a lesson or scenario that a new learner of a centre gets: its own version, or everybody's."""
    pointer = db.one(OWN_UNIT, centre_id=centre_id, key=key) or db.one(CURRENT_UNIT, key=key)
    if pointer is None:
        raise NotFound(_("There is no such unit. Go back to your plan and choose from there."))
    return pointer


class UnitCard(NamedTuple):
    """A unit as a list shows it."""

    key: str
    kind: Kind
    number: str
    title: str
    minutes: int
    objective: str
    attended: bool


class Cards(dict[str, UnitCard]):
    """Unit cards by key. Cards of one `stamp` say the same, in this process."""

    stamp: int = 0


_cards: Kept[tuple[str, str, str], Cards] = Kept(MOST_CARDS)
# Centres without a version of their own: apart from the cards themselves, so that many centres throw none of those out.
_as_everybody: Kept[tuple[str, str, str], Cards] = Kept(KEPT)
_stamps = itertools.count(1)


def served_units(db: Db, centre_id: str) -> tuple[UnitPointer, ...]:
    """Every lesson and scenario a centre is served: its own version where it has one."""
    own = {pointer.key: pointer for pointer in db.all(OWN_UNITS, centre_id=centre_id)}
    pointers = tuple(pointer for pointer in db.all(CURRENT_UNITS) if pointer.key not in own)
    return pointers + tuple(UnitPointer(Kind.SCENARIO, one.key, one.revision_id) for one in own.values())


def stamp(db: Db) -> str:
    """What changes with every publication, at every centre."""
    [served] = db.all(SERVED)
    return served.stamp


def unit_cards(db: Db, language: str, centre_id: str) -> Cards:
    """Every unit a centre is served, by key, with titles in one language. Worked out anew only when something was published.

    An empty `centre_id` asks for everybody's, which are the very same cards for every centre that has written nothing itself.
    """
    key = (language, centre_id, stamp(db))
    known = _cards.get(key)
    if known is None:
        known = _as_everybody.get(key)
    if known is not None:
        return known
    if centre_id and not db.all(OWN_UNITS, centre_id=centre_id):
        _as_everybody[key] = unit_cards(db, language, "")
        return _as_everybody[key]
    pointers = served_units(db, centre_id)
    cards = Cards((pointer.key, _card(pointer, unit(db, pointer.revision_id, language))) for pointer in pointers)
    cards.stamp = next(_stamps)
    _cards[key] = cards
    return cards


def _card(pointer: UnitPointer, found: Lesson | Scenario) -> UnitCard:
    attended = isinstance(found, Lesson) and found.completion is Completion.ATTENDED
    return UnitCard(
        pointer.key, Kind(pointer.kind), found.number, found.title, found.minutes, found.objective, attended
    )


def titled(problem: Problem | None, cards: dict[str, UnitCard]) -> Problem | None:
    """A problem that names a unit, with the unit's title in place of its key."""
    if problem is None or "unit" not in problem.values:
        return problem
    return Problem(problem.message, problem.field, {"unit": cards[str(problem.values["unit"])].title})


class PlanCard(NamedTuple):
    """A plan or module as the trainer chooses it."""

    kind: Kind
    key: str
    title: str
    units: int
    needs_go_live: bool


def plan_cards(db: Db, language: str) -> list[PlanCard]:
    """Plans first, then modules that can be assigned by themselves."""
    cards = []
    for kind in (Kind.PLAN, Kind.MODULE):
        for pointer in db.all(ALL_CURRENT, kind=kind.value):
            found = plan(db, pointer.revision_id, language)
            needs = any(stretch.anchor is Anchor.GO_LIVE for stretch in found.stretches)
            cards.append(PlanCard(kind, pointer.key, found.title, len(found.units), needs))
    return cards
