"""A Chromium for the tests: the one named in the environment, one on the PATH, or the one Playwright fetched."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Where a Chromium is, or None."""
    named = os.environ.get("ROLIG_TEST_CHROMIUM")
    if named:
        return named
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or _fetched()


def _fetched() -> str | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    # The small build that `playwright install --only-shell` brings stands beside where the full one would.
    shells = (
        sorted(path.parents[2].glob("chromium_headless_shell-*/*/*headless*shell*")) if len(path.parents) > 2 else []
    )
    found = next((one for one in (path, *shells) if one.is_file()), None)
    return str(found) if found else None
