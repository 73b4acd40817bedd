"""The short way to the busiest pages: the same handlers on plain Starlette routes.

FastAPI solves dependencies and parameters anew at every request and reads forms byte by byte; on these pages that cost as
much as the database and the template together. Who asks, the parts of the path and one form are all they need.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from api.callers import visit

Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Response]])
FORM = "application/x-www-form-urlencoded"


def get(router: APIRouter, path: str) -> Callable[[Handler], Handler]:
    """For `handler(asked, **parts of the path)`."""

    def add(handler: Handler) -> Handler:
        async def endpoint(request: Request) -> Response:
            return await handler(await visit(request), **request.path_params)

        router.add_route(path, endpoint, methods=["GET"], include_in_schema=False)
        return handler

    return add


def post(router: APIRouter, path: str, form: type[BaseModel]) -> Callable[[Handler], Handler]:
    """For `handler(request, asked, sent, **parts of the path)`, `sent` being what the form says."""

    def add(handler: Handler) -> Handler:
        async def endpoint(request: Request) -> Response:
            asked = await visit(request)
            return await handler(request, asked, await _read(request, form), **request.path_params)

        router.add_route(path, endpoint, methods=["POST"], include_in_schema=False)
        return handler

    return add


async def _read(request: Request, form: type[BaseModel]) -> Any:
    """The form's fields; what is not a form has none. A field that does not fit is refused as FastAPI would."""
    fields: dict[str, str] = {}
    if request.headers.get("content-type", "").startswith(FORM):
        fields = dict(parse_qsl((await request.body()).decode("latin-1"), keep_blank_values=True))
    try:
        return form.model_validate(fields)
    except ValidationError as error:
        wrong = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(wrong) from None
