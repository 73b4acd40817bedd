"""Whom the readiness card names, who signed our line, and who has read it."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from api.register import about

ID = 26


class CardSetting(SQLModel, table=True):
    """What a centre says on its card beside the contacts.

    `token` is set while the card may be read without signing in. It is kept as it is, not as a hash: everybody in the centre is
    shown the address, so that it can be put on a phone; and it opens the card alone.
    """

    __tablename__ = "card_setting"
    __table_args__ = (
        about(
            purpose="Where help must go, and whether the card is read without signing in",
            read_by="everybody in the centre; whoever has the card's address, while it is open",
            kept="while the centre uses Rolig",
            erased="with the centre: holds no personal data",
        ),
    )
    centre_id: str = Field(primary_key=True, foreign_key="centre.id", max_length=ID)
    address: str = Field(default="", max_length=200)
    token: str | None = Field(default=None, unique=True, max_length=43)


class CardContact(SQLModel, table=True):
    """Whom to ring in one post: leader, crisis or rep. The one on call stands with the centre itself."""

    __tablename__ = "card_contact"
    __table_args__ = (
        about(
            purpose="Whom to ring after a threat or a bad call",
            read_by="everybody in the centre; whoever has the card's address, while it is open",
            kept="until the administrator writes another",
            erased="by the administrator, by emptying the fields",
        ),
    )
    centre_id: str = Field(primary_key=True, foreign_key="centre.id", max_length=ID)
    post: str = Field(primary_key=True, max_length=12)
    name: str = Field(max_length=120)
    phone: str = Field(max_length=40)
    hours: str = Field(max_length=120)


class LineSignature(SQLModel, table=True):
    """A leader's signature under one revision of our line. The newest counts; none is ever changed."""

    __tablename__ = "line_signature"
    __table_args__ = (
        Index("ix_line_signature_centre", "centre_id", "signed_at", "id"),
        about(
            purpose="That hanging up is legitimate: who decided it, when, in which words",
            read_by="everybody in the centre",
            kept="as long as anybody may have relied on it",
            erased="the name with the person; the decision never",
        ),
    )
    id: str = Field(primary_key=True, max_length=ID)
    centre_id: str = Field(foreign_key="centre.id", max_length=ID)
    revision_id: str = Field(foreign_key="revision.id", max_length=ID)
    signed_by: str = Field(foreign_key="person.id", max_length=ID)
    signed_at: datetime


class LineAcknowledgement(SQLModel, table=True):
    """That somebody has read the signed line. Once for each signature; rows are only ever added."""

    __tablename__ = "line_acknowledgement"
    __table_args__ = (
        about(
            purpose="That everybody knows when they may hang up, and that instruction was given",
            read_by="the person; the own manager (yes or no); the safety representative (numbers without names)",
            kept="while employed",
            erased="with the person",
        ),
    )
    signature_id: str = Field(primary_key=True, foreign_key="line_signature.id", max_length=ID)
    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID, index=True)
    acknowledged_at: datetime
