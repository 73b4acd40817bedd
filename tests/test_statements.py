"""Statements compiled once: the same values travel in and out on both databases, and nothing is lost on the way."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import POSTGRES, SQLITE, Database, Db
from api.enrolments.tables import Enrolment, TeamCount
from api.errors import Invalid
from api.people.tables import Centre, SignInTrouble, Team
from api.statements import Command, Query, select

AT = datetime(2026, 11, 25, 9, 0, 0, 123456, tzinfo=UTC)


class Trouble(NamedTuple):
    key: str
    failures: int
    last_at: datetime


class Total(NamedTuple):
    number: int


class Text(NamedTuple):
    text: str


class Dates(NamedTuple):
    start_on: date
    go_live_on: date | None
    next_due_on: date | None
    assigned_at: datetime


TROUBLE = Query(
    select(SignInTrouble.key, SignInTrouble.failures, SignInTrouble.last_at).where(
        col(SignInTrouble.key) == bindparam("key")
    ),
    Trouble,
)
SINCE = Query(
    select(SignInTrouble.key, SignInTrouble.failures, SignInTrouble.last_at)
    .where(col(SignInTrouble.last_at) >= bindparam("since"))
    .order_by(col(SignInTrouble.key)),
    Trouble,
)
EXACTLY = Query(
    select(SignInTrouble.key, SignInTrouble.failures, SignInTrouble.last_at).where(
        col(SignInTrouble.last_at) >= bindparam("at"), col(SignInTrouble.last_at) <= bindparam("at")
    ),
    Trouble,
)
COUNT = Query(select(func.count(col(SignInTrouble.key))), Total)
FIRST_TWO = Query(
    select(SignInTrouble.key, SignInTrouble.failures, SignInTrouble.last_at).order_by(col(SignInTrouble.key)).limit(2),
    Trouble,
)
NOTE = Command(
    insert(SignInTrouble)
    .values(key=bindparam("key"), failures=1, last_at=bindparam("last_at"))
    .on_conflict_do_nothing(index_elements=["key"])
)
ADD = Command(
    update(SignInTrouble)
    .where(col(SignInTrouble.failures) >= bindparam("least"))
    .values(failures=col(SignInTrouble.failures) + bindparam("more"))
)
FORGET = Command(delete(SignInTrouble))
DATES = Query(
    select(Enrolment.start_on, Enrolment.go_live_on, Enrolment.next_due_on, Enrolment.assigned_at)
    .order_by(col(Enrolment.id))
    .limit(1),
    Dates,
)
OF_CENTRE = Query(select(Centre.name).where(col(Centre.id) == bindparam("id")), Text)


@pytest.fixture
def write(database: Database) -> Callable[..., Any]:
    return lambda work, *arguments: asyncio.run(database.write(work, *arguments))


@pytest.fixture
def read(database: Database) -> Callable[..., Any]:
    return lambda work, *arguments: asyncio.run(database.read(work, *arguments))


Do = Callable[..., Any]


def keep(db: Db, *troubles: Trouble) -> None:
    for one in troubles:
        db.add(SignInTrouble(**one._asdict()))


@pytest.mark.parametrize(
    "at",
    [
        AT,
        AT.replace(microsecond=0),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        AT.astimezone(timezone(timedelta(hours=2))),
    ],
    ids=["microseconds", "whole seconds", "the first", "the last", "another zone"],
)
def test_an_instant_comes_back_the_same_and_in_utc(write: Do, read: Do, at: datetime) -> None:
    write(keep, Trouble("k", 3, at))
    row = read(lambda db: db.one(TROUBLE, key="k"))
    assert row == ("k", 3, at)
    assert type(row) is Trouble
    assert row.last_at.utcoffset() == timedelta(0)


def test_an_instant_is_compared_as_an_instant(write: Do, read: Do) -> None:
    later = AT + timedelta(microseconds=1)
    write(keep, Trouble("a", 1, AT), Trouble("b", 1, later))
    in_copenhagen = later.astimezone(timezone(timedelta(hours=1)))
    assert [row.key for row in read(lambda db: db.all(SINCE, since=in_copenhagen))] == ["b"]


def test_a_value_that_stands_twice_in_a_statement_is_the_same_value(write: Do, read: Do) -> None:
    write(keep, Trouble("a", 1, AT))
    assert [row.key for row in read(lambda db: db.all(EXACTLY, at=AT))] == ["a"]


def test_a_day_is_a_day_and_none_is_none(write: Do, read: Do) -> None:
    def change(db: Db) -> None:
        [row] = db.all(ONE_ENROLMENT)
        db.run(SET_DATES, of=row.text, start=date(2026, 3, 1), live=None, due=date.max)

    write(change)
    row = read(lambda db: db.one(DATES))
    assert row[:3] == (date(2026, 3, 1), None, date.max)
    assert [type(value) for value in row] == [date, type(None), date, datetime]


ONE_ENROLMENT = Query(select(Enrolment.id).order_by(col(Enrolment.id)).limit(1), Text)
SET_DATES = Command(
    update(Enrolment)
    .where(col(Enrolment.id) == bindparam("of"))
    .values(start_on=bindparam("start"), go_live_on=bindparam("live"), next_due_on=bindparam("due"))
)


@pytest.mark.parametrize(
    "name", ["Ærø Øst", "100 % rolig", 'O\'Hara "x" \\ ; --', ":key %(key)s ? $1 {}", "🌱 مرحبا", "", "to\nlinjer\t"]
)
def test_text_comes_back_letter_by_letter(write: Do, read: Do, name: str) -> None:
    write(lambda db: db.add(Centre(id="c", name=name)))
    assert read(lambda db: db.one(OF_CENTRE, id="c")) == Text(name)
    assert write(lambda db: db.run(RENAME, old=name, new=f"{name}!")) == 1


RENAME = Command(update(Centre).where(col(Centre.name) == bindparam("old")).values(name=bindparam("new")))


def test_a_character_that_postgresql_cannot_hold_is_refused_on_both(write: Do, read: Do) -> None:
    with pytest.raises(Invalid):
        read(lambda db: db.one(OF_CENTRE, id="\0"))
    with pytest.raises(Invalid):
        write(lambda db: db.add(Centre(id="c", name="a\0b")))


def test_counting_and_limits_written_in_the_statement_hold(write: Do, read: Do) -> None:
    write(keep, *(Trouble(key, 1, AT) for key in "cab"))
    assert read(lambda db: db.one(COUNT)) == Total(3)
    assert [row.key for row in read(lambda db: db.all(FIRST_TWO))] == ["a", "b"]
    assert read(lambda db: db.one(FIRST_TWO)).key == "a"


def test_nothing_found_is_none_or_an_empty_list(read: Do) -> None:
    assert read(lambda db: db.one(TROUBLE, key="nobody")) is None
    assert read(lambda db: db.all(TROUBLE, key="nobody")) == []


def test_a_command_says_how_many_rows_it_changed(write: Do, read: Do) -> None:
    assert write(lambda db: db.run(NOTE, key="a", last_at=AT)) == 1
    assert write(lambda db: db.run(NOTE, key="a", last_at=AT)) == 0
    write(keep, Trouble("b", 5, AT), Trouble("c", 6, AT))
    assert write(lambda db: db.run(ADD, least=5, more=2)) == 2
    assert [row.failures for row in read(lambda db: db.all(SINCE, since=AT))] == [1, 7, 8]
    assert write(lambda db: db.run(FORGET)) == 3


def test_a_value_forgotten_is_an_error_not_a_null(write: Do) -> None:
    with pytest.raises((KeyError, sqlite3.Error, psycopg.Error)):
        write(lambda db: db.run(NOTE, key="a"))
    with pytest.raises((KeyError, sqlite3.Error, psycopg.Error)):
        write(lambda db: db.run(NOTE, last_at=AT))


def test_keys_are_kept_by_the_database_too(write: Do, read: Do) -> None:
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        write(lambda db: db.add(Team(id="t", centre_id="nowhere", name="Team Ingen")))
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        write(keep, Trouble("a", 1, AT), Trouble("a", 2, AT))
    assert read(lambda db: db.one(COUNT)) == Total(0), "the first of the two is undone with the second"


def test_reading_cannot_write(read: Do) -> None:
    with pytest.raises((sqlite3.OperationalError, psycopg.errors.ReadOnlySqlTransaction)):
        read(lambda db: db.run(FORGET))


def test_a_statement_is_compiled_once_for_each_database() -> None:
    for dialect in (SQLITE, POSTGRES):
        assert TROUBLE.on(dialect) is TROUBLE.on(dialect)
    assert ":key" in TROUBLE.on(SQLITE).text
    assert "%(key)s" in TROUBLE.on(POSTGRES).text
    assert SINCE.on(POSTGRES).defaults == {}
    assert 2 in FIRST_TWO.on(SQLITE).defaults.values(), "what stands in the statement need not be given"


def test_parameters_do_not_remember_what_was_asked_before(write: Do, read: Do) -> None:
    write(keep, Trouble("a", 1, AT), Trouble("b", 1, AT + timedelta(days=1)))
    for _time in range(2):
        assert len(read(lambda db: db.all(SINCE, since=AT))) == 2
        assert len(read(lambda db: db.all(SINCE, since=AT + timedelta(hours=1)))) == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - its zone is given beside it
    due=st.dates(),
    people=st.integers(0, 2**31 - 1),
    word=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
)
def test_any_value_travels_both_ways(write: Do, read: Do, at: datetime, due: date, people: int, word: str) -> None:
    team = read(lambda db: db.one(A_TEAM)).text

    def replace(db: Db) -> None:
        db.run(FORGET)
        db.run(EMPTY_COUNTS)
        db.add(SignInTrouble(key=word, failures=people, last_at=at))
        db.add(TeamCount(team_id=team, begun=word, next_due_on=due, people=people))

    write(replace)
    assert read(lambda db: db.one(TROUBLE, key=word)) == (word, people, at)
    assert read(lambda db: db.all(COUNTS)) == [(word, due, people)]


class Counted(NamedTuple):
    begun: str
    next_due_on: date
    people: int


A_TEAM = Query(select(Team.id).limit(1), Text)
EMPTY_COUNTS = Command(delete(TeamCount))
COUNTS = Query(select(TeamCount.begun, TeamCount.next_due_on, TeamCount.people), Counted)
