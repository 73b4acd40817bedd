"""Markup in what people type, are named or write in Markdown is shown as text and never becomes part of a page."""

import re
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import SQLModel

from api.enrolments.tables import Enrolment
from api.library import lint
from api.library.actions import publish
from api.library.markdown import html, read
from api.people.tables import Centre, Cohort, Person, Team
from tests.conftest import CONTENT, NOW, House
from tests.markup import live_markup
from tests.stored import connected

pytestmark = pytest.mark.doors

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}{% raw %}"


def assert_shown_as_text(html_text: str) -> None:
    """No live markup, and the text itself is there, escaped."""
    assert "&lt;script&gt;" in html_text
    assert_harmless(html_text)


def assert_harmless(html_text: str) -> None:
    assert live_markup(html_text) == []
    assert ">49" not in html_text


@pytest.mark.parametrize(
    "live",
    [
        "<script>x</script>",
        "<img src=x>",
        "<p onclick=x>",
        '<a href=" JavaScript:x">',
        "<svg onload=x>",
        '<p style="x">',
        "<iframe>",
        "<style>*{}</style>",
    ],
)
def test_live_markup_is_seen(live: str) -> None:
    assert live_markup(f"<p>fine</p>{live}")
    assert live_markup('<a href="tel:112">x</a><script src="/static/x.js" defer></script>&lt;script&gt;') == []


@pytest.fixture
def renamed(house: House, database_url: str) -> None:
    """Everybody and everything is called by markup."""
    changes: list[tuple[type[SQLModel], dict[str, str]]] = [
        (Person, {"name": EVIL}),
        (Enrolment, {"person_name": EVIL}),
        (Team, {"name": EVIL}),
        (Cohort, {"name": EVIL}),
        (
            Centre,
            {
                "name": EVIL,
                "on_call_name": EVIL,
                "on_call_phone": "javascript:alert(1)'\"><script>"[:40],
                "on_call_hours": EVIL,
            },
        ),
    ]
    with connected(database_url) as connection:
        for table, values in changes:
            connection.execute(update(table).values(**values))


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("role", "paths"),
    [
        ("learner", ["/plan", "/account", "/help"]),
        (
            "trainer",
            ["/enrolments", "/assign", "/account", "/author", "/author/s1-the-bill", "/author/s1-the-bill/try"],
        ),
        ("manager", ["/team", "/team?standing=late"]),
    ],
)
def test_names_are_text_on_every_page(role: str, paths: list[str], house: House) -> None:
    browser = house.visitor(role)
    for path in paths:
        assert_shown_as_text(browser.get(path).text)
    for link in re.findall(r'href="(/enrolments/\w+)"', browser.get(paths[0]).text)[:1]:
        assert_shown_as_text(browser.get(link).text)


@pytest.mark.usefixtures("renamed")
def test_a_number_that_is_markup_stays_a_number(house: House) -> None:
    page = house.visitor("learner").get("/help").text
    assert all(link.startswith(("tel:", "/", "#")) for link in re.findall(r'href="([^"]*)"', page))


def test_what_is_typed_is_shown_as_text(house: House) -> None:
    stranger, trainer = house.visitor(), house.visitor("trainer")
    assert_shown_as_text(stranger.post("/sign-in", data={"email": EVIL, "password": "x"}).text)
    assert_shown_as_text(trainer.get("/assign", params={"from_name": EVIL}).text)
    assert_shown_as_text(trainer.get("/assign", params={"start_on": EVIL, "go_live_on": EVIL, "plan": EVIL}).text)
    refused = trainer.post("/assign", data={"plan": EVIL, "who": EVIL, "start_on": EVIL, "go_live_on": EVIL})
    assert refused.status_code == 422
    assert_shown_as_text(refused.text)
    for path in (
        f"/learn/{EVIL}",
        f"/enrolments/{EVIL}",
        f"/{EVIL}",
        f"/team?team={EVIL}",
        f"/enrolments?before={EVIL}",
    ):
        assert_harmless(trainer.get(path).text)
    for path in (f"/api/v1/lessons/{EVIL}", f"/api/v1/{EVIL}"):
        assert trainer.get(path).headers["content-type"] == "application/problem+json"


MARKDOWN = """\
<script>alert(1)</script>

<img src=x onerror=alert(1)>

[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,<script>x</script>) [d](vbscript:x) <javascript:alert(1)>

[e]: javascript:alert(1)

[e] ![f](x "onerror=alert(1)") **<svg onload=alert(1)>** `<script>`

> <iframe src="https://evil.example"></iframe>

| <b onclick=alert(1)>x</b> | y |
|---|---|
| <style>*{}</style> | {{7*7}} |
"""


def evil(body: str) -> bytes:
    """A file's text with markup in it: in the header's words and before the first heading."""
    head, _mark, rest = body.partition("\n---\n")
    return f"{head}\n---\n{MARKDOWN}\n{rest}".replace("objective: ", "objective: <script>alert(1)</script> ").encode()


def test_markdown_becomes_no_live_markup() -> None:
    text = read("lessons/x/x.da.md", f"---\ntitle: x\n---\n{MARKDOWN}")
    assert_shown_as_text(html(text.nodes))


@pytest.mark.parametrize("unit", ["lessons/conflict-week/1-2-what-is-a-conflict", "scenarios/s1-the-bill"])
def test_a_published_file_with_markup_is_shown_as_text(unit: str, house: House) -> None:
    files: dict[str, Any] = lint.load(CONTENT)
    for language in ("da", "en"):
        path = f"{unit}.{language}.md"
        files[path] = evil(files[path].decode())
    candidates, _loose = lint.inspect(files, proved=False)
    key = unit.rsplit("/", 1)[1]
    published = house.write(publish, [one for one in candidates if one.key == key], NOW)
    assert published.changed == [key], published.findings
    browser = house.visitor("learner")
    assert_shown_as_text(browser.get(f"/learn/{key}").text)
    assert_harmless(browser.get("/plan").text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", " https://x"])
def test_a_source_links_only_to_the_web(url: str) -> None:
    files: dict[str, Any] = lint.load(CONTENT)
    path = "lessons/conflict-week/1-1-right-and-net.en.md"
    files[path] = files[path].replace(b"https://at.dk/D-4-3", f'"{url}"'.encode())
    candidates, _loose = lint.inspect(files, proved=False)
    [candidate] = [one for one in candidates if one.key == "1-1-right-and-net"]
    assert "sources" in {finding.rule for finding in candidate.findings}
