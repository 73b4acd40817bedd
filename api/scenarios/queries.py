"""The asker's own attempts at a scenario."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col

from api.database import Db
from api.errors import NotFound
from api.lessons.queries import Access, access
from api.library import queries as library
from api.people.rules import Actor
from api.scenarios.rules import Call, play
from api.scenarios.tables import Attempt, Move
from api.statements import Query, select
from api.words import _


class AttemptRow(NamedTuple):
    id: str
    unit: str
    number: int
    revision_id: str
    ended_as: str | None


class MoveRow(NamedTuple):
    choice: int


_attempt = select(Attempt.id, Attempt.unit, Attempt.number, Attempt.revision_id, Attempt.ended_as)
LAST_ATTEMPT = Query(
    _attempt.where(col(Attempt.person_id) == bindparam("person_id"), col(Attempt.unit) == bindparam("unit"))
    .order_by(col(Attempt.number).desc())
    .limit(1),
    AttemptRow,
)
ATTEMPT = Query(
    _attempt.where(col(Attempt.id) == bindparam("id"), col(Attempt.person_id) == bindparam("person_id")), AttemptRow
)
MOVES = Query(
    select(Move.choice).where(col(Move.attempt_id) == bindparam("attempt_id")).order_by(col(Move.place)), MoveRow
)


class Run(NamedTuple):
    """An attempt with the call as it stands. `attempt` None: not begun."""

    access: Access
    attempt: AttemptRow | None
    call: Call


def moves_of(db: Db, attempt: AttemptRow) -> list[int]:
    return [move.choice for move in db.all(MOVES, attempt_id=attempt.id)]


def current_run(db: Db, actor: Actor, unit: str, today: date) -> Run:
    """Where the asker is in a scenario: the last attempt as it was left, or the call before it begins."""
    leave = access(db, actor, unit, today)
    return run_of(db, actor, unit, leave)


def run_of(db: Db, actor: Actor, unit: str, leave: Access) -> Run:
    attempt = db.one(LAST_ATTEMPT, person_id=actor.id, unit=unit)
    revision_id = attempt.revision_id if attempt else leave.revision_id
    scenario = library.scenario(db, revision_id, actor.language)
    return Run(leave, attempt, play(scenario, moves_of(db, attempt) if attempt else ()))


def own_attempt(db: Db, actor: Actor, attempt_id: str) -> AttemptRow:
    attempt = db.one(ATTEMPT, id=attempt_id, person_id=actor.id)
    if attempt is None:
        raise NotFound(_("You have no such call. Open the scenario again."))
    return attempt
