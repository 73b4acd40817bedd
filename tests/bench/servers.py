"""The servers that are knocked on: the site, a bare ASGI app, and a socket that parses nothing. Started by the bench as
`python -m tests.bench.servers <which>`, each a process of its own, all on one core, of which only one is busy at a time.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, cast

import uvicorn
import uvloop

from api.settings import ROOT
from tests.bench.load import pin

PAGE = 15_360
BODY = b"x" * PAGE
HEAD = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % PAGE)]
RAW = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n" % PAGE + BODY


async def bare(scope: MutableMapping[str, Any], _receive: Any, send: Any) -> None:
    """The yardstick: no framework, no database, 15 KB."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": HEAD})
    await send({"type": "http.response.body", "body": BODY})


class _Raw(asyncio.Protocol):
    """Answers whatever comes at once: what the load could do if the server cost nothing."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own is not derived from it

    def data_received(self, _data: bytes) -> None:
        self.transport.write(RAW)


async def _serve_raw(listener: socket.socket) -> None:
    server = await asyncio.get_running_loop().create_server(_Raw, sock=listener)
    await server.serve_forever()


def main(which: str, listener: socket.socket) -> None:
    pin(0)
    if which == "raw":
        uvloop.run(_serve_raw(listener))
        return
    app = "web.app:from_environment" if which == "site" else "tests.bench.servers:bare"
    config = uvicorn.Config(
        app,
        factory=which == "site",
        http="httptools",
        loop="uvloop",
        lifespan="on" if which == "site" else "off",
        access_log=False,
        log_level="warning",
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def running(which: str, database_url: str = "") -> Iterator[int]:
    """A server on a free port of this machine; the port. Stopped by its own process id."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        port: int = listener.getsockname()[1]
        environment = {**os.environ, "ROLIG_DATABASE_URL": database_url}
        environment.pop("ROLIG_PUBLIC_URL", None)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.servers", which, str(listener.fileno())],
            pass_fds=[listener.fileno()],
            env=environment,
            cwd=ROOT,
        )
    try:
        yield port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
