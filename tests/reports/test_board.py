"""The manager's board: own team only, totals that equal the rows, every row on exactly one page."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest

from api.enrolments import rules as enrolments
from api.enrolments.actions import NEVER, SET_BUCKET
from api.enrolments.rules import Begun, Standing
from api.enrolments.tables import Enrolment, TeamCount
from api.errors import Forbidden, Invalid, NotFound
from api.ids import new_id
from api.people.tables import Person, TeamLead
from api.reports import queries, rules
from api.reports.queries import PAGE, Board, Line
from tests.conftest import TODAY, House
from tests.rows import rows

WANTED = [None, *Standing]


def board(house: House, name: str = "manager", today: date = TODAY, **asked: Any) -> Board:
    found: Board = house.read(queries.board, house.actor(name), today, *_asked(**asked))
    return found


def _asked(team_id: str | None = None, wanted: Standing | None = None, page: str = "") -> tuple[Any, ...]:
    return team_id, wanted, page


def all_pages(house: House, wanted: Standing | None, today: date = TODAY) -> list[list[Line]]:
    """Every page of a board, walked by its marks."""
    pages = [board(house, wanted=wanted, today=today)]
    while pages[-1].next_page is not None:
        pages.append(board(house, wanted=wanted, page=pages[-1].next_page, today=today))
        assert len(pages) < 100
    return [page.lines for page in pages]


def ids(lines: list[Line]) -> list[str]:
    return [line.row.id for line in lines]


def crowd(house: House, people: int) -> None:
    """Many more in Mads' team, with names and dates that are often the same, and the counts that belong to them."""
    [sample] = rows(house, Enrolment, person_id=house.actor("learner").id)
    [nadia] = rows(house, Person, id=house.actor("learner").id)

    def add(db: Any) -> None:
        buckets: dict[tuple[str, date], int] = {}
        for row in before:
            buckets[row.begun, row.next_due_on] = row.people
        for number in range(people):
            name = ["Åse Øst", "=Kaj", "Åse Øst", "Anna. Bo", "anna bo"][number % 5]
            begun = [Begun.FRESH, Begun.BEGUN, Begun.DONE][number % 3]
            due = None if begun is Begun.DONE else TODAY + timedelta(days=number % 4 - 1)
            person = new_id()
            db.add(Person(**(nadia._asdict() | {"id": person, "name": name, "email": f"{number}@crowd.example"})))
            changed = {
                "id": new_id(),
                "person_id": person,
                "person_name": name,
                "begun": begun.value,
                "next_due_on": due,
            }
            db.add(Enrolment(**(sample._asdict() | changed)))
            buckets[begun.value, due or NEVER] = buckets.get((begun.value, due or NEVER), 0) + 1
        for (begun_word, due_on), count in buckets.items():
            db.run(SET_BUCKET, team_id=sample.team_id, begun=begun_word, next_due_on=due_on, people=count)

    before = rows(house, TeamCount, team_id=sample.team_id)
    house.write(add)


def test_the_demo_board_shows_the_whole_team_by_name(house: House) -> None:
    found = board(house)
    assert found.team.name == "Team Nord"
    assert [team.name for team in found.teams] == ["Team Nord"]
    names = [line.row.person_name for line in found.lines]
    assert len(names) == 10
    assert {"Nadia Lind", "Liam Storm", "Hanne Brix"} <= set(names)
    assert found.next_page is None
    stands = {line.row.person_name: line.standing for line in found.lines}
    assert (stands["Freja Lund"], stands["Bo Kjær"], stands["Nadia Lind"]) == (
        Standing.DONE,
        Standing.NOT_STARTED,
        Standing.NOT_STARTED,
    )


@pytest.mark.parametrize("days", [-30, 0, 1, 30, 4000])
def test_totals_equal_the_rows_on_any_day(house: House, days: int) -> None:
    today = TODAY + timedelta(days=days)
    whole = board(house, today=today)
    by_row = [line.standing for line in whole.lines]
    assert whole.totals == {one: by_row.count(one) for one in Standing}
    for wanted in Standing:
        found = board(house, wanted=wanted, today=today)
        assert {line.standing for line in found.lines} <= {wanted}
        assert len(found.lines) == rules.shown(found.totals, wanted)
        assert set(ids(found.lines)) == {line.row.id for line in whole.lines if line.standing is wanted}


@pytest.mark.parametrize("wanted", WANTED)
def test_every_row_stands_on_exactly_one_page_many_names_and_dates_being_equal(
    house: House, wanted: Standing | None
) -> None:
    crowd(house, 3 * PAGE * 2 + 7)
    pages = all_pages(house, wanted)
    walked = [line for page in pages for line in page]
    assert all(len(page) == PAGE for page in pages[:-1])
    assert len(set(ids(walked))) == len(walked) == rules.shown(board(house).totals, wanted)
    team = {
        row.id
        for row in rows(house, Enrolment, team_id=board(house).team.id)
        if wanted in (None, enrolments.standing(Begun(row.begun), row.next_due_on, TODAY))
    }
    assert set(ids(walked)) == team
    if wanted in (Standing.LATE, Standing.NOT_STARTED, Standing.ON_TRACK):
        dates = [line.row.next_due_on for line in walked if line.row.next_due_on]
        assert dates == sorted(dates)
    manager = house.actor("manager")
    assert walked == house.read(lambda db: list(queries.everybody(db, manager, TODAY, None, wanted)))


def test_a_page_that_is_exactly_full_is_the_last(house: House) -> None:
    crowd(house, PAGE - 10)
    found = board(house)
    assert len(found.lines) == PAGE
    assert found.next_page is None


def test_the_file_equals_the_screen(house: House) -> None:
    crowd(house, 520)
    manager = house.actor("manager")
    text = house.read(queries.csv_text, manager, TODAY, None, None)
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    head, *lines = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    walked = [line for page in all_pages(house, None) for line in page]
    assert len(head) == 8
    assert [line[0] for line in lines] == [rules.text_cell(line.row.person_name) for line in walked]
    assert "'=Kaj" in {line[0] for line in lines}
    first, row = lines[0], walked[0].row
    assert first[3:] == [
        str(row.steps_done),
        str(row.steps_total),
        row.next_due_on.isoformat() if row.next_due_on else "",
        row.start_on.isoformat(),
        row.go_live_on.isoformat() if row.go_live_on else "",
    ]
    assert "" in {line[5] for line in lines}, "who is done has no next date"


def test_the_file_can_show_one_standing_and_is_named_by_its_day(house: House) -> None:
    text = house.read(queries.csv_text, house.actor("manager"), TODAY, None, Standing.DONE)
    assert len(text.splitlines()) == 1 + board(house).totals[Standing.DONE]
    assert queries.csv_name(TODAY) == "rolig-2026-11-25.csv"


@pytest.mark.parametrize("page", ["x", "x.y", ".2026-13-45", "..", "x.25-11-2026"])
def test_a_mark_that_is_none_is_refused_or_begins_somewhere(house: House, page: str) -> None:
    if page == "x":  # no date after the dot: from the first day on
        assert board(house, wanted=Standing.LATE, page=page).lines == board(house, wanted=Standing.LATE).lines
        return
    with pytest.raises(Invalid) as refused:
        board(house, wanted=Standing.LATE, page=page)
    assert refused.value.first.field == "page"
    assert board(house, page=page).totals == board(house).totals


def test_each_manager_sees_the_own_team_alone(house: House) -> None:
    north, south = board(house), board(house, "other-manager")
    assert south.team.name == "Team Syd"
    assert [line.row.person_name for line in south.lines] == ["Selma Dahl"]
    assert set(ids(north.lines)).isdisjoint(ids(south.lines))
    other = board(house, "manager@other.example")
    assert set(ids(north.lines)).isdisjoint(ids(other.lines))
    for name, team in (("manager", south.team.id), ("manager", other.team.id), ("manager", new_id())):
        with pytest.raises(NotFound):
            board(house, name, team_id=team)


def test_a_manager_of_two_teams_chooses(house: House) -> None:
    south = board(house, "other-manager").team
    house.write(lambda db: db.add(TeamLead(person_id=house.actor("manager").id, team_id=south.id)))
    found = board(house)
    assert [team.name for team in found.teams] == ["Team Nord", "Team Syd"]
    assert found.team.name == "Team Nord"
    assert board(house, team_id="").team == found.team
    assert board(house, team_id=south.id).team == south


def test_leading_a_team_of_another_centre_shows_nothing(house: House) -> None:
    stranger = board(house, "manager@other.example").team
    house.write(lambda db: db.add(TeamLead(person_id=house.actor("manager").id, team_id=stranger.id)))
    assert [team.name for team in board(house).teams] == ["Team Nord"]
    with pytest.raises(NotFound):
        board(house, team_id=stranger.id)


def test_a_manager_without_a_team_is_told_what_to_do(house: House) -> None:
    [olga] = rows(house, Person, id=house.actor("other-manager").id)
    loose = Person(**(olga._asdict() | {"id": new_id(), "email": "loose@demo.example"}))
    house.write(lambda db: db.add(loose))
    with pytest.raises(NotFound):
        board(house, "loose")


@pytest.mark.parametrize("name", ["learner", "trainer", "safety", "admin"])
def test_who_leads_nobody_by_role_is_refused(house: House, name: str) -> None:
    with pytest.raises(Forbidden):
        board(house, name)
    with pytest.raises(Forbidden):
        house.read(queries.csv_text, house.actor(name), TODAY, None, None)
