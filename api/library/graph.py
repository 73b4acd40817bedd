"""A scenario as values: a graph of moments, what a choice does to the state, and when it is on offer.

The state a call is in, and the rules that move it, are in `rules.py`.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from api.library.values import Mark, Source


class EndType(StrEnum):
    """How a call can end (E1-E8). RIGHTLY_ENDED and READINESS_CALLED are successes."""

    SOLVED = "solved"
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    RIGHTLY_ENDED = "rightly_ended"
    HUNG_UP_TOO_SOON = "hung_up_too_soon"
    ENDURED_TOO_LONG = "endured_too_long"
    READINESS_CALLED = "readiness_called"
    SIGNAL_MISSED = "signal_missed"


SUCCESSES = frozenset(
    {EndType.SOLVED, EndType.AGREED, EndType.HANDED_OVER, EndType.RIGHTLY_ENDED, EndType.READINESS_CALLED}
)


class Channel(StrEnum):
    """Where the customer meets us. TALK is between colleagues; OUTBOUND is a call we make."""

    PHONE = "phone"
    CHAT = "chat"
    MAIL = "mail"
    SOCIAL = "social"
    TALK = "talk"
    OUTBOUND = "outbound"


class Flag(StrEnum):
    """What is going on beside the matter. A flag rises and stays."""

    THREAT = "threat"
    HARASSMENT = "harassment"
    HATEFUL = "hateful"
    LIFE_DANGER = "life_danger"
    DIGITAL = "digital"
    RECORDING = "recording"
    REPEATED = "repeated"


class Boundary(IntEnum):
    """How far the boundary ladder has been walked: say it, warn, end."""

    NONE = 0
    NAMED = 1
    WARNED = 2
    ENDED = 3


class Deed(StrEnum):
    """What a choice is, where a rule asks for it."""

    ACKNOWLEDGE = "acknowledge"
    EXPLAIN = "explain"
    OFFER = "offer"
    HANG_UP = "hang_up"
    RELIEF = "relief"


# The numbers of a state and their bounds. `ladder` is the conflict ladder's step, `calm` the employee's own.
BOUNDS: dict[str, tuple[int, int]] = {
    "ladder": (1, 5),
    "trust": (0, 100),
    "solved": (0, 3),
    "calm": (0, 100),
    "boundary": (0, 3),
    "minutes": (0, 240),
    "queue": (0, 99),
}
# What an effect may name: boundary is set by its word, not added to.
ADDED = ("ladder", "trust", "solved", "calm", "minutes", "queue")
START_STATE: dict[str, int] = {"ladder": 1, "trust": 50, "calm": 70, "solved": 0}
# Each conversation of a chat has these for itself; the rest is of the one who answers.
OF_A_TALK = frozenset({"ladder", "trust", "solved", "boundary"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold. `sign` is one of `< <= > >= =` for a number, `has` or `lacks` for a name.

    Names are flags, facts and views.
    """

    name: str
    sign: str
    value: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """Another way on from a choice, taken when its conditions hold. An empty `reply` leaves the choice's own."""

    to: str
    conditions: tuple[Condition, ...]
    reply: str
    line: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One way on from a moment. `reply` is what the customer says back, shown before `why`.

    `effects` are pairs of a name in `ADDED` and what is added. `raises` and `notes` are the flags and facts that are true from then
    on. `phrase` names an acknowledgement, so that the same one is known when it is made again.
    """

    number: int
    text: str
    to: str
    mark: Mark
    effects: tuple[tuple[str, int], ...]
    reply: str
    why: str
    line: int
    boundary: Boundary = Boundary.NONE
    deed: Deed | None = None
    phrase: str = ""
    subtle: bool = False
    closes: bool = False
    raises: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """Every moment it can lead to: its ways' first, its own last."""
        return (*(way.to for way in self.ways), self.to)


@dataclass(frozen=True, slots=True)
class Axis:
    """What an end says of one of three: the customer, yourself, the agreements. Never one score."""

    label: str
    html: str


@dataclass(frozen=True, slots=True)
class Moment:
    """`channel` is where it happens; `thread` the place of its conversation in `Scenario.threads`.

    `later`: a jump in time lies before it. `view`: the view that opens here, or an empty string.
    """

    id: str
    title: str
    html: str
    choices: tuple[Choice, ...]
    end: EndType | None
    line: int
    channel: Channel = Channel.PHONE
    thread: int | None = None
    view: str = ""
    later: bool = False
    raises: tuple[Flag, ...] = ()
    axes: tuple[Axis, ...] = ()

    def choice(self, number: int) -> Choice | None:
        return next((choice for choice in self.choices if choice.number == number), None)


@dataclass(frozen=True, slots=True)
class Named:
    """Something the header names: its key in conditions, and its words."""

    key: str
    title: str


@dataclass(frozen=True)
class Scenario:
    """A call as written. `state`: the numbers it begins with; `minutes` and `queue` are there only when it shows them."""

    title: str
    number: str
    minutes: int
    objective: str
    channel: Channel
    state: tuple[tuple[str, int], ...]
    intro: str
    moments: tuple[Moment, ...]
    sources: tuple[Source, ...]
    ends: tuple[EndType, ...] = ()
    flags: tuple[Flag, ...] = ()
    facts: tuple[Named, ...] = ()
    views: tuple[Named, ...] = ()
    threads: tuple[Named, ...] = ()
    content_note: str = ""
    question: str = ""
    answer: str = ""

    def __post_init__(self) -> None:
        by_id = {moment.id: moment for moment in reversed(self.moments)}
        object.__setattr__(self, "_by_id", by_id)

    @property
    def opening(self) -> Moment:
        return self.moments[0]

    def moment(self, moment_id: str) -> Moment:
        """The moment of that id; KeyError when there is none (lint keeps links whole)."""
        by_id: dict[str, Moment] = self.__dict__["_by_id"]
        return by_id[moment_id]


def scenario_outline(scenario: Scenario) -> list[tuple[int, str]]:
    """Everything of a call but its words, with lines: the graph, and what each choice does. The same in all languages."""
    named = [[one.key for one in group] for group in (scenario.facts, scenario.views, scenario.threads)]
    lines = [
        (1, f"number {scenario.number}, {scenario.minutes} minutes, {scenario.channel}, state {dict(scenario.state)}"),
        (1, f"ends {[*scenario.ends]}, flags {[*scenario.flags]}, names {named}, note {bool(scenario.content_note)}"),
    ]
    for moment in scenario.moments:
        place = f"{moment.channel}, thread {moment.thread}, view {moment.view}, later {moment.later}"
        lines.append((moment.line, f"moment {moment.id}, end {moment.end}, {place}, {[*moment.raises]}"))
        for choice in moment.choices:
            does = (*choice.effects, choice.boundary, choice.deed, choice.phrase, choice.subtle, choice.closes)
            names = (*choice.raises, *choice.notes, *choice.conditions)
            lines.append((choice.line, f"choice to {choice.to}, {choice.mark}, {does}, {names}"))
            lines += [(way.line, f"way to {way.to}, {way.conditions}, reply {bool(way.reply)}") for way in choice.ways]
    return lines
