"""Each kind of check as JSON: what is told before and after, and what is no answer."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.conftest import House
from tests.course import put_up
from tests.lessons.kinds import COLOURS, KEPT, RIGHT, STEPS, WRONG, files, teach

pytestmark = pytest.mark.doors

ACUTE = "Jeg har lyst til at tage mit eget liv."


@pytest.fixture
def learner(house: House) -> TestClient:
    return teach(house).visitor("new")


def test_json_answers_each_kind(learner: TestClient) -> None:
    found = learner.get("/api/v1/lessons/kinds").json()
    assert (found["content_note"], found["practises"]) == ("Der bliver talt om trusler.", ["short-call"])
    checks = {check["id"]: check for section in found["sections"] for check in section["checks"]}
    assert [checks[one]["kind"] for one in RIGHT] == ["choice", "several", "spot", "sort", "order", "recall", "reflect"]
    assert checks["colours"]["boxes"] == ["Grøn", "Rød"]
    for check, shown in (("colours", COLOURS), ("steps", STEPS)):
        assert [(item["number"], item["html"]) for item in checks[check]["items"]] == list(enumerate(shown, 1))
    assert "advar én gang" not in str(checks["recalled"])
    for number, (check, sent) in enumerate((*WRONG.items(), *RIGHT.items())):
        body = {"check": check, "sent_as": f"a{number}", "option": sent.option, "text": sent.text}
        numbers = {str(key): value for key, value in sent.numbers.items()}
        reply = learner.post("/api/v1/lessons/kinds/answers", json={**body, "numbers": numbers})
        assert reply.status_code == 200
        told = reply.json()
        assert told["right"] == (sent is RIGHT[check])
        assert bool(told["why"]) == (check in ("one", "turn"))
        whys = [why["number"] for why in told["whys"]]
        assert whys == {
            "many": [1, 2] if number < len(WRONG) else [1, 2, 3, 4],
            "colours": [1, 3] if number < len(WRONG) else [1, 2, 3],
            "steps": [1] if number < len(WRONG) else [1, 2, 3],
        }.get(check, [])
        assert ("advar én gang" in told["answer"]) == (check == "recalled")
        assert told["show_help"] is False
    found = learner.get("/api/v1/lessons/kinds").json()
    checks = {check["id"]: check for section in found["sections"] for check in section["checks"]}
    assert {check: checks[check]["answers"][-1] for check in RIGHT} == KEPT
    assert (checks["one"]["chosen"], checks["many"]["chosen"]) == ([3, 2], [])


@pytest.mark.parametrize(
    ("check", "more", "field"),
    [
        ("many", {}, "numbers"),
        ("many", {"numbers": {"9": 1}}, "numbers"),
        ("steps", {"numbers": {"1": 1}}, "numbers"),
        ("own", {"text": " "}, "text"),
        ("own", {"text": "o" * 2001}, "text"),
        ("own", {"text": "a\0b"}, None),
        ("steps", {"numbers": {"x": 1}}, "numbers.x.[key]"),
    ],
)
def test_json_refuses_what_is_no_answer(
    learner: TestClient, check: str, more: dict[str, Any], field: str | None
) -> None:
    answer = learner.post("/api/v1/lessons/kinds/answers", json={"check": check, "sent_as": "a", **more})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_half_a_character_is_refused(learner: TestClient) -> None:
    body = b'{"check": "own", "sent_as": "a", "text": "\\ud800"}'
    answer = learner.post("/api/v1/lessons/kinds/answers", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422


def test_both_doors_name_the_calls_that_are_served(house: House) -> None:
    broken = files()
    broken["scenarios/short-call.da.md"] = broken["scenarios/short-call.da.md"].replace("trust: 40", "trust: 400")
    put_up(house, broken)
    trainer = house.visitor("trainer")
    assert trainer.get("/api/v1/lessons/kinds").json()["practises"] == []
    assert "/learn/short-call" not in trainer.get("/learn/kinds").text
    put_up(house, files())
    assert trainer.get("/api/v1/lessons/kinds").json()["practises"] == ["short-call"]
    assert "/learn/short-call" in trainer.get("/learn/kinds").text


def test_json_says_when_to_show_help(learner: TestClient) -> None:
    body = {"check": "own", "sent_as": "a", "text": ACUTE}
    assert learner.post("/api/v1/lessons/kinds/answers", json=body).json()["show_help"] is True
