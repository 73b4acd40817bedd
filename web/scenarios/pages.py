"""A unit opened from the plan, and playing a call."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from api.callers import Asked, Visit
from api.database import Db
from api.errors import Invalid
from api.lessons import queries as lessons
from api.lessons.queries import Desk
from api.lessons.rules import sounds_acute
from api.library.values import Lesson
from api.people import queries as people
from api.people.rules import Actor
from api.problems import status_of
from api.scenarios import actions, queries
from api.scenarios.queries import Run
from api.words import sentence
from web import short_way
from web.lessons.opening import following_unit, open_lesson
from web.rendering import block, is_partial, page, see_other
from web.scenarios.looking_back import tried
from web.scenarios.telling import Telling
from web.scenarios.words import WORDS

router = APIRouter(include_in_schema=False)
CALL = "scenarios/call.html"


def _path(unit: str, place: str = "") -> str:
    return f"/learn/{quote(unit)}{place}"


def _open(db: Db, actor: Actor, unit: str, today: date) -> Desk | Run:
    leave, found = lessons.unit_to_take(db, actor, unit, today)
    if isinstance(found, Lesson):
        return lessons.desk_of(db, actor, unit, leave, found)
    return queries.run_of(db, actor, unit, leave)


def _under_way(unit: str, run: Run) -> dict[str, Any]:
    """What a page shows of a call as it stands."""
    revision = run.attempt.revision_id if run.attempt else run.access.revision_id
    return {"unit": unit, "run": run, "call": run.call, "telling": Telling(run.call, revision), **WORDS}


def _looked_back(db: Db, actor: Actor, run: Run, today: date) -> dict[str, Any]:
    """What stands beside a call that has ended; nothing while it goes on."""
    back = queries.looking_back(db, actor, run)
    if back is None or run.attempt is None:
        return {}
    acute = back.reflection is not None and sounds_acute(back.reflection)
    return {
        "back": back,
        "tried": tried(run.attempt, run.call, back),
        "following": following_unit(db, actor, today),
        "acute": acute,
        "on_call": people.on_call(db, actor) if acute else None,
        "problem": "",
        "written": back.reflection or "",
    }


@router.get("/learn/{unit}")
async def unit_page(asked: Asked, unit: str) -> Response:
    found = await asked.database.read(_open, asked.actor, unit, asked.today)
    if isinstance(found, Desk):
        return await open_lesson(asked, unit, found)
    return await _shown(asked, unit, found)


async def _shown(asked: Visit, unit: str, run: Run, status: int = 200, **more: Any) -> Response:
    """The call's page: before it begins, under way or ended."""
    context = _under_way(unit, run)
    if run.call.ended:
        context |= await asked.database.read(_looked_back, asked.actor, run, asked.today)
    return page(asked, CALL, status=status, swapped=False, **{**context, **more})


@router.post("/learn/{unit}/attempts")
async def begin(asked: Asked, unit: str, view: Annotated[str, Form(max_length=40)] = "") -> Response:
    await asked.database.write(actions.begin, asked.actor, unit, view, asked.today, asked.now)
    return see_other(_path(unit))


class MoveForm(BaseModel):
    attempt: Annotated[str, Field(max_length=26)] = ""
    place: int = 0
    choice: int = -1


@short_way.post(router, "/learn/{unit}/moves", MoveForm)
async def move(request: Request, asked: Visit, sent: MoveForm, unit: str) -> Response:
    run: Run = await asked.database.write(
        actions.move, asked.actor, unit, sent.attempt, sent.place, sent.choice, asked.today, asked.now
    )
    if not is_partial(request):
        return see_other(_path(unit, "#last"))
    context = _under_way(unit, run)
    if run.call.ended:
        context |= await asked.database.read(_looked_back, asked.actor, run, asked.today)
    return block(asked, CALL, "call", "told", swapped=True, **context)


@router.post("/learn/{unit}/back")
async def go_back(
    asked: Asked,
    unit: str,
    attempt: Annotated[str, Form(max_length=26)] = "",
    place: Annotated[int, Form()] = 0,
) -> Response:
    """To a moment of this call once more, to try another way from there."""
    await asked.database.write(actions.go_back, asked.actor, unit, attempt, place, asked.today, asked.now)
    return see_other(_path(unit, "#now"))


@router.post("/learn/{unit}/skip")
async def skip(asked: Asked, unit: str) -> Response:
    await asked.database.write(actions.skip, asked.actor, unit, asked.today, asked.now)
    return see_other("/plan")


@router.post("/learn/{unit}/words")
async def reflect(
    asked: Asked, unit: str, attempt: Annotated[str, Form(max_length=26)] = "", text: Annotated[str, Form()] = ""
) -> Response:
    """Her own words about the call. They are nobody else's; where they sound acute, help stands above everything."""
    try:
        await asked.database.write(actions.reflect, asked.actor, unit, attempt, text, asked.today, asked.now)
    except Invalid as error:
        run = await asked.database.read(queries.current_run, asked.actor, unit, asked.today)
        wrong: dict[str, Any] = {"problem": sentence(error.first, asked.language), "written": text}
        if sounds_acute(text):  # help waits for nothing, not even for the words to fit
            wrong |= {"acute": True, "on_call": await asked.database.read(people.on_call, asked.actor)}
        return await _shown(asked, unit, run, status_of(error), **wrong)
    return see_other(_path(unit, "#help" if sounds_acute(text) else "#words"))
