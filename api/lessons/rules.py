"""When a lesson is done, and what is still missing, rule by rule. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from api.library.values import Check, Completion, Lesson, Mark, Section


@dataclass(frozen=True)
class Missing:
    """One rule not met yet: `section` to read, `check` to answer (`wrong`: answered, but a safety check must be right),
    or `attendance`: the trainer has not noted that you were there.
    """

    kind: str
    id: str
    title: str
    section: str


def missing(lesson: Lesson, read: Collection[str], answers: Mapping[str, Sequence[int]]) -> tuple[Missing, ...]:
    """What stands between a learner and a finished lesson, in the order of the lesson.

    `read`: ids of sections gone through. `answers`: for each check the options chosen so far, oldest first.
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


def solved(check: Check, chosen: Sequence[int]) -> bool:
    """Whether the right option is among those chosen."""
    return any((option := check.option(number)) is not None and option.mark is Mark.GOOD for number in chosen)


def resume_at(lesson: Lesson, read: Collection[str], answers: Mapping[str, Sequence[int]]) -> Section:
    """Where she left off: the first section with something missing, else the first one."""
    first = next((one.section for one in missing(lesson, read, answers) if one.section), lesson.sections[0].id)
    return next(section for section in lesson.sections if section.id == first)
