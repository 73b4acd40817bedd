"""The published content as the bench needs it: which units a plan holds, and ways through a call."""

from dataclasses import dataclass

from api.database import Db
from api.library import queries as library
from api.library.graph import Scenario
from api.library.values import Kind, Lesson, Plan
from api.scenarios.rules import Call, open_call, step

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
    revisions = {unit: library.current_unit(db, unit, "").revision_id for unit in plan.units}
    units = {unit: library.unit(db, revision, "da") for unit, revision in revisions.items()}
    lessons = {key: unit for key, unit in units.items() if isinstance(unit, Lesson)}
    call = units[CALL]
    assert isinstance(call, Scenario)
    return Course(pointer.revision_id, plan, revisions, lessons, call)


def paths(call: Scenario, shortest: int = 5, longest: int = 9) -> list[tuple[int, ...]]:
    """Ways through a call to one of its ends that pass no moment twice."""
    found: list[tuple[int, ...]] = []

    def walk(stood: Call, seen: frozenset[str]) -> None:
        if stood.ended and len(stood.turns) >= shortest:
            found.append(stood.moves)
        for choice in stood.choices if len(stood.turns) < longest else ():
            following = step(stood, choice.number)
            if following.moment.id not in seen:
                walk(following, seen | {following.moment.id})

    walk(open_call(call), frozenset({call.opening.id}))
    return found
