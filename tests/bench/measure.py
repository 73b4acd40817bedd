"""Rounds of load in random order, a yardstick before and after each row, and what comes of it."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

from tests.bench import load, rows
from tests.bench.data import House
from tests.bench.load import Sample
from tests.bench.rows import Row
from tests.bench.servers import running


@dataclass
class Result:
    """What the rounds saw of one row."""

    row: Row
    ratios: list[float] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def best(self) -> float:
        return max(self.ratios)


@dataclass
class Outcome:
    """One whole run. `ceiling`: requests a second of the load itself, against a socket that parses nothing."""

    ceiling: list[Sample]
    yardstick: Result
    results: dict[str, Result]

    def growths(self, small: str, large: str) -> list[float]:
        """How much more the large one costs, round by round."""
        pairs = zip(self.results[small].ratios, self.results[large].ratios, strict=True)
        return [of_small / of_large for of_small, of_large in pairs]


@contextmanager
def servers(houses: Sequence[House]) -> Iterator[tuple[int, int, dict[int, int]]]:
    """All servers of a run: the ports of the raw socket, of the bare app, and of the site by size of the house."""
    with ExitStack() as stack:
        sites = {house.learners: stack.enter_context(running("site", house.url)) for house in houses}
        yield stack.enter_context(running("raw")), stack.enter_context(running("bare")), sites


def measure(houses: Sequence[House], wanted: Sequence[Row], rounds: int, seconds: float) -> Outcome:
    had = load.pin(1)
    try:
        with servers(houses) as (raw, bare, sites):
            ports = {row.name: sites[row.house.learners] for row in wanted if row.house}
            return _Run(raw, bare, ports, wanted, seconds).all(rounds)
    finally:
        load.unpin(had)


class _Run:
    def __init__(self, raw: int, bare: int, ports: dict[str, int], wanted: Sequence[Row], seconds: float) -> None:
        self.raw, self.bare, self.ports, self.wanted, self.seconds = raw, bare, ports, wanted, seconds
        self.stick = rows.yardstick()
        self.outcome = Outcome([], Result(self.stick), {row.name: Result(row) for row in wanted})

    def all(self, rounds: int) -> Outcome:
        for row in self.wanted:  # what is read, parsed and compiled at first sight is not what is measured
            load.run(self.ports[row.name], row.requests, 0.3)
        load.run(self.bare, self.stick.requests, 0.3)
        for _round in range(rounds):
            self.outcome.ceiling.append(load.run(self.raw, self.stick.requests, self.seconds / 2))
            self._round()
        return self.outcome

    def _round(self) -> None:
        before = self._yardstick()
        for row in random.sample(self.wanted, len(self.wanted)):
            sample = load.run(self.ports[row.name], row.requests, self.seconds)
            after = self._yardstick()
            result = self.outcome.results[row.name]
            result.samples.append(sample)
            result.ratios.append(sample.rate * 2 / (before + after))
            before = after

    def _yardstick(self) -> float:
        sample = load.run(self.bare, self.stick.requests, self.seconds / 2)
        self.outcome.yardstick.samples.append(sample)
        self.outcome.yardstick.ratios.append(1.0)
        return sample.rate
