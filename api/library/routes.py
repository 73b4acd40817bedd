"""JSON: the ten themes, and what the whole course stands on. For everybody signed in."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.callers import Asked
from api.library import published_themes, sources
from api.library.published_themes import ThemeCard
from api.library.rules import is_stale
from api.library.values import Kind

router = APIRouter(tags=["themes"])
Name = Annotated[str, Field(max_length=80)]


class ThemeLine(BaseModel):
    key: str
    number: int
    title: str
    objective: str


class ThemesAnswer(BaseModel):
    themes: list[ThemeLine]


class ThemeSection(BaseModel):
    """`page`: 1 or 2, on which of the two printed pages it stands."""

    id: str
    title: str
    html: str
    page: int


class Contacts(BaseModel):
    """Whom to call at the asker's centre; empty where the centre has not said."""

    name: str
    phone: str
    hours: str


class ThemeSource(BaseModel):
    """`checked`: the day somebody last held the text up against it."""

    title: str
    publisher: str
    year: int | None
    url: str | None
    checked: date


class ThemeAnswer(ThemeLine):
    """A theme in the asker's language."""

    intro: str
    sections: list[ThemeSection]
    contacts: Contacts
    sources: list[ThemeSource]


class UseAnswer(BaseModel):
    kind: Kind
    key: str
    number: str
    title: str


class SourceLine(ThemeSource):
    """A source with all that stands on it; `checked` is the oldest check, `stale` says that it is over six months old."""

    stale: bool
    uses: list[UseAnswer]


class SourcesAnswer(BaseModel):
    sources: list[SourceLine]


def _line(card: ThemeCard) -> ThemeLine:
    return ThemeLine(key=card.key, number=card.number, title=card.title, objective=card.objective)


@router.get("/themes")
async def themes(asked: Asked) -> ThemesAnswer:
    cards = await asked.database.read(published_themes.theme_cards, asked.language)
    return ThemesAnswer(themes=[_line(card) for card in cards])


@router.get("/themes/{key}")
async def theme(asked: Asked, key: Name) -> ThemeAnswer:
    found, contacts = await asked.database.read(published_themes.theme_page, asked.actor, key)
    return ThemeAnswer(
        key=key,
        number=found.number,
        title=found.title,
        objective=found.objective,
        intro=found.intro,
        sections=[
            ThemeSection(id=one.id, title=one.title, html=one.html, page=1 if place < found.first_page else 2)
            for place, one in enumerate(found.sections)
        ],
        contacts=Contacts(name=contacts.name, phone=contacts.phone, hours=contacts.hours),
        sources=[
            ThemeSource(title=one.title, publisher=one.publisher, year=one.year, url=one.url, checked=one.checked)
            for one in found.sources
        ],
    )


@router.get("/sources")
async def source_list(asked: Asked) -> SourcesAnswer:
    """Every source of every lesson, call and theme once, by title, with where it is used."""
    found = await asked.database.read(sources.listed, asked.actor)
    return SourcesAnswer(
        sources=[
            SourceLine(
                title=one.title,
                publisher=one.publisher,
                year=one.year,
                url=one.url,
                checked=one.checked,
                stale=is_stale(one.checked, asked.today),
                uses=[UseAnswer(kind=use.kind, key=use.key, number=use.number, title=use.title) for use in one.uses],
            )
            for one in found
        ]
    )
