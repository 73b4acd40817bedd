"""Every unit of the course, in both languages: nothing wider than a phone, nothing cut off on paper, nothing axe finds."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from api.library.values import Kind
from tests.browser.served import HEIGHT, PHONE, Visits
from tests.browser.test_axe import WIDEST, broken_rules
from tests.browser.test_print import CUT_OFF, OF_THE_SCREEN, PAPER
from tests.conftest import course

UNITS = [one.key for one in course()[0] if one.kind in (Kind.LESSON, Kind.SCENARIO)]
# Who looks in which language: neither is on a plan, both may see every unit.
LOOKS: dict[str, str] = {"da": "trainer", "en": "admin"}
Scheme = Literal["light", "dark"]


def seated(seats: Visits, language: str) -> Page:
    """The person's own screen, in this language from the first time on."""
    new = LOOKS[language] not in seats.seats
    page = seats.seat(LOOKS[language])
    if new:
        page.goto("/account")
        page.locator(f"input[name=language][value={language}]").check()
        with page.expect_navigation():
            page.locator("form[action='/account'] button").click()
    assert page.goto("/plan")
    return page


def pages_of(page: Page, unit: str) -> list[str]:
    """The unit's first page and its sections."""
    page.goto(f"/learn/{unit}")
    look = page.locator(f"a[href^='/learn/{unit}/section/']")
    if look.count():
        page.goto(look.first.get_attribute("href") or "")
    sections = page.locator(".outline a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [f"/learn/{unit}", *sections]


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_fits_a_phone_and_a_sheet_and_breaks_no_rule(seats: Visits, unit: str, language: str) -> None:
    page = seated(seats, language)
    found = []
    for number, path in enumerate(pages_of(page, unit)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})
        scheme: Scheme = "dark" if number % 4 < 2 else "light"
        page.emulate_media(color_scheme=scheme, media="screen")
        # The languages are one structure: axe, which takes most of the time, looks at each page in one of them.
        if (number % 2 == 0) is (language == "da"):
            found += [f"{path} {scheme}: {wrong}" for wrong in broken_rules(page)]
        found += [f"{path} too wide: {wrong}" for wrong in page.evaluate(WIDEST)]
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print")
        found += [f"{path} on paper: {wrong}" for wrong in (*page.evaluate(CUT_OFF), *page.evaluate(OF_THE_SCREEN))]
    assert found == []
