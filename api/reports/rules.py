"""What a board shows, and cells that no spreadsheet takes for a formula. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

from api.enrolments.rules import Begun, Standing, standing

# A spreadsheet runs a cell that begins with one of these; a quote in front makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def totals(counts: Iterable[tuple[Begun, date, int]], today: date) -> dict[Standing, int]:
    """How many stand where today, from counts by (begun, next date)."""
    found = dict.fromkeys(Standing, 0)
    for begun, next_due_on, people in counts:
        found[standing(begun, next_due_on, today)] += people
    return found


def text_cell(value: str) -> str:
    """A cell that is always text, whatever somebody's name begins with.

    >>> text_cell("=1+1")
    "'=1+1"
    """
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def shown(found: Mapping[Standing, int], wanted: Standing | None) -> int:
    """How many rows a board shows in all: everybody, or one standing."""
    return sum(found.values()) if wanted is None else found[wanted]
