"""Scenarios being written. Nothing here is served to learners."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from api.register import about


class Draft(SQLModel, table=True):
    """A scenario under work at a centre, in both languages.

    `version` rises with every save, also after a draft was thrown away, so that two authors do not overwrite each other.
    """

    __table_args__ = (
        about(
            purpose="So that an author can stop and go on, and lose nothing",
            read_by="trainers and administrators of the centre",
            kept="until it is published or thrown away",
            erased="the author's name with the author; the text by the centre",
        ),
    )
    centre_id: str = Field(primary_key=True, foreign_key="centre.id", max_length=26)
    key: str = Field(primary_key=True, max_length=80)
    danish: str
    english: str
    version: int
    saved_by: str | None = Field(default=None, foreign_key="person.id", max_length=26)
    saved_at: datetime
