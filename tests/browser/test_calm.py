"""Nothing moves for people who asked for that, and the watch over the browser's console sees what it should."""

import time
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState

from tests.browser.scenes import SCENES, Scene
from tests.browser.served import PATIENCE, Visits

MOVING = """() => [document.documentElement, ...document.querySelectorAll('*')]
  .filter(one => ['', '::before', '::after'].some(part => {
    const style = getComputedStyle(one, part);
    return [...style.transitionDuration.split(','), ...style.animationDuration.split(',')].some(time => parseFloat(time) > 0)
      || style.scrollBehavior === 'smooth';
  }))
  .map(one => one.outerHTML.slice(0, 120))"""
LIVELY = ("plan", "answered-right", "call-middle", "board-swapped", "help", "assign-dates")


@pytest.mark.parametrize("scene", [one for one in SCENES if one.name in LIVELY], ids=lambda one: one.name)
def test_nothing_moves_when_less_motion_is_wished(visits: Visits, scene: Scene) -> None:
    still = scene.open(visits, reduced_motion="reduce")
    assert still.evaluate(MOVING) == []
    still.emulate_media(reduced_motion="no-preference")
    assert still.evaluate(MOVING) != []


@pytest.mark.parametrize(
    ("breach", "said"),
    [
        ("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))", "script"),
        ("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>')", "style"),
        ("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.2:9/x.png'}))", "img-src"),
        ("console.error('planted')", "planted"),
        ("void setTimeout(() => { throw new Error('thrown') })", "thrown"),
        ("void fetch('/healthz', {method: 'POST'})", None),  # an answer of 405 alone is not a fault of the page
    ],
)
def test_what_goes_wrong_in_the_browser_is_kept(
    browser: Browser, address: str, states: dict[str, StorageState], breach: str, said: str | None
) -> None:
    visits = Visits(browser, address, states)
    page = visits.visit(None, "/help")
    page.evaluate(breach)
    patience = time.monotonic() + PATIENCE / 1000
    while said and not visits.wrongs and time.monotonic() < patience:
        page.wait_for_timeout(20)
    page.wait_for_timeout(300)  # for what should not be there
    visits.close()
    found: list[Any] = [wrong for wrong in visits.wrongs if said and said in wrong]
    assert len(found) == (1 if said else 0), visits.wrongs
    assert len(visits.wrongs) == len(found)
