"""Around every request, both doors: security headers, a limit on size, and no posts from other sites. Pure ASGI."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from api.errors import Problem
from api.words import _

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[Scope, int, Problem], App]

MAX_BODY = 64 * 1024
# A call being written is two texts, and a form may write each letter with three.
MAX_AUTHORED = 1024 * 1024
AUTHORING = ("/author/", "/api/v1/authoring/")
MAX_HEADERS = 32 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CROSS_SITE = Problem(_("This came from another site, so nothing was done. Open the page here and try again."))
TOO_MANY_HEADERS = Problem(_("Your browser sent far too much along. Clear this site's cookies and try again."))
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TOO_LARGE = _("That is too much text. Shorten it to under %(kilobytes)d KB and send it again.")
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
# What one person sees is not for a shared computer's cache; static files say otherwise themselves.
PRIVATE = (b"cache-control", b"no-store")


class Protection:
    """Wraps the whole site. `refuse` makes the answer, in the format of the door that was knocked on."""

    def __init__(self, app: App, refuse: Refuse, public_url: str | None) -> None:
        self.app = app
        self.refuse = refuse
        self.public_url = public_url
        secure = bool(public_url and public_url.startswith("https:"))
        self.headers = [*HEADERS, (b"strict-transport-security", b"max-age=31536000")] if secure else list(HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                if not any(name == b"cache-control" for name, _value in headers):
                    headers.append(PRIVATE)
                headers.extend(self.headers)
            await send(message)

        app = self.app
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
            app = self.refuse(scope, 431, TOO_MANY_HEADERS)
        elif scope["method"] not in SAFE:
            given = {name: value.decode("latin-1") for name, value in scope["headers"]}
            if not self._same_site(scope, given):
                app = self.refuse(scope, 403, CROSS_SITE)
            else:
                most = MAX_AUTHORED if scope["path"].startswith(AUTHORING) else MAX_BODY
                body = await _body(given, receive, most)
                if body is None:
                    app = self.refuse(scope, 413, Problem(TOO_LARGE, None, {"kilobytes": most // 1024}))
                else:
                    receive = _replay(body, receive)
        await app(scope, receive, with_headers)

    def _same_site(self, scope: Scope, given: dict[bytes, str]) -> bool:
        """Browsers say where a post comes from; a client that says nothing brings no cookies it did not mean to."""
        site = given.get(b"sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = given.get(b"origin")
        if origin is None:
            return True
        own = self.public_url or f"{scope['scheme']}://{given.get(b'host', '')}"
        return origin.lower() == own.lower()


async def _body(given: dict[bytes, str], receive: Receive, most: int) -> bytes | None:
    """The whole body, or None when it is over the limit (what is over is not read) or cut off (half a form is no form)."""
    length = given.get(b"content-length", "0")
    if not length.isascii() or not length.isdigit() or len(length) > 9 or int(length) > most:
        return None
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body once more for the application; after it, whatever the server says next."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
