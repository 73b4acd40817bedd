"""The house stands: it answers, and a learner sees her plan."""

from tests.conftest import House


def test_it_answers(house: House) -> None:
    assert house.visitor().get("/healthz").json() == {"status": "ok"}


def test_a_learner_sees_her_plan(house: House) -> None:
    answer = house.visitor("learner").get("/api/v1/me/plan")
    assert answer.status_code == 200
    [enrolment] = answer.json()["enrolments"]
    assert enrolment["next_unit"] == "1-1-right-and-net"
