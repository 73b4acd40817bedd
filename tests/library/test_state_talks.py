"""More rules of a call: two conversations at once, nights, conditions, where a call begins; and what holds after any turn."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.library.graph import ADDED, BOUNDS, Boundary, Choice, Condition, Deed, EndType, Flag, Moment, Named, Way
from api.library.rules import (
    NOT_WAITING,
    Right,
    State,
    Talk,
    beginning,
    breathed,
    chosen,
    holds,
    number,
    offered,
    right_to_hang_up,
    succeeded,
)
from api.library.values import Mark
from tests.library.turns import (
    CALL,
    CHAT,
    HERE,
    MEH,
    MONA,
    OMAR,
    STAY,
    UP,
    after,
    choice,
    ladder,
    moment,
    scenario,
    state,
)


def waiting(*turns: tuple[Moment, Choice]) -> list[tuple[int, ...]]:
    """Each conversation's ladder after each turn; the chat opens with Mona, who is about to come a step down."""
    place, now = MONA, State((Talk(2, 40, 0, owed=True), Talk(3, 40, 0)), 70)
    _start, now, _way = chosen(CHAT, HERE, choice(to="mona"), now)
    steps = []
    for to, turn in turns:
        place, now, _way = chosen(CHAT, place, replace(turn, to=to.id), now)
        steps.append(tuple(talk.ladder for talk in now.talks))
    return steps


@pytest.mark.parametrize(
    ("turns", "steps"),
    [
        ([(MONA, MEH), (MONA, MEH), (MONA, MEH)], [(1, 3), (1, 3), (1, 3)]),
        ([(OMAR, MEH), (OMAR, MEH), (OMAR, MEH)], [(1, 3), (1, 3), (2, 3)]),
        ([(OMAR, MEH), (MONA, MEH), (OMAR, MEH), (MONA, MEH)], [(1, 3)] * 4),
        ([(OMAR, replace(MEH, closes=True)), (OMAR, MEH), (OMAR, MEH)], [(1, 3)] * 3),
        ([(OMAR, UP), (MONA, UP)], [(3, 3), (3, 4)]),
    ],
    ids=["nobody waits yet", "patience lasts two moves", "back in time", "finished", "each its own ladder"],
)
def test_whoever_waits_two_moves_goes_a_step_up(
    turns: list[tuple[Moment, Choice]], steps: list[tuple[int, ...]]
) -> None:
    assert waiting(*turns) == steps


def test_a_moment_between_the_conversations_leaves_both_alone_and_keeps_the_rest() -> None:
    talks = (Talk(3, 40, 0, owed=True, good_before=True, waiting=1), Talk(4, 50, 1, waiting=0))
    now = State(talks, 70, minutes=5, queue=2)
    numbers: dict[str, Any] = {"ladder": -1, "trust": 10, "solved": 1, "calm": -10, "minutes": 2, "queue": 3}
    turn = choice(to="here", boundary=Boundary.WARNED, closes=True, deed=Deed.EXPLAIN, notes=("words",), **numbers)
    then = after(now, turn, at=HERE, call=CHAT)
    assert then == State(talks, 58, frozenset({"words"}), 7, 5)
    alone = scenario(HERE, threads=CHAT.threads[:1])
    assert after(state(), replace(turn, to="here"), at=HERE, call=alone).talks[0].trust == 60


def test_waiting_undoes_a_step_down_that_was_earned_and_stops_at_four() -> None:
    now = State((Talk(3, 40, 0, waiting=0), Talk(4, 40, 0, owed=True, waiting=1)), 70)
    talk = after(now, replace(MEH, to="omar"), at=MONA, call=CHAT).talks[1]
    assert (talk.ladder, talk.owed, talk.waiting) == (4, False, 0)


def test_two_conversations_have_each_their_numbers_and_share_the_rest() -> None:
    now = State((Talk(2, 40, 0, waiting=0), Talk(3, 50, 1)), 70)
    turn = choice(to="end", trust=10, solved=1, boundary=Boundary.NAMED, calm=-10, raises=(Flag.THREAT,))
    then = after(now, turn, at=MONA, call=CHAT)
    assert then.talks[1] == now.talks[1]
    assert [number(then, name, 0) for name in ("trust", "solved", "boundary", "calm")] == [50, 1, 1, 60]
    assert right_to_hang_up(then, 1) is Right.OPEN
    warned = then._replace(names=frozenset(), talks=(then.talks[0]._replace(boundary=2), then.talks[1]))
    assert [right_to_hang_up(warned, place) for place in (0, 1)] == [Right.OPEN, Right.AFTER_WARNING]


@pytest.mark.parametrize(("calm", "morning"), [(20, 70), (90, 90)])
def test_a_night_gives_back_the_calm_one_began_with_and_ends_inertia(calm: int, morning: int) -> None:
    then = after(state(calm), choice(to="night", ladder=-1))
    assert (then.calm, then.talks[0].owed, then.talks[0].good_before) == (morning, False, False)
    assert ladder(then, MEH) == [3], "what was earned the day before does not land"


def test_a_boundary_only_goes_up() -> None:
    now = state(boundary=Boundary.WARNED)
    assert after(now, choice(boundary=Boundary.NAMED)).talks[0].boundary == Boundary.WARNED
    assert after(now, choice(boundary=Boundary.ENDED)).talks[0].boundary == Boundary.ENDED


def test_flags_and_facts_stay_once_they_are_there() -> None:
    threatened = moment("next", raises=(Flag.THREAT,))
    then = after(state(), choice(raises=(Flag.DIGITAL,), notes=("words",)), STAY, call=scenario(HERE, threatened))
    assert then.names == {"threat", "digital", "words"}


CONDITIONS = [
    *((Condition("trust", sign, 50), sign in ("<=", ">=", "=")) for sign in ("<", "<=", ">", ">=", "=")),
    *((Condition("trust", sign, 49), sign in (">", ">=")) for sign in ("<", "<=", ">", ">=", "=")),
    *((Condition("trust", sign, 51), sign in ("<", "<=")) for sign in ("<", "<=", ">", ">=", "=")),
    (Condition("boundary", ">=", Boundary.NAMED), False),
    (Condition("threat", "has"), True),
    (Condition("threat", "lacks"), False),
    (Condition("words", "has"), False),
    (Condition("words", "lacks"), True),
    (Condition("minutes", "=", 0), True),
]


@pytest.mark.parametrize(("condition", "held"), CONDITIONS, ids=str)
def test_a_condition(condition: Condition, held: bool) -> None:
    now = state(names=frozenset({"threat"}))
    assert holds((condition,), HERE, now) is held
    assert holds((condition, Condition("calm", "=", 70)), HERE, now) is held
    assert not holds((condition, Condition("calm", "<", 70)), HERE, now), "all must hold"
    assert holds((), HERE, now)


def test_a_choice_reads_the_state_before_it_and_a_way_the_state_after_it() -> None:
    ways = (
        Way("end", (Condition("trust", "<", 40),), "", 1),
        Way("night", (Condition("trust", "<", 50),), "", 2),
    )
    turn = choice(trust=-10, ways=ways, conditions=(Condition("trust", ">=", 50),))
    here = moment("here", turn)
    assert [len(offered(here, state(trust=trust))) for trust in (49, 50)] == [0, 1]
    for trust, to, way in ((49, "end", ways[0]), (50, "night", ways[1]), (60, "next", None)):
        following, _state, taken = chosen(CALL, here, turn, state(trust=trust))
        assert (following.id, taken) == (to, way)


def test_a_call_begins_where_its_view_opens_and_as_its_header_says() -> None:
    other = moment("other", view="bystander", raises=(Flag.HATEFUL,))
    views = (Named("target", "Dig"), Named("bystander", "Ved siden af"))
    call = scenario(moment("here", view="target"), other, views=views, flags=(Flag.RECORDING,), state={"minutes": 5})
    for view, name, names in (
        ("", "here", {"target", "recording"}),
        ("target", "here", {"target", "recording"}),
        ("nobody", "here", {"target", "recording"}),
        ("bystander", "other", {"bystander", "recording", "hateful"}),
    ):
        place, begun = beginning(call, view)
        assert (place.id, set(begun.names)) == (name, names)
        assert (begun.talks, begun.calm, begun.minutes, begun.queue) == ((Talk(2, 40, 0),), 70, 5, None)
    assert [talk.waiting for talk in beginning(scenario(OMAR, MONA, threads=CHAT.threads))[1].talks] == [NOT_WAITING, 0]


@pytest.mark.parametrize("end", EndType)
def test_ending_rightly_is_ending_well(end: EndType) -> None:
    assert succeeded(end) is (end not in {EndType.HUNG_UP_TOO_SOON, EndType.ENDURED_TOO_LONG, EndType.SIGNAL_MISSED})
    assert not succeeded(None)


effects = st.dictionaries(st.sampled_from(ADDED), st.integers(-120, 120), max_size=3)
turns_made = st.builds(
    lambda mark, added, deed, phrase, closes: Choice(
        1, "", "mona", mark, tuple(added.items()), "", "", 0, deed=deed, phrase=phrase, closes=closes
    ),
    st.sampled_from(Mark),
    effects,
    st.sampled_from([None, *Deed]),
    st.sampled_from(["", "", "same-words"]),
    st.booleans(),
)
talks_had = st.builds(
    Talk,
    st.integers(1, 4),
    st.integers(0, 100),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.integers(-1, 1),
)
states = st.builds(
    State,
    st.tuples(talks_had, talks_had),
    st.integers(0, 100),
    st.sets(st.sampled_from(["threat", "said:same-words"])).map(frozenset),
    st.none() | st.integers(0, 240),
    st.none() | st.integers(0, 99),
    st.booleans(),
)


@given(states, st.sampled_from([HERE, MONA, OMAR]), turns_made)
def test_after_any_turn_the_state_is_within_its_bounds_and_what_only_rises_has_not_fallen(
    before: State, at: Moment, turn: Choice
) -> None:
    for now in (breathed(before), after(before, turn, at=at, call=CHAT)):
        for place in (0, 1):
            for name, (low, high) in BOUNDS.items():
                assert low <= number(now, name, place) <= high
            assert number(now, "ladder", place) <= 4
            assert -1 <= number(now, "ladder", place) - number(before, "ladder", place) <= 2
            assert number(now, "boundary", place) >= number(before, "boundary", place)
        assert number(now, "minutes") >= min(number(before, "minutes"), 0)
        assert now.names >= before.names
        assert (now.minutes is None, now.queue is None) == (before.minutes is None, before.queue is None)


@given(states, turns_made, st.integers(0, 60))
def test_more_trust_before_a_turn_is_never_less_after_it(before: State, turn: Choice, more: int) -> None:
    richer = before._replace(talks=tuple(talk._replace(trust=min(talk.trust + more, 100)) for talk in before.talks))
    poor, rich = (after(one, turn, at=MONA, call=CHAT) for one in (before, richer))
    assert all(there.trust >= here.trust for here, there in zip(poor.talks, rich.talks, strict=True))
    assert [talk._replace(trust=0) for talk in poor.talks] == [talk._replace(trust=0) for talk in rich.talks]
