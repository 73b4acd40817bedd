"""Ways through the course's own calls, found by playing them: tests that name no choice by its number outlive an edit."""

from collections import deque
from collections.abc import Callable
from functools import cache

from api.library.graph import EndType, Scenario
from api.library.lint import read_document
from api.library.values import Kind, Mark
from api.scenarios.rules import Call, open_call, step
from tests.conftest import CONTENT

ANY = (Mark.GOOD, Mark.TEMPTING, Mark.HARMFUL)
MOST = 50_000


@cache
def scenario(unit: str, language: str = "da") -> Scenario:
    """A call of the course as it stands in content/."""
    path = f"scenarios/{unit}.{language}.md"
    found, findings = read_document(Kind.SCENARIO, path, (CONTENT / path).read_text("utf-8"), {})
    assert not findings
    assert isinstance(found, Scenario)
    return found


def way(
    unit: str,
    wanted: Callable[[Call], bool],
    *,
    begun: tuple[int, ...] = (),
    view: str = "",
    marks: tuple[Mark, ...] = ANY,
) -> tuple[int, ...]:
    """The fewest moves that bring a call to where `wanted` holds, by choices of these marks; after those of `begun`."""
    first = open_call(scenario(unit), view)
    for move in begun:
        first = step(first, move)
    waiting, seen = deque([first]), {(first.moment.id, first.stood)}
    while waiting and len(seen) < MOST:
        call = waiting.popleft()
        if wanted(call):
            return call.moves
        for choice in call.choices:
            following = step(call, choice.number)
            at = (following.moment.id, following.stood)
            if choice.mark in marks and at not in seen:
                seen.add(at)
                waiting.append(following)
    raise AssertionError(f"{unit} does not come there")


def ending(end: EndType) -> Callable[[Call], bool]:
    return lambda call: call.moment.end is end


def good_way(unit: str, end: EndType, view: str = "") -> tuple[int, ...]:
    """By good choices alone to an end."""
    return way(unit, ending(end), view=view, marks=(Mark.GOOD,))
