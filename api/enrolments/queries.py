"""A person's plans and steps, as far as the asker may see them."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col

from api.database import Db
from api.enrolments import rules
from api.enrolments.rules import Begun, Step
from api.enrolments.tables import Enrolment, Progress
from api.errors import NotFound
from api.kept import Kept
from api.library import queries as library
from api.library.values import Plan
from api.people.queries import led_teams
from api.people.rules import Act, Actor, demand, may
from api.plans.rules import DatedStep, WorkingDays, date_steps, local_day
from api.statements import Query, select
from api.words import _

NEWEST = "z" * 26  # after every id
MOST_ROADS = 2048


class EnrolmentRow(NamedTuple):
    id: str
    person_id: str
    person_name: str
    team_id: str | None
    cohort_id: str | None
    kind: str
    key: str
    revision_id: str
    start_on: date
    go_live_on: date | None
    begun: str
    steps_total: int
    steps_done: int
    next_due_on: date | None


class ProgressRow(NamedTuple):
    unit: str
    revision_id: str
    read_sections: str
    done_at: datetime | None


_enrolment = select(
    Enrolment.id,
    Enrolment.person_id,
    Enrolment.person_name,
    Enrolment.team_id,
    Enrolment.cohort_id,
    Enrolment.kind,
    Enrolment.key,
    Enrolment.revision_id,
    Enrolment.start_on,
    Enrolment.go_live_on,
    Enrolment.begun,
    Enrolment.steps_total,
    Enrolment.steps_done,
    Enrolment.next_due_on,
)
OF_PERSON = Query(
    _enrolment.where(col(Enrolment.person_id) == bindparam("person_id")).order_by(
        col(Enrolment.start_on), col(Enrolment.id)
    ),
    EnrolmentRow,
)
ONE = Query(
    _enrolment.where(col(Enrolment.id) == bindparam("id"), col(Enrolment.centre_id) == bindparam("centre_id")),
    EnrolmentRow,
)
LATEST = Query(
    _enrolment.where(col(Enrolment.centre_id) == bindparam("centre_id"), col(Enrolment.id) < bindparam("before"))
    .order_by(col(Enrolment.id).desc())
    .limit(bindparam("limit")),
    EnrolmentRow,
)
_progress = select(Progress.unit, Progress.revision_id, Progress.read_sections, Progress.done_at).where(
    col(Progress.person_id) == bindparam("person_id")
)
PROGRESS = Query(_progress, ProgressRow)
PROGRESS_IN = Query(_progress.where(col(Progress.unit) == bindparam("unit")), ProgressRow)


@lru_cache(maxsize=8192)
def _dated(plan: "_PlanKey", start_on: date, go_live_on: date | None) -> tuple[DatedStep, ...]:
    return date_steps(plan.plan, start_on, go_live_on, WorkingDays())


class _PlanKey:
    """A plan as a cache key: by its revision, so that hashing costs nothing."""

    __slots__ = ("plan", "revision_id")

    def __init__(self, revision_id: str, plan: Plan) -> None:
        self.revision_id, self.plan = revision_id, plan

    def __hash__(self) -> int:
        return hash(self.revision_id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _PlanKey) and other.revision_id == self.revision_id


def dated_steps(db: Db, enrolment: EnrolmentRow) -> tuple[DatedStep, ...]:
    """The steps of an enrolment with their dates. The same revision and dates are worked out once a process."""
    plan = library.plan(db, enrolment.revision_id)
    return _dated(_PlanKey(enrolment.revision_id, plan), enrolment.start_on, enrolment.go_live_on)


class Standing(NamedTuple):
    """Everything a person has done, as the rules want it."""

    progress: dict[str, ProgressRow]
    done: dict[str, date]


def standing_of(db: Db, person_id: str) -> Standing:
    progress = {row.unit: row for row in db.all(PROGRESS, person_id=person_id)}
    return Standing(progress, {unit: local_day(row.done_at) for unit, row in progress.items() if row.done_at})


class Road(NamedTuple):
    """One enrolment as it stands today. `key`: what its steps follow from, by value."""

    enrolment: EnrolmentRow
    steps: tuple[Step, ...]
    standing: rules.Standing
    key: tuple[object, ...]


# A plan page is looked at more often than anything on it changes, and most of a cohort stands at the same place.
_roads: Kept[tuple[object, ...], tuple[Step, ...]] = Kept(MOST_ROADS)


def _road(db: Db, enrolment: EnrolmentRow, standing: Standing, today: date) -> Road:
    dates = (enrolment.revision_id, enrolment.start_on, enrolment.go_live_on, today)
    key = (*dates, tuple(standing.progress), tuple(standing.done.items()))
    steps = _roads.get(key)
    if steps is None:
        steps = rules.road(dated_steps(db, enrolment), standing.progress, standing.done, today)
        _roads[key] = steps
    return Road(enrolment, steps, rules.standing(Begun(enrolment.begun), enrolment.next_due_on, today), key)


def my_roads(db: Db, actor: Actor, today: date) -> list[Road]:
    """The asker's own plans."""
    standing = standing_of(db, actor.id)
    return [_road(db, enrolment, standing, today) for enrolment in db.all(OF_PERSON, person_id=actor.id)]


def my_next_step(db: Db, actor: Actor, today: date) -> DatedStep | None:
    """The one next thing over all the asker's plans; None when nothing is open."""
    standing = standing_of(db, actor.id)
    steps = [step for enrolment in db.all(OF_PERSON, person_id=actor.id) for step in dated_steps(db, enrolment)]
    return rules.next_open(steps, standing.progress, standing.done, today)


def enrolment_to_see(db: Db, actor: Actor, enrolment_id: str) -> EnrolmentRow:
    """An enrolment through the permission: one's own, a trainer's in the centre, a manager's in the own team."""
    row = db.one(ONE, id=enrolment_id, centre_id=actor.centre_id)
    missing = NotFound(_("There is no such enrolment. Go back to the list and choose from there."))
    if row is None:
        raise missing
    if row.person_id == actor.id or may(actor, Act.ASSIGN):
        return row
    if may(actor, Act.SEE_STEPS) and row.team_id in {team.id for team in led_teams(db, actor)}:
        return row
    raise missing


def road_to_see(db: Db, actor: Actor, enrolment_id: str, today: date) -> Road:
    """One person's steps: done or not, and when. Never what was answered."""
    enrolment = enrolment_to_see(db, actor, enrolment_id)
    return _road(db, enrolment, standing_of(db, enrolment.person_id), today)


def latest(db: Db, actor: Actor, before: str = NEWEST, limit: int = 50) -> list[EnrolmentRow]:
    """The centre's newest enrolments, a page at a time; `before` is the last id of the page before."""
    demand(actor, Act.ASSIGN)
    return db.all(LATEST, centre_id=actor.centre_id, before=before, limit=limit)
