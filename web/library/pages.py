"""The themes, each two pages to print and talk over; and what the whole course stands on."""

from fastapi import APIRouter, Response

from api.callers import Asked
from api.library import published_themes, sources
from api.library.rules import is_stale
from api.library.values import Kind
from api.people.rules import Act, may
from api.words import _
from web.rendering import page

router = APIRouter(include_in_schema=False)
KIND_WORDS = {Kind.LESSON: _("Lesson"), Kind.SCENARIO: _("Call"), Kind.THEME: _("Theme")}


@router.get("/themes")
async def themes(asked: Asked) -> Response:
    cards = await asked.database.read(published_themes.theme_cards, asked.language)
    return page(asked, "library/themes.html", cards=cards)


@router.get("/themes/{key}")
async def theme(asked: Asked, key: str) -> Response:
    found, contacts = await asked.database.read(published_themes.theme_page, asked.actor, key)
    return page(asked, "library/theme.html", theme=found, on_call=contacts)


@router.get("/sources")
async def source_list(asked: Asked) -> Response:
    """Those to be read again first. Only who may open every unit gets links to lessons and calls."""
    found = await asked.database.read(sources.listed, asked.actor)
    old = [one for one in found if is_stale(one.checked, asked.today)]
    fresh = [one for one in found if not is_stale(one.checked, asked.today)]
    opens_all = may(asked.actor, Act.PREVIEW)
    return page(asked, "library/sources.html", old=old, fresh=fresh, opens_all=opens_all, kind_words=KIND_WORDS)
