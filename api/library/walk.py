"""A whole scenario proved: every state it can be in is walked, with a memory of states, before anybody plays it.

Only what can decide something is remembered of a state (`Memory`): a number that no condition reads, and that moves nothing which
one reads, cannot change where a call goes. The walk is exact; where it grows past `MOST_STEPS` it says so.
"""

from collections import deque
from dataclasses import dataclass, field
from functools import cached_property

from api.library.graph import OF_A_TALK, Boundary, Deed, Flag, Moment, Scenario
from api.library.rules import (
    BREATH,
    NOT_WAITING,
    SHAKEN,
    State,
    Talk,
    beginning,
    breathed,
    chosen,
    keeps_the_right,
    may_breathe,
    offered,
    right_to_hang_up,
)

MOST_STEPS = 250_000
# Flags that mean something by themselves; the others are worth raising only when a condition reads them.
KNOWN_FLAGS = frozenset({Flag.THREAT, Flag.HARASSMENT, Flag.HATEFUL, Flag.LIFE_DANGER})


@dataclass(frozen=True)
class Reads:
    """What can still be read from a moment on: numbers by name, and flags, facts, views and phrases."""

    numbers: frozenset[str]
    names: frozenset[str]


class Memory:
    """What of a state can decide where a call goes, moment by moment: what no moment ahead reads is forgotten."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        forward = {moment.id: {to for choice in moment.choices for to in choice.targets} for moment in scenario.moments}
        by_id = {moment.id: moment for moment in scenario.moments}
        self.reads = {
            name: _reads([by_id[ahead] for ahead in closure({name}, forward) if ahead in by_id]) for name in by_id
        }

    @cached_property
    def names(self) -> frozenset[str]:
        """Every flag, fact and view that some condition reads."""
        return frozenset().union(*(reads.names for reads in self.reads.values()))

    def of(self, moment: str, state: State) -> State:
        """The state on coming to a moment, with everything forgotten that decides nothing from there on."""
        reads = self.reads[moment]
        numbers = reads.numbers
        return State(
            talks=tuple([_remembered(talk, numbers, alone=len(state.talks) == 1) for talk in state.talks]),
            calm=state.calm if "calm" in numbers else SHAKEN,
            names=state.names & reads.names,
            minutes=state.minutes if "minutes" in numbers or state.minutes is None else 0,
            queue=state.queue if "queue" in numbers or state.queue is None else 0,
            rested=state.rested and "calm" in numbers,
        )

    def told(self, moment: Moment, state: State) -> str:
        """What is remembered of a state, for a sentence."""
        numbers = self.reads[moment.id].numbers
        talk = state.talks[moment.thread or 0]
        parts = [f"{name} {getattr(talk, name)}" for name in sorted(numbers & OF_A_TALK - {"boundary"})]
        parts += [f"boundary {Boundary(talk.boundary).name.lower()}"] if "boundary" in numbers else []
        parts += [f"{name} {getattr(state, name)}" for name in ("calm", "minutes", "queue") if name in numbers]
        parts += sorted(name for name in state.names if not name.startswith("said:"))
        return ", ".join(parts) or "any state"


@dataclass
class Walk:
    """What was met on the way through every state. A node is a moment with what is remembered of a state, by number.

    `memory` is what was remembered by; `came` is how a node was first reached (from which, by which choice; 0 is a breath): the way to show an author.
    """

    memory: Memory
    nodes: list[tuple[str, State]] = field(default_factory=list)
    came: list[tuple[int, int]] = field(default_factory=list)
    before: list[list[int]] = field(default_factory=list)
    stuck: list[int] = field(default_factory=list)
    taken: set[tuple[str, int]] = field(default_factory=set)
    ways: set[tuple[str, int, int]] = field(default_factory=set)
    wronged: dict[tuple[str, int], int] = field(default_factory=dict)
    whole: bool = True

    @property
    def reached(self) -> frozenset[str]:
        return frozenset(moment for moment, _state in self.nodes)

    def at(self, moments: set[str]) -> list[int]:
        """The nodes at these moments."""
        return [node for node, (moment, _state) in enumerate(self.nodes) if moment in moments]

    def leading_to(self, goals: list[int]) -> set[int]:
        """The nodes from which one of these can still be reached."""
        waiting = list(goals)
        seen = set(waiting)
        while waiting:
            for origin in self.before[waiting.pop()]:
                if origin not in seen:
                    seen.add(origin)
                    waiting.append(origin)
        return seen

    def path(self, node: int) -> tuple[str, tuple[int, ...]]:
        """A shortest way to a node: the moment it opens with, and the numbers of the choices (0 is a breath)."""
        numbers = []
        while self.came[node][0] >= 0:
            node, number = self.came[node]
            numbers.append(number)
        return self.nodes[node][0], tuple(reversed(numbers))


def _reads(ahead: list[Moment]) -> Reads:
    choices = [choice for moment in ahead for choice in moment.choices]
    asked = [condition for choice in choices for condition in choice.conditions]
    asked += [condition for choice in choices for way in choice.ways for condition in way.conditions]
    numbers = {condition.name for condition in asked if condition.sign not in ("has", "lacks")}
    names = {condition.name for condition in asked if condition.sign in ("has", "lacks")}
    deeds = {choice.deed for choice in choices}
    if Deed.HANG_UP in deeds:
        numbers.add("boundary")
        names |= KNOWN_FLAGS
    if any(choice.subtle for choice in choices):
        numbers.add("calm")
    if "trust" in numbers and deeds & {Deed.EXPLAIN, Deed.OFFER}:
        numbers.add("ladder")  # what is said too early costs trust
    if numbers & {"trust", "ladder", "calm", "solved"}:
        names |= {f"said:{choice.phrase}" for choice in choices if choice.phrase}
    return Reads(frozenset(numbers), frozenset(names))


def _remembered(talk: Talk, numbers: frozenset[str], *, alone: bool) -> Talk:
    hot = "ladder" in numbers
    above = hot and talk.ladder > 1  # on the lowest step no step down is to come, and one up undoes what was earned
    return Talk(
        ladder=talk.ladder if hot else 1,
        trust=talk.trust if "trust" in numbers else 0,
        solved=talk.solved if "solved" in numbers else 0,
        boundary=talk.boundary if "boundary" in numbers else Boundary.NONE,
        owed=talk.owed and above,
        good_before=talk.good_before and (above or (hot and not alone)),
        waiting=talk.waiting if hot else NOT_WAITING,
    )


class _Walker:
    """A walk under way."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.memory = scenario, Memory(scenario)
        self.found = Walk(self.memory)
        self.numbers: dict[tuple[str, State], int] = {}
        self.waiting: deque[int] = deque()

    def walk(self, most_steps: int) -> Walk:
        for view in self.scenario.views or (None,):
            self.come(*beginning(self.scenario, view.key if view else ""), -1, 0)
        steps = 0
        while self.waiting:
            steps += self.go_on(self.waiting.popleft())
            if steps > most_steps:
                self.found.whole = False
                break
        return self.found

    def come(self, moment: Moment, state: State, origin: int, choice: int) -> None:
        """Comes to a moment in a state, from a node by a choice; -1 is from outside."""
        node = (moment.id, self.memory.of(moment.id, state))
        number = self.numbers.setdefault(node, len(self.found.nodes))
        if number == len(self.found.nodes):
            self.found.nodes.append(node)
            self.found.came.append((origin, choice))
            self.found.before.append([])
            if moment.end is None:
                self.waiting.append(number)
        if origin >= 0:
            self.found.before[number].append(origin)

    def go_on(self, node: int) -> int:
        """Makes every move that can be made at a node; how many."""
        name, state = self.found.nodes[node]
        moment = self.scenario.moment(name)
        choices = offered(moment, state)
        if "calm" in self.memory.reads[name].numbers and may_breathe(moment, state):
            self.come(moment, breathed(state), node, BREATH)
        elif not choices:
            self.found.stuck.append(node)
        for choice in choices:
            following, after, way = chosen(self.scenario, moment, choice, state)
            self.found.taken.add((name, choice.number))
            if way is not None:
                self.found.ways.add((name, choice.number, way.line))
            if choice.deed is Deed.HANG_UP and not keeps_the_right(
                choice, following.end, right_to_hang_up(state, moment.thread)
            ):
                self.found.wronged.setdefault((name, choice.number), node)
            self.come(following, after, node, choice.number)
        return len(choices)


def walk(scenario: Scenario, most_steps: int = MOST_STEPS) -> Walk:
    """Every moment in every state that the call can be in, unless that takes more steps than allowed."""
    return _Walker(scenario).walk(most_steps)


def closure(start: set[str], edges: dict[str, set[str]]) -> set[str]:
    """Everything that can be reached."""
    seen, waiting = set(start), list(start)
    while waiting:
        for target in edges.get(waiting.pop(), set()) - seen:
            seen.add(target)
            waiting.append(target)
    return seen
