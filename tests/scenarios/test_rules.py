"""Playing a call: any path can be walked again, a breath is a move, ends are ordered, and grave words are heard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.lessons.rules import sounds_acute
from api.library.graph import BOUNDS, EndType, Moment, Scenario
from api.library.rules import BREATH, Right, beginning
from api.library.scenarios import read_scenario
from api.library.values import Mark
from api.scenarios.rules import (
    Call,
    ImpossibleMove,
    go_on,
    open_call,
    play,
    shown,
    stand,
    step,
    worth,
)
from tests.course import small_course
from tests.library.generated import scenarios
from tests.library.rich_call import RICH

CALL, _text = read_scenario("short-call.da.md", small_course()["scenarios/short-call.da.md"])
ALL, _all_text = read_scenario("call.da.md", RICH)
START = {"ladder": 2, "trust": 40, "solved": 0, "calm": 70, "boundary": 0}


def test_before_the_first_move_the_call_stands_at_its_opening() -> None:
    call = play(CALL, [])
    assert (call.moment.id, call.state, call.turns) == ("opening", START, ())
    assert not call.ended
    assert not call.succeeded
    assert call.right is Right.AFTER_WARNING


@pytest.mark.parametrize(
    ("choices", "moment", "state", "succeeded"),
    [
        ([1], "heard", {"trust": 55}, None),
        ([2], "opening", {"ladder": 3, "trust": 30}, None),
        ([2, 2, 2, 1], "heard", {"ladder": 4, "trust": 25}, None),
        ([1, 1], "agreed", {"ladder": 1, "trust": 55, "solved": 1}, True),
        ([3], "hung-up", {"ladder": 4, "trust": 0, "calm": 60}, False),
        ([2, 3], "hung-up", {"ladder": 5, "trust": 0, "calm": 60}, False),
        ([0, 1, 2, 1, 3], "hung-up", {"ladder": 5, "trust": 70, "calm": 90}, False),
    ],
    ids=["heard", "the same again", "round and round", "agreed", "hung up", "at the top", "back and forth"],
)
def test_a_path_leads_where_it_leads(
    choices: list[int], moment: str, state: dict[str, int], succeeded: bool | None
) -> None:
    call = play(CALL, choices)
    assert (call.moment.id, call.state) == (moment, START | state)
    assert call.ended is (succeeded is not None)
    assert call.succeeded is (succeeded is True)
    assert list(call.moves) == choices


@pytest.mark.parametrize("choices", [[4], [-1], [1, 4], [3, 1], [1, 1, 1], [0, 0], [3, 0]])
def test_a_move_that_is_not_there_cannot_be_made(choices: list[int]) -> None:
    with pytest.raises(ImpossibleMove):
        play(CALL, choices)


def test_a_breath_is_a_move_that_says_nothing() -> None:
    before = open_call(CALL)
    call = step(before, BREATH)
    assert (call.moment, call.state, call.moves) == (before.moment, START | {"calm": 90}, (0,))
    assert (call.turns[0].choice, call.turns[0].reply, call.turns[0].state["calm"]) == (None, "", 90)
    assert not call.may_breathe
    again = go_on(call, [2])
    assert again.may_breathe, "in the next moment there is another"
    assert not step(again, BREATH).stood.calm < 100
    assert [call.count(mark) for mark in Mark] == [0, 0, 0]


def test_whoever_has_all_her_calm_needs_no_breath() -> None:
    call = stand(CALL, "heard", {"calm": 100}, [])
    assert not call.may_breathe
    with pytest.raises(ImpossibleMove):
        step(call, BREATH)


def test_a_way_brings_its_own_reply_or_leaves_the_choices() -> None:
    tired = play(ALL, [3, 1])
    assert tired.moment.id == "next-day"
    assert tired.turns[-1].reply == ALL.opening.choices[0].reply
    believed = step(stand(ALL, "opening", {"trust": 90}, []), 1)
    assert believed.moment.id == "agreed"
    assert "Godt så." in believed.turns[-1].reply
    assert (tired.noted, believed.noted) == (("Hans ord",), ())


def test_what_is_shown_has_a_clock_and_a_wallboard_only_where_the_call_has() -> None:
    assert set(open_call(ALL).state) == {*START, "minutes", "queue"}
    assert set(open_call(CALL).state) == set(START)
    _moment, state = beginning(ALL)
    assert shown(state, None)["queue"] == 5


def test_a_call_is_opened_through_the_eyes_one_chooses() -> None:
    assert [open_call(ALL, view).moment.id for view in ("", "target", "bystander", "nobody")] == [
        "opening",
        "opening",
        "beside",
        "opening",
    ]
    assert play(ALL, [2, 1], "bystander").right is Right.OPEN


def test_a_call_is_put_down_at_any_moment_in_any_state() -> None:
    call = stand(ALL, "next-day", {"trust": 500, "calm": -3, "boundary": 2, "queue": 7}, ["words", "nonsense"])
    assert (call.moment.id, call.turns) == ("next-day", ())
    assert [call.state[name] for name in ("trust", "calm", "boundary", "queue", "ladder")] == [100, 0, 2, 7, 2]
    assert call.noted == ("Hans ord",)
    assert "nonsense" not in call.stood.names
    assert stand(CALL, "heard", {"minutes": 4, "queue": 4}, []).state == START, "what the call does not show stays away"
    with pytest.raises(ImpossibleMove):
        stand(ALL, "nowhere", {}, [])


def test_ended_calls_are_ordered_by_end_then_harm_then_temptation_then_calm() -> None:
    worse_to_better = [[2, 2, 3], [2, 3], [3], [2, 1, 1], [1, 1], [0, 1, 1]]
    values = [worth(play(CALL, moves)) for moves in worse_to_better]
    assert values == sorted(set(values))
    assert values[-1] < 2**31, "it is kept as a whole number of four bytes"
    end = Moment("x", "", "", (), EndType.AGREED, 0)
    longest = Call(CALL, play(CALL, [2] * 1200).turns, end, play(CALL, [1]).stood)
    assert worth(play(CALL, [2, 3])) < worth(longest) < worth(play(CALL, [2, 1, 1]))


@settings(max_examples=150, deadline=None)
@given(scenarios(), st.data())
def test_any_prefix_of_the_moves_is_the_same_walk_and_stays_in_bounds(scenario: Scenario, data: st.DataObject) -> None:
    view = data.draw(st.sampled_from(["", *(one.key for one in scenario.views)]))
    call = open_call(scenario, view)
    calls = [call]
    for _turn in range(10):
        there = [choice.number for choice in call.choices] + [BREATH] * call.may_breathe
        if call.ended or not there:
            break
        call = step(call, data.draw(st.sampled_from(there)))
        calls.append(call)
        assert all(BOUNDS[name][0] <= value <= BOUNDS[name][1] for name, value in call.state.items())
        assert call.ended or all(talk.ladder <= 4 for talk in call.stood.talks)
    for length, before in enumerate(calls):
        assert play(scenario, call.moves[:length], view) == before
        assert before.turns == call.turns[:length]
    assert go_on(calls[len(calls) // 2], call.moves[len(calls) // 2 :]) == call


ACUTE = [
    "Jeg har tænkt på selvmord.",
    "jeg vil tage mit eget liv",
    "Han tager livet af mig, tænkte jeg",
    "Jeg orker ikke at leve mere",
    "at jeg ikke vil leve",
    "jeg gider ikke leve",
    "Jeg vil ikke være her mere.",
    "ville ønske jeg var død",
    "Jeg ønsker at dø",
    "JEG VIL GERNE DØ",
    "jeg kunne skade\n mig selv",
    "I want to die",
    "i don’t want to live",
    "I don't want to be here anymore",
    "thoughts of suicide",
    "self-harm",
    "I wish I was dead",
]
CALM = [
    "",
    "Hun var ked af det, og jeg lyttede.",
    "Jeg ville leve op til aftalen.",
    "Vi leverer på fredag, ikke leveret før.",
    "Jeg var træt bagefter.",
    "I took my time and wanted to help.",
    "The line went dead.",
]


@pytest.mark.parametrize(("text", "acute"), [*((one, True) for one in ACUTE), *((one, False) for one in CALM)])
def test_words_about_wanting_to_die_are_heard(text: str, acute: bool) -> None:
    assert sounds_acute(text) is acute
