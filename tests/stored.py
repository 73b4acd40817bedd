"""What is stored, looked at from outside: plain rows, table by table, and putting them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, create_engine, delete, insert, select
from sqlmodel import SQLModel

from api import every_table

Rows = dict[str, list[dict[str, Any]]]
# What is taught does not change while people learn.
TAUGHT = {"revision", "revision_text", "current_revision", "served_version"}
assert every_table.__doc__


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection of one's own, committed at the end."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def tables() -> list[Table]:
    """Everything that people change, referred-to tables first."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in TAUGHT]


def rows(url: str, *names: str) -> Rows:
    """All rows, in the order of the keys."""
    with connected(url) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in tables()
            if not names or table.name in names
        }


def put_back(url: str, kept: Rows) -> None:
    """The database as it was."""
    with connected(url) as connection:
        for table in reversed(tables()):
            connection.execute(delete(table))
        for table in tables():
            if kept[table.name]:
                connection.execute(insert(table), kept[table.name])
