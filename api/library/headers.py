"""What the header of a file must say: each value read, checked, and turned into a value or a finding."""

from datetime import date
from typing import Any

from api.library.markdown import Text
from api.library.values import Source

SOURCE_KEYS = {"title", "publisher", "year", "url", "checked"}


def known_keys(text: Text, known: set[str]) -> None:
    for key in text.front:
        if key not in known:
            text.wrong(1, "header-key", f"'{key}' is not a header key; known are {', '.join(sorted(known))}")


def words(text: Text, key: str, *, longest: int = 300, needed: bool = True) -> str:
    if not needed and key not in text.front:
        return ""
    value = text.front.get(key)
    if not isinstance(value, (str, int, float)) or isinstance(value, bool) or not str(value).strip():
        text.wrong(1, "header-missing", f"the header lacks '{key}'")
        return ""
    if len(str(value)) > longest:
        text.wrong(1, "header-long", f"'{key}' is over {longest} characters; shorten it")
    return str(value).strip()


def number(text: Text, key: str, lowest: int, highest: int, default: int | None = None) -> int:
    value = text.front.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        text.wrong(1, "header-number", f"'{key}' must be a whole number from {lowest} to {highest}")
        return lowest
    return value


def flag(text: Text, key: str) -> bool:
    value = text.front.get(key, False)
    if not isinstance(value, bool):
        text.wrong(1, "header-flag", f"'{key}' must be true or false")
        return False
    return value


def one_of(text: Text, key: str, known: tuple[str, ...], default: str | None = None) -> str:
    value = text.front.get(key, default)
    if value not in known:
        text.wrong(1, "header-word", f"'{key}' must be one of {', '.join(known)}")
        return known[0]
    return str(value)


def sources(text: Text) -> tuple[Source, ...]:
    given = text.front.get("sources")
    if not isinstance(given, list) or not given:
        text.wrong(1, "sources", "the header must name at least one source: title, publisher and checked")
        return ()
    return tuple(source for entry in given if (source := _source(text, entry)))


def _source(text: Text, entry: Any) -> Source | None:
    if not isinstance(entry, dict) or not entry.keys() <= SOURCE_KEYS:
        text.wrong(1, "sources", f"a source has {', '.join(sorted(SOURCE_KEYS))} and nothing else")
        return None
    title, publisher, checked = entry.get("title"), entry.get("publisher"), entry.get("checked")
    year, url = entry.get("year"), entry.get("url")
    if not isinstance(title, str) or not isinstance(publisher, str) or type(checked) is not date:
        text.wrong(1, "sources", "a source needs title, publisher and checked (a date such as 2026-11-22)")
        return None
    if year is not None and not isinstance(year, int):
        text.wrong(1, "sources", f"the year of '{title}' must be a number, or left out")
        return None
    if url is not None and not str(url).startswith(("https://", "http://")):
        text.wrong(1, "sources", f"the url of '{title}' must begin with https://, or be left out")
        return None
    return Source(title, publisher, checked, year, str(url) if url else None)
