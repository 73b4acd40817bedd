"""The themes as they stand now: one of them with whom its reader calls, and the list."""

from typing import NamedTuple

from api.database import Db
from api.errors import NotFound
from api.library import queries
from api.library.values import Kind, Theme
from api.people.queries import OnCall, on_call
from api.people.rules import Actor
from api.words import _


def current_theme(db: Db, key: str, language: str) -> Theme:
    """A theme as it stands now: nobody begins one, so nobody keeps an older version."""
    pointer = db.one(queries.CURRENT, kind=Kind.THEME.value, key=key)
    if pointer is None:
        raise NotFound(_("There is no such theme. Choose one from the list of themes."))
    return queries.theme(db, pointer.revision_id, language)


class ThemePage(NamedTuple):
    """A theme, and whom its reader calls."""

    theme: Theme
    on_call: OnCall


def theme_page(db: Db, actor: Actor, key: str) -> ThemePage:
    """A theme with the on-call leader of the asker's centre."""
    return ThemePage(current_theme(db, key, actor.language), on_call(db, actor))


class ThemeCard(NamedTuple):
    """A theme as a list shows it."""

    key: str
    number: int
    title: str
    objective: str


def theme_cards(db: Db, language: str) -> list[ThemeCard]:
    """Every theme by its number."""
    cards = []
    for pointer in db.all(queries.ALL_CURRENT, kind=Kind.THEME.value):
        found = queries.theme(db, pointer.revision_id, language)
        cards.append(ThemeCard(pointer.key, found.number, found.title, found.objective))
    return sorted(cards, key=lambda card: (card.number, card.key))
