"""The asker's own attempts at a scenario."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col

from api.database import Db
from api.errors import NotFound
from api.kept import Kept
from api.lessons.queries import Access, access
from api.library import queries as library
from api.people.rules import Actor
from api.scenarios.rules import Call, ImpossibleMove, open_call, play, step
from api.scenarios.tables import Attempt, Move, Reflection
from api.statements import Query, select
from api.words import _

MOST_WALKS = 4000


class AttemptRow(NamedTuple):
    id: str
    unit: str
    number: int
    revision_id: str
    view: str
    ended_as: str | None


class MoveRow(NamedTuple):
    choice: int


class ReflectionRow(NamedTuple):
    text: str


_attempt = select(Attempt.id, Attempt.unit, Attempt.number, Attempt.revision_id, Attempt.view, Attempt.ended_as)
_hers = _attempt.where(col(Attempt.person_id) == bindparam("person_id"), col(Attempt.unit) == bindparam("unit"))
LAST_ATTEMPT = Query(_hers.order_by(col(Attempt.number).desc()).limit(1), AttemptRow)
FIRST_ENDED = Query(
    _hers.where(col(Attempt.ended_as).is_not(None)).order_by(col(Attempt.number)).limit(1),
    AttemptRow,
)
BEST = Query(
    _hers.where(col(Attempt.ended_as).is_not(None)).order_by(col(Attempt.worth).desc(), col(Attempt.number)).limit(1),
    AttemptRow,
)
ATTEMPT = Query(
    _attempt.where(col(Attempt.id) == bindparam("id"), col(Attempt.person_id) == bindparam("person_id")), AttemptRow
)
MOVES = Query(
    select(Move.choice).where(col(Move.attempt_id) == bindparam("attempt_id")).order_by(col(Move.place)), MoveRow
)
REFLECTION = Query(select(Reflection.text).where(col(Reflection.attempt_id) == bindparam("attempt_id")), ReflectionRow)


class Run(NamedTuple):
    """An attempt with the call as it stands. `attempt` None: not begun."""

    access: Access
    attempt: AttemptRow | None
    call: Call


class Told(NamedTuple):
    """One ended attempt, among others: its number and how it went."""

    number: int
    call: Call


class LookingBack(NamedTuple):
    """What an ended call is held against: her own words, her first attempt and her best. `reflection` None: not written."""

    reflection: str | None
    first: Told
    best: Told


def moves_of(db: Db, attempt: AttemptRow) -> list[int]:
    return [move.choice for move in db.all(MOVES, attempt_id=attempt.id)]


_walked: Kept[tuple[str, str, str, tuple[int, ...]], Call] = Kept(MOST_WALKS)


def call_of(db: Db, actor: Actor, attempt: AttemptRow, moves: Sequence[int] | None = None) -> Call:
    """An attempt walked again (or `moves` in its place), on the revision it was begun with. ImpossibleMove as `step`.

    Walks are kept: a revision never changes, most people go the same first steps, and a move goes on from the one before.
    """
    made = tuple(moves_of(db, attempt) if moves is None else moves)
    walks = attempt.revision_id, actor.language, attempt.view
    known = _walked.get((*walks, made))
    if known is None:
        before = _walked.get((*walks, made[:-1])) if made else None
        if before is not None:
            known = step(before, made[-1])
        else:
            known = play(library.scenario(db, attempt.revision_id, actor.language), made, attempt.view)
        _walked[*walks, made] = known
    return known


def current_run(db: Db, actor: Actor, unit: str, today: date) -> Run:
    """Where the asker is in a scenario: the last attempt as it was left, or the call before it begins."""
    leave = access(db, actor, unit, today)
    return run_of(db, actor, unit, leave)


def run_of(db: Db, actor: Actor, unit: str, leave: Access) -> Run:
    """The last attempt as it was left. One that no longer walks, since the rules were changed, is as one not begun."""
    attempt = db.one(LAST_ATTEMPT, person_id=actor.id, unit=unit)
    if attempt is not None:
        with suppress(ImpossibleMove):
            return Run(leave, attempt, call_of(db, actor, attempt))
    return Run(leave, None, open_call(library.scenario(db, leave.revision_id, actor.language)))


def own_attempt(db: Db, actor: Actor, attempt_id: str) -> AttemptRow:
    attempt = db.one(ATTEMPT, id=attempt_id, person_id=actor.id)
    if attempt is None:
        raise NotFound(_("You have no such call. Open the scenario again."))
    return attempt


def looking_back(db: Db, actor: Actor, run: Run) -> LookingBack | None:
    """What stands beside a call that has ended; None while it goes on."""
    if run.attempt is None or run.attempt.ended_as is None:
        return None
    written = db.one(REFLECTION, attempt_id=run.attempt.id)
    hers = {"person_id": actor.id, "unit": run.attempt.unit}
    this = Told(run.attempt.number, run.call)
    first, best = (_told(db, actor, db.one(query, **hers), this) for query in (FIRST_ENDED, BEST))
    return LookingBack(written.text if written else None, first, best)


def _told(db: Db, actor: Actor, row: AttemptRow | None, this: Told) -> Told:
    """One of hers, or this one where that no longer walks."""
    if row is not None and row.number != this.number:
        with suppress(ImpossibleMove):
            return Told(row.number, call_of(db, actor, row))
    return this
