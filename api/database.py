"""Where everything is stored: SQLite by default, PostgreSQL by one setting. The only place that commits.

Two ways in, the same on both databases:

- `await database.read(function, *arguments)`: `function(db, *arguments)` sees one snapshot and cannot write. On SQLite it
  runs on the event loop, so it must be short (by key, or one page of an index); `read_aside` is for what may take longer.
- `await database.write(function, *arguments)`: one transaction, committed before the answer leaves, rolled back whole on
  any error. Functions hold no state and do nothing but read and write, so the database may run one again.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

import psycopg
from psycopg import IsolationLevel, errors
from sqlalchemy import Dialect, bindparam, create_engine, event, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from api.statements import Command, Query, Row

QUEUE = 7_064_947  # any number: the key under which repeated writes wait for each other in PostgreSQL

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate["Db", P], T]

SQLITE = sqlite.dialect(paramstyle="named")
POSTGRES = postgresql.psycopg.dialect()  # type: ignore[no-untyped-call]


class _Connection(Protocol):
    def execute(self, sql: Any, parameters: Any = ..., /) -> Any: ...


@cache
def _insert(table: type[SQLModel]) -> Command:
    columns = table.__table__.columns  # type: ignore[attr-defined]  # set by SQLModel on table models
    return Command(insert(table).values({column.name: bindparam(column.name) for column in columns}))


class Db:
    """One open transaction: what queries and actions are given."""

    def __init__(self, connection: _Connection, dialect: Dialect) -> None:
        self._connection = connection
        self._dialect = dialect

    def one(self, query: Query[Row], **values: Any) -> Row | None:
        """The first row, or None."""
        compiled = query.on(self._dialect)
        raw = self._connection.execute(compiled.text, compiled.parameters(values)).fetchone()
        return query.rows(compiled, [raw])[0] if raw is not None else None

    def all(self, query: Query[Row], **values: Any) -> list[Row]:
        compiled = query.on(self._dialect)
        return query.rows(compiled, self._connection.execute(compiled.text, compiled.parameters(values)).fetchall())

    def run(self, command: Command, **values: Any) -> int:
        """Runs an insert, update or delete; the number of rows it changed."""
        compiled = command.on(self._dialect)
        changed: int = self._connection.execute(compiled.text, compiled.parameters(values)).rowcount
        return changed

    def add(self, row: SQLModel) -> None:
        """Stores one new row."""
        command = _insert(type(row))
        columns = type(row).__table__.columns  # type: ignore[attr-defined]
        self.run(command, **{column.name: getattr(row, column.name) for column in columns})


class Job(NamedTuple):
    work: Callable[[Db], Any]
    done: Callable[[Any, BaseException | None], None]


class Database(Protocol):
    """What doors hold. `close` ends every connection; a database is not used again after it."""

    async def read(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...
    async def read_aside(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...
    async def write(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...
    def close(self) -> None: ...


def open_database(url: str) -> Database:
    """Opens what `ROLIG_DATABASE_URL` names. The tables must be there (`rolig migrate`)."""
    if make_url(url).get_backend_name() == "sqlite":
        return SqliteDatabase(Path(make_url(url).database or ""))
    return PostgresDatabase(url)


class SqliteDatabase:
    """One file in WAL mode: a long-lived reader on the event loop, one writer thread with group commit.

    Writes that wait together are committed together, each in its own savepoint: one disk sync serves them all, which is
    why `synchronous=FULL` (an acknowledged answer survives a power cut) costs next to nothing.
    """

    BATCH = 32

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader = self._connect(query_only=True)
        self._aside = ThreadPoolExecutor(4, thread_name_prefix="rolig-aside")
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write_all, name="rolig-writer", daemon=True)
        self._writer.start()

    def _connect(self, *, query_only: bool) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=30, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-65536",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if query_only:
            connection.execute("PRAGMA query_only=ON")
        return connection

    async def read(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self._snapshot(self._reader, work, *args, **kwargs)

    async def read_aside(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        def aside() -> T:
            connection = self._connect(query_only=True)
            try:
                return self._snapshot(connection, work, *args, **kwargs)
            finally:
                connection.close()

        return await asyncio.get_running_loop().run_in_executor(self._aside, aside)

    @staticmethod
    def _snapshot(connection: sqlite3.Connection, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        connection.execute("BEGIN")
        try:
            return work(Db(connection, SQLITE), *args, **kwargs)
        finally:
            connection.execute("ROLLBACK")

    async def write(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def settle(value: T, error: BaseException | None) -> None:
            if future.cancelled():
                return
            if error is None:
                future.set_result(value)
            else:
                future.set_exception(error)

        def done(value: T, error: BaseException | None) -> None:
            loop.call_soon_threadsafe(settle, value, error)

        self._jobs.put(Job(lambda db: work(db, *args, **kwargs), done))
        return await future

    def _write_all(self) -> None:
        connection = self._connect(query_only=False)
        db = Db(connection, SQLITE)
        running = True
        while running:
            batch = [self._jobs.get()]
            while len(batch) < self.BATCH:
                try:
                    batch.append(self._jobs.get_nowait())
                except Empty:
                    break
            running = None not in batch
            self._write_batch(connection, db, [job for job in batch if job is not None])
        connection.close()

    def _write_batch(self, connection: sqlite3.Connection, db: Db, batch: list[Job]) -> None:
        outcomes: list[tuple[Job, Any, BaseException | None]] = []
        try:
            connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                connection.execute("SAVEPOINT job")
                try:
                    outcomes.append((job, job.work(db), None))
                except Exception as refusal:  # noqa: BLE001 - whatever it is goes to the one who asked
                    connection.execute("ROLLBACK TO job")
                    outcomes.append((job, None, refusal))
                connection.execute("RELEASE job")
            connection.commit()
        except Exception as failure:  # noqa: BLE001 - the whole batch is undone: nobody in it may be told otherwise
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            outcomes = [(job, None, failure) for job in batch]
        for job, value, error in outcomes:
            job.done(value, error)

    def close(self) -> None:
        self._jobs.put(None)
        self._writer.join()
        self._aside.shutdown()
        self._reader.close()


class PostgresDatabase:
    """A pool of connections on threads; any number of processes may share the database.

    Writes are SERIALIZABLE and run again when the database says that two of them crossed, so an action that checks
    first and writes last needs no locks of its own to be right.
    """

    THREADS = 10
    TRIES = 40

    def __init__(self, url: str) -> None:
        address = make_url(url).set(drivername="postgresql+psycopg")
        self._engine = create_engine(address, pool_size=self.THREADS, max_overflow=0, pool_pre_ping=True)
        event.listen(self._engine, "connect", self._prepare)
        self._threads = ThreadPoolExecutor(self.THREADS, thread_name_prefix="rolig-postgres")

    @staticmethod
    def _prepare(connection: psycopg.Connection[Any], _record: object) -> None:
        connection.isolation_level = IsolationLevel.SERIALIZABLE

    async def _on_thread(self, run: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    async def read(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._on_thread(lambda: self._once(work, *args, **kwargs))

    read_aside = read

    async def write(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._on_thread(lambda: self._until_it_holds(work, *args, **kwargs))

    def _once(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        pooled = self._engine.raw_connection()
        try:
            connection: Any = pooled.driver_connection
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return work(Db(connection, POSTGRES), *args, **kwargs)
        finally:
            pooled.close()  # back to the pool, which rolls back

    def _until_it_holds(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs at once; one that crossed another runs again in a queue, so that many cannot keep each other out."""
        for attempt in range(self.TRIES):
            pooled = self._engine.raw_connection()
            connection: Any = pooled.driver_connection
            try:
                with _queue(connection) if attempt else nullcontext():
                    value = work(Db(connection, POSTGRES), *args, **kwargs)
                    connection.commit()
                    return value
            except (errors.SerializationFailure, errors.DeadlockDetected, errors.UniqueViolation):
                # A unique key can be taken between our check and our insert; the next run sees it and says so.
                if attempt == self.TRIES - 1:
                    raise
            finally:
                pooled.close()
        raise AssertionError("unreachable")

    def close(self) -> None:
        self._threads.shutdown()
        self._engine.dispose()


@contextmanager
def _queue(connection: Any) -> Iterator[None]:
    """One at a time over all processes. Taken before the transaction begins: a snapshot from before the wait would be
    too old to commit on.
    """
    connection.execute("SELECT pg_advisory_lock(%s)", (QUEUE,))
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute("SELECT pg_advisory_unlock(%s)", (QUEUE,))
        connection.commit()
