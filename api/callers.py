"""What both doors hand to a handler: who is asking, of which database, at what time."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request, Response

from api.database import Database
from api.errors import NotSignedIn
from api.people import queries
from api.people.actions import Attempt, Opened, token_hash
from api.people.rules import Actor
from api.plans.rules import local_day
from api.settings import Settings
from api.words import _, preferred

SESSION_DAYS, BROWSER_DAYS = 14, 365
DAY_SECONDS = 86_400
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Rolig:
    """The running system: what every request needs and no request changes."""

    settings: Settings
    database: Database
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request by somebody signed in. `today` is the Danish calendar day of `now`."""

    actor: Actor
    database: Database
    now: datetime
    today: date

    @property
    def language(self) -> str:
        return self.actor.language


def rolig_of(request: Request) -> Rolig:
    found: Rolig = request.app.state.rolig
    return found


def language_of(request: Request) -> str:
    """The asker's language: the person's when signed in, else the browser's."""
    known: str | None = getattr(request.state, "language", None)
    return known or preferred(request.headers.get("accept-language", ""))


def is_secure(request: Request) -> bool:
    """Whether people reach us over https (a proxy's scheme counts when the public address says so)."""
    public = rolig_of(request).settings.public_url
    return public.startswith("https:") if public else request.scope["scheme"] == "https"


def cookie_names(*, secure: bool) -> tuple[str, str]:
    """Names of the session's and the known browser's cookies; __Host- binds them to this host where https allows it."""
    return ("__Host-rolig", "__Host-rolig-browser") if secure else ("rolig", "rolig-browser")


def _token(request: Request, name: str) -> str:
    value = request.cookies.get(name, "")
    return value if TOKEN.fullmatch(value) else ""


def sign_in_attempt(request: Request, email: str, password: str) -> Attempt:
    """A try to sign in with what the browser brought along."""
    session, browser = cookie_names(secure=is_secure(request))
    address = request.client.host if request.client else ""
    return Attempt(email, password, address, _token(request, session), _token(request, browser))


def keep_cookies(request: Request, response: Response, opened: Opened) -> None:
    secure = is_secure(request)
    session, browser = cookie_names(secure=secure)
    for name, value, days in ((session, opened.session, SESSION_DAYS), (browser, opened.browser, BROWSER_DAYS)):
        response.set_cookie(
            name, value, max_age=days * DAY_SECONDS, path="/", httponly=True, samesite="lax", secure=secure
        )


def drop_session_cookie(request: Request, response: Response) -> None:
    secure = is_secure(request)
    response.delete_cookie(cookie_names(secure=secure)[0], path="/", httponly=True, samesite="lax", secure=secure)


async def visit(request: Request) -> Visit:
    """Who is asking; NotSignedIn when nobody is."""
    rolig = rolig_of(request)
    token = _token(request, cookie_names(secure=is_secure(request))[0])
    now = rolig.now()
    actor = await rolig.database.read(queries.actor, token_hash(token), now) if token else None
    if actor is None:
        raise NotSignedIn(_("You are not signed in, or it is too long ago. Sign in and try again."))
    request.state.language = actor.language
    return Visit(actor, rolig.database, now, local_day(now))


def attachment(text: str, name: str) -> Response:
    """A CSV file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


Asked = Annotated[Visit, Depends(visit)]
