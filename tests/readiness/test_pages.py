"""The card and our line through both doors: what is on the pages, what is said at the fields, and what stays out."""

import re
from typing import Any

import pytest

from api.readiness import queries
from api.readiness.rules import Numbers
from tests.access_table import NUMBERS
from tests.conftest import House
from tests.forms import Page
from tests.markup import live_markup
from tests.readiness.test_actions import new_text, set_numbers, unsigned_house
from web.readiness.table import labelled

pytestmark = pytest.mark.doors
CONTACTS = "/api/v1/readiness/contacts"


def test_the_card_says_the_numbers_and_what_to_do_without_them(house: House) -> None:
    page = house.visitor("learner").get("/card")
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["cache-control"] == "no-store"
    assert 'href="tel:00000000"' in page.text
    assert "Dit center har ikke skrevet nummeret. Spørg din leder i dag" in page.text  # the crisis psychologist's
    assert "Eksempelvej 1" in page.text
    assert not re.search(r"\{\w+\}", re.sub(r"<(script|meta)[^>]*>", "", page.text))
    set_numbers(house, Numbers({}))
    empty = house.visitor("learner").get("/card").text
    assert empty.count('class="not-given"') == 11
    assert "tel:0" not in empty
    assert "Dit center har ikke skrevet sin adresse her." in empty


def test_nothing_of_the_person_stands_on_the_card_that_a_device_keeps(house: House) -> None:
    pages = [house.visitor(who).get("/card").text for who in ("learner", "live", "manager")]
    assert pages[0] == pages[1] == pages[2]
    assert "Nadia" not in pages[0]


def test_the_open_card_is_read_without_signing_in_until_it_is_closed(house: House) -> None:
    admin, stranger = house.visitor("admin"), house.visitor(language="en")
    form = Page(admin.get("/card/settings").text).form("/card/settings")
    said = form.send(admin, open="yes")
    address = Page(said.text).form("/card/settings/link")
    path = re.search(r"/card/[\w-]{43}", said.text)
    assert path is not None
    page = stranger.get(path[0])
    assert page.status_code == 200
    assert "The readiness card" in page.text
    assert "Eksempelvej 1" in page.text
    assert "/our-line" not in page.text
    assert path[0] in house.visitor("learner").get("/card").text
    renewed = address.send(admin)
    assert path[0] not in renewed.text
    assert stranger.get(path[0]).status_code == 404
    assert "112" in stranger.get(path[0]).text


def test_what_cannot_stand_on_the_card_is_said_at_its_field_and_kept_in_the_form(house: House) -> None:
    admin = house.visitor("admin")
    form = Page(admin.get("/card/settings").text).form("/card/settings")
    answer = form.send(admin, None, **{"crisis.name": "Falck", "rep.phone": "spørg Eva"})
    assert answer.status_code == 422
    assert 'id="crisis.phone-problem"' in answer.text
    assert 'id="rep.phone-problem"' in answer.text
    assert 'value="spørg Eva"' in answer.text
    assert house.read(queries.card, house.actor("learner")).numbers.address.startswith("Eksempelvej")
    answer = form.send(admin, None, **{"crisis.name": "Falck", "crisis.phone": "70 10 20 30"})
    assert "Gemt. Kortet siger det fra nu af." in answer.text
    assert 'href="tel:70102030"' in house.visitor("learner").get("/card").text


def test_json_says_the_same_at_the_same_fields(house: House) -> None:
    admin = house.visitor("admin")
    stored = admin.get(CONTACTS).json()
    assert (stored["on_call"]["phone"], stored["open"], stored["path"]) == ("00 00 00 00", False, None)
    del stored["path"]
    refused = admin.put(CONTACTS, json={**stored, "rep": {"name": "Eva", "phone": "?", "hours": ""}}).json()
    assert [one["field"] for one in refused["errors"]] == ["rep.phone"]
    opened = admin.put(CONTACTS, json={**stored, "open": True}).json()
    assert {**opened, "open": False, "path": None} == {**stored, "path": None}
    assert house.visitor().get(opened["path"]).status_code == 200
    card = house.visitor("learner").get("/api/v1/readiness/card").json()
    assert card["path"] == opened["path"]
    assert [part["id"] for part in card["parts"] if part["wallet"]] == ["wallet"]
    renewed = admin.post(f"{CONTACTS}/link").json()
    assert renewed["path"] != opened["path"]


@pytest.mark.parametrize("missing", NUMBERS)
def test_what_is_left_out_is_asked_for_and_never_erased(house: House, missing: str) -> None:
    admin = house.visitor("admin")
    stored = admin.get(CONTACTS).json()
    body = {key: value for key, value in NUMBERS.items() if key != missing}
    answer = admin.put(CONTACTS, json=body)
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [missing])
    assert admin.get(CONTACTS).json() == stored


def test_markup_in_what_a_centre_writes_is_text(house: House) -> None:
    evil = "<script>alert(1)</script>{leader}"
    body = NUMBERS | {"on_call": {"name": evil, "phone": "112", "hours": evil}, "address": evil}
    assert house.visitor("admin").put(CONTACTS, json=body).status_code == 200
    for path in ("/card", "/card/wallet"):
        text = house.visitor("learner").get(path).text
        assert live_markup(text) == []
        assert "&lt;script&gt;" in text
    assert live_markup(house.visitor("admin").get("/card/settings").text) == []


def test_the_worker_is_served_for_the_card_alone(house: House) -> None:
    answer = house.visitor().get("/card/worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["service-worker-allowed"] == "/card"
    assert answer.headers["cache-control"] == "no-cache"


def test_an_unsigned_line_says_so_and_asks_nobody(house: House) -> None:
    unsigned_house(house)
    learner, manager = house.visitor("learner").get("/our-line").text, house.visitor("manager")
    assert "Din leder har ikke skrevet under endnu." in learner
    assert "ingen kan blive bedt om at stole på den" in learner
    assert "Underskrevet" not in learner
    assert "/our-line/acknowledge" not in learner
    assert "/our-line/sign" not in learner
    Page(manager.get("/our-line").text).form("/our-line/sign").send(manager)
    signed = house.visitor("learner").get("/our-line").text
    assert "Underskrevet: Mads Thorup, 25. nov. 2026" in signed
    assert "/our-line/acknowledge" in signed


def test_a_learner_confirms_once_and_her_manager_sees_it(house: House) -> None:
    learner, manager = house.visitor("learner"), house.visitor("manager")
    assert "Nadia Lind" in manager.get("/our-line").text
    form = Page(learner.get("/our-line").text).form("/our-line/acknowledge")
    assert "Du bekræftede det 25. nov. 2026." in re.sub(r"</?time[^>]*>", "", form.send(learner).text)
    assert form.send(learner).status_code == 200
    board = manager.get("/our-line").text
    assert "Nadia Lind" not in board
    assert "6 af 10 har læst den." in board
    safety = house.visitor("safety").get("/our-line").text
    assert "6 af 10 har læst den." in safety
    assert "Bo Kjær" not in safety


def test_what_was_opened_before_a_new_text_is_read_again_first(house: House) -> None:
    learner, manager = house.visitor("learner"), house.visitor("manager")
    old = Page(learner.get("/our-line").text).form("/our-line/acknowledge")
    new_text(house)
    seen = Page(manager.get("/our-line").text).form("/our-line/sign")
    assert "Det er en nyere tekst, som ingen har skrevet under på." in manager.get("/our-line").text
    seen.send(manager)
    answer = old.send(learner)
    assert answer.status_code == 409
    assert "Læs den igen, og bekræft så." in answer.text
    assert manager.post("/our-line/sign", data={"revision": "x"}).status_code == 409


def test_our_line_through_json(house: House) -> None:
    learner, manager = house.visitor("learner"), house.visitor("manager")
    line: dict[str, Any] = learner.get("/api/v1/readiness/our-line").json()
    assert (line["signature"]["leader"], line["read_on"]) == ("Mads Thorup", None)
    told = {"signature": line["signature"]["id"]}
    assert learner.post("/api/v1/readiness/our-line/acknowledgements", json=told).json()["read_on"] == "2026-11-25"
    signed = manager.post("/api/v1/readiness/our-line/signatures", json={"revision": line["revision"]}).json()
    assert signed["signature"]["id"] == line["signature"]["id"], "the same text by the same leader is signed already"
    [team] = manager.get("/api/v1/readiness/our-line/acknowledgements").json()
    assert (team["team"], team["people"], team["read"], len(team["missing"])) == ("Team Nord", 10, 6, 4)
    [north] = house.visitor("safety").get("/api/v1/readiness/our-line/acknowledgements").json()
    assert north == {"team": "Team Nord", "people": 10, "read": 6, "missing": None}


def test_help_leads_to_the_card(house: House) -> None:
    page = Page(house.visitor("learner").get("/help").text)
    assert {"/card", "/our-line"} <= set(page.links)
    assert "/card" not in Page(house.visitor().get("/help").text).links  # whose? she has not signed in


def test_a_table_without_rows_is_left_alone() -> None:
    assert labelled("<p>Vi</p>") == "<p>Vi</p>"
    assert (
        labelled('<table><tr><th scope="col">"A" <b>b</b></th></tr><tr><td>1</td></tr></table>').count("data-label")
        == 1
    )
