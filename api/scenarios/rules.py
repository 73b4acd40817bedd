"""Playing a call: (scenario, choices so far) -> where it stands. Pure, so any stored path can be walked again."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.library.values import BOUNDS, SUCCESSES, Choice, Moment, Scenario

HIGHEST_IN_TALK = 4


@dataclass(frozen=True)
class Turn:
    """One move made: in which moment, what was chosen, and the state it left."""

    moment: Moment
    choice: Choice
    state: dict[str, int]


@dataclass(frozen=True)
class Call:
    """A call as it stands after some moves."""

    scenario: Scenario
    turns: tuple[Turn, ...]
    moment: Moment
    state: dict[str, int]

    @property
    def ended(self) -> bool:
        return self.moment.end is not None

    @property
    def succeeded(self) -> bool:
        """Ended well; hanging up rightly is ending well."""
        return self.moment.end in SUCCESSES


class ImpossibleMove(Exception):
    """That choice does not exist where the call stands."""


def play(scenario: Scenario, choices: Sequence[int]) -> Call:
    """Walks the choices from the opening. ImpossibleMove when one of them is not there to be made."""
    moment = scenario.opening
    state = dict(scenario.state)
    turns = []
    for number in choices:
        choice = moment.choice(number)
        if choice is None:
            raise ImpossibleMove
        following = scenario.moment(choice.to)
        state = after(state, choice, ended=following.end is not None)
        turns.append(Turn(moment, choice, state))
        moment = following
    return Call(scenario, tuple(turns), moment, state)


def after(state: dict[str, int], choice: Choice, *, ended: bool) -> dict[str, int]:
    """The state a choice leads to, kept within its bounds.

    The ladder falls one step a turn at most and rises two: nobody calms down at once. Its fifth step is parting, so a
    call that goes on stands on the fourth at most.
    """
    changed = dict(state)
    for name, change in choice.effects:
        moved = max(-1, min(change, 2)) if name == "ladder" else change
        low, high = BOUNDS[name]
        changed[name] = max(low, min(changed[name] + moved, high))
    if not ended:
        changed["ladder"] = min(changed["ladder"], HIGHEST_IN_TALK)
    return changed
