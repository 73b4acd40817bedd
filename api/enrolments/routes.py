"""JSON: one's own plan, assigning, one person's steps, attendance."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.callers import Asked
from api.database import Db
from api.enrolments import actions, queries
from api.enrolments.actions import Assignment, Preview
from api.enrolments.queries import EnrolmentRow, Road
from api.enrolments.rules import Standing, StepState, next_step
from api.library import queries as library
from api.library.queries import UnitCard
from api.library.values import Kind
from api.people import queries as people
from api.people.rules import Act, Actor, demand
from api.words import sentence

router = APIRouter(tags=["enrolments"])
Id = Annotated[str, Field(max_length=26)]
Key = Annotated[str, Field(max_length=80)]


class StepAnswer(BaseModel):
    """One step. `why_locked` is a sentence, null when it is not locked."""

    unit: str
    number: str
    title: str
    minutes: int
    stretch: str
    state: StepState
    opens_on: date
    due_on: date
    done_on: date | None
    why_locked: str | None


class EnrolmentAnswer(BaseModel):
    """A person on a plan, with the steps as they stand today."""

    id: str
    person: str
    kind: Kind
    plan: str
    title: str
    start_on: date
    go_live_on: date | None
    standing: Standing
    steps_done: int
    steps_total: int
    next_unit: str | None
    steps: list[StepAnswer]


class PlanAnswer(BaseModel):
    enrolments: list[EnrolmentAnswer]


class PlanCardAnswer(BaseModel):
    kind: Kind
    key: str
    title: str
    units: int
    needs_go_live: bool


class PersonAnswer(BaseModel):
    id: str
    name: str


class CohortAnswer(BaseModel):
    id: str
    name: str
    people: int


class AssignmentBody(BaseModel):
    """One plan or module, to one person or one cohort."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal[Kind.PLAN, Kind.MODULE] = Kind.PLAN
    plan: Key
    person: Id | None = None
    cohort: Id | None = None
    start_on: date
    go_live_on: date | None = None

    def wish(self) -> Assignment:
        return Assignment(self.kind, self.plan, self.person, self.cohort, self.start_on, self.go_live_on)


class DatedAnswer(BaseModel):
    unit: str
    title: str
    opens_on: date
    due_on: date


class PreviewAnswer(BaseModel):
    """What would follow. Nothing is stored."""

    people: list[PersonAnswer]
    already_on_plan: list[PersonAnswer]
    steps: list[DatedAnswer]


class AssignedAnswer(BaseModel):
    enrolments: list[str]


class EnrolmentLine(BaseModel):
    id: str
    person: str
    kind: Kind
    plan: str
    start_on: date
    go_live_on: date | None
    steps_done: int
    steps_total: int


class AttendanceBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    unit: Key


def _enrolment(road: Road, title: str, cards: dict[str, UnitCard], language: str) -> EnrolmentAnswer:
    row, following = road.enrolment, next_step(road.steps)
    steps = []
    for step in road.steps:
        card, why = cards[step.dated.unit], library.titled(step.why_locked, cards)
        steps.append(
            StepAnswer(
                unit=card.key,
                number=card.number,
                title=card.title,
                minutes=card.minutes,
                stretch=step.dated.stretch,
                state=step.state,
                opens_on=step.dated.opens_on,
                due_on=step.dated.due_on,
                done_on=step.done_on,
                why_locked=sentence(why, language) if why else None,
            )
        )
    return EnrolmentAnswer(
        id=row.id,
        person=row.person_name,
        kind=Kind(row.kind),
        plan=row.key,
        title=title,
        start_on=row.start_on,
        go_live_on=row.go_live_on,
        standing=road.standing,
        steps_done=row.steps_done,
        steps_total=row.steps_total,
        next_unit=following.dated.unit if following else None,
        steps=steps,
    )


def _told(db: Db, actor: Actor, roads: list[Road]) -> list[EnrolmentAnswer]:
    cards = library.unit_cards(db, actor.language, actor.centre_id)
    return [
        _enrolment(road, library.plan(db, road.enrolment.revision_id, actor.language).title, cards, actor.language)
        for road in roads
    ]


def _my_plan(db: Db, actor: Actor, today: date) -> PlanAnswer:
    return PlanAnswer(enrolments=_told(db, actor, queries.my_roads(db, actor, today)))


def _one(db: Db, actor: Actor, enrolment_id: str, today: date) -> EnrolmentAnswer:
    return _told(db, actor, [queries.road_to_see(db, actor, enrolment_id, today)])[0]


@router.get("/me/plan")
async def my_plan(asked: Asked) -> PlanAnswer:
    """The asker's own plans, every step with its dates and state."""
    return await asked.database.read(_my_plan, asked.actor, asked.today)


def _plans(db: Db, actor: Actor) -> list[PlanCardAnswer]:
    demand(actor, Act.ASSIGN)
    return [PlanCardAnswer(**card._asdict()) for card in library.plan_cards(db, actor.language)]


@router.get("/plans")
async def plans(asked: Asked) -> list[PlanCardAnswer]:
    """Plans and modules that can be assigned."""
    return await asked.database.read(_plans, asked.actor)


def _cohorts(db: Db, actor: Actor) -> list[CohortAnswer]:
    demand(actor, Act.ASSIGN)
    return [CohortAnswer(**row._asdict()) for row in people.cohorts(db, actor)]


@router.get("/cohorts")
async def cohorts(asked: Asked) -> list[CohortAnswer]:
    return await asked.database.read(_cohorts, asked.actor)


def _learners(db: Db, actor: Actor, from_name: str) -> list[PersonAnswer]:
    demand(actor, Act.ASSIGN)
    return [PersonAnswer(id=row.id, name=row.name) for row in people.learners(db, actor, from_name)]


@router.get("/learners")
async def learners(asked: Asked, from_name: Annotated[str, Query(max_length=120)] = "") -> list[PersonAnswer]:
    """Up to 200 learners of the centre by name, from a name on."""
    return await asked.database.read(_learners, asked.actor, from_name)


def _preview(db: Db, actor: Actor, wish: Assignment) -> PreviewAnswer:
    looked: Preview = actions.preview(db, actor, wish)
    cards = library.unit_cards(db, actor.language, actor.centre_id)
    return PreviewAnswer(
        people=[PersonAnswer(id=one.id, name=one.name) for one in looked.people],
        already_on_plan=[PersonAnswer(id=one.id, name=one.name) for one in looked.already],
        steps=[
            DatedAnswer(unit=step.unit, title=cards[step.unit].title, opens_on=step.opens_on, due_on=step.due_on)
            for step in looked.steps
        ],
    )


@router.post("/enrolments/preview")
async def preview(asked: Asked, body: AssignmentBody) -> PreviewAnswer:
    """The dates that would follow from an assignment."""
    return await asked.database.read(_preview, asked.actor, body.wish())


@router.post("/enrolments", status_code=201)
async def assign(asked: Asked, body: AssignmentBody) -> AssignedAnswer:
    made = await asked.database.write(actions.assign, asked.actor, body.wish(), asked.now)
    return AssignedAnswer(enrolments=made)


def _line(row: EnrolmentRow) -> EnrolmentLine:
    return EnrolmentLine(
        id=row.id,
        person=row.person_name,
        kind=Kind(row.kind),
        plan=row.key,
        start_on=row.start_on,
        go_live_on=row.go_live_on,
        steps_done=row.steps_done,
        steps_total=row.steps_total,
    )


@router.get("/enrolments")
async def enrolments(
    asked: Asked, before: Annotated[str, Query(max_length=26)] = queries.NEWEST
) -> list[EnrolmentLine]:
    """The centre's newest 50 enrolments; `before` is the last id of the page before."""
    rows = await asked.database.read(queries.latest, asked.actor, before)
    return [_line(row) for row in rows]


@router.get("/enrolments/{enrolment_id}")
async def enrolment(asked: Asked, enrolment_id: str) -> EnrolmentAnswer:
    """One person's steps: done or not and when, never what was answered."""
    return await asked.database.read(_one, asked.actor, enrolment_id, asked.today)


@router.post("/enrolments/{enrolment_id}/attendance", status_code=204)
async def attendance(asked: Asked, enrolment_id: str, body: AttendanceBody) -> None:
    """Notes that the person was there on a day that cannot be done by reading."""
    await asked.database.write(actions.record_attendance, asked.actor, enrolment_id, body.unit, asked.now)
