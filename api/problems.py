"""How the JSON door says no: `application/problem+json` with a sentence that says what to do, in the asker's language."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.callers import language_of
from api.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, NotSignedIn, Problem, TooMany
from api.words import _, sentence

# The one place where a domain error gets a status code; the HTML door asks here too.
STATUS: dict[type[DomainError], int] = {
    NotSignedIn: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    TooMany: 429,
}
HTTP_MESSAGES = {
    400: _("The request could not be read. Send it again."),
    404: _("There is nothing at this address. Check it, or go to the first page."),
    405: _("This address cannot be used that way. Go back and try again from the page."),
    500: _("Something went wrong on our side. Nothing of yours is lost; try again in a moment."),
}
SHAPE_MESSAGES = {
    "missing": _("This is missing."),
    "string_too_long": _("This is too long."),
    "string_too_short": _("This is too short."),
    "date_from_datetime_parsing": _("Write a date as 2026-12-31."),
    "date_parsing": _("Write a date as 2026-12-31."),
    "date_type": _("Write a date as 2026-12-31."),
    "enum": _("This is not one of the values that can be chosen."),
    "literal_error": _("This is not one of the values that can be chosen."),
    "extra_forbidden": _("This field is not known here."),
    "int_parsing": _("Write a whole number."),
    "int_type": _("Write a whole number."),
    "string_type": _("Write text here."),
    "json_invalid": _("The JSON cannot be read. Check the commas and quotes."),
}
UNFIT = _("This value cannot be used here.")


class FieldProblem(BaseModel):
    """One sentence about one field; `field` null: about the whole request."""

    field: str | None
    message: str


class ProblemAnswer(BaseModel):
    """RFC 9457. `detail` is a sentence for people."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem]


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemAnswer, "description": text, "content": {"application/problem+json": {}}}
    for status, text in (
        (400, "The request could not be read"),
        (401, "Not signed in"),
        (403, "Not allowed"),
        (404, "Not there"),
        (409, "The stored state says otherwise"),
        (413, "Too large"),
        (422, "Cannot be used"),
        (429, "Too many tries"),
    )
}


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with refusals under the media type they come in; FastAPI puts every model under JSON's."""
    for path in document["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                content = response.get("content", {})
                if {"application/json", "application/problem+json"} <= content.keys():
                    content["application/problem+json"] = content.pop("application/json")
    return document


def status_of(error: DomainError) -> int:
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def answer(
    status: int, problems: Sequence[Problem], language: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    said = [FieldProblem(field=problem.field, message=sentence(problem, language)) for problem in problems]
    body = ProblemAnswer(title=HTTPStatus(status).phrase, status=status, detail=said[0].message, errors=said)
    return JSONResponse(body.model_dump(), status, headers, media_type="application/problem+json")


def waiting(error: DomainError) -> dict[str, str]:
    return {"Retry-After": str(error.wait)} if isinstance(error, TooMany) else {}


async def on_domain_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DomainError)
    return answer(status_of(error), error.problems, language_of(request), waiting(error))


def shape_problems(error: RequestValidationError) -> list[Problem]:
    """What does not fit the shape of the request, as sentences at their fields."""
    found = []
    for one in error.errors():
        place = [str(part) for part in one["loc"][1:]]
        found.append(Problem(SHAPE_MESSAGES.get(one["type"], UNFIT), ".".join(place) or None))
    return found or [Problem(UNFIT)]


async def on_shape_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return answer(422, shape_problems(error), language_of(request))


async def on_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    message = HTTP_MESSAGES.get(error.status_code, HTTP_MESSAGES[400])
    return answer(error.status_code, [Problem(message)], language_of(request), dict(error.headers or {}))


async def on_crash(request: Request, _error: Exception) -> JSONResponse:
    return answer(500, [Problem(HTTP_MESSAGES[500])], language_of(request))
