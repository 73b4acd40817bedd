"""How far a rewritten call goes beyond the one before, and what first attempts teach about it. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from api.library.graph import Scenario, scenario_outline
from api.scenarios.rules import Call

FEWEST = 5


class Change(StrEnum):
    """How far an edit goes. TYPO: words only. MATERIAL: what is taught or how choices work. STRUCTURAL: another graph."""

    TYPO = "typo"
    MATERIAL = "material"
    STRUCTURAL = "structural"


def least_change(before: Scenario | None, after: Scenario) -> Change:
    """The least that an edit can be called: a new graph is structural, new effects or conditions are material."""
    if before is None or not same_graph(before, after):
        return Change.STRUCTURAL
    one, other = ([line for _at, line in scenario_outline(call)] for call in (before, after))
    return Change.TYPO if one == other else Change.MATERIAL


def same_graph(one: Scenario, other: Scenario) -> bool:
    """Whether the same choices, by moment and number, lead to the same moments, so that counts can be added up."""
    return _graph(one) == _graph(other)


def _graph(scenario: Scenario) -> list[object]:
    return [
        (moment.id, moment.end, [(choice.number, choice.mark, choice.targets) for choice in moment.choices])
        for moment in scenario.moments
    ]


@dataclass(frozen=True)
class Path:
    """One person's first attempt, over and done, without the person. `minutes`: from first move to last."""

    call: Call
    minutes: float | None = None


@dataclass(frozen=True)
class Taught:
    """What some first attempts taught together. `people`: how many are counted, always a multiple of five.

    `took[moment, choice]`: people who took that choice; `went[moment, choice, to]`: of those, who came to that moment by it;
    `met[moment]`: people who came to that moment; `rose`: moments by how many steps the ladder rose there on average, the
    worst first; `ended`: people by end type.
    """

    people: int
    took: dict[tuple[str, int], int]
    went: dict[tuple[str, int, str], int]
    met: dict[str, int]
    rose: tuple[tuple[str, float], ...]
    ended: dict[str, int]
    median_moves: float | None
    median_minutes: float | None


def counted(paths: Sequence[Path]) -> Sequence[Path]:
    """The paths that may be shown: whole fives, in the order they were over. One more person never shows what that one did."""
    return paths[: len(paths) // FEWEST * FEWEST]


def taught(paths: Sequence[Path]) -> Taught | None:
    """What first attempts at one graph teach; None under five people."""
    shown = counted(paths)
    if not shown:
        return None
    took: Counter[tuple[str, int]] = Counter()
    went: Counter[tuple[str, int, str]] = Counter()
    met: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    rises: dict[str, list[int]] = {}
    whole = [path for path in shown if path.call.ended]
    for path in shown:
        call = path.call
        ways = set(_ways(call))
        went.update(ways)
        took.update({(moment, choice) for moment, choice, _to in ways})
        met.update({turn.moment.id for turn in call.turns} | {call.moment.id})
        if call.moment.end is not None:
            ended[call.moment.end.value] += 1
        for moment, rise in _rises(call):
            rises.setdefault(moment, []).append(rise)
    return Taught(
        people=len(shown),
        took=dict(took),
        went=dict(went),
        met=dict(met),
        rose=_worst(rises),
        ended=dict(ended),
        median_moves=_median(len(path.call.turns) for path in whole),
        median_minutes=_median(path.minutes for path in whole if path.minutes is not None),
    )


def _ways(call: Call) -> Iterator[tuple[str, int, str]]:
    """Each choice made, with where it was made and where it led."""
    arrived = [*(turn.moment.id for turn in call.turns[1:]), call.moment.id]
    for turn, to in zip(call.turns, arrived, strict=False):
        if turn.choice:
            yield turn.moment.id, turn.choice.number, to


def _rises(call: Call) -> Iterator[tuple[str, int]]:
    """By how many steps the ladder rose in each turn, conversation by conversation."""
    stood: dict[int | None, int] = {}
    for turn in call.turns:
        thread = turn.moment.thread
        before = stood.get(thread, dict(call.scenario.state)["ladder"])
        stood[thread] = turn.state["ladder"]
        if turn.choice:
            yield turn.moment.id, stood[thread] - before


def _worst(rises: dict[str, list[int]]) -> tuple[tuple[str, float], ...]:
    averages = ((moment, sum(steps) / len(steps)) for moment, steps in rises.items())
    return tuple(sorted((one for one in averages if one[1] > 0), key=lambda one: (-one[1], one[0])))


def _median(numbers: Iterable[float]) -> float | None:
    known = list(numbers)
    return median(known) if known else None
