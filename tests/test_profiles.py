"""The two profiles whose callers are no customers: what they swap, take in and leave out of the conflict week."""

from functools import cache

from api.library import lint
from api.library.values import Kind, Plan
from tests.test_content import CANDIDATES, SOURCES


@cache
def week_of(key: str) -> dict[str, int]:
    """The units of a plan's conflict week, in their order, each with its day."""
    candidate = next(one for one in CANDIDATES if one.kind is Kind.PLAN and one.key == key)
    path, source = candidate.texts["da"]
    plan, findings = lint.read_document(Kind.PLAN, path, source, SOURCES)
    assert findings == []
    assert isinstance(plan, Plan)
    [week] = [stretch for stretch in plan.stretches if stretch.id == "conflict-week"]
    return {step.unit: step.offset.day or 0 for step in week.steps}


OUTBOUND = {"3-5-outbound", "s9-where-did-you-get-my-number"}


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
