"""The published content as the bench needs it: which units a plan holds, and ways through a call."""

from dataclasses import dataclass

from api.database import Db
from api.library import queries as library
from api.library.values import Kind, Lesson, Plan, Scenario
from api.scenarios.rules import play

PLAN, CALL = "onboarding", "s1-the-bill"


@dataclass(frozen=True)
class Course:
    """The published content as the bench needs it."""

    plan_revision: str
    plan: Plan
    revisions: dict[str, str]
    lessons: dict[str, Lesson]
    call: Scenario

    @property
    def units(self) -> tuple[str, ...]:
        return self.plan.units


def course_of(db: Db) -> Course:
    pointer = db.one(library.CURRENT, kind=Kind.PLAN.value, key=PLAN)
    assert pointer is not None
    plan = library.plan(db, pointer.revision_id)
    revisions = {unit: library.current_unit(db, unit).revision_id for unit in plan.units}
    units = {unit: library.unit(db, revision, "da") for unit, revision in revisions.items()}
    lessons = {key: unit for key, unit in units.items() if isinstance(unit, Lesson)}
    call = units[CALL]
    assert isinstance(call, Scenario)
    return Course(pointer.revision_id, plan, revisions, lessons, call)


def paths(call: Scenario, shortest: int = 5, longest: int = 9) -> list[tuple[int, ...]]:
    """Ways through a call to one of its ends that pass no moment twice."""
    found: list[tuple[int, ...]] = []

    def walk(moment_id: str, seen: frozenset[str], choices: tuple[int, ...]) -> None:
        moment = call.moment(moment_id)
        if moment.end is not None:
            if len(choices) >= shortest:
                found.append(choices)
            return
        for choice in moment.choices:
            if choice.to not in seen and len(choices) < longest:
                walk(choice.to, seen | {choice.to}, (*choices, choice.number))

    walk(call.opening.id, frozenset({call.opening.id}), ())
    assert all(play(call, choices).ended for choices in found)
    return found
