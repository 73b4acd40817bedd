"""Requests that no well-behaved client can be made to send, given to the site as a server would hand them over."""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from web.protection import Protection

Headers = Sequence[tuple[bytes, bytes]]


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "")


def send(
    site: Protection,
    method: str,
    target: str,
    headers: Headers = (),
    body: bytes | Sequence[bytes] = b"",
    *,
    cut_off: bool = False,
) -> Reply:
    """One request. A body in several parts comes chunked; `cut_off`: the client is gone before its end."""
    path, _mark, query = target.partition("?")
    parts = [body] if isinstance(body, bytes) else list(body)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": [(b"host", b"testserver"), *headers] if not _has(headers, b"host") else list(headers),
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }
    waiting: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": cut_off or place < len(parts)}
        for place, part in enumerate(parts, 1)
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def keep(message: Any) -> None:
        sent.append(message)

    asyncio.run(site(scope, receive, keep))
    start = next((message for message in sent if message["type"] == "http.response.start"), None)
    assert start is not None, "no answer at all"
    given = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return Reply(start["status"], given, b"".join(message.get("body", b"") for message in sent))


def _has(headers: Headers, wanted: bytes) -> bool:
    return any(name == wanted for name, _value in headers)
