"""The story through JSON: a trainer assigns, a learner learns, her manager sees; and what JSON callers rely on."""

from typing import Any

import pytest

from tests.conftest import House
from tests.stored import rows
from tests.story import CALL, DAY_ONE, JsonDoor, left_behind, tell

pytestmark = pytest.mark.doors

LESSON = "/api/v1/lessons/1-2-what-is-a-conflict"


def test_assigned_learned_and_seen(house: House, database_url: str) -> None:
    door = JsonDoor(house)
    tell(house, door)
    left = left_behind(house, database_url)
    assert left["done"] == sorted((unit,) for unit in (*DAY_ONE, CALL))
    assert {(unit, what) for unit, _revision, what, *_rest in left["evidence"]} == {
        (unit, "completed") for unit in (*DAY_ONE, CALL)
    }
    assert [row[:2] for row in left["attempt"]] == [(CALL, 1)]
    assert len(left["move"]) == 5
    assert door.seen_by_manager() == ("on_track", 7, 59)
    plan = door.learner.get("/api/v1/me/plan").json()["enrolments"][0]
    assert (plan["standing"], plan["steps_done"], plan["steps_total"]) == ("on_track", 7, 59)
    # Day 1 is done; what belongs to the other days stands open from the week's first day, what comes after is locked.
    assert [step["state"] for step in plan["steps"]] == ["done"] * 7 + ["open"] * 45 + ["locked"] * 7
    assert plan["next_unit"] == "2-0-recall-day-1"


def first_check(learner: Any) -> tuple[str, int]:
    lesson = learner.get(LESSON).json()
    check = next(check for section in lesson["sections"] for check in section["checks"])
    return check["id"], len(check["options"])


def test_an_answer_sent_again_counts_once_and_gets_the_same_reply(house: House, database_url: str) -> None:
    learner = house.visitor("learner")
    check, options = first_check(learner)
    body = {"check": check, "option": options, "sent_as": "once"}
    first, again = (learner.post(f"{LESSON}/answers", json=body) for _time in range(2))
    assert first.json() == again.json()
    assert len(rows(database_url, "answer")["answer"]) == 1
    learner.post(f"{LESSON}/answers", json={**body, "sent_as": "meant-so"})
    assert len(rows(database_url, "answer")["answer"]) == 2


def test_the_same_key_through_the_other_door_counts_once_too(house: House, database_url: str) -> None:
    learner = house.visitor("learner")
    check, _options = first_check(learner)
    sent = {"check": check, "option": 1, "sent_as": "once"}
    assert learner.post(f"{LESSON}/answers", json=sent).status_code == 200
    assert learner.post("/learn/1-2-what-is-a-conflict/answers", data=sent).status_code == 303
    assert len(rows(database_url, "answer")["answer"]) == 1


def test_a_move_made_again_counts_once_and_another_in_its_place_is_refused(house: House, database_url: str) -> None:
    learner = house.visitor("learner")
    call = learner.post(f"/api/v1/scenarios/{CALL}/attempts").json()
    path = f"/api/v1/scenarios/{CALL}/attempts/{call['attempt']}/moves"
    first, again = (learner.post(path, json={"place": 1, "choice": 2}) for _time in range(2))
    assert first.json() == again.json()
    before = rows(database_url)
    refused = learner.post(path, json={"place": 1, "choice": 1})
    assert (refused.status_code, refused.json()["title"]) == (409, "Conflict")
    assert learner.post(path, json={"place": 5, "choice": 1}).status_code == 409
    assert learner.post(path, json={"place": 2, "choice": 9}).status_code == 422
    assert rows(database_url) == before
    assert len(before["move"]) == 1


def test_beginning_a_call_twice_makes_one_attempt(house: House, database_url: str) -> None:
    learner = house.visitor("learner")
    first, again = (learner.post(f"/api/v1/scenarios/{CALL}/attempts").json() for _time in range(2))
    assert first["attempt"] == again["attempt"]
    assert len(rows(database_url, "attempt")["attempt"]) == 1


def test_what_comes_after_completion_changes_nothing(house: House, database_url: str) -> None:
    door = JsonDoor(house)
    tell(house, door)
    before = rows(database_url)
    house.clock.pass_by(hours=1)
    lesson = door.learner.get(LESSON).json()
    assert (lesson["done"], lesson["missing"]) == (True, [])
    for section in lesson["sections"]:
        door.go_on("1-2-what-is-a-conflict", section["id"])
        for check in section["checks"]:
            door.answer("1-2-what-is-a-conflict", check["id"], 1)
    assert rows(database_url) == before


def test_playing_again_keeps_completion_and_its_evidence(house: House, database_url: str) -> None:
    door = JsonDoor(house)
    tell(house, door)
    before = rows(database_url, "evidence", "progress", "enrolment", "team_count")
    again = door.learner.post(f"/api/v1/scenarios/{CALL}/attempts").json()
    assert again["attempt_number"] == 2
    path = f"/api/v1/scenarios/{CALL}/attempts/{again['attempt']}/moves"
    ended = [door.learner.post(path, json={"place": place, "choice": 1}).json() for place in (1, 2)][-1]
    assert (ended["end"], ended["success"]) == ("hung_up_too_soon", False)
    assert rows(database_url, "evidence", "progress", "enrolment", "team_count") == before
