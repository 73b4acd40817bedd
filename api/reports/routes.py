"""JSON and CSV: the manager's board."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.callers import Asked, attachment
from api.database import Db
from api.enrolments.rules import Standing
from api.library import queries as library
from api.people.rules import Actor
from api.reports import queries
from api.reports.queries import Board

router = APIRouter(tags=["reports"])
Team = Annotated[str | None, Query(max_length=26)]
Page = Annotated[str, Query(max_length=200)]


class TeamAnswer(BaseModel):
    id: str
    name: str


class LineAnswer(BaseModel):
    enrolment: str
    person: str
    plan: str
    standing: Standing
    steps_done: int
    steps_total: int
    next_due_on: date | None
    start_on: date
    go_live_on: date | None


class BoardAnswer(BaseModel):
    """One page of the board. `totals` count everybody in the team, whatever is shown."""

    team: TeamAnswer
    teams: list[TeamAnswer]
    totals: dict[Standing, int]
    lines: list[LineAnswer]
    next_page: str | None


def _told(db: Db, actor: Actor, today: date, team: str | None, wanted: Standing | None, page: str) -> BoardAnswer:
    found: Board = queries.board(db, actor, today, team, wanted, page)
    return BoardAnswer(
        team=TeamAnswer(**found.team._asdict()),
        teams=[TeamAnswer(**one._asdict()) for one in found.teams],
        totals=found.totals,
        lines=[
            LineAnswer(
                enrolment=line.row.id,
                person=line.row.person_name,
                plan=library.plan(db, line.row.revision_id, actor.language).title,
                standing=line.standing,
                steps_done=line.row.steps_done,
                steps_total=line.row.steps_total,
                next_due_on=line.row.next_due_on,
                start_on=line.row.start_on,
                go_live_on=line.row.go_live_on,
            )
            for line in found.lines
        ],
        next_page=found.next_page,
    )


@router.get("/board")
async def board(asked: Asked, team: Team = None, standing: Standing | None = None, page: Page = "") -> BoardAnswer:
    """The asker's own team, 25 rows a page."""
    return await asked.database.read(_told, asked.actor, asked.today, team, standing, page)


@router.get("/board.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def board_csv(asked: Asked, team: Team = None, standing: Standing | None = None) -> Response:
    """All rows of the board, equal to the screen."""
    text = await asked.database.read_aside(queries.csv_text, asked.actor, asked.today, team, standing)
    return attachment(text, queries.csv_name(asked.today))
