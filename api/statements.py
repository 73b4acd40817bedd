"""Statements written once over the tables, compiled once for each database, run on its driver.

No `IN` lists: they change the text with every length. Two alternatives are an `or_`.

SQLAlchemy Core builds the SQL from the SQLModel columns (a renamed column breaks at import, not at midnight) and knows
how each type travels. Compiling and the ORM's bookkeeping are what make the usual style slow on a page, so both are
left out of the request: a statement is compiled the first time it runs and is plain SQL text ever after.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy
from sqlalchemy import Dialect, Executable, Select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import CompilerElement
from sqlalchemy.types import TypeEngine

from api.errors import Invalid
from api.words import _

Row = TypeVar("Row", bound=tuple[Any, ...])
Convert = Callable[[Any], Any]


def select(*columns: Any) -> Select[Any]:
    """SQLAlchemy's select over SQLModel columns, which type checkers take for plain values."""
    return sqlalchemy.select(*columns)


class Compiled(NamedTuple):
    """SQL text for one database and how values go in (`binds`) and come out (`results`)."""

    text: str
    defaults: Mapping[str, Any]
    binds: tuple[tuple[str, Convert], ...]
    results: tuple[tuple[int, Convert], ...]

    def parameters(self, values: dict[str, Any]) -> dict[str, Any]:
        for value in values.values():
            if type(value) is str and "\0" in value:
                # PostgreSQL cannot hold it, SQLite can; said here it is one answer on both, through every door.
                raise Invalid(_("This value cannot be used here."))
        parameters = {**self.defaults, **values} if self.defaults else values
        for name, convert in self.binds:
            parameters[name] = convert(parameters[name])
        return parameters


class Command:
    """An insert, update or delete. Values are named by its bind parameters."""

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: Dialect) -> Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = self._compile(dialect)
        return self._compiled[dialect.name]

    def _columns(self) -> list[TypeEngine[Any]]:
        return []

    def _compile(self, dialect: Dialect) -> Compiled:
        assert isinstance(self.statement, CompilerElement)
        compiled = self.statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        binds: dict[str, Convert] = {}  # by name: a value that stands in a statement twice is converted once
        for bind, name in compiled.bind_names.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if convert is not None:
                binds[name] = convert
        results = []
        for position, kind in enumerate(self._columns()):
            convert = kind.dialect_impl(dialect).result_processor(dialect, None)
            if convert is not None:
                results.append((position, convert))
        given = {name: value for name, value in (compiled.params or {}).items() if value is not None}
        return Compiled(str(compiled), given, tuple(binds.items()), tuple(results))


class Query(Command, Generic[Row]):
    """A select and the small named tuple each of its rows becomes (fields in the order of the columns)."""

    def __init__(self, statement: Select[Any], row: type[Row]) -> None:
        super().__init__(statement)
        self.select = statement
        self.row = row
        self._make: Callable[[Any], Row] = getattr(row, "_make", row)

    def _columns(self) -> list[TypeEngine[Any]]:
        return [column.type for column in self.select.selected_columns]

    def rows(self, compiled: Compiled, raw: list[tuple[Any, ...]]) -> list[Row]:
        if not compiled.results:
            return [self._make(values) for values in raw]
        rows = []
        for values in raw:
            changed = list(values)
            for position, convert in compiled.results:
                changed[position] = convert(changed[position])
            rows.append(self._make(changed))
        return rows
