"""A scenario on the author's desk as its page shows it: what the linter says, the picture, and what publishing would mean."""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from api.authoring import queries, reading, rules
from api.authoring.actions import MORE_THAN_SAID
from api.authoring.reading import Proved
from api.authoring.rules import Change
from api.database import Db
from api.library.graph import Scenario
from api.library.values import Finding
from api.people.rules import Act, Actor, demand
from web.authoring.graph import Drawing, Ways, draw, ways

MOST_SHOWN, LONGEST_LINE = 60, 120
WHOLE = frozenset({"file-name", "encoding", "too-large", "too-many", "header"})


class Shown(NamedTuple):
    """A finding with the line it is about, as the author wrote it."""

    language: str
    finding: Finding
    quoted: str


class Outlook(NamedTuple):
    """What is found in two texts, and the call as far as it can be read. `proved` None: there is something to mend.

    `drawn`: by which a picture is known, so that one that stands already is left alone.
    """

    findings: list[Shown]
    many: int
    proved: Proved | None
    drawing: Drawing | None
    drawn: str
    moments: Ways
    scenario: Scenario


class Look(NamedTuple):
    """Everything on the page. `texts`: those in the fields, the author's own when they could not be saved.

    `least` None: the texts are as those served. `too_small`: why an edit cannot be called less.
    """

    desk: queries.Desk
    texts: dict[str, str]
    outlook: Outlook
    least: Change | None
    too_small: str


def outlook(key: str, texts: dict[str, str], language: str) -> Outlook:
    """What can be said of two texts. It can take seconds."""
    found = reading.inspect(key, texts)
    ordered = _ordered(found.findings)
    scenario = reading.read(key, texts, language)
    moments = ways(scenario)
    return Outlook(
        findings=[_shown(one, texts) for one in ordered[:MOST_SHOWN]],
        many=len(ordered),
        proved=None if ordered else reading.proved(found),
        drawing=draw(moments),
        drawn=_known_by(moments),
        moments=moments,
        scenario=scenario,
    )


def _known_by(moments: Ways) -> str:
    """Another one for everything that the picture and its words show."""
    shown = [
        (
            moment.id,
            moment.title,
            moment.end,
            [(on.choice.number, on.choice.mark, on.target, on.asked) for on in ways_on],
        )
        for moment, ways_on in moments
    ]
    return sha256(repr(shown).encode()).hexdigest()[:16]


def _shown(finding: Finding, texts: dict[str, str]) -> Shown:
    language = finding.path.rsplit(".", 2)[-2]
    lines = texts.get(language, "").splitlines()
    quoted = lines[finding.line - 1].strip() if finding.line <= len(lines) else ""
    return Shown(language, finding, quoted[:LONGEST_LINE])


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """By line; what is wrong with a file as a whole before everything that follows from it."""
    return sorted(findings, key=lambda one: (one.rule not in WHOLE, one))


def loose(findings: Sequence[Finding]) -> list[Shown]:
    """Findings of a file that was not taken in."""
    return [Shown("", one, "") for one in _ordered(findings)[:MOST_SHOWN]]


def check(_db: Db, actor: Actor, key: str, texts: dict[str, str]) -> Outlook:
    """Two texts as they are being written; nothing is kept."""
    demand(actor, Act.AUTHOR)
    return outlook(key, texts, actor.language)


def look(db: Db, actor: Actor, key: str, typed: dict[str, str] | None = None) -> Look:
    """The desk, with what was typed in place of what is stored."""
    desk = queries.desk(db, actor, key)
    texts = typed or desk.texts
    seen = outlook(key, texts, actor.language)
    least = rules.least_change(desk.served, seen.scenario) if desk.version or typed else None
    return Look(desk, texts, seen, least, MORE_THAN_SAID.get(least, "") if least and desk.served else "")
