"""A call as its page shows it: where it stands, who waits in a chat, the way walked. Values only; the words are the templates'.

What a piece of the page depends on is gathered in named tuples, so that `{% keep %}` can hold it.
"""

from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from api.library.graph import Channel, Choice, EndType, Moment
from api.library.rules import NOT_WAITING, SHAKEN, Right, State, beginning, number, right_to_hang_up
from api.library.values import Mark
from api.scenarios.queries import AttemptRow, LookingBack
from api.scenarios.rules import BREATH, Call, Turn

MOST_SOLVED = 3
# The picture of the way: how far one step and one turn lie apart, and the room around them.
RISE, WIDTH, LEFT, TOP = 30, 600, 40, 22
CLOSEST, WIDEST = 24, 72


class Standing(NamedTuple):
    """What stands beside the talk. `was_…` is the same before the last move. `thread`: whose ladder it is, in a chat of two.

    `away`: one is with a colleague, and the customer's ladder says nothing about that talk.
    """

    channel: Channel
    away: bool
    thread: str
    ladder: int
    was_ladder: int
    calm: int
    was_calm: int
    boundary: int
    right: Right
    was_right: Right
    minutes: int | None
    queue: int | None
    notes: tuple[str, ...]
    new_notes: tuple[str, ...]
    takes_notes: bool


class Line(NamedTuple):
    """A turn with its place from 1. `again`: in the moment of the turn before it (a breath lay between).

    Within a revision and a language its text follows from `key`.
    """

    place: int
    turn: Turn
    again: bool
    key: tuple[object, ...]


class Here(NamedTuple):
    """The moment one stands in and what can be done there; its text follows from `key`."""

    key: tuple[object, ...]
    moment: Moment
    choices: tuple[Choice, ...]
    shaken: bool
    may_breathe: bool


class Patience(StrEnum):
    """How a conversation of a chat stands: its turn now, not begun, just answered, waiting (about 45 seconds), finished."""

    NOW = "now"
    NOT_BEGUN = "not_begun"
    FRESH = "fresh"
    WAITING = "waiting"
    CLOSED = "closed"


class Column(NamedTuple):
    """One conversation of a chat. `lines`: its turns; `lost`: it waited too long and went a step up with the last move."""

    place: int
    name: str
    ladder: int
    patience: Patience
    lost: bool
    lines: tuple[Line, ...]

    @property
    def says(self) -> str:
        """What was said there last."""
        turn = self.lines[-1].turn
        return turn.reply or turn.moment.html


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


def _before(call: Call) -> State:
    """The state before the last move."""
    if not call.turns:
        return call.stood
    return call.turns[-2].after if len(call.turns) > 1 else _start(call)


def standing(call: Call) -> Standing:
    thread, now, was = call.moment.thread, call.stood, _before(call)
    threads, facts = call.scenario.threads, call.scenario.facts
    notes = call.noted if facts else ()
    return Standing(
        channel=call.moment.channel,
        away=call.moment.channel is Channel.TALK and call.scenario.channel is not Channel.TALK,
        thread=threads[thread or 0].title if threads else "",
        ladder=number(now, "ladder", thread),
        was_ladder=number(was, "ladder", thread),
        calm=now.calm,
        was_calm=was.calm,
        boundary=number(now, "boundary", thread),
        right=call.right,
        was_right=right_to_hang_up(was, thread),
        minutes=now.minutes,
        queue=now.queue,
        notes=notes,
        new_notes=tuple(one.title for one in facts if one.key in now.names and one.key not in was.names),
        takes_notes=bool(facts),
    )


def here(call: Call, revision: str) -> Here:
    """`shaken`: some answers are out of reach."""
    moment, choices, may_breathe = call.moment, call.choices, call.may_breathe
    shaken = call.stood.calm < SHAKEN
    key = (revision, moment.id, tuple([one.number for one in choices]), shaken, may_breathe)
    return Here(key, moment, choices, shaken, may_breathe)


def lines(call: Call) -> tuple[Line, ...]:
    """Every turn with its place."""
    found, breath_in = [], ""
    for place, turn in enumerate(call.turns, 1):
        moment, choice = turn.moment.id, turn.choice
        again = breath_in == moment
        key = (place, again, moment, choice.number if choice else BREATH, turn.reply)
        found.append(Line(place, turn, again, key))
        breath_in = "" if choice else moment
    return tuple(found)


def columns(call: Call, told: tuple[Line, ...]) -> tuple[Column, ...]:
    """The conversations of a chat, the one to answer first; none where there is only one."""
    if not call.scenario.threads:
        return ()
    was = _before(call)
    found = [
        Column(
            place,
            thread.title,
            call.stood.talks[place].ladder,
            _patience(call, place),
            lost=place != call.moment.thread and call.stood.talks[place].ladder > was.talks[place].ladder,
            lines=tuple(line for line in told if line.turn.moment.thread == place),
        )
        for place, thread in enumerate(call.scenario.threads)
    ]
    return tuple(sorted(found, key=lambda one: one.patience is not Patience.NOW))


def _patience(call: Call, place: int) -> Patience:
    if call.moment.thread == place:
        return Patience.NOW
    waiting = call.stood.talks[place].waiting
    if waiting == NOT_WAITING:
        begun = any(turn.moment.thread == place for turn in call.turns)
        return Patience.CLOSED if begun else Patience.NOT_BEGUN
    return Patience.WAITING if waiting else Patience.FRESH


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


class Telling:
    """A call as its page tells it. Pieces are worked out when they are asked for: most of what a page says is kept by `walk`."""

    def __init__(self, call: Call, revision: str) -> None:
        self.call, self.revision = call, revision
        self.ended = call.ended
        self.place = len(call.turns) + 1
        self.walk = (revision, call.view, call.moves)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return lines(self.call)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return columns(self.call, self.lines)

    @cached_property
    def standing(self) -> Standing:
        return standing(self.call)

    @cached_property
    def here(self) -> Here:
        return here(self.call, self.revision)

    @property
    def changes(self) -> tuple[Change, ...]:
        return changes(self.call)

    @property
    def calm(self) -> tuple[int, int]:
        return calm(self.call)

    @property
    def boundary(self) -> int:
        return boundary(self.call)

    @property
    def picture(self) -> Picture:
        return picture(self.call)
