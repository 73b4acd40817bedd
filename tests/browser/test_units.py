"""Every unit of the course, in both languages: nothing wider than a phone, nothing cut off on paper, nothing axe finds.

A lesson's sections are put below each other on its first page, each as it was served: a page for each of them would take
six times as long and show the same.
"""

from typing import Literal

import pytest
from playwright.sync_api import Page

from api.library.values import Kind
from tests.browser.coming import FIRST
from tests.browser.served import HEIGHT, PHONE, Visits, follow
from tests.browser.test_axe import WIDEST, broken_rules
from tests.browser.test_print import CUT_OFF, OF_THE_SCREEN, PAPER
from tests.conftest import course

UNITS = [one.key for one in course()[0] if one.kind in (Kind.LESSON, Kind.SCENARIO)]
# Who looks in which language: neither is on a plan, both may see every unit.
LOOKS: dict[str, str] = {"da": "trainer", "en": "admin"}
Scheme = Literal["light", "dark"]
# Ids are made unique, with what points to them; the list of sections is the same on all of them and stays once.
GATHER = """async unit => {
  const served = async path => {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path} ${answer.status}`);
    return new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  };
  const look = document.querySelector(`main a[href^='/learn/${unit}/section/']`);
  if (!look) return 0;
  const paths = [...(await served(look.href)).querySelectorAll('.outline a')].map(one => one.getAttribute('href'));
  for (const [place, path] of paths.entries()) {
    const section = await served(path);
    if (place) section.querySelector('.outline').remove();
    for (const name of ['id', 'for', 'aria-labelledby', 'aria-describedby'])
      for (const one of section.querySelectorAll(`[${name}]`))
        one.setAttribute(name, one.getAttribute(name).split(' ').map(id => `s${place}-${id}`).join(' '));
    document.querySelector('main').append(...section.childNodes);
  }
  return paths.length;
}"""


def gathered(seats: Visits, unit: str, language: str) -> Page:
    """A unit with all its sections, on the screen of somebody who reads that language from the first time on."""
    new = LOOKS[language] not in seats.seats
    page = seats.seat(LOOKS[language])
    if new:
        page.goto("/account")
        page.locator(f"input[name=language][value={language}]").check()
        follow(page.locator("form[action='/account'] button"))
    page.emulate_media(media="screen")
    page.goto(f"/learn/{unit}")
    assert page.locator("html").get_attribute("lang") == language
    sections = page.evaluate(GATHER, unit)
    assert sections > 1 or page.locator(".beginning").count() == 1
    return page


def wrongs(page: Page, *, axe: bool) -> list[str]:
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    found = [f"too wide: {wrong}" for wrong in page.evaluate(WIDEST)]
    found += broken_rules(page) if axe else []
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    return found + [f"on paper: {wrong}" for wrong in (*page.evaluate(CUT_OFF), *page.evaluate(OF_THE_SCREEN))]


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_fits_a_phone_and_a_sheet_and_breaks_no_rule(seats: Visits, unit: str, language: str) -> None:
    page = gathered(seats, unit, language)
    number = UNITS.index(unit)
    scheme: Scheme = "dark" if number % 4 < 2 else "light"
    page.emulate_media(color_scheme=scheme)
    # The languages are one structure: axe, which takes most of the time, looks at each unit in one of them.
    assert wrongs(page, axe=(number % 2 == 0) is (language == "da")) == []


def test_a_planted_breach_in_the_last_section_is_found(seats: Visits) -> None:
    page = gathered(seats, FIRST, "da")
    page.evaluate(
        """() => {
          const words = [...document.querySelectorAll('main .prose p')];
          words.at(-1).style.width = '900px';
          words.at(-2).style.color = '#ddd';
        }"""
    )
    found = [one.partition(":")[0] for one in wrongs(page, axe=True)]
    assert {"too wide", "color-contrast", "on paper"} <= set(found)
