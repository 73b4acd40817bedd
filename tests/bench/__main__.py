"""`python -m tests.bench`: fills the databases, loads the servers, prints a table and keeps it as JSON."""
# ruff: noqa: T201 - a command prints

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from api.settings import ROOT
from tests.bench import data, direct, rows
from tests.bench.data import House
from tests.bench.measure import Outcome, Result, measure
from tests.bench.rows import Row

SIZES = (200, 5_000, 100_000)
PAGES = 5_000  # the size on which everything but the board is measured


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _arguments(arguments)
    with tempfile.TemporaryDirectory(prefix="rolig-bench-") as folder:
        houses = []
        for size in asked.sizes:
            _say(f"filling {size:,} learners, twice (teams of 25, one team) …")
            houses.append(data.build(Path(folder) / f"{size}.sqlite", size, datetime.now(UTC)))
        wanted = _rows(houses)
        _say(f"{asked.rounds} rounds of {len(wanted)} rows, {asked.seconds:g} s each …")
        outcome = measure(houses, wanted, asked.rounds, asked.seconds)
        _say("the same without a server …")
        straight = direct.measure(wanted)
    growths = {
        f"{word}, {asked.sizes[-1]:,} / {asked.sizes[0]:,}": outcome.growths(*names) for word, names in _pairs(houses)
    }
    _print_table(outcome, straight, growths)
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(_kept(outcome, straight, growths), indent=2) + "\n", encoding="utf-8")
    _say(f"kept in {asked.json}")
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of load on each row in each round")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="learners in a centre, ascending")
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench.json")
    return parser.parse_args(arguments)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _rows(houses: Sequence[House]) -> list[Row]:
    main_house = next((house for house in houses if house.learners == PAGES), houses[0])
    wanted = [make(main_house) for make in (rows.lesson, rows.my_plan, rows.answer, rows.move, rows.my_plan_json)]
    for house in houses:
        wanted += [rows.board(house), rows.whole_board(house)]
    wanted.append(rows.late_board(houses[-1]))
    return wanted


def _pairs(houses: Sequence[House]) -> list[tuple[str, tuple[str, str]]]:
    """What growth is said of: the smallest house against the largest."""
    first, last = houses[0], houses[-1]
    return [
        ("board, teams of 25", (rows.board(first).name, rows.board(last).name)),
        ("board, one team", (rows.whole_board(first).name, rows.whole_board(last).name)),
    ]


def _spread(values: Sequence[float], digits: int = 3) -> str:
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def _line(result: Result, straight: dict[str, float]) -> str:
    row, samples = result.row, result.samples
    rates = [sample.rate for sample in samples]
    p50, p99 = (median(sample.percentile(percent) for sample in samples) for percent in (50, 99))
    aims = f"{row.floor or '':>6} {row.goal or '':>5}"
    own = f"{straight[row.name]:6.0f}" if row.name in straight else f"{'':6}"
    return (
        f"{row.name:34} {_spread(result.ratios):21} {aims} {median(rates):8,.0f} {p50:7.2f} {p99:7.1f} {own} "
        f"{samples[-1].size:7,}"
    )


def _print_table(outcome: Outcome, straight: dict[str, float], growths: dict[str, list[float]]) -> None:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{'':34} {'ratio (min-max)':21} {'floor':>6} {'goal':>5} {'req/s':>8} {'p50 ms':>7} {'p99 ms':>7} {'us':>6} {'bytes':>7}"
    )
    for result in (outcome.yardstick, *outcome.results.values()):
        print(_line(result, straight))
    for name, values in growths.items():
        print(f"growth of {name:36} {_spread(values, 2):18} floor 3, goal 2")
    rate, busy = median(one.rate for one in outcome.ceiling), _busy(outcome)
    print(
        f"The load itself reaches {rate:,.0f} req/s; at the bare app it is busy {busy:.0%} of its time. Machine's load: {load}."
    )
    print("us: processor time without a server, the best of many.")


def _busy(outcome: Outcome) -> float:
    return median(sample.cpu / sample.seconds for sample in outcome.yardstick.samples)


def _kept(outcome: Outcome, straight: dict[str, float], growths: dict[str, list[float]]) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "load": os.getloadavg(),
        "ceiling": [sample.rate for sample in outcome.ceiling],
        "busy_at_yardstick": _busy(outcome),
        "growth": growths,
        "rows": [
            {
                "name": result.row.name,
                "floor": result.row.floor,
                "goal": result.row.goal,
                "ratios": result.ratios,
                "rates": [sample.rate for sample in result.samples],
                "p50_ms": [sample.percentile(50) for sample in result.samples],
                "p99_ms": [sample.percentile(99) for sample in result.samples],
                "direct_us": straight.get(result.row.name),
                "bytes": result.samples[-1].size,
            }
            for result in (outcome.yardstick, *outcome.results.values())
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
