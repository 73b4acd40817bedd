"""Who may do what, route by route, through both doors; and that nothing of others shows in what anybody gets."""

import re
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col
from starlette.testclient import TestClient

from api.authoring.actions import Seen, save
from api.enrolments.tables import Enrolment
from api.lessons.actions import answer
from api.lessons.rules import Sent
from api.library.graph import EndType
from api.people.tables import Person
from api.readiness.actions import set_contacts
from api.readiness.queries import newest_signature, setting
from api.readiness.rules import Numbers
from api.scenarios.actions import begin, move
from tests.access_table import DRAFT, JSON, OURS, PAGES, ROLES, TABLE, Row
from tests.conftest import NOW, TODAY, House
from tests.every_route import every_route
from tests.scenarios.ways import good_way
from tests.stored import Rows, connected, put_back, rows
from web.static_files import address

pytestmark = pytest.mark.doors

SAFE = ("GET",)
CALL = "s1-the-bill"
KEY = "hers-alone-3f9a"  # under which the learner has answered


def named(person: dict[str, Any], house: dict[str, dict[str, Any]]) -> str:
    """A name that says where somebody belongs, so that it is known wherever it shows up."""
    team = house[person["team_id"]]["name"].split()[-1].lower() if person["team_id"] else "none"
    centre = "demo" if person["email"].endswith("@demo.example") else "other"
    return f"Q-{centre}-{team}-{person['email'].split('@')[0]}"


@pytest.fixture
def filled(house: House, database_url: str) -> dict[str, str]:
    """Telling names, an answer and a call of the learner's, and what stands for the names in the table's braces."""
    stored = rows(database_url)
    teams = {team["id"]: team for team in stored["team"]}
    with connected(database_url) as connection:
        for person in stored["person"]:
            name = named(person, teams)
            connection.execute(update(Person).where(col(Person.id) == person["id"]).values(name=name))
            mine = col(Enrolment.person_id) == person["id"]
            connection.execute(update(Enrolment).where(mine).values(person_name=name))
    learner = house.actor("learner")
    house.write(answer, learner, "1-1-right-and-net", "warned-once", Sent(2), KEY, TODAY, NOW)
    ended = house.write(begin, learner, CALL, "", TODAY, NOW).attempt.id
    for place, choice in enumerate(good_way(CALL, EndType.AGREED), 1):
        house.write(move, learner, CALL, ended, place, choice, TODAY, NOW)
    run = house.write(begin, learner, CALL, "", TODAY, NOW)
    draft = house.write(save, house.actor("trainer"), OURS["key"], {"da": DRAFT, "en": DRAFT}, Seen(0), NOW)
    house.write(open_the_card, house.actor("admin"))
    signature = house.read(newest_signature, learner)
    of_person = {row["person_id"]: row["id"] for row in stored["enrolment"]}
    team_of = {person["id"]: person["team_id"] for person in stored["person"]}
    return {
        "enrolment_id": of_person[learner.id],
        "live": of_person[house.actor("live").id],
        "new": house.actor("new").id,
        "north": team_of[learner.id],
        "attempt": run.attempt.id,
        "ended": ended,
        "draft": str(draft),
        "token": house.read(setting, learner).token,
        "line": signature.revision_id,
        "signature": signature.id,
        "cohort": next(row["id"] for row in stored["cohort"] if row["name"] == "Novemberholdet"),
        "style": address("app.css").removeprefix("/static/"),
    }


def open_the_card(db: Any, admin: Any) -> None:
    """With nobody's numbers; nothing of people stands on it."""
    set_contacts(db, admin, Numbers({}), is_open=True)


def filled_in(template: str, values: dict[str, str]) -> str:
    return re.sub(r"\{([^{}]+)\}", lambda found: values[found[1]], template)


def ask(client: TestClient, row: Row, values: dict[str, str]) -> Any:
    """One request of the table."""
    of_row = {name: filled_in(value, values) for name, value in row.values.items()}
    path = filled_in(row.path + row.query, {**values, **of_row})
    body = {
        key: filled_in(value, values) if isinstance(value, str) else value for key, value in (row.body or {}).items()
    }
    how: dict[str, Any] = {"json" if row.is_json else "data": body} if row.body else {}
    return client.request(row.method, path, **how)


def may_see(role: str) -> str:
    """The names a role may come across, as a pattern. Who has signed our line is for everybody at the centre to know."""
    signer = "" if role in ("nobody", "trainer@other.example") else "|Q-demo-none-manager"
    return f"{_may_see(role)}{signer}"


def _may_see(role: str) -> str:
    return {
        "nobody": "-",
        "learner": "Q-demo-nord-learner",
        "new": "Q-demo-syd-new",
        "trainer": "Q-demo-.*",
        "admin": "Q-demo-.*",
        "manager": "Q-demo-(nord-.*|none-manager)",
        "other-manager": "Q-demo-(syd-.*|none-other-manager)",
        "safety": "Q-demo-none-safety",
        "trainer@other.example": "Q-other-.*",
    }[role]


def assert_discreet(role: str, body: str, attempt: str) -> None:
    """No names from elsewhere, and nothing of what the learner answered or how she plays."""
    seen = set(re.findall(r"Q-(?:demo|other)-\w+-[\w-]*\w", body))
    assert {name for name in seen if not re.fullmatch(may_see(role), name)} == set()
    if role != "learner":
        assert KEY not in body
        assert attempt not in body


def assert_right_format(row: Row, answer: Any) -> None:
    """A refusal speaks the language of its door."""
    if answer.status_code >= 400:
        kind = "application/problem+json" if row.is_json else "text/html; charset=utf-8"
        assert answer.headers["content-type"] == kind
    if answer.status_code == 303 and row.method == "GET" and row.path != "/":
        assert answer.headers["location"] == "/sign-in"


def codes_of(row: Row, browsers: dict[str, TestClient], values: dict[str, str], url: str, before: Rows) -> str:
    """What every role gets, in the order of ROLES. The database is as before at the end."""
    got: dict[str, int] = {}
    changing = {role for role, code in row.expected.items() if row.method not in SAFE and code < 400}
    for role in sorted(ROLES, key=lambda one: one in changing):
        if role in changing and changing.isdisjoint(got):
            assert rows(url) == before, f"{row}: {sorted(got)} were refused, and something was stored"
        answer = ask(browsers[role], row, values)
        got[role] = answer.status_code
        assert_right_format(row, answer)
        assert_discreet(role, answer.text, values["attempt"])
        if role in changing:
            put_back(url, before)
    assert rows(url) == before, f"{row}: something was stored"
    return " ".join(str(got[role]) for role in ROLES)


GROUPS = {
    f"{door}-{what}": [row for row in rows_of if (row.method in SAFE) == (what == "looking")]
    for door, rows_of in (("json", JSON), ("pages", PAGES))
    for what in ("looking", "changing")
}


@pytest.mark.parametrize("group", GROUPS)
def test_each_role_gets_what_the_table_says(
    group: str, house: House, database_url: str, filled: dict[str, str]
) -> None:
    browsers = {role: house.visitor(None if role == "nobody" else role) for role in ROLES}
    sessions = {role: browser.cookies.get("rolig") for role, browser in browsers.items()}
    before = rows(database_url)
    got = {}
    for row in GROUPS[group]:
        got[str(row)] = codes_of(row, browsers, filled, database_url, before)
        for role, session in sessions.items():
            browsers[role].cookies.clear()  # a sign-in gave another, a sign-out took it
            if session:
                browsers[role].cookies.set("rolig", session)
    assert got == {str(row): row.codes for row in GROUPS[group]}


def test_every_route_has_a_row_and_every_row_a_route(house: House) -> None:
    in_table = {(row.method, row.path) for row in TABLE}
    there = every_route(house.site)
    assert there - in_table == set(), "routes without a row: say in tests/access_table.py who may use them"
    assert in_table - there == set(), "rows without a route"
    assert len(there) > 45


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_of(one) for one in value.values()))
    return set().union(*(keys_of(one) for one in value)) if isinstance(value, list) else set()


HERS = {"answers", "answer", "options", "option", "chosen", "attempt", "attempts", "attempt_number", "moves", "turns"}


@pytest.mark.parametrize("role", ["manager", "trainer", "admin"])
def test_others_see_done_or_not_and_never_answers(role: str, house: House, filled: dict[str, str]) -> None:
    browser = house.visitor(role)
    enrolment = browser.get(f"/api/v1/enrolments/{filled['enrolment_id']}").json()
    assert [step["state"] for step in enrolment["steps"]]
    assert keys_of(enrolment) & HERS == set()
    page = browser.get(f"/enrolments/{filled['enrolment_id']}").text
    assert "Q-demo-nord-learner" in page
    assert not re.search(r'name="(option|choice|sent_as|attempt)"|class="[^"]*\b(chosen|harmful|tempting)\b', page)
    previewed = browser.get("/api/v1/lessons/1-1-right-and-net").json()
    assert previewed["preview"] is True
    assert all(check["chosen"] == [] for section in previewed["sections"] for check in section["checks"])
    assert "chosen" not in browser.get("/learn/1-1-right-and-net/section/the-right").text
    assert house.visitor("learner").get("/learn/1-1-right-and-net/section/the-right").text.count("chosen") == 1


def test_the_board_says_nothing_of_answers(house: House, filled: dict[str, str]) -> None:
    board = house.visitor("manager").get("/api/v1/board").json()
    assert {line["person"] for line in board["lines"]} >= {"Q-demo-nord-learner", "Q-demo-nord-live"}
    assert keys_of(board) & HERS == set()


@pytest.mark.parametrize(("role", "home"), [("learner", "/plan"), ("trainer", "/enrolments"), ("manager", "/team")])
def test_each_role_has_its_first_page(role: str, home: str, house: House) -> None:
    assert house.visitor(role).get("/").headers["location"] == home


@pytest.mark.parametrize("token", ["", "x" * 43, "ikke-en-nøgle", "A" * 4000])
def test_a_made_up_session_is_nobody(token: str, house: House) -> None:
    browser, cookie = house.visitor(), [(b"cookie", f"rolig={token}".encode())]
    assert browser.get("/api/v1/me", headers=cookie).status_code == 401
    assert browser.get("/plan", headers=cookie).headers["location"] == "/sign-in"


def test_an_old_session_is_over(house: House) -> None:
    browser = house.visitor("learner")
    house.clock.pass_by(days=13, hours=23)
    assert browser.get("/api/v1/me").status_code == 200
    house.clock.pass_by(hours=2)
    assert browser.get("/api/v1/me").status_code == 401


def test_signing_out_everywhere_ends_every_session(house: House) -> None:
    here, there, other = house.visitor("learner"), house.visitor("learner"), house.visitor("trainer")
    assert here.delete("/api/v1/sessions").status_code == 204
    assert [browser.get("/api/v1/me").status_code for browser in (here, there, other)] == [401, 401, 200]


def test_no_row_of_the_table_hides_another() -> None:
    assert len({str(row) for row in TABLE}) == len(TABLE)
