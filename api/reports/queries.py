"""The manager's board: own teams, who stands where. The cost follows the page, not the number of people."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import BindParameter, Select, and_, bindparam, func, or_
from sqlmodel import col

from api.database import Db
from api.enrolments import rules as enrolments
from api.enrolments.rules import STANDING_WORDS, Begun, Standing
from api.enrolments.tables import Enrolment, TeamCount
from api.errors import Invalid, NotFound
from api.library import queries as library
from api.people.queries import Named, led_teams
from api.people.rules import Act, Actor, demand
from api.reports import rules
from api.statements import Query, select
from api.words import _, words

PAGE = 25
COLUMNS = (_("Name"), _("Plan"), _("Status"), _("Steps done"), _("Steps"), _("Next date"), _("Start"), _("Go-live"))


class BoardRow(NamedTuple):
    id: str
    person_name: str
    kind: str
    key: str
    revision_id: str
    start_on: date
    go_live_on: date | None
    begun: str
    steps_done: int
    steps_total: int
    next_due_on: date | None


class CountRow(NamedTuple):
    begun: str
    next_due_on: date
    people: int


_row = select(
    Enrolment.id,
    Enrolment.person_name,
    Enrolment.kind,
    Enrolment.key,
    Enrolment.revision_id,
    Enrolment.start_on,
    Enrolment.go_live_on,
    Enrolment.begun,
    Enrolment.steps_done,
    Enrolment.steps_total,
    Enrolment.next_due_on,
).where(col(Enrolment.team_id) == bindparam("team_id"))
_limit: BindParameter[int] = bindparam("limit")


def _by_date(rows: Select[tuple[object, ...]]) -> Query[BoardRow]:
    """Rows in the order of the next date, from one row on."""
    due, one_id = col(Enrolment.next_due_on), col(Enrolment.id)
    after = or_(due > bindparam("after_due"), and_(due == bindparam("after_due"), one_id > bindparam("after_id")))
    return Query(rows.where(due >= bindparam("after_due"), after).order_by(due, one_id).limit(_limit), BoardRow)


# One row for what is late and one for what is not, with one of their dates: a large team's many dates stay in the database.
COUNTS = Query(
    select(TeamCount.begun, func.min(col(TeamCount.next_due_on)), func.sum(col(TeamCount.people)))
    .where(col(TeamCount.team_id) == bindparam("team_id"))
    .group_by(col(TeamCount.begun), col(TeamCount.next_due_on) < bindparam("today")),
    CountRow,
)
EVERYBODY = Query(
    _row.where(
        col(Enrolment.person_name) >= bindparam("after_name"),
        or_(col(Enrolment.person_name) > bindparam("after_name"), col(Enrolment.id) > bindparam("after_id")),
    )
    .order_by(col(Enrolment.person_name), col(Enrolment.id))
    .limit(_limit),
    BoardRow,
)
LATE = _by_date(_row.where(col(Enrolment.next_due_on) < bindparam("today")))
_not_late = col(Enrolment.next_due_on) >= bindparam("today")
NOT_STARTED = _by_date(_row.where(col(Enrolment.begun) == Begun.FRESH.value, _not_late))
ON_TRACK = _by_date(_row.where(col(Enrolment.begun) == Begun.BEGUN.value, _not_late))
DONE = Query(
    _row.where(
        col(Enrolment.begun) == Begun.DONE.value,
        col(Enrolment.next_due_on).is_(None),
        col(Enrolment.id) > bindparam("after_id"),
    )
    .order_by(col(Enrolment.id))
    .limit(_limit),
    BoardRow,
)
BY_STANDING = {Standing.LATE: LATE, Standing.NOT_STARTED: NOT_STARTED, Standing.ON_TRACK: ON_TRACK, Standing.DONE: DONE}
FIRST_DAY = date.min


class Line(NamedTuple):
    row: BoardRow
    standing: Standing


class Board(NamedTuple):
    """One page of a board. `next_page`: the mark that gives the page after, or None on the last."""

    teams: list[Named]
    team: Named
    totals: dict[Standing, int]
    wanted: Standing | None
    lines: list[Line]
    next_page: str | None


def _own_team(db: Db, actor: Actor, team_id: str | None) -> tuple[list[Named], Named]:
    demand(actor, Act.SEE_TEAM)
    teams = led_teams(db, actor)
    if not teams:
        raise NotFound(_("You do not lead a team yet. Ask your administrator to give you one."))
    team = next((team for team in teams if team_id in (None, "", team.id)), None)
    if team is None:
        raise NotFound(_("You have no such team. Choose one from the list."))
    return teams, team


def board(
    db: Db, actor: Actor, today: date, team_id: str | None = None, wanted: Standing | None = None, page: str = ""
) -> Board:
    """One page of the asker's own team: 25 rows, and counts that match all rows."""
    teams, team = _own_team(db, actor, team_id)
    counts = (
        (Begun(count.begun), count.next_due_on, count.people) for count in db.all(COUNTS, team_id=team.id, today=today)
    )
    rows = _rows(db, team.id, wanted, page, PAGE + 1, today)
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    lines = [Line(row, enrolments.standing(Begun(row.begun), row.next_due_on, today)) for row in rows]
    return Board(teams, team, rules.totals(counts, today), wanted, lines, mark(rows[-1], wanted) if more else None)


def everybody(
    db: Db, actor: Actor, today: date, team_id: str | None = None, wanted: Standing | None = None
) -> Iterator[Line]:
    """All rows of a board in its order, for the file that equals the screen."""
    _teams, team = _own_team(db, actor, team_id)
    page = ""
    while True:
        rows = _rows(db, team.id, wanted, page, 500, today)
        for row in rows:
            yield Line(row, enrolments.standing(Begun(row.begun), row.next_due_on, today))
        if len(rows) < 500:
            return
        page = mark(rows[-1], wanted)


def mark(row: BoardRow, wanted: Standing | None) -> str:
    """Where the next page begins: after this row, in the order of the board."""
    if wanted is None:
        return f"{row.id}.{row.person_name}"
    return f"{row.id}.{row.next_due_on.isoformat() if row.next_due_on else ''}"


def _rows(db: Db, team_id: str, wanted: Standing | None, page: str, limit: int, today: date) -> list[BoardRow]:
    after_id, _dot, rest = page.partition(".")
    if wanted is None:
        return db.all(EVERYBODY, team_id=team_id, after_name=rest, after_id=after_id, limit=limit)
    if wanted is Standing.DONE:
        return db.all(DONE, team_id=team_id, after_id=after_id, limit=limit)
    try:
        after_due = date.fromisoformat(rest) if rest else FIRST_DAY
    except ValueError:
        raise Invalid(_("There is no such page. Begin again at the first one."), "page") from None
    query = BY_STANDING[wanted]
    return db.all(query, team_id=team_id, after_due=after_due, after_id=after_id, today=today, limit=limit)


def csv_text(db: Db, actor: Actor, today: date, team: str | None, wanted: Standing | None) -> str:
    """The board's rows as a file Danish Excel opens as it stands: semicolons, and a byte order mark in front."""
    say = words(actor.language).gettext
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([say(column) for column in COLUMNS])
    for row, standing in everybody(db, actor, today, team, wanted):
        plan = library.plan(db, row.revision_id, actor.language).title
        texts = (rules.text_cell(row.person_name), rules.text_cell(plan), say(STANDING_WORDS[standing]))
        days = ("" if day is None else day.isoformat() for day in (row.next_due_on, row.start_on, row.go_live_on))
        writer.writerow([*texts, row.steps_done, row.steps_total, *days])
    return "\ufeff" + file.getvalue()


def csv_name(today: date) -> str:
    return f"rolig-{today.isoformat()}.csv"
