"""My plan; the trainer's enrolments and assigning; one person's steps."""

from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, Response

from api.callers import Asked, Visit
from api.database import Db
from api.enrolments import actions, queries
from api.enrolments.actions import Assignment, Preview
from api.enrolments.queries import Road
from api.enrolments.rules import STANDING_WORDS, StepState, next_step
from api.errors import Invalid, Problem
from api.library import queries as library
from api.library import sources
from api.library.values import Kind
from api.people import queries as people
from api.people.rules import Act, Actor, demand, may
from api.problems import status_of
from api.words import _
from web import short_way
from web.enrolments.road import RoadView, view_of
from web.rendering import block, by_field, is_partial, page, see_other

router = APIRouter(include_in_schema=False)
STATE_WORDS = {
    StepState.DONE: _("Done"),
    StepState.OPEN: _("Open"),
    StepState.DUE: _("Today"),
    StepState.LATE: _("Late"),
    StepState.LOCKED: _("Locked"),
}
Field = Annotated[str, Form(max_length=200)]


def _view(db: Db, actor: Actor, road: Road, today: date) -> RoadView:
    plan = library.plan(db, road.enrolment.revision_id, actor.language)
    return view_of(road, plan, library.unit_cards(db, actor.language, actor.centre_id), today)


def _my_plan(db: Db, actor: Actor, today: date) -> tuple[list[RoadView], Any]:
    roads = queries.my_roads(db, actor, today)
    following = next_step([step for road in roads for step in road.steps])
    return [_view(db, actor, road, today) for road in roads], following


@short_way.get(router, "/plan")
async def my_plan(asked: Visit) -> Response:
    roads, following = await asked.database.read(_my_plan, asked.actor, asked.today)
    card = next((view.cards[following.dated.unit] for view in roads), None) if following else None
    return page(
        asked,
        "enrolments/my_plan.html",
        roads=roads,
        following=following,
        card=card,
        own=True,
        notes=False,
        state_words=STATE_WORDS,
    )


def _latest(db: Db, actor: Actor, before: str) -> tuple[Any, ...]:
    rows = queries.latest(db, actor, before or queries.NEWEST, 51)
    titles = {row.revision_id: library.plan(db, row.revision_id, actor.language).title for row in rows[:50]}
    return rows[:50], titles, people.cohorts(db, actor), rows[49].id if len(rows) > 50 else None


@router.get("/enrolments")
async def enrolments(asked: Asked, before: Annotated[str, Query(max_length=26)] = "") -> Response:
    rows, titles, cohorts, more = await asked.database.read(_latest, asked.actor, before)
    return page(
        asked,
        "enrolments/enrolments.html",
        rows=rows,
        titles=titles,
        cohorts=cohorts,
        more=more,
        before=before,
        stale=await asked.database.read(sources.stale, asked.actor, asked.today),
    )


class AssignForm:
    """What the form holds, as typed; `wish` reads it or says at each field what does not fit."""

    def __init__(self, plan: str = "", who: str = "", start_on: str = "", go_live_on: str = "") -> None:
        self.plan, self.who, self.start_on, self.go_live_on = plan, who, start_on, go_live_on

    @property
    def begun(self) -> bool:
        return bool(self.plan and self.who and self.start_on)

    def wish(self) -> Assignment:
        problems: list[Problem] = []
        kind, _colon, key = self.plan.partition(":")
        if kind not in (Kind.PLAN, Kind.MODULE) or not key:
            problems.append(Problem(_("Choose a plan or a module."), "plan"))
        what, _colon, one_id = self.who.partition(":")
        if what not in ("person", "cohort") or not one_id:
            problems.append(Problem(_("Choose one person or one cohort."), "who"))
        start_on = self._date("start_on", self.start_on, problems)
        go_live_on = self._date("go_live_on", self.go_live_on, problems) if self.go_live_on else None
        if start_on is None or problems:
            raise Invalid.of(problems)
        person, cohort = (one_id, None) if what == "person" else (None, one_id)
        return Assignment(Kind(kind), key, person, cohort, start_on, go_live_on)

    @staticmethod
    def _date(name: str, text: str, problems: list[Problem]) -> date | None:
        try:
            return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day on the wall, in no zone
        except ValueError:
            problems.append(Problem(_("Choose a date."), name))
            return None


def _choices(db: Db, actor: Actor, from_name: str) -> dict[str, Any]:
    demand(actor, Act.ASSIGN)
    learners = people.learners(db, actor, from_name, 201)
    return {
        "plans": library.plan_cards(db, actor.language),
        "cohorts": people.cohorts(db, actor),
        "learners": learners[:200],
        "more_learners": len(learners) > 200,
        "from_name": from_name,
        "cards": library.unit_cards(db, actor.language, actor.centre_id),
    }


def _look(db: Db, actor: Actor, form: AssignForm, from_name: str) -> dict[str, Any]:
    """The form's choices, and the dates that follow as soon as there is enough to go by."""
    context = _choices(db, actor, from_name)
    looked: Preview | None = None
    problems: dict[str, str] = {}
    if form.begun:
        try:
            looked = actions.preview(db, actor, form.wish())
        except Invalid as error:
            problems = by_field(error, actor.language)
    return {**context, "looked": looked, "problems": problems, "form": form}


@router.get("/assign")
async def assign_page(
    request: Request,
    asked: Asked,
    plan: str = "",
    who: str = "",
    start_on: str = "",
    go_live_on: str = "",
    from_name: Annotated[str, Query(max_length=120)] = "",
) -> Response:
    """The form; with values in the address, the dates that follow from them (nothing is stored)."""
    form = AssignForm(plan, who, start_on, go_live_on)
    context = await asked.database.read(_look, asked.actor, form, from_name)
    if is_partial(request):
        return block(asked, "enrolments/assign.html", "dates", swapped=True, **context)
    return page(asked, "enrolments/assign.html", swapped=False, **context)


@router.post("/assign")
async def assign(
    asked: Asked, plan: Field = "", who: Field = "", start_on: Field = "", go_live_on: Field = ""
) -> Response:
    form = AssignForm(plan, who, start_on, go_live_on)
    try:
        made = await asked.database.write(actions.assign, asked.actor, form.wish(), asked.now)
    except Invalid as error:
        context = await asked.database.read(_look, asked.actor, form, "")
        context["problems"] = by_field(error, asked.language)
        return page(asked, "enrolments/assign.html", status=status_of(error), swapped=False, **context)
    return see_other(f"/enrolments/{made[0]}" if len(made) == 1 else "/enrolments")


def _one(db: Db, actor: Actor, enrolment_id: str, today: date) -> tuple[RoadView, str]:
    road = queries.road_to_see(db, actor, enrolment_id, today)
    return _view(db, actor, road, today), STANDING_WORDS[road.standing]


@router.get("/enrolments/{enrolment_id}")
async def enrolment(asked: Asked, enrolment_id: str) -> Response:
    """One person's steps: done or not and when, never what was answered."""
    view, standing = await asked.database.read(_one, asked.actor, enrolment_id, asked.today)
    return page(
        asked,
        "enrolments/enrolment.html",
        view=view,
        standing=standing,
        own=False,
        notes=may(asked.actor, Act.ASSIGN),
        state_words=STATE_WORDS,
    )


@router.post("/enrolments/{enrolment_id}/attendance")
async def attendance(asked: Asked, enrolment_id: str, unit: Field = "") -> Response:
    await asked.database.write(actions.record_attendance, asked.actor, enrolment_id, unit, asked.now)
    return see_other(f"/enrolments/{quote(enrolment_id)}")
