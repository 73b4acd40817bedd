"""The command `rolig`: thin; what it does is elsewhere."""

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import psycopg
import uvicorn

from api import demo
from api.database import Database, Db, open_database
from api.errors import DomainError
from api.library import lint, queries
from api.library.actions import publish
from api.migrations import migrate
from api.settings import Settings, WrongSetting
from api.words import sentence

P = ParamSpec("P")
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="rolig", description="Conflict handling as a lasting part of onboarding.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the site")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1, help="processes; more than one pays on PostgreSQL")
    commands.add_parser("migrate", help="bring the database to the newest tables")
    commands.add_parser("demo", help="make the demo centre, where there is none yet, and print its logins")
    for name, text in (("check", "say what is wrong in content files"), ("publish", "publish changed content files")):
        commands.add_parser(name, help=text).add_argument("paths", nargs="+", type=Path, metavar="PATH")
    asked = parser.parse_args(arguments)
    try:
        return {"serve": _serve, "migrate": _migrate, "demo": _demo, "check": _check, "publish": _publish}[
            asked.command
        ](asked)
    except (WrongSetting, NoTables) as error:
        print(f"rolig: {error}", file=sys.stderr)
    except DomainError as error:
        print(f"rolig: {sentence(error.first, 'en')}", file=sys.stderr)
    return 2


class NoTables(Exception):
    """The database has not been migrated."""


def _read(work: Callable[[Db], T]) -> T:
    with _database() as database:
        return asyncio.run(database.read(work))


def _write(work: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    with _database() as database:
        return asyncio.run(database.write(work, *args, **kwargs))


@contextmanager
def _database() -> Iterator[Database]:
    """The database of the settings, closed afterwards; NoTables when it is empty."""
    database = open_database(Settings.from_environment().database_url)
    try:
        yield database
    except (sqlite3.OperationalError, psycopg.errors.UndefinedTable) as error:
        if isinstance(error, sqlite3.Error) and "no such table" not in str(error):
            raise
        raise NoTables("The database has no tables yet. Run 'rolig migrate' first.") from None
    finally:
        database.close()


def _serve(asked: argparse.Namespace) -> int:
    settings = Settings.from_environment()
    uvicorn.run(
        "web.app:from_environment",
        factory=True,
        host=asked.host,
        port=asked.port,
        workers=asked.workers,
        access_log=False,
        server_header=False,
        # A proxy's word on who is asking is taken only when a public address says that one stands in front.
        proxy_headers=settings.public_url is not None,
    )
    return 0


def _migrate(_asked: argparse.Namespace) -> int:
    migrate(Settings.from_environment().database_url)
    return 0


def _demo(_asked: argparse.Namespace) -> int:
    print(_write(demo.make, datetime.now(UTC)))
    return 0


def _folders(paths: list[Path]) -> dict[Path, list[Path]]:
    """The content folders asked about, each with the paths asked for in it."""
    found: dict[Path, list[Path]] = {}
    for path in paths:
        if not path.exists():
            raise WrongSetting(f"there is no {path}. Give a content folder, or files in one.")
        root = lint.content_root(path)
        if not any((root / name).is_dir() for name in lint.FOLDERS):
            raise WrongSetting(
                f"{path} is no content folder and lies in none: there is none of {', '.join(f'{name}/' for name in lint.FOLDERS)}."
            )
        found.setdefault(root, []).append(path.absolute())
    return found


def _asked_for(root: Path, wanted: list[Path], path: str) -> bool:
    return any((root / path).absolute().is_relative_to(one) for one in wanted)


def _shown(root: Path) -> Path:
    """A folder as the person who asked would write it."""
    return root.relative_to(Path.cwd()) if root.is_absolute() and root.is_relative_to(Path.cwd()) else root


def _check(asked: argparse.Namespace) -> int:
    count = 0
    for root, wanted in _folders(asked.paths).items():
        for finding in lint.check(root, partial(_asked_for, root, wanted)):
            print(lint.display(finding, _shown(root)))
            count += 1
    print(f"{count} to mend" if count else "Nothing to mend.", file=sys.stderr)
    return 1 if count else 0


def _publish(asked: argparse.Namespace) -> int:
    failed = False
    for root, wanted in _folders(asked.paths).items():
        # The whole folder is there, because files lean on each other; what was not asked for stays as it is.
        asked_for = partial(_asked_for, root, wanted)
        candidates, loose = lint.inspect(lint.load(root), known=_read(queries.digests), asked=asked_for)
        chosen = [one for one in candidates if any(map(asked_for, one.paths))]
        published = _write(publish, chosen, datetime.now(UTC))
        for finding in [*(one for one in loose if asked_for(one.path)), *published.findings]:
            print(lint.display(finding, _shown(root)))
            failed = True
        print(f"{len(published.changed)} published", *published.changed, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
