"""What choices teach: first attempts only, whole fives, nobody's name, nobody's own way."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from api.authoring import teaching
from api.authoring.rules import Change
from api.database import Db
from api.errors import Forbidden, NotFound
from api.ids import new_id
from api.library import queries as library
from api.people import queries as people
from api.people.tables import Cohort, CohortMember, Person
from api.scenarios import actions as playing
from api.scenarios.rules import play
from api.scenarios.tables import Attempt, Move
from api.statements import Command
from tests.authoring.writing import EXAMPLE, MORE_TRUST, NEW, OTHER_WAY, changed, desk_of, published
from tests.conftest import NOW, TODAY, House

WELL, BADLY, MIDDLE = (1, 1), (3,), (1,)


@pytest.fixture
def cohort(house: House) -> str:
    """A call of the centre's own, and a cohort with nobody in it."""
    published(house, EXAMPLE, NEW)
    cohort_id = new_id()
    house.write(
        lambda db: db.add(Cohort(id=cohort_id, centre_id=house.actor("trainer").centre_id, name="Decemberhold"))
    )
    return cohort_id


def joins(
    house: House, cohort: str, moves: tuple[int, ...], at: datetime = NOW, *, left: datetime | None = None
) -> str:
    """Somebody of the cohort whose first attempt goes so, a minute a move from `at`; `left`: when it was begun again."""
    trainer, person, attempt = house.actor("trainer"), new_id(), new_id()

    def write(db: Db) -> None:
        pointer = library.current_unit(db, NEW, trainer.centre_id)
        call = play(library.scenario(db, pointer.revision_id, "da"), moves)
        db.add(
            Person(
                id=person,
                centre_id=trainer.centre_id,
                team_id=None,
                name=f"Hemmelig {person}",
                email=f"{person}@demo.example",
                roles="learner",
                language="da",
                password_hash="x",
                created_at=NOW,
            )
        )
        db.add(CohortMember(cohort_id=cohort, person_id=person))
        ended = call.moment.end.value if call.moment.end else None
        common: dict[str, Any] = {"person_id": person, "unit": NEW, "revision_id": pointer.revision_id}
        db.add(Attempt(id=attempt, number=1, started_at=at, ended_as=ended, **common))
        for place, choice in enumerate(moves, 1):
            db.add(Move(attempt_id=attempt, place=place, choice=choice, moved_at=at + timedelta(minutes=place)))
        if left is not None:
            db.add(Attempt(id=new_id(), number=2, started_at=left, **common))

    house.write(write)
    return attempt


def look(house: House, cohort: str, who: str = "trainer") -> Any:
    return house.read(teaching.teaching, house.actor(who), NEW, cohort).taught


def test_under_five_people_nothing_is_shown(house: House, cohort: str) -> None:
    assert look(house, cohort) is None
    for _person in range(4):
        joins(house, cohort, WELL)
    assert look(house, cohort) is None
    joins(house, cohort, BADLY)
    assert look(house, cohort).people == 5


def test_one_more_person_does_not_change_what_is_shown(house: House, cohort: str) -> None:
    for minute in range(5):
        joins(house, cohort, WELL, NOW + timedelta(minutes=minute))
    shown = look(house, cohort)
    for minute in range(5, 9):
        joins(house, cohort, BADLY, NOW + timedelta(minutes=minute))
        assert look(house, cohort) == shown
    joins(house, cohort, BADLY, NOW + timedelta(minutes=9))
    assert look(house, cohort).people == 10
    assert look(house, cohort).ended == {"agreed": 5, "hung_up_too_soon": 5}


def test_somebody_under_way_is_not_counted_and_not_seen(house: House, cohort: str) -> None:
    """Begun before all others: who looks twice would otherwise see this one's move, or somebody fall out for it."""
    slow = joins(house, cohort, MIDDLE, NOW - timedelta(days=1))
    for minute in range(5):
        joins(house, cohort, WELL, NOW + timedelta(minutes=minute))
    shown = look(house, cohort)
    assert shown.people == 5
    assert shown.took["opening", 1] == 5
    late = NOW + timedelta(hours=1)
    house.write(lambda db: db.add(Move(attempt_id=slow, place=2, choice=3, moved_at=late)))
    assert look(house, cohort) == shown
    house.write(lambda db: db.run(playing.END_ATTEMPT, attempt_id=slow, end_type="hung_up_too_soon", worth=0))
    assert look(house, cohort) == shown  # over after the other five


def test_an_attempt_left_for_the_next_counts_as_far_as_it_came(house: House, cohort: str) -> None:
    left = joins(house, cohort, MIDDLE, left=NOW + timedelta(minutes=2))
    for minute in range(4):
        joins(house, cohort, WELL, NOW + timedelta(minutes=minute))
    shown = look(house, cohort)
    assert (shown.people, shown.ended) == (5, {"agreed": 4})
    # A move made in it afterwards, in another window, is none of the first time through.
    house.write(lambda db: db.add(Move(attempt_id=left, place=2, choice=3, moved_at=NOW + timedelta(minutes=3))))
    assert look(house, cohort) == shown


def test_only_first_attempts_with_a_move_count(house: House, cohort: str) -> None:
    for _person in range(4):
        joins(house, cohort, WELL)
    joins(house, cohort, (), left=NOW)
    assert look(house, cohort) is None
    learner = house.actor("learner")
    house.write(lambda db: db.add(CohortMember(cohort_id=cohort, person_id=learner.id)))
    run = house.write(playing.begin, house.actor("trainer"), NEW, "", TODAY, NOW)
    house.write(playing.move, house.actor("trainer"), NEW, run.attempt.id, 1, 3, TODAY, NOW)
    assert look(house, cohort) is None  # a trainer trying it is of no cohort


def test_an_attempt_that_no_longer_walks_is_left_out(house: House, cohort: str) -> None:
    for _person in range(5):
        joins(house, cohort, WELL)
    broken = joins(house, cohort, WELL)
    house.write(lambda db: db.run(Command(update(Move).where(col(Move.attempt_id) == broken).values(choice=9))))
    assert look(house, cohort).people == 5


def test_the_second_attempt_is_not_looked_at(house: House, cohort: str) -> None:
    for _person in range(5):
        joins(house, cohort, BADLY, left=NOW + timedelta(hours=1))
    assert look(house, cohort).took == {("opening", 3): 5}


def test_attempts_on_the_same_graph_are_added_and_others_are_not(house: House, cohort: str) -> None:
    for _person in range(3):
        joins(house, cohort, WELL)
    published(house, changed(EXAMPLE, MORE_TRUST), NEW, Change.MATERIAL)
    for _person in range(2):
        joins(house, cohort, WELL)
    assert look(house, cohort).people == 5
    published(house, changed(EXAMPLE, OTHER_WAY), NEW)
    assert look(house, cohort) is None
    for _person in range(5):
        joins(house, cohort, BADLY)
    assert look(house, cohort).took == {("opening", 3): 5}


def test_minutes_are_from_the_first_move_to_the_last(house: House, cohort: str) -> None:
    for _person in range(5):
        joins(house, cohort, WELL)
    found = look(house, cohort)
    assert (found.median_moves, found.median_minutes) == (2, 1.0)


def test_cohorts_of_others_are_not_there(house: House, cohort: str) -> None:
    for who in ("learner", "manager", "safety"):
        with pytest.raises(Forbidden):
            look(house, cohort, who)
        with pytest.raises(Forbidden):
            house.read(teaching.cohorts, house.actor(who))
        with pytest.raises(Forbidden):
            house.read(teaching.served, house.actor(who), NEW)
    for asked in (cohort, "nothing"):
        with pytest.raises(NotFound):
            look(house, asked, "trainer@other.example")
    names = {one.name for one in house.read(teaching.cohorts, house.actor("trainer@other.example"))}
    assert "Decemberhold" not in names
    assert isinstance(house.read(teaching.cohorts, house.actor("trainer"))[0], people.CohortRow)


@pytest.mark.doors
def test_no_name_is_in_the_page_or_the_json(house: House, cohort: str) -> None:
    for _person in range(6):
        joins(house, cohort, WELL)
    browser = house.visitor("trainer")
    page = browser.get(f"/author/{NEW}/choices", params={"cohort": cohort})
    answer = browser.get(f"/api/v1/authoring/scenarios/{NEW}/choices", params={"cohort": cohort})
    assert (page.status_code, answer.status_code) == (200, 200)
    for text in (page.text, answer.text):
        assert "Hemmelig" not in text
        assert "Nadia" not in text
    taught = answer.json()["taught"]
    assert taught["people"] == 5
    assert sum(one["people"] for one in taught["took"] if one["moment"] == "opening") == 5
    assert ">6<" not in page.text
    assert json.dumps(taught).count("6") == 0


@pytest.mark.doors
def test_the_page_says_that_there_are_too_few(house: House, cohort: str) -> None:
    for _person in range(4):
        joins(house, cohort, WELL)
    browser = house.visitor("trainer", language="en")
    browser.post("/account", data={"language": "en"})
    page = browser.get(f"/author/{NEW}/choices", params={"cohort": cohort}).text
    assert "Under 5 people" in page
    assert "<table" not in page
    assert "<svg width" not in page
    assert browser.get(f"/author/{NEW}/choices").status_code == 200
    answer = browser.get(f"/api/v1/authoring/scenarios/{NEW}/choices", params={"cohort": cohort}).json()
    assert answer["taught"] is None
    assert desk_of(house, NEW).own
