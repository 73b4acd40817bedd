"""How far a rewritten call goes beyond the one before, where it can be tried from, and what first attempts teach. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from api.errors import Conflict, Invalid, NotFound
from api.library.graph import Scenario, scenario_outline
from api.scenarios.rules import Call, ImpossibleMove, go_on, open_call, stand
from api.words import _

FEWEST = 5
MOST_WORST = 3
MOST_MOVES = 500  # of a call that is tried


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
class Attempt:
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

    @property
    def left(self) -> int:
        """People who left it in the middle and began again."""
        return self.people - sum(self.ended.values())

    @property
    def worst(self) -> tuple[tuple[str, float], ...]:
        """The moments where the ladder rose most."""
        return self.rose[:MOST_WORST]


def counted(attempts: Sequence[Attempt]) -> Sequence[Attempt]:
    """The attempts that may be shown: whole fives, in the order they were over. One more person never shows what that one did."""
    return attempts[: len(attempts) // FEWEST * FEWEST]


def taught(attempts: Sequence[Attempt]) -> Taught | None:
    """What first attempts at one graph teach; None under five people."""
    shown = counted(attempts)
    if not shown:
        return None
    took: Counter[tuple[str, int]] = Counter()
    went: Counter[tuple[str, int, str]] = Counter()
    met: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    rises: dict[str, list[int]] = {}
    whole = [one for one in shown if one.call.ended]
    for attempt in shown:
        call = attempt.call
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
        median_moves=_median(len(one.call.turns) for one in whole),
        median_minutes=_median(one.minutes for one in whole if one.minutes is not None),
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


class Stand(NamedTuple):
    """Where to put a call down, and the moves from there. `at` empty: at the beginning, in the state given or its own."""

    at: str = ""
    view: str = ""
    numbers: Mapping[str, int] = {}
    names: tuple[str, ...] = ()
    moves: tuple[int, ...] = ()


def put_down(scenario: Scenario, where: Stand) -> Call:
    """A call that has been read, tried from any moment in any state."""
    moments = {moment.id for moment in scenario.moments}
    if not moments or any(to not in moments for one in scenario.moments for way in one.choices for to in way.targets):
        raise Conflict(_("Mend the choices that lead nowhere first. Then the call can be tried."))
    if where.view not in ("", *(view.key for view in scenario.views)):
        raise NotFound(_("There is no such moment in the call now. Choose one from the list."))
    if len(where.moves) > MOST_MOVES:
        raise Invalid(
            _("A call is tried for at most %(most)d moves. Begin nearer to where you want to go."),
            "moves",
            most=MOST_MOVES,
        )
    try:
        call = open_call(scenario, where.view)
        if where.at or where.numbers or where.names:
            call = stand(scenario, where.at or call.moment.id, where.numbers, where.names, where.view)
        return go_on(call, where.moves)
    except ImpossibleMove:
        raise NotFound(_("There is no such moment in the call now. Choose one from the list.")) from None
