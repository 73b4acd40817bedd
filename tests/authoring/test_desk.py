"""What stands on an author's desk, and what it costs to put it there."""

from typing import Any

import pytest

from api.authoring import actions, queries
from api.authoring.queries import MOST_NAMED
from api.authoring.rules import Change, Stand
from api.database import Db
from api.enrolments.tables import Progress
from api.ids import new_id
from api.people.tables import Person
from tests.authoring.forms import in_english, said
from tests.authoring.writing import CALL, EXAMPLE, NEW, desk_of, save
from tests.conftest import NOW, House


def test_what_the_texts_cost_does_not_hang_on_how_many_play(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    author, version = house.actor("trainer"), save(house, EXAMPLE, NEW)
    asked: list[Any] = []
    ask = Db.all

    def heard(db: Db, query: Any, **values: Any) -> Any:
        asked.append(query)
        return ask(db, query, **values)

    monkeypatch.setattr(Db, "all", heard)
    house.read(queries.written, author, CALL)
    house.read(queries.candidate, author, CALL)
    house.read(queries.tried, author, CALL, Stand())
    house.write(actions.take_in, author, CALL, "da", EXAMPLE["da"], None, NOW)
    whole = house.read(queries.candidate, author, NEW)
    house.write(actions.publish, author, NEW, version, whole, Change.STRUCTURAL, NOW)
    assert asked
    assert [one for one in asked if one is queries.MID_RUN or one is queries.REVISIONS] == []
    desk_of(house)
    assert [one for one in asked if one is queries.MID_RUN] == [queries.MID_RUN]


def test_the_first_who_have_begun_are_named_and_all_are_counted(house: House) -> None:
    revision, centre = desk_of(house).revision_id, house.actor("trainer").centre_id

    def begin(db: Db) -> None:
        for number in range(MOST_NAMED + 5):
            person = new_id()
            common = {"email": f"{person}@demo.example", "roles": "learner", "language": "da", "password_hash": "x"}
            db.add(Person(id=person, centre_id=centre, team_id=None, name=f"N {number:02}", created_at=NOW, **common))
            done = NOW if number == 0 else None
            db.add(Progress(person_id=person, unit=CALL, revision_id=revision, started_at=NOW, done_at=done))

    house.write(begin)
    desk = desk_of(house)
    assert desk.begun == MOST_NAMED + 4
    assert [one.name for one in desk.mid_run] == [f"N {number:02}" for number in range(1, MOST_NAMED + 1)]
    save(house, EXAMPLE)
    assert "The first 20 names are shown." in said(in_english(house, "trainer").get(f"/author/{CALL}").text)
