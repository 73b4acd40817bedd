"""No page breaks a rule that axe knows, in light and dark, on a phone and on a desk; and none is wider than a phone."""

from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.scenes import SCENES, Scene
from tests.browser.served import DESK, HEIGHT, PHONE, Visits

WIDEST = """() => {
  const wide = document.scrollingElement.scrollWidth > innerWidth;
  if (!wide) return [];
  return [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5)
    .map(one => `${one.tagName.toLowerCase()}.${one.className} to ${one.getBoundingClientRect().right}`);
}"""
Scheme = Literal["light", "dark"]
RUN = "axe.run({resultTypes: ['violations']})"


def broken_rules(page: Page) -> list[str]:
    """What axe finds, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    results: dict[str, Any] = page.evaluate(RUN)
    return [
        f"{one['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for one in results["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_axe_finds_nothing_and_nothing_is_too_wide(seats: Visits, scene: Scene) -> None:
    page = scene.show(seats)
    found = []
    # Each scene in both widths and both schemes; over the scenes, each width in each scheme.
    schemes: tuple[Scheme, Scheme] = ("light", "dark") if SCENES.index(scene) % 2 else ("dark", "light")
    for width, scheme in zip((DESK, PHONE), schemes, strict=True):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme} {wrong}" for wrong in broken_rules(page)]
    found += [f"too wide: {wrong}" for wrong in page.evaluate(WIDEST)]
    assert found == []


def test_a_planted_breach_is_found(visits: Visits) -> None:
    page = visits.visit(None, "/help", viewport={"width": PHONE, "height": HEIGHT})
    assert broken_rules(page) == []
    assert page.evaluate(WIDEST) == []
    page.evaluate(
        """() => {
          document.querySelector('.lead').style.color = '#ddd';
          const wide = document.createElement('p');
          wide.style.width = '400px';
          wide.textContent = 'wide';
          document.querySelector('main').append(wide);
        }"""
    )
    assert [line.partition(":")[0] for line in broken_rules(page)] == ["color-contrast"]
    assert [line.partition(" to ")[0] for line in page.evaluate(WIDEST)] == ["p."]
