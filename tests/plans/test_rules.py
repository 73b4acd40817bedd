"""From two anchors to dates, and dates a plan cannot stand on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import Invalid
from api.library.values import Anchor, Offset, Placement, Plan, Stretch
from api.plans.rules import (
    DatedStep,
    WorkingDays,
    check_dates,
    date_steps,
    local_day,
    stretch_begins,
)

DAYS = WorkingDays()
WEDNESDAY = date(2026, 11, 25)
any_day = st.dates(date(2020, 1, 1), date(2099, 12, 31))


def stretch(anchor: Anchor, *offsets: Offset, week: int | None = None) -> Stretch:
    steps = tuple(Placement(f"{anchor}-{number}", offset) for number, offset in enumerate(offsets, 1))
    return Stretch(anchor.value, "", "", anchor, week, steps)


def plan(*stretches: Stretch) -> Plan:
    return Plan("En plan", "", 6, stretches)


def one(offset: Offset, anchor: Anchor = Anchor.START, week: int | None = None) -> Plan:
    return plan(stretch(anchor, offset, week=week))


def dated(found: Plan, start_on: date, go_live_on: date | None = None, days: WorkingDays = DAYS) -> DatedStep:
    [step] = date_steps(found, start_on, go_live_on, days)
    return step


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 25, 22, 59, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 23, 0, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
    ids=["winter evening", "winter midnight", "summer evening", "summer midnight"],
)
def test_a_day_begins_at_danish_midnight(at: datetime, day: date) -> None:
    assert local_day(at) == day


@pytest.mark.parametrize(
    ("anchor", "week", "begins"),
    [
        (Anchor.START, None, WEDNESDAY),
        (Anchor.START, 1, WEDNESDAY),
        (Anchor.START, 4, date(2026, 12, 16)),
        (Anchor.GO_LIVE, 2, date(2027, 1, 13)),
    ],
)
def test_a_stretch_begins_whole_weeks_after_its_anchor(anchor: Anchor, week: int | None, begins: date) -> None:
    assert stretch_begins(stretch(anchor, week=week), WEDNESDAY, date(2027, 1, 6)) == begins


def test_a_stretch_on_go_live_waits_for_that_date() -> None:
    both = plan(stretch(Anchor.START, Offset(day=1)), stretch(Anchor.GO_LIVE, Offset(day=1)))
    assert stretch_begins(both.stretches[1], WEDNESDAY, None) is None
    assert [step.anchor for step in date_steps(both, WEDNESDAY, None, DAYS)] == [Anchor.START]


@pytest.mark.parametrize(
    ("offset", "start_on", "opens_on", "due_on"),
    [
        (Offset(day=1), WEDNESDAY, WEDNESDAY, WEDNESDAY),
        (Offset(day=1), date(2026, 11, 28), date(2026, 11, 28), date(2026, 11, 30)),
        (Offset(day=3), WEDNESDAY, WEDNESDAY, date(2026, 11, 27)),
        (Offset(day=1), date(2026, 11, 30), date(2026, 11, 28), date(2026, 11, 30)),
        (Offset(day=-1), WEDNESDAY, date(2026, 11, 24), date(2026, 11, 24)),
        (Offset(day=-1), date(2026, 11, 30), date(2026, 11, 27), date(2026, 11, 27)),
        (Offset(days=14), date(2026, 12, 11), date(2026, 12, 11), date(2026, 12, 28)),
        (Offset(days=0), date(2026, 11, 28), date(2026, 11, 28), date(2026, 11, 30)),
        (Offset(day=3, opens=0), WEDNESDAY, date(2026, 11, 27), date(2026, 11, 27)),
        (Offset(day=3, opens=5), WEDNESDAY, date(2026, 11, 20), date(2026, 11, 27)),
    ],
    ids=[
        "the first day",
        "a start on a Saturday",
        "the third day",
        "opens the weekend before",
        "the day before",
        "the working day before",
        "14 days on, past Christmas",
        "0 days on",
        "opens on the day",
        "opens five days before",
    ],
)
def test_a_step_on_the_start_is_dated(offset: Offset, start_on: date, opens_on: date, due_on: date) -> None:
    step = dated(one(offset), start_on)
    assert (step.opens_on, step.due_on) == (opens_on, due_on)


@pytest.mark.parametrize(
    ("offset", "opens_on", "due_on"),
    [
        (Offset(day=1), date(2026, 12, 2), date(2026, 12, 7)),
        (Offset(day=-1), date(2026, 12, 1), date(2026, 12, 4)),
        (Offset(days=14, opens=5), date(2026, 12, 14), date(2026, 12, 21)),
        (Offset(days=19), date(2026, 12, 22), date(2026, 12, 28)),
    ],
)
def test_a_step_on_go_live_opens_three_working_days_before_unless_told(
    offset: Offset, opens_on: date, due_on: date
) -> None:
    step = dated(one(offset, Anchor.GO_LIVE), WEDNESDAY, date(2026, 12, 7))
    assert (step.opens_on, step.due_on) == (opens_on, due_on)


def test_steps_come_in_the_plans_order_with_what_they_wait_for() -> None:
    first = Stretch(
        "a", "", "", Anchor.START, None, (Placement("x", Offset(day=2)), Placement("y", Offset(day=1), "x"))
    )
    steps = date_steps(plan(first), WEDNESDAY, None, DAYS)
    assert [(step.unit, step.stretch, step.after) for step in steps] == [("x", "a", None), ("y", "a", "x")]


offsets = st.one_of(
    st.builds(
        Offset,
        day=st.integers(-60, 60).filter(bool),
        opens=st.none() | st.integers(0, 60),
    ),
    st.builds(Offset, days=st.integers(-60, 120), opens=st.none() | st.integers(0, 60)),
)


@given(
    offset=offsets,
    anchor=st.sampled_from(Anchor),
    week=st.none() | st.integers(1, 20),
    start_on=any_day,
    until_live=st.integers(1, 200),
    closed=st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=10),
)
def test_every_step_is_due_on_a_working_day_and_opens_before_it_is_over(
    offset: Offset, anchor: Anchor, week: int | None, start_on: date, until_live: int, closed: set[date]
) -> None:
    days = WorkingDays(frozenset(closed))
    step = dated(one(offset, anchor, week), start_on, start_on + timedelta(days=until_live), days)
    assert days.includes(step.due_on)
    assert step.opens_on <= step.due_on


@given(start_on=any_day, first=st.integers(-30, 30).filter(bool), second=st.integers(-30, 30).filter(bool))
def test_days_of_a_stretch_stand_in_their_order(start_on: date, first: int, second: int) -> None:
    steps = date_steps(plan(stretch(Anchor.START, Offset(day=first), Offset(day=second))), start_on, None, DAYS)
    assert (first < second) is (steps[0].due_on < steps[1].due_on)
    assert (first == second) is (steps[0].due_on == steps[1].due_on)


@given(start_on=any_day, later=st.integers(1, 60), offset=offsets)
def test_a_later_anchor_never_gives_an_earlier_date(start_on: date, later: int, offset: Offset) -> None:
    before, after = (dated(one(offset), day) for day in (start_on, start_on + timedelta(days=later)))
    assert before.due_on <= after.due_on


TRAINING = plan(stretch(Anchor.START, Offset(day=3), week=2), stretch(Anchor.GO_LIVE, Offset(day=1)))
# It runs until the third working day of the second week: from Wednesday 25 November that is Friday 4 December.


@pytest.mark.parametrize(
    ("found", "start_on", "go_live_on"),
    [
        (TRAINING, WEDNESDAY, date(2026, 12, 5)),
        (TRAINING, WEDNESDAY, date(2027, 12, 5)),
        (TRAINING, date(2020, 1, 1), date(2099, 12, 31)),
        (one(Offset(day=1)), WEDNESDAY, None),
        (one(Offset(day=1), Anchor.GO_LIVE), WEDNESDAY, date(2026, 11, 26)),
        (plan(), WEDNESDAY, None),
        (plan(), WEDNESDAY, date(2026, 11, 26)),
    ],
    ids=[
        "training ends the day before",
        "a year before",
        "the widest dates",
        "no go-live needed",
        "no training",
        "nothing",
        "nothing but go-live",
    ],
)
def test_dates_a_plan_can_stand_on_are_taken(found: Plan, start_on: date, go_live_on: date | None) -> None:
    check_dates(found, start_on, go_live_on, DAYS)


@pytest.mark.parametrize(
    ("found", "start_on", "go_live_on", "problems"),
    [
        (TRAINING, WEDNESDAY, WEDNESDAY, [("go_live_on", "later go-live")]),
        (TRAINING, WEDNESDAY, date(2026, 11, 24), [("go_live_on", "later go-live")]),
        (one(Offset(day=1)), WEDNESDAY, WEDNESDAY, [("go_live_on", "later go-live")]),
        (TRAINING, WEDNESDAY, None, [("go_live_on", "first own shift")]),
        (TRAINING, WEDNESDAY, date(2026, 12, 4), [("go_live_on", "after go-live")]),
        (TRAINING, date(2019, 12, 31), None, [("start_on", "2020")]),
        (TRAINING, WEDNESDAY, date(2100, 1, 1), [("go_live_on", "2020")]),
        (
            TRAINING,
            date(2100, 1, 1),
            date(9999, 12, 31),
            [("start_on", "2020"), ("go_live_on", "2020")],
        ),
        (TRAINING, date.min, date.max, [("start_on", "2020"), ("go_live_on", "2020")]),
    ],
    ids=[
        "go-live on the start",
        "go-live before the start",
        "go-live on the start, with no step on it",
        "no go-live",
        "training until go-live",
        "too early",
        "too late",
        "both too late",
        "the ends of the calendar",
    ],
)
def test_dates_a_plan_cannot_stand_on_are_refused_at_their_field(
    found: Plan, start_on: date, go_live_on: date | None, problems: list[tuple[str, str]]
) -> None:
    with pytest.raises(Invalid) as refused:
        check_dates(found, start_on, go_live_on, DAYS)
    assert [problem.field for problem in refused.value.problems] == [field for field, _words in problems]
    for problem, (_field, words) in zip(refused.value.problems, problems, strict=True):
        assert words in problem.message


def test_training_that_runs_too_long_says_until_when_and_what_to_choose() -> None:
    with pytest.raises(Invalid) as refused:
        check_dates(TRAINING, WEDNESDAY, date(2026, 12, 2), DAYS)
    assert refused.value.first.values == {"last": date(2026, 12, 4), "first": date(2026, 12, 7)}
    check_dates(TRAINING, WEDNESDAY, date(2026, 12, 7), DAYS)


@given(start_on=st.dates(date(2020, 1, 1), date(2090, 1, 1)), until_live=st.integers(1, 60))
def test_the_go_live_that_is_proposed_can_always_be_taken(start_on: date, until_live: int) -> None:
    try:
        check_dates(TRAINING, start_on, start_on + timedelta(days=until_live), DAYS)
    except Invalid as refused:
        proposed = refused.first.values["first"]
        assert isinstance(proposed, date)
        check_dates(TRAINING, start_on, proposed, DAYS)
