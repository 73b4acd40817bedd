"""The sixteen calls as they stand in content/: whole in both languages, proved, sourced, and kind to who plays them."""

import re
from functools import cache

import pytest

from api.library import lint
from api.library.graph import EndType, Flag, Scenario
from api.library.rules import succeeded
from api.library.values import Kind
from api.scenarios.rules import Call, open_call, step
from tests.test_content import CANDIDATES, SOURCES, lix, words_of

CALLS = {one.key: one for one in CANDIDATES if one.kind is Kind.SCENARIO}
NOTED = {"S2", "S3", "S4", "S5", "S11", "S15"}
# Never on a screen: the bare word means three things, the second is no Danish, the rest is for the copy desk.
NEVER = re.compile(r"\bdebriefing\b|ring-af-ret|—|70 ?201 ?201", re.IGNORECASE)


@cache
def call(key: str, language: str = "da") -> Scenario:
    path, source = CALLS[key].texts[language]
    found, findings = lint.read_document(Kind.SCENARIO, path, source, {})
    assert findings == []
    assert isinstance(found, Scenario)
    return found


def good_way(key: str, view: str = "") -> Call:
    """A shortest way to a good end by good choices alone, in the order written."""
    waiting, seen = [open_call(call(key), view)], set()
    while waiting:
        stood = waiting.pop(0)
        if stood.ended and stood.succeeded:
            return stood
        for choice in stood.choices:
            following = step(stood, choice.number)
            if choice.mark == "good" and (following.moment.id, following.stood) not in seen:
                seen.add((following.moment.id, following.stood))
                waiting.append(following)
    raise AssertionError(f"{key} has no good end by good choices")


def test_all_sixteen_stand_two_that_nobody_has_seen_and_two_from_an_internal_hotline() -> None:
    sixteen = {f"S{number}" for number in range(1, 17)}
    assert {call(key).number for key in CALLS} == sixteen | {"V1", "V2"} | {"S10a", "S10b"}


@pytest.mark.parametrize("key", CALLS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_call_is_whole(key: str, language: str) -> None:
    found = call(key, language)
    assert 12 <= len(found.moments) <= 25
    assert 5 <= found.minutes <= 8
    assert found.sources
    assert found.question
    assert found.answer
    assert (found.content_note != "") >= (found.number in NOTED)
    _empty, _header, body = SOURCES[CALLS[key].texts[language][0]].split(
        "---", 2
    )  # a source may be called what it likes
    assert NEVER.search(body) is None
    assert all(len(moment.axes) == 3 for moment in found.moments if moment.end)


@pytest.mark.parametrize("key", CALLS)
def test_danish_is_spoken_danish(key: str) -> None:
    assert lix(words_of(SOURCES[CALLS[key].texts["da"][0]])) <= 30


@pytest.mark.parametrize("key", CALLS)
def test_the_state_matters_to_the_story(key: str) -> None:
    choices = [choice for moment in call(key).moments for choice in moment.choices]
    assert sum(bool(choice.conditions) + len(choice.ways) for choice in choices) >= 2


@pytest.mark.parametrize("key", CALLS)
def test_good_choices_lead_to_a_good_end_through_every_view(key: str) -> None:
    for view in call(key).views or (None,):
        assert good_way(key, view.key if view else "").succeeded


@pytest.mark.parametrize("key", CALLS)
def test_neither_place_nor_length_gives_the_good_choice_away(key: str) -> None:
    moments = [moment for moment in call(key).moments if moment.choices]
    first = sum(moment.choices[0].mark == "good" for moment in moments)
    longest = sum(max(moment.choices, key=lambda one: len(one.text)).mark == "good" for moment in moments)
    assert first <= len(moments) / 2
    assert longest <= len(moments) * 0.6 + 1


def test_the_threat_at_home_is_hung_up_on_rightly_and_ends_with_the_readiness_plan() -> None:
    played = good_way("s3-i-know-where-you-live", "home")
    assert played.moment.end is EndType.READINESS_CALLED
    assert any(turn.choice and turn.choice.deed == "hang_up" for turn in played.turns)
    assert Flag.THREAT in played.stood.names


def test_where_a_life_may_be_in_danger_nobody_hangs_up_rightly() -> None:
    for key in ("s11-it-might-as-well-be", "s15-the-bomb"):
        found = call(key)
        assert EndType.RIGHTLY_ENDED not in found.ends
        assert any(choice.deed == "relief" for moment in found.moments for choice in moment.choices)
        assert any(moment.end and succeeded(moment.end) for moment in found.moments)
