"""Completion is never taken back, is proved once, and the counts always equal a count of the rows."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.database import Db
from api.enrolments import actions, queries
from api.enrolments.rules import Begun, Standing, StepState
from api.enrolments.tables import Enrolment, Evidence, Progress
from api.errors import NotFound
from api.library import queries as library
from api.library.values import Kind
from tests.conftest import TODAY, House
from tests.course import put_up
from tests.enrolments.counts import recounted, team_counts
from tests.enrolments.taking import enrol
from tests.rows import everything, rows

UNITS = ("calm", "safe", "meeting", "short-call", "after-live")


def start(house: House, unit: str = "calm", name: str = "new") -> str:
    """Begins a unit; the revision she has it in."""
    person_id = house.actor(name).id
    revision_id = house.read(lambda db: library.current_unit(db, unit, "").revision_id)
    house.write(actions.start_unit, person_id, unit, revision_id, house.clock())
    return str(revision_id)


def complete(house: House, unit: str = "calm", name: str = "new") -> bool:
    person = house.actor(name)
    revision_id = start(house, unit, name)
    done: bool = house.write(
        actions.complete_unit, person.centre_id, person.id, unit, revision_id, person.id, house.clock()
    )
    return done


def test_beginning_is_noted_once_with_its_revision(house: House) -> None:
    put_up(house)
    enrol(house)
    revision_id = start(house)
    begun_at = house.clock()
    house.clock.pass_by(hours=1)
    house.write(actions.start_unit, house.actor("new").id, "calm", "0" * 26, house.clock())
    [row] = rows(house, Progress, person_id=house.actor("new").id)
    assert (row.unit, row.revision_id, row.started_at, row.done_at) == ("calm", revision_id, begun_at, None)
    assert enrol(house, again=True).row.begun == Begun.BEGUN


def test_completing_moves_the_counters_and_is_proved(house: House) -> None:
    put_up(house)
    enrol(house)
    noor = house.actor("new")
    assert complete(house)
    row = enrol(house, again=True).row
    assert (row.begun, row.steps_done, row.steps_total, row.next_due_on) == (Begun.BEGUN, 1, 5, TODAY)
    [progress] = rows(house, Progress, person_id=noor.id)
    assert progress.done_at == house.clock()
    [proof] = rows(house, Evidence, person_id=noor.id)
    assert (proof.unit, proof.revision_id, proof.what) == ("calm", progress.revision_id, "completed")
    assert (proof.recorded_at, proof.recorded_by, proof.centre_id) == (house.clock(), noor.id, noor.centre_id)


def test_completing_again_changes_nothing_and_adds_no_proof(house: House) -> None:
    put_up(house)
    enrol(house)
    complete(house)
    before = everything(house)
    house.clock.pass_by(days=3)
    assert not complete(house)
    assert everything(house) == before


def test_what_was_never_begun_cannot_be_completed(house: House) -> None:
    put_up(house)
    enrol(house)
    noor = house.actor("new")
    before = everything(house)
    assert not house.write(actions.complete_unit, noor.centre_id, noor.id, "calm", "0" * 26, noor.id, house.clock())
    assert everything(house) == before


def test_a_plan_is_done_when_every_step_is(house: House) -> None:
    put_up(house)
    enrol(house)
    for unit in UNITS:
        assert complete(house, unit)
    row = enrol(house, again=True).row
    assert (row.begun, row.steps_done, row.next_due_on) == (Begun.DONE, 5, None)
    [road] = house.read(queries.my_roads, house.actor("new"), date(2030, 1, 1))
    assert road.standing is Standing.DONE
    assert {step.state for step in road.steps} == {StepState.DONE}
    assert {step.done_on for step in road.steps} == {TODAY}


def test_one_completion_counts_on_every_plan_that_holds_the_unit(house: House) -> None:
    put_up(house)
    enrol(house)
    asked = actions.Assignment(Kind.MODULE, "practice", house.actor("new").id, None, TODAY, None)
    house.write(actions.assign, house.actor("trainer"), asked, house.clock())
    complete(house)
    found = {row.key: row.steps_done for row in rows(house, Enrolment, person_id=house.actor("new").id)}
    assert found == {"short": 1, "practice": 1}


def test_a_unit_on_no_plan_of_hers_is_kept_all_the_same(house: House) -> None:
    put_up(house)
    assert complete(house)
    assert len(rows(house, Evidence, person_id=house.actor("new").id)) == 1


def test_a_late_step_makes_the_road_late_until_it_is_done(house: House) -> None:
    put_up(house)
    enrol(house)
    thursday = date(2026, 11, 26)

    def stands() -> Standing:
        [road] = house.read(queries.my_roads, house.actor("new"), thursday)
        found: Standing = road.standing
        return found

    assert stands() is Standing.LATE
    complete(house, "calm")
    assert stands() is Standing.LATE
    complete(house, "short-call")
    assert stands() is Standing.ON_TRACK


def test_the_demo_centres_counts_are_right_from_the_start(house: House) -> None:
    assert team_counts(house) == recounted(house)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["new", "learner", "live"]), st.sampled_from(UNITS), st.booleans()), max_size=12)
)
def test_counts_equal_a_count_of_the_rows_whatever_happens(house: House, steps: list[tuple[str, str, bool]]) -> None:
    put_up(house)
    for name in ("new", "learner", "live"):
        if not any(row.key == "short" for row in rows(house, Enrolment, person_id=house.actor(name).id)):
            enrol(house, name)
    for name, unit, finish in steps:
        if finish:
            complete(house, unit, name)
        else:
            start(house, unit, name)
    assert team_counts(house) == recounted(house)


def test_a_write_that_fails_half_way_leaves_nothing(house: House) -> None:
    put_up(house)
    enrol(house)
    before = everything(house)
    noor = house.actor("new")

    def stumble(db: Db) -> None:
        actions.start_unit(db, noor.id, "calm", before["CurrentRevision"][0].revision_id, house.clock())
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        house.write(stumble)
    assert everything(house) == before


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("new", None),
        ("trainer", None),
        ("admin", None),
        ("other-manager", None),
        ("manager", NotFound),
        ("learner", NotFound),
        ("safety", NotFound),
        ("trainer@other.example", NotFound),
        ("new@other.example", NotFound),
    ],
)
def test_who_may_see_a_persons_steps(house: House, name: str, refusal: type[Exception] | None) -> None:
    put_up(house)
    row = enrol(house).row
    asked = (queries.road_to_see, house.actor(name), row.id, TODAY)
    if refusal is None:
        assert house.read(*asked).enrolment == row
    else:
        with pytest.raises(refusal):
            house.read(*asked)
