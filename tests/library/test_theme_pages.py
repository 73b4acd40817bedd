"""The themes through both doors: everybody signed in reads them, with the numbers of the own centre."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from api.people.tables import Centre
from tests.conftest import ON_SQLITE, House
from tests.stored import connected

pytestmark = [pytest.mark.doors, ON_SQLITE]
HARD = "6-hard-calls-and-unpleasant-experiences"
SAYS_WHAT_IS_MISSING = {
    "on_call_name": "Dit center har ikke sagt endnu, hvem der svarer.",
    "on_call_phone": "Dit center har ikke givet nummeret endnu. Spørg din administrator.",
    "on_call_hours": "Dit center har ikke sagt endnu, hvornår der bliver svaret.",
}
CONTACT = {"on_call_name": "Vagt Holm", "on_call_phone": "12 34 56 78", "on_call_hours": "alle dage 8-22"}


def set_contact(database_url: str, **contact: str) -> None:
    with connected(database_url) as connection:
        connection.execute(update(Centre).where(col(Centre.name) != "").values(**contact))


def contacts(page: str) -> str:
    """The paragraph of whom to call, without markup."""
    found = page.split('<p class="contacts">')[1].split("</p>", 1)[0]
    return " ".join("".join(part.split(">", 1)[-1] for part in f">{found}".split("<")).split())


def test_the_ten_stand_by_number_in_the_askers_language(house: House) -> None:
    danish = house.visitor("new").get("/themes").text
    assert [danish.index(f'href="/themes/{number}-') for number in range(1, 11)] == sorted(
        danish.index(f'href="/themes/{number}-') for number in range(1, 11)
    )
    assert "Svære kald og ubehagelige kundeoplevelser" in danish
    reader = house.visitor("new")
    reader.post("/account", data={"language": "en"})
    assert "Hard calls and unpleasant customer experiences" in reader.get("/themes").text
    assert "Tempting, but no help" in reader.get(f"/themes/{HARD}").text


def test_every_page_leads_to_them_and_to_the_sources(house: House) -> None:
    for path in ("/plan", "/account", "/learn/1-1-right-and-net", "/help"):
        page = house.visitor("learner").get(path).text
        assert 'href="/themes"' in page
        assert 'href="/sources"' in page
    assert 'href="/themes"' not in house.visitor().get("/help").text


def test_a_theme_is_six_sections_two_pages_and_its_sources(house: House) -> None:
    page = house.visitor("learner").get(f"/themes/{HARD}").text
    for part in ("why", "works", "tempts", "ask", "agree", "help"):
        assert f'<section class="theme-part{" second-page" if part == "tempts" else ""}" id="{part}"' in page
    assert page.count("second-page") == 1
    assert "{" not in page.split("<main", 1)[1]
    assert page.count('Tjekket <time datetime="2026-11-22">22. nov. 2026</time>.') == 5


def test_the_centres_own_numbers_are_merged_in(house: House, database_url: str) -> None:
    set_contact(database_url, **CONTACT)
    page = house.visitor("learner").get(f"/themes/{HARD}").text
    assert contacts(page) == "Bagvagt: Vagt Holm · 12 34 56 78 · alle dage 8-22."
    assert 'href="tel:12345678"' in page


@pytest.mark.parametrize(
    "missing", [("on_call_name",), ("on_call_phone",), ("on_call_hours",), ("on_call_name", "on_call_hours")]
)
def test_what_the_centre_has_not_filled_in_is_said(house: House, database_url: str, missing: tuple[str, ...]) -> None:
    set_contact(database_url, **CONTACT | dict.fromkeys(missing, ""))
    said = contacts(house.visitor("learner").get(f"/themes/{HARD}").text)
    given = " · ".join(value for key, value in CONTACT.items() if key not in missing)
    assert said == " ".join([f"Bagvagt: {given}.", *(SAYS_WHAT_IS_MISSING[key] for key in missing)])


def test_a_centre_that_has_said_nothing_says_so(house: House, database_url: str) -> None:
    set_contact(database_url, **dict.fromkeys(CONTACT, ""))
    said = contacts(house.visitor("learner").get(f"/themes/{HARD}").text)
    assert said.startswith("Dit center har ikke udfyldt sin bagvagt endnu")
    answer = house.visitor("learner").get(f"/api/v1/themes/{HARD}").json()
    assert answer["contacts"] == {"name": "", "phone": "", "hours": ""}


def test_a_contact_is_text(house: House, database_url: str) -> None:
    set_contact(database_url, **CONTACT | {"on_call_name": "<b>Vagt</b>", "on_call_phone": '1"><script>'})
    page = house.visitor("learner").get(f"/themes/{HARD}").text
    assert "&lt;b&gt;Vagt&lt;/b&gt;" in page
    assert '"><script' not in page


def test_json_holds_the_same(house: House, database_url: str) -> None:
    set_contact(database_url, **CONTACT)
    reader = house.visitor("new")
    cards: list[dict[str, Any]] = reader.get("/api/v1/themes").json()["themes"]
    assert [card["number"] for card in cards] == [*range(1, 11)]
    assert set(cards[0]) == {"key", "number", "title", "objective"}
    theme = reader.get(f"/api/v1/themes/{HARD}").json()
    assert (theme["key"], theme["number"]) == (HARD, 6)
    assert [(one["id"], one["page"]) for one in theme["sections"]] == [
        ("why", 1),
        ("works", 1),
        ("tempts", 2),
        ("ask", 2),
        ("agree", 2),
        ("help", 2),
    ]
    assert theme["contacts"] == {"name": "Vagt Holm", "phone": "12 34 56 78", "hours": "alle dage 8-22"}
    assert {one["checked"] for one in theme["sources"]} == {"2026-11-22"}
    assert theme["intro"].startswith("<p>")


@pytest.mark.parametrize("key", ["11-none", "s1-the-bill", "onboarding", "6"])
def test_a_theme_that_is_not_there_is_refused_at_both_doors(house: House, key: str) -> None:
    assert house.visitor("learner").get(f"/themes/{key}").status_code == 404
    answer = house.visitor("learner").get(f"/api/v1/themes/{key}")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Det tema findes ikke. Vælg et fra listen over temaer."
