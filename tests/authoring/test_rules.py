"""How far an edit goes, and what first attempts teach. Pure."""

from dataclasses import replace

import pytest

from api.authoring import reading
from api.authoring.rules import Change, Path, counted, least_change, same_graph, taught
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


def path(moves: tuple[int, ...], minutes: float | None = 2.0) -> Path:
    return Path(play(BEFORE, moves), minutes)


@pytest.mark.parametrize(
    ("people", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5), (6, 5), (9, 5), (10, 10), (14, 10), (15, 15)]
)
def test_people_are_counted_in_whole_fives(people: int, shown: int) -> None:
    paths = [path(WELL)] * people
    assert len(counted(paths)) == shown
    found = taught(paths)
    assert (found.people if found else 0) == shown


def test_one_more_person_changes_nothing_that_is_shown() -> None:
    five = [path(WELL)] * 4 + [path(BADLY)]
    for more in range(1, 5):
        assert taught([*five, *[path(BADLY, 99.0)] * more]) == taught(five)
    assert taught([*five, *[path(BADLY)] * 5]) != taught(five)


def test_choices_moments_and_ends_are_counted_by_person() -> None:
    found = taught([path(WELL), path(WELL, 4.0), path(TEMPTED, 6.0), path(BADLY, None), path((0, 1, 3))])
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
    assert found.rose == (("opening", 0.6),)


def test_only_a_rise_of_the_ladder_is_shown() -> None:
    found = taught([path(WELL)] * 5)
    assert found is not None
    assert found.rose == ()


def test_a_call_left_in_the_middle_has_no_end_and_no_length() -> None:
    found = taught([path((1,))] * 5)
    assert found is not None
    assert (found.ended, found.median_moves, found.median_minutes) == ({}, None, None)
    assert found.met == {"opening": 5, "heard": 5}


def test_a_moment_met_twice_counts_once() -> None:
    round_about = replace(BEFORE, moments=scenario(("(#agreed) {.tempting", "(#opening) {.tempting")).moments)
    walked = [Path(play(round_about, (1, 2, 1, 2, 1, 1)))] * 5
    found = taught(walked)
    assert found is not None
    assert found.took["opening", 1] == 5
    assert found.met["heard"] == 5
