"""The real server, `rolig serve`, on a free port of this machine. Stopped by its own process id, also when a test fails."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from api.settings import ROOT

PATIENCE = 60


class Server:
    """One process after the other on the same address."""

    def __init__(self, database_url: str, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.log = folder / "server.log"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("ROLIG_") or name == "ROLIG_CONTENT"
        }
        self.environment |= {"ROLIG_DATA": str(folder), "ROLIG_DATABASE_URL": database_url}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "api.cli", "serve", "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while True:
            assert self.process.poll() is None, self.log.read_text("utf-8", "replace")
            assert time.monotonic() < until, "the server does not answer"
            try:
                if self.ask("GET", "/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: str = "") -> tuple[int, bytes]:
        """One request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body.encode() or None, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def say(self, raw: bytes) -> bytes:
        """Raw bytes to the server, and what it says until it hangs up or has nothing more to say."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as link:
            heard = b""
            try:
                link.sendall(raw)
                while part := link.recv(65536):
                    heard += part
            except (TimeoutError, ConnectionError):
                pass
            return heard

    def stop(self) -> int:
        """Asks it to stop, and kills it when it does not; its exit code."""
        assert self.process is not None
        self.process.terminate()
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """As a power cut or the kernel would: no word of warning."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)


@contextmanager
def serving(database_url: str, folder: Path) -> Iterator[Server]:
    server = Server(database_url, folder)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.stop()
