"""The screen's and the messages' words: gettext catalogues, read once at start.

English sentences are the keys; `api/locale/<language>/LC_MESSAGES/rolig.po` holds the others. The `.po` file is read as
it stands (Babel compiles it in memory), so there is no compile step to forget.
"""

from datetime import date
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

from api.errors import Problem

LANGUAGES = ("da", "en")
LOCALES = {"da": "da", "en": "en_GB"}  # how each writes dates and numbers
DEFAULT_LANGUAGE = "da"
CATALOGUES = Path(__file__).parent / "locale"
MOST_DATES = 10_000  # kept in words, of each kind: decades of days in both languages


def _(message: str) -> str:
    """Marks a sentence for the catalogues where it is written; it is translated where it is shown."""
    return message


def catalogue_path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "rolig.po"


@cache
def words(language: str) -> NullTranslations:
    """The catalogue of one language; English needs none, its sentences are the keys."""
    path = catalogue_path(language)
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def sentence(problem: Problem, language: str) -> str:
    """A domain problem as a sentence in the asker's language, its dates written out."""
    values = {
        name: long_date(value, language) if isinstance(value, date) else value for name, value in problem.values.items()
    }
    return str(words(language).gettext(problem.message)) % values


@lru_cache(maxsize=MOST_DATES)
def long_date(day: date, language: str) -> str:
    """A date in words: "mandag den 7. december 2026", "Monday 7 December 2026"."""
    return format_date(
        day,
        "EEEE 'den' d. MMMM y" if language == "da" else "EEEE d MMMM y",
        locale=LOCALES[language],
    )


@lru_cache(maxsize=MOST_DATES)
def short_date(day: date, language: str) -> str:
    """A date in brief: "man. 7. dec.", "Mon 7 Dec"."""
    return format_date(day, "EEE d. MMM" if language == "da" else "EEE d MMM", locale=LOCALES[language])


def preferred(accept_language: str) -> str:
    """The best language of ours for an Accept-Language header, Danish when it names none of them.

    >>> preferred("en-GB,en;q=0.9,da;q=0.8")
    'en'
    >>> preferred("de")
    'da'
    """
    wishes = []
    for position, part in enumerate(accept_language.split(",")[:20]):
        tag, _sep, quality = part.replace(" ", "").lower().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if weight > 0:  # 0: anything but this one
            wishes.append((-weight, position, tag.split("-")[0]))
    return next((tag for _w, _p, tag in sorted(wishes) if tag in LANGUAGES), DEFAULT_LANGUAGE)


@lru_cache(maxsize=MOST_DATES)
def plain_date(day: date, language: str) -> str:
    """A date without its weekday: "22. nov. 2026", "22 Nov 2026"."""
    return format_date(day, "d. MMM y" if language == "da" else "d MMM y", locale=LOCALES[language])


def decimal(number: float, language: str) -> str:
    """A number with at most one decimal: "1.234,5", "1,234.5"."""
    return format_decimal(round(number, 1), format="#,##0.#", locale=LOCALES[language])


def percent(share: float, language: str) -> str:
    """A share of one in whole hundredths: "40 %" with a space that does not break, "40%"."""
    return format_percent(share, format="#,##0\xa0%" if language == "da" else "#,##0%", locale=LOCALES[language])
