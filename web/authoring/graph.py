"""A call as a picture: a box for each moment, a line for each way from one to another."""

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from api.library.graph import SUCCESSES, Choice, Moment, Scenario
from api.library.values import Mark
from web.authoring.layout import BOX_HEIGHT, BOX_WIDTH, LANE, Layout, Pair, lay_out, top

LINE_LENGTH, MOST_LINES = 24, 2
LINE_HEIGHT, BASELINE = 17, 5
# More lines than a page can show; the list beside the picture says the same.
MOST_WAYS = 1500
Point = tuple[float, int]


@dataclass(frozen=True)
class Box:
    """A moment's place: its upper left corner, in SVG units. `words`: its title in as many lines as there is room for."""

    moment: Moment
    x: int
    y: int
    words: tuple[str, ...]
    width = BOX_WIDTH
    height = BOX_HEIGHT

    @property
    def middle(self) -> int:
        """Where its text stands in the middle of."""
        return self.x + self.width // 2

    @property
    def lines(self) -> tuple[int, ...]:
        """How low each line of its text stands: its words, and below them how it ends."""
        many = len(self.words) + (self.moment.end is not None)
        first = self.y + (self.height - (many - 1) * LINE_HEIGHT) // 2 + BASELINE
        return tuple(first + place * LINE_HEIGHT for place in range(many))

    @property
    def kind(self) -> str:
        """`talk`, or how it ends: `good` or `bad`."""
        if self.moment.end is None:
            return "talk"
        return "good" if self.moment.end in SUCCESSES else "bad"


@dataclass(frozen=True)
class Line:
    """A way from one moment to another by a choice. `asked`: only under a condition; `path`: an SVG path; `back`: it leads up.

    `mark_x`, `mark_y`: where it begins, for the choice's mark.
    """

    origin: str
    target: str
    choice: Choice
    asked: bool
    path: str
    back: bool
    mark_x: int
    mark_y: int

    @property
    def mark(self) -> Mark:
        return self.choice.mark

    @property
    def number(self) -> int:
        return self.choice.number


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class WayOn:
    """One way on from a moment, whether or not it can be drawn: the picture in words. `to` None: it leads nowhere."""

    choice: Choice
    to: Moment | None
    target: str
    asked: bool


Ways = list[tuple[Moment, list[WayOn]]]
Drawn = list[tuple[str, WayOn]]  # by the moment each leads on from


def ways(scenario: Scenario) -> Ways:
    """Every moment with every way on from it, one for each choice and where it leads."""
    there = _first(scenario.moments)
    return [(moment, _ways_on(moment, there)) for moment in scenario.moments]


def _first(moments: Sequence[Moment]) -> dict[str, Moment]:
    """By id; of two with the same, which the linter speaks of, the first."""
    return {moment.id: moment for moment in reversed(moments)}


def _ways_on(moment: Moment, there: dict[str, Moment]) -> list[WayOn]:
    found: dict[tuple[int, str], WayOn] = {}
    for choice in moment.choices:
        for asked, to in [*((True, way.to) for way in choice.ways), (bool(choice.conditions), choice.to)]:
            known = found.get((choice.number, to))
            conditional = bool(choice.conditions) or (asked and (known is None or known.asked))
            found[choice.number, to] = WayOn(choice, there.get(to), to, conditional)
    return list(found.values())


def draw(call: Ways) -> Drawing | None:
    """The whole call; None when it is too large. Links to moments that are not there are left out: the linter speaks of them."""
    moments = _first([moment for moment, _on in call])
    order = list(dict.fromkeys(moment.id for moment, _on in call))
    drawn = [
        (moment.id, way) for moment, on in call if moments[moment.id] is moment for way in on if way.to is not None
    ]
    if len(drawn) > MOST_WAYS:
        return None
    layout = lay_out(order, Counter((name, way.target) for name, way in drawn))
    if layout is None:
        return None
    boxes = {
        name: Box(moments[name], round(layout.x[name] - BOX_WIDTH / 2), top(layout.row[name]), _words(moments[name]))
        for name in order
    }
    return Drawing(layout.width, layout.height, tuple(boxes.values()), tuple(_lines(drawn, layout, boxes)))


def _words(moment: Moment) -> tuple[str, ...]:
    return tuple(textwrap.wrap(moment.title, LINE_LENGTH, max_lines=MOST_LINES, placeholder=" …"))


def _lines(drawn: Drawn, layout: Layout, boxes: dict[str, Box]) -> list[Line]:
    """The lines with a place of their own at every box, in the order that crosses least."""
    courses = _courses(drawn, layout)
    ports = _ports(drawn, courses, layout, boxes)
    lines = []
    for place, (name, way) in enumerate(drawn):
        start, end = ports[place]
        box = boxes[name]
        back = (name, way.target) in layout.back
        path = _loop(box, start[0]) if name == way.target else _path(start, [*courses[place]], end, up=back)
        mark_y = box.y - 16 if back else box.y + BOX_HEIGHT + 16
        lines.append(Line(name, way.target, way.choice, way.asked, path, back, round(start[0]), mark_y))
    return lines


def _courses(drawn: Drawn, layout: Layout) -> list[list[tuple[int, float]]]:
    """The layers each line passes on its way, in its own direction, with its place beside the others of its pair."""
    together = Counter((name, way.target) for name, way in drawn)
    met: Counter[Pair] = Counter()
    found = []
    for name, way in drawn:
        pair = (name, way.target)
        beside = LANE * (met[pair] - (together[pair] - 1) / 2)
        met[pair] += 1
        lanes = [(row, x + beside) for row, x in layout.lanes.get(pair, ())]
        found.append(lanes[::-1] if pair in layout.back else lanes)
    return found


def _ports(
    drawn: Drawn, courses: list[list[tuple[int, float]]], layout: Layout, boxes: dict[str, Box]
) -> list[tuple[Point, Point]]:
    """Where each line leaves and arrives: side by side along an edge of the box, sorted by where they come from or go to."""
    edges: dict[tuple[str, bool], list[tuple[float, int, bool]]] = {}
    for place, (name, way) in enumerate(drawn):
        pair, course = (name, way.target), courses[place]
        up = pair in layout.back
        beside = way.choice.number / 1000
        if name == way.target:
            edges.setdefault((name, False), []).append((float("inf"), place, True))
            continue
        after = course[0][1] if course else layout.x[way.target]
        before = course[-1][1] if course else layout.x[name]
        edges.setdefault((name, up), []).append((after + beside, place, True))
        edges.setdefault((way.target, not up), []).append((before + beside, place, False))
    starts: dict[int, Point] = {}
    ends: dict[int, Point] = {}
    for (name, upper), those in edges.items():
        box = boxes[name]
        for position, (_x, place, leaves) in enumerate(sorted(those), 1):
            point = (box.x + BOX_WIDTH * position / (len(those) + 1), box.y if upper else box.y + BOX_HEIGHT)
            (starts if leaves else ends)[place] = point
    return [(starts[place], ends.get(place, starts[place])) for place in range(len(drawn))]


def _path(start: Point, course: list[tuple[int, float]], end: Point, *, up: bool) -> str:
    """Curves between the layers, straight beside the boxes of each."""
    x, y = start
    path = f"M{x:.0f},{y}"
    for row, to_x in course:
        enter, leave = (top(row) + BOX_HEIGHT, top(row)) if up else (top(row), top(row) + BOX_HEIGHT)
        path += f"{_curve(x, y, to_x, enter)}V{leave}"
        x, y = to_x, leave
    return path + _curve(x, y, end[0], end[1])


def _curve(x: float, y: int, to_x: float, to_y: int) -> str:
    half = (y + to_y) // 2
    return f"C{x:.0f},{half} {to_x:.0f},{half} {to_x:.0f},{to_y}"


def _loop(box: Box, x: float) -> str:
    """Out below and in again at the side."""
    right, low, middle = box.x + BOX_WIDTH, box.y + BOX_HEIGHT, box.y + BOX_HEIGHT // 2
    return f"M{x:.0f},{low}C{x:.0f},{low + 36} {right + 24},{low + 30} {right + 20},{middle + 10}S{right + 14},{middle} {right},{middle}"
