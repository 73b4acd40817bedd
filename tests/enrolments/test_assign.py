"""Assigning: who gets which steps, and every wish that is refused leaves nothing behind."""

from datetime import date, timedelta

import pytest

from api.enrolments import actions, queries
from api.enrolments.actions import Assignment, assign, preview
from api.enrolments.rules import Begun
from api.enrolments.tables import Enrolment
from api.errors import Forbidden, Invalid
from api.ids import new_id
from api.library.values import Kind
from api.people.tables import Cohort, CohortMember, Person
from tests.conftest import House
from tests.course import put_up
from tests.enrolments.counts import recounted, team_counts
from tests.enrolments.taking import GO_LIVE, START, enrol, wish
from tests.rows import everything, rows


def cohort(house: House, name: str) -> str:
    """The id of a cohort of the demo centre."""
    centre_id = house.actor("trainer").centre_id
    [found] = rows(house, Cohort, centre_id=centre_id, name=name)
    return str(found.id)


def refused(house: House, actor: str, asked: Assignment) -> Invalid:
    """Asks, and is refused; nothing is stored, and a preview says the same when it is about the plan or the dates."""
    before = everything(house)
    with pytest.raises(Invalid) as said:
        house.write(assign, house.actor(actor), asked, house.clock())
    assert everything(house) == before
    return said.value


def test_a_person_is_put_on_a_plan(house: House) -> None:
    put_up(house)
    trainer, noor = house.actor("trainer"), house.actor("new")
    [made] = house.write(assign, trainer, wish(house), house.clock())
    [row] = rows(house, Enrolment, id=made)
    assert (row.person_id, row.person_name, row.centre_id) == (noor.id, "Noor Haddad", trainer.centre_id)
    assert (row.kind, row.key, row.start_on, row.go_live_on) == ("plan", "short", START, GO_LIVE)
    assert (row.assigned_by, row.assigned_at) == (trainer.id, house.clock())
    assert (row.begun, row.steps_total, row.steps_done, row.next_due_on) == (Begun.FRESH, 5, 0, START)
    [person] = rows(house, Person, id=noor.id)
    assert row.team_id == person.team_id
    assert row.cohort_id is None


def test_the_preview_says_what_will_be_stored_and_stores_nothing(house: House) -> None:
    put_up(house)
    before = everything(house)
    looked = house.read(preview, house.actor("trainer"), wish(house))
    assert everything(house) == before
    assert [one.name for one in looked.people] == ["Noor Haddad"]
    assert looked.already == []
    taken = enrol(house)
    assert looked.steps == taken.steps
    assert looked.revision_id == taken.row.revision_id
    assert [(step.unit, step.due_on) for step in looked.steps] == [
        ("calm", date(2026, 11, 25)),
        ("safe", date(2026, 11, 26)),
        ("meeting", date(2026, 11, 27)),
        ("short-call", date(2026, 11, 25)),
        ("after-live", date(2026, 12, 7)),
    ]


def test_a_module_can_be_assigned_alone_and_needs_no_go_live_when_it_hangs_on_the_start(house: House) -> None:
    put_up(house)
    asked = wish(house, kind=Kind.MODULE, key="practice", go_live_on=None)
    [made] = house.write(assign, house.actor("trainer"), asked, house.clock())
    [row] = rows(house, Enrolment, id=made)
    assert (row.kind, row.steps_total, row.go_live_on) == ("module", 4, None)


def test_a_whole_cohort_is_put_on_a_plan(house: House) -> None:
    put_up(house)
    held = cohort(house, "Novemberholdet")
    asked = wish(house, None, cohort_id=held)
    assert len(house.write(assign, house.actor("trainer"), asked, house.clock())) == 2
    made = rows(house, Enrolment, key="short")
    assert {row.person_name for row in made} == {"Nadia Lind", "Liam Storm"}
    assert {row.cohort_id for row in made} == {held}


def test_who_is_on_the_plan_already_keeps_her_dates_when_her_cohort_is_assigned(house: House) -> None:
    put_up(house)
    nadia = enrol(house, "learner").row
    later = wish(
        house,
        None,
        cohort_id=cohort(house, "Novemberholdet"),
        start_on=START + timedelta(days=7),
        go_live_on=GO_LIVE + timedelta(days=7),
    )
    looked = house.read(preview, house.actor("trainer"), later)
    assert [one.name for one in looked.people] == ["Liam Storm"]
    assert [one.name for one in looked.already] == ["Nadia Lind"]
    house.write(assign, house.actor("trainer"), later, house.clock())
    assert enrol(house, "learner", again=True).row == nadia
    assert enrol(house, "live", again=True).row.start_on == START + timedelta(days=7)


def test_assigning_a_person_twice_is_refused_and_says_who(house: House) -> None:
    put_up(house)
    first = enrol(house)
    problem = refused(house, "trainer", wish(house, start_on=START + timedelta(days=1))).first
    assert problem.field == "who"
    assert problem.values["names"] == "Noor Haddad"
    assert "Noor Haddad" in problem.message % problem.values
    assert enrol(house, again=True) == first


def test_assigning_a_cohort_twice_is_refused(house: House) -> None:
    put_up(house)
    asked = wish(house, None, cohort_id=cohort(house, "Novemberholdet"))
    house.write(assign, house.actor("trainer"), asked, house.clock())
    problem = refused(house, "trainer", asked).first
    assert problem.field == "who"
    assert problem.values["names"] == "Liam Storm, Nadia Lind"


def test_the_plan_and_a_module_of_it_are_two_things(house: House) -> None:
    put_up(house)
    enrol(house)
    asked = wish(house, kind=Kind.MODULE, key="practice")
    assert len(house.write(assign, house.actor("trainer"), asked, house.clock())) == 1


def test_what_she_has_done_before_counts_on_a_new_plan(house: House) -> None:
    put_up(house)
    noor = house.actor("new")
    revision = enrol(house, "learner").row.revision_id
    house.write(actions.start_unit, noor.id, "calm", revision, house.clock())
    house.write(actions.complete_unit, noor.centre_id, noor.id, "calm", revision, noor.id, house.clock())
    row = enrol(house).row
    assert (row.begun, row.steps_done, row.next_due_on) == (Begun.BEGUN, 1, START)


@pytest.mark.parametrize(
    "who", ["nobody", "both", "unknown", "other centre", "empty cohort", "unknown cohort", "other cohort"]
)
def test_whom_the_trainer_cannot_mean_is_refused(house: House, who: str) -> None:
    put_up(house)
    noor = house.actor("new").id
    held = cohort(house, "Novemberholdet")
    others = next(row.id for row in rows(house, Cohort) if row.centre_id != house.actor("trainer").centre_id)
    person_id, cohort_id = {
        "nobody": (None, None),
        "both": (noor, held),
        "unknown": (new_id(), None),
        "other centre": (house.actor("new@other.example").id, None),
        "empty cohort": (None, cohort(house, "Næste hold")),
        "unknown cohort": (None, new_id()),
        "other cohort": (None, others),
    }[who]
    asked = Assignment(Kind.PLAN, "short", person_id, cohort_id, START, GO_LIVE)
    assert refused(house, "trainer", asked).first.field == "who"


def test_a_cohort_gives_nobody_of_another_centre(house: House) -> None:
    put_up(house)
    held = cohort(house, "Næste hold")
    stranger = house.actor("new@other.example").id
    house.write(lambda db: db.add(CohortMember(cohort_id=held, person_id=stranger)))
    assert refused(house, "trainer", wish(house, None, cohort_id=held)).first.field == "who"


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Kind.PLAN, "practice"),
        (Kind.MODULE, "short"),
        (Kind.LESSON, "calm"),
        (Kind.SCENARIO, "short-call"),
        (Kind.PLAN, ""),
    ],
)
def test_what_is_no_plan_is_refused(house: House, kind: Kind, key: str) -> None:
    put_up(house)
    assert refused(house, "trainer", wish(house, kind=kind, key=key)).first.field == "plan"


@pytest.mark.parametrize(
    ("start_on", "go_live_on", "field"),
    [
        (START, None, "go_live_on"),
        (START, START, "go_live_on"),
        (START, START - timedelta(days=1), "go_live_on"),
        (START, START + timedelta(days=2), "go_live_on"),
        (date(2019, 1, 1), GO_LIVE, "start_on"),
        (START, date(2100, 1, 1), "go_live_on"),
    ],
    ids=["no go-live", "go-live on the start", "go-live before", "training past go-live", "too early", "too late"],
)
def test_dates_that_cannot_be_are_refused(house: House, start_on: date, go_live_on: date | None, field: str) -> None:
    put_up(house)
    asked = wish(house, start_on=start_on, go_live_on=go_live_on)
    assert refused(house, "trainer", asked).first.field == field
    with pytest.raises(Invalid):
        house.read(preview, house.actor("trainer"), asked)


@pytest.mark.parametrize("name", ["learner", "manager", "safety"])
@pytest.mark.parametrize("work", [assign, preview])
def test_who_may_not_assign_is_refused(house: House, name: str, work: object) -> None:
    put_up(house)
    before = everything(house)
    arguments = (house.actor(name), wish(house), house.clock())
    with pytest.raises(Forbidden):
        house.write(assign, *arguments) if work is assign else house.read(preview, *arguments[:2])
    assert everything(house) == before


def test_an_administrator_may_assign(house: House) -> None:
    put_up(house)
    assert len(house.write(assign, house.actor("admin"), wish(house), house.clock())) == 1


def test_a_trainer_of_the_other_centre_cannot_reach_this_one(house: House) -> None:
    put_up(house)
    assert refused(house, "trainer@other.example", wish(house)).first.field == "who"


def test_the_teams_counts_follow(house: House) -> None:
    put_up(house)
    before = team_counts(house)
    enrol(house)
    enrol(house, "learner")
    assert team_counts(house) == recounted(house) != before


def test_somebody_without_a_team_is_counted_nowhere(house: House) -> None:
    put_up(house)
    [noor] = rows(house, Person, id=house.actor("new").id)
    person = Person(**(noor._asdict() | {"id": new_id(), "email": "floating@demo.example", "team_id": None}))
    house.write(lambda db: db.add(person))
    before = team_counts(house)
    row = enrol(house, "floating").row
    assert row.team_id is None
    assert team_counts(house) == before
    floating = house.actor("floating")
    house.write(actions.start_unit, floating.id, "calm", row.revision_id, house.clock())
    assert enrol(house, "floating", again=True).row.begun == Begun.BEGUN
    assert team_counts(house) == before


def test_the_newest_enrolments_are_listed_a_page_at_a_time(house: House) -> None:
    trainer = house.actor("trainer")
    whole = house.read(queries.latest, trainer)
    first = house.read(queries.latest, trainer, queries.NEWEST, 4)
    second = house.read(queries.latest, trainer, first[-1].id, 4)
    assert [row.id for row in whole] == sorted((row.id for row in whole), reverse=True)
    assert first + second == whole[:8]
    strangers = {row.id for row in rows(house, Enrolment) if row.centre_id != trainer.centre_id}
    assert strangers
    assert strangers.isdisjoint(row.id for row in whole)
    with pytest.raises(Forbidden):
        house.read(queries.latest, house.actor("manager"))
