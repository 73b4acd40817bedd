"""A unit opened: a lesson section by section, with its checks. Scenarios are handed to their own pages."""

import secrets
from datetime import date
from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.callers import Asked, Visit
from api.database import Db
from api.errors import NotFound
from api.lessons import actions, queries, rules
from api.lessons.queries import Desk
from api.library.queries import UnitCard
from api.library.values import Check, Section
from api.people.rules import Actor
from api.words import _
from web import short_way
from web.lessons.opening import MARK_WORDS, following_unit, section_path
from web.rendering import block, is_partial, page, see_other

router = APIRouter(include_in_schema=False)
LESSON = "lessons/lesson.html"


class CheckView(NamedTuple):
    """A check as it is shown: the option last chosen, and whether the right one has been found."""

    check: Check
    chosen: int | None
    solved: bool
    sent_as: str


def check_view(desk: Desk, check: Check, chosen: int | None = None) -> CheckView:
    given = desk.answers.get(check.id, [])
    last = chosen or (given[-1] if given else None)
    return CheckView(
        check, last, rules.solved(check, [*given, *([chosen] if chosen else [])]), secrets.token_urlsafe(9)
    )


def _place(desk: Desk, section_id: str) -> tuple[Section, int]:
    for position, section in enumerate(desk.lesson.sections):
        if section.id == section_id:
            return section, position
    raise NotFound(_("There is no such section in this lesson. Open the lesson again."))


@short_way.get(router, "/learn/{unit}/section/{section_id}")
async def section(asked: Visit, unit: str, section_id: str) -> Response:
    desk = await asked.database.read(queries.desk, asked.actor, unit, asked.today, asked.language)
    found, position = _place(desk, section_id)
    return page(
        asked,
        LESSON,
        desk=desk,
        section=found,
        position=position,
        checks=[check_view(desk, check) for check in found.checks],
        just_done=False,
        mark_words=MARK_WORDS,
    )


class AnswerForm(BaseModel):
    check: Annotated[str, Field(max_length=80)] = ""
    option: int = 0
    sent_as: Annotated[str, Field(max_length=40)] = ""


@short_way.post(router, "/learn/{unit}/answers", AnswerForm)
async def answer(request: Request, asked: Visit, sent: AnswerForm, unit: str) -> Response:
    check = sent.check
    reply = await asked.database.write(
        actions.answer, asked.actor, unit, check, sent.option, sent.sent_as, asked.today, asked.now
    )
    section_id = next(one.id for one in reply.desk.lesson.sections if reply.check in one.checks)
    found, position = _place(reply.desk, section_id)
    view = check_view(reply.desk, reply.check, reply.option.number)
    if is_partial(request):
        return block(
            asked,
            LESSON,
            "check",
            "onward",
            desk=reply.desk,
            section=found,
            position=position,
            view=view,
            just_done=reply.just_done,
            mark_words=MARK_WORDS,
            swapped=True,
        )
    if reply.desk.access.preview or reply.desk.done:
        # Nothing is kept, so the answer is shown where it was given.
        checks = [view if one.id == check else check_view(reply.desk, one) for one in found.checks]
        return page(
            asked,
            LESSON,
            desk=reply.desk,
            section=found,
            position=position,
            checks=checks,
            just_done=False,
            mark_words=MARK_WORDS,
        )
    return see_other(f"{section_path(unit, section_id)}#check-{check}")


@router.post("/learn/{unit}/section/{section_id}")
async def go_on(asked: Asked, unit: str, section_id: str) -> Response:
    desk, _just_done = await asked.database.write(actions.go_on, asked.actor, unit, section_id, asked.today, asked.now)
    _section, position = _place(desk, section_id)
    following = desk.lesson.sections[position + 1 : position + 2]
    return see_other(section_path(unit, following[0].id) if following else f"/learn/{quote(unit)}/end")


@router.get("/learn/{unit}/end")
async def end(asked: Asked, unit: str) -> Response:
    """After the last section: done, or what is still missing, rule by rule."""
    desk, following = await asked.database.read(_end, asked.actor, unit, asked.today)
    return page(asked, "lessons/end.html", desk=desk, following=following)


def _end(db: Db, actor: Actor, unit: str, today: date) -> tuple[Desk, UnitCard | None]:
    return queries.desk(db, actor, unit, today, actor.language), following_unit(db, actor, today)


@router.post("/learn/{unit}")
async def begin(asked: Asked, unit: str) -> Response:
    await asked.database.write(actions.open_lesson, asked.actor, unit, asked.today, asked.now)
    desk = await asked.database.read(queries.desk, asked.actor, unit, asked.today, asked.language)
    return see_other(section_path(unit, desk.lesson.sections[0].id))
