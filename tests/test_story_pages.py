"""The same story through the pages, with plain forms and with htmx; and what it stores, compared with the JSON story's."""

import re
from typing import Any

import pytest

from api.enrolments.actions import complete_unit, start_unit
from api.library.queries import current_unit
from tests.conftest import House, actor_named
from tests.forms import Page
from tests.stored import put_back, rows
from tests.story import CALL, JsonDoor, PageDoor, left_behind, tell

pytestmark = pytest.mark.doors

LESSON = "1-2-what-is-a-conflict"
HTMX = {"HX-Request": "true"}


def test_both_doors_store_and_show_the_same(house: House, database_url: str) -> None:
    before = rows(database_url)
    began_at = house.clock.at
    through_json = JsonDoor(house)
    tell(house, through_json)
    by_json = (left_behind(house, database_url), through_json.seen_by_manager())
    put_back(database_url, before)
    house.clock.at = began_at
    through_pages = PageDoor(house)
    tell(house, through_pages)
    by_pages = (left_behind(house, database_url), through_pages.seen_by_manager())
    assert by_pages == by_json
    assert by_pages[0]["done"]


def test_a_plan_page_shows_the_next_step_and_then_the_one_after(house: House) -> None:
    learner = house.visitor("learner")
    assert "/learn/1-1-right-and-net" in Page(learner.get("/plan").text).links
    house.write(_finish, house.actor("learner").id, house.clock())
    page = learner.get("/plan").text
    assert re.search(r'<section class="next".*?/learn/1-2-what-is-a-conflict"', page, re.DOTALL)


def _finish(db: Any, person_id: str, now: Any) -> None:
    revision = current_unit(db, "1-1-right-and-net", "").revision_id
    start_unit(db, person_id, "1-1-right-and-net", revision, now)
    centre = actor_named(db, "learner@demo.example").centre_id
    complete_unit(db, centre, person_id, "1-1-right-and-net", revision, person_id, now)


def section_with_check(house: House) -> tuple[Any, str, dict[str, str]]:
    """The learner before the first check of a lesson: her browser, the page's address, the check's hidden fields."""
    learner = house.visitor("learner")
    learner.post(f"/learn/{LESSON}")
    path = learner.get(f"/learn/{LESSON}").headers["location"]
    while not (forms := [form for form in Page(learner.get(path).text).forms if "check" in form.fields]):
        answer = learner.post(path)
        path = answer.headers["location"]
    return learner, path, forms[0].fields


def test_htmx_gets_the_check_and_the_way_on_and_nothing_else(house: House) -> None:
    learner, path, hidden = section_with_check(house)
    answer = learner.post(f"/learn/{LESSON}/answers", data={**hidden, "option": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.headers["vary"] == "HX-Request"
    assert "<html" not in answer.text
    assert "<title" not in answer.text
    assert re.findall(r'<form method="post" action="([^"]+)', answer.text) == [f"/learn/{LESSON}/answers", path]
    assert 'hx-swap-oob="true"' in answer.text
    assert f'id="why-{hidden["check"]}"' in answer.text
    whole = learner.get(path)
    assert "<html" in whole.text
    assert "hx-swap-oob" not in whole.text
    assert f'id="why-{hidden["check"]}"' in whole.text


def test_htmx_gets_the_call_alone(house: House) -> None:
    learner = house.visitor("learner")
    learner.post(f"/learn/{CALL}/attempts")
    fields = Page(learner.get(f"/learn/{CALL}").text).form(f"/learn/{CALL}/moves").fields
    moved = learner.post(f"/learn/{CALL}/moves", data={**fields, "choice": "2"}, headers=HTMX)
    assert moved.text.lstrip().startswith('<div id="call">')
    assert (moved.headers["vary"], "<html" in moved.text) == ("HX-Request", False)


def test_htmx_gets_the_board_and_the_dates_alone(house: House) -> None:
    board = house.visitor("manager").get("/team?standing=late", headers=HTMX)
    assert board.text.lstrip().startswith('<div id="board">')
    assert (board.headers["vary"], "<html" in board.text) == ("HX-Request", False)
    trainer = house.visitor("trainer")
    query = {
        "plan": "plan:onboarding",
        "who": f"person:{house.actor('new').id}",
        "start_on": "2026-11-30",
        "go_live_on": "2027-01-25",
    }
    dates = trainer.get("/assign", params=query, headers=HTMX)
    assert dates.text.lstrip().startswith('<section id="dates"')
    assert (dates.headers["vary"], "Noor Haddad" in dates.text) == ("HX-Request", True)
    back = trainer.get("/assign", params=query, headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in back.text


def test_a_refusal_to_htmx_is_a_sentence_not_a_page(house: House) -> None:
    answer = house.visitor("learner").post(
        f"/learn/{LESSON}/answers", data={"check": "none", "option": "1", "sent_as": "a"}, headers=HTMX
    )
    assert answer.status_code == 404
    assert answer.text.startswith('<p class="problem">')
    assert answer.headers["hx-retarget"] == "#refused"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_an_answer_sent_again_counts_once(headers: dict[str, str], house: House, database_url: str) -> None:
    learner, _path, hidden = section_with_check(house)
    for _time in range(2):
        answer = learner.post(f"/learn/{LESSON}/answers", data={**hidden, "option": "1"}, headers=headers)
        assert answer.status_code == (200 if headers else 303)
    assert len(rows(database_url, "answer")["answer"]) == 1


def test_a_move_sent_again_counts_once(house: House, database_url: str) -> None:
    learner = house.visitor("learner")
    learner.post(f"/learn/{CALL}/attempts")
    learner.post(f"/learn/{CALL}/attempts")
    form = Page(learner.get(f"/learn/{CALL}").text).form(f"/learn/{CALL}/moves")
    seen = [form.send(learner, ("choice", "2")).text for _time in range(2)]
    assert seen[0] == seen[1]
    stored = rows(database_url, "attempt", "move")
    assert (len(stored["attempt"]), len(stored["move"])) == (1, 1)


def test_what_comes_after_completion_changes_nothing(house: House, database_url: str) -> None:
    door = PageDoor(house)
    tell(house, door)
    before = rows(database_url)
    house.clock.pass_by(hours=1)
    section = Page(door.learner.get(f"/learn/{LESSON}").text)
    [path] = [link for link in section.links if "/section/" in link]
    page = door.learner.get(path)
    forms = [form for form in Page(page.text).forms if "check" in form.fields]
    for form in forms:
        assert form.send(door.learner, form.buttons[0]).status_code == 200
    assert door.learner.post(path).status_code == 303
    assert door.learner.post(f"/learn/{LESSON}").status_code == 303
    assert rows(database_url) == before


def test_what_is_typed_stands_in_the_form_again_when_it_is_refused(house: House, database_url: str) -> None:
    trainer = house.visitor("trainer@other.example")
    before = rows(database_url)
    form = Page(trainer.get("/assign").text).form("/assign")
    answer = form.send(trainer, None, plan="plan:onboarding", start_on="2026-11-30", go_live_on="2026-12-01")
    assert answer.status_code == 422
    again = Page(answer.text).form("/assign")
    assert (again.fields["start_on"], again.fields["go_live_on"]) == ("2026-11-30", "2026-12-01")
    assert re.search(r'id="who-problem">[^<]+</p>', answer.text)
    assert rows(database_url) == before
