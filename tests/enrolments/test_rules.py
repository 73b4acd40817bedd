"""The state of each step with its reason, the one next thing, the counters, and the manager's four words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.enrolments.rules import (
    STANDING_WORDS,
    Begun,
    Counters,
    Standing,
    Step,
    StepState,
    count,
    next_open,
    next_step,
    road,
    standing,
    step_state,
    why_locked,
)
from api.library.values import Anchor
from api.plans.rules import DatedStep

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def step(unit: str = "calm", opens: int = 0, due: int = 0, after: str | None = None) -> DatedStep:
    """A step that opens and is due so many days from today."""
    return DatedStep(unit, Anchor.START, "practice", TODAY + opens * DAY, TODAY + due * DAY, after)


@pytest.mark.parametrize(
    ("dated", "done", "state"),
    [
        (step(opens=1, due=2), set[str](), StepState.LOCKED),
        (step(opens=0, due=2), set[str](), StepState.OPEN),
        (step(opens=-3, due=0), set[str](), StepState.DUE),
        (step(opens=-3, due=-1), set[str](), StepState.LATE),
        (step(opens=1, due=2), {"calm"}, StepState.DONE),
        (step(opens=-3, due=-1), {"calm"}, StepState.DONE),
        (step(after="before"), set[str](), StepState.LOCKED),
        (step(due=-9, opens=-9, after="before"), set[str](), StepState.LOCKED),
        (step(after="before"), {"before"}, StepState.DUE),
        (step(opens=1, due=1, after="before"), {"before"}, StepState.LOCKED),
        (step(after="before"), {"calm"}, StepState.DONE),
    ],
    ids=[
        "not open yet",
        "open",
        "today",
        "late",
        "done before it opened",
        "done late",
        "waits",
        "waits, and is not late while it does",
        "waits no more",
        "waits no more, but is not open yet",
        "done stays done",
    ],
)
def test_a_step_stands_somewhere_each_day(dated: DatedStep, done: set[str], state: StepState) -> None:
    assert step_state(dated, done, TODAY) is state


@pytest.mark.parametrize(
    ("dated", "done", "values"),
    [
        (step(opens=1, due=2), set[str](), {"opens_on": TODAY + DAY}),
        (step(opens=1, due=2, after="before"), set[str](), {"opens_on": TODAY + DAY}),
        (step(after="before"), set[str](), {"unit": "before"}),
    ],
)
def test_a_locked_step_says_what_opens_it(dated: DatedStep, done: set[str], values: dict[str, object]) -> None:
    problem = why_locked(dated, done, TODAY)
    assert problem is not None
    assert problem.values == values
    assert problem.message % problem.values


@pytest.mark.parametrize("dated", [step(), step(due=-1, opens=-1), step(due=1)])
def test_a_step_that_is_not_locked_says_nothing(dated: DatedStep) -> None:
    assert why_locked(dated, (), TODAY) is None
    assert why_locked(dated, {"calm"}, TODAY) is None


def test_a_road_keeps_the_plans_order_and_says_how_each_step_stands() -> None:
    done_on = TODAY - 3 * DAY
    steps = [step("b", due=1), step("a", opens=-5, due=-4), step("c", opens=2, due=2)]
    found = road(steps, {"a", "b"}, {"a": done_on}, TODAY)
    assert [(one.dated.unit, one.state, one.started, one.done_on, one.why_locked is None) for one in found] == [
        ("b", StepState.OPEN, True, None, True),
        ("a", StepState.DONE, True, done_on, True),
        ("c", StepState.LOCKED, False, None, False),
    ]


@pytest.mark.parametrize(
    ("steps", "started", "unit"),
    [
        ([step("a", due=3), step("b", due=1), step("c", due=2)], set[str](), "b"),
        ([step("a", due=3), step("b", due=1)], {"a"}, "a"),
        ([step("a", due=1), step("b", due=1)], set[str](), "a"),
        ([step("a", due=1), step("b", opens=-2, due=-1)], set[str](), "b"),
        ([step("a", opens=1, due=1), step("b", due=9)], set[str](), "b"),
        ([step("a", opens=1, due=1)], {"a"}, None),
        ([step("done")], {"done"}, None),
        ([], set[str](), None),
    ],
    ids=[
        "the earliest date",
        "what is begun first",
        "the plan's order on one day",
        "what is late before what is to come",
        "never what is locked",
        "nothing open",
        "nothing left",
        "nothing at all",
    ],
)
def test_one_thing_comes_next(steps: list[DatedStep], started: set[str], unit: str | None) -> None:
    found = next_step(road(steps, started, {"done": TODAY}, TODAY))
    assert (found.dated.unit if found else None) == unit
    open_now = next_open(steps, started, {"done": TODAY}, TODAY)
    assert (open_now.unit if open_now else None) == unit


@pytest.mark.parametrize(
    ("started", "done", "counters"),
    [
        (set[str](), set[str](), Counters(Begun.FRESH, 3, 0, TODAY + DAY)),
        ({"b"}, set[str](), Counters(Begun.BEGUN, 3, 0, TODAY + DAY)),
        ({"a"}, {"a"}, Counters(Begun.BEGUN, 3, 1, TODAY + 2 * DAY)),
        (set[str](), {"b"}, Counters(Begun.BEGUN, 3, 1, TODAY + DAY)),
        ({"a", "b", "c"}, {"a", "b", "c"}, Counters(Begun.DONE, 3, 3, None)),
        ({"elsewhere"}, {"elsewhere"}, Counters(Begun.FRESH, 3, 0, TODAY + DAY)),
    ],
    ids=["fresh", "begun", "one done", "one done out of order", "all done", "of another plan"],
)
def test_an_enrolment_counts_its_own_steps(started: set[str], done: set[str], counters: Counters) -> None:
    steps = [step("a", due=1), step("b", due=3), step("c", due=2)]
    assert count(steps, started, done) == counters


def test_a_plan_without_steps_is_done() -> None:
    assert count([], (), ()) == Counters(Begun.DONE, 0, 0, None)


@pytest.mark.parametrize(
    ("begun", "next_due_on", "expected"),
    [
        (Begun.DONE, None, Standing.DONE),
        (Begun.FRESH, TODAY + DAY, Standing.NOT_STARTED),
        (Begun.FRESH, TODAY, Standing.NOT_STARTED),
        (Begun.FRESH, TODAY - DAY, Standing.LATE),
        (Begun.BEGUN, TODAY, Standing.ON_TRACK),
        (Begun.BEGUN, TODAY - DAY, Standing.LATE),
        (Begun.BEGUN, None, Standing.ON_TRACK),
        (Begun.DONE, date.max, Standing.DONE),
    ],
)
def test_everybody_stands_in_one_of_four_places(begun: Begun, next_due_on: date | None, expected: Standing) -> None:
    assert standing(begun, next_due_on, TODAY) is expected


def test_each_standing_has_its_words() -> None:
    assert set(STANDING_WORDS) == set(Standing)


UNITS = ["a", "b", "c", "d"]


@given(
    steps=st.lists(
        st.builds(
            step,
            st.sampled_from(UNITS),
            opens=st.integers(-9, 0),
            due=st.integers(0, 9),
            after=st.none() | st.sampled_from(UNITS),
        ),
        unique_by=lambda one: one.unit,
    ),
    started=st.sets(st.sampled_from(UNITS)),
    done=st.sets(st.sampled_from(UNITS)),
    today=st.dates(TODAY - 12 * DAY, TODAY + 12 * DAY),
)
def test_the_counters_and_the_road_tell_the_same_story(
    steps: list[DatedStep], started: set[str], done: set[str], today: date
) -> None:
    walked: tuple[Step, ...] = road(steps, started, dict.fromkeys(done, TODAY), today)
    counters = count(steps, started, done)
    assert counters.total == len(walked)
    assert counters.done == sum(one.state is StepState.DONE for one in walked)
    found = standing(counters.begun, counters.next_due_on, today)
    assert (found is Standing.DONE) is all(one.state is StepState.DONE for one in walked)
    late = [one for one in walked if one.state is StepState.LATE]
    assert not late or found is Standing.LATE
    assert all((one.why_locked is not None) is (one.state is StepState.LOCKED) for one in walked)
    coming = next_step(walked)
    assert coming is None or coming.state in (StepState.OPEN, StepState.DUE, StepState.LATE)
    assert (coming.dated if coming else None) == next_open(steps, started, done, today)
