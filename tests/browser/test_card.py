"""The readiness card at 21:40: without a network, without scripts, without signing in, with a thumb, and on paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from api.readiness.rules import LONGEST_ADDRESS, LONGEST_HOURS, LONGEST_NAME
from tests.browser.served import PHONE, Visits
from tests.browser.test_axe import WIDEST

THUMB: ViewportSize = {"width": PHONE, "height": 740}
TARGETS = """() => [...document.querySelectorAll('.readiness a[href^="tel:"], .readiness-ways a')]
  .map(one => one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"""
POSTS = ("on_call", "leader", "crisis", "rep")


def kept(page: Page) -> None:
    expect(page.locator("#card-kept")).to_be_visible()


def save(admin: Page) -> None:
    admin.locator("form[action='/card/settings'] button").click()
    expect(admin.get_by_role("status")).to_be_visible()


def write(admin: Page, name: str, phone: str, hours: str, address: str) -> None:
    """The same in every post."""
    admin.goto("/card/settings")
    for post in POSTS:
        for part, text in (("name", name), ("phone", phone), ("hours", hours)):
            admin.locator(f"[name='{post}.{part}']").fill(text)
    admin.locator("[name=address]").fill(address)
    save(admin)


def sheets(page: Page, to: Path) -> list[tuple[float, float]]:
    """The printed pages in millimetres."""
    paper = page.pdf(path=to, prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    return [(round(float(wide) / 72 * 25.4), round(float(high) / 72 * 25.4)) for wide, high in boxes]


def test_the_card_is_there_without_a_network_once_it_has_been_opened(visits: Visits) -> None:
    page = visits.visit("learner", "/card", viewport=THUMB)
    kept(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text("Beredskabskortet")
    expect(page.locator("#card-offline")).to_be_visible()
    expect(page.locator("#threat a[href='tel:00000000']")).to_be_visible()
    assert page.locator(".readiness-part").first.evaluate("one => getComputedStyle(one).borderRadius") != "0px"
    page.context.set_offline(False)
    page.reload()
    kept(page)


def test_a_card_that_may_no_longer_be_read_is_forgotten(own_visits: Visits) -> None:
    page = own_visits.visit("learner", "/card")
    kept(page)
    page.reload()
    page.context.clear_cookies()
    page.goto("/card")
    expect(page).to_have_url(re.compile("/sign-in$"))
    assert page.evaluate("caches.open('rolig-card').then(one => one.match('/card')).then(Boolean)") is False


def test_other_pages_are_never_kept(visits: Visits) -> None:
    page = visits.visit("learner", "/card")
    kept(page)
    for path in ("/plan", "/our-line", "/card/wallet"):
        page.goto(path)
    stored = page.evaluate(
        "caches.open('rolig-card').then(one => one.keys()).then(all => all.map(one => new URL(one.url).pathname))"
    )
    assert [path for path in stored if not path.startswith("/static/")] == ["/card"]


def test_the_open_card_is_kept_too(own_visits: Visits) -> None:
    admin = own_visits.visit("admin", "/card/settings")
    admin.locator("[name=open]").check()
    save(admin)
    address = admin.locator(".link a").get_attribute("href")
    assert address is not None
    stranger = own_visits.visit(None, address, viewport=THUMB)
    kept(stranger)
    stranger.context.set_offline(True)
    stranger.reload()
    expect(stranger.locator("#card-offline")).to_be_visible()
    expect(stranger.locator("#home a[href='tel:00000000']")).to_be_visible()


def test_every_number_is_large_enough_for_a_shaking_thumb(visits: Visits) -> None:
    page = visits.visit("learner", "/card", viewport=THUMB)
    sizes = page.evaluate(TARGETS)
    assert len(sizes) > 15
    assert min(sizes) >= 44


def test_without_scripts_it_is_a_plain_page(visits: Visits) -> None:
    page = visits.visit("learner", "/card", java_script_enabled=False)
    expect(page.locator("#threat a[href='tel:00000000']")).to_be_visible()
    expect(page.locator("#card-kept")).to_be_hidden()
    page.locator(".readiness-ways a[href='#home']").click()
    expect(page.locator("#home h2")).to_be_in_viewport()


def test_the_keyboard_comes_to_each_part_and_each_number(visits: Visits) -> None:
    page = visits.visit("learner", "/card")
    page.locator(".readiness-ways a").first.focus()
    for _part in range(7):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "tel:112"


# As long as the fields allow, in words as people write them.
LONG = (
    "Bagvagten i Kundecenter Nordsjælland, aftenholdet i Hillerød"[:LONGEST_NAME],
    "+45 12 34 56 78",
    "Alle dage 7-22, lørdag og søndag 9-18, også på helligdage nu"[:LONGEST_HOURS],
    (
        "Store Kongensgade 1234, baghuset, 2. sal til venstre, 3400 Hillerød, indgang gennem porten fra Lille Strandstræde 12"
        " B"
    )[:LONGEST_ADDRESS],
)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("filled", [None, ("", "", "", ""), LONG], ids=["as it is", "nothing given", "the longest"])
def test_it_prints_as_one_a4_page_and_the_small_card_as_a_card(
    own_visits: Visits, filled: tuple[str, str, str, str] | None, language: str, tmp_path: Path
) -> None:
    if filled is not None:
        write(own_visits.visit("admin"), *filled)
    page = own_visits.visit("learner", "/account")
    page.locator(f"[name=language][value={language}]").check()
    page.locator("form[action='/account'] button").click()
    page.set_viewport_size(THUMB)
    page.goto("/card")
    assert page.evaluate(WIDEST) == []
    assert sheets(page, tmp_path / "card.pdf") == [(210, 297)]
    page.goto("/card/wallet")
    assert sheets(page, tmp_path / "wallet.pdf") == [(85, 54)]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 321, "height": 204})
    assert page.locator(".wallet").evaluate(
        "one => one.scrollHeight <= one.clientHeight + 1 && one.scrollWidth <= one.clientWidth + 1"
    )


def test_our_line_is_signed_and_read_without_scripts(own_visits: Visits) -> None:
    learner = own_visits.visit("learner", "/our-line", java_script_enabled=False, viewport=THUMB)
    learner.locator("#read button").press("Enter")
    expect(learner.locator("#read .finished")).to_be_visible()
    manager = own_visits.visit("manager", "/our-line", java_script_enabled=False)
    expect(manager.locator("#standing")).to_contain_text("6 af 10")
