"""A theme on paper: exactly two A4 pages in both languages, with any contact, in letters that can be read."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.served import PHONE, Visits, serving
from tests.browser.test_axe import WIDEST, broken_rules
from tests.browser.test_print import CUT_OFF, OF_THE_SCREEN
from tests.conftest import CONTENT

THEMES = sorted(path.name.removesuffix(".da.md") for path in (CONTENT / "themes").glob("*.da.md"))
PEOPLE = {"da": "learner", "en": "live"}
# As long as the columns allow: 120, 40 and 120 characters.
LONG = (
    "Kvalitets- og bemandingskoordinator Annemarie-Kristine Bjerregaard-Vestergaard Christensen, kundecenter Midt og Nordvest",
    "00 00 00 00 eller lokal 00 00, tast 0, 0",
    "Alle hverdage 07.30-22.00, lørdag, søndag og helligdage 09.00-20.00, juleaften og nytårsaften 10.00-16.00, nat: koncern.",
)
CONTACTS = {"none": ("", "", ""), "short": ("Bo Vagt", "00 00 00 00", "alle dage 8-22"), "long": LONG}
MM = 96 / 25.4
PAPER: ViewportSize = {"width": round(178 * MM), "height": round(269 * MM)}  # A4 within the margins of `@page theme`
SMALLEST = 9.5 / 72 * 96  # the text; the sources are a small paragraph below it
HEIGHTS = """() => {
  const [whole, second] = ['.section', '.second-page'].map(one => document.querySelector(one).getBoundingClientRect());
  return [second.top - whole.top, whole.bottom - second.top];
}"""
LETTERS = """() => [...document.querySelectorAll('.section *')].filter(one => !one.closest('.sources') && one.checkVisibility())
  .map(one => parseFloat(getComputedStyle(one).fontSize))"""
PAGES = re.compile(rb"/Type\s*/Page\b")
A4 = (b"594.95996", b"841.91998")


@pytest.fixture(scope="module", params=CONTACTS)
def site(
    request: pytest.FixtureRequest, browser: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visits]:
    """A site whose centre has that contact, and one of its people who reads English."""
    copied = tmp_path_factory.mktemp("themes") / "rolig.sqlite"
    shutil.copy(sqlite_template, copied)
    with closing(sqlite3.connect(copied)) as connection, connection:
        contact = CONTACTS[request.param]
        connection.execute("UPDATE centre SET on_call_name = ?, on_call_phone = ?, on_call_hours = ?", contact)
        connection.execute("UPDATE person SET language = 'en' WHERE email = ?", (f"{PEOPLE['en']}@demo.example",))
    with serving(copied) as address:
        visits = Visits(browser, address, {})
        yield visits
        visits.close()
        assert visits.wrongs == []


def on_paper(visits: Visits, language: str) -> Page:
    page = visits.seat(PEOPLE[language])
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    return page


def pages_of(page: Page) -> int:
    paper = page.pdf(prefer_css_page_size=True)
    assert set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)) == {A4}
    return len(PAGES.findall(paper))


@pytest.mark.parametrize("language", PEOPLE)
def test_every_theme_is_exactly_two_pages(site: Visits, language: str) -> None:
    assert len(THEMES) == 10
    page, found = on_paper(site, language), {}
    for theme in THEMES:
        page.goto(f"/themes/{theme}")
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate(OF_THE_SCREEN) == []
        assert page.evaluate(CUT_OFF) == []
        assert min(page.evaluate(LETTERS)) >= SMALLEST
        assert all(source.is_visible() for source in page.locator(".sources li").all())
        # Each page by itself: a first page that runs over would push the second one out.
        assert max(page.evaluate(HEIGHTS)) < PAPER["height"], theme
        found[theme] = pages_of(page)
    assert found == dict.fromkeys(THEMES, 2)


def test_the_sources_run_in_one_paragraph(site: Visits) -> None:
    page = on_paper(site, "da")
    page.goto(f"/themes/{THEMES[0]}")
    inline = "all => all.map(one => getComputedStyle(one).display)"
    assert set(page.locator(".sources :is(ul, li, .sources-word)").evaluate_all(inline)) == {"inline"}
    lines = page.locator(".contacts").evaluate("one => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight)")
    assert lines < 4.5


def test_a_page_too_many_is_counted(site: Visits) -> None:
    page = on_paper(site, "da")
    page.goto(f"/themes/{THEMES[0]}")
    assert pages_of(page) == 2
    page.evaluate("document.querySelector('#why .prose').append(document.querySelector('#works').cloneNode(true))")
    assert pages_of(page) == 3


def test_no_theme_is_wider_than_a_phone_and_axe_finds_nothing(site: Visits) -> None:
    found = []
    for language, person in PEOPLE.items():
        page = site.seat(person)
        page.emulate_media(media="null")
        page.set_viewport_size({"width": PHONE, "height": 1000})
        for path in ("/themes", "/sources", *(f"/themes/{theme}" for theme in THEMES)):
            page.goto(path)
            found += [f"{path} {language} too wide: {wrong}" for wrong in page.evaluate(WIDEST)]
        found += broken_rules(page)
    assert found == []
