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

from api.settings import ROOT, Settings
from tests.bench.rows import Row
from web.app import create_site
from web.protection import App

BLOCK_SECONDS = 0.008


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


async def _block(app: App, row: Row) -> float:
    """Seconds of processor a request, over a stretch short enough to fall between two disturbances."""
    count, began = 0, time.process_time()
    while (passed := time.process_time() - began) < BLOCK_SECONDS:
        status, _size = await call(app, next(row.requests[0]))
        assert status == 200, f"{row.name} answers {status}"
        count += 1
    return passed / count


async def _all(rows: Sequence[Row], blocks: int) -> dict[str, float]:
    with contextlib.ExitStack() as stack:
        apps: dict[str, App] = {}
        for house in {row.house.path: row.house for row in rows if row.house}.values():
            apps[house.url] = create_site(Settings(house.url, ROOT / "content"))
            stack.callback(apps[house.url].app.state.rolig.database.close)
        best: dict[str, float] = {row.name: 1.0 for row in rows}
        for number in range(blocks + 1):
            for row in random.sample(rows, len(rows)):
                assert row.house is not None
                took = await _block(apps[row.house.url], row)
                if number:  # the first time reads, parses and compiles
                    best[row.name] = min(best[row.name], took)
    return best


def measure(rows: Sequence[Row], blocks: int = 50) -> dict[str, float]:
    """Microseconds a request by row: the best of many short stretches, all rows in turn."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return {name: seconds * 1e6 for name, seconds in runner.run(_all(rows, blocks)).items()}
