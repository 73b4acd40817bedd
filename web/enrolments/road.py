"""A person's road as it is drawn: landmarks across the top, steps by stretch below."""

from datetime import date
from typing import NamedTuple

from api.enrolments.queries import EnrolmentRow, Road
from api.enrolments.rules import Standing, Step, StepState
from api.library.queries import UnitCard
from api.library.values import Anchor, Plan
from api.words import _


class Landmark(NamedTuple):
    """A place on the road: `kind` is start, stretch, go_live or today."""

    kind: str
    title: str
    on: date
    until: date
    passed: bool


class StretchView(NamedTuple):
    title: str
    html: str
    on: date
    until: date
    steps: list[Step]
    done: bool
    go_live_before: bool  # go-live lies between the stretch before and this one
    today_before: bool


class RoadView(NamedTuple):
    enrolment: EnrolmentRow
    title: str
    html: str
    standing: Standing
    landmarks: tuple[Landmark, ...]
    stretches: list[StretchView]
    cards: dict[str, UnitCard]


def view_of(road: Road, plan: Plan, cards: dict[str, UnitCard], today: date) -> RoadView:
    stretches = _stretches(road, plan, today)
    return RoadView(
        road.enrolment, plan.title, plan.html, road.standing, _landmarks(road, stretches, today), stretches, cards
    )


def _stretches(road: Road, plan: Plan, today: date) -> list[StretchView]:
    found: list[StretchView] = []
    go_live_on = road.enrolment.go_live_on
    live = passed_today = False
    for stretch in plan.stretches:
        steps = [step for step in road.steps if step.dated.stretch == stretch.id]
        if not steps:
            continue
        on, until = min(step.dated.due_on for step in steps), max(step.dated.due_on for step in steps)
        go_live_here = stretch.anchor is Anchor.GO_LIVE and not live and go_live_on is not None
        today_here = not passed_today and today < on
        found.append(
            StretchView(
                stretch.title,
                stretch.html,
                on,
                until,
                steps,
                all(step.state is StepState.DONE for step in steps),
                go_live_here,
                today_here,
            )
        )
        live, passed_today = live or go_live_here, passed_today or today_here
    return found


def _landmarks(road: Road, stretches: list[StretchView], today: date) -> tuple[Landmark, ...]:
    row = road.enrolment
    found = [Landmark("start", _("Start"), row.start_on, row.start_on, today >= row.start_on)]
    found.extend(Landmark("stretch", one.title, one.on, one.until, one.done) for one in stretches)
    if row.go_live_on is not None:
        found.append(Landmark("go_live", _("Go-live"), row.go_live_on, row.go_live_on, today >= row.go_live_on))
    found.append(Landmark("today", _("Today"), today, today, passed=False))
    return tuple(sorted(found, key=lambda landmark: (landmark.on, landmark.kind == "today")))
