"""On paper: the text, the whole text, and nothing to click on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.scenes import SCENES, Scene
from tests.browser.served import Visits

PRINTED = (
    "section-the-right",
    "section-who-to-call",
    "section-table",
    "section-remember",
    "answered-right",
    "help",
    "theme",
)
# An A4 page (210 x 297 mm) within the margins of app.css, at 96 px an inch.
PAPER: ViewportSize = {"width": round(178 / 25.4 * 96), "height": round(261 / 25.4 * 96)}
# What is of the screen only, and still shown.
OF_THE_SCREEN = """() => [...document.querySelectorAll('nav, header, button:not(.option button), .button:not([href^="tel:"]), .skip, summary')]
  .filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 120))"""
# What sticks out to the right of the paper, or hides a part of its text.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(one => one.checkVisibility())
  .filter(one => !one.matches('.visually-hidden'))
  .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5
    || (getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1)
    || (getComputedStyle(one).overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1))
  .map(one => one.outerHTML.slice(0, 120))"""


def on_paper(scene: Scene, visits: Visits) -> Page:
    page = scene.open(visits)
    page.set_viewport_size({"width": PAPER["width"], "height": PAPER["height"]})
    page.emulate_media(media="print")
    return page


def scene_named(name: str) -> Scene:
    return next(scene for scene in SCENES if scene.name == name)


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_page_is_text_and_whole(visits: Visits, name: str, tmp_path: Path) -> None:
    page = on_paper(scene_named(name), visits)
    assert page.evaluate(OF_THE_SCREEN) == []
    assert page.evaluate(CUT_OFF) == []
    assert page.locator("h1").is_visible()
    sources = page.locator(".sources li")
    assert all(source.is_visible() for source in sources.all())
    paper = page.pdf(path=tmp_path / f"{name}.pdf", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)[0] == (b"594.95996", b"841.91998")


def test_the_numbers_to_call_are_on_paper(visits: Visits) -> None:
    page = on_paper(scene_named("help"), visits)
    for number, shown in (("112", "112"), ("00000000", "00 00 00 00")):
        assert shown in page.locator(f"a[href='tel:{number}']").inner_text()
        assert page.locator(f"a[href='tel:{number}']").is_visible()


def test_a_planted_breach_is_found(visits: Visits) -> None:
    page = on_paper(scene_named("section-the-right"), visits)
    assert page.evaluate(CUT_OFF) == []
    page.evaluate("document.querySelector('.prose p').style.cssText = 'width: 900px'")
    assert page.evaluate(CUT_OFF)[0].startswith("<p")
    page.evaluate("document.querySelector('.prose p').style.cssText = 'height: 5px; overflow: hidden'")
    assert page.evaluate(CUT_OFF)[0].startswith("<p")
    page.evaluate("document.querySelector('.top').style.display = 'block'")
    assert page.evaluate(OF_THE_SCREEN)[0].startswith("<header")
