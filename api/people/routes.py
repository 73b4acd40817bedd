"""JSON: signing in and out, and oneself."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api import callers
from api.callers import Asked
from api.people import actions, queries
from api.people.rules import Role

router = APIRouter(tags=["people"])


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")
    email: str = Field(max_length=254)
    password: str = Field(max_length=1000)


class MeAnswer(BaseModel):
    id: str
    name: str
    email: str
    centre: str
    roles: list[Role]
    language: str


class MeChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: Literal["da", "en"]


class OnCallAnswer(BaseModel):
    """Whom to call now, as the centre has set it."""

    centre: str
    name: str
    phone: str
    hours: str


@router.post("/session", status_code=204)
async def sign_in(request: Request, response: Response, body: Credentials) -> None:
    """Signs in; the session is a cookie."""
    rolig = callers.rolig_of(request)
    attempt = callers.sign_in_attempt(request, body.email, body.password)
    callers.keep_cookies(request, response, await actions.sign_in(rolig.database, attempt, rolig.now()))


@router.delete("/session", status_code=204)
async def sign_out(request: Request, response: Response, asked: Asked) -> None:
    await asked.database.write(actions.sign_out, asked.actor)
    callers.drop_session_cookie(request, response)


@router.delete("/sessions", status_code=204)
async def sign_out_everywhere(request: Request, response: Response, asked: Asked) -> None:
    """Ends every session of this person, on every device."""
    await asked.database.write(actions.sign_out_everywhere, asked.actor)
    callers.drop_session_cookie(request, response)


@router.get("/me")
async def me(asked: Asked) -> MeAnswer:
    row = await asked.database.read(queries.me, asked.actor)
    return MeAnswer(
        id=asked.actor.id,
        name=row.name,
        email=row.email,
        centre=row.centre,
        roles=sorted(asked.actor.roles),
        language=row.language,
    )


@router.patch("/me")
async def change_me(asked: Asked, body: MeChange) -> MeAnswer:
    await asked.database.write(actions.choose_language, asked.actor, body.language)
    return await me(asked)


@router.get("/on-call")
async def on_call(asked: Asked) -> OnCallAnswer:
    return OnCallAnswer(**(await asked.database.read(queries.on_call, asked.actor))._asdict())
