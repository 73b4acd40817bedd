"""Which language a browser gets that nobody has signed in with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.words import LANGUAGES, preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "da"),
        ("da", "da"),
        ("en-GB,en;q=0.9,da;q=0.8", "en"),
        ("da;q=0.5, en;q=0.9", "en"),
        ("de, en; q=0.8", "en"),
        ("EN-us", "en"),
        ("en;Q=0.3, da;Q=0.9", "da"),
        ("de,sv", "da"),
        ("*", "da"),
        ("en;q=0", "da"),
        ("da;q=0, en;q=0.1", "en"),
        ("en;q=snart, da;q=0.1", "da"),
        ("en,da", "en"),
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
