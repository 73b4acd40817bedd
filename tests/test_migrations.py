"""Migrations make exactly the tables of the models, on both databases, however often and from wherever they start."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlmodel import SQLModel

from alembic import command
from api import every_table
from api.migrations import configuration, migrate
from tests.conftest import _beside

pytestmark = pytest.mark.doors


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite"
        return
    address: str = request.getfixturevalue("postgres_address")
    name = f"empty_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield _beside(address, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    made = create_engine(empty_url.replace("postgresql://", "postgresql+psycopg://", 1))
    yield made
    made.dispose()


def differences(engine: Engine) -> list[Any]:
    """What autogenerate would write into a next migration."""
    assert every_table.__doc__
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found: list[Any] = compare_metadata(context, SQLModel.metadata)
        return found


def made(engine: Engine) -> dict[str, Any]:
    """Every table as the database describes it, with keys and indexes."""
    looked = inspect(engine)
    return {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in looked.get_columns(name)],
            looked.get_pk_constraint(name)["constrained_columns"],
            sorted(str(sorted(key.items(), key=str)) for key in looked.get_foreign_keys(name)),
            sorted(str(key["column_names"]) for key in looked.get_unique_constraints(name)),
            sorted(str((index["name"], index["column_names"], index["unique"])) for index in looked.get_indexes(name)),
        )
        for name in sorted(looked.get_table_names())
    }


def test_from_empty_to_exactly_the_models(empty_url: str, engine: Engine) -> None:
    assert differences(engine), "an empty database must differ, or this test sees nothing"
    migrate(empty_url)
    assert differences(engine) == []
    assert set(made(engine)) == {*SQLModel.metadata.tables, "alembic_version"}


def test_a_missing_index_would_be_seen(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_enrolment_team_due"))
    assert [kind for kind, *_rest in differences(engine)] == ["add_index"]


def test_migrating_again_changes_nothing(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    before = made(engine)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO centre (id, name, on_call_name, on_call_phone, on_call_hours) VALUES ('c', 'C', '', '', '')"
            )
        )
    migrate(empty_url)
    assert made(engine) == before
    with engine.begin() as connection:
        assert connection.execute(text("SELECT id FROM centre")).scalars().all() == ["c"]


def test_down_to_nothing_and_up_again(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    before = made(engine)
    command.downgrade(configuration(empty_url), "base")
    assert set(made(engine)) == {"alembic_version"}
    migrate(empty_url)
    assert made(engine) == before


def test_a_filled_database_is_at_the_newest_migration(database_url: str) -> None:
    made_engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://", 1))
    with made_engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    made_engine.dispose()
    script = ScriptDirectory.from_config(configuration(database_url))
    assert [at] == script.get_heads()
