"""What every table says of itself: why it is kept, who reads it, how long, and how it is erased.

A test fails for a table that does not say so. Erasing by hand or by schedule reads the same entries later.
"""

from typing import TypedDict

from sqlmodel import SQLModel

# Every key and constraint has a name, so that a later migration can speak of it (SQLite gives none of its own).
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Entry(TypedDict):
    purpose: str
    read_by: str
    kept: str
    erased: str


def about(*, purpose: str, read_by: str, kept: str, erased: str) -> dict[str, Entry]:
    """The last item of a table's `__table_args__`."""
    return {"info": Entry(purpose=purpose, read_by=read_by, kept=kept, erased=erased)}
