"""How far an edit goes, and what first attempts teach. Pure."""

from dataclasses import replace

import pytest

from api.authoring import reading
from api.authoring.rules import MOST_MOVES, Attempt, Change, Stand, counted, least_change, put_down, same_graph, taught
from api.errors import Conflict, DomainError, Invalid, NotFound
from api.library.graph import Scenario
from api.scenarios.rules import play
from tests.authoring.writing import EXAMPLE, MORE_TRUST, NEW, OTHER_WAY, changed

# In the example: 1 good, 2 tempting, 3 harmful; two good ones end as agreed.
WELL, BADLY, TEMPTED = (1, 1), (3,), (2, 2)


def scenario(*pairs: tuple[str, str], language: str = "da") -> Scenario:
    return reading.read(NEW, changed(EXAMPLE, *pairs), language)


BEFORE = scenario()


@pytest.mark.parametrize(
    ("pair", "least"),
    [
        (("Pakken skulle", "Pakken burde"), Change.TYPO),
        (MORE_TRUST, Change.MATERIAL),
        (("{ladder: 2, trust: 40, calm: 70}", "{ladder: 3, trust: 40, calm: 70}"), Change.MATERIAL),
        (OTHER_WAY, Change.STRUCTURAL),
        (("{#heard}\n", "{#waits}\n"), Change.STRUCTURAL),
        (("{.tempting trust=-10}", "{.harmful trust=-10}"), Change.STRUCTURAL),
    ],
)
def test_an_edit_is_at_least(pair: tuple[str, str], least: Change) -> None:
    assert least_change(BEFORE, scenario(pair)) is least


def test_a_call_never_published_is_structural() -> None:
    assert least_change(None, BEFORE) is Change.STRUCTURAL


def test_languages_do_not_matter_to_the_class() -> None:
    assert least_change(BEFORE, scenario(language="en")) is Change.TYPO
    assert same_graph(BEFORE, scenario(language="en"))


def test_a_call_without_mistakes_says_how_much_was_walked_through() -> None:
    whole = reading.inspect(NEW, EXAMPLE)
    assert whole.findings == []
    assert reading.proved(whole) == (4, 2, whole.states) == (4, 2, 4)
    assert reading.inspect(NEW, changed(EXAMPLE, ("(#heard) {.good", "(#nowhere) {.good"))).states == 0


def test_a_call_is_put_down_anywhere_and_played_on() -> None:
    assert put_down(BEFORE, Stand()).moment.id == "opening"
    there = put_down(BEFORE, Stand("heard", numbers={"trust": 12}, names=("recording",), moves=(3,)))
    assert there.turns[0].moment.id == "heard"
    assert there.moment.id == "hung-up"
    assert put_down(BEFORE, Stand(numbers={"calm": 5})).stood.calm == 5


@pytest.mark.parametrize(
    ("where", "refused"),
    [
        (Stand("nowhere"), NotFound),
        (Stand(view="nobody"), NotFound),
        (Stand(moves=(9,)), NotFound),
        (Stand(moves=(1,) * MOST_MOVES), NotFound),
        (Stand(moves=(1,) * (MOST_MOVES + 1)), Invalid),
    ],
)
def test_a_place_that_cannot_be_is_refused(where: Stand, refused: type[DomainError]) -> None:
    with pytest.raises(refused):
        put_down(BEFORE, where)


def test_a_call_with_loose_ends_is_not_tried() -> None:
    for loose in (scenario(("(#heard) {.good", "(#nowhere) {.good")), replace(BEFORE, moments=())):
        with pytest.raises(Conflict):
            put_down(loose, Stand())


def attempt(moves: tuple[int, ...], minutes: float | None = 2.0) -> Attempt:
    return Attempt(play(BEFORE, moves), minutes)


@pytest.mark.parametrize(
    ("people", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5), (6, 5), (9, 5), (10, 10), (14, 10), (15, 15)]
)
def test_people_are_counted_in_whole_fives(people: int, shown: int) -> None:
    attempts = [attempt(WELL)] * people
    assert len(counted(attempts)) == shown
    found = taught(attempts)
    assert (found.people if found else 0) == shown


def test_one_more_person_changes_nothing_that_is_shown() -> None:
    five = [attempt(WELL)] * 4 + [attempt(BADLY)]
    for more in range(1, 5):
        assert taught([*five, *[attempt(BADLY, 99.0)] * more]) == taught(five)
    assert taught([*five, *[attempt(BADLY)] * 5]) != taught(five)


def test_choices_moments_and_ends_are_counted_by_person() -> None:
    found = taught([attempt(WELL), attempt(WELL, 4.0), attempt(TEMPTED, 6.0), attempt(BADLY, None), attempt((0, 1, 3))])
    assert found is not None
    assert found.took == {
        ("opening", 1): 3,
        ("opening", 2): 1,
        ("opening", 3): 1,
        ("heard", 1): 2,
        ("heard", 2): 1,
        ("heard", 3): 1,
    }
    assert found.went["opening", 1, "heard"] == 3
    assert found.went["heard", 3, "hung-up"] == 1
    assert sum(found.went.values()) == sum(found.took.values())
    assert found.met == {"opening": 5, "heard": 4, "agreed": 3, "hung-up": 2}
    assert found.ended == {"agreed": 3, "hung_up_too_soon": 2}
    assert found.median_moves == 2
    assert found.median_minutes == 3.0
    # Two steps up by hanging up at once, one by explaining, over five people; a breath counts for nothing.
    assert found.rose == found.worst == (("opening", 0.6),)
    assert found.left == 0


def test_only_a_rise_of_the_ladder_is_shown() -> None:
    found = taught([attempt(WELL)] * 5)
    assert found is not None
    assert found.rose == ()


def test_a_call_left_in_the_middle_has_no_end_and_no_length() -> None:
    found = taught([attempt((1,))] * 5)
    assert found is not None
    assert (found.ended, found.median_moves, found.median_minutes, found.left) == ({}, None, None, 5)
    assert found.met == {"opening": 5, "heard": 5}


def test_a_moment_met_twice_counts_once() -> None:
    round_about = replace(BEFORE, moments=scenario(("(#agreed) {.tempting", "(#opening) {.tempting")).moments)
    walked = [Attempt(play(round_about, (1, 2, 1, 2, 1, 1)))] * 5
    found = taught(walked)
    assert found is not None
    assert found.took["opening", 1] == 5
    assert found.met["heard"] == 5
