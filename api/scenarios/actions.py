"""Playing a scenario: beginning (again) and making a move."""

from datetime import date, datetime

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import Db
from api.enrolments.actions import complete_unit, start_unit
from api.errors import Conflict, Invalid
from api.ids import new_id
from api.lessons.queries import access
from api.library import queries as library
from api.people.rules import Actor
from api.scenarios import queries, rules
from api.scenarios.queries import Run
from api.scenarios.tables import Attempt, Move
from api.statements import Command
from api.words import _

KEEP_MOVE = Command(
    insert(Move).values(
        attempt_id=bindparam("attempt_id"),
        place=bindparam("place"),
        choice=bindparam("choice"),
        moved_at=bindparam("now"),
    )
)
END_ATTEMPT = Command(
    update(Attempt).where(col(Attempt.id) == bindparam("attempt_id")).values(ended_as=bindparam("end_type"))
)
# Nobody plays one call this often; it bounds what one account can store.
MOST_ATTEMPTS = 500
MOST_MOVES = 500


def begin(db: Db, actor: Actor, unit: str, today: date, now: datetime) -> Run:
    """Begins an attempt, or begins again. An attempt without a move is taken as it is, so a double click makes one."""
    leave = access(db, actor, unit, today)
    library.scenario(db, leave.revision_id, actor.language)
    last = db.one(queries.LAST_ATTEMPT, person_id=actor.id, unit=unit)
    if last is not None and not queries.moves_of(db, last):
        return queries.run_of(db, actor, unit, leave)
    number = last.number + 1 if last else 1
    if number > MOST_ATTEMPTS:
        raise Conflict(_("You have played this call very many times. Talk to your trainer about it."))
    # Practice after the first finished attempt takes the newest text; what is finished keeps its own.
    revision_id = library.current_unit(db, unit).revision_id if last and last.ended_as else leave.revision_id
    db.add(Attempt(id=new_id(), person_id=actor.id, unit=unit, number=number, revision_id=revision_id, started_at=now))
    if not leave.preview and leave.progress is None:
        start_unit(db, actor.id, unit, leave.revision_id, now)
    return queries.run_of(db, actor, unit, leave)


def move(db: Db, actor: Actor, unit: str, attempt_id: str, place: int, choice: int, today: date, now: datetime) -> Run:
    """Makes the move at a place (1 is the first). The same move sent again counts once and gets the same answer.

    Conflict when another move stands at that place (made in another window); nothing is changed then.
    """
    leave = access(db, actor, unit, today)
    attempt = queries.own_attempt(db, actor, attempt_id)
    made = queries.moves_of(db, attempt)
    if attempt.unit != unit or not 1 <= place <= min(len(made) + 1, MOST_MOVES):
        raise Conflict(_("The call has moved on in another window. Open it again to see where it stands."))
    scenario = library.scenario(db, attempt.revision_id, actor.language)
    if place <= len(made):
        if made[place - 1] != choice:
            raise Conflict(_("The call has moved on in another window. Open it again to see where it stands."))
        return Run(leave, attempt, rules.play(scenario, made))
    try:
        call = rules.play(scenario, [*made, choice])
    except rules.ImpossibleMove:
        raise Invalid(_("Choose one of the answers."), "choice") from None
    db.run(KEEP_MOVE, attempt_id=attempt.id, place=place, choice=choice, now=now)
    if call.moment.end is not None:
        db.run(END_ATTEMPT, attempt_id=attempt.id, end_type=call.moment.end.value)
        attempt = attempt._replace(ended_as=call.moment.end.value)
        if not leave.preview:
            # A call begun as a preview, by somebody who has since come onto the plan, has no progress yet.
            start_unit(db, actor.id, unit, attempt.revision_id, now)
            complete_unit(db, actor.centre_id, actor.id, unit, attempt.revision_id, actor.id, now)
    return Run(leave, attempt, call)
