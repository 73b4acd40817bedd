"""Each kind of check in a browser: with the keyboard alone, with scripts off, on a phone, and under axe."""

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.coming import begin
from tests.browser.served import DESK, HEIGHT, PHONE, Visits, follow, settle
from tests.browser.test_axe import WIDEST, broken_rules
from tests.browser.test_keyboard import choose, go_to, press, wrong_stops
from tests.conftest import CONTENT

UNIT, RECALL = "2-1-first-30-seconds", "2-0-recall-day-1"
ACUTE = "Jeg har lyst til at tage mit eget liv."


class Standing(NamedTuple):
    """A check where it stands in the course."""

    unit: str
    section: str
    check: str

    @property
    def path(self) -> str:
        return f"/learn/{self.unit}/section/{self.section}"

    def of(self, page: Page) -> Locator:
        return page.locator(f"#check-{self.check}")

    def send(self, page: Page) -> Locator:
        return page.locator(f"#send-{self.check}")


def standing(unit: str, kind: str) -> Standing:
    """The unit's first check of a kind, found in its own text."""
    section = ""
    for line in (CONTENT / f"lessons/conflict-week/{unit}.da.md").read_text("utf-8").splitlines():
        if found := re.fullmatch(r"##(#?) .*\{#([\w-]+)(?: kind=(\w+))?\}", line):
            if not found[1]:
                section = found[2]
            elif (found[3] or "choice") == kind:
                return Standing(unit, section, found[2])
    raise AssertionError(f"{unit} has no check of the kind {kind}")


CHOICE, SEVERAL, ORDER, SPOT, REFLECT = (
    standing(UNIT, kind) for kind in ("choice", "several", "order", "spot", "reflect")
)
RECALLED, SORT = standing(RECALL, "recall"), standing(RECALL, "sort")
ALL = {
    "choice": CHOICE,
    "several": SEVERAL,
    "sort": SORT,
    "order": ORDER,
    "spot": SPOT,
    "recall": RECALLED,
    "reflect": REFLECT,
}


def open_check(page: Page, one: Standing) -> None:
    page.goto(one.path)
    expect(one.of(page)).to_be_visible()


def expect_looks_right(page: Page) -> None:
    """On a desk and a phone, in light and dark; the keyboard comes everywhere."""
    found = []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{width} {scheme} {wrong}" for wrong in broken_rules(page)]
    found += [f"too wide: {wrong}" for wrong in page.evaluate(WIDEST)]
    found += wrong_stops(page)
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    assert found == []


def tick_wrong(page: Page, one: Standing) -> None:
    go_to(page, one.of(page).locator("input[type=checkbox]").first)
    page.keyboard.press("Space")
    press(page, one.send(page))


def place_all(page: Page, one: Standing) -> None:
    lists = one.of(page).locator("select")
    for number in range(lists.count()):
        options = lists.nth(number).locator("option").count() - 1
        choose(page, lists.nth(number), str(number % options + 1))
    press(page, one.send(page))


def answered(page: Page, kind: str) -> None:
    """Answers with the keyboard alone, and waits for what comes of it."""
    one = ALL[kind]
    if kind in ("choice", "spot"):
        button = one.of(page).locator("button[name=option]").first
        press(page, button)
        expect(one.of(page).locator(".why")).to_be_visible()
        expect(button).to_be_focused()
    elif kind in ("recall", "reflect"):
        go_to(page, one.of(page).locator("textarea"))
        page.keyboard.type("Jeg puster ud.")
        press(page, one.send(page))
        settle(page)
        expect(one.of(page).locator("[role=status]")).to_be_visible()
        expect(one.of(page).locator("textarea")).to_have_value("Jeg puster ud.")
    else:
        (tick_wrong if kind == "several" else place_all)(page, one)
        expect(one.of(page).locator(".verdict")).to_be_visible()
    if kind not in ("choice", "spot"):
        expect(one.send(page)).to_be_focused()
    settle(page)


@pytest.mark.parametrize("kind", ALL)
def test_each_kind_with_the_keyboard_alone(visits: Visits, kind: str) -> None:
    page = visits.visit("trainer")
    open_check(page, ALL[kind])
    expect_looks_right(page)
    open_check(page, ALL[kind])
    answered(page, kind)
    expect_looks_right(page)


MENDED = {
    "several": "input[type=checkbox]",
    "sort": "select",
    "order": "select",
    "recall": "textarea",
    "reflect": "textarea",
}


@pytest.mark.parametrize("kind", MENDED)
def test_nothing_entered_is_told_at_the_check_and_the_keyboard_is_there(visits: Visits, kind: str) -> None:
    page = visits.visit("trainer")
    one = ALL[kind]
    open_check(page, one)
    press(page, one.send(page))
    expect(one.of(page).locator(".problem")).to_be_in_viewport()
    expect(one.of(page).locator(MENDED[kind]).first).to_be_focused()
    settle(page)
    expect_looks_right(page)


@pytest.mark.parametrize("kind", MENDED)
def test_the_same_with_scripts_off(visits: Visits, kind: str) -> None:
    page = visits.visit("trainer", java_script_enabled=False)
    one = ALL[kind]
    open_check(page, one)
    if kind in ("sort", "order"):
        one.of(page).locator("select").nth(1).select_option("2")
    follow(one.send(page))
    expect(one.of(page).locator(".problem")).to_be_in_viewport()
    if kind in ("sort", "order"):
        expect(one.of(page).locator("select").nth(1)).to_have_value("2")


def test_a_learner_answers_every_kind_with_scripts_off_and_finds_it_again(own_visits: Visits) -> None:
    page = own_visits.visit("learner", java_script_enabled=False)
    for kind, one in ALL.items():
        begin(page, one.unit)
        open_check(page, one)
        if kind in ("choice", "spot"):
            follow(one.of(page).locator("button[name=option]").first)
        elif kind == "several":
            one.of(page).locator("input[type=checkbox]").first.check()
        elif kind in ("sort", "order"):
            lists = one.of(page).locator("select")
            for number in range(lists.count()):
                lists.nth(number).select_option(str(number + 1 if kind == "order" else 1))
        else:
            one.of(page).locator("textarea").fill("Jeg puster ud.")
        if kind not in ("choice", "spot"):
            follow(one.send(page))
        expect(one.of(page).locator(".why, .verdict, .send + .hint").first).to_be_visible()
        expect(one.of(page)).to_be_in_viewport()
        assert page.url.endswith(f"{one.path}#check-{one.check}")


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_acute_words_show_help_where_one_looks(visits: Visits, scripts: bool) -> None:
    page = visits.visit("trainer", java_script_enabled=scripts, viewport={"width": PHONE, "height": 740})
    open_check(page, REFLECT)
    REFLECT.of(page).locator("textarea").fill(ACUTE)
    if scripts:
        REFLECT.send(page).click()
        settle(page)
    else:
        follow(REFLECT.send(page))
    expect(page.locator(".urgent h2")).to_be_focused()
    expect(page.locator(".urgent h2")).to_be_in_viewport()
    if scripts:
        expect_looks_right(page)
