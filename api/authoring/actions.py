"""Writing a scenario: saving a draft, publishing it for the centre, and going back to everybody's version."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.authoring import queries, reading, rules
from api.authoring.rules import Change
from api.authoring.tables import Draft
from api.database import Db
from api.errors import Conflict, Invalid, NotFound
from api.library import actions as library
from api.library.lint import Candidate
from api.library.markdown import MAX_BYTES
from api.library.queries import CURRENT_UNIT
from api.library.values import Finding, Kind
from api.people.rules import Act, Actor, demand
from api.statements import Command
from api.words import LANGUAGES, _

MOST_DRAFTS = 200
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
EXAMPLES = Path(__file__).parent / "example"
_draft = insert(Draft).values(
    centre_id=bindparam("centre_id"),
    key=bindparam("key"),
    danish=bindparam("danish"),
    english=bindparam("english"),
    version=bindparam("version"),
    saved_by=bindparam("saved_by"),
    saved_at=bindparam("now"),
)
SAVE = Command(
    _draft.on_conflict_do_update(
        index_elements=["centre_id", "key"],
        set_={name: _draft.excluded[name] for name in ("danish", "english", "version", "saved_by", "saved_at")},
    )
)
DISCARD = Command(
    delete(Draft).where(col(Draft.centre_id) == bindparam("centre_id"), col(Draft.key) == bindparam("key"))
)
STALE = _("%(name)s saved this call while you were writing. Copy what you wrote, open the call again, and put it in.")
MOVED_ON = _(
    "This call was published or thrown away while you were writing. Copy what you wrote, open the call again, and put it in."
)


class Seen(NamedTuple):
    """What an author had before her when she began to write: the draft's version, and the revision served (None: not looked at)."""

    version: int
    served: str | None = None


def save(db: Db, actor: Actor, key: str, texts: dict[str, str], seen: Seen, now: datetime) -> int:
    """Keeps a draft, however unfinished; the new version. Conflict when the call has moved on since what the author saw.

    The same texts sent again change nothing.
    """
    demand(actor, Act.AUTHOR)
    reading.demand_name(key)
    for language, text in texts.items():
        if len(text.encode()) > MAX_BYTES:
            raise Invalid(
                _("The text is over %(kilobytes)d KB. Split the call in two."), language, kilobytes=MAX_BYTES // 1024
            )
    known = db.one(queries.DRAFT, centre_id=actor.centre_id, key=key)
    if known and (known.danish, known.english) == (texts["da"], texts["en"]):
        return known.version
    if known and known.version != seen.version:
        raise Conflict(STALE, name=known.saved_by or "")
    if not known and seen.version:
        raise Conflict(MOVED_ON)
    if seen.served is not None and seen.served != queries.served_id(db, actor, key):
        raise Conflict(MOVED_ON)
    taken = db.one(CURRENT_UNIT, key=key)
    if taken and taken.kind != Kind.SCENARIO:
        raise Invalid(_("A lesson has this name already. Give the call another."), "key")
    if not known and len(db.all(queries.DRAFTS, centre_id=actor.centre_id)) >= MOST_DRAFTS:
        raise Conflict(_("There are very many drafts. Publish or throw away one of them first."))
    # Higher than that of any draft thrown away before, so that nobody saves over a newer one under its number.
    saved = max(known.version if known else 0, int((now - FIRST_DAY).total_seconds())) + 1
    db.run(
        SAVE,
        centre_id=actor.centre_id,
        key=key,
        danish=texts["da"],
        english=texts["en"],
        version=saved,
        saved_by=actor.id,
        now=now,
    )
    return saved


def begin(db: Db, actor: Actor, key: str, now: datetime) -> int:
    """Begins a new call from a short whole example in both languages; the draft's version."""
    demand(actor, Act.AUTHOR)
    reading.demand_name(key)
    if db.one(queries.DRAFT, centre_id=actor.centre_id, key=key) or queries.served_id(db, actor, key):
        raise Invalid(
            _("There is a call with this name already. Open it from the list, or choose another name."), "key"
        )
    number = key.partition("-")[0].upper()[:8]
    texts = {
        language: (EXAMPLES / f"example.{language}.md").read_text("utf-8").replace("number: S0", f'number: "{number}"')
        for language in LANGUAGES
    }
    return save(db, actor, key, texts, Seen(0), now)


def take_in(db: Db, actor: Actor, key: str, language: str, text: str, seen: Seen | None, now: datetime) -> int:
    """Puts a file into the draft in one language; the new version. Without `seen`, only where nothing else is being written."""
    demand(actor, Act.AUTHOR)
    reading.demand_name(key)
    draft = db.one(queries.DRAFT, centre_id=actor.centre_id, key=key)
    if draft or queries.served_id(db, actor, key):
        texts = queries.written(db, actor, key).texts
    else:
        texts = dict.fromkeys(LANGUAGES, "")
    if seen is None:
        if draft and texts[language] not in ("", text):
            raise Conflict(_("There is a draft of this call. Open it from the list and send the file from there."))
        seen = Seen(draft.version if draft else 0)
    return save(db, actor, key, {**texts, language: text}, seen, now)


def discard(db: Db, actor: Actor, key: str) -> None:
    """Throws a draft away; what is served stays as it is. Done twice, it is thrown away once."""
    demand(actor, Act.AUTHOR)
    if not db.run(DISCARD, centre_id=actor.centre_id, key=key) and not queries.served_id(db, actor, key):
        raise NotFound(queries.NO_SCENARIO)


class NotReady(Invalid):
    """A draft with findings is not published. `findings`: all of them, in the order of files and lines."""

    findings: list[Finding]


def publish(db: Db, actor: Actor, key: str, version: int, candidate: Candidate, change: Change, now: datetime) -> str:
    """Publishes the draft of that version for the centre; the new revision's id.

    `candidate` is the draft as the linter has read it (`reading.inspect`, which can take seconds and so is done before). Whoever is in the
    middle of the call goes on with the revision it was begun with. NotReady when the linter found something; Invalid when the edit is
    more than `change` says; Conflict when the draft has moved on.
    """
    desk = queries.written(db, actor, key)
    if desk.version == 0:
        raise Conflict(_("Nothing has been changed in this call. Change something and save it first."))
    read = {language: source for language, (_path, source) in candidate.texts.items()}
    if desk.version != version or read != desk.texts:
        raise Conflict(STALE, name=desk.saved_by or "")
    if candidate.findings:
        refused = NotReady(
            _("The call cannot be published yet: %(count)d to mend."), "texts", count=len(candidate.findings)
        )
        refused.findings = sorted(candidate.findings)
        raise refused
    written = reading.read(key, desk.texts, actor.language)
    least = rules.least_change(queries.served(db, actor, desk), written)
    if [*Change].index(change) < [*Change].index(least):
        raise Invalid(MORE_THAN_SAID[least], "change")
    revision_id = library.publish_own(db, actor.centre_id, candidate, change.value, actor.id, now)
    db.run(DISCARD, centre_id=actor.centre_id, key=key)
    return revision_id


MORE_THAN_SAID = {
    Change.MATERIAL: _(
        "Choices do something else than before, so this is more than a typo. Call it material or structural."
    ),
    Change.STRUCTURAL: _(
        "Moments or choices have come or gone, so people's ways cannot be compared. Call it structural."
    ),
}


def use_shared(db: Db, actor: Actor, key: str) -> None:
    """Gives up the centre's own version of a call; everybody's is served again. A draft stays."""
    demand(actor, Act.AUTHOR)
    if db.one(CURRENT_UNIT, key=key) is None:
        raise Conflict(_("This call is your centre's alone, so there is no other version to go back to."))
    library.serve_shared(db, actor.centre_id, key)
