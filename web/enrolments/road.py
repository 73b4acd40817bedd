"""A person's road as it is drawn: landmarks across the top, steps by stretch below."""

from datetime import date
from typing import NamedTuple

from api.enrolments.queries import EnrolmentRow, Road
from api.enrolments.rules import Standing, Step, StepState
from api.kept import Kept
from api.library.queries import Cards
from api.library.values import Anchor, Plan
from api.words import _

SHORT = 10
PRESSING = (StepState.DUE, StepState.LATE)


class Landmark(NamedTuple):
    """A place on the road: `kind` is start, stretch, go_live or today."""

    kind: str
    title: str
    on: date
    until: date
    passed: bool


class DayView(NamedTuple):
    """The steps of one date. `open`: shown at once; the others unfold. What else is shown follows from `key`."""

    on: date
    steps: tuple[Step, ...]
    done: int
    open: bool
    key: tuple[object, ...]


class StretchView(NamedTuple):
    """A piece of the road. `by_day`: told day by day, because it is long."""

    title: str
    html: str
    on: date
    until: date
    days: list[DayView]
    by_day: bool
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
    cards: Cards


MOST_KEPT = 2048
_drawn: Kept[tuple[object, ...], tuple[tuple[Landmark, ...], list[StretchView]]] = Kept(MOST_KEPT)


def view_of(road: Road, plan: Plan, cards: Cards, today: date) -> RoadView:
    """The road in one language: that of the plan and of the cards."""
    key = (cards.stamp, road.key)
    drawn = _drawn.get(key)
    if drawn is None:
        stretches = _stretches(road, plan, cards, today)
        drawn = _landmarks(road, stretches, today), stretches
        _drawn[key] = drawn
    landmarks, stretches = drawn
    return RoadView(road.enrolment, plan.title, plan.html, road.standing, landmarks, stretches, cards)


def _by_date(road: Road, stretch: str) -> dict[date, list[Step]]:
    """The steps of a stretch by the date they are due, the earliest first."""
    found: dict[date, list[Step]] = {}
    for step in road.steps:
        if step.dated.stretch == stretch:
            found.setdefault(step.dated.due_on, []).append(step)
    return dict(sorted(found.items()))


def _stretches(road: Road, plan: Plan, cards: Cards, today: date) -> list[StretchView]:
    found: list[StretchView] = []
    row = road.enrolment
    live = passed_today = False
    for stretch in plan.stretches:
        if not stretch.steps:
            continue
        same = (row.revision_id, row.start_on, row.go_live_on, cards.stamp, today, stretch.id)
        days = _days(_by_date(road, stretch.id), same)
        on = days[0].on
        go_live_here = stretch.anchor is Anchor.GO_LIVE and not live and row.go_live_on is not None
        today_here = not passed_today and today < on
        total = sum(len(day.steps) for day in days)
        found.append(
            StretchView(
                stretch.title,
                stretch.html,
                on,
                days[-1].on,
                days,
                total > SHORT and len(days) > 1,
                sum(day.done for day in days) == total,
                go_live_here,
                today_here,
            )
        )
        live, passed_today = live or go_live_here, passed_today or today_here
    return found


def _days(by_date: dict[date, list[Step]], same: tuple[object, ...]) -> list[DayView]:
    """The steps by date. Open stand the first day with something left, and every day with something under way or late."""
    days: list[DayView] = []
    waiting = True
    for on, steps in by_date.items():
        left = [step for step in steps if step.state is not StepState.DONE]
        first, waiting = bool(left) and waiting, waiting and not left
        shown = first or any(step.started or step.state in PRESSING for step in left)
        stands = tuple([(step.state, step.started, step.done_on) for step in steps])
        days.append(DayView(on, tuple(steps), len(steps) - len(left), shown, (*same, on, stands)))
    return days


def _landmarks(road: Road, stretches: list[StretchView], today: date) -> tuple[Landmark, ...]:
    row = road.enrolment
    found = [Landmark("start", _("Start"), row.start_on, row.start_on, today >= row.start_on)]
    found.extend(Landmark("stretch", one.title, one.on, one.until, one.done) for one in stretches)
    if row.go_live_on is not None:
        found.append(Landmark("go_live", _("Go-live"), row.go_live_on, row.go_live_on, today >= row.go_live_on))
    found.append(Landmark("today", _("Today"), today, today, passed=False))
    return tuple(sorted(found, key=lambda landmark: (landmark.on, landmark.kind == "today")))
