"""Finding words of the wrong language on a page."""

import re
from functools import cache

from playwright.sync_api import Page, expect

from api.words import catalogue_path, words
from tests.catalogue import read

LONG = 12  # letters from which a sentence is looked for inside a line, not only as a whole line


@cache
def danish() -> tuple[tuple[str, str], ...]:
    """English and Danish of every message that differs."""
    catalogue = read(catalogue_path("da").read_bytes(), "da")
    found: list[tuple[str, str]] = []
    for message in catalogue:
        english = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
        translated = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        found.extend(
            (one, other) for one, other in zip(english, translated, strict=False) if one and other and one != other
        )
    return tuple(found)


@cache
def patterns(language: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """What a message of a language looks like on a page, and whether it may be part of a line."""
    found = []
    for english, dansk in danish():
        parts = re.split(r"%\(\w+\)s", dansk if language == "da" else english)
        letters = sum(len(part) for part in parts)
        if letters >= LONG or len(parts) == 1:
            found.append((re.compile(".+?".join(map(re.escape, parts))), letters >= LONG))
    return tuple(found)


def left_over(text: str, language: str) -> list[str]:
    """Messages of a language that stand in a text, where they should not."""
    lines = [line.strip() for line in text.splitlines()]
    return [
        pattern.pattern
        for pattern, inside in patterns(language)
        if any(pattern.search(line) if inside else pattern.fullmatch(line) for line in lines)
    ]


def expect_language(page: Page, language: str, *keys: str) -> None:
    """The page says it is in the language, shows these messages in it, and none of the other one."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    text = page.locator("body").inner_text()
    for key in keys:
        assert words(language).gettext(key) in text, (page.url, key)
    other = "en" if language == "da" else "da"
    assert left_over(text, other) == [], page.url
