"""What a learner answered. Hers alone: no query here serves anybody else."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from api.register import about


class Answer(SQLModel, table=True):
    """One answer to one check. `sent_as` is the form's own key: the same answer sent twice is one row.

    `option` is the option chosen. Where an answer is more than that it stands in `given` (`api.lessons.rules.given`), and `option` is a
    digest of it, so that another answer under the same key is another answer. Own words are kept as last written.
    """

    __table_args__ = (
        about(
            purpose="To resume at the exact spot, and to know when a lesson is done",
            read_by="the person alone",
            kept="while employed, at most 12 months",
            erased="with the person, on request or by schedule",
        ),
    )
    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=26)
    unit: str = Field(primary_key=True, max_length=80)
    check_id: str = Field(primary_key=True, max_length=80)
    sent_as: str = Field(primary_key=True, max_length=40)
    option: int = Field(primary_key=True)
    given: str = ""
    revision_id: str = Field(foreign_key="revision.id", max_length=26)
    answered_at: datetime
