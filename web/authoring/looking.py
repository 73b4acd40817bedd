"""Trying a call from any moment in any state, and what the choices of a cohort teach."""

from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.authoring import queries, teaching
from api.authoring.rules import FEWEST, MOST_MOVES, Stand, put_down
from api.callers import Asked
from api.database import Db
from api.errors import Conflict, Invalid, Problem
from api.library.graph import BOUNDS, Choice, Condition, Flag, Scenario
from api.library.rules import NOT_WAITING, SHAKEN, State, holds, number
from api.people.rules import Actor
from api.problems import status_of
from api.scenarios.rules import Call, shown
from api.words import _
from web.authoring.graph import Drawing, Line, draw, ways
from web.authoring.words import WORDS
from web.rendering import by_field, page

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Field(max_length=80)]
Typed = Annotated[str, Field(max_length=12)]
NO_NUMBER = _("Write a whole number, or leave the field empty.")
NO_MOVES = _("The moves in the address cannot be read. Begin again below.")


class Withheld(NamedTuple):
    """What cannot be said here and now, and why: the conditions that do not hold, or too little calm."""

    choice: Choice
    lacking: tuple[tuple[Condition, int], ...]
    shaken: bool


def _withheld(call: Call) -> list[Withheld]:
    found = []
    for choice in call.moment.choices:
        if choice in call.choices:
            continue
        lacking = tuple(
            (one, number(call.stood, one.name, call.moment.thread) if one.name in BOUNDS else 0)
            for one in choice.conditions
            if not holds((one,), call.moment, call.stood)
        )
        found.append(Withheld(choice, lacking, shaken=choice.subtle and call.stood.calm < SHAKEN))
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
    moves: Annotated[str, Field(max_length=5 * MOST_MOVES)] = ""

    def typed(self, name: str) -> str:
        """One of the numbers, as typed."""
        return str(getattr(self, name))

    def stand(self) -> Stand:
        """Where to put the call down; Invalid says at each field what is no number."""
        problems: list[Problem] = []
        numbers: dict[str, int] = {}
        for name in BOUNDS:
            if typed := self.typed(name).strip():
                try:
                    numbers[name] = int(typed)
                except ValueError:
                    problems.append(Problem(NO_NUMBER, name))
        try:
            moves = tuple(int(one) for one in self.moves.split("-") if one)
        except ValueError:
            problems.append(Problem(NO_MOVES, "moves"))
        if problems:
            raise Invalid.of(problems)
        return Stand(self.at, self.view, numbers, tuple(self.name), moves)

    def address(self, moves: tuple[int, ...]) -> str:
        """The same place with other moves."""
        fields = [(name, value) for name, value in self if name not in ("moves", "name") and value]
        fields += [("name", one) for one in self.name]
        fields += [("moves", "-".join(map(str, moves)))] if moves else []
        return f"?{urlencode(fields)}#now"


class Tried(NamedTuple):
    """A call put down somewhere, or why it cannot be: by field, or under an empty name."""

    scenario: Scenario
    call: Call | None
    rows: list[Row]
    problems: dict[str, str]
    status: int


def _tried(db: Db, actor: Actor, key: str, form: TryForm) -> Tried:
    scenario = queries.on_desk(db, actor, key)
    try:
        where = form.stand()
        call = put_down(scenario, where)
        start = put_down(scenario, where._replace(moves=()))
    except (Invalid, Conflict) as error:
        return Tried(scenario, None, [], by_field(error, actor.language), status_of(error))
    rows = [_row(scenario, "", start.stood, start.moment.thread)]
    rows += [
        _row(scenario, turn.choice.text if turn.choice else "", turn.after, turn.moment.thread) for turn in call.turns
    ]
    return Tried(scenario, call, rows, {}, 200)


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
        "withheld": _withheld(tried.call) if tried.call else [],
        "numbers": [one for one in BOUNDS if one not in ("minutes", "queue") or one in given],
        "bounds": BOUNDS,
        "given": given,
        "flags": tuple(Flag),
        "problems": tried.problems,
        "names": {one.key: one.title for one in (*tried.scenario.facts, *tried.scenario.views)},
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
    cohorts = teaching.cohorts(db, actor)
    if not cohort:
        return {"cohorts": cohorts, "scenario": teaching.served(db, actor, key), "found": None}
    found = teaching.teaching(db, actor, key, cohort)
    drawing = draw(ways(found.scenario)) if found.taught else None
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
