"""Real parts for every test: a migrated database with the published content and the demo centre, copied per test.

The clock stands at Wednesday 25 November 2026, 10:00 in Denmark. The demo centre is the cast (`api/demo.py`): `learner` begins
the conflict week that day, `live` is two weeks after go-live, `manager` leads their team, `other-manager` another one, and
everybody `@other.example` is of another centre.
"""

import asyncio
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import bindparam
from sqlmodel import col
from starlette.testclient import TestClient

from api import demo
from api.database import Database, Db, PostgresDatabase, SqliteDatabase, open_database
from api.library import lint
from api.library.actions import publish
from api.library.lint import Candidate
from api.library.values import Finding
from api.migrations import migrate
from api.people import queries as people
from api.people.actions import token_hash
from api.people.rules import Actor, roles_of
from api.people.tables import Person, SignIn
from api.settings import ROOT, Settings
from api.statements import Query, select
from tests.postgres import postgres_server
from web.app import create_site
from web.protection import Protection

pytest_plugins = ["tests.covered"]
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
CONTENT = ROOT / "content"


@cache
def course() -> tuple[list[Candidate], list[Finding]]:
    """The course as the linter reads it, once a process; `tests/test_content.py` has it proved."""
    return lint.inspect(lint.load(CONTENT), proved=False)


def fill(url: str) -> None:
    """Migrates a database, publishes the course and makes the demo centre."""
    migrate(url)
    database = open_database(url)
    try:
        candidates, _loose = course()
        asyncio.run(database.write(publish, candidates, NOW))
        asyncio.run(database.write(demo.make, NOW))
    finally:
        database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "rolig.sqlite"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_address: str) -> str:
    name = f"template_{secrets.token_hex(4)}"
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    fill(_beside(postgres_address, name))
    return name


def _beside(address: str, name: str) -> str:
    """The address of another database on the same server."""
    before, _slash, last = address.rpartition("/")
    return f"{before}/{name}{'?' + last.partition('?')[2] if '?' in last else ''}"


# For a file about what pages say: the actions and queries behind them are tested on both databases where they live.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A filled database of one's own. A test that uses it runs on SQLite and on PostgreSQL (but see `ON_SQLITE`)."""
    if request.param == "sqlite":
        path = tmp_path / "rolig.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    address: str = request.getfixturevalue("postgres_address")
    template: str = request.getfixturevalue("postgres_template")
    name = f"test_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield _beside(address, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[SqliteDatabase | PostgresDatabase]:
    opened = open_database(database_url)
    assert isinstance(opened, (SqliteDatabase, PostgresDatabase))
    yield opened
    opened.close()


class Clock:
    """The time as the test sets it."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(database_url: str, database: Database, clock: Clock) -> Protection:
    return create_site(Settings(database_url, CONTENT), database=database, now=clock)


class House:
    """The running house and its people: what most tests are about."""

    def __init__(self, site: Protection, database: Database, clock: Clock) -> None:
        self.site, self.database, self.clock = site, database, clock

    def write(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return asyncio.run(self.database.write(work, *arguments))

    def read(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return asyncio.run(self.database.read(work, *arguments))

    def actor(self, name: str) -> Actor:
        """A person of the cast: `learner`, or `learner@other.example`."""
        found = self.read(actor_named, _email(name))
        assert isinstance(found, Actor)
        return found

    def visitor(self, name: str | None = None, language: str | None = None) -> TestClient:
        """A browser; signed in when a name is given. Redirects are shown, not followed."""
        headers = {"accept-language": language} if language else {}
        client = TestClient(self.site, follow_redirects=False, headers=headers)
        if name is not None:
            token = secrets.token_urlsafe(32)
            self.write(_open_session, _email(name), token, self.clock())
            client.cookies.set("rolig", token)
        return client


def _email(name: str) -> str:
    return name if "@" in name else f"{name}@demo.example"


BY_EMAIL = Query(
    select(Person.id, Person.centre_id, Person.name, Person.roles, Person.language).where(
        col(Person.email) == bindparam("email")
    ),
    people.ActorRow,
)


def actor_named(db: Db, email: str) -> Actor:
    row = db.one(BY_EMAIL, email=email)
    assert row is not None, f"nobody is {email}"
    return Actor(row.id, row.centre_id, row.name, roles_of(row.roles), row.language, "")


def _open_session(db: Db, email: str, token: str, now: datetime) -> None:
    person = actor_named(db, email)
    db.add(
        SignIn(token_hash=token_hash(token), person_id=person.id, created_at=now, expires_at=now + timedelta(days=14))
    )


@pytest.fixture
def house(site: Protection, database: Database, clock: Clock) -> House:
    return House(site, database, clock)
