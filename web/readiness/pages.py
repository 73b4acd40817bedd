"""Help now and the readiness card: two taps from a person, on every page, and on paper."""

from datetime import date
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from api.callers import Asked, Visit, language_of, rolig_of, visit
from api.errors import Conflict, Invalid, NotSignedIn, Problem
from api.people import queries
from api.people.rules import Act, may
from api.plans.rules import local_day
from api.problems import status_of
from api.readiness import actions
from api.readiness import queries as readiness
from api.readiness.queries import CardPage
from api.readiness.rules import MISSING, POST_WORDS, Contact, Numbers, Post
from api.words import _
from web.readiness.table import labelled
from web.rendering import by_field, page, render, see_other, stranger_page

router = APIRouter(include_in_schema=False)
SAID = {
    "saved": _("Saved. The card says so from now on."),
    "renewed": _("Here is the new address. The old one no longer works."),
}
WORKER = (Path(__file__).parent / "worker.js").read_bytes()


@router.get("/help")
async def help_now(request: Request) -> Response:
    """Also without signing in; then with everything but the centre's own number."""
    try:
        asked: Asked = await visit(request)
    except NotSignedIn:
        return stranger_page(request, "readiness/help.html", on_call=None)
    on_call = await asked.database.read(queries.on_call, asked.actor)
    return page(asked, "readiness/help.html", on_call=on_call)


def _card(language: str, found: CardPage, today: date, **more: Any) -> Response:
    """The card as it is kept on a device: nothing of whoever is signed in stands on it."""
    context = {"found": found, "today": today, "missing": MISSING[Post.ON_CALL], **more}
    html = render(language, "readiness/card.html", me=None, navigation=(), **context)
    return HTMLResponse(html, headers={"X-Robots-Tag": "noindex"})


@router.get("/card")
async def card(asked: Asked) -> Response:
    found = await asked.database.read(readiness.card, asked.actor)
    return _card(asked.language, found, asked.today, own=True, may_set=may(asked.actor, Act.SET_CARD))


@router.get("/card/wallet")
async def wallet(asked: Asked) -> Response:
    found = await asked.database.read(readiness.card, asked.actor)
    return page(asked, "readiness/wallet.html", found=found)


@router.get("/card/worker.js")
async def worker() -> Response:
    """What keeps the card on a device. At an address of its own, so that it has to do with nothing but the card."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/card"}
    return Response(WORKER, headers=headers, media_type="text/javascript")


@router.get("/card/settings")
async def settings(asked: Asked, request: Request, said: str = "") -> Response:
    found = await asked.database.read(readiness.settings, asked.actor)
    typed = {f"{post}.{part}": value for post in Post for part, value in found.numbers.of(post)._asdict().items()}
    typed |= {"address": found.numbers.address, "open": "yes" if found.token else ""}
    return _settings(asked, request, found.token, typed, said=SAID.get(said, ""))


def _settings(
    asked: Visit, request: Request, token: str | None, typed: dict[str, str], *, status: int = 200, **more: Any
) -> Response:
    base = rolig_of(request).settings.public_url or str(request.base_url).rstrip("/")
    context = {"link": f"{base}/card/{token}" if token else "", "typed": typed, "posts": POST_WORDS, "said": ""}
    return page(asked, "readiness/settings.html", status=status, **{**context, "problems": {}, **more})


@router.post("/card/settings")
async def save_settings(asked: Asked, request: Request) -> Response:
    form = await request.form()
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    parts = ("name", "phone", "hours")
    contacts = {post: Contact(*(typed.get(f"{post}.{part}", "") for part in parts)) for post in Post}
    wish = Numbers(contacts, typed.get("address", ""))
    try:
        await asked.database.write(actions.set_contacts, asked.actor, wish, is_open=typed.get("open") == "yes")
    except Invalid as error:
        found = await asked.database.read(readiness.settings, asked.actor)
        problems = by_field(error, asked.language)
        blank = {f"{post}.{part}": "" for post in Post for part in parts} | {"address": "", "open": ""}
        return _settings(asked, request, found.token, blank | typed, status=status_of(error), problems=problems)
    return see_other("/card/settings?said=saved")


@router.post("/card/settings/link")
async def renew_link(asked: Asked) -> Response:
    await asked.database.write(actions.renew_link, asked.actor)
    return see_other("/card/settings?said=renewed")


@router.get("/card/{token}")
async def open_card(request: Request, token: str) -> Response:
    """Without signing in, while the centre allows it: whoever has the address has the card."""
    rolig, language = rolig_of(request), language_of(request)
    found = await rolig.database.read(readiness.open_card, token, language)
    return _card(language, found, local_day(rolig.now()), own=False, may_set=False)


@router.get("/our-line")
async def our_line(asked: Asked) -> Response:
    return await _our_line(asked)


async def _our_line(asked: Visit, *, status: int = 200, problem: Problem | None = None) -> Response:
    line = await asked.database.read(readiness.our_line, asked.actor)
    sees = may(asked.actor, Act.SEE_LINE)
    teams = await asked.database.read_aside(readiness.standing, asked.actor) if sees else []
    signed_on = local_day(line.signature.signed_at) if line.signature else None
    parts = [(one.part, labelled(one.html)) for one in line.parts]
    context = {"line": line, "parts": parts, "teams": teams, "sees": sees, "signed_on": signed_on, "problem": problem}
    return page(asked, "readiness/our_line.html", status=status, **context)


@router.post("/our-line/sign")
async def sign(asked: Asked, request: Request) -> Response:
    """A text that has changed meanwhile is shown, to be read first."""
    revision = (await request.form()).get("revision", "")
    try:
        await asked.database.write(actions.sign_line, asked.actor, str(revision), asked.now)
    except Conflict as error:
        return await _our_line(asked, status=status_of(error), problem=error.first)
    return see_other("/our-line")


@router.post("/our-line/acknowledge")
async def acknowledge(asked: Asked, request: Request) -> Response:
    signature = (await request.form()).get("signature", "")
    try:
        await asked.database.write(actions.acknowledge_line, asked.actor, str(signature), asked.now)
    except Conflict as error:
        return await _our_line(asked, status=status_of(error), problem=error.first)
    return see_other("/our-line#read")
