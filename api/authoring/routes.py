"""JSON: writing scenarios, publishing them for the centre, and what choices teach."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.authoring import actions, queries, teaching
from api.authoring.actions import Seen
from api.authoring.rules import MOST_MOVES, Change, Stand
from api.callers import Asked
from api.library.graph import EndType
from api.library.values import Finding
from api.scenarios.told import CallAnswer, told

router = APIRouter(prefix="/authoring", tags=["authoring"])
Name = Annotated[str, Field(max_length=80)]
Text = Annotated[str, Field(max_length=300_000, pattern="^[^\\x00]*$")]


class ScenarioCardAnswer(BaseModel):
    """`own`: the centre has its own version. `draft_saved_at` null: nobody is working on it."""

    key: str
    number: str
    title: str
    minutes: int
    published: bool
    own: bool
    draft_saved_at: datetime | None


class FindingAnswer(BaseModel):
    """One thing to mend: `path:line: rule: message`."""

    path: str
    line: int
    rule: str
    message: str


class BegunAnswer(BaseModel):
    """Somebody in the middle of the call, who goes on with the revision it was begun with."""

    name: str


class RevisionAnswer(BaseModel):
    number: int
    published_at: datetime
    own: bool
    change: Change | None
    published_by: str | None


class DeskAnswer(BaseModel):
    """A scenario on the desk. `version` 0: nothing saved yet; the texts are then those served.

    `served` is the revision served now, empty for a call never published. `begun` people are in the middle of it; `mid_run` names
    the first twenty.
    """

    key: str
    served: str
    da: str
    en: str
    version: int
    saved_by: str | None
    saved_at: datetime | None
    own: bool
    begun: int
    mid_run: list[BegunAnswer]
    revisions: list[RevisionAnswer]


class DraftBody(BaseModel):
    """`version` and `served`: those that were read; others in the meantime are a conflict. `served` null: not looked at."""

    model_config = ConfigDict(extra="forbid")
    da: Text
    en: Text
    version: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    served: Name | None = None


class SavedAnswer(BaseModel):
    version: int


class TextsBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    da: Text
    en: Text


class PublishBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    change: Change


class PublishedAnswer(BaseModel):
    """`revision` null: there is something to mend, and nothing was published."""

    revision: str | None
    findings: list[FindingAnswer]


class TryBody(BaseModel):
    """Where to put the call down, and the moves from there; nothing is kept."""

    model_config = ConfigDict(extra="forbid")
    at: Name = ""
    view: Name = ""
    numbers: Annotated[dict[str, Annotated[int, Field(ge=0, le=1000)]], Field(max_length=7)] = {}
    names: Annotated[list[Name], Field(max_length=40)] = []
    moves: Annotated[list[Annotated[int, Field(ge=0, le=100)]], Field(max_length=MOST_MOVES)] = []


class TookAnswer(BaseModel):
    moment: str
    choice: int
    people: int


class RoseAnswer(BaseModel):
    """A moment, and by how many steps the ladder rose there on average."""

    moment: str
    steps: float


class TaughtAnswer(BaseModel):
    """First attempts added up; `people` is a multiple of five."""

    people: int
    took: list[TookAnswer]
    rose: list[RoseAnswer]
    ended: dict[EndType, int]
    median_moves: float | None
    median_minutes: float | None


class TeachingAnswer(BaseModel):
    """`taught` null: under five people of the cohort have played it, so nothing is shown."""

    scenario: str
    cohort: str
    taught: TaughtAnswer | None


def _findings(found: list[Finding]) -> list[FindingAnswer]:
    return [FindingAnswer(path=one.path, line=one.line, rule=one.rule, message=one.message) for one in sorted(found)]


@router.get("/scenarios")
async def scenarios(asked: Asked) -> list[ScenarioCardAnswer]:
    """Every scenario the centre is served, and those under work."""
    cards = await asked.database.read(queries.scenarios, asked.actor)
    return [
        ScenarioCardAnswer(
            **{name: getattr(card, name) for name in ("key", "number", "title", "minutes", "published", "own")},
            draft_saved_at=card.draft.saved_at if card.draft else None,
        )
        for card in cards
    ]


@router.get("/scenarios/{key}")
async def desk(asked: Asked, key: Name) -> DeskAnswer:
    found = await asked.database.read(queries.desk, asked.actor, key)
    return DeskAnswer(
        key=key,
        served=found.revision_id,
        da=found.texts["da"],
        en=found.texts["en"],
        version=found.version,
        saved_by=found.saved_by,
        saved_at=found.saved_at,
        own=found.own,
        begun=found.begun,
        mid_run=[BegunAnswer(name=one.name) for one in found.mid_run],
        revisions=[
            RevisionAnswer(
                number=one.number,
                published_at=one.published_at,
                own=one.centre_id is not None,
                change=Change(one.change) if one.change else None,
                published_by=one.published_by,
            )
            for one in found.revisions
        ],
    )


@router.put("/scenarios/{key}")
async def save(asked: Asked, key: Name, body: DraftBody) -> SavedAnswer:
    """Keeps a draft, however unfinished."""
    texts, seen = {"da": body.da, "en": body.en}, Seen(body.version, body.served)
    version = await asked.database.write(actions.save, asked.actor, key, texts, seen, asked.now)
    return SavedAnswer(version=version)


@router.delete("/scenarios/{key}/draft", status_code=204)
async def discard(asked: Asked, key: Name) -> None:
    """Throws the draft away; what is served stays."""
    await asked.database.write(actions.discard, asked.actor, key)


@router.post("/scenarios/{key}/check")
async def check(asked: Asked, key: Name, body: TextsBody) -> list[FindingAnswer]:
    """What the linter says of two texts; nothing is kept."""
    candidate = await asked.database.read_aside(queries.checked, asked.actor, key, {"da": body.da, "en": body.en})
    return _findings(candidate.findings)


@router.post("/scenarios/{key}/publish")
async def publish(asked: Asked, key: Name, body: PublishBody) -> PublishedAnswer:
    """Publishes the saved draft for the centre. With something to mend, nothing is published and the findings come back."""
    candidate = await asked.database.read_aside(queries.candidate, asked.actor, key)
    try:
        revision = await asked.database.write(
            actions.publish, asked.actor, key, body.version, candidate, body.change, asked.now
        )
    except actions.NotReady as refused:
        return PublishedAnswer(revision=None, findings=_findings(refused.findings))
    return PublishedAnswer(revision=revision, findings=[])


@router.post("/scenarios/{key}/shared", status_code=204)
async def use_shared(asked: Asked, key: Name) -> None:
    """Gives up the centre's own version."""
    await asked.database.write(actions.use_shared, asked.actor, key)


@router.post("/scenarios/{key}/try")
async def try_out(asked: Asked, key: Name, body: TryBody) -> CallAnswer:
    """The draft (or what is served) played from any moment in any state; nothing is kept."""
    where = Stand(body.at, body.view, body.numbers, tuple(body.names), tuple(body.moves))
    call = await asked.database.read_aside(queries.tried, asked.actor, key, where)
    return told(key, call)


@router.get("/scenarios/{key}/choices")
async def choices(asked: Asked, key: Name, cohort: Name) -> TeachingAnswer:
    """What the first attempts of one cohort teach, from five people on."""
    found = await asked.database.read_aside(teaching.teaching, asked.actor, key, cohort)
    taught = found.taught
    return TeachingAnswer(
        scenario=found.scenario.title,
        cohort=found.cohort.name,
        taught=TaughtAnswer(
            people=taught.people,
            took=[TookAnswer(moment=moment, choice=choice, people=n) for (moment, choice), n in taught.took.items()],
            rose=[RoseAnswer(moment=moment, steps=steps) for moment, steps in taught.rose],
            ended={EndType(end): count for end, count in taught.ended.items()},
            median_moves=taught.median_moves,
            median_minutes=taught.median_minutes,
        )
        if taught
        else None,
    )
