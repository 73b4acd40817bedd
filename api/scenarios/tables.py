"""Calls played. An attempt is the learner's own; others see that the unit is done, never how."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from api.register import about

HERS = {
    "read_by": "the person alone",
    "kept": "while employed, at most 12 months",
    "erased": "with the person, on request or by schedule",
}


class Attempt(SQLModel, table=True):
    """One run through a scenario, on the revision it was begun with, through one pair of eyes (`view`).

    `ended_as` is the end type, when it has ended; `worth` then orders attempts from worse to better (`rules.worth`).
    """

    __table_args__ = (
        UniqueConstraint("person_id", "unit", "number"),
        about(purpose="To resume in mid-call and to try again", **HERS),
    )
    id: str = Field(primary_key=True, max_length=26)
    person_id: str = Field(foreign_key="person.id", max_length=26)
    unit: str = Field(max_length=80)
    number: int
    revision_id: str = Field(foreign_key="revision.id", max_length=26)
    started_at: datetime
    view: str = Field(default="", max_length=40)
    ended_as: str | None = Field(default=None, max_length=24)
    worth: int | None = None


class Move(SQLModel, table=True):
    """One choice in an attempt, at its place from 1; 0 is a breath. The same move sent twice is one row."""

    __table_args__ = (about(purpose="The path walked: state is played back from it", **HERS),)
    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", max_length=26)
    place: int = Field(primary_key=True)
    choice: int
    moved_at: datetime


class Reflection(SQLModel, table=True):
    """What she wrote in her own words after a call, before she saw the answer to compare with."""

    __table_args__ = (about(purpose="Her own words beside the model answer", **HERS),)
    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", max_length=26)
    text: str
    written_at: datetime
