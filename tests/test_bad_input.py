"""Whatever is sent: a clear refusal (or a harmless answer) in the door's format and the asker's language, and never a crash."""

import json
import logging
import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from api.enrolments.queries import OF_PERSON
from api.errors import Problem
from api.problems import HTTP_MESSAGES
from api.words import sentence
from tests.access_table import TABLE, Row
from tests.conftest import House
from tests.every_route import every_route
from tests.raw import Headers, Reply, send
from tests.stored import rows

pytestmark = pytest.mark.doors

JSON_BODY = (b"content-type", b"application/json")
FORM_BODY = (b"content-type", b"application/x-www-form-urlencoded")
NASTY: list[Any] = [
    "\0",
    "a\0b",
    "\ud800",
    [],
    {},
    None,
    True,
    1.5,
    -1,
    10**30,
    "x" * 60_000,
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "person:\0",
    "0000-00-00",
    "9999-12-31",
    "2026-11-30T24:61",
]
ENDS_SESSIONS = ("/sign-out", "/sign-out-everywhere", "/api/v1/session", "/api/v1/sessions")


@pytest.fixture(autouse=True)
def _quiet_parser() -> None:
    logging.getLogger("python_multipart").setLevel(logging.ERROR)


class Asker:
    """Somebody signed in who can send anything."""

    def __init__(self, house: House, role: str) -> None:
        self.house, self.cookie = house, f"rolig={house.visitor(role).cookies['rolig']}".encode()

    def send(self, method: str, target: str, headers: Headers = (), body: Any = b"", **how: Any) -> Reply:
        with_cookie = (
            headers if any(name == b"cookie" for name, _value in headers) else [(b"cookie", self.cookie), *headers]
        )
        return clear(target, send(self.house.site, method, target, with_cookie, body, **how))


def clear(target: str, reply: Reply) -> Reply:
    """A sentence in the right format when it is a refusal; never a crash."""
    assert reply.status < 500, f"{target[:80]}: {reply.status}"
    if reply.status >= 400:
        if target.startswith("/api/v1"):
            assert reply.kind == "application/problem+json", target[:80]
            problem = json.loads(reply.body)
            assert problem["status"] == reply.status
            assert re.search(r"[.!?]$", problem["detail"])
        else:
            assert reply.kind == "text/html; charset=utf-8", target[:80]
            assert '<p class="problem"' in reply.text or '<p class="lead">' in reply.text
    return reply


def still_standing(house: House) -> None:
    assert send(house.site, "GET", "/healthz").status == 200
    assert house.visitor("learner").get("/plan").status_code == 200


def paths_of(row: Row, house: House) -> str:
    """The address of a row, with things that are there."""
    owner = house.actor("live" if row.values.get("enrolment_id") == "{live}" else "learner").id
    [enrolment] = house.read(lambda db: db.all(OF_PERSON, person_id=owner))
    values = {**row.values, "enrolment_id": enrolment.id, "attempt": "0" * 26}
    return re.sub(r"\{([^{}]+)\}", lambda found: values[found[1]], row.path)


def let_in(row: Row) -> str:
    """A role that comes as far as its fields being read."""
    return next(role for role, code in row.expected.items() if code not in (401, 403, 404) and role != "nobody")


@pytest.mark.parametrize("row", [row for row in TABLE if row.body], ids=str)
def test_every_field_takes_anything(row: Row, house: House) -> None:
    role = let_in(row)
    asker, path = Asker(house, role), paths_of(row, house)
    assert row.body
    for field in row.body:
        for nasty in NASTY:
            body = {**row.body, field: nasty}
            if row.is_json:
                reply = asker.send(row.method, path, [JSON_BODY], json.dumps(body).encode())
            else:
                as_text = {key: str(value).encode("utf-8", "surrogatepass") for key, value in body.items()}
                reply = asker.send(row.method, path, [FORM_BODY], urlencode(as_text).encode())
            if nasty in ("\0", "a\0b", [], {}) and row.is_json:
                assert reply.status >= 400, f"{field}={nasty!r} was taken"
    still_standing(house)


ODD_NAMES = [
    "%00",
    "a%00b",
    "%0a",
    "a%0d%0ab",
    "%ff",
    "..",
    "%2e%2e",
    "..%2f..%2fetc",
    "%F0%9F%98%80",
    "%ED%A0%80",
    "%3Cscript%3E",
    "x" * 5000,
]
ODD_QUERY = (
    "before={0}&from_name={0}&team={0}&page={0}&after={0}&plan=plan:{0}&who=person:{0}&start_on={1}&go_live_on={1}"
)


@pytest.mark.parametrize("role", ["learner", "trainer", "manager"])
def test_every_address_takes_any_name_and_query(role: str, house: House) -> None:
    asker = Asker(house, role)
    for method, path in sorted(every_route(house.site)):
        if path in ENDS_SESSIONS:
            continue
        for name in ODD_NAMES if "{" in path else ["%00", "x" * 5000]:
            target = re.sub(r"\{[^{}]+\}", name, path)
            reply = asker.send(method, f"{target}?{ODD_QUERY.format(quote(name), '9999-12-31')}")
            if "{" in path:
                assert reply.status >= 400, f"{method} {target[:60]}"
    for name in ODD_NAMES:
        for standing in ("late", "done", "%00", "nobody"):
            for target in ("/team", "/team.csv", "/api/v1/board", "/api/v1/board.csv"):
                asker.send("GET", f"{target}?standing={standing}&page=x.{name}&after={name}.2026-11-30&team=")
        asker.send("GET", f"/assign?plan=plan:onboarding&who=cohort:{name}&start_on=0000-00-00&go_live_on={name}")
    still_standing(house)


BODIES = [
    b"", b"[]", b'"x"', b"1", b"null", b"true", b"{", b"\xff\xfe", b'{"email": "\xff"}', b"[" * 30_000, b"1" * 5_000,
    b'{"email": NaN}', b'{"email": "a", "email": "b", "password": []}', b'{"nobody": "asked"}',
]  # fmt: skip


@pytest.mark.parametrize("row", [row for row in TABLE if row.body and row.is_json], ids=str)
def test_json_of_the_wrong_shape(row: Row, house: House, database_url: str) -> None:
    role = let_in(row)
    asker, path, before = Asker(house, role), paths_of(row, house), rows(database_url, "enrolment", "answer", "move")
    for body in BODIES:
        assert asker.send(row.method, path, [JSON_BODY], body).status in (400, 404, 422)
        asker.send(row.method, path, [(b"content-type", b"\xff/\xff")], body)
        asker.send(row.method, path, [], body)
    assert rows(database_url, "enrolment", "answer", "move") == before


MULTIPART = b"multipart/form-data; boundary=x"
FORMS = [
    (FORM_BODY[1], b"email=%ff%fe&password=%ff"),
    (FORM_BODY[1], b"email=\xff&password=\xc3("),
    (FORM_BODY[1], b"email=a&email=b&password=c&password=d"),
    (FORM_BODY[1], b"&&&===%%%"),
    (FORM_BODY[1], b"a=1&" * 10_000),
    (MULTIPART, b"--x\r\nbroken"),
    (MULTIPART, b"[]"),
    (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\na\0b\xff\r\n--x--\r\n'),
    (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="email"; filename="f"\r\n\r\na\r\n--x--\r\n'),
    (MULTIPART, b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
    (MULTIPART + b"; charset=bogus", b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\xff\r\n--x--\r\n'),
    (b"multipart/form-data", b"x"),
    (b"text/plain", b"email=a"),
    (b"\xff", b"email=a"),
]


@pytest.mark.parametrize("path", ["/sign-in", "/assign", "/account", "/learn/1-1-right-and-net/answers"])
def test_forms_that_are_broken(path: str, house: House, database_url: str) -> None:
    asker, before = Asker(house, "trainer"), rows(database_url, "enrolment", "answer", "person")
    for kind, body in FORMS:
        assert asker.send("POST", path, [(b"content-type", kind)], body).status >= 400
    assert rows(database_url, "enrolment", "answer", "person") == before
    still_standing(house)


HEADERS: list[tuple[bytes, bytes]] = [
    (b"cookie", b"\xff=\xff; rolig=\0"),
    (b"cookie", b"rolig=" + b"x" * 100_000),
    (b"cookie", b"rolig=a; rolig=b;;;==" + b"; c=d" * 1_000),
    (b"accept-language", b"\xff;q=nan," * 50),
    (b"accept-language", b"en;q=1e999, da;q=-1e999"),
    (b"accept-language", b"en" * 50_000),
    (b"host", b"["),
    (b"host", b""),
    (b"host", b"\xff:99999999"),
    (b"hx-request", b"\xff"),
    (b"accept-encoding", b"\xff"),
    (b"accept", b"\0"),
]


@pytest.mark.parametrize("header", HEADERS, ids=lambda pair: f"{pair[0].decode()}={pair[1][:20]!r}")
def test_headers_that_are_broken_or_far_too_long(header: tuple[bytes, bytes], house: House) -> None:
    asker = Asker(house, "learner")
    for target in ("/plan", "/plan/", "/sign-in", "/nope", "/api/v1/me", "/api/v1/nope", "/api/v1", "/static/nope"):
        asker.send("GET", target, [header])
    asker.send("POST", "/sign-in", [header, FORM_BODY], b"email=a&password=b")
    still_standing(house)


@pytest.mark.parametrize("language", ["en", "da"])
def test_refusals_come_in_the_asked_for_format_and_language(language: str, house: House) -> None:
    wanted = [(b"accept-language", language.encode())]
    for method, target, status in (
        ("GET", "/nope", 404),
        ("DELETE", "/plan", 405),
        ("GET", "/api/v1/nope", 404),
        ("PUT", "/api/v1/me", 405),
        ("GET", "/api/v1/me", 401),
        ("POST", "/account", 401),
        ("GET", "/static/nope.css", 404),
    ):
        reply = clear(target, send(house.site, method, target, wanted))
        assert reply.status == status
        if not target.startswith("/api"):
            assert f'<html lang="{language}">' in reply.text
        elif status in HTTP_MESSAGES:
            told = sentence(Problem(HTTP_MESSAGES[status]), language)
            assert json.loads(reply.body)["detail"] == told
            assert (told == HTTP_MESSAGES[status]) == (language == "en")


def test_the_right_methods_are_named(house: House) -> None:
    assert send(house.site, "DELETE", "/healthz").headers["allow"] in ("GET, HEAD", "HEAD, GET")
    assert send(house.site, "PUT", "/api/v1/me").headers["allow"]
