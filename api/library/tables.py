"""Published content. A revision never changes; what is current is a pointer to one."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from api.register import about


class Revision(SQLModel, table=True):
    """One published, immutable version of a lesson, scenario, module, plan, theme or card, in all its languages.

    `centre_id` is set on what a centre has written itself; the rest is everybody's. `change` is the author's word for how far it
    goes beyond the version before: typo, material or structural.
    """

    __table_args__ = (
        UniqueConstraint("kind", "key", "digest"),
        UniqueConstraint("kind", "key", "number"),
        about(
            purpose="What was taught: evidence names it, and people finish what they began with",
            read_by="everybody signed in; a centre's own versions there only",
            kept="as long as any evidence names it",
            erased="the text never: holds no personal data; the author's name with the author",
        ),
    )
    id: str = Field(primary_key=True, max_length=26)
    kind: str = Field(max_length=16)
    key: str = Field(max_length=80)
    number: int
    digest: str = Field(max_length=64)
    published_at: datetime
    centre_id: str | None = Field(default=None, foreign_key="centre.id", max_length=26)
    published_by: str | None = Field(default=None, foreign_key="person.id", max_length=26)
    change: str | None = Field(default=None, max_length=12)


class RevisionText(SQLModel, table=True):
    """One source file of a revision, by path in the content folder."""

    __tablename__ = "revision_text"
    __table_args__ = (
        about(
            purpose="The words of a revision",
            read_by="everybody signed in; a centre's own versions there only",
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


class ServedVersion(SQLModel, table=True):
    """A new stamp at every change of what is served, so that lists need be worked out anew only then. One row."""

    __tablename__ = "served_version"
    __table_args__ = (
        about(
            purpose="To know in one look whether anything has been published since",
            read_by="nobody",
            kept="always",
            erased="never by request: holds no personal data",
        ),
    )
    id: int = Field(primary_key=True)
    stamp: str = Field(max_length=26)


class OwnRevision(SQLModel, table=True):
    """A scenario that a centre has written or rewritten for itself: served there in place of everybody's."""

    __tablename__ = "own_revision"
    __table_args__ = (
        about(
            purpose="Which version a centre is served",
            read_by="everybody signed in at the centre",
            kept="while the centre uses its own version",
            erased="with the centre: holds no personal data",
        ),
    )
    centre_id: str = Field(primary_key=True, foreign_key="centre.id", max_length=26)
    key: str = Field(primary_key=True, max_length=80)
    revision_id: str = Field(foreign_key="revision.id", max_length=26)
