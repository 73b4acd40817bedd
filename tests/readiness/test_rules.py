"""What a card says with and without numbers, which numbers may stand on it, and whose counts are shown without names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.readiness.rules import (
    LONGEST_ADDRESS,
    LONGEST_HOURS,
    LONGEST_NAME,
    MISSING,
    NO_ADDRESS,
    POST_WORDS,
    Contact,
    Numbers,
    Post,
    TeamCount,
    filled,
    fillings,
    is_number,
    shown_line,
    signature_places,
    tidied,
    unsigned,
    without_names,
    wrongs,
)
from tests.markup import live_markup


def plain(sentence: str) -> str:
    return sentence


def only(post: Post, *parts: str) -> Numbers:
    return Numbers({post: Contact(*parts)})


@pytest.mark.parametrize("phone", ["112", "12 34 56 78", "+45 12345678", "(12) 34-56.78/9", "00 00 00 00"])
def test_a_number_that_can_be_rung(phone: str) -> None:
    assert is_number(phone)


@pytest.mark.parametrize(
    "phone",
    ["", "12", "ring 12345678", "++4512345678", "1" * 16, "٣٤٥٦٧٨", "javascript:1", "1" + "-" * 40 + "23"],
)
def test_what_cannot_be_rung(phone: str) -> None:
    assert not is_number(phone)


@pytest.mark.parametrize(
    ("contact", "fields"),
    [
        (("", "", ""), []),
        (("Bagvagten", "12345678", ""), []),
        (("Bagvagten", "", ""), ["phone"]),
        (("", "", "7-22"), ["phone"]),
        (("", "12345678", ""), ["name"]),
        (("Bagvagten", "ring bare", ""), ["phone"]),
        (("B" * LONGEST_NAME, "12345678", "7" * LONGEST_HOURS), []),
        (("B" * (LONGEST_NAME + 1), "12345678", "7" * (LONGEST_HOURS + 1)), ["name", "hours"]),
    ],
)
@pytest.mark.parametrize("post", Post)
def test_each_sentence_stands_at_its_field(post: Post, contact: tuple[str, str, str], fields: list[str]) -> None:
    assert [problem.field for problem in wrongs(only(post, *contact))] == [f"{post}.{field}" for field in fields]


def test_an_address_has_an_end() -> None:
    assert wrongs(Numbers({}, "a" * LONGEST_ADDRESS)) == []
    assert [problem.field for problem in wrongs(Numbers({}, "a" * (LONGEST_ADDRESS + 1)))] == ["address"]


def test_space_around_what_is_typed_is_taken_off() -> None:
    found = tidied(Numbers({Post.REP: Contact(" Eva \n Lund ", " 12 34 ", "\t")}, "  Vej 1,\r\n 2. sal "))
    assert (found.of(Post.REP), found.address) == (Contact("Eva Lund", "12 34", ""), "Vej 1, 2. sal")
    assert found.of(Post.LEADER) == Contact()


def test_every_place_is_a_link_or_a_sentence_and_never_empty() -> None:
    assert set(MISSING) == set(POST_WORDS) == set(Post)
    nothing = fillings(Numbers({}), plain)
    assert set(nothing) == {*Post, "address"}
    for place, sentence in {**{post.value: MISSING[post] for post in Post}, "address": NO_ADDRESS}.items():
        assert re.sub(r"<[^>]*>", "", nothing[place]) == sentence
    given_ones = fillings(Numbers({post: Contact("Eva", "12 34 56 78", "7-22") for post in Post}, "Vej 1"), plain)
    assert all('href="tel:12345678"' in given_ones[post] and "7-22" in given_ones[post] for post in Post)
    assert given_ones["address"] == "<strong>Vej 1</strong>"
    assert "hours" not in fillings(only(Post.REP, "Eva", "12345678", ""), plain)["rep"]


def test_112_is_rung_by_a_tap_but_not_a_street_number() -> None:
    text = "<li>Ring 112 til {address}, ikke 1125.</li>"
    said = filled(text, fillings(Numbers({}, "Industrivej 112"), plain))
    assert said.count('href="tel:112"') == 1
    assert "<strong>Industrivej 112</strong>, ikke 1125." in said


def test_a_place_nobody_fills_stays_as_it_is() -> None:
    assert filled("<p>{other}</p>", {"on_call": "x"}) == "<p>{other}</p>"


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_what_a_centre_writes_is_text(name: str, hours: str, address: str) -> None:
    evil = "<script>{leader}</script>"
    numbers = Numbers({Post.ON_CALL: Contact(name + evil, "12345678", hours + evil)}, address + evil)
    said = filled("<p>{on_call} {address}</p>", fillings(numbers, plain))
    assert live_markup(said) == []
    assert "<script" not in said


def test_a_line_for_a_signature_is_left_out_where_nobody_signed() -> None:
    text = "<p>Vi giver dig ret.</p>\n<p>Underskrevet: {leader_name}, {signed_on}</p>"
    assert unsigned(text) == "<p>Vi giver dig ret.</p>\n"
    assert "Mads &lt;b&gt;, 1. dec." in filled(text, signature_places("Mads <b>", "1. dec."))


@pytest.mark.parametrize(
    ("signed", "may_sign", "shown"),
    [
        (None, False, ("new", False, False)),
        (None, True, ("new", False, True)),
        ("new", False, ("new", True, False)),
        ("new", True, ("new", True, False)),
        ("old", False, ("old", True, False)),
        ("old", True, ("new", False, True)),
    ],
)
def test_only_a_leader_is_shown_what_nobody_has_signed_while_something_signed_holds(
    signed: str | None, may_sign: bool, shown: tuple[str, bool, bool]
) -> None:
    assert shown_line(signed, "new", may_sign=may_sign) == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], []),
        ([("Nord", 10, 4)], [("Nord", 10, 4)]),
        ([("Nord", 5, 0), ("Syd", 4, 1)], [("Nord", 5, 0)]),
        ([("Nord", 5, 0), ("Syd", 4, 1), ("Vest", 2, 2)], [("Nord", 5, 0), (None, 6, 3)]),
        ([("Syd", 4, 1), ("Tom", 0, 0)], []),
    ],
)
def test_counts_without_names_are_of_five_or_more(
    counts: list[tuple[str | None, int, int]], shown: list[tuple[str | None, int, int]]
) -> None:
    assert without_names(TeamCount(*count) for count in counts) == [TeamCount(*count) for count in shown]
