"""What holds for every page: headers, cookies, language, weight, the number of statements."""

import re
from http.cookies import Morsel, SimpleCookie
from typing import Any

import pytest

from api.database import Database, Db
from api.settings import ROOT, Settings
from tests.access_table import CREDENTIALS, PAGES, ROLES
from tests.conftest import CONTENT, Clock, House
from tests.markup import live_markup
from tests.raw import Reply, send
from tests.test_access import ask, filled  # noqa: F401 - the fixture
from web.app import create_site
from web.static_files import ADDRESSES

pytestmark = pytest.mark.doors

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
    "connect-src": "'self'", "worker-src": "'self'", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
SECTION = "/learn/1-1-right-and-net/section/the-right"


def policy_of(headers: Any) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))


@pytest.mark.parametrize(
    "path", ["/sign-in", "/plan", "/nope", "/help", "/healthz", "/api/v1/me", "/api/v1/nope", "static"]
)
def test_every_answer_carries_the_strict_headers(path: str, house: House) -> None:
    for browser in (house.visitor(), house.visitor("learner")):
        answer = browser.get(ADDRESSES["app.css"] if path == "static" else path)
        assert policy_of(answer.headers) == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        kept = "public, max-age=31536000, immutable" if path == "static" else "no-store"
        assert answer.headers["cache-control"] == kept
        assert "server" not in answer.headers


def test_refusals_before_the_site_carry_them_too(house: House) -> None:
    for headers in ({"sec-fetch-site": "cross-site"}, {"content-length": "999999"}):
        answer = send(
            house.site, "POST", "/sign-in", [(key.encode(), value.encode()) for key, value in headers.items()]
        )
        assert answer.status in (403, 413)
        assert policy_of(answer.headers) == POLICY


def test_no_page_of_any_role_holds_inline_script_or_style(house: House, filled: dict[str, str]) -> None:  # noqa: F811
    looked = 0
    for role in ROLES:
        browser = house.visitor(None if role == "nobody" else role)
        for row in PAGES:
            if row.method == "GET":
                answer = ask(browser, row, filled)
                if answer.headers.get("content-type", "").startswith("text/html"):
                    assert live_markup(answer.text) == [], f"{row} as {role}"
                    looked += 1
    assert looked > 90


def test_no_template_holds_inline_script_or_style() -> None:
    templates = sorted((ROOT / "web").rglob("*.html"))
    assert len(templates) > 15
    for path in templates:
        text = path.read_text("utf-8")
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|hx-on|javascript:", text), path.name
        assert not re.search(r'(src|href)="(https?:)?//', text), f"{path.name} brings something from another host"


def cookies_of(answer: Any) -> dict[str, Morsel[str]]:
    found: dict[str, Morsel[str]] = {}
    for header in answer.headers.get_list("set-cookie"):
        found.update(SimpleCookie(header))
    return found


@pytest.mark.parametrize("door", ["/sign-in", "/api/v1/session"])
def test_cookies_are_kept_from_scripts_and_other_sites(door: str, house: House) -> None:
    how: dict[str, Any] = {"json" if door.startswith("/api") else "data": CREDENTIALS}
    given = cookies_of(house.visitor().post(door, **how))
    assert set(given) == {"rolig", "rolig-browser"}
    for cookie in given.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "lax", "/")
        assert not cookie["secure"]
        assert len(cookie.value) == 43


@pytest.mark.parametrize("door", ["/sign-in", "/api/v1/session"])
def test_behind_https_they_are_bound_to_the_host(
    door: str, database_url: str, database: Database, clock: Clock
) -> None:
    site = create_site(Settings(database_url, CONTENT, "https://rolig.example.dk"), database=database, now=clock)
    browser = House(site, database, clock).visitor()
    how: dict[str, Any] = {"json" if door.startswith("/api") else "data": CREDENTIALS}
    answer = browser.post(door, **how, headers={"origin": "https://rolig.example.dk"})
    given = cookies_of(answer)
    assert set(given) == {"__Host-rolig", "__Host-rolig-browser"}
    assert all(cookie["secure"] and cookie["httponly"] and not cookie["domain"] for cookie in given.values())
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert browser.post(door, **how, headers={"origin": "http://testserver"}).status_code == 403
    token = given["__Host-rolig"].value
    assert browser.get("/api/v1/me", headers={"cookie": f"__Host-rolig={token}"}).status_code == 200
    assert browser.get("/api/v1/me", headers={"cookie": f"rolig={token}"}).status_code == 401


@pytest.mark.parametrize("door", ["/sign-in", "/api/v1/session"])
def test_the_session_is_renewed_at_every_sign_in(door: str, house: House) -> None:
    how: dict[str, Any] = {"json" if door.startswith("/api") else "data": CREDENTIALS}
    browser = house.visitor("learner")
    old = browser.cookies["rolig"]
    new = cookies_of(browser.post(door, **how))["rolig"].value
    assert new != old
    stranger = house.visitor()
    assert stranger.get("/api/v1/me", headers={"cookie": f"rolig={old}"}).status_code == 401
    assert stranger.get("/api/v1/me", headers={"cookie": f"rolig={new}"}).status_code == 200


def test_signing_out_takes_the_cookie_and_ends_the_session(house: House) -> None:
    for method, path in (("POST", "/sign-out"), ("DELETE", "/api/v1/session")):
        browser = house.visitor("learner")
        token = browser.cookies["rolig"]
        gone = cookies_of(browser.request(method, path))["rolig"]
        assert (gone.value, gone["max-age"]) == ("", "0")
        assert house.visitor().get("/api/v1/me", headers={"cookie": f"rolig={token}"}).status_code == 401


def fetched(house: House, path: str, cookie: bytes) -> Reply:
    return send(house.site, "GET", path, [(b"cookie", cookie), (b"accept-encoding", b"gzip, br")])


def weight(reply: Reply) -> int:
    return len(reply.body) + sum(len(name) + len(value) + 4 for name, value in reply.headers.items())


@pytest.mark.parametrize("path", ["/learn/1-1-right-and-net", "/learn/s1-the-bill"])
def test_a_first_visit_is_at_most_6_requests_and_60_kb(path: str, house: House) -> None:
    learner = house.visitor("learner")
    learner.post(path if "right" in path else f"{path}/attempts")
    cookie = f"rolig={learner.cookies['rolig']}".encode()
    replies = [fetched(house, path, cookie)]
    while replies[-1].status == 303:
        replies.append(fetched(house, replies[-1].headers["location"], cookie))
    parts = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"', replies[-1].text)
    replies += [fetched(house, part, cookie) for part in sorted(set(parts))]
    assert [reply.status for reply in replies if reply.status not in (200, 303)] == []
    assert len(parts) >= 3
    assert len(replies) <= 6
    assert sum(weight(reply) for reply in replies) <= 60 * 1024
    packed = [reply for reply in replies if reply.headers.get("content-encoding") == "gzip"]
    assert {reply.kind.partition(";")[0] for reply in packed} >= {"text/css", "text/javascript"}


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement as it is run."""
    seen: list[str] = []
    for name in ("one", "all", "run"):
        real = getattr(Db, name)

        def counted(db: Db, statement: Any, _real: Any = real, **values: Any) -> Any:
            seen.append(str(statement.statement))
            return _real(db, statement, **values)

        monkeypatch.setattr(Db, name, counted)
    return seen


def test_a_lesson_page_takes_at_most_4_statements(house: House, statements: list[str]) -> None:
    learner = house.visitor("learner")
    learner.post("/learn/1-1-right-and-net")
    learner.post(SECTION)
    for path in (SECTION, "/api/v1/lessons/1-1-right-and-net"):
        learner.get(path)  # parses the lesson, once a process
        statements.clear()
        assert learner.get(path).status_code == 200
        assert 0 < len(statements) <= 4, statements


@pytest.mark.parametrize(
    ("header", "language"),
    [("en", "en"), ("da", "da"), ("en-GB,en;q=0.9,da;q=0.8", "en"), ("de,da;q=0.5", "da"), ("de", "da"), ("", "da")],
)
def test_before_sign_in_the_browser_says_the_language(header: str, language: str, house: House) -> None:
    for path, status in (("/sign-in", 200), ("/help", 200), ("/nope", 404)):
        answer = house.visitor(language=header).get(path)
        assert answer.status_code == status
        assert f'<html lang="{language}">' in answer.text


def test_after_sign_in_the_person_says_the_language(house: House) -> None:
    learner = house.visitor("learner", language="da")
    for language in ("en", "da"):
        learner.post("/account", data={"language": language})
        assert f'<html lang="{language}">' in learner.get("/plan").text
        assert f'<html lang="{language}">' in learner.get("/enrolments").text  # a refusal is in it too
        assert learner.get("/api/v1/me").json()["language"] == language


@pytest.mark.parametrize("path", ["/nope", "/learn/nope", "/enrolments/nope", "/team"])
def test_error_pages_are_in_both_languages(path: str, house: House) -> None:
    told = {}
    for language in ("en", "da"):
        learner = house.visitor("learner", language=language)
        learner.patch("/api/v1/me", json={"language": language})
        answer = learner.get(path)
        assert answer.status_code in (403, 404)
        assert f'<html lang="{language}">' in answer.text
        [told[language]] = re.findall(r'<p class="lead">(.+?)</p>', answer.text)
    assert told["en"] != told["da"]
    assert all(told.values())
