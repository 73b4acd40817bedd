"""The texts of a scenario under work, read and looked through. Nothing here is stored; proving one can take seconds."""

import re
from functools import lru_cache
from typing import NamedTuple

from api.errors import Invalid
from api.library import lint
from api.library.graph import Scenario
from api.library.lint import Candidate
from api.library.markdown import NAME
from api.library.values import Finding, Kind
from api.words import _

LONGEST_NAME = 60
MOST_LETTERS = 120
# A tag of HTML; an address between < and > is none.
TAG = re.compile(r"<[/!]?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")


def demand_name(key: str) -> None:
    if not NAME.fullmatch(key) or len(key) > LONGEST_NAME:
        raise Invalid(_("Name the call in small letters a-z, digits and hyphens, such as s17-the-parcel."), "key")


def path_of(key: str, language: str) -> str:
    return f"scenarios/{key}.{language}.md"


def inspect(key: str, texts: dict[str, str]) -> Candidate:
    """The two texts as a candidate for publishing, with everything the linter has to say."""
    demand_name(key)
    return _inspected(key, texts["da"], texts["en"])


# The same texts are looked at when they are typed, saved, shown and published: worked out once.
@lru_cache(maxsize=16)
def _inspected(key: str, danish: str, english: str) -> Candidate:
    texts = {"da": danish, "en": english}
    candidates, _loose = lint.inspect({path_of(key, language): text.encode() for language, text in texts.items()})
    [found] = candidates
    found.findings += [one for language, text in texts.items() for one in _tags(path_of(key, language), text)]
    return found


def _tags(path: str, text: str) -> list[Finding]:
    """HTML in what people write is shown as it stands and never run; an author hardly means that."""
    return [
        Finding(
            path, number, "html", f"'{tag[0][:40]}' is HTML, and would be shown to people as it stands; take it away"
        )
        for number, line in enumerate(text.splitlines(), 1)
        for tag in TAG.finditer(line)
    ]


class File(NamedTuple):
    """A file as it was sent: which call and language it is, its text, and what is wrong with it by itself."""

    key: str
    language: str
    text: str
    findings: list[Finding]


def file(name: str, raw: bytes) -> File:
    """A file before anything is done with it."""
    path = f"scenarios/{name[:MOST_LETTERS]}"
    candidates, findings = lint.inspect({path: raw})
    if not candidates:
        return File("", "", "", findings)
    [found] = candidates
    demand_name(found.key)
    [(language, (_path, text))] = found.texts.items()
    # The other language is looked at when the two are side by side.
    findings = [one for one in found.findings if one.rule != "language"]
    return File(found.key, language, text, [*findings, *_tags(path, text)])


class Proved(NamedTuple):
    """What was walked through to find nothing wrong."""

    moments: int
    ends: int
    states: int


def proved(found: Candidate) -> Proved:
    """How much the proof of a candidate without findings went through."""
    scenario = _read(*found.texts["da"])
    return Proved(len(scenario.moments), len(scenario.ends), found.states)


def read(key: str, texts: dict[str, str], language: str) -> Scenario:
    """One language of a draft, read as far as it can be."""
    return _read(path_of(key, language), texts[language])


@lru_cache(maxsize=32)
def _read(path: str, source: str) -> Scenario:
    found, _findings = lint.read_document(Kind.SCENARIO, path, source, {})
    assert isinstance(found, Scenario)
    return found
