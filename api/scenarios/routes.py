"""JSON: playing a call."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.callers import Asked
from api.library.values import EndType, Mark
from api.scenarios import actions, queries
from api.scenarios.queries import Run

router = APIRouter(tags=["scenarios"])
Name = Annotated[str, Field(max_length=80)]


class ChoiceAnswer(BaseModel):
    number: int
    text: str


class TurnAnswer(BaseModel):
    """One move made: what was said, what came back, and why."""

    moment: str
    html: str
    said: str
    mark: Mark
    reply: str
    why: str
    state: dict[str, int]


class CallAnswer(BaseModel):
    """A call as it stands. `attempt` null: not begun. `place` is where the next move goes."""

    unit: str
    number: str
    title: str
    minutes: int
    intro: str
    preview: bool
    attempt: str | None
    attempt_number: int
    place: int
    state: dict[str, int]
    turns: list[TurnAnswer]
    moment: str
    html: str
    choices: list[ChoiceAnswer]
    end: EndType | None
    success: bool


class MoveBody(BaseModel):
    """`place`: 1 for the first move; the same move sent again counts once."""

    model_config = ConfigDict(extra="forbid")
    place: Annotated[int, Field(ge=1, le=1000)]
    choice: Annotated[int, Field(ge=1, le=100)]


def _told(unit: str, run: Run) -> CallAnswer:
    call, attempt = run.call, run.attempt
    return CallAnswer(
        unit=unit,
        number=call.scenario.number,
        title=call.scenario.title,
        minutes=call.scenario.minutes,
        intro=call.scenario.intro,
        preview=run.access.preview,
        attempt=attempt.id if attempt else None,
        attempt_number=attempt.number if attempt else 0,
        place=len(call.turns) + 1,
        state=call.state,
        turns=[
            TurnAnswer(
                moment=turn.moment.id,
                html=turn.moment.html,
                said=turn.choice.text,
                mark=turn.choice.mark,
                reply=turn.choice.reply,
                why=turn.choice.why,
                state=turn.state,
            )
            for turn in call.turns
        ],
        moment=call.moment.id,
        html=call.moment.html,
        choices=[ChoiceAnswer(number=choice.number, text=choice.text) for choice in call.moment.choices],
        end=call.moment.end,
        success=call.succeeded,
    )


@router.get("/scenarios/{unit}")
async def call(asked: Asked, unit: Name) -> CallAnswer:
    """The asker's last attempt as it was left, or the call before it begins."""
    return _told(unit, await asked.database.read(queries.current_run, asked.actor, unit, asked.today))


@router.post("/scenarios/{unit}/attempts", status_code=201)
async def begin(asked: Asked, unit: Name) -> CallAnswer:
    """Begins, or begins again."""
    return _told(unit, await asked.database.write(actions.begin, asked.actor, unit, asked.today, asked.now))


@router.post("/scenarios/{unit}/attempts/{attempt}/moves")
async def move(asked: Asked, unit: Name, attempt: str, body: MoveBody) -> CallAnswer:
    run = await asked.database.write(
        actions.move, asked.actor, unit, attempt, body.place, body.choice, asked.today, asked.now
    )
    return _told(unit, run)
