"""Trying a call from any moment in any state, and what the choices of a cohort teach."""

from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.authoring import queries, teaching
from api.authoring.queries import Stand
from api.authoring.rules import FEWEST
from api.callers import Asked
from api.database import Db
from api.errors import Conflict, Invalid, Problem
from api.library.graph import BOUNDS, Choice, Condition, Flag, Scenario
from api.library.rules import NOT_WAITING, SHAKEN, State, holds, number
from api.people.rules import Actor
from api.problems import status_of
from api.scenarios.rules import Call, shown
from api.words import _, sentence
from web.authoring.graph import Drawing, Line, draw
from web.authoring.words import WORDS
from web.rendering import page

router = APIRouter(include_in_schema=False)
MOST_MOVES = 200
Word = Annotated[str, Field(max_length=80)]
Typed = Annotated[str, Field(max_length=12)]
NO_NUMBER = _("Write whole numbers, or leave the field empty.")


class Kept(NamedTuple):
    """What cannot be said here and now, and why: the conditions that do not hold, or too little calm."""

    choice: Choice
    lacking: tuple[tuple[Condition, int], ...]
    shaken: bool


def _kept(call: Call) -> list[Kept]:
    found = []
    for choice in call.moment.choices:
        if choice in call.choices:
            continue
        lacking = tuple(
            (one, number(call.stood, one.name, call.moment.thread) if one.name in BOUNDS else 0)
            for one in choice.conditions
            if not holds((one,), call.moment, call.stood)
        )
        found.append(Kept(choice, lacking, shaken=choice.subtle and call.stood.calm < SHAKEN))
    return found


class Row(NamedTuple):
    """The numbers after a move, and all that is remembered beside them. `talks`: where each other customer stands."""

    said: str
    numbers: dict[str, int]
    owed: bool
    good_before: bool
    rested: bool
    names: tuple[str, ...]
    talks: tuple[tuple[str, int, int], ...]


def _row(scenario: Scenario, said: str, state: State, thread: int | None) -> Row:
    talk = state.talks[thread or 0]
    return Row(
        said,
        shown(state, thread),
        talk.owed,
        talk.good_before,
        state.rested,
        tuple(sorted(state.names)),
        tuple(
            (scenario.threads[place].title, one.ladder, max(one.waiting, 0))
            for place, one in enumerate(state.talks)
            if scenario.threads and one.waiting != NOT_WAITING
        ),
    )


class TryForm(BaseModel):
    """Where to put the call down, as it stands in the address. `moves`: the choices from there, with - between."""

    at: Word = ""
    view: Word = ""
    ladder: Typed = ""
    trust: Typed = ""
    solved: Typed = ""
    calm: Typed = ""
    boundary: Typed = ""
    minutes: Typed = ""
    queue: Typed = ""
    name: Annotated[list[Word], Field(max_length=40)] = []
    moves: Annotated[str, Field(max_length=2000)] = ""

    def typed(self, name: str) -> str:
        """One of the numbers, as typed."""
        return str(getattr(self, name))

    def stand(self) -> Stand:
        try:
            numbers = {name: int(self.typed(name)) for name in BOUNDS if self.typed(name).strip()}
            moves = tuple(int(one) for one in self.moves.split("-") if one)
        except ValueError:
            raise Invalid(NO_NUMBER) from None
        return Stand(self.at, self.view, numbers, tuple(self.name), moves[:MOST_MOVES])

    def address(self, moves: tuple[int, ...]) -> str:
        """The same place with other moves."""
        fields = [(name, value) for name, value in self if name not in ("moves", "name") and value]
        fields += [("name", one) for one in self.name]
        fields += [("moves", "-".join(map(str, moves)))] if moves else []
        return f"?{urlencode(fields)}#now"


class Tried(NamedTuple):
    """A call put down somewhere, or why it cannot be."""

    scenario: Scenario
    call: Call | None
    rows: list[Row]
    problem: Problem | None
    status: int


def _tried(db: Db, actor: Actor, key: str, form: TryForm) -> Tried:
    scenario = queries.on_desk(db, actor, key)
    try:
        where = form.stand()
        call = queries.tried(db, actor, key, where)
        start = queries.tried(db, actor, key, where._replace(moves=()))
    except (Invalid, Conflict) as error:
        return Tried(scenario, None, [], error.first, status_of(error))
    rows = [_row(scenario, "", start.stood, start.moment.thread)]
    rows += [
        _row(scenario, turn.choice.text if turn.choice else "", turn.after, turn.moment.thread) for turn in call.turns
    ]
    return Tried(scenario, call, rows, None, 200)


@router.get("/author/{key}/try")
async def try_out(asked: Asked, key: str, form: Annotated[TryForm, Query()]) -> Response:
    """The call as it is on the desk, from any moment in any state. All of it stands in the address; nothing is stored."""
    tried = await asked.database.read_aside(_tried, asked.actor, key, form)
    given = dict(tried.scenario.state)
    context: dict[str, Any] = {
        "key": key,
        "form": form,
        "tried": tried,
        "call": tried.call,
        "kept": _kept(tried.call) if tried.call else [],
        "numbers": [one for one in BOUNDS if one not in ("minutes", "queue") or one in given],
        "bounds": BOUNDS,
        "given": given,
        "flags": tuple(Flag),
        "problem": sentence(tried.problem, asked.language) if tried.problem else "",
        **WORDS,
    }
    return page(asked, "authoring/try.html", status=tried.status, **context)


class Share(NamedTuple):
    """A line of the picture with the people who went it, and how broad it is drawn for them."""

    line: Line
    people: int
    width: float


def _shares(drawing: Drawing | None, found: teaching.Teaching) -> list[Share]:
    if drawing is None or found.taught is None:
        return []
    taught = found.taught
    shares = []
    for line in drawing.lines:
        people = taught.went.get((line.origin, line.number, line.target), 0)
        shares.append(Share(line, people, round(1 + 9 * people / taught.people, 1) if people else 1))
    return shares


def _taught(db: Db, actor: Actor, key: str, cohort: str) -> dict[str, Any]:
    cohorts = teaching.lists_for(db, actor)
    if not cohort:
        return {"cohorts": cohorts, "scenario": teaching.served(db, actor, key), "found": None}
    found = teaching.teaching(db, actor, key, cohort)
    drawing = draw(found.scenario) if found.taught else None
    return {
        "cohorts": cohorts,
        "scenario": found.scenario,
        "found": found,
        "drawing": drawing,
        "shares": _shares(drawing, found),
        "titles": {moment.id: moment.title for moment in found.scenario.moments},
    }


@router.get("/author/{key}/choices")
async def choices(asked: Asked, key: str, cohort: Annotated[str, Query(max_length=26)] = "") -> Response:
    """What the first attempts of one cohort teach; nothing under five people, and never a name."""
    context = await asked.database.read_aside(_taught, asked.actor, key, cohort)
    context |= {"key": key, "cohort": cohort, "fewest": FEWEST, **WORDS}
    return page(asked, "authoring/choices.html", **context)
