"""What a content file says, as values. Positions are 1-based lines of the file, for messages that point."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    LESSON = "lesson"
    SCENARIO = "scenario"
    MODULE = "module"
    PLAN = "plan"
    THEME = "theme"
    CARD = "card"


class Anchor(StrEnum):
    """What a step's date hangs on: the first day of training, or the first own shift on the phones."""

    START = "start"
    GO_LIVE = "go_live"


class Mark(StrEnum):
    """What an answer or a choice is worth. The same three words in lessons and scenarios."""

    GOOD = "good"
    TEMPTING = "tempting"
    HARMFUL = "harmful"


class Completion(StrEnum):
    """What finishes a lesson: working through it, or having been there (the trainer's word)."""

    WORKED = "worked"
    ATTENDED = "attended"


@dataclass(frozen=True)
class Source:
    """A published work the text stands on. `checked`: the day somebody last held the text up against it."""

    title: str
    publisher: str
    checked: date
    year: int | None = None
    url: str | None = None


class CheckKind(StrEnum):
    """How a check is answered.

    CHOICE and SPOT (a turn of a talk): one option. SEVERAL: all the right ones. SORT: each item into its box. ORDER: the items in their
    order. RECALL: own words, then the model answer. REFLECT: own words for oneself alone.
    """

    CHOICE = "choice"
    SEVERAL = "several"
    SORT = "sort"
    ORDER = "order"
    SPOT = "spot"
    RECALL = "recall"
    REFLECT = "reflect"


ONE_OPTION = frozenset({CheckKind.CHOICE, CheckKind.SPOT})
OWN_WORDS = frozenset({CheckKind.RECALL, CheckKind.REFLECT})


@dataclass(frozen=True)
class Option:
    """One answer of a check; numbered from 1 in the order written. A turn of a SPOT check that is not the one has no mark."""

    number: int
    mark: Mark | None
    html: str
    why: str
    line: int


@dataclass(frozen=True)
class Item:
    """One thing to sort or to put in order, numbered from 1 as it is shown, mixed. `place` alone says what is right: its box, or its place in the order, from 1."""

    number: int
    html: str
    place: int
    why: str
    line: int


@dataclass(frozen=True)
class Check:
    """A question. CHOICE, SEVERAL and SPOT have options; SORT has boxes and items, ORDER items; RECALL an answer to compare with."""

    id: str
    title: str
    html: str
    options: tuple[Option, ...]
    line: int
    kind: CheckKind = CheckKind.CHOICE
    boxes: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    answer: str = ""

    def option(self, number: int) -> Option | None:
        return next((option for option in self.options if option.number == number), None)

    @property
    def places(self) -> int:
        """How many places its items can come to: boxes, or numbers."""
        return len(self.boxes) if self.kind is CheckKind.SORT else len(self.items)


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    html: str
    checks: tuple[Check, ...]
    line: int


@dataclass(frozen=True)
class Lesson:
    """`notes` are for the trainer alone; `practises` names the calls that the lesson is practised in."""

    title: str
    number: str
    minutes: int
    objective: str
    safety: bool
    completion: Completion
    intro: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    notes: tuple[Section, ...] = ()
    practises: tuple[str, ...] = ()
    content_note: str = ""

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(check for section in self.sections for check in section.checks)


@dataclass(frozen=True)
class Theme:
    """Two printed pages for leaders and employee representatives. The first page ends after `first_page` sections.

    `shape` is what both languages share, section by section, with the lines where it stands.
    """

    title: str
    number: int
    objective: str
    intro: str
    sections: tuple[Section, ...]
    first_page: int
    sources: tuple[Source, ...]
    shape: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CardPart:
    """One heading of a card with what stands under it. `red`: of what is dangerous; `wallet`: the small card. `places` are filled by a centre."""

    id: str
    title: str
    html: str
    red: bool
    wallet: bool
    places: tuple[str, ...]
    items: int
    line: int


@dataclass(frozen=True)
class Card:
    """A text to hold on to: the readiness card, our line, how sources are dated."""

    title: str
    objective: str
    intro: str
    parts: tuple[CardPart, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Offset:
    """Where a step stands from its stretch's first day. Exactly one of `day` and `days` is set.

    `day`: working days; 1 is the first on or after, -1 the last before. `days`: calendar days, then the next working
    day. `opens`: how many working days before its date the step opens; None: the usual for its stretch.
    """

    day: int | None = None
    days: int | None = None
    opens: int | None = None


@dataclass(frozen=True)
class Placement:
    """A unit placed on the road. `after`: a unit that must be done first."""

    unit: str
    offset: Offset
    after: str | None = None
    line: int = 0


@dataclass(frozen=True)
class Stretch:
    """A named piece of the road on one anchor; `week` 4 begins 21 calendar days after it."""

    id: str
    title: str
    html: str
    anchor: Anchor
    week: int | None
    steps: tuple[Placement, ...]
    line: int = 0


@dataclass(frozen=True)
class Plan:
    """Units placed on two anchors; a module assigned by itself is a plan of one stretch."""

    title: str
    html: str
    training_weeks: int
    stretches: tuple[Stretch, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(step.unit for stretch in self.stretches for step in stretch.steps)


@dataclass(frozen=True)
class Module:
    title: str
    html: str
    anchor: Anchor
    steps: tuple[Placement, ...]


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong in one file: `path:line: rule: message`."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"
