"""The manager's board and its file."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.callers import Asked, attachment
from api.database import Db
from api.enrolments.rules import STANDING_WORDS, Standing
from api.library import queries as library
from api.library import sources
from api.people.rules import Actor
from api.reports import queries
from api.reports.queries import Board
from web.rendering import block, is_partial, page

router = APIRouter(include_in_schema=False)
Team = Annotated[str | None, Query(max_length=26)]
Page = Annotated[str, Query(max_length=200)]
ORDER = (Standing.LATE, Standing.NOT_STARTED, Standing.ON_TRACK, Standing.DONE)


def _look(
    db: Db, actor: Actor, today: date, team: str | None, wanted: Standing | None, mark: str
) -> tuple[Board, dict[str, str]]:
    board = queries.board(db, actor, today, team, wanted, mark)
    titles = {
        line.row.revision_id: library.plan(db, line.row.revision_id, actor.language).title for line in board.lines
    }
    return board, titles


@router.get("/team")
async def team_board(
    request: Request, asked: Asked, team: Team = None, standing: Standing | None = None, after: Page = ""
) -> Response:
    board, titles = await asked.database.read(_look, asked.actor, asked.today, team, standing, after)
    context: dict[str, Any] = {
        "board": board,
        "titles": titles,
        "order": ORDER,
        "standing_words": STANDING_WORDS,
        "after": after,
    }
    if is_partial(request):
        return block(asked, "reports/team.html", "board", **context)
    stale = await asked.database.read(sources.stale, asked.actor, asked.today)
    return page(asked, "reports/team.html", **context, stale=stale)


@router.get("/team.csv")
async def team_csv(asked: Asked, team: Team = None, standing: Standing | None = None) -> Response:
    text = await asked.database.read_aside(queries.csv_text, asked.actor, asked.today, team, standing)
    return attachment(text, queries.csv_name(asked.today))
