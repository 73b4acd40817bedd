"""Which language a browser gets that nobody has signed in with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.words import LANGUAGES, preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("en-GB,en;q=0.9,da;q=0.8", "en"),
        ("da-DK,da;q=0.9,en;q=0.8", "da"),
        ("da;q=0.1,en;q=0.9", "en"),  # the weight decides, not the place
        ("de,fr;q=0.9,en;q=0.1", "en"),
        ("en;q=0.5,da;q=0.5", "en"),  # equal weights: the first
        ("da;q=0.5,en;q=0.5", "da"),
        ("da; q=0.1, en; q=0.9", "en"),  # spaces are allowed
        ("da;Q=0.1,en;Q=0.9", "en"),
        ("en;q=0", "da"),  # anything but English
        ("da;q=0,en;q=0.1", "en"),
        # None of ours, or junk: Danish.
        ("", "da"),
        ("*", "da"),
        ("de", "da"),
        ("english", "da"),
        (",,;q=,-,;", "da"),
        ("en;q=high", "da"),
        ("en;q=nan", "da"),
        ("en;q=-1", "da"),
        ("en;level=1", "da"),
        ("\x00\xff;q=\xb2", "da"),
        # Junk beside a wish does not hide it.
        (",,;q=,en", "en"),
        ("da;q=nan,en;q=0.1", "en"),
        ("da;q=high,en;q=0.1", "en"),
        # Only the first twenty parts are read.
        ("de," * 19 + "en", "en"),
        ("de," * 20 + "en", "da"),
        ("," * 100_000 + "en", "da"),
    ],
)
def test_the_best_language_of_ours_is_chosen(header: str, language: str) -> None:
    assert preferred(header) == language


@given(
    st.text()
    | st.lists(st.sampled_from(["en", "da", "de", ";q=", ";", "=", ",", "0.5", "nan", "inf", "-1", " ", "*"])).map(
        "".join
    )
)
def test_whatever_a_browser_sends_there_is_a_language(header: str) -> None:
    assert preferred(header) in LANGUAGES
