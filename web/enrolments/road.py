"""A person's road as it is drawn: landmarks across the top, steps by stretch below."""

from datetime import date
from typing import NamedTuple

from api.enrolments.queries import EnrolmentRow, Road
from api.enrolments.rules import Standing, Step, StepState
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


class _Piece(NamedTuple):
    """Which stretch of the plan, and which steps of the road stand on each of its dates.

    The same for everybody on these dates, whatever they read: a plan's languages are built alike, and no word is kept here.
    """

    stretch: int
    days: tuple[tuple[date, tuple[int, ...]], ...]
    on: date
    until: date


_pieces: dict[tuple[str, date, date | None], tuple[_Piece, ...]] = {}
MOST_KEPT = 8192


def view_of(road: Road, plan: Plan, cards: Cards, today: date) -> RoadView:
    stretches = _stretches(road, plan, cards, today)
    return RoadView(
        road.enrolment, plan.title, plan.html, road.standing, _landmarks(road, stretches, today), stretches, cards
    )


def _laid_out(road: Road, plan: Plan) -> tuple[_Piece, ...]:
    """Where each step stands, worked out once for a plan and its two dates."""
    row = road.enrolment
    key = (row.revision_id, row.start_on, row.go_live_on)
    known = _pieces.get(key)
    if known is None:
        known = tuple(_piece(road, place, stretch.id) for place, stretch in enumerate(plan.stretches) if stretch.steps)
        if len(_pieces) >= MOST_KEPT:
            _pieces.clear()
        _pieces[key] = known
    return known


def _piece(road: Road, stretch: int, stretch_id: str) -> _Piece:
    places = [place for place, step in enumerate(road.steps) if step.dated.stretch == stretch_id]
    by_date: dict[date, list[int]] = {}
    for place in places:
        by_date.setdefault(road.steps[place].dated.due_on, []).append(place)
    days = tuple((on, tuple(by_date[on])) for on in sorted(by_date))
    return _Piece(stretch, days, days[0][0], days[-1][0])


def _stretches(road: Road, plan: Plan, cards: Cards, today: date) -> list[StretchView]:
    found: list[StretchView] = []
    row = road.enrolment
    live = passed_today = False
    for at, placed, on, until in _laid_out(road, plan):
        stretch = plan.stretches[at]
        days = _days(road, placed, (row.revision_id, row.start_on, row.go_live_on, cards.stamp, today, stretch.id))
        go_live_here = stretch.anchor is Anchor.GO_LIVE and not live and row.go_live_on is not None
        today_here = not passed_today and today < on
        total = sum(len(day.steps) for day in days)
        found.append(
            StretchView(
                stretch.title,
                stretch.html,
                on,
                until,
                days,
                total > SHORT and len(days) > 1,
                sum(day.done for day in days) == total,
                go_live_here,
                today_here,
            )
        )
        live, passed_today = live or go_live_here, passed_today or today_here
    return found


def _days(road: Road, placed: tuple[tuple[date, tuple[int, ...]], ...], same: tuple[object, ...]) -> list[DayView]:
    """The steps by date. Open stand the first day with something left, and every day with something under way or late."""
    days: list[DayView] = []
    waiting = True
    for on, places in placed:
        those = tuple([road.steps[place] for place in places])
        left = [step for step in those if step.state is not StepState.DONE]
        first, waiting = bool(left) and waiting, waiting and not left
        shown = first or any(step.started or step.state in PRESSING for step in left)
        stands = tuple([(step.state, step.started, step.done_on) for step in those])
        days.append(DayView(on, those, len(those) - len(left), shown, (*same, on, stands)))
    return days


def _landmarks(road: Road, stretches: list[StretchView], today: date) -> tuple[Landmark, ...]:
    row = road.enrolment
    found = [Landmark("start", _("Start"), row.start_on, row.start_on, today >= row.start_on)]
    found.extend(Landmark("stretch", one.title, one.on, one.until, one.done) for one in stretches)
    if row.go_live_on is not None:
        found.append(Landmark("go_live", _("Go-live"), row.go_live_on, row.go_live_on, today >= row.go_live_on))
    found.append(Landmark("today", _("Today"), today, today, passed=False))
    return tuple(sorted(found, key=lambda landmark: (landmark.on, landmark.kind == "today")))
