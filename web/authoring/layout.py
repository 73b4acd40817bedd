"""A drawing of any graph in layers: few crossings, and no line behind a box. Knows nothing of calls.

Sugiyama's way: lines back are turned round, a long line gets a place of its own in every layer it passes, the layers are
ordered by their neighbours' means, and then moved apart as little as possible. Ours, because no library fits: fast-sugiyama
aborts the whole process on a graph with a circle (calls are full of them), grandalf has been left, graphviz is a program
beside Python, and a GPL library would bind the house.
"""

import itertools
from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

BOX_WIDTH, BOX_HEIGHT = 188, 60
GAP_X, GAP_Y = 28, 84
MARGIN = 28
# How far apart lines run side by side.
LANE = 12
SWEEPS, PULLS = 16, 80
MOST_PLACES = 5_000

Pair = tuple[str, str]
Node = str | tuple[str, str, int]


@dataclass
class Layout:
    """Where things stand. `x`: the middle of a box, `row` its layer.

    `lanes`: the layers a pair's lines pass, from the top, with the middle of their place there. `back`: pairs that lead up.
    """

    x: dict[str, float]
    row: dict[str, int]
    lanes: dict[Pair, list[tuple[int, float]]]
    back: set[Pair]
    width: int
    height: int


@dataclass
class _Rows:
    """The layers being ordered. `above` and `below`: neighbours in the next layer, with how much they should stand in line."""

    rows: list[list[Node]]
    above: dict[Node, list[tuple[Node, int]]] = field(default_factory=dict)
    below: dict[Node, list[tuple[Node, int]]] = field(default_factory=dict)
    half: dict[Node, float] = field(default_factory=dict)


def top(row: int) -> int:
    """The upper edge of a layer."""
    return MARGIN + row * (BOX_HEIGHT + GAP_Y)


def lay_out(order: Sequence[str], lines: Mapping[Pair, int]) -> Layout | None:
    """Places for all of `order`, with so many lines for each pair of two different ones. None when it is too much to draw."""
    pairs = [pair for pair in lines if pair[0] != pair[1]]
    depth, back = _layers(order, pairs)
    down = {pair: ((pair[1], pair[0]) if pair in back else pair) for pair in pairs}
    if sum(depth[low] - depth[high] for high, low in down.values()) > MOST_PLACES:
        return None
    rows = _Rows([[] for _ in range(max(depth.values(), default=-1) + 1)])
    for name in order:
        rows.rows[depth[name]].append(name)
        rows.half[name] = BOX_WIDTH / 2
    lanes: dict[Pair, list[Node]] = {}
    for (one, other), (high, low) in down.items():
        lanes[one, other] = [(one, other, row) for row in range(depth[high] + 1, depth[low])]
        _join(rows, [high, *lanes[one, other], low], lines[one, other])
        for lane in lanes[one, other]:
            assert isinstance(lane, tuple)
            rows.rows[lane[2]].append(lane)
    _order(rows)
    x = _apart(rows)
    left = min((x[node] - rows.half[node] for node in x), default=0) - MARGIN
    right = max((x[node] + rows.half[node] for node in x), default=BOX_WIDTH) + MARGIN
    return Layout(
        x={name: x[name] - left for name in order},
        row=depth,
        lanes={
            pair: [(lane[2], x[lane] - left) for lane in lane_of if isinstance(lane, tuple)]
            for pair, lane_of in lanes.items()
        },
        back=back,
        width=round(right - left),
        height=top(max(1, len(rows.rows))) - GAP_Y + MARGIN,
    )


def _layers(order: Sequence[str], pairs: Sequence[Pair]) -> tuple[dict[str, int], set[Pair]]:
    """Each name as deep as its longest way from an opening, with the pairs that lead back taken out."""
    targets: dict[str, list[str]] = {name: [] for name in order}
    for origin, target in pairs:
        targets[origin].append(target)
    forward: dict[str, list[str]] = {name: [] for name in order}
    back: set[Pair] = set()
    left: list[str] = []
    state: dict[str, int] = {}
    for root in order:
        if root in state:
            continue
        walk = [(root, iter(targets[root]))]
        state[root] = 1
        while walk:
            name, ahead = walk[-1]
            to = next(ahead, None)
            if to is None:
                state[name] = 2
                left.append(name)
                walk.pop()
            elif state.get(to) == 1:  # one that is under way: the line leads back
                back.add((name, to))
            else:
                forward[name].append(to)
                if to not in state:
                    state[to] = 1
                    walk.append((to, iter(targets[to])))
    depth = dict.fromkeys(order, 0)
    for name in reversed(left):
        for to in forward[name]:
            depth[to] = max(depth[to], depth[name] + 1)
    return depth, back


def _join(rows: _Rows, chain: list[Node], lines: int) -> None:
    """Ties a chain of places together, the tighter the more lines run there, and tightest where lines only pass."""
    for high, low in itertools.pairwise(chain):
        straight = lines * (1, 2, 8)[isinstance(high, tuple) + isinstance(low, tuple)]
        rows.below.setdefault(high, []).append((low, straight))
        rows.above.setdefault(low, []).append((high, straight))
    rows.half |= dict.fromkeys(chain[1:-1], LANE * lines / 2)


def _order(rows: _Rows) -> None:
    """The order within each layer with the fewest crossings that the sweeps come by."""
    best, fewest = [row[:] for row in rows.rows], _crossings(rows)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        downwards = sweep % 2 == 0
        beside = rows.above if downwards else rows.below
        place: dict[Node, int] = {}  # in the layer before, which alone holds the neighbours
        for row in rows.rows if downwards else reversed(rows.rows):
            means = {
                node: _mean([place[one] for one, _weight in beside.get(node, ())], at) for at, node in enumerate(row)
            }
            row.sort(key=means.__getitem__)
            place = {node: at for at, node in enumerate(row)}
        crossings = _crossings(rows)
        if crossings < fewest:
            best, fewest = [row[:] for row in rows.rows], crossings
    rows.rows = best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(rows: _Rows) -> int:
    found = 0
    for high, low in zip(rows.rows, rows.rows[1:], strict=False):
        place = {name: at for at, name in enumerate(low)}
        passed: list[int] = []
        for node in high:
            ends = sorted(place[one] for one, _weight in rows.below.get(node, ()))
            found += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return found


def _apart(rows: _Rows) -> dict[Node, float]:
    """Where each stands: as near as can be to what it is joined to, without touching its neighbours."""
    x: dict[Node, float] = {}
    for row in rows.rows:
        x |= _spread(rows, row, dict.fromkeys(row, 0.0))
    for pull in range(PULLS):
        if pull % 8 == 0:
            _straighten(rows, x)
        for row in rows.rows if pull % 2 == 0 else reversed(rows.rows):
            wished = {}
            for node in row:
                beside = [*rows.above.get(node, ()), *rows.below.get(node, ())]
                weight = sum(one for _node, one in beside)
                wished[node] = sum(x[one] * by for one, by in beside) / weight if weight else x[node]
            x |= _spread(rows, row, wished)
    return x


def _straighten(rows: _Rows, x: dict[Node, float]) -> None:
    """Moves whole layers under what they hang from: pulled one by one, a group of them would take for ever."""
    by = 0.0
    for row in rows.rows:
        for node in row:
            x[node] += by
        hanging = [(x[one] - x[node], weight) for node in row for one, weight in rows.above.get(node, ())]
        weight = sum(one for _difference, one in hanging)
        more = sum(difference * one for difference, one in hanging) / weight if weight else 0.0
        for node in row:
            x[node] += more
        by += more


def _spread(rows: _Rows, row: Sequence[Node], wished: Mapping[Node, float]) -> dict[Node, float]:
    """The nearest places to the wished ones (least squares) that keep the order and the distance: pools of adjacent ones."""
    offset, at = {}, 0.0
    pools: list[tuple[float, float, list[Node]]] = []  # mean, weight, nodes
    for before, node in zip((None, *row), row, strict=False):
        if before is not None:
            at += (
                rows.half[before]
                + rows.half[node]
                + (GAP_X if isinstance(node, str) or isinstance(before, str) else LANE)
            )
        offset[node] = at
        pool: tuple[float, float, list[Node]] = (wished[node] - at, 4.0 if isinstance(node, tuple) else 1.0, [node])
        while pools and pools[-1][0] >= pool[0]:
            mean, weight, nodes = pools.pop()
            together = weight + pool[1]
            pool = ((mean * weight + pool[0] * pool[1]) / together, together, nodes + pool[2])
        pools.append(pool)
    return {node: mean + offset[node] for mean, _weight, nodes in pools for node in nodes}
