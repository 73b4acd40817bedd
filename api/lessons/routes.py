"""JSON: a lesson with oneself in it, going on, answering."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.callers import Asked
from api.lessons import actions, queries, rules
from api.lessons.actions import Reply
from api.lessons.queries import Desk
from api.lessons.rules import Missing, Sent, sounds_acute
from api.library.values import ONE_OPTION, OWN_WORDS, Check, CheckKind, Mark, Section

router = APIRouter(tags=["lessons"])
Name = Annotated[str, Field(max_length=80)]


class OptionAnswer(BaseModel):
    number: int
    html: str


class ItemAnswer(BaseModel):
    """One thing to put into a box or into order."""

    number: int
    html: str


class CheckAnswer(BaseModel):
    """A question in a lesson. `answers` are those given so far, oldest first, as they are kept: `2`, `1,3`, or own words.

    `chosen` are the same where one option answers. `items` come shuffled.
    """

    id: str
    kind: CheckKind
    title: str
    html: str
    options: list[OptionAnswer]
    boxes: list[str]
    items: list[ItemAnswer]
    answers: list[str]
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
    """A lesson in the asker's language. `preview`: looked at without being on one's plan; nothing is kept.

    `content_note`: said before one begins, where it may be hard to read. `practises`: the calls it is practised in.
    """

    unit: str
    number: str
    title: str
    minutes: int
    objective: str
    safety: bool
    preview: bool
    done: bool
    content_note: str
    practises: list[str]
    intro: str
    sections: list[SectionAnswer]
    missing: list[MissingAnswer]
    sources: list[SourceAnswer]


class AnswerBody(BaseModel):
    """`option` answers choice and spot; `numbers` several (`{"1": 1, "3": 1}`), sort and order (item to box or place); `text` own words.

    `sent_as`: a key of your own; the same answer sent again with it counts once.
    """

    model_config = ConfigDict(extra="forbid")
    check: Name
    option: Annotated[int, Field(ge=1, le=100)] | None = None
    numbers: Annotated[dict[int, Annotated[int, Field(ge=0, le=100)]], Field(max_length=50)] = {}
    text: Annotated[str, Field(max_length=5000)] = ""
    sent_as: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


class WhyAnswer(BaseModel):
    """Why an option or an item is where it belongs. `place`: the box, or the place in the order."""

    number: int
    place: int | None
    why: str


class ReplyAnswer(BaseModel):
    """`mark` and `why` of the option chosen, where one answers; `answer` to compare own words with.

    `whys` elsewhere: of what was ticked or stands in its place; of everything once the check is right.
    """

    right: bool
    mark: Mark | None
    why: str
    whys: list[WhyAnswer]
    answer: str
    show_help: bool
    done: bool
    missing: list[MissingAnswer]


class Standing(BaseModel):
    done: bool
    missing: list[MissingAnswer]


def _missing(found: tuple[Missing, ...]) -> list[MissingAnswer]:
    return [MissingAnswer.model_validate({"kind": one.kind, "id": one.id, "title": one.title}) for one in found]


def _check(desk: Desk, check: Check) -> CheckAnswer:
    answers = desk.answers.get(check.id, [])
    return CheckAnswer(
        id=check.id,
        kind=check.kind,
        title=check.title,
        html=check.html,
        options=[OptionAnswer(number=option.number, html=option.html) for option in check.options],
        boxes=list(check.boxes),
        items=[ItemAnswer(number=item.number, html=item.html) for item in check.items],
        answers=answers,
        chosen=[int(one) for one in answers] if check.kind in ONE_OPTION else [],
    )


def _section(desk: Desk, section: Section) -> SectionAnswer:
    checks = [_check(desk, check) for check in section.checks]
    return SectionAnswer(
        id=section.id, title=section.title, html=section.html, read=section.id in desk.read, checks=checks
    )


def _whys(reply: Reply) -> list[WhyAnswer]:
    check = reply.check
    answers = [*reply.desk.answers.get(check.id, []), reply.given]
    told = rules.told(check, reply.given, solved=rules.solved(check, answers))
    options = check.options if check.kind is CheckKind.SEVERAL else ()
    whys = [WhyAnswer(number=one.number, place=None, why=one.why) for one in options if one.number in told]
    return whys + [
        WhyAnswer(number=one.number, place=one.place, why=one.why) for one in check.items if one.number in told
    ]


@router.get("/lessons/{unit}")
async def lesson(asked: Asked, unit: Name) -> LessonAnswer:
    desk = await asked.database.read(queries.desk, asked.actor, unit, asked.today)
    found = desk.lesson
    calls = await asked.database.read(queries.practised, asked.actor, found)
    return LessonAnswer(
        unit=unit,
        number=found.number,
        title=found.title,
        minutes=found.minutes,
        objective=found.objective,
        safety=found.safety,
        preview=desk.access.preview,
        done=desk.done,
        content_note=found.content_note,
        practises=[call.key for call in calls],
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
    sent = Sent(body.option, body.numbers, body.text)
    reply = await asked.database.write(
        actions.answer, asked.actor, unit, body.check, sent, body.sent_as, asked.today, asked.now
    )
    done = reply.desk.done or reply.just_done
    return ReplyAnswer(
        right=reply.right,
        mark=reply.option.mark if reply.option else None,
        why=reply.option.why if reply.option else "",
        whys=_whys(reply),
        answer=reply.check.answer,
        show_help=reply.check.kind in OWN_WORDS and sounds_acute(reply.given),
        done=done,
        missing=[] if done else _missing(reply.desk.missing),
    )


@router.put("/lessons/{unit}/sections/{section}/read")
async def go_on(asked: Asked, unit: Name, section: Name) -> Standing:
    """Marks a section read."""
    desk, just_done = await asked.database.write(actions.go_on, asked.actor, unit, section, asked.today, asked.now)
    done = desk.done or just_done
    return Standing(done=done, missing=[] if done else _missing(desk.missing))
