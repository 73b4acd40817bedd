"""Totals from counts, and cells that no spreadsheet takes for a formula."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.enrolments.rules import Begun, Standing, standing
from api.reports.rules import FORMULA_STARTS, shown, text_cell, totals

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def test_nobody_adds_up_to_nothing() -> None:
    assert totals([], TODAY) == dict.fromkeys(Standing, 0)


def test_counts_add_up_by_where_people_stand_today() -> None:
    counts = [
        (Begun.DONE, date.max, 4),
        (Begun.FRESH, TODAY - DAY, 1),
        (Begun.BEGUN, TODAY - DAY, 2),
        (Begun.FRESH, TODAY, 3),
        (Begun.BEGUN, TODAY, 5),
        (Begun.BEGUN, TODAY + DAY, 6),
    ]
    found = totals(counts, TODAY)
    assert found == {Standing.DONE: 4, Standing.LATE: 3, Standing.NOT_STARTED: 3, Standing.ON_TRACK: 11}
    assert shown(found, None) == 21
    assert [shown(found, one) for one in Standing] == [found[one] for one in Standing]


people = st.lists(
    st.one_of(
        st.tuples(st.just(Begun.DONE), st.none()),
        st.tuples(st.sampled_from([Begun.FRESH, Begun.BEGUN]), st.dates(TODAY - 9 * DAY, TODAY + 9 * DAY)),
    )
)


@given(people, st.dates(TODAY - 9 * DAY, TODAY + 9 * DAY))
def test_totals_equal_the_rows_for_any_mix(mix: list[tuple[Begun, date | None]], today: date) -> None:
    found = totals(((begun, due or date.max, 1) for begun, due in mix), today)
    by_row = [standing(begun, due, today) for begun, due in mix]
    assert found == {one: by_row.count(one) for one in Standing}
    assert shown(found, None) == len(mix)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Nadia Lind", "Nadia Lind"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+45 12", "'+45 12"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("'=1", "'=1"),
        ("a=1", "a=1"),
    ],
)
def test_a_cell_is_always_text(value: str, cell: str) -> None:
    assert text_cell(value) == cell


@given(st.text() | st.builds("".join, st.tuples(st.sampled_from(FORMULA_STARTS), st.text())))
def test_no_cell_begins_as_a_formula_and_nothing_is_lost(value: str) -> None:
    cell = text_cell(value)
    assert not cell.startswith(FORMULA_STARTS)
    assert cell.removeprefix("'") == value.removeprefix("'")
