"""Working days: weekends, Danish public holidays by law, a centre's own closed days, and moving over them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.plans.rules import WorkingDays, public_holidays

DAYS = WorkingDays()
WEDNESDAY = date(2026, 11, 25)
any_day = st.dates(date(2020, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        (date(2026, 1, 1), True),
        (date(2026, 4, 2), True),
        (date(2026, 4, 3), True),
        (date(2026, 4, 5), True),
        (date(2026, 4, 6), True),
        (date(2026, 5, 14), True),
        (date(2026, 5, 24), True),
        (date(2026, 5, 25), True),
        (date(2026, 12, 25), True),
        (date(2026, 12, 26), True),
        (date(2023, 5, 5), True),
        (date(2024, 4, 26), False),
        (date(2026, 5, 1), False),
        (date(2026, 5, 15), False),
        (date(2026, 6, 5), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
    ],
    ids=[
        "New Year's Day",
        "Maundy Thursday",
        "Good Friday",
        "Easter Sunday",
        "Easter Monday",
        "Ascension",
        "Whit Sunday",
        "Whit Monday",
        "Christmas Day",
        "Boxing Day",
        "the last store bededag",
        "no store bededag from 2024",
        "1 May",
        "the Friday after Ascension",
        "Constitution Day",
        "Christmas Eve",
        "New Year's Eve",
    ],
)
def test_public_holidays_are_those_of_the_law(day: date, is_holiday: bool) -> None:
    assert (day in public_holidays(day.year)) is is_holiday
    if day.weekday() < 5:
        assert DAYS.includes(day) is not is_holiday


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 11, 29)], ids=["Saturday", "Sunday"])
def test_weekends_are_no_working_days(day: date) -> None:
    assert not DAYS.includes(day)
    assert DAYS.on_or_after(day) == date(2026, 11, 30)


def test_a_centre_closes_on_days_of_its_own() -> None:
    closed = WorkingDays(frozenset({date(2026, 12, 24), date(2026, 12, 31)}))
    assert not closed.includes(date(2026, 12, 24))
    assert closed.move(date(2026, 12, 23), 1) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("day", "steps", "expected"),
    [
        (WEDNESDAY, 0, WEDNESDAY),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
        (WEDNESDAY, 1, date(2026, 11, 26)),
        (WEDNESDAY, 3, date(2026, 11, 30)),
        (WEDNESDAY, -3, date(2026, 11, 20)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), -1, date(2026, 11, 27)),
        (date(2026, 4, 1), 1, date(2026, 4, 7)),
        (date(2026, 4, 7), -1, date(2026, 4, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_moving_counts_working_days(day: date, steps: int, expected: date) -> None:
    assert DAYS.move(day, steps) == expected


@given(any_day, st.integers(1, 120))
def test_moving_there_and_back_ends_where_it_began(day: date, steps: int) -> None:
    day = DAYS.on_or_after(day)
    assert DAYS.move(DAYS.move(day, steps), -steps) == day
    assert DAYS.move(day, steps) == DAYS.move(DAYS.move(day, steps - 1), 1)


@given(any_day, st.integers(-120, 120).filter(bool))
def test_moving_ends_on_a_working_day_on_the_right_side(day: date, steps: int) -> None:
    moved = DAYS.move(day, steps)
    assert DAYS.includes(moved)
    assert (moved > day) is (steps > 0)
    assert abs((moved - day).days) >= abs(steps)
