"""What does not come from our own pages, is too large, is cut off or points where it should not: refused, nothing stored."""

import json
from pathlib import Path

import pytest

from api.library import lint
from tests.access_table import ANSWER, ASSIGN_FORM
from tests.conftest import House
from tests.every_route import every_route
from tests.raw import Headers, send
from tests.stored import rows
from tests.test_bad_input import FORM_BODY, JSON_BODY, Asker, clear, still_standing

pytestmark = pytest.mark.doors

FORGED: list[Headers] = [
    [(b"sec-fetch-site", b"cross-site")],
    [(b"sec-fetch-site", b"same-site")],
    [(b"sec-fetch-site", b"\xff")],
    [(b"sec-fetch-site", b"cross-site"), (b"origin", b"http://testserver")],
    [(b"origin", b"https://evil.example")],
    [(b"origin", b"http://testserver.evil.example")],
    [(b"origin", b"https://testserver")],
    [(b"origin", b"null")],
    [(b"origin", b"")],
    [(b"origin", b"http://[::1")],
    [(b"origin", b"\xff")],
]


def test_a_post_from_another_site_does_nothing_on_any_route(house: House, database_url: str) -> None:
    before_visits = {role: Asker(house, role) for role in ("learner", "trainer", "manager")}
    before = rows(database_url)
    unsafe = sorted((method, path) for method, path in every_route(house.site) if method != "GET")
    assert len(unsafe) > 15
    for headers in FORGED:
        for method, path in unsafe:
            for asker in before_visits.values():
                reply = asker.send(
                    method, path.replace("{unit}", "1-1-right-and-net"), [*headers, FORM_BODY], b"option=1"
                )
                assert reply.status == 403, (method, path, headers)
                assert "set-cookie" not in reply.headers
    assert rows(database_url) == before


@pytest.mark.parametrize(
    "headers",
    [[], [(b"sec-fetch-site", b"same-origin")], [(b"sec-fetch-site", b"none")], [(b"origin", b"http://testserver")]],
    ids=["a script's", "ours", "typed", "ours by origin"],
)
def test_our_own_posts_are_taken(headers: Headers, house: House) -> None:
    reply = Asker(house, "learner").send("PATCH", "/api/v1/me", [*headers, JSON_BODY], b'{"language": "en"}')
    assert reply.status == 200


def test_reading_may_come_from_anywhere(house: House) -> None:
    assert Asker(house, "learner").send("GET", "/plan", [(b"sec-fetch-site", b"cross-site")]).status == 200


@pytest.mark.parametrize("path", ["/sign-in", "/assign", "/learn/1-1-right-and-net/answers", "/nope"])
def test_too_much_text_is_refused_unread(path: str, house: House) -> None:
    megabyte = b"email=" + b"x" * 1_000_000
    for body in (megabyte, [megabyte[at : at + 8_000] for at in range(0, len(megabyte), 8_000)]):
        assert Asker(house, "trainer").send("POST", path, [FORM_BODY], body).status == 413
        assert Asker(house, "trainer").send("POST", f"/api/v1{path}", [JSON_BODY], body).status == 413
    for length in (b"99999999999", b"9" * 5_000, b"-1", b"+1", b"1e3", b"\xb2", b""):
        assert send(house.site, "POST", path, [(b"content-length", length)]).status == 413
    still_standing(house)


def test_half_a_form_is_no_form(house: House, database_url: str) -> None:
    """The line breaks after `option=1` of `option=12`: what has come so far must not be taken for the whole."""
    learner, before = Asker(house, "learner"), rows(database_url)
    form = b"&".join(f"{key}={value}".encode() for key, value in ANSWER.items())
    learner.send("POST", "/learn/1-1-right-and-net/answers", [FORM_BODY], form, cut_off=True)
    body = json.dumps(ANSWER).encode()
    learner.send("POST", "/api/v1/lessons/1-1-right-and-net/answers", [JSON_BODY], body, cut_off=True)
    assert rows(database_url) == before
    learner.send("POST", "/learn/1-1-right-and-net/answers", [FORM_BODY], form)
    assert len(rows(database_url)["answer"]) == 1


TRICKS = [
    "../app.py",
    "..%2fapp.py",
    "%2e%2e/%2e%2e/etc/passwd",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "..\\app.py",
    "%00",
    "app.css/",
    ".",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_static_names_lead_nowhere_else(trick: str, house: House) -> None:
    for before in ("/static/", "/static/000000000000/", "/static/vendor/"):
        reply = clear("/static", send(house.site, "GET", f"{before}{trick}"))
        assert reply.status == 404
        assert "root:" not in reply.text


@pytest.mark.parametrize("trick", TRICKS)
def test_unit_names_lead_nowhere_else(trick: str, house: House) -> None:
    for role in ("learner", "trainer"):
        asker = Asker(house, role)
        for target in (f"/learn/{trick}", f"/api/v1/lessons/{trick}", f"/api/v1/scenarios/{trick}"):
            assert asker.send("GET", target).status in (307, 404, 405, 422)


def test_content_names_cannot_leave_their_folder(tmp_path: Path) -> None:
    (tmp_path / "lessons" / "week").mkdir(parents=True)
    outside = tmp_path / "secret.da.md"
    outside.write_text("hemmeligt", "utf-8")
    (tmp_path / "lessons" / "week" / "a.da.md").symlink_to(outside)
    (tmp_path / "lessons" / "week" / "b.da.md").symlink_to("/etc/hostname")
    (tmp_path / "lessons" / "week" / "c.da.md").write_text("x", "utf-8")
    assert list(lint.load(tmp_path)) == ["lessons/week/a.da.md", "lessons/week/c.da.md"]
    (tmp_path / "course").mkdir()
    (tmp_path / "lessons").rename(tmp_path / "course" / "lessons")
    assert list(lint.load(tmp_path / "course")) == ["lessons/week/c.da.md"]


@pytest.mark.parametrize(
    "path",
    [
        "lessons/../x/a.da.md",
        "/etc/passwd",
        "lessons/week/../../a.da.md",
        "lessons/week/.da.md",
        "plans/a\0.da.md",
        "x.da.md",
    ],
)
def test_content_by_an_odd_name_is_not_taken(path: str) -> None:
    candidates, loose = lint.inspect({path: b"---\ntitle: x\n---\n"})
    assert candidates == []
    assert [finding.rule for finding in loose] == ["file-name"]


@pytest.mark.parametrize(
    "day",
    [
        "0000-00-00",
        "0001-01-01",
        "1999-12-31",
        "2100-01-01",
        "9999-12-31",
        "99999-01-01",
        "2026-02-30",
        "1e9",
        "-1",
    ],
)
def test_absurd_dates(day: str, house: House, database_url: str) -> None:
    trainer, new = Asker(house, "trainer"), house.actor("new").id
    before = rows(database_url, "enrolment")
    for field in ("start_on", "go_live_on"):
        wish = {"plan": "onboarding", "person": new, "start_on": "2026-11-30", "go_live_on": "2027-01-25", field: day}
        assert trainer.send("POST", "/api/v1/enrolments", [JSON_BODY], json.dumps(wish).encode()).status == 422
        assert trainer.send("POST", "/api/v1/enrolments/preview", [JSON_BODY], json.dumps(wish).encode()).status == 422
        form = "&".join(f"{key}={value}" for key, value in {**ASSIGN_FORM, "who": f"person:{new}", field: day}.items())
        assert trainer.send("POST", "/assign", [FORM_BODY], form.encode()).status == 422
        assert trainer.send("GET", f"/assign?{form}").status == 200
    assert rows(database_url, "enrolment") == before
