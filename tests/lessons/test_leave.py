"""Leave to open a unit: what is locked and why, what stays open, and previews that keep nothing."""

from collections.abc import Callable
from datetime import date

import pytest

from api.errors import Forbidden, NotFound
from api.lessons.tables import Answer
from api.library.values import Mark
from tests.conftest import House
from tests.course import put_up
from tests.enrolments.taking import enrol
from tests.lessons.working import answer, finish, go_on, open_lesson, progress
from tests.rows import everything, rows


@pytest.fixture
def taught(house: House) -> House:
    """The house with the small course up, and Noor on its plan from today."""
    put_up(house)
    enrol(house)
    return house


@pytest.mark.parametrize("work", ["open", "answer", "go on"])
def test_a_locked_unit_is_refused_with_its_opening_date(taught: House, work: str) -> None:
    before = everything(taught)
    works: dict[str, Callable[[], object]] = {
        "open": lambda: open_lesson(taught, "after-live"),
        "answer": lambda: answer(taught, unit="after-live"),
        "go on": lambda: go_on(taught, "wait", "after-live"),
    }
    with pytest.raises(Forbidden) as refused:
        works[work]()
    assert refused.value.first.values == {"opens_on": date(2026, 12, 2)}
    assert everything(taught) == before


def test_a_unit_that_waits_for_another_names_it_by_its_title(taught: House) -> None:
    with pytest.raises(Forbidden) as refused:
        open_lesson(taught, "safe")
    assert refused.value.first.values == {"unit": "Ro på"}
    finish(taught)
    open_lesson(taught, "safe")
    assert progress(taught, "safe").done_at is None


def test_what_is_begun_stays_open_when_its_date_moves_away(taught: House) -> None:
    open_lesson(taught)
    before_the_start = date(2026, 11, 1)
    go_on(taught, "wait", today=before_the_start)
    assert progress(taught).read_sections == "wait"


def test_a_unit_on_no_plan_of_hers_is_not_found(taught: House) -> None:
    with pytest.raises(NotFound):
        open_lesson(taught, name="learner")
    with pytest.raises(NotFound):
        open_lesson(taught, "nowhere", name="learner")


@pytest.mark.parametrize("name", ["trainer", "manager", "safety", "admin", "trainer@other.example"])
def test_a_preview_answers_and_keeps_nothing(taught: House, name: str) -> None:
    before = everything(taught)
    open_lesson(taught, name=name)
    reply = answer(taught, option=2, name=name)
    assert reply.option is not None
    assert (reply.option.mark, reply.just_done) == (Mark.GOOD, False)
    desk, just_done = go_on(taught, "wait", name=name)
    assert (desk.access.preview, desk.read, desk.answers, just_done) == (True, frozenset(), {}, False)
    open_lesson(taught, "after-live", name=name)  # a preview waits for no date
    assert everything(taught) == before


def test_a_trainer_who_is_on_the_plan_herself_is_no_preview(taught: House) -> None:
    enrol(taught, "trainer")
    answer(taught, name="trainer")
    assert len(rows(taught, Answer, person_id=taught.actor("trainer").id)) == 1
