"""A password fits its own hash alone, and an unknown e-mail never fits anything."""

import asyncio

import pytest

from api.people.passwords import LONGEST, hash_password, verify


@pytest.fixture(scope="module")
def stored() -> str:
    return hash_password("blåbær-grød 7")


@pytest.mark.parametrize(
    ("password", "fits"),
    [
        ("blåbær-grød 7", True),
        ("Blåbær-grød 7", False),
        ("blåbær-grød 7 ", False),
        ("", False),
        ("x" * 100_000, False),
    ],
    ids=["the same", "another case", "a space more", "empty", "very long"],
)
def test_only_the_same_password_fits(stored: str, password: str, fits: bool) -> None:
    assert asyncio.run(verify(password, stored)) is fits


def test_nobody_has_the_password_that_unknown_e_mails_are_compared_with() -> None:
    sentence = "nobody has this password; it is compared so that the time tells nothing"
    assert not asyncio.run(verify(sentence, None))


def test_the_same_password_is_stored_differently_each_time(stored: str) -> None:
    assert hash_password("blåbær-grød 7") != stored
    assert stored.startswith("$argon2id$")


def test_what_is_longer_than_any_password_is_cut_before_it_is_hashed() -> None:
    longest = hash_password("a" * LONGEST)
    assert asyncio.run(verify("a" * (LONGEST + 1), longest))
