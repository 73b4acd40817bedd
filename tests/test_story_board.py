"""The manager's board: the file equals the screen, the totals match the rows, and no name becomes a formula."""

import csv
import io
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from api.enrolments.rules import Begun, Standing, standing
from api.enrolments.tables import Enrolment
from tests.conftest import TODAY, House
from tests.forms import Page
from tests.stored import connected, rows

pytestmark = pytest.mark.doors

STANDINGS = ["", "late", "not_started", "on_track", "done"]


@pytest.fixture
def team(house: House, database_url: str) -> Any:
    """The manager of an English centre, with more enrolments than one page holds and a name that begins like a formula."""
    learners = [f"learner{number}@other.example" for number in range(1, 9)]
    trainer = house.visitor("trainer@other.example")
    for name in (*learners, "learner@other.example", "live@other.example"):
        for module in ("conflict-week", "boosters", "follow-up-day"):
            wish = {"kind": "module", "plan": module, "person": house.actor(name).id, "start_on": "2026-11-25"}
            answer = trainer.post("/api/v1/enrolments", json={**wish, "go_live_on": "2027-01-11"})
            assert answer.status_code == 201, answer.text
    odd = house.actor("learner3@other.example").id
    with connected(database_url) as connection:
        connection.execute(update(Enrolment).where(col(Enrolment.person_id) == odd).values(person_name="=1+1"))
    return house.visitor("manager@other.example")


def on_screen(manager: Any, wanted: str) -> list[list[str]]:
    """Every row of every page: name, status, done/steps, plan."""
    found = []
    path = f"/team?standing={wanted}" if wanted else "/team"
    while path:
        page = Page(manager.get(path).text)
        found += [row for row in page.rows if row[0] != "Name"]
        path = next((link for link, words in page.links.items() if words == "Next page"), "")
    return [[row[0], row[1], row[2], row[5]] for row in found]


def in_file(manager: Any, path: str) -> list[list[str]]:
    text = manager.get(path).content.decode("utf-8")
    assert text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert len(head) == 8
    assert head[:3] == ["Name", "Plan", "Status"]
    return [[line[0], line[2], f"{line[3]}/{line[4]}", line[1]] for line in lines]


def test_the_file_has_every_heading_of_the_screen(team: Any) -> None:
    head = next(csv.reader(io.StringIO(team.get("/team.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert set(Page(team.get("/team").text).rows[0]) <= set(head)


@pytest.mark.parametrize("wanted", STANDINGS)
def test_the_file_equals_the_screen(wanted: str, team: Any) -> None:
    query = f"?standing={wanted}" if wanted else ""
    screen = on_screen(team, wanted)
    file = in_file(team, f"/team.csv{query}")
    assert [[row[0].removeprefix("'"), *row[1:]] for row in file] == screen
    assert file == in_file(team, f"/api/v1/board.csv{query}")
    if not wanted:
        assert len(screen) == 40


def test_a_name_is_never_a_formula(team: Any) -> None:
    file = in_file(team, "/team.csv")
    assert "'=1+1" in {row[0] for row in file}
    assert not [cell for row in file for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert "=1+1" in {row[0] for row in on_screen(team, "")}
    answer = team.get("/team.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="rolig-2026-11-25.csv"'


def lines_of(team: Any, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    page = ""
    while True:
        board = team.get("/api/v1/board", params={"page": page, **({"standing": query} if query else {})}).json()
        found += board["lines"]
        page = board["next_page"]
        if not page:
            return found
        assert len(board["lines"]) == 25


def test_the_totals_match_the_rows(team: Any, house: House, database_url: str) -> None:
    totals = team.get("/api/v1/board").json()["totals"]
    assert Counter(line["standing"] for line in lines_of(team, "")) == Counter(
        {key: count for key, count in totals.items() if count}
    )
    for wanted in Standing:
        lines = lines_of(team, wanted)
        assert {line["standing"] for line in lines} <= {wanted}
        assert len(lines) == totals[wanted]
        assert len({line["enrolment"] for line in lines}) == len(lines)
    lead = team.get("/api/v1/board").json()["team"]["id"]
    counted = Counter(
        standing(Begun(row["begun"]), row["next_due_on"], TODAY)
        for row in rows(database_url, "enrolment")["enrolment"]
        if row["team_id"] == lead
    )
    assert {key: count for key, count in totals.items() if count} == dict(counted)
    assert min(totals.values()) > 0, "every standing has somebody, or this test sees too little"


def test_the_screen_shows_the_same_totals(team: Any) -> None:
    totals = team.get("/api/v1/board").json()["totals"]
    links = Page(team.get("/team").text).links
    words = {"late": "Late", "not_started": "Not started", "on_track": "On track", "done": "Done"}
    for key, word in words.items():
        [text] = [text for link, text in links.items() if f"standing={key}" in link and "csv" not in link]
        assert text.split(maxsplit=1) == [str(totals[key]), word]


@pytest.mark.parametrize("page", ["x", "x.y", ".", "x.2026-13-45", "z" * 200])
def test_a_page_that_never_was_is_no_crash(page: str, team: Any) -> None:
    for query in ("", "&standing=late", "&standing=done"):
        assert team.get(f"/api/v1/board?page={page}{query}").status_code in (200, 422)
        assert team.get(f"/team?after={page}{query}").status_code in (200, 422)
