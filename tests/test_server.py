"""The real server given what no client should send: it says no or hangs up, and goes on serving everybody else."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server, serving

pytestmark = pytest.mark.doors

START = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
BROKEN: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "a header of 1 MB": (START + b"Cookie: " + b"x" * 1_000_000 + b"\r\n\r\n", (200, 400, 431)),
    "10,000 headers": (START + b"".join(b"X-%d: y\r\n" % number for number in range(10_000)) + b"\r\n", (200, 400, 431)),
    "an address of 1 MB": (b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400, 404, 414)),
    "broken UTF-8 in the address": (b"GET /learn/%ff%fe%c3%28 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (303, 404)),
    "bare bytes in the address": (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400, 404)),
    "NUL in the address": (b"GET /learn/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (303, 404, 422)),
    "a bare NUL": (b"GET /\x00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400,)),
    "bytes in a header": (START + b"Accept-Language: \xff\xfe\r\nCookie: \xff=\xfe\r\n\r\n", (200, 400)),
    "no request at all": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", (400,)),
    "dots in the address": (b"GET /static/../../api/settings.py HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (404,)),
    "a whole URL": (b"GET http://evil.example/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400, 404)),
    "two lengths": (
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nemail",
        (400,),
    ),
    "a length and chunks": (
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        (400, 422),
    ),
    "an absurd length": (b"POST /sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + b"9" * 60 + b"\r\n\r\n", (400, 413)),
    "too much to read": (
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2000000\r\n\r\n" + b"x" * 100_000,
        (413,),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all of them, which none of them may bring down. What is stored plays no part here."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(sqlite_template, folder / "rolig.sqlite")
    with serving(f"sqlite:///{folder}/rolig.sqlite", folder) as started:
        yield started


@pytest.mark.parametrize("what", BROKEN)
def test_the_server_stands_whatever_it_is_told(what: str, server: Server) -> None:
    raw, allowed = BROKEN[what]
    heard = server.say(raw)
    assert heard == b"" or heard.startswith(b"HTTP/1.1 ")
    if heard:  # hanging up is an answer too
        assert int(heard[9:12]) in allowed
    assert b"root:" not in heard
    assert server.ask("GET", "/healthz")[0] == 200
    assert server.process is not None
    assert server.process.poll() is None
    assert "Traceback" not in server.log.read_text("utf-8", "replace")


def test_it_serves_pages(server: Server) -> None:
    assert server.ask("GET", "/sign-in", {"accept-language": "en"})[1].count(b"Sign in") >= 2
    assert server.ask("GET", "/api/v1/me")[0] == 401
