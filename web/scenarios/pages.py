"""A unit opened from the plan, and playing a call."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.callers import Asked, Visit
from api.database import Db
from api.lessons import queries as lessons
from api.lessons.queries import Desk
from api.library.values import EndType, Lesson
from api.people.rules import Actor
from api.scenarios import actions, queries
from api.scenarios.queries import Run
from api.words import _
from web import short_way
from web.lessons.opening import MARK_WORDS, following_unit, open_lesson
from web.rendering import block, is_partial, page, see_other

router = APIRouter(include_in_schema=False)
CALL = "scenarios/call.html"
END_WORDS = {
    EndType.SOLVED: _("Solved"),
    EndType.AGREED: _("Agreed"),
    EndType.HANDED_OVER: _("Handed over well"),
    EndType.RIGHTLY_ENDED: _("Rightly ended"),
    EndType.HUNG_UP_TOO_SOON: _("Hung up too soon"),
    EndType.ENDURED_TOO_LONG: _("Endured too long"),
    EndType.READINESS_CALLED: _("Readiness plan used"),
    EndType.SIGNAL_MISSED: _("A signal was missed"),
}
LADDER_WORDS = (_("Disagreement"), _("Blame"), _("More problems"), _("Open hostility"), _("Separation"))


def _open(db: Db, actor: Actor, unit: str, today: date) -> Desk | Run:
    leave, found = lessons.unit_to_take(db, actor, unit, today)
    if isinstance(found, Lesson):
        return lessons.desk_of(db, actor, unit, leave, found)
    return queries.run_of(db, actor, unit, leave)


def _words() -> dict[str, Any]:
    return {"mark_words": MARK_WORDS, "end_words": END_WORDS, "ladder_words": LADDER_WORDS}


@router.get("/learn/{unit}")
async def unit_page(asked: Asked, unit: str) -> Response:
    found = await asked.database.read(_open, asked.actor, unit, asked.today)
    if isinstance(found, Desk):
        return await open_lesson(asked, unit, found)
    following = None
    if found.call.ended:
        following = await asked.database.read(following_unit, asked.actor, asked.today)
    return page(asked, CALL, unit=unit, run=found, following=following, swapped=False, **_words())


@router.post("/learn/{unit}/attempts")
async def begin(asked: Asked, unit: str) -> Response:
    await asked.database.write(actions.begin, asked.actor, unit, asked.today, asked.now)
    return see_other(f"/learn/{quote(unit)}")


class MoveForm(BaseModel):
    attempt: Annotated[str, Field(max_length=26)] = ""
    place: int = 0
    choice: int = 0


@short_way.post(router, "/learn/{unit}/moves", MoveForm)
async def move(request: Request, asked: Visit, sent: MoveForm, unit: str) -> Response:
    run = await asked.database.write(
        actions.move, asked.actor, unit, sent.attempt, sent.place, sent.choice, asked.today, asked.now
    )
    if not is_partial(request):
        return see_other(f"/learn/{quote(unit)}#now")
    following = await asked.database.read(following_unit, asked.actor, asked.today) if run.call.ended else None
    return block(asked, CALL, "call", unit=unit, run=run, following=following, swapped=True, **_words())
