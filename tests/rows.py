"""Stored rows as they are, for tests that ask what an action has left behind, or that it left nothing."""

from collections import namedtuple
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import SQLModel

import api.every_table  # noqa: F401 - so that `everything` is everything
from api.library.tables import RevisionText
from api.statements import Query, select
from tests.conftest import House


@cache
def _query(table: type[SQLModel], *named: str) -> Query[Any]:
    columns = list(table.__table__.columns)  # type: ignore[attr-defined]
    row = namedtuple("row", [column.name for column in columns])  # type: ignore[misc]  # noqa: PYI024 - names known here only
    wanted = [column == bindparam(column.name) for column in columns if column.name in named]
    assert len(wanted) == len(named), f"{table.__name__} lacks one of {', '.join(named)}"
    keys = [column for column in columns if column.primary_key]
    return Query(select(*columns).where(*wanted).order_by(*keys), row)


def rows(house: House, table: type[SQLModel], **where: Any) -> list[Any]:
    """The rows of a table with these values, in the order of their keys."""
    found: list[Any] = house.read(lambda db: db.all(_query(table, *where), **where))
    return found


def everything(house: House) -> dict[str, list[Any]]:
    """All that is stored, by table, to be held up against itself later (texts of revisions left out: they are long)."""
    tables = [mapper.class_ for mapper in SQLModel._sa_registry.mappers if mapper.class_ is not RevisionText]
    return {table.__name__: rows(house, table) for table in tables}
