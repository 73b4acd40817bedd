"""The trainer's word that somebody was there: on the day or later, once, and for a day that is attended."""

from datetime import date

import pytest

from api.enrolments.actions import record_attendance
from api.enrolments.tables import Evidence, Progress
from api.errors import Conflict, Forbidden, Invalid, NotFound
from api.lessons import actions as lessons
from tests.conftest import House
from tests.course import lesson, put_up, small_course
from tests.enrolments.counts import recounted, team_counts
from tests.enrolments.taking import enrol
from tests.rows import everything, rows

THE_DAY = date(2026, 11, 27)


@pytest.fixture
def enrolment(house: House) -> str:
    """Noor's enrolment on the small plan. Her day is on Friday 27 November; today is Wednesday."""
    put_up(house)
    return enrol(house).row.id


def note(house: House, enrolment: str, unit: str = "meeting", actor: str = "trainer") -> None:
    house.write(record_attendance, house.actor(actor), enrolment, unit, house.clock())


@pytest.mark.parametrize(("actor", "days"), [("trainer", 2), ("trainer", 30), ("admin", 2)])
def test_attendance_on_the_day_or_later_completes_the_day(house: House, enrolment: str, actor: str, days: int) -> None:
    house.clock.pass_by(days=days)
    note(house, enrolment, actor=actor)
    noor = house.actor("new")
    [progress] = rows(house, Progress, person_id=noor.id)
    assert (progress.unit, progress.done_at) == ("meeting", house.clock())
    [proof] = rows(house, Evidence, person_id=noor.id)
    assert (proof.what, proof.recorded_by, proof.revision_id) == (
        "attended",
        house.actor(actor).id,
        progress.revision_id,
    )
    assert enrol(house, again=True).row.steps_done == 1
    assert team_counts(house) == recounted(house)


def test_said_twice_it_counts_once(house: House, enrolment: str) -> None:
    house.clock.pass_by(days=2)
    note(house, enrolment)
    before = everything(house)
    house.clock.pass_by(days=1)
    note(house, enrolment, actor="admin")
    assert everything(house) == before


@pytest.mark.parametrize("hours", [0, 37])
def test_before_the_day_it_is_refused_and_says_when(house: House, enrolment: str, hours: int) -> None:
    house.clock.pass_by(hours=hours)  # 37 hours on it is 23:00 on Thursday in Denmark
    before = everything(house)
    with pytest.raises(Conflict) as refused:
        note(house, enrolment)
    assert refused.value.first.values == {"due_on": THE_DAY}
    assert everything(house) == before


def test_the_day_begins_at_danish_midnight(house: House, enrolment: str) -> None:
    house.clock.pass_by(hours=38)
    note(house, enrolment)
    assert len(rows(house, Evidence, person_id=house.actor("new").id)) == 1


@pytest.mark.parametrize(
    ("unit", "refusal"),
    [
        ("calm", Conflict),
        ("short-call", Conflict),
        ("follow-up-day", Invalid),
        ("", Invalid),
    ],
    ids=["a lesson to work through", "a call", "not on this plan", "nothing"],
)
def test_what_is_not_attended_is_refused(
    house: House, enrolment: str, unit: str, refusal: type[Conflict | Invalid]
) -> None:
    house.clock.pass_by(days=20)
    before = everything(house)
    with pytest.raises(refusal):
        note(house, enrolment, unit)
    assert everything(house) == before


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        ("new", Forbidden),
        ("other-manager", Forbidden),
        ("safety", Forbidden),
        ("trainer@other.example", NotFound),
    ],
    ids=["herself", "her manager", "safety representative", "another centre's trainer"],
)
def test_who_may_not_note_attendance_is_refused(
    house: House, enrolment: str, actor: str, refusal: type[Exception]
) -> None:
    house.clock.pass_by(days=2)
    before = everything(house)
    with pytest.raises(refusal):
        note(house, enrolment, actor=actor)
    assert everything(house) == before


def test_an_enrolment_that_is_not_there_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        note(house, "0" * 26)


def test_attendance_names_the_revision_she_has_read(house: House, enrolment: str) -> None:
    house.clock.pass_by(days=2)
    noor = house.actor("new")
    house.write(lessons.open_lesson, noor, "meeting", THE_DAY, house.clock())
    [read] = rows(house, Progress, person_id=noor.id)
    files = small_course()
    files["lessons/practice/meeting.da.md"] = lesson("da", "En ny dag", "completion: attended\n")
    put_up(house, files)
    note(house, enrolment)
    [proof] = rows(house, Evidence, person_id=noor.id)
    assert proof.revision_id == read.revision_id
