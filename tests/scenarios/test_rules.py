"""Playing a call: the state stays in its bounds, nobody calms down at once, and any path can be walked again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.library.scenarios import read_scenario
from api.library.values import BOUNDS, Choice, EndType, Mark, Moment, Scenario
from api.scenarios.rules import Call, ImpossibleMove, after, play
from tests.course import small_course

CALL, _text = read_scenario("short-call.da.md", small_course()["scenarios/short-call.da.md"])
START = {"ladder": 2, "trust": 40, "calm": 70, "solved": 0}


def choice(number: int = 1, to: str = "", **effects: int) -> Choice:
    return Choice(number, "", to, Mark.GOOD, tuple(effects.items()), "", "", 0)


def test_before_the_first_move_the_call_stands_at_its_opening() -> None:
    call = play(CALL, [])
    assert (call.moment.id, call.state, call.turns) == ("opening", START, ())
    assert not call.ended
    assert not call.succeeded


@pytest.mark.parametrize(
    ("choices", "moment", "state", "succeeded"),
    [
        ([1], "heard", {"ladder": 1, "trust": 55, "calm": 70, "solved": 0}, None),
        ([2], "opening", {"ladder": 3, "trust": 30, "calm": 70, "solved": 0}, None),
        ([2, 2, 2, 1], "heard", {"ladder": 3, "trust": 25, "calm": 70, "solved": 0}, None),
        ([1, 1], "agreed", {"ladder": 1, "trust": 55, "calm": 70, "solved": 1}, True),
        ([3], "hung-up", {"ladder": 4, "trust": 0, "calm": 60, "solved": 0}, False),
        ([2, 3], "hung-up", {"ladder": 5, "trust": 0, "calm": 60, "solved": 0}, False),
        ([1, 2, 1, 3], "hung-up", {"ladder": 3, "trust": 70, "calm": 70, "solved": 0}, False),
    ],
    ids=[
        "heard",
        "the same again",
        "round and round",
        "agreed",
        "hung up",
        "hung up at the top",
        "back and forth",
    ],
)
def test_a_path_leads_where_it_leads(
    choices: list[int],
    moment: str,
    state: dict[str, int],
    succeeded: bool | None,
) -> None:
    call = play(CALL, choices)
    assert (call.moment.id, call.state) == (moment, state)
    assert call.ended is (succeeded is not None)
    assert call.succeeded is (succeeded is True)
    assert [turn.choice.number for turn in call.turns] == choices


@pytest.mark.parametrize("choices", [[0], [4], [-1], [1, 4], [3, 1], [1, 1, 1]])
def test_a_choice_that_is_not_there_cannot_be_made(choices: list[int]) -> None:
    with pytest.raises(ImpossibleMove):
        play(CALL, choices)


@pytest.mark.parametrize(
    ("before", "effect", "ended", "expected"),
    [
        (3, -1, False, 2),
        (3, -4, False, 2),
        (1, -1, False, 1),
        (1, +2, False, 3),
        (1, +4, False, 3),
        (3, +2, False, 4),
        (3, +2, True, 5),
        (4, +4, True, 5),
        (5, 0, False, 4),
    ],
)
def test_the_ladder_falls_one_step_and_rises_two_at_most(before: int, effect: int, ended: bool, expected: int) -> None:
    state = START | {"ladder": before}
    assert after(state, choice(ladder=effect), ended=ended)["ladder"] == expected
    assert state["ladder"] == before, "the state before is left as it was"


@pytest.mark.parametrize(
    ("name", "before", "effect", "expected"),
    [
        ("trust", 95, +10, 100),
        ("trust", 5, -10, 0),
        ("calm", 70, +30, 100),
        ("calm", 70, -71, 0),
        ("solved", 3, +1, 3),
        ("solved", 0, -1, 0),
    ],
)
def test_the_rest_stays_within_its_bounds(name: str, before: int, effect: int, expected: int) -> None:
    assert after(START | {name: before}, choice(1, "", **{name: effect}), ended=False) == START | {name: expected}


def test_ending_rightly_is_ending_well() -> None:
    for end in EndType:
        call = Call(CALL, (), Moment("x", "", "", (), end, 0), START)
        assert call.ended
        assert call.succeeded is (
            end not in {EndType.HUNG_UP_TOO_SOON, EndType.ENDURED_TOO_LONG, EndType.SIGNAL_MISSED}
        )


MOMENTS = 4
effects = st.fixed_dictionaries(
    {}, optional={name: st.integers(low - high, high - low) for name, (low, high) in BOUNDS.items()}
)


@st.composite
def calls(draw: st.DrawFn) -> Scenario:
    """Any call at all: some moments with three choices each, leading anywhere, and an end."""
    moments = []
    for number in range(MOMENTS):
        choices = tuple(choice(place, f"m{draw(st.integers(0, MOMENTS))}", **draw(effects)) for place in (1, 2, 3))
        moments.append(Moment(f"m{number}", "", "", choices, None, 0))
    moments.append(Moment(f"m{MOMENTS}", "", "", (), EndType.SOLVED, 0))
    state = tuple((name, draw(st.integers(low, high))) for name, (low, high) in BOUNDS.items())
    return Scenario("", "", 3, "", "phone", state, "", tuple(moments), ())


@given(calls(), st.lists(st.integers(1, 3), max_size=12))
def test_wherever_a_call_goes_the_state_stays_in_bounds_and_a_prefix_is_the_same_walk(
    scenario: Scenario, wished: list[int]
) -> None:
    made: list[int] = []
    call = play(scenario, made)
    for number in wished:
        if call.ended:
            break
        before, made = call, [*made, number]
        call = play(scenario, made)
        assert call.turns[:-1] == before.turns
        assert call.turns[-1].moment is before.moment
        assert call.turns[-1].state == call.state
        assert -1 <= call.state["ladder"] - before.state["ladder"] <= 2
        assert all(low <= call.state[name] <= high for name, (low, high) in BOUNDS.items())
        assert call.ended or call.state["ladder"] <= 4
    assert dict(scenario.state) == play(scenario, []).state
