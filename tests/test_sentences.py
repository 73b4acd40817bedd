"""Sentences and dates as people read them, in both languages."""

from datetime import UTC, date, datetime

import pytest

from api.errors import Problem
from api.words import long_date, percent, plain_date, sentence, short_date
from web.rendering import environment

MONDAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("language", "text"),
    [("da", "Åbner mandag den 7. december 2026."), ("en", "Opens Monday 7 December 2026.")],
)
def test_a_sentence_writes_its_dates_out(language: str, text: str) -> None:
    assert sentence(Problem("Opens %(opens_on)s.", values={"opens_on": MONDAY}), language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "For mange forsøg. Vent 30 sekunder, og prøv igen."),
        ("en", "Too many tries. Wait 30 seconds and try again."),
    ],
)
def test_a_sentence_leaves_other_values_as_they_are(language: str, text: str) -> None:
    assert (
        sentence(Problem("Too many tries. Wait %(wait)s seconds and try again.", values={"wait": 30}), language) == text
    )


@pytest.mark.parametrize(("language", "text"), [("da", "Vælg en dato."), ("en", "Choose a date.")])
def test_a_sentence_without_values(language: str, text: str) -> None:
    assert sentence(Problem("Choose a date."), language) == text


def test_a_value_is_never_read_as_a_pattern() -> None:
    problem = Problem("Opens when you have finished “%(unit)s”.", values={"unit": "100 %(wait)s"})
    assert sentence(problem, "en") == "Opens when you have finished “100 %(wait)s”."


@pytest.mark.parametrize(
    ("day", "language", "long", "short"),
    [
        (MONDAY, "da", "mandag den 7. december 2026", "man. 7. dec."),
        (MONDAY, "en", "Monday 7 December 2026", "Mon 7 Dec"),
        (date(2027, 5, 1), "da", "lørdag den 1. maj 2027", "lør. 1. maj"),
        (date(2027, 5, 1), "en", "Saturday 1 May 2027", "Sat 1 May"),
    ],
)
def test_dates_in_words(day: date, language: str, long: str, short: str) -> None:
    assert (long_date(day, language), short_date(day, language)) == (long, short)


def test_a_date_without_its_weekday() -> None:
    assert (plain_date(MONDAY, "da"), plain_date(MONDAY, "en")) == ("7. dec. 2026", "7 Dec 2026")


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "2026-07-02"),  # summer: half past midnight in Denmark
        (datetime(2026, 7, 1, 21, 30, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "2027-01-01"),
        (date(2026, 7, 1), "2026-07-01"),
    ],
)
def test_an_instant_is_shown_as_the_day_it_is_in_denmark(at: date, day: str) -> None:
    for written in ("long", "short", "plain"):
        shown = environment("en").from_string(f"{{{{ at|{written}_date }}}}").render(at=at)
        assert f'<time datetime="{day}">' in shown
        assert str(int(day[-2:])) in shown.partition(">")[2]


def test_a_share_is_written_as_each_language_writes_it() -> None:
    assert (percent(0.4, "da"), percent(0.4, "en"), percent(1, "da")) == ("40\xa0%", "40%", "100\xa0%")
