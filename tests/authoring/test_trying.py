"""Trying a call from any moment: what is wrong is said where it is, in the words of the screen."""

import re

import pytest
from starlette.testclient import TestClient

from api.authoring.rules import MOST_MOVES
from tests.authoring.forms import DESK, said
from tests.authoring.writing import CALL, EXAMPLE, NEW, changed, save
from tests.conftest import House

pytestmark = pytest.mark.doors


def test_a_wrong_number_is_said_at_its_field(author: TestClient) -> None:
    answer = author.get(f"/author/{CALL}/try?trust=many&calm=x&ladder=2")
    assert answer.status_code == 422
    for name in ("trust", "calm"):
        [field] = re.findall(rf'<input id="{name}"[^>]*>', answer.text)
        assert 'aria-invalid="true"' in field
        assert f'aria-describedby="{name}-problem' in field
        assert answer.text.count(f'id="{name}-problem"') == 1
    assert 'id="ladder-problem"' not in answer.text
    assert 'value="many"' in answer.text


def test_both_doors_try_as_many_moves(author: TestClient) -> None:
    for many, page, json in ((MOST_MOVES, 404, 404), (MOST_MOVES + 1, 422, 422)):
        answer = author.get(f"/author/{CALL}/try", params={"at": "opening", "moves": "-".join(["1"] * many)})
        assert answer.status_code == page
        if page == 422:
            assert "at most 500 moves" in said(answer.text)
        sent = author.post(f"/api/v1/authoring/scenarios/{CALL}/try", json={"moves": [1] * many})
        assert sent.status_code == json


def test_danish_sentences_of_a_trial_hold_danish_words(house: House) -> None:
    asked = changed(
        EXAMPLE,
        ("(#agreed) {.good ladder=-1 trust=+15}", "(#agreed) {.good if=trust>=60,boundary>=warned}"),
        ("(#agreed) {.tempting trust=-10}", "(#agreed) {.tempting boundary=named}"),
    )
    save(house, asked, NEW)
    page = said(house.visitor("trainer").get(f"{DESK}/try", params={"at": "heard", "trust": "40"}).text)
    for sentence in (
        "Kræver tillid: mindst 60. Nu: 40.",
        "Kræver grænse: mindst advaret. Nu: ikke sagt.",
        "Grænse: sagt",
    ):
        assert sentence in page
    assert ">=" not in page
