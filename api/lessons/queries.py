"""A lesson as one learner stands in it: which revision, what is read, what was answered, what is missing."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col

from api.database import Db
from api.enrolments import queries as enrolments
from api.enrolments.queries import ProgressRow
from api.enrolments.rules import why_locked
from api.errors import Forbidden, NotFound
from api.lessons import rules
from api.lessons.tables import Answer
from api.library import queries as library
from api.library.graph import Scenario
from api.library.queries import UnitCard
from api.library.values import Kind, Lesson
from api.people.rules import Act, Actor, may
from api.statements import Query, select
from api.words import _


class AnswerRow(NamedTuple):
    check_id: str
    option: int
    given: str


ANSWERS = Query(
    select(Answer.check_id, Answer.option, Answer.given)
    .where(col(Answer.person_id) == bindparam("person_id"), col(Answer.unit) == bindparam("unit"))
    .order_by(col(Answer.answered_at), col(Answer.sent_as)),
    AnswerRow,
)


class Access(NamedTuple):
    """Leave to open a unit: in which revision, and how far the person is.

    `preview`: of a lesson nothing is kept then; a call played so counts nowhere.
    """

    revision_id: str
    progress: ProgressRow | None
    preview: bool


class Desk(NamedTuple):
    """A lesson with one learner in it."""

    unit: str
    lesson: Lesson
    access: Access
    read: frozenset[str]
    answers: dict[str, list[str]]

    @property
    def missing(self) -> tuple[rules.Missing, ...]:
        return rules.missing(self.lesson, self.read, self.answers)

    @property
    def done(self) -> bool:
        return self.access.progress is not None and self.access.progress.done_at is not None


def access(db: Db, actor: Actor, unit: str, today: date) -> Access:
    """Leave to open a unit, or the reason why not.

    A learner opens what stands open on a plan of hers, and what she has begun or finished stays open to read. Trainers,
    managers, safety representatives and administrators may look at everything, as a `preview`.
    """
    progress = db.one(enrolments.PROGRESS_IN, person_id=actor.id, unit=unit)
    if progress is not None:
        return Access(progress.revision_id, progress, preview=False)
    steps = [
        step
        for enrolment in db.all(enrolments.OF_PERSON, person_id=actor.id)
        for step in enrolments.dated_steps(db, enrolment)
        if step.unit == unit
    ]
    locked = None
    if steps:
        done = enrolments.standing_of(db, actor.id).done
        reasons = [why_locked(step, done, today) for step in steps]
        if None in reasons:
            return Access(library.current_unit(db, unit, actor.centre_id).revision_id, None, preview=False)
        locked = reasons[-1]
    if may(actor, Act.PREVIEW):
        return Access(library.current_unit(db, unit, actor.centre_id).revision_id, None, preview=True)
    locked = library.titled(locked, library.unit_cards(db, actor.language, actor.centre_id))
    if locked is not None:
        raise Forbidden.of([locked])
    library.current_unit(db, unit, actor.centre_id)
    raise NotFound(_("This unit is not on your plan. Go back to your plan and choose from there."))


def unit_to_take(db: Db, actor: Actor, unit: str, today: date) -> tuple[Access, Lesson | Scenario]:
    """A unit in the reader's language, through the permission."""
    leave = access(db, actor, unit, today)
    return leave, library.unit(db, leave.revision_id, actor.language)


def desk_of(db: Db, actor: Actor, unit: str, leave: Access, lesson: Lesson) -> Desk:
    """Everything a lesson page shows of one learner."""
    answers: dict[str, list[str]] = {}
    if not leave.preview:
        for row in db.all(ANSWERS, person_id=actor.id, unit=unit):
            answers.setdefault(row.check_id, []).append(row.given or str(row.option))
    read = frozenset(leave.progress.read_sections.split()) if leave.progress else frozenset()
    return Desk(unit, lesson, leave, read, answers)


def desk(db: Db, actor: Actor, unit: str, today: date) -> Desk:
    """A lesson as the actor stands in it, in her language; NotFound when the unit is a scenario."""
    leave = access(db, actor, unit, today)
    return desk_of(db, actor, unit, leave, library.lesson(db, leave.revision_id, actor.language))


def practised(db: Db, actor: Actor, lesson: Lesson) -> list[UnitCard]:
    """The calls that a lesson is practised in, of those the actor's centre is served."""
    cards = library.unit_cards(db, actor.language, actor.centre_id)
    return [cards[key] for key in lesson.practises if key in cards and cards[key].kind is Kind.SCENARIO]
