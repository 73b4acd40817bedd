"""A person on a plan, what they have done, and the proof of it."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from api.register import about

ID = 26
PERSONAL = "with the person, on request or by schedule"
NOT_DONE = text("done_at IS NULL")


class Enrolment(SQLModel, table=True):
    """A forløb: a person on a plan (or on one module), with the two dates and what they add up to today.

    Item rows exist only for what happened; what is not started is implied by the plan. The counters (`begun`, `steps_*`,
    `next_due_on`) are recomputed from the person's own rows in the transaction that changes them. `team_id` and
    `person_name` follow the person, so that a board page reads one index.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "kind", "key"),
        Index("ix_enrolment_team_name", "team_id", "person_name", "id"),
        Index("ix_enrolment_team_due", "team_id", "next_due_on", "id"),
        Index("ix_enrolment_team_begun", "team_id", "begun", "next_due_on", "id"),
        Index("ix_enrolment_centre", "centre_id", "id"),
        about(
            purpose="Who is to learn what, by when",
            read_by="the person; trainers and administrators of the centre; the own manager",
            kept="while employed",
            erased=PERSONAL,
        ),
    )
    id: str = Field(primary_key=True, max_length=ID)
    centre_id: str = Field(foreign_key="centre.id", max_length=ID)
    person_id: str = Field(foreign_key="person.id", max_length=ID)
    person_name: str = Field(max_length=120)
    team_id: str | None = Field(default=None, foreign_key="team.id", max_length=ID)
    cohort_id: str | None = Field(default=None, foreign_key="cohort.id", max_length=ID, index=True)
    kind: str = Field(max_length=16)
    key: str = Field(max_length=80)
    revision_id: str = Field(foreign_key="revision.id", max_length=ID)
    start_on: date
    go_live_on: date | None = None
    assigned_by: str = Field(foreign_key="person.id", max_length=ID)
    assigned_at: datetime
    begun: str = Field(max_length=8)
    steps_total: int
    steps_done: int
    next_due_on: date | None = None


class Progress(SQLModel, table=True):
    """How far a person is in a unit. `read_sections` are ids with spaces between; `revision_id` is what she began with."""

    __table_args__ = (
        # Who is in the middle of a unit, however many have done it.
        Index("ix_progress_under_way", "unit", sqlite_where=NOT_DONE, postgresql_where=NOT_DONE),
        about(
            purpose="To resume at the exact spot",
            read_by="the person; others see done or not only",
            kept="while employed",
            erased=PERSONAL,
        ),
    )
    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID)
    unit: str = Field(primary_key=True, max_length=80)
    revision_id: str = Field(foreign_key="revision.id", max_length=ID)
    started_at: datetime
    read_sections: str = ""
    done_at: datetime | None = None


class Evidence(SQLModel, table=True):
    """Proof of instruction, append-only: what, in which revision, when, and who recorded it."""

    __table_args__ = (
        Index("ix_evidence_person", "person_id", "recorded_at"),
        about(
            purpose="Proof that instruction was given (bekendtgørelse 1406/2020 § 10)",
            read_by="the person; trainers and administrators of the centre; the own manager",
            kept="while employed and as long as claims can be made",
            erased=PERSONAL,
        ),
    )
    id: str = Field(primary_key=True, max_length=ID)
    centre_id: str = Field(foreign_key="centre.id", max_length=ID)
    person_id: str = Field(foreign_key="person.id", max_length=ID)
    unit: str = Field(max_length=80)
    revision_id: str = Field(foreign_key="revision.id", max_length=ID)
    what: str = Field(max_length=16)
    recorded_at: datetime
    recorded_by: str = Field(foreign_key="person.id", max_length=ID)


class TeamCount(SQLModel, table=True):
    """How many enrolments of a team stand where: by what is begun and the next date. Late is read off the date."""

    __tablename__ = "team_count"
    __table_args__ = (
        about(
            purpose="So that a board costs the same for any number of people",
            read_by="the team's managers",
            kept="while the team exists",
            erased="with the team: holds numbers only",
        ),
    )
    team_id: str = Field(primary_key=True, foreign_key="team.id", max_length=ID)
    begun: str = Field(primary_key=True, max_length=8)
    next_due_on: date = Field(primary_key=True)
    people: int
