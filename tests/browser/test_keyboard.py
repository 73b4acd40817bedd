"""Every page and the whole flow with the keyboard alone: one can come everywhere, see where one is, and go on from there."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from api.demo import PASSWORD
from tests.browser.coming import CALL, FIRST
from tests.browser.scenes import SCENES, Scene
from tests.browser.served import Visits, settle

# Where the keyboard is: a number for the element (given at the first meeting), and whether one sees that it is there.
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  window.met ??= new Map();
  if (!window.met.has(at)) window.met.set(at, window.met.size);
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    number: window.met.get(at),
    what: at.outerHTML.slice(0, 120),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}"""
# What can be reached on the page; of a group of radio buttons, one.
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility())
  .filter(one => one.type !== 'radio' || one.checked).length"""
TO_THE_TOP = """() => {
  delete window.met;
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
}"""
MOST = 400
INSIDE = 8  # a date has several stops of its own


def stops(page: Page) -> list[dict[str, Any]]:
    """Where Tab goes from the top of the page until it leaves it; each element once."""
    page.evaluate(TO_THE_TOP)
    found: list[dict[str, Any]] = []
    same = 0
    for _press in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (found and stop["number"] < found[-1]["number"]):
            return found
        same = same + 1 if found and stop["number"] == found[-1]["number"] else 0
        assert same < INSIDE, f"the keyboard is caught in {stop['what']}"
        if not same:
            found.append(stop)
    raise AssertionError(f"after {MOST} presses the keyboard is still on the page")


def wrong_stops(page: Page) -> list[str]:
    found = stops(page)
    wrongs = [f"no outline: {stop['what']}" for stop in found if not stop["outlined"]]
    wrongs += [f"not to be seen: {stop['what']}" for stop in found if not stop["inView"]]
    reachable = page.evaluate(REACHABLE)
    if len(found) != reachable:
        wrongs.append(f"{len(found)} stops, {reachable} things to reach")
    return wrongs


# Pages that differ from another one here only in their words: Tab walks through one of them.
SAME_STOPS = {
    *("section-who-to-call", "section-remember", "section-done", "sign-in-empty", "not-for-you", "not-yet"),
    *("plan-live", "plan-late", "answered-tempting", "call-angry", "call-hung-up", "call-mail", "call-clock"),
    *("assign-names", "assign-nothing", "board-swapped", "board-not_started", "board-on_track", "board-done"),
    *("author-choices-few", "author-try-wrong", "person-live", "overview-done"),
}
WALKED = [scene for scene in SCENES if scene.name not in SAME_STOPS]


@pytest.mark.parametrize("scene", WALKED, ids=[scene.name for scene in WALKED])
def test_tab_comes_to_everything_and_one_sees_where(seats: Visits, scene: Scene) -> None:
    page = scene.show(seats)
    assert wrong_stops(page) == []


def test_a_planted_breach_is_found(visits: Visits) -> None:
    for plant, said in (
        ("document.querySelector('main a').style.outline = 'none'", "no outline"),
        ("document.querySelector('main a').tabIndex = -1", "things to reach"),
        ("document.querySelector('main a').style.cssText = 'position: fixed; left: -1000px'", "not to be seen"),
    ):
        page = visits.visit(None, "/help")
        assert wrong_stops(page) == []
        page.goto("/help")
        page.evaluate(plant)
        assert [wrong for wrong in wrong_stops(page) if said in wrong]


def go_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Presses Tab until the wanted element has the keyboard."""
    expect(wanted).to_have_count(1)
    for _press in range(MOST):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab never comes to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    go_to(page, wanted)
    page.keyboard.press(key)


def leave(page: Page, wanted: Locator) -> None:
    """Presses what leads to another page, and waits until that one stands there whole."""
    go_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, field: Locator, value: str) -> None:
    """In a list, with the arrow keys."""
    go_to(page, field)
    for _press in range(MOST):
        if field.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not in the list")


def test_the_skip_link_leads_past_the_navigation(visits: Visits) -> None:
    page = visits.visit("trainer", "/enrolments")
    skip = page.locator(".skip")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main a[href='/assign']")).to_be_focused()


def test_the_story_with_the_keyboard_alone(own_visits: Visits) -> None:
    trainer = own_visits.visit(None, "/sign-in", reduced_motion="reduce")
    enter(trainer, "trainer")
    leave(trainer, trainer.locator("main a[href='/assign']"))
    choose(trainer, trainer.locator("#plan"), "plan:onboarding")
    noor = trainer.locator("#who option", has_text="Noor Haddad").get_attribute("value")
    assert noor
    choose(trainer, trainer.locator("#who"), noor)
    type_date(trainer, trainer.locator("#start_on"), "2026-11-04")
    type_date(trainer, trainer.locator("#go_live_on"), "2026-12-16")
    trainer.keyboard.press("Tab")
    expect(trainer.locator("#dates time[datetime='2026-11-25']")).to_have_count(7)
    settle(trainer)
    leave(trainer, trainer.locator("form.stack button:not([formmethod])"))
    expect(trainer.locator("h1")).to_have_text("Noor Haddad")

    learner = own_visits.visit(None, "/sign-in", reduced_motion="reduce")
    enter(learner, "new")
    leave(learner, learner.locator("section.next a.button"))
    leave(learner, learner.locator(f"form[action='/learn/{FIRST}'] button"))
    learner.wait_for_url("**/section/the-right")
    for option, key in ((1, "Enter"), (3, "Space")):
        press(learner, learner.locator(f"#option-warned-once-{option}"), key)
        expect(learner.locator("#check-warned-once .option.chosen button")).to_have_id(f"option-warned-once-{option}")
        expect(learner.locator(f"#option-warned-once-{option}")).to_be_focused()  # the swapped one
        settle(learner)
    leave(learner, learner.locator("#onward form button"))
    learner.wait_for_url("**/section/life-in-danger")
    play(learner)

    manager = own_visits.visit(None, "/sign-in", reduced_motion="reduce")
    enter(manager, "other-manager")
    press(manager, manager.locator("#show-on_track"))
    expect(manager.locator("#show-on_track")).to_have_attribute("aria-current", "true")
    expect(manager.locator("#show-on_track")).to_be_focused()  # the swapped one
    settle(manager)
    leave(manager, manager.get_by_role("link", name="Noor Haddad"))
    expect(manager.locator("h1")).to_have_text("Noor Haddad")


def enter(page: Page, name: str) -> None:
    go_to(page, page.locator("#email"))
    page.keyboard.type(f"{name}@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))


def type_date(page: Page, field: Locator, day: str) -> None:
    """Digits, in the order of the browser's own language, whichever that is."""
    go_to(page, field)
    year, month, of_month = day.split("-")
    for parts in ((of_month, month, year), (month, of_month, year), (year, month, of_month)):
        for part in parts:
            page.keyboard.type(part)
        if field.input_value() == day:
            return
        for _part in parts:
            page.keyboard.press("ArrowLeft")
    raise AssertionError(f"{day} cannot be typed")


def play(page: Page) -> None:
    """A call: after each move the keyboard is at the new moment, one Tab from the choices or, at the end, from the question."""
    page.goto(f"/learn/{CALL}")
    leave(page, page.locator(f"form[action='/learn/{CALL}/attempts'] button"))
    for place, choice in enumerate((2, 1, 3, 3, 1), 1):
        press(page, page.locator(f"button[name=choice][value='{choice}']"))
        expect(page.locator(f"input[name=place][value='{place + 1}'], .path").first).to_be_attached()
        expect(page.locator("#now h2")).to_be_focused()
        settle(page)
        page.keyboard.press("Tab")
        following = page.locator(".options button, #text").first
        expect(following).to_be_focused()
    expect(page.locator("#now .end-type.success")).to_be_visible()
