"""A browser per worker, a server per test file (or per test), a context per visit (or per person of a file).

Playwright's own loop runs in the thread of the tests as long as its browser does, so nothing here may call
`asyncio.run`; what needs it (filling the template) comes before.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState

from tests.browser.served import Visits, chromium_running, serving

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser(sqlite_template: Path) -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


@pytest.fixture(scope="module")
def address(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site for the tests of a file that only look, or each touch people of their own."""
    copied = tmp_path_factory.mktemp("site") / "rolig.sqlite"
    shutil.copy(sqlite_template, copied)
    with serving(copied) as found:
        yield found


@pytest.fixture(scope="module")
def states(address: str) -> dict[str, StorageState]:
    """Who has signed in at the site of this file: once each."""
    return {}


def _visiting(visits: Visits) -> Iterator[Visits]:
    yield visits
    visits.close()
    assert visits.wrongs == []


@pytest.fixture
def visits(browser: Browser, address: str, states: dict[str, StorageState]) -> Iterator[Visits]:
    """Visits to the site of the file. The test fails when a browser's console had anything to say."""
    yield from _visiting(Visits(browser, address, states))


@pytest.fixture(scope="module")
def seated(browser: Browser, address: str, states: dict[str, StorageState]) -> Iterator[Visits]:
    visits = Visits(browser, address, states)
    yield visits
    visits.close()


@pytest.fixture
def seats(seated: Visits) -> Iterator[Visits]:
    """People who stay at their screens from one scene of a file to the next (`seat`)."""
    seated.wrongs.clear()
    yield seated
    assert seated.wrongs == []


@pytest.fixture
def own_visits(browser: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[Visits]:
    """Visits to a site of the test's own."""
    copied = tmp_path / "rolig.sqlite"
    shutil.copy(sqlite_template, copied)
    with serving(copied) as found:
        yield from _visiting(Visits(browser, found, {}))
