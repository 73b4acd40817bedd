"""The site called in this process with a pretended server: the processor time of a request without sockets, the writer's
thread included. Least disturbed by neighbours, so it is the number to look at while making a page faster.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from typing import Any

import uvloop

from api.database import open_database
from api.settings import ROOT, Settings
from tests.bench.rows import Row
from web.app import create_site
from web.protection import App

ASKED = 20


def scope_of(request: bytes) -> tuple[dict[str, Any], bytes]:
    """A ready-made request as the server would hand it to the application."""
    head, _end, body = request.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    method, target, _version = first.decode().split(" ")
    path, _mark, query = target.partition("?")
    headers = [(name.lower(), value) for name, _colon, value in (line.partition(b": ") for line in lines)]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }
    return scope, body


async def call(app: App, request: bytes) -> tuple[int, int]:
    """Status and size of one answer."""
    scope, body = scope_of(request)
    status = size = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status, size
        status = message.get("status", status)
        size += len(message.get("body", b""))

    await app(scope, receive, send)
    return status, size


async def _best(app: App, row: Row, requests: Sequence[bytes] | None, into: list[float]) -> None:
    """Asks the same few things once more and keeps the best time of each (posts are new ones each time)."""
    for place in range(ASKED):
        request = requests[place] if requests else next(row.requests[place % len(row.requests)])
        began = time.process_time()
        status, _size = await call(app, request)
        took = time.process_time() - began
        assert status == 200, f"{row.name} answers {status}"
        into[place] = min(into[place], took)


async def _all(rows: Sequence[Row], times: int) -> dict[str, float]:
    with contextlib.ExitStack() as stack:
        apps: dict[str, App] = {}
        for url in {row.house.url for row in rows if row.house}:
            database = open_database(url)
            stack.callback(database.close)
            apps[url] = create_site(Settings(url, ROOT / "content"), database=database)
        same = {
            row.name: None if row.posts else [next(row.requests[place % len(row.requests)]) for place in range(ASKED)]
            for row in rows
        }
        best = {row.name: [1.0] * ASKED for row in rows}
        for _time in range(times):
            for row in random.sample(rows, len(rows)):
                assert row.house is not None
                await _best(apps[row.house.url], row, same[row.name], best[row.name])
        return {name: sum(found) / ASKED for name, found in best.items()}


def measure(rows: Sequence[Row], times: int = 60) -> dict[str, float]:
    """Microseconds a request by row: the mean over a few requests of the best each of them has done, all rows in turn."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return {name: seconds * 1e6 for name, seconds in runner.run(_all(rows, times)).items()}
