"""The rules of a call, one by one with their edges, as content/README.md lists them."""

from dataclasses import replace

import pytest

from api.library.graph import Boundary, Choice, Deed, EndType
from api.library.rules import (
    Right,
    breathed,
    keeps_the_right,
    number,
    offered,
    right_to_hang_up,
)
from tests.library.turns import DOWN, HARMFUL, MEH, MEH_DOWN, STAY, UP, after, choice, ladder, moment, state


@pytest.mark.parametrize(
    ("turns", "steps"),
    [
        ([DOWN], [3]),
        ([DOWN, MEH], [3, 2]),
        ([DOWN, MEH, MEH], [3, 2, 2]),
        ([STAY, DOWN], [3, 2]),
        ([STAY, DOWN, MEH], [3, 2, 2]),
        ([MEH, DOWN], [3, 3]),
        ([DOWN, DOWN], [3, 2]),
        ([DOWN, DOWN, MEH], [3, 2, 1]),
        ([DOWN, DOWN, DOWN, DOWN], [3, 2, 1, 1]),
        ([DOWN, UP], [3, 4]),
        ([DOWN, UP, MEH], [3, 4, 4]),
        ([STAY, MEH_DOWN], [3, 2]),
        ([MEH_DOWN, MEH_DOWN], [3, 2]),
        ([choice(ladder=-4), MEH], [3, 2]),
        ([choice(HARMFUL, ladder=4)], [4]),
    ],
)
def test_a_step_down_lands_on_the_next_turn_or_at_once_after_a_good_act(turns: list[Choice], steps: list[int]) -> None:
    assert ladder(state(), *turns) == steps


@pytest.mark.parametrize(
    ("before", "effect", "to", "step"),
    [(1, 2, "next", 3), (1, 4, "next", 3), (2, 4, "next", 4), (3, 2, "next", 4), (3, 2, "end", 5), (4, 4, "end", 5)],
)
def test_the_ladder_rises_two_at_most_and_a_call_that_goes_on_stands_on_four_at_most(
    before: int, effect: int, to: str, step: int
) -> None:
    assert after(state(ladder=before), choice(HARMFUL, to=to, ladder=effect)).talks[0].ladder == step


@pytest.mark.parametrize("deed", [Deed.EXPLAIN, Deed.OFFER])
@pytest.mark.parametrize(
    ("step", "trust", "left"), [(3, 15, 65), (4, 15, 40), (4, -15, 25), (4, 0, 40), (5, 15, 40), (3, -15, 35)]
)
def test_explaining_or_offering_too_early_costs_trust(deed: Deed, step: int, trust: int, left: int) -> None:
    assert after(state(ladder=step), choice(deed=deed, trust=trust)).talks[0].trust == left


@pytest.mark.parametrize("deed", [None, Deed.ACKNOWLEDGE, Deed.HANG_UP, Deed.RELIEF])
def test_any_other_act_is_never_too_early(deed: Deed | None) -> None:
    assert after(state(ladder=4), choice(deed=deed, trust=15)).talks[0].trust == 65


def test_the_same_words_a_second_time_give_nothing_and_still_cost() -> None:
    said = choice(deed=Deed.ACKNOWLEDGE, phrase="i-understand", trust=10, calm=5, solved=1, ladder=-1)
    once = after(state(good_before=True), said)
    assert (once.talks[0].ladder, once.talks[0].trust, once.talks[0].solved, once.calm) == (2, 60, 1, 75)
    twice = after(once, said)
    assert (twice.talks[0].ladder, twice.talks[0].trust, twice.talks[0].solved, twice.calm) == (2, 60, 1, 75)
    assert not twice.talks[0].owed
    other = after(once, replace(said, phrase="that-is-unfair"))
    assert (other.talks[0].ladder, other.talks[0].trust) == (1, 70)
    costs = after(once, replace(said, effects=(("trust", -10), ("calm", -5), ("ladder", 1))))
    assert (costs.talks[0].ladder, costs.talks[0].trust, costs.calm) == (3, 50, 70)


@pytest.mark.parametrize(("calm", "there"), [(29, False), (30, True), (100, True)])
def test_under_thirty_calm_the_subtle_choices_are_out_of_reach(calm: int, there: bool) -> None:
    plain, subtle = choice(), choice(subtle=True)
    assert offered(moment("here", plain, subtle), state(calm)) == ((plain, subtle) if there else (plain,))


def test_a_breath_gives_calm_once_a_moment_and_changes_nothing_else() -> None:
    rested = breathed(state(15))
    assert (rested.calm, rested.rested, rested.talks) == (35, True, state().talks)
    assert breathed(state(90)).calm == 100
    assert not after(rested, STAY).rested, "in the next moment there is another"


RIGHTS = [
    (Boundary.NONE, frozenset(), Right.AFTER_WARNING),
    (Boundary.NAMED, frozenset({"digital", "recording", "repeated"}), Right.AFTER_WARNING),
    (Boundary.WARNED, frozenset(), Right.OPEN),
    (Boundary.ENDED, frozenset(), Right.OPEN),
    *((Boundary.NONE, frozenset({flag}), Right.OPEN) for flag in ("threat", "harassment", "hateful")),
    (Boundary.WARNED, frozenset({"threat", "life_danger"}), Right.OFF),
    (Boundary.NONE, frozenset({"life_danger"}), Right.OFF),
]


@pytest.mark.parametrize(("boundary", "names", "right"), RIGHTS)
def test_the_right_to_hang_up(boundary: Boundary, names: frozenset[str], right: Right) -> None:
    assert right_to_hang_up(state(names=names, boundary=boundary)) is right


@pytest.mark.parametrize(
    ("right", "end", "kept"),
    [
        (Right.OPEN, EndType.RIGHTLY_ENDED, True),
        (Right.AFTER_WARNING, EndType.RIGHTLY_ENDED, False),
        (Right.OFF, EndType.RIGHTLY_ENDED, False),
        (Right.OPEN, EndType.HUNG_UP_TOO_SOON, False),
        (Right.AFTER_WARNING, EndType.HUNG_UP_TOO_SOON, True),
        (Right.OFF, EndType.HUNG_UP_TOO_SOON, True),
        (Right.AFTER_WARNING, EndType.READINESS_CALLED, True),
        (Right.AFTER_WARNING, None, True),
    ],
)
def test_an_end_by_hanging_up_is_called_what_it_is(right: Right, end: EndType | None, kept: bool) -> None:
    assert keeps_the_right(choice(deed=Deed.HANG_UP), end, right) is kept
    assert keeps_the_right(choice(deed=Deed.RELIEF), end, right), "another act is not asked"


def test_with_a_clock_each_minute_takes_one_calm() -> None:
    assert number(after(state(minutes=10), STAY), "minutes") == 11
    assert after(state(minutes=10), STAY).calm == 69
    assert after(state(minutes=10), choice(minutes=5, calm=10)).calm == 75
    assert after(state(minutes=10), choice(minutes=0)) == after(state(), STAY)._replace(minutes=10)
    assert number(after(state(minutes=239), choice(minutes=5)), "minutes") == 240
    assert after(state(3, minutes=0), choice(minutes=5)).calm == 0
    assert after(state(), choice(minutes=5)).calm == 70, "a call without a clock has no minutes to take"
    assert number(state(), "minutes") == 0


def test_the_wallboard_counts_only_where_it_hangs() -> None:
    shown = state()._replace(queue=98)
    assert after(shown, choice(queue=3)).queue == 99
    assert after(shown, STAY).queue == 98
    assert after(state(), choice(queue=3)).queue is None
    assert number(state(), "queue") == 0
