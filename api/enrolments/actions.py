"""Assigning plans, and completing units with their evidence."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import Db
from api.enrolments import queries, rules
from api.enrolments.queries import EnrolmentRow, standing_of
from api.enrolments.tables import Enrolment, Evidence, Progress, TeamCount
from api.errors import Conflict, Invalid
from api.ids import new_id
from api.library import queries as library
from api.library.values import Completion, Kind, Lesson
from api.people import queries as people
from api.people.queries import Member
from api.people.rules import Act, Actor, demand
from api.plans.rules import DatedStep, WorkingDays, check_dates, date_steps, local_day
from api.statements import Command, Query, select
from api.words import DEFAULT_LANGUAGE, _

NEVER = date.max  # where a team count keeps those with no date left


class Count(NamedTuple):
    people: int


class Known(NamedTuple):
    id: str


ALREADY = Query(
    select(Enrolment.id).where(
        col(Enrolment.person_id) == bindparam("person_id"),
        col(Enrolment.kind) == bindparam("kind"),
        col(Enrolment.key) == bindparam("key"),
    ),
    Known,
)
SET_COUNTERS = Command(
    update(Enrolment)
    .where(col(Enrolment.id) == bindparam("enrolment_id"))
    .values(
        begun=bindparam("new_begun"),
        steps_total=bindparam("total"),
        steps_done=bindparam("done"),
        next_due_on=bindparam("next_due"),
    )
)
IN_BUCKET = Query(
    select(func.count(col(Enrolment.id))).where(
        col(Enrolment.team_id) == bindparam("team_id"),
        col(Enrolment.begun) == bindparam("begun"),
        func.coalesce(col(Enrolment.next_due_on), NEVER)
        == bindparam("next_due_on", type_=TeamCount.__table__.c.next_due_on.type),  # type: ignore[attr-defined]
    ),
    Count,
)
_bucket = insert(TeamCount).values(
    team_id=bindparam("team_id"),
    begun=bindparam("begun"),
    next_due_on=bindparam("next_due_on"),
    people=bindparam("people"),
)
SET_BUCKET = Command(
    _bucket.on_conflict_do_update(
        index_elements=["team_id", "begun", "next_due_on"], set_={"people": _bucket.excluded.people}
    )
)
DROP_BUCKET = Command(
    delete(TeamCount).where(
        col(TeamCount.team_id) == bindparam("team_id"),
        col(TeamCount.begun) == bindparam("begun"),
        col(TeamCount.next_due_on) == bindparam("next_due_on"),
    )
)
START = Command(
    insert(Progress)
    .values(
        person_id=bindparam("person_id"),
        unit=bindparam("unit"),
        revision_id=bindparam("revision_id"),
        started_at=bindparam("now"),
        read_sections="",
    )
    .on_conflict_do_nothing(index_elements=["person_id", "unit"])
)
FINISH = Command(
    update(Progress)
    .where(
        col(Progress.person_id) == bindparam("of_person"),
        col(Progress.unit) == bindparam("of_unit"),
        col(Progress.done_at).is_(None),
    )
    .values(done_at=bindparam("now"))
)

RECORD = Command(
    insert(Evidence).values(
        id=bindparam("evidence_id"),
        centre_id=bindparam("centre_id"),
        person_id=bindparam("person_id"),
        unit=bindparam("unit"),
        revision_id=bindparam("revision_id"),
        what=bindparam("what"),
        recorded_at=bindparam("now"),
        recorded_by=bindparam("recorded_by"),
    )
)


@dataclass(frozen=True)
class Assignment:
    """What a trainer asks for: one plan or one module, one person or one cohort, and the dates."""

    kind: Kind
    key: str
    person_id: str | None
    cohort_id: str | None
    start_on: date
    go_live_on: date | None


class Preview(NamedTuple):
    """Who would get which steps, and who is on the plan already and keeps what they have."""

    people: list[Member]
    already: list[Member]
    steps: tuple[DatedStep, ...]
    revision_id: str


def preview(db: Db, actor: Actor, wish: Assignment) -> Preview:
    """The dates that follow, before anything is stored. Raises what `assign` would raise about the plan and the dates."""
    demand(actor, Act.ASSIGN)
    pointer = (
        db.one(library.CURRENT, kind=wish.kind.value, key=wish.key) if wish.kind in (Kind.PLAN, Kind.MODULE) else None
    )
    if pointer is None:
        raise Invalid(_("There is no such plan. Choose one from the list."), "plan")
    members = _members(db, actor, wish)
    plan = library.plan(db, pointer.revision_id)
    days = WorkingDays()
    check_dates(plan, wish.start_on, wish.go_live_on, days)
    already = [one for one in members if db.one(ALREADY, person_id=one.id, kind=wish.kind.value, key=wish.key)]
    people_to_add = [one for one in members if one not in already]
    return Preview(people_to_add, already, date_steps(plan, wish.start_on, wish.go_live_on, days), pointer.revision_id)


def _members(db: Db, actor: Actor, wish: Assignment) -> list[Member]:
    if (wish.person_id is None) == (wish.cohort_id is None):
        raise Invalid(_("Choose one person or one cohort."), "who")
    if wish.person_id is not None:
        person = db.one(people.MEMBER, id=wish.person_id, centre_id=actor.centre_id)
        if person is None:
            raise Invalid(_("There is no such person in your centre. Choose one from the list."), "who")
        return [person]
    if db.one(people.COHORT, id=wish.cohort_id, centre_id=actor.centre_id) is None:
        raise Invalid(_("There is no such cohort in your centre. Choose one from the list."), "who")
    members = db.all(people.COHORT_MEMBERS, cohort_id=wish.cohort_id, centre_id=actor.centre_id)
    if not members:
        raise Invalid(_("There is nobody in this cohort yet. Choose another, or one person."), "who")
    return members


def assign(db: Db, actor: Actor, wish: Assignment, now: datetime) -> list[str]:
    """Puts the people on the plan; the ids of the new enrolments.

    Somebody who is on the plan already keeps their dates and results. When that is everybody, nothing is stored and the
    answer says so: dates are moved, not assigned twice.
    """
    looked = preview(db, actor, wish)
    if not looked.people:
        names = ", ".join(one.name for one in looked.already[:3])
        message = _("%(names)s is on this plan already. Nothing has been changed; choose somebody else.")
        if len(looked.already) > 1:
            message = _("Everybody chosen is on this plan already (%(names)s …). Nothing has been changed.")
        raise Invalid(message, "who", names=names)
    return [_enrol(db, actor, wish, looked, one, now) for one in looked.people]


def _enrol(db: Db, actor: Actor, wish: Assignment, looked: Preview, person: Member, now: datetime) -> str:
    standing = standing_of(db, person.id)
    counters = rules.count(looked.steps, standing.progress, standing.done)
    enrolment = Enrolment(
        id=new_id(),
        centre_id=actor.centre_id,
        person_id=person.id,
        person_name=person.name,
        team_id=person.team_id,
        cohort_id=wish.cohort_id,
        kind=wish.kind.value,
        key=wish.key,
        revision_id=looked.revision_id,
        start_on=wish.start_on,
        go_live_on=wish.go_live_on,
        assigned_by=actor.id,
        assigned_at=now,
        begun=counters.begun.value,
        steps_total=counters.total,
        steps_done=counters.done,
        next_due_on=counters.next_due_on,
    )
    db.add(enrolment)
    _recount_bucket(db, person.team_id, counters.begun.value, counters.next_due_on)
    return enrolment.id


def _recount_bucket(db: Db, team_id: str | None, begun: str, next_due_on: date | None) -> None:
    if team_id is None:
        return
    place = {"team_id": team_id, "begun": begun, "next_due_on": next_due_on or NEVER}
    counted = db.one(IN_BUCKET, **place)
    if counted and counted.people:
        db.run(SET_BUCKET, **place, people=counted.people)
    else:
        db.run(DROP_BUCKET, **place)


def recount(db: Db, person_id: str) -> None:
    """Recomputes the counters of a person's enrolments, and of the teams' counts they stood in and now stand in."""
    standing = standing_of(db, person_id)
    for enrolment in db.all(queries.OF_PERSON, person_id=person_id):
        counters = rules.count(queries.dated_steps(db, enrolment), standing.progress, standing.done)
        after = (counters.begun.value, counters.total, counters.done, counters.next_due_on)
        if after == (enrolment.begun, enrolment.steps_total, enrolment.steps_done, enrolment.next_due_on):
            continue
        db.run(
            SET_COUNTERS,
            enrolment_id=enrolment.id,
            new_begun=counters.begun.value,
            total=counters.total,
            done=counters.done,
            next_due=counters.next_due_on,
        )
        if (counters.begun.value, counters.next_due_on) != (enrolment.begun, enrolment.next_due_on):
            _recount_bucket(db, enrolment.team_id, enrolment.begun, enrolment.next_due_on)
            _recount_bucket(db, enrolment.team_id, counters.begun.value, counters.next_due_on)


def start_unit(db: Db, person_id: str, unit: str, revision_id: str, now: datetime) -> None:
    """Notes that a person has begun a unit, and with which revision. Beginning again changes nothing."""
    if db.run(START, person_id=person_id, unit=unit, revision_id=revision_id, now=now):
        recount(db, person_id)


def complete_unit(
    db: Db, centre_id: str, person_id: str, unit: str, revision_id: str, recorded_by: str, now: datetime
) -> bool:
    """Marks a unit done, once and for good, with its evidence; False when it was done before."""
    if not db.run(FINISH, of_person=person_id, of_unit=unit, now=now):
        return False
    db.run(
        RECORD,
        evidence_id=new_id(),
        centre_id=centre_id,
        person_id=person_id,
        unit=unit,
        revision_id=revision_id,
        what="completed" if recorded_by == person_id else "attended",
        now=now,
        recorded_by=recorded_by,
    )
    recount(db, person_id)
    return True


def record_attendance(db: Db, actor: Actor, enrolment_id: str, unit: str, now: datetime) -> None:
    """The trainer's word that a person took part in a day that cannot be done by reading. Said twice, it counts once."""
    demand(actor, Act.ASSIGN)
    enrolment: EnrolmentRow = queries.enrolment_to_see(db, actor, enrolment_id)
    step = next((step for step in queries.dated_steps(db, enrolment) if step.unit == unit), None)
    if step is None:
        raise Invalid(_("This unit is not in the person's plan. Choose one from the list."), "unit")
    progress = standing_of(db, enrolment.person_id).progress.get(unit)
    revision_id = progress.revision_id if progress else library.current_unit(db, unit, actor.centre_id).revision_id
    taught = library.unit(db, revision_id, DEFAULT_LANGUAGE)
    if not isinstance(taught, Lesson) or taught.completion is not Completion.ATTENDED:
        raise Conflict(_("This unit is finished by working through it, not by attendance."))
    if local_day(now) < step.due_on:
        raise Conflict(_("The day is on %(due_on)s. Note attendance on the day or later."), due_on=step.due_on)
    db.run(START, person_id=enrolment.person_id, unit=unit, revision_id=revision_id, now=now)
    complete_unit(db, actor.centre_id, enrolment.person_id, unit, revision_id, actor.id, now)
