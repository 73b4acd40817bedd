"""Centres, teams, cohorts, persons, and what signing in needs."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from api.register import about

ID = 26
PERSONAL = "with the person, on request or by schedule"


class Centre(SQLModel, table=True):
    """A customer centre: the boundary of who may see whom. Holds the numbers that 'Help now' shows."""

    __table_args__ = (
        about(
            purpose="The boundary of who may see whom, and whom to call",
            read_by="everybody in the centre",
            kept="while the centre uses Rolig",
            erased="with the centre",
        ),
    )
    id: str = Field(primary_key=True, max_length=ID)
    name: str = Field(max_length=120)
    on_call_name: str = Field(default="", max_length=120)
    on_call_phone: str = Field(default="", max_length=40)
    on_call_hours: str = Field(default="", max_length=120)


class Team(SQLModel, table=True):
    __table_args__ = (
        about(
            purpose="Who belongs to which manager",
            read_by="trainers, managers",
            kept="while it exists",
            erased="by the administrator",
        ),
    )
    id: str = Field(primary_key=True, max_length=ID)
    centre_id: str = Field(foreign_key="centre.id", max_length=ID, index=True)
    name: str = Field(max_length=120)


class Cohort(SQLModel, table=True):
    """A hold: new hires who train and go live together (1-15 people)."""

    __table_args__ = (
        about(
            purpose="Who trains together",
            read_by="trainers of the centre",
            kept="while it exists",
            erased="by the administrator",
        ),
    )
    id: str = Field(primary_key=True, max_length=ID)
    centre_id: str = Field(foreign_key="centre.id", max_length=ID, index=True)
    name: str = Field(max_length=120)


class Person(SQLModel, table=True):
    """Somebody with an account. `roles` are words with spaces between; `team_id` is where they work, if anywhere."""

    __table_args__ = (
        Index("ix_person_team_name", "team_id", "name", "id"),
        Index("ix_person_centre_name", "centre_id", "name", "id"),
        about(
            purpose="Who signs in, and in which language and role",
            read_by="the person; trainers and administrators of the centre; the own manager",
            kept="while employed",
            erased=PERSONAL,
        ),
    )
    id: str = Field(primary_key=True, max_length=ID)
    centre_id: str = Field(foreign_key="centre.id", max_length=ID)
    team_id: str | None = Field(default=None, foreign_key="team.id", max_length=ID)
    name: str = Field(max_length=120)
    email: str = Field(max_length=254, unique=True)
    roles: str = Field(max_length=80)
    language: str = Field(max_length=8)
    password_hash: str = Field(max_length=200)
    created_at: datetime


class TeamLead(SQLModel, table=True):
    """A manager of a team."""

    __tablename__ = "team_lead"
    __table_args__ = (
        about(purpose="Whose board shows which team", read_by="managers", kept="while it holds", erased=PERSONAL),
    )
    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID)
    team_id: str = Field(primary_key=True, foreign_key="team.id", max_length=ID)


class CohortMember(SQLModel, table=True):
    __tablename__ = "cohort_member"
    __table_args__ = (
        about(
            purpose="Who is in which cohort", read_by="trainers of the centre", kept="while employed", erased=PERSONAL
        ),
    )
    cohort_id: str = Field(primary_key=True, foreign_key="cohort.id", max_length=ID)
    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID, index=True)


class SignIn(SQLModel, table=True):
    """An open session. The token itself is only in the browser; here is its SHA-256."""

    __tablename__ = "sign_in"
    __table_args__ = (
        about(
            purpose="To know who is asking, and to be able to end it",
            read_by="nobody",
            kept="14 days at most",
            erased="at sign-out, at expiry, with the person",
        ),
    )
    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", max_length=ID, index=True)
    created_at: datetime
    expires_at: datetime


class KnownBrowser(SQLModel, table=True):
    """A browser that this person has signed in from before; strangers' failures elsewhere do not slow it down."""

    __tablename__ = "known_browser"
    __table_args__ = (
        about(
            purpose="So that a stranger's guesses slow down the stranger only",
            read_by="nobody",
            kept="one year after last use",
            erased="with the person",
        ),
    )
    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", max_length=ID, index=True)
    seen_at: datetime


class SignInTrouble(SQLModel, table=True):
    """Failed sign-ins counted under a hashed key: account and address together, an address, or an account."""

    __tablename__ = "sign_in_trouble"
    __table_args__ = (
        about(
            purpose="To slow down guessing",
            read_by="nobody",
            kept="30 minutes after the last failure",
            erased="swept at the next sign-in; keys are hashes",
        ),
    )
    key: str = Field(primary_key=True, max_length=64)
    failures: int
    last_at: datetime = Field(index=True)
