"""Published content. A revision never changes; what is current is a pointer to one."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from api.register import about


class Revision(SQLModel, table=True):
    """One published, immutable version of a lesson, scenario, module or plan, in all its languages."""

    __table_args__ = (
        UniqueConstraint("kind", "key", "digest"),
        UniqueConstraint("kind", "key", "number"),
        about(
            purpose="What was taught: evidence names it, and people finish what they began with",
            read_by="everybody signed in",
            kept="as long as any evidence names it",
            erased="never by request: holds no personal data",
        ),
    )
    id: str = Field(primary_key=True, max_length=26)
    kind: str = Field(max_length=16)
    key: str = Field(max_length=80)
    number: int
    digest: str = Field(max_length=64)
    published_at: datetime


class RevisionText(SQLModel, table=True):
    """One source file of a revision, by path in the content folder."""

    __tablename__ = "revision_text"
    __table_args__ = (
        about(
            purpose="The words of a revision",
            read_by="everybody signed in",
            kept="with its revision",
            erased="with its revision: holds no personal data",
        ),
    )
    revision_id: str = Field(primary_key=True, foreign_key="revision.id", max_length=26)
    path: str = Field(primary_key=True, max_length=200)
    language: str = Field(max_length=8)
    source: str


class CurrentRevision(SQLModel, table=True):
    """Which revision new learners get."""

    __tablename__ = "current_revision"
    __table_args__ = (
        about(
            purpose="Which version is served",
            read_by="everybody signed in",
            kept="while the content is published",
            erased="never by request: holds no personal data",
        ),
    )
    kind: str = Field(primary_key=True, max_length=16)
    key: str = Field(primary_key=True, max_length=80)
    revision_id: str = Field(foreign_key="revision.id", max_length=26)
