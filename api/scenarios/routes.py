"""JSON: playing a call."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.callers import Asked
from api.database import Db
from api.people.rules import Actor
from api.scenarios import actions, queries
from api.scenarios.told import CallAnswer, told

router = APIRouter(tags=["scenarios"])
Name = Annotated[str, Field(max_length=80)]


class BeginBody(BaseModel):
    """`view`: one of the call's views, where it has some."""

    model_config = ConfigDict(extra="forbid")
    view: Annotated[str, Field(max_length=40)] = ""


class MoveBody(BaseModel):
    """`place`: 1 for the first move; the same move sent again counts once. `choice` 0 is a breath."""

    model_config = ConfigDict(extra="forbid")
    place: Annotated[int, Field(ge=1, le=1000)]
    choice: Annotated[int, Field(ge=0, le=100)]


class PlaceBody(BaseModel):
    """`place`: the move to try another way."""

    model_config = ConfigDict(extra="forbid")
    place: Annotated[int, Field(ge=1, le=1000)]


class WordsBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=5000)]


def _as_left(db: Db, actor: Actor, unit: str, today: date) -> CallAnswer:
    run = queries.current_run(db, actor, unit, today)
    return told(unit, run.call, run, queries.looking_back(db, actor, run))


@router.get("/scenarios/{unit}")
async def call(asked: Asked, unit: Name) -> CallAnswer:
    """The asker's last attempt as it was left, or the call before it begins."""
    return await asked.database.read(_as_left, asked.actor, unit, asked.today)


@router.post("/scenarios/{unit}/attempts", status_code=201)
async def begin(asked: Asked, unit: Name, body: BeginBody | None = None) -> CallAnswer:
    """Begins, or begins again."""
    view = body.view if body else ""
    run = await asked.database.write(actions.begin, asked.actor, unit, view, asked.today, asked.now)
    return told(unit, run.call, run)


@router.post("/scenarios/{unit}/attempts/{attempt}/moves")
async def move(asked: Asked, unit: Name, attempt: str, body: MoveBody) -> CallAnswer:
    run = await asked.database.write(
        actions.move, asked.actor, unit, attempt, body.place, body.choice, asked.today, asked.now
    )
    back = await asked.database.read(queries.looking_back, asked.actor, run) if run.call.ended else None
    return told(unit, run.call, run, back)


@router.post("/scenarios/{unit}/attempts/{attempt}/back", status_code=201)
async def go_back(asked: Asked, unit: Name, attempt: str, body: PlaceBody) -> CallAnswer:
    """A new attempt that stands where this one stood before a move."""
    run = await asked.database.write(actions.go_back, asked.actor, unit, attempt, body.place, asked.today, asked.now)
    return told(unit, run.call, run)


@router.put("/scenarios/{unit}/attempts/{attempt}/words")
async def reflect(asked: Asked, unit: Name, attempt: str, body: WordsBody) -> CallAnswer:
    """Keeps her own words about a call that has ended; the answer to compare with comes back."""
    run = await asked.database.write(actions.reflect, asked.actor, unit, attempt, body.text, asked.today, asked.now)
    return told(unit, run.call, run, await asked.database.read(queries.looking_back, asked.actor, run))


@router.post("/scenarios/{unit}/skip", status_code=204)
async def skip(asked: Asked, unit: Name) -> None:
    """Leaves out a call that carries a content note, with equal credit."""
    await asked.database.write(actions.skip, asked.actor, unit, asked.today, asked.now)
