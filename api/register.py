"""What every table says of itself: why it is kept, who reads it, how long, and how it is erased.

A test fails for a table that does not say so. Erasing by hand or by schedule reads the same entries later.
"""

from typing import TypedDict


class Entry(TypedDict):
    purpose: str
    read_by: str
    kept: str
    erased: str


def about(*, purpose: str, read_by: str, kept: str, erased: str) -> dict[str, Entry]:
    """The last item of a table's `__table_args__`."""
    return {"info": Entry(purpose=purpose, read_by=read_by, kept=kept, erased=erased)}
