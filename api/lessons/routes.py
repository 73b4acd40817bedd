"""JSON: a lesson with oneself in it, going on, answering."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.callers import Asked
from api.lessons import actions, queries
from api.lessons.queries import Desk
from api.lessons.rules import Missing
from api.library.values import Mark, Section

router = APIRouter(tags=["lessons"])
Name = Annotated[str, Field(max_length=80)]


class OptionAnswer(BaseModel):
    number: int
    html: str


class CheckAnswer(BaseModel):
    """A question in a lesson. `chosen` are the options taken so far, oldest first."""

    id: str
    title: str
    html: str
    options: list[OptionAnswer]
    chosen: list[int]


class SectionAnswer(BaseModel):
    id: str
    title: str
    html: str
    read: bool
    checks: list[CheckAnswer]


class MissingAnswer(BaseModel):
    """One rule not met: read a `section`, answer a `check`, get a safety check right (`wrong`), or `attendance`."""

    kind: Literal["section", "check", "wrong", "attendance"]
    id: str
    title: str


class SourceAnswer(BaseModel):
    title: str
    publisher: str
    year: int | None
    url: str | None


class LessonAnswer(BaseModel):
    """A lesson in the asker's language. `preview`: looked at without being on one's plan; nothing is kept."""

    unit: str
    number: str
    title: str
    minutes: int
    objective: str
    safety: bool
    preview: bool
    done: bool
    intro: str
    sections: list[SectionAnswer]
    missing: list[MissingAnswer]
    sources: list[SourceAnswer]


class AnswerBody(BaseModel):
    """`sent_as`: a key of your own; the same answer sent again with it counts once."""

    model_config = ConfigDict(extra="forbid")
    check: Name
    option: Annotated[int, Field(ge=1, le=100)]
    sent_as: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


class ReplyAnswer(BaseModel):
    mark: Mark
    why: str
    done: bool
    missing: list[MissingAnswer]


class Standing(BaseModel):
    done: bool
    missing: list[MissingAnswer]


def _missing(found: tuple[Missing, ...]) -> list[MissingAnswer]:
    return [MissingAnswer.model_validate({"kind": one.kind, "id": one.id, "title": one.title}) for one in found]


def _section(desk: Desk, section: Section) -> SectionAnswer:
    checks = [
        CheckAnswer(
            id=check.id,
            title=check.title,
            html=check.html,
            options=[OptionAnswer(number=option.number, html=option.html) for option in check.options],
            chosen=desk.answers.get(check.id, []),
        )
        for check in section.checks
    ]
    return SectionAnswer(
        id=section.id, title=section.title, html=section.html, read=section.id in desk.read, checks=checks
    )


@router.get("/lessons/{unit}")
async def lesson(asked: Asked, unit: Name) -> LessonAnswer:
    desk = await asked.database.read(queries.desk, asked.actor, unit, asked.today, asked.language)
    found = desk.lesson
    return LessonAnswer(
        unit=unit,
        number=found.number,
        title=found.title,
        minutes=found.minutes,
        objective=found.objective,
        safety=found.safety,
        preview=desk.access.preview,
        done=desk.done,
        intro=found.intro,
        sections=[_section(desk, section) for section in found.sections],
        missing=[] if desk.done else _missing(desk.missing),
        sources=[
            SourceAnswer(title=one.title, publisher=one.publisher, year=one.year, url=one.url) for one in found.sources
        ],
    )


@router.post("/lessons/{unit}/answers")
async def answer(asked: Asked, unit: Name, body: AnswerBody) -> ReplyAnswer:
    """Answers a check: the mark, why, and what is still missing."""
    reply = await asked.database.write(
        actions.answer, asked.actor, unit, body.check, body.option, body.sent_as, asked.today, asked.now
    )
    done = reply.desk.done or reply.just_done
    return ReplyAnswer(
        mark=reply.option.mark, why=reply.option.why, done=done, missing=[] if done else _missing(reply.desk.missing)
    )


@router.put("/lessons/{unit}/sections/{section}/read")
async def go_on(asked: Asked, unit: Name, section: Name) -> Standing:
    """Marks a section read."""
    desk, just_done = await asked.database.write(actions.go_on, asked.actor, unit, section, asked.today, asked.now)
    done = desk.done or just_done
    return Standing(done=done, missing=[] if done else _missing(desk.missing))
