"""A call as its page shows it: where it stands, what was said, who waits in a chat. Values only; the words are the templates'.

What a piece of the page depends on is gathered in named tuples, so that `{% keep %}` can hold it.
"""

from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from api.library.graph import Channel, Choice, Moment
from api.library.rules import BREATH, NOT_WAITING, SHAKEN, Right, State, beginning, number, right_to_hang_up
from api.scenarios.rules import Call, Turn
from web.scenarios import looking_back


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


def _before(call: Call) -> State:
    """The state before the last move."""
    if not call.turns:
        return call.stood
    return call.turns[-2].after if len(call.turns) > 1 else beginning(call.scenario, call.view)[1]


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
    def changes(self) -> tuple[looking_back.Change, ...]:
        return looking_back.changes(self.call)

    @property
    def calm(self) -> tuple[int, int]:
        return looking_back.calm(self.call)

    @property
    def boundary(self) -> int:
        return looking_back.boundary(self.call)

    @property
    def picture(self) -> looking_back.Picture:
        return looking_back.picture(self.call)
