"""Coverage is counted while the tests of a feature run (`tests/<feature>/`), and while the house is read in.

A rule or an action is to be whole by the tests of its own feature, not by a walk over all pages that happens to come by.
And counting makes everything slower, so it rests while tests are collected and while the others run.
"""

import pytest
from coverage import Coverage


class Counting:
    """Starts and stops the coverage of this process, where there is one."""

    def __init__(self, running: Coverage | None) -> None:
        self.running, self.on = running, running is not None

    def turn(self, *, on: bool) -> None:
        if self.running is not None and on != self.on:
            self.on = on
            (self.running.start if on else self.running.stop)()


counting = Counting(Coverage.current())


def pytest_collection() -> None:
    """The house is there by now: conftest has read it in."""
    counting.turn(on=False)


def pytest_runtest_setup(item: pytest.Item) -> None:
    counting.turn(on=item.path.parent != item.config.rootpath / "tests")
