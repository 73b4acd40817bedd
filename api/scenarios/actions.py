"""Playing a scenario: beginning (again), making a move, going back to a moment, leaving it out, and looking back."""

from datetime import date, datetime

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import Db
from api.enrolments.actions import complete_unit, start_unit
from api.errors import Conflict, Invalid
from api.ids import new_id
from api.lessons.queries import Access, access
from api.lessons.rules import own_words
from api.library import queries as library
from api.people.rules import Actor
from api.scenarios import queries, rules
from api.scenarios.queries import Run
from api.scenarios.tables import Attempt, Move, Reflection
from api.statements import Command, select
from api.words import _

KEEP_MOVE = Command(
    insert(Move).values(
        attempt_id=bindparam("attempt_id"),
        place=bindparam("place"),
        choice=bindparam("choice"),
        moved_at=bindparam("now"),
    )
)
_moved_at = Move.__table__.c.moved_at.type  # type: ignore[attr-defined]  # set by SQLModel on table models
COPY_MOVES = Command(
    insert(Move).from_select(
        ["attempt_id", "place", "choice", "moved_at"],
        select(bindparam("again"), Move.place, Move.choice, bindparam("now", type_=_moved_at)).where(
            col(Move.attempt_id) == bindparam("attempt_id"), col(Move.place) < bindparam("before")
        ),
    )
)
END_ATTEMPT = Command(
    update(Attempt)
    .where(col(Attempt.id) == bindparam("attempt_id"))
    .values(ended_as=bindparam("end_type"), worth=bindparam("worth"))
)
SEE_AS = Command(update(Attempt).where(col(Attempt.id) == bindparam("attempt_id")).values(view=bindparam("view")))
_words = insert(Reflection).values(
    attempt_id=bindparam("attempt_id"), text=bindparam("text"), written_at=bindparam("now")
)
KEEP_WORDS = Command(
    _words.on_conflict_do_update(
        index_elements=["attempt_id"], set_={"text": _words.excluded.text, "written_at": _words.excluded.written_at}
    )
)
# Nobody plays one call this often; it bounds what one account can store.
MOST_ATTEMPTS = 500
MOST_MOVES = 500


def begin(db: Db, actor: Actor, unit: str, view: str, today: date, now: datetime) -> Run:
    """Begins an attempt, or begins again. An attempt without a move is taken as it is, so a double click makes one.

    `view`: through whose eyes, of those the scenario names; an empty string is the first.
    """
    leave = access(db, actor, unit, today)
    last = db.one(queries.LAST_ATTEMPT, person_id=actor.id, unit=unit)
    unplayed = last is not None and not queries.moves_of(db, last)
    done = leave.progress is not None and leave.progress.done_at is not None
    revision_id = last.revision_id if last else leave.revision_id
    if last is not None and rules.takes_newest(played=not unplayed, ended=last.ended_as is not None, done=done):
        revision_id = library.current_unit(db, unit, actor.centre_id).revision_id
    views = library.scenario(db, revision_id, actor.language).views
    if view not in ("", *(one.key for one in views)):
        raise Invalid(_("Choose who you want to be in the call."), "view")
    if last is None or not unplayed:
        _open_attempt(db, actor, unit, last.number + 1 if last else 1, revision_id, view, now)
    elif last.view != view:
        db.run(SEE_AS, attempt_id=last.id, view=view)
    _note_begun(db, actor, unit, leave, revision_id, now)
    return queries.run_of(db, actor, unit, leave)


def _note_begun(db: Db, actor: Actor, unit: str, leave: Access, revision_id: str, now: datetime) -> None:
    """Also for a call first tried as a preview, by somebody who has since come onto the plan."""
    if not leave.preview and leave.progress is None:
        start_unit(db, actor.id, unit, revision_id, now)


def _open_attempt(db: Db, actor: Actor, unit: str, number: int, revision_id: str, view: str, now: datetime) -> str:
    if number > MOST_ATTEMPTS:
        raise Conflict(_("You have played this call very many times. Talk to your trainer about it."))
    attempt = Attempt(
        id=new_id(), person_id=actor.id, unit=unit, number=number, revision_id=revision_id, started_at=now, view=view
    )
    db.add(attempt)
    return attempt.id


def go_back(db: Db, actor: Actor, unit: str, attempt_id: str, place: int, today: date, now: datetime) -> Run:
    """Begins a new attempt that stands where an earlier one stood before its move at `place` (1 is the first).

    The earlier one stays as it is. Done twice, it makes one attempt.
    """
    leave = access(db, actor, unit, today)
    attempt = queries.own_attempt(db, actor, attempt_id)
    moves = queries.moves_of(db, attempt)
    if attempt.unit != unit or not 1 <= place <= len(moves):
        raise Conflict(_("The call has moved on in another window. Open it again to see where it stands."))
    kept = moves[: place - 1]
    last = db.one(queries.LAST_ATTEMPT, person_id=actor.id, unit=unit)
    assert last is not None
    same = last.revision_id == attempt.revision_id and last.view == attempt.view and last.ended_as is None
    if not (same and queries.moves_of(db, last) == kept):
        again = _open_attempt(db, actor, unit, last.number + 1, attempt.revision_id, attempt.view, now)
        db.run(COPY_MOVES, again=again, attempt_id=attempt.id, before=place, now=now)
    _note_begun(db, actor, unit, leave, attempt.revision_id, now)
    return queries.run_of(db, actor, unit, leave)


def skip(db: Db, actor: Actor, unit: str, today: date, now: datetime) -> None:
    """Leaves out a call that carries a content note, with the same credit as playing it. Nobody can see the difference."""
    leave = access(db, actor, unit, today)
    if not library.scenario(db, leave.revision_id, actor.language).content_note:
        raise Conflict(_("This call is not one that can be left out. You may fail in it as often as you like."))
    if not leave.preview:
        start_unit(db, actor.id, unit, leave.revision_id, now)
        complete_unit(db, actor.centre_id, actor.id, unit, leave.revision_id, actor.id, now)


def reflect(db: Db, actor: Actor, unit: str, attempt_id: str, text: str, today: date, now: datetime) -> Run:
    """Keeps her own words about a call that has ended. Written again, the new words stand."""
    leave = access(db, actor, unit, today)
    attempt = queries.own_attempt(db, actor, attempt_id)
    if attempt.unit != unit or attempt.ended_as is None:
        raise Conflict(_("Play the call to an end first. Then you are asked about it."))
    if not text.strip():
        raise Invalid(_("Write a line in your own words first. Nobody but you can read it."), "text")
    words = own_words(text)
    if words is None:
        raise Invalid(_("That is more than there is room for. Keep to the main thing."), "text")
    db.run(KEEP_WORDS, attempt_id=attempt.id, text=words, now=now)
    return Run(leave, attempt, queries.call_of(db, actor, attempt))


def move(db: Db, actor: Actor, unit: str, attempt_id: str, place: int, choice: int, today: date, now: datetime) -> Run:
    """Makes the move at a place (1 is the first; choice 0 is a breath). The same move sent again counts once and gets the same answer.

    Conflict when another move stands at that place (made in another window); nothing is changed then.
    """
    leave = access(db, actor, unit, today)
    attempt = queries.own_attempt(db, actor, attempt_id)
    made = queries.moves_of(db, attempt)
    if attempt.unit != unit or not 1 <= place <= min(len(made) + 1, MOST_MOVES):
        raise Conflict(_("The call has moved on in another window. Open it again to see where it stands."))
    if place <= len(made):
        if made[place - 1] != choice:
            raise Conflict(_("The call has moved on in another window. Open it again to see where it stands."))
        return Run(leave, attempt, queries.call_of(db, actor, attempt, made))
    try:
        call = queries.call_of(db, actor, attempt, (*made, choice))
    except rules.ImpossibleMove:
        raise Invalid(_("Choose one of the answers."), "choice") from None
    _note_begun(db, actor, unit, leave, attempt.revision_id, now)
    db.run(KEEP_MOVE, attempt_id=attempt.id, place=place, choice=choice, now=now)
    if call.moment.end is not None:
        db.run(END_ATTEMPT, attempt_id=attempt.id, end_type=call.moment.end.value, worth=rules.worth(call))
        attempt = attempt._replace(ended_as=call.moment.end.value)
        if not leave.preview:
            complete_unit(db, actor.centre_id, actor.id, unit, attempt.revision_id, actor.id, now)
    return Run(leave, attempt, call)
