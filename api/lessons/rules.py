"""What an answer says and whether it is right, when a lesson is done, and what is still missing, rule by rule. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from api.library.values import ONE_OPTION, OWN_WORDS, Check, CheckKind, Completion, Lesson, Mark, Section

LONGEST_WORDS = 2000


@dataclass(frozen=True)
class Sent:
    """An answer as a door hands it in: one option, or a number for each option or item, or own words."""

    option: int | None = None
    numbers: Mapping[int, int] = field(default_factory=dict)
    text: str = ""


def own_words(text: str) -> str | None:
    """Own words as they are kept, without the space around them; None when there are none, or more than there is room for."""
    words = text.replace("\r\n", "\n").strip()  # a form counts a line break as two
    return words if 0 < len(words) <= LONGEST_WORDS else None


def given(check: Check, sent: Sent) -> str | None:
    """The answer as it is kept, or None when it is none that this check can have.

    `2` for one option, `1,3` for several; for things to place the place of each, in the order shown: `2,1,1`; own words as they are.
    """
    if check.kind in OWN_WORDS:
        return own_words(sent.text)
    if check.kind in ONE_OPTION:
        return str(sent.option) if sent.option is not None and check.option(sent.option) else None
    things = check.items or check.options
    if not set(sent.numbers) <= {thing.number for thing in things}:
        return None
    if check.kind is CheckKind.SEVERAL:
        return ",".join(str(option.number) for option in things if sent.numbers.get(option.number)) or None
    return _placed(check, [sent.numbers.get(item.number, 0) for item in things])


def _placed(check: Check, places: list[int]) -> str | None:
    whole = all(1 <= place <= check.places for place in places)
    crowded = check.kind is CheckKind.ORDER and len(set(places)) != len(places)
    return ",".join(map(str, places)) if whole and not crowded else None


def numbers(answer: str) -> tuple[int, ...]:
    """The numbers of a kept answer; own words have none."""
    parts = answer.split(",")
    return tuple(int(part) for part in parts) if all(part.isascii() and part.isdigit() for part in parts) else ()


def right(check: Check, answer: str) -> bool:
    """Whether an answer is right. Own words always are: nobody marks them."""
    if check.kind in OWN_WORDS:
        return True
    if check.items:
        return numbers(answer) == tuple(item.place for item in check.items)
    good = tuple(option.number for option in check.options if option.mark is Mark.GOOD)
    return numbers(answer) == good


def solved(check: Check, answers: Sequence[str]) -> bool:
    """Whether the right answer is among those given."""
    return any(right(check, answer) for answer in answers)


def told(check: Check, answer: str, *, solved: bool) -> frozenset[int]:
    """The options or things whose *why* may be told after an answer: nothing that would give away what is still to be found.

    What was chosen or ticked, and what stands in its place; everything once the right answer has been given (`solved`).
    """
    if check.kind in OWN_WORDS:
        return frozenset()
    given = numbers(answer)
    if check.kind in ONE_OPTION:
        return frozenset(given)
    if solved:
        return frozenset(thing.number for thing in check.items or check.options)
    if check.kind is CheckKind.SEVERAL:
        return frozenset(given)
    return frozenset(item.number for item in check.items if given[item.number - 1] == item.place)


@dataclass(frozen=True)
class Missing:
    """One rule not met yet: `section` to read, `check` to answer (`wrong`: answered, but a safety check must be right),
    or `attendance`: the trainer has not noted that you were there.
    """

    kind: str
    id: str
    title: str
    section: str


def missing(lesson: Lesson, read: Collection[str], answers: Mapping[str, Sequence[str]]) -> tuple[Missing, ...]:
    """What stands between a learner and a finished lesson, in the order of the lesson.

    `read`: ids of sections gone through. `answers`: for each check the answers given so far, oldest first.
    """
    found = []
    for section in lesson.sections:
        if section.id not in read:
            found.append(Missing("section", section.id, section.title, section.id))
        for check in section.checks:
            chosen = answers.get(check.id, ())
            if not chosen:
                found.append(Missing("check", check.id, check.title, section.id))
            elif lesson.safety and not solved(check, chosen):
                found.append(Missing("wrong", check.id, check.title, section.id))
    if lesson.completion is Completion.ATTENDED:
        found.append(Missing("attendance", "", "", ""))
    return tuple(found)


def resume_at(lesson: Lesson, read: Collection[str], answers: Mapping[str, Sequence[str]]) -> Section:
    """Where she left off: the first section with something missing, else the first one."""
    first = next((one.section for one in missing(lesson, read, answers) if one.section), lesson.sections[0].id)
    return next(section for section in lesson.sections if section.id == first)


# Words after which help is shown at once. Nobody reads along; this is a net with wide meshes, never an assessment.
ACUTE = re.compile(
    r"selvmord|(tage|tager|tog) mit( eget)? liv|livet af mig|ikke (vil |orker |gider |ønsker )?(at )?leve\b|ikke være her (mere|længere)"
    r"|ønsker? at dø|vil(le)? (gerne |bare )?dø\b|jeg var død|slå(r)? mig selv ihjel|skade(r)? mig selv|gøre en ende på det"
    r"|suicid|kill(ing)? myself|end(ing)? my life|take my (own )?life|(want|wish) to die|wish i (was|were) dead|better off dead"
    r"|do(n['’]?t| not) want to (live|be alive|be here any ?more)|(hurt|harm)(ing)? myself"
    r"|self[- ]harm",
    re.IGNORECASE,
)


def sounds_acute(text: str) -> bool:
    """Whether somebody's own words may be about wanting to die or to hurt oneself."""
    return ACUTE.search(" ".join(text.split())) is not None
