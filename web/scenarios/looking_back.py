"""A call that has ended, in values: what it did to each customer, the way walked as a picture, and her other attempts."""

from typing import NamedTuple

from api.library.graph import EndType
from api.library.rules import State, beginning
from api.library.values import Mark
from api.scenarios.queries import AttemptRow, LookingBack
from api.scenarios.rules import Call

# The picture of the way: how far one step and one turn lie apart, and the room around them.
RISE, WIDTH, LEFT, TOP = 30, 600, 40, 22
CLOSEST, WIDEST = 24, 72


class Change(NamedTuple):
    """What a call did to one customer: from, to. `name` only where there are two."""

    name: str
    ladder: tuple[int, int]
    trust: tuple[int, int]
    solved: tuple[int, int]


class Dot(NamedTuple):
    """A choice in the picture of the way."""

    x: int
    y: int
    kind: str


class Picture(NamedTuple):
    """The ladder turn by turn: a line for each conversation, and a mark for each choice. `steps`: heights of 1 to 5."""

    width: int
    height: int
    steps: tuple[int, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]


class Tried(NamedTuple):
    """One ended attempt among hers. `this`, `first` and `best` say which it is; it can be all three."""

    number: int
    this: bool
    first: bool
    best: bool
    end: EndType
    success: bool
    harmful: int
    tempting: int
    calm: int


def _start(call: Call) -> State:
    return beginning(call.scenario, call.view)[1]


def changes(call: Call) -> tuple[Change, ...]:
    """From beginning to end, customer by customer."""
    start, names = _start(call), [one.title for one in call.scenario.threads] or [""]
    return tuple(
        Change(name, (was.ladder, now.ladder), (was.trust, now.trust), (was.solved, now.solved))
        for name, was, now in zip(names, start.talks, call.stood.talks, strict=True)
    )


def calm(call: Call) -> tuple[int, int]:
    return _start(call).calm, call.stood.calm


def boundary(call: Call) -> int:
    """How far it was said, to anybody."""
    return max(talk.boundary for talk in call.stood.talks)


def picture(call: Call) -> Picture:
    """The way walked, in numbers for an SVG: time goes to the right, the ladder up."""
    apart = max(CLOSEST, min(WIDEST, (WIDTH - LEFT) // max(1, len(call.turns))))
    steps = tuple(TOP + (5 - step) * RISE for step in range(1, 6))
    states = (_start(call), *(turn.after for turn in call.turns))

    def at(turn: int, step: int) -> tuple[int, int]:
        return LEFT + turn * apart, steps[step - 1]

    drawn = tuple(
        " ".join("{},{}".format(*at(turn, state.talks[thread].ladder)) for turn, state in enumerate(states))
        for thread in range(len(call.stood.talks))
    )
    dots = tuple(
        Dot(*at(place, turn.state["ladder"]), turn.choice.mark.value if turn.choice else "breath")
        for place, turn in enumerate(call.turns, 1)
    )
    return Picture(LEFT + len(call.turns) * apart + 20, steps[0] + TOP, steps, drawn, dots)


def tried(attempt: AttemptRow, call: Call, back: LookingBack) -> tuple[Tried, ...]:
    """Her attempt beside the first and the best, each once, in the order they were made."""
    calls = {back.first.number: back.first.call, back.best.number: back.best.call, attempt.number: call}
    return tuple(
        Tried(
            number=place,
            this=place == attempt.number,
            first=place == back.first.number,
            best=place == back.best.number,
            end=one.moment.end,
            success=one.succeeded,
            harmful=one.count(Mark.HARMFUL),
            tempting=one.count(Mark.TEMPTING),
            calm=one.stood.calm,
        )
        for place, one in sorted(calls.items())
        if one.moment.end is not None
    )
