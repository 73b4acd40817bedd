"""The JSON door: every feature's routes, one way of saying no, and its description at /openapi.json."""

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException

from api import problems
from api.authoring import routes as authoring
from api.callers import Rolig
from api.enrolments import routes as enrolments
from api.errors import DomainError
from api.lessons import routes as lessons
from api.library import routes as library
from api.people import routes as people
from api.readiness import routes as readiness
from api.reports import routes as reports
from api.scenarios import routes as scenarios

# FastAPI's own tracing costs on every request and nobody listens; it is one line to turn on again.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


class _Described(FastAPI):
    def openapi(self) -> dict[str, Any]:
        return problems.described(super().openapi())


def create_api(rolig: Rolig) -> FastAPI:
    """The application that `web.app` mounts at /api/v1."""
    api = _Described(
        title="Rolig",
        summary="Conflict handling as a lasting part of onboarding",
        version="1",
        telemetry=NO_TELEMETRY,
        docs_url=None,
        redoc_url=None,
        responses=problems.RESPONSES,
    )
    api.state.rolig = rolig
    for feature in (lessons, scenarios, authoring, enrolments, library, readiness, reports, people):
        api.include_router(feature.router)
    api.add_exception_handler(DomainError, problems.on_domain_error)
    api.add_exception_handler(RequestValidationError, problems.on_shape_error)
    api.add_exception_handler(HTTPException, problems.on_http_error)
    api.add_exception_handler(Exception, problems.on_crash)
    return api
