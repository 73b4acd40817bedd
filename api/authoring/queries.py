"""What an author sees: the scenarios, the draft beside what is served, who is in mid-run, and what choices teach."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func
from sqlmodel import col

from api.authoring import reading, rules
from api.authoring.reading import File
from api.authoring.tables import Draft
from api.database import Db
from api.enrolments.tables import Progress
from api.errors import NotFound
from api.library import queries as library
from api.library.graph import Scenario
from api.library.lint import Candidate
from api.library.tables import Revision
from api.library.values import Kind
from api.people.rules import Act, Actor, demand
from api.people.tables import Person
from api.scenarios.rules import Call
from api.statements import Query, select
from api.words import LANGUAGES, _

MOST_NAMED = 20  # of those in the middle of a call
NO_SCENARIO = _("There is no such scenario. Go back to the list and choose from there.")


class DraftRow(NamedTuple):
    key: str
    danish: str
    english: str
    version: int
    saved_by: str | None
    saved_at: datetime


class DraftCard(NamedTuple):
    key: str
    saved_at: datetime
    saved_by: str | None


class Begun(NamedTuple):
    """Somebody who has begun a call and not finished it: what a trainer sees on the board, too."""

    name: str
    revision_id: str


class Counted(NamedTuple):
    people: int


class RevisionRow(NamedTuple):
    id: str
    number: int
    published_at: datetime
    centre_id: str | None
    change: str | None
    published_by: str | None


DRAFT = Query(
    select(Draft.key, Draft.danish, Draft.english, Draft.version, Person.name, Draft.saved_at)
    .join_from(Draft, Person, col(Person.id) == col(Draft.saved_by), isouter=True)
    .where(col(Draft.centre_id) == bindparam("centre_id"), col(Draft.key) == bindparam("key")),
    DraftRow,
)
DRAFTS = Query(
    select(Draft.key, Draft.saved_at, Person.name)
    .join_from(Draft, Person, col(Person.id) == col(Draft.saved_by), isouter=True)
    .where(col(Draft.centre_id) == bindparam("centre_id"))
    .order_by(col(Draft.key)),
    DraftCard,
)
_under_way = (
    col(Person.centre_id) == bindparam("centre_id"),
    col(Progress.unit) == bindparam("key"),
    col(Progress.done_at).is_(None),
)
MID_RUN = Query(
    select(Person.name, Progress.revision_id)
    .join_from(Progress, Person, col(Person.id) == col(Progress.person_id))
    .where(*_under_way)
    .order_by(col(Person.name), col(Person.id))
    .limit(MOST_NAMED),
    Begun,
)
HOW_MANY_MID_RUN = Query(
    select(func.count(col(Progress.person_id)))
    .join_from(Progress, Person, col(Person.id) == col(Progress.person_id))
    .where(*_under_way),
    Counted,
)
REVISIONS = Query(
    select(Revision.id, Revision.number, Revision.published_at, Revision.centre_id, Revision.change, Person.name)
    .join_from(Revision, Person, col(Person.id) == col(Revision.published_by), isouter=True)
    .where(
        col(Revision.kind) == Kind.SCENARIO.value,
        col(Revision.key) == bindparam("key"),
        (col(Revision.centre_id) == bindparam("centre_id")) | col(Revision.centre_id).is_(None),
    )
    .order_by(col(Revision.number).desc())
    .limit(50),
    RevisionRow,
)


class ScenarioCard(NamedTuple):
    """A scenario in the author's list. `own`: the centre has its own version; `draft`: one is under work."""

    key: str
    number: str
    title: str
    minutes: int
    published: bool
    own: bool
    draft: DraftCard | None


@dataclass(frozen=True)
class Written:
    """A scenario's texts as they stand on the desk. `version` 0: nothing saved yet; the texts are then those served.

    `revision_id` is the revision served now, empty for a call that has never been published.
    """

    key: str
    texts: dict[str, str]
    version: int
    saved_by: str | None
    saved_at: datetime | None
    own: bool
    revision_id: str


@dataclass(frozen=True)
class Desk(Written):
    """A scenario on the author's desk: what is written, and what publishing it would meet.

    `served` is None for a call that has never been published; `mid_run` names the first of the `begun` who are in the middle of it.
    """

    served: Scenario | None
    begun: int
    mid_run: list[Begun]
    revisions: list[RevisionRow]


def checked(_db: Db, actor: Actor, key: str, texts: dict[str, str]) -> Candidate:
    """What the linter says of two texts as they are being written. It can take seconds: off the event loop."""
    demand(actor, Act.AUTHOR)
    return reading.inspect(key, texts)


def sent(_db: Db, actor: Actor, name: str, raw: bytes) -> File:
    """A file that is sent in, with everything wrong in it. It can take seconds: off the event loop."""
    demand(actor, Act.AUTHOR)
    return reading.file(name, raw)


def candidate(db: Db, actor: Actor, key: str) -> Candidate:
    """What is on the desk, as the linter reads it. It can take seconds: off the event loop."""
    return reading.inspect(key, written(db, actor, key).texts)


def scenarios(db: Db, actor: Actor) -> list[ScenarioCard]:
    """Every scenario the centre is served, and those it has only begun to write."""
    demand(actor, Act.AUTHOR)
    drafts = {draft.key: draft for draft in db.all(DRAFTS, centre_id=actor.centre_id)}
    own = {pointer.key for pointer in db.all(library.OWN_UNITS, centre_id=actor.centre_id)}
    cards = [
        ScenarioCard(
            card.key,
            card.number,
            card.title,
            card.minutes,
            published=True,
            own=card.key in own,
            draft=drafts.pop(card.key, None),
        )
        for card in library.unit_cards(db, actor.language, actor.centre_id).values()
        if card.kind is Kind.SCENARIO
    ]
    cards += [ScenarioCard(key, "", key, 0, published=False, own=False, draft=draft) for key, draft in drafts.items()]
    return sorted(cards, key=lambda card: (len(card.number), card.number, card.key))


def _served(db: Db, actor: Actor, key: str) -> tuple[library.Pointer | None, bool]:
    """The revision of a scenario that the centre is served, and whether it is its own."""
    own = db.one(library.OWN_UNIT, centre_id=actor.centre_id, key=key)
    return own or db.one(library.CURRENT, kind=Kind.SCENARIO.value, key=key), own is not None


def served_id(db: Db, actor: Actor, key: str) -> str:
    """The revision of a scenario that the centre is served now; empty when there is none."""
    pointer, _own = _served(db, actor, key)
    return pointer.revision_id if pointer else ""


def written(db: Db, actor: Actor, key: str) -> Written:
    """The texts of one scenario to work on. What it costs does not hang on how many people play it."""
    demand(actor, Act.AUTHOR)
    draft = db.one(DRAFT, centre_id=actor.centre_id, key=key)
    pointer, own = _served(db, actor, key)
    if pointer is None and draft is None:
        raise NotFound(NO_SCENARIO)
    texts = dict.fromkeys(LANGUAGES, "")
    if draft:
        texts = {"da": draft.danish, "en": draft.english}
    elif pointer:
        texts = {text.language: text.source for text in db.all(library.TEXTS, revision_id=pointer.revision_id)}
    return Written(
        key=key,
        texts=texts,
        version=draft.version if draft else 0,
        saved_by=draft.saved_by if draft else None,
        saved_at=draft.saved_at if draft else None,
        own=own,
        revision_id=pointer.revision_id if pointer else "",
    )


def served(db: Db, actor: Actor, on_desk: Written) -> Scenario | None:
    """The call as the centre is served it now; None for one that has never been published."""
    return library.scenario(db, on_desk.revision_id, actor.language) if on_desk.revision_id else None


def desk(db: Db, actor: Actor, key: str) -> Desk:
    """One scenario to work on, with who is in the middle of it and its revisions."""
    found = written(db, actor, key)
    counted = db.one(HOW_MANY_MID_RUN, centre_id=actor.centre_id, key=key)
    return Desk(
        **vars(found),
        served=served(db, actor, found),
        begun=counted.people if counted else 0,
        mid_run=db.all(MID_RUN, centre_id=actor.centre_id, key=key),
        revisions=db.all(REVISIONS, centre_id=actor.centre_id, key=key),
    )


def on_desk(db: Db, actor: Actor, key: str) -> Scenario:
    """The call as it is being written, as far as it can be read."""
    return reading.read(key, written(db, actor, key).texts, actor.language)


def tried(db: Db, actor: Actor, key: str, where: rules.Stand) -> Call:
    """A call as it is on the desk, tried from any moment in any state. Nothing is kept. Reading it takes a while: off the loop."""
    return rules.put_down(on_desk(db, actor, key), where)
