"""The site: pages, static files, the JSON door mounted at /api/v1, and one way of saying no in HTML."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Route

from api import problems
from api.app import NO_TELEMETRY, create_api
from api.callers import Rolig, language_of
from api.database import Database, Db, open_database
from api.errors import DomainError, NotSignedIn, Problem
from api.people import queries
from api.settings import Settings
from web import static_files
from web.authoring import looking
from web.authoring import pages as authoring
from web.enrolments import pages as enrolments
from web.lessons import pages as lessons
from web.library import pages as library
from web.people import pages as people
from web.protection import App, Protection, Scope
from web.readiness import pages as readiness
from web.rendering import refusal, see_other
from web.reports import pages as reports
from web.scenarios import pages as scenarios

API = "/api/v1"


def create_site(settings: Settings, *, database: Database | None = None, now: Any = None) -> Protection:
    """The whole application. `database` and `now` (a UTC clock) are given by tests; the site closes what it opened."""
    opened = database or open_database(settings.database_url)
    rolig = Rolig(settings, opened, now or (lambda: datetime.now(UTC)))

    @asynccontextmanager
    async def lifespan(_site: FastAPI) -> AsyncIterator[None]:
        yield
        if database is None:
            opened.close()

    site = FastAPI(openapi_url=None, telemetry=NO_TELEMETRY, lifespan=lifespan)
    site.state.rolig = rolig
    for feature in (lessons, scenarios, authoring, looking, enrolments, library, reports, readiness, people):
        site.router.routes.extend(feature.router.routes)  # as they are: included routers are searched at every request
    site.router.routes.append(Route("/static/{name:path}", static_files.serve))
    site.router.routes.append(Route("/healthz", health))
    site.mount(API, create_api(rolig))
    site.add_exception_handler(DomainError, _on_domain_error)
    site.add_exception_handler(RequestValidationError, _on_shape_error)
    site.add_exception_handler(HTTPException, _on_http_error)
    site.add_exception_handler(Exception, _on_crash)
    return Protection(site, _refuse, settings.public_url)


def from_environment() -> Protection:
    """What the server starts: settings from the environment."""
    return create_site(Settings.from_environment())


async def health(request: Request) -> Response:
    """200 when the database answers."""
    rolig: Rolig = request.app.state.rolig

    def look(db: Db) -> None:
        db.one(queries.ON_CALL, centre_id="")

    await rolig.database.read(look)
    return JSONResponse({"status": "ok"})


def _refuse(scope: Scope, status: int, problem: Problem) -> App:
    """The answer to a request that never reaches a handler, in the format of the door."""
    request = Request(scope)
    if scope["path"].startswith(API):
        return problems.answer(status, [problem], language_of(request))
    return refusal(request, status, problem)


async def _on_domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    if isinstance(error, NotSignedIn) and request.method == "GET":
        return see_other("/sign-in")
    answer = refusal(request, problems.status_of(error), error.first)
    answer.headers.update(problems.waiting(error))
    return answer


async def _on_shape_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return refusal(request, 422, Problem(problems.shape_problems(error)[0].message))


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.scope["path"].startswith(API):  # what the mount does not take: an address with a line break in it
        return await problems.on_http_error(request, error)
    message = problems.HTTP_MESSAGES.get(error.status_code, problems.HTTP_MESSAGES[400])
    answer = refusal(request, error.status_code, Problem(message))
    answer.headers.update(error.headers or {})
    return answer


async def _on_crash(request: Request, _error: Exception) -> Response:
    return refusal(request, 500, Problem(problems.HTTP_MESSAGES[500]))
