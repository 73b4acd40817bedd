"""Card files read, every mistake in one found on its line, and both languages held up against each other."""

import pytest

from api.errors import NotFound
from api.library import queries as library
from api.library.cards import read_card
from api.library.values import Card
from tests.conftest import House
from tests.course import SOURCES, found

PATH = "cards/help.da.md"
CARD = f"""\
---
title: Kortet
objective: Du kan finde dit næste skridt.
{SOURCES}---
Læs det før.

## Trussel {{#threat .red}}

1. Læg på.
2. Ring: {{on_call}}

## Lommekort {{#wallet .wallet}}

- Ring: {{leader}}
"""


def read(source: str) -> tuple[Card, list[tuple[int, str]]]:
    card, text = read_card(PATH, source)
    return card, [(finding.line, finding.rule) for finding in text.findings]


def planted(old: str, new: str) -> str:
    assert CARD.count(old) == 1, f"{CARD.count(old)} times: {old}"
    return CARD.replace(old, new)


def test_a_right_card_is_read_whole() -> None:
    card, findings = read(CARD)
    assert findings == []
    assert (card.title, card.intro) == ("Kortet", "<p>Læs det før.</p>")
    assert [(one.id, one.red, one.wallet, one.places, one.items) for one in card.parts] == [
        ("threat", True, False, ("on_call",), 2),
        ("wallet", False, True, ("leader",), 1),
    ]
    assert "{on_call}" in card.parts[0].html
    assert card.sources[0].publisher == "BFA Handel"


def test_a_card_may_be_an_opening_alone() -> None:
    card, findings = read(CARD.partition("## Trussel")[0])
    assert (findings, card.parts) == ([], ())


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("{#threat .red}", "", (11, "id")),
        ("{#threat .red}", "{#Threat}", (11, "id")),
        ("{#threat .red}", "{#threat .blue}", (11, "braces")),
        ("{#threat .red}", "{#threat key=value}", (11, "braces")),
        ("{#threat .red}", "{#threat ?}", (11, "braces")),
        ("#wallet", "#threat", (16, "part-twice")),
        ("- Ring: {leader}\n", "", (16, "empty-part")),
        ("{leader}", "{lader}", (18, "place")),
        ("Læs det før.", "Ring {nobody}", (9, "place")),
        ("title: Kortet", "title: Kortet\nminutes: 5", (1, "header-key")),
        ("objective: Du kan finde dit næste skridt.\n", "", (1, "header-missing")),
    ],
)
def test_a_mistake_is_found_on_its_line(old: str, new: str, finding: tuple[int, str]) -> None:
    assert read(planted(old, new))[1] == [finding]


def test_a_card_that_says_nothing_is_found() -> None:
    assert read(CARD.partition("Læs det før.")[0])[1] == [(1, "no-part")]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("#threat", "#danger", 11),
        (".red", "", 11),
        ("1. Læg på.\n", "", 11),
        ("{on_call}", "{leader}", 11),
        ("## Lommekort {#wallet .wallet}\n\n- Ring: {leader}\n", "", 1),
    ],
)
def test_languages_that_differ_are_found(old: str, new: str, line: int) -> None:
    english = PATH.replace(".da.", ".en.")
    assert found({PATH: CARD, english: CARD}) == []
    assert found({PATH: CARD, english: planted(old, new)}) == [(english, line, "languages-differ")]


def test_a_card_that_is_not_published_is_said_to_be_missing(house: House) -> None:
    assert house.read(lambda db: library.card(db, library.current_card(db, "readiness-card").revision_id, "en")).parts
    with pytest.raises(NotFound):
        house.read(library.current_card, "no-such-card")
