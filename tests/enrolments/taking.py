"""Putting people of the cast on the small course, as the trainer would."""

from datetime import date
from typing import NamedTuple

from api.enrolments import queries
from api.enrolments.actions import Assignment, assign
from api.enrolments.queries import EnrolmentRow
from api.library.values import Kind
from api.plans.rules import DatedStep
from tests.conftest import House

START, GO_LIVE = date(2026, 11, 25), date(2026, 12, 7)


class Taken(NamedTuple):
    row: EnrolmentRow
    steps: tuple[DatedStep, ...]


def wish(
    house: House,
    name: str | None = "new",
    *,
    kind: Kind = Kind.PLAN,
    key: str = "short",
    cohort_id: str | None = None,
    start_on: date = START,
    go_live_on: date | None = GO_LIVE,
) -> Assignment:
    """What the trainer asks for: the small plan for Noor, from today, unless told otherwise."""
    return Assignment(kind, key, house.actor(name).id if name else None, cohort_id, start_on, go_live_on)


def enrol(house: House, name: str = "new", *, again: bool = False, start_on: date = START) -> Taken:
    """The person's enrolment on the small plan, made now or (`again`) looked up as it stands."""
    if not again:
        house.write(assign, house.actor("trainer"), wish(house, name, start_on=start_on), house.clock())
    person_id = house.actor(name).id
    row = next(
        row for row in house.read(lambda db: db.all(queries.OF_PERSON, person_id=person_id)) if row.key == "short"
    )
    return Taken(row, house.read(queries.dated_steps, row))
