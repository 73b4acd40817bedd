"""Signing in and out, one's own account, and the way home."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api import callers
from api.callers import Asked
from api.errors import DomainError
from api.people import actions, queries
from api.people.rules import Act, Actor, may
from api.problems import status_of, waiting
from web.rendering import by_field, page, see_other, stranger_page

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]


def home_of(actor: Actor) -> str:
    """The first page of a role."""
    if may(actor, Act.SEE_TEAM):
        return "/team"
    return "/enrolments" if may(actor, Act.ASSIGN) else "/plan"


@router.get("/")
async def home(asked: Asked) -> Response:
    return see_other(home_of(asked.actor))


@router.get("/sign-in")
async def sign_in_page(request: Request) -> Response:
    return stranger_page(request, "people/sign_in.html", email="", problems={})


@router.post("/sign-in")
async def sign_in(request: Request, email: Text = "", password: Text = "") -> Response:
    rolig = callers.rolig_of(request)
    try:
        opened = await actions.sign_in(rolig.database, callers.sign_in_attempt(request, email, password), rolig.now())
    except DomainError as error:
        problems = by_field(error, callers.language_of(request))
        answer = stranger_page(request, "people/sign_in.html", status=status_of(error), email=email, problems=problems)
        answer.headers.update(waiting(error))
        return answer
    answer = see_other("/")
    callers.keep_cookies(request, answer, opened)
    return answer


@router.post("/sign-out")
async def sign_out(request: Request, asked: Asked) -> Response:
    await asked.database.write(actions.sign_out, asked.actor)
    return _signed_out(request)


@router.post("/sign-out-everywhere")
async def sign_out_everywhere(request: Request, asked: Asked) -> Response:
    await asked.database.write(actions.sign_out_everywhere, asked.actor)
    return _signed_out(request)


def _signed_out(request: Request) -> Response:
    answer = see_other("/sign-in")
    callers.drop_session_cookie(request, answer)
    return answer


@router.get("/account")
async def account(asked: Asked) -> Response:
    row = await asked.database.read(queries.me, asked.actor)
    return page(asked, "people/account.html", account=row)


@router.post("/account")
async def change_account(asked: Asked, language: Text = "") -> Response:
    await asked.database.write(actions.choose_language, asked.actor, language)
    return see_other("/account")
