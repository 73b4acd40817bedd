"""Playing a call: (scenario, choices so far) -> where it stands. Pure, so any stored path can be walked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from api.library.graph import BOUNDS, OF_A_TALK, Choice, Flag, Moment, Scenario
from api.library.rules import (
    BREATH,
    Right,
    State,
    beginning,
    breathed,
    chosen,
    entered,
    may_breathe,
    number,
    offered,
    right_to_hang_up,
    succeeded,
)
from api.library.values import Mark

# What a call shows in numbers; `boundary` as 0-3.
SHOWN = ("ladder", "trust", "solved", "calm", "boundary", "minutes", "queue")


@dataclass(frozen=True)
class Turn:
    """One move made: where, what was chosen, what came back, and the state it left. `choice` None: a breath."""

    moment: Moment
    choice: Choice | None
    reply: str
    after: State

    @property
    def state(self) -> dict[str, int]:
        return shown(self.after, self.moment.thread)


@dataclass(frozen=True)
class Call:
    """A call as it stands after some moves. `stood`: the state now."""

    scenario: Scenario
    turns: tuple[Turn, ...]
    moment: Moment
    stood: State
    view: str = ""

    @property
    def ended(self) -> bool:
        return self.moment.end is not None

    @property
    def succeeded(self) -> bool:
        """Ended well; hanging up rightly is ending well."""
        return succeeded(self.moment.end)

    @property
    def state(self) -> dict[str, int]:
        """The numbers now, by name; of the conversation one is in."""
        return shown(self.stood, self.moment.thread)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be said here and now."""
        return offered(self.moment, self.stood)

    @property
    def may_breathe(self) -> bool:
        return may_breathe(self.moment, self.stood)

    @property
    def right(self) -> Right:
        return right_to_hang_up(self.stood, self.moment.thread)

    @property
    def noted(self) -> tuple[str, ...]:
        """What has been written down, in words."""
        return tuple(fact.title for fact in self.scenario.facts if fact.key in self.stood.names)

    @cached_property
    def moves(self) -> tuple[int, ...]:
        """The choices made, as they are stored; a breath is 0."""
        return tuple(turn.choice.number if turn.choice else BREATH for turn in self.turns)

    def count(self, mark: Mark) -> int:
        return sum(turn.choice is not None and turn.choice.mark is mark for turn in self.turns)


class ImpossibleMove(Exception):
    """That choice cannot be made where the call stands."""


def shown(state: State, thread: int | None) -> dict[str, int]:
    """The numbers of a state by name; the clock and the wallboard only where the call has them."""
    return {
        name: number(state, name, thread)
        for name in SHOWN
        if name not in ("minutes", "queue") or getattr(state, name) is not None
    }


def open_call(scenario: Scenario, view: str = "") -> Call:
    """The call before the first move."""
    moment, state = beginning(scenario, view)
    return Call(scenario, (), moment, state, view)


def stand(scenario: Scenario, moment_id: str, numbers: Mapping[str, int], names: Iterable[str], view: str = "") -> Call:
    """A call put down at any moment in any state, to try how it goes on from there. ImpossibleMove for an unknown moment.

    `numbers` by their names in `BOUNDS`, brought within them; `names` are flags and facts that hold.
    """
    _opening, state = beginning(scenario, view)
    known = {*Flag, *(one.key for one in (*scenario.facts, *scenario.views))}
    within = {name: max(low, min(numbers[name], high)) for name, (low, high) in BOUNDS.items() if name in numbers}
    talk: dict[str, Any] = {name: value for name, value in within.items() if name in OF_A_TALK}
    own: dict[str, Any] = {
        name: value for name, value in within.items() if name not in OF_A_TALK and getattr(state, name) is not None
    }
    try:
        moment = scenario.moment(moment_id)
    except KeyError:
        raise ImpossibleMove from None
    # What happens on coming there happens first; the numbers asked for stand in the end.
    state = entered(scenario, moment, state._replace(names=state.names | (known & set(names))))
    state = state._replace(talks=tuple(one._replace(**talk) for one in state.talks), **own)
    return Call(scenario, (), moment, state, view)


def step(call: Call, move: int) -> Call:
    """The call after one more move. ImpossibleMove when it is not there to be made."""
    if move == BREATH:
        if not call.may_breathe:
            raise ImpossibleMove
        rested = breathed(call.stood)
        return Call(call.scenario, (*call.turns, Turn(call.moment, None, "", rested)), call.moment, rested, call.view)
    choice = next((one for one in call.choices if one.number == move), None)
    if choice is None:
        raise ImpossibleMove
    following, state, way = chosen(call.scenario, call.moment, choice, call.stood)
    reply = way.reply if way and way.reply else choice.reply
    turn = Turn(call.moment, choice, reply, state)
    return Call(call.scenario, (*call.turns, turn), following, state, call.view)


def play(scenario: Scenario, moves: Iterable[int], view: str = "") -> Call:
    """Walks the moves from the opening. ImpossibleMove when one of them is not there to be made."""
    return go_on(open_call(scenario, view), moves)


def go_on(call: Call, moves: Iterable[int]) -> Call:
    for move in moves:
        call = step(call, move)
    return call


def takes_newest(*, played: bool, ended: bool, done: bool) -> bool:
    """Whether a new attempt takes the newest text. Practice after the first finished one does; what is under way stays."""
    return played and (ended or done)


def worth(call: Call) -> int:
    """Orders ended calls: ended well, then least harm, then least temptation, then most calm. More is better."""
    most = 999
    harmful, tempting = (min(call.count(mark), most) for mark in (Mark.HARMFUL, Mark.TEMPTING))
    return ((call.succeeded * (most + 1) + most - harmful) * (most + 1) + most - tempting) * 101 + call.stood.calm
