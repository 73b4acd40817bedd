"""A profile is the conflict week for another kind of centre: what it swaps, takes in and leaves out."""

import pytest

from api.library.values import Plan
from tests.test_content import PROFILES, WEEK, lesson_at, plan_of

OUTBOUND = {"3-5-outbound", "s9-where-did-you-get-my-number"}


def road_of(plan: Plan) -> list[tuple[object, ...]]:
    """Every stretch with its anchor and week; and what stands on it, but for the conflict week."""
    return [
        (one.id, one.anchor, one.week, *((step.unit, step.offset) for step in one.steps if one.id != "conflict-week"))
        for one in plan.stretches
    ]


@pytest.mark.parametrize("key", PROFILES)
def test_a_profile_walks_the_same_road_and_leaves_no_safety_out(key: str) -> None:
    plan, default = plan_of(key), plan_of("onboarding")
    assert plan.training_weeks == default.training_weeks
    assert plan.title != default.title
    assert road_of(plan) == road_of(default)
    safety = {path.split("/")[2].split(".")[0] for path, _language in WEEK if lesson_at(path).safety}
    assert safety <= set(plan.units)


def week_of(key: str) -> dict[str, int]:
    """The units of a plan's conflict week, in their order, each with its day."""
    [week] = [stretch for stretch in plan_of(key).stretches if stretch.id == "conflict-week"]
    return {step.unit: step.offset.day or 0 for step in week.steps}


def test_the_crisis_profile_doubles_four_units_and_drops_the_outbound_one() -> None:
    week, default = week_of("onboarding-crisis"), week_of("onboarding")
    doubled = {"3-3b-after-the-silence", "3-4b-the-long-call", "5-2b-when-it-was-a-death", "5-4b-when-you-never-hear"}
    assert set(week) == (set(default) | doubled) - OUTBOUND
    assert week["3-4-suicidal-caller"] < week["3-4b-the-long-call"], "never twice in a day"
    order = list(week)
    firsts = ("3-3-grief-and-crisis", "3-4-suicidal-caller", "5-2-help-a-colleague", "5-4-let-it-go")
    for first, second in zip(firsts, sorted(doubled), strict=True):
        assert order.index(first) < order.index(second)


def test_the_outbound_profile_opens_with_its_call_and_adds_the_consent_list() -> None:
    week, default = week_of("onboarding-outbound"), week_of("onboarding")
    assert set(week) == set(default) | {"3-5b-consent-list"}
    order = list(week)
    assert (order[0], week[order[0]]) == ("s9-where-did-you-get-my-number", 1)
    assert order[order.index("3-5-outbound") + 1] == "3-5b-consent-list"


def test_the_public_profile_has_the_citizen_where_the_outbound_lesson_stood() -> None:
    week, default = week_of("onboarding-public"), week_of("onboarding")
    assert set(week) == (set(default) | {"p1-citizen-and-authority"}) - OUTBOUND
    assert list(week).index("p1-citizen-and-authority") == list(default).index("3-5-outbound")
    assert week["p1-citizen-and-authority"] == default["3-5-outbound"]


def test_the_internal_hotline_has_three_calls_with_colleagues_on_three_days() -> None:
    week, default = week_of("onboarding-internal"), week_of("onboarding")
    added = {"s10a-in-the-open-thread", "s10b-pay-day"}
    # A colleague is nobody to sell to, no reviewer, and no customer whose contract can be ended.
    assert set(week) == (set(default) | added) - OUTBOUND - {"s8-named", "s14-number-23"}
    assert [week[call] for call in ("s10b-pay-day", "s10-the-colleague", "s10a-in-the-open-thread")] == [2, 3, 4]


def test_a_unit_the_profiles_share_keeps_its_day() -> None:
    default = week_of("onboarding")
    for key in ("onboarding-public", "onboarding-internal"):
        assert all(day == default[unit] for unit, day in week_of(key).items() if unit in default)
