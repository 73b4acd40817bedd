"""What the whole course stands on: every source of every lesson, call and theme once, and where it is used."""

from datetime import date
from typing import NamedTuple

from api.database import Db
from api.library.graph import Scenario
from api.library.queries import ALL_CURRENT, UnitPointer, document, served_units, stamp
from api.library.rules import is_stale
from api.library.values import Kind, Lesson, Source, Theme
from api.people.rules import Act, Actor, may


class Use(NamedTuple):
    """A text that stands on a source. `number` is as it is shown: "1.3", "S9", "6"."""

    kind: Kind
    key: str
    number: str
    title: str
    checked: date


class Listed(NamedTuple):
    """A source with all that stands on it. `checked`: the oldest check, for it is only as fresh as that."""

    title: str
    publisher: str
    year: int | None
    url: str | None
    checked: date
    uses: tuple[Use, ...]


MOST_LISTED = 64
Sourced = Lesson | Scenario | Theme
_listed: dict[tuple[str, str, str], tuple[Listed, ...]] = {}


def listed(db: Db, actor: Actor) -> tuple[Listed, ...]:
    """The sources of all that a centre is served, by title. Worked out anew only when something was published."""
    key = (actor.language, actor.centre_id, stamp(db))
    known = _listed.get(key) if key[-1] else None
    if known is None:
        known = _gathered(db, actor)
        if len(_listed) >= MOST_LISTED:
            _listed.clear()
        _listed[key] = known
    return known


def stale(db: Db, actor: Actor, today: date) -> int:
    """How many sources are to be read again; 0 for those whose task it is not."""
    if not may(actor, Act.CHECK_SOURCES):
        return 0
    return sum(is_stale(source.checked, today) for source in listed(db, actor))


def _gathered(db: Db, actor: Actor) -> tuple[Listed, ...]:
    found: dict[tuple[str, ...], list[tuple[Source, Use]]] = {}
    themes = (UnitPointer(one.kind, one.key, one.revision_id) for one in db.all(ALL_CURRENT, kind=Kind.THEME.value))
    for pointer in (*served_units(db, actor.centre_id), *themes):
        text = document(db, pointer.revision_id, actor.language)
        assert isinstance(text, Sourced)
        for source in text.sources:
            use = Use(Kind(pointer.kind), pointer.key, str(text.number), text.title, source.checked)
            found.setdefault(_known_by(source), []).append((source, use))
    return tuple(sorted((_one(uses) for uses in found.values()), key=lambda one: (one.title.casefold(), one.publisher)))


def _known_by(source: Source) -> tuple[str, ...]:
    """Its address; a book or a sheet without one is known by what stands on it."""
    return (source.url,) if source.url else (source.title.casefold(), source.publisher.casefold())


def _one(uses: list[tuple[Source, Use]]) -> Listed:
    """One source as many texts name it, in the fullest of their words."""
    fullest = max(
        (source for source, _use in uses),
        key=lambda one: (one.year is not None, len(one.publisher), len(one.title), one.publisher, one.title),
    )
    by_text = sorted(dict.fromkeys(use for _source, use in uses), key=_by_place)
    oldest = min(use.checked for use in by_text)
    return Listed(fullest.title, fullest.publisher, fullest.year, fullest.url, oldest, tuple(by_text))


def _by_place(use: Use) -> tuple[int, list[int], str]:
    """Lessons, calls, themes; each by number, 2 before 10."""
    order = (Kind.LESSON, Kind.SCENARIO, Kind.THEME)
    digits = [int(part) for part in "".join(sign if sign.isdigit() else " " for sign in use.number).split()]
    return order.index(use.kind), digits, use.key
