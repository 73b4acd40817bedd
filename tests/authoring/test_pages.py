"""The author's pages: what is sent comes back with a sentence, nothing is lost, and nothing broken is stored or served."""

import re

import pytest
from starlette.testclient import TestClient

from tests.authoring.forms import DESK, STORED, as_browser, fields, in_english, opened, said
from tests.authoring.writing import CALL, EXAMPLE, MORE_TRUST, NEW, OTHER_WAY, changed, desk_of, published, save
from tests.conftest import CONTENT, ON_SQLITE, House
from tests.markup import live_markup
from tests.stored import rows

pytestmark = [pytest.mark.doors, ON_SQLITE]
EVIL = "</textarea><script>alert(1)</script>"


def test_a_call_from_its_beginning_to_its_learners(house: House, author: TestClient) -> None:
    assert author.post("/author/new", data={"name": f" {NEW} "}).headers["location"] == f"{DESK}?said=begun"
    form = opened(author)
    assert "Nothing to mend" in author.get(DESK).text
    form["da"] = form["da"].replace("Et nyt kald", "Pakken")
    assert author.post(f"{DESK}/save", data=as_browser(form)).headers["location"] == f"{DESK}?said=saved"
    assert desk_of(house, NEW).texts["da"] == form["da"]  # as a file has its lines
    form = opened(author)
    answer = author.post(f"{DESK}/publish", data={**as_browser(form), "change": "structural"})
    assert answer.headers["location"] == f"{DESK}?said=published"
    assert "Published." in author.get(f"{DESK}?said=published").text
    assert "Pakken" in house.visitor("admin").get(f"/learn/{NEW}").text
    assert "Pakken" in house.visitor("admin").get("/author").text
    other = in_english(house, "trainer@other.example")
    assert other.get(DESK).status_code == 404
    assert DESK not in other.get("/author").text


def test_the_list_says_whose_version_and_whose_draft(house: House, author: TestClient) -> None:
    page = author.get("/author").text
    calls = len(list((CONTENT / "scenarios").glob("*.da.md")))
    assert page.replace("&#39;", "'").count("Everybody's") == calls
    texts = desk_of(house).texts
    published(house, changed(texts, ("249 kroner mere!", "250 kroner mere!")))
    save(house, EXAMPLE, NEW)
    page = author.get("/author").text
    assert "Your own version" in page
    assert "Not published" in page
    assert "Tove Kragh</td>" in page
    assert "Your own version" not in in_english(house, "trainer@other.example").get("/author").text


@pytest.mark.parametrize("name", ["", "S17", "a b", "../../etc", "s1-the-bill", "x" * 61, "1-1-right-and-net", "\0"])
def test_a_name_that_cannot_be_is_said_and_kept(name: str, author: TestClient, database_url: str) -> None:
    answer = author.post("/author/new", data={"name": name})
    assert answer.status_code in (422, 409)
    assert "name-problem" in answer.text or '<p class="lead">' in answer.text
    assert rows(database_url, *STORED) == {"draft": [], "own_revision": []}


def test_while_one_writes_the_linter_speaks_and_nothing_is_kept(author: TestClient, database_url: str) -> None:
    clean = author.post(f"{DESK}/check", data=as_browser(EXAMPLE), headers={"hx-request": "true"})
    assert clean.status_code == 200
    assert "4 moments, 2 kinds of end, 4 states" in said(clean.text)
    assert 'hx-swap-oob="true"' in clean.text
    assert "<html" not in clean.text
    broken = changed(EXAMPLE, ("(#heard) {.good", "(#nowhere) {.good"))
    found = author.post(f"{DESK}/check", data=as_browser(broken), headers={"hx-request": "true"}).text
    assert "2 things to mend" in found or "1 thing to mend" in found
    assert 'data-line="20"' in found
    assert "choice-leads" in found
    assert "#nowhere" in found
    assert rows(database_url, *STORED) == {"draft": [], "own_revision": []}


@pytest.mark.parametrize(
    "texts", [{}, {"da": "", "en": ""}, {"da": "## {#", "en": "{{7*7}}"}, {"da": EVIL, "en": EVIL}]
)
def test_anything_can_be_checked_saved_and_looked_at(texts: dict[str, str], author: TestClient) -> None:
    for path in (f"{DESK}/check", f"{DESK}/save"):
        answer = author.post(path, data={"version": "0", **texts})
        assert answer.status_code in (200, 303)
        assert live_markup(answer.text) == []
    page = author.get(DESK)
    assert page.status_code == 200
    assert live_markup(page.text) == []
    assert author.get(f"{DESK}/try").status_code in (200, 409)


def test_a_conflict_keeps_what_was_written(house: House, author: TestClient) -> None:
    form = opened(author, CALL)
    colleague = in_english(house, "admin")
    theirs = {**form, "da": form["da"] + "\n"}
    assert colleague.post(f"/author/{CALL}/save", data=theirs).status_code == 303
    for place in ("save", "publish"):
        mine = {**form, "da": form["da"] + f"\nMin egen linje {EVIL}\n", "change": "structural"}
        answer = author.post(f"/author/{CALL}/{place}", data=as_browser(mine))
        assert answer.status_code == 409
        assert "Anders Vind saved this call while you were writing" in answer.text
        assert fields(answer.text)["da"] == mine["da"]
        assert fields(answer.text)["version"] == form["version"]  # sent again, it is refused again
        assert live_markup(answer.text) == []
    assert desk_of(house).texts["da"] == theirs["da"]


def test_publishing_says_who_is_in_the_middle(house: House, author: TestClient) -> None:
    learner = house.visitor("learner")
    learner.post(f"/learn/{CALL}/attempts")
    save(house, changed(desk_of(house).texts, ("249 kroner mere!", "250 kroner mere!")))
    page = said(author.get(f"/author/{CALL}").text)
    assert "1 has begun this call and goes on with the text it was begun with: Nadia Lind." in page
    other = in_english(house, "trainer@other.example")
    assert "Nadia" not in other.get(f"/author/{CALL}").text


@pytest.mark.parametrize(("pair", "least"), [(MORE_TRUST, "material"), (OTHER_WAY, "structural")])
def test_the_least_class_is_chosen_and_a_smaller_one_refused(
    pair: tuple[str, str], least: str, house: House, author: TestClient
) -> None:
    published(house, EXAMPLE, NEW)
    form = {**opened(author), **changed(EXAMPLE, pair)}
    for change in ("typo", "", "nonsense"):
        answer = author.post(f"{DESK}/publish", data={**form, "change": change})
        assert answer.status_code == 422
        assert "change-problem" in answer.text
        assert desk_of(house, NEW).own
    page = author.get(DESK).text  # the texts are saved by now
    [checked] = re.findall(r'value="(\w+)" checked', page)
    assert checked == least
    assert author.post(f"{DESK}/publish", data={**fields(page), "change": checked}).status_code == 303


def test_a_broken_draft_is_not_published_and_the_last_good_one_is_served(house: House, author: TestClient) -> None:
    published(house, EXAMPLE, NEW)
    form = {**opened(author), **changed(EXAMPLE, ("(#heard) {.good", "(#nowhere) {.good")), "change": "structural"}
    answer = author.post(f"{DESK}/publish", data=as_browser(form))
    assert answer.status_code == 422
    assert "cannot be published yet" in answer.text
    assert "choice-leads" in answer.text
    assert "Et nyt kald" in house.visitor("admin").get(f"/learn/{NEW}").text
    assert len(desk_of(house, NEW).revisions) == 1
    assert author.get(f"{DESK}/try").status_code == 409


def test_a_sentence_about_one_field_stands_there_once(house: House, author: TestClient) -> None:
    published(house, EXAMPLE, NEW)
    form = {**opened(author), **changed(EXAMPLE, MORE_TRUST)}
    answers = {
        "change": author.post(f"{DESK}/publish", data={**form, "change": "typo"}),
        "file": author.post(f"{DESK}/upload", data={"version": "0"}),
        "da": author.post(f"{DESK}/save", data={**form, "da": "æ" * 150_000}),
    }
    for field, answer in answers.items():
        assert answer.status_code == 422, field
        ids = re.findall(r' id="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids)), field
        [sentence] = re.findall(rf'id="{field}-problem">([^<]+)<', answer.text)
        assert answer.text.count(sentence) == 1
        assert f'aria-describedby="{field}-problem' in answer.text
        # Above everything, or where the keyboard comes to it.
        assert ('<section class="panel urgent" role="alert">' in answer.text) == (field == "da")
        assert answer.text.count(" autofocus") == (field != "da")


def test_the_picture_comes_along_only_when_it_is_another(author: TestClient) -> None:
    def drawn(page: str) -> str:
        [found] = re.findall(r'name="drawn" value="(\w+)"', page)
        return str(found)

    def check(texts: dict[str, str], known: str) -> str:
        return str(author.post(f"{DESK}/check", data={**as_browser(texts), "drawn": known}).text)

    first = drawn(check(EXAMPLE, ""))
    words = check(changed(EXAMPLE, ("Pakken skulle", "Pakken burde"), ("The parcel was", "The parcel is")), first)
    assert 'id="findings"' in words
    assert 'id="graph"' not in words
    assert 'id="in-words"' not in words
    for pair in (OTHER_WAY, ("{.tempting trust=-10}", "{.harmful trust=-10}"), ("## ", "## Nu: ")):
        another = check(changed(EXAMPLE, pair), first)
        assert 'id="graph"' in another
        assert 'id="in-words" hx-swap-oob="true"' in another
        assert drawn(another) != first


def test_throwing_away_and_going_back(house: House, author: TestClient) -> None:
    save(house, EXAMPLE, NEW)
    assert author.post(f"{DESK}/discard").headers["location"] == "/author"
    assert author.post(f"{DESK}/discard").status_code == 404
    published(house, changed(desk_of(house).texts, ("249 kroner mere!", "250 kroner mere!")))
    assert "250 kroner" in author.get(f"/author/{CALL}").text
    assert author.post(f"/author/{CALL}/shared").headers["location"] == f"/author/{CALL}?said=shared"
    assert "250 kroner" not in author.get(f"/author/{CALL}").text
    save(house, EXAMPLE)
    assert author.post(f"/author/{CALL}/discard").headers["location"] == f"/author/{CALL}?said=discarded"


def test_any_moment_is_played_from_any_state(house: House, author: TestClient, database_url: str) -> None:
    dane = house.visitor("admin")
    before = rows(database_url)
    page = dane.get(f"/author/{CALL}/try", params={"at": "closing", "trust": "30", "calm": "10", "moves": "1"}).text
    assert "Aftalen står" in page  # trust under 40: another way than the choice's own
    shaken = said(author.get(f"/author/{CALL}/try", params={"at": "three-matters", "calm": "29"}).text)
    assert "Calm is under 30, and this choice is subtle." in shaken
    row = re.search(
        r"<th scope=\"row\">Start</th>(.*?)</tr>", author.get(f"/author/{CALL}/try?trust=77").text, re.DOTALL
    )
    assert row
    assert ">77<" in row[1]
    assert rows(database_url) == before


def test_what_is_not_offered_says_why(house: House, author: TestClient) -> None:
    asked = changed(
        EXAMPLE,
        ("(#agreed) {.good ladder=-1 trust=+15}", "(#agreed) {.good if=trust>=60,!recording,threat,boundary>=named}"),
    )
    save(house, asked, NEW)
    page = said(author.get(f"{DESK}/try", params={"at": "heard", "trust": "40", "name": ["recording"]}).text)
    for why in (
        "Needs trust at least 60; it is 40.",
        "Not when recording.",
        "Needs threat.",
        "Needs limit at least said; it is not said.",
    ):
        assert why in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("trust=many", 422),
        ("moves=x", 422),
        ("trust=999", 200),
        ("trust=-5", 200),
        ("at=nowhere", 404),
        ("view=nobody", 404),
        ("moves=9", 404),
        ("moves=1-1-1-1-1-1-1-1-1-1-1", 404),
        ("name=nothing", 200),
        ("ladder=%00", 422),
        ("trust=" + "9" * 12, 200),
        ("trust=" + "9" * 13, 422),
        ("trust=%C2%B2", 422),
    ],
)
def test_a_place_that_cannot_be_is_a_sentence(query: str, status: int, author: TestClient) -> None:
    answer = author.get(f"/author/{CALL}/try?{query}")
    assert answer.status_code == status
    assert live_markup(answer.text) == []


def test_what_choices_teach_asks_for_a_cohort_first(author: TestClient) -> None:
    page = author.get(f"/author/{CALL}/choices")
    assert page.status_code == 200
    assert "Novemberholdet" in page.text
    assert "<table" not in page.text
    assert author.get(f"/author/{CALL}/choices?cohort=nothing").status_code == 404
    assert author.get("/author/nothing/choices").status_code == 404
    assert author.get("/author/1-1-right-and-net/choices").status_code == 404


def test_the_navigation_leads_there_for_those_who_write(house: House) -> None:
    for role, there in (("trainer", True), ("admin", True), ("learner", False), ("manager", False)):
        assert ('href="/author"' in house.visitor(role).get("/account").text) == there
