"""JSON: the readiness card, whom it names, and our line."""

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.callers import Asked
from api.readiness import actions, queries, rules
from api.readiness.rules import Numbers, Post

router = APIRouter(prefix="/readiness", tags=["readiness"])


class ContactBody(BaseModel):
    """Whom to ring. All three empty: nobody."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=1000)
    phone: str = Field(max_length=1000)
    hours: str = Field(max_length=1000)


class ContactsBody(BaseModel):
    """Everything the card names; what is left out is asked for, never erased. `open`: it may be read without signing in."""

    model_config = ConfigDict(extra="forbid")
    on_call: ContactBody
    leader: ContactBody
    crisis: ContactBody
    rep: ContactBody
    address: str = Field(max_length=1000)
    open: bool


class ContactsAnswer(ContactsBody):
    """`path`: where the card is read without signing in, when it is open."""

    path: str | None


class LinkAnswer(BaseModel):
    path: str


class PartAnswer(BaseModel):
    """`html` has the centre's numbers in it. `red`: of what is dangerous; `wallet`: what the small card says."""

    id: str
    title: str
    html: str
    red: bool
    wallet: bool


class CardAnswer(BaseModel):
    centre: str
    title: str
    parts: list[PartAnswer]
    path: str | None


class SignatureAnswer(BaseModel):
    id: str
    leader: str
    signed_at: datetime


class LineAnswer(BaseModel):
    """`signature` null: no leader has signed, and nobody can be asked to rely on it. `signed`: the text shown is the one
    signed; a leader is shown a newer one. `revision` is what a leader signs.
    """

    title: str
    intro: str
    parts: list[PartAnswer]
    revision: str
    signature: SignatureAnswer | None
    signed: bool
    read_on: date | None


class SignBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    revision: str = Field(max_length=26)


class ReadBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    signature: str = Field(max_length=26)


class TeamAnswer(BaseModel):
    """`team` null: several small teams together. `missing`: who has not read it (the first 50), for the own manager."""

    team: str | None
    people: int
    read: int
    missing: list[str] | None


def _parts(parts: list[queries.Filled]) -> list[PartAnswer]:
    return [
        PartAnswer(id=one.part.id, title=one.part.title, html=one.html, red=one.part.red, wallet=one.part.wallet)
        for one in parts
    ]


def _path(token: str | None) -> str | None:
    return f"/card/{token}" if token else None


@router.get("/card")
async def card(asked: Asked) -> CardAnswer:
    found = await asked.database.read(queries.card, asked.actor)
    return CardAnswer(centre=found.centre, title=found.card.title, parts=_parts(found.parts), path=_path(found.token))


@router.get("/contacts")
async def contacts(asked: Asked) -> ContactsAnswer:
    found = await asked.database.read(queries.settings, asked.actor)
    given = {post.value: ContactBody(**found.numbers.of(post)._asdict()) for post in Post}
    return ContactsAnswer(
        on_call=given["on_call"],
        leader=given["leader"],
        crisis=given["crisis"],
        rep=given["rep"],
        address=found.numbers.address,
        open=found.token is not None,
        path=_path(found.token),
    )


@router.put("/contacts")
async def set_contacts(asked: Asked, body: ContactsBody) -> ContactsAnswer:
    given = {post: rules.Contact(**getattr(body, post.value).model_dump()) for post in Post}
    await asked.database.write(actions.set_contacts, asked.actor, Numbers(given, body.address), is_open=body.open)
    return await contacts(asked)


@router.post("/contacts/link")
async def renew_link(asked: Asked) -> LinkAnswer:
    """A new address for the card without signing in; the old one stops."""
    token = await asked.database.write(actions.renew_link, asked.actor)
    return LinkAnswer(path=f"/card/{token}")


@router.get("/our-line")
async def our_line(asked: Asked) -> LineAnswer:
    found = await asked.database.read(queries.our_line, asked.actor)
    signed = found.signature
    return LineAnswer(
        title=found.card.title,
        intro=found.card.intro,
        parts=_parts(found.parts),
        revision=found.current,
        signature=SignatureAnswer(id=signed.id, leader=signed.signer, signed_at=signed.signed_at) if signed else None,
        signed=found.shown.signed,
        read_on=found.read_on,
    )


@router.post("/our-line/signatures")
async def sign(asked: Asked, body: SignBody) -> LineAnswer:
    """Signed by a leader for the centre. Everybody is asked to read it again."""
    await asked.database.write(actions.sign_line, asked.actor, body.revision, asked.now)
    return await our_line(asked)


@router.post("/our-line/acknowledgements")
async def acknowledge(asked: Asked, body: ReadBody) -> LineAnswer:
    """I have read it."""
    await asked.database.write(actions.acknowledge_line, asked.actor, body.signature, asked.now)
    return await our_line(asked)


@router.get("/our-line/acknowledgements")
async def standing(asked: Asked) -> list[TeamAnswer]:
    """How many of each team have read the signed line."""
    found = await asked.database.read_aside(queries.standing, asked.actor)
    return [
        TeamAnswer(team=one.team.name, people=one.team.people, read=one.team.read, missing=one.missing) for one in found
    ]
