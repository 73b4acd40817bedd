"""A small course, whole and right, that tests publish, play and break, so that they do not hang on the real one.

One module of four units: `calm` is a common lesson, `safe` a safety lesson that waits for `calm`, `meeting` a day to
attend, `short-call` a scenario. The plan places them on the start, and `after-live` on go-live.
"""

from functools import cache
from typing import Any

from api.library import lint
from api.library.actions import Published, publish
from api.library.lint import Candidate
from api.library.values import Finding

SOURCES = """\
sources:
  - title: Konflikttrappen
    publisher: BFA Handel
    checked: 2026-11-22
"""
LESSON = (
    """\
---
title: {title}
number: "1.1"
minutes: 5
objective: Du kan vente, til kunden er færdig.
{more}"""
    + SOURCES
    + """\
---
Hør først.

## Vent {{#wait}}

Lad kunden tale ud.

### {check}: Hvem taler? {{#who-speaks}}

- [~] Dig
  > Det frister at forklare.
- [x] Kunden
  > Ja.
- [!] Ingen
  > Så hører ingen noget.

## Svar {{#reply}}

Svar kort.

### {check}: Hvad siger du? {{#what-now}}

- [x] Det, du hørte
  > Ja.
- [~] Din forklaring
  > For tidligt.
- [!] Ingenting
  > Så tror hun, du er væk.
"""
)
SCENARIO = """\
---
title: {title}
number: S9
minutes: 3
channel: phone
objective: Du kan tage imod vrede.
ends: [agreed, hung_up_too_soon]
state: {{ladder: 2, trust: 40, calm: 70}}
sources:
  - {{title: Konflikttrappen, publisher: BFA Handel, checked: 2026-11-22}}
---
Det er mandag.
Klokken er ni.

## Telefonen ringer {{#opening}}

> **Kunden:** "Det er tredje gang!"

- ["Tredje gang."](#heard) {{.good ladder=-2 trust=+15}}

  > **Kunden:** "Ja."

  Hun er hørt.

- ["Vi har skrevet det."](#opening) {{.tempting ladder=+1 trust=-10}}

  > **Kunden:** "Ikke til mig!"

  Det hjælper hende ikke.

- ["Det er din egen skyld."](#hung-up) {{.harmful ladder=+4 trust=-100 calm=-10}}

  > **Kunden:** "Min?!"

  Du giver hende skylden.

## Hun er hørt {{#heard}}

> **Kunden:** "Og hvad så?"

- ["Jeg ringer fredag."](#agreed) {{.good ladder=-1 solved=+1}}

  > **Kunden:** "Godt."

  En dag og en person.

- ["Du hører fra os."](#opening) {{.tempting ladder=+1}}

  > **Kunden:** "Hvornår?"

  Det er ingen dag.

- ["Farvel."](#hung-up) {{.harmful ladder=+2}}

  > **Kunden:** "Hallo?"

  Hun står alene.

## Aftalen står {{#agreed end=agreed}}

> **Kunden:** "Så til fredag."

- **Kunden:** Hun ved, hvornår du ringer.
- **Dig selv:** Du holdt dig rolig.
- **Aftalerne:** Fredag.

## Hun er væk {{#hung-up end=hung_up_too_soon}}

Linjen er tavs.

- **Kunden:** Hun er lige så vred i morgen.
- **Dig selv:** Du slap for resten.
- **Aftalerne:** Ingen.

## Med dine egne ord {{.question}}

Hvad hørte hun fra dig?

> Sine egne ord, før du forklarede noget.
"""
MODULE = """\
---
title: {title}
anchor: start
---
Øv dig.

- [Ro](calm.{language}.md) {{day=1}}
- [Sikker](safe.{language}.md) {{day=2 after=calm}}
- [Dagen](meeting.{language}.md) {{day=3}}
- [Opkaldet](../../scenarios/short-call.{language}.md) {{day=1}}
"""
PLAN = """\
---
title: {title}
training_weeks: 1
---
Den korte vej.

## Øvelsen {{#practice anchor=start week=1}}

- [Øvelsen](../lessons/practice/module.{language}.md)

## Bagefter {{#after anchor=go_live}}

- [Efter go-live](../lessons/later/after-live.{language}.md) {{day=1}}
"""


def lesson(language: str, title: str, more: str = "") -> str:
    return LESSON.format(title=title, more=more, check="Tjek" if language == "da" else "Check")


def small_course() -> dict[str, str]:
    """The files by path. A fresh copy each time, to change at will."""
    files: dict[str, str] = {}
    for language in ("da", "en"):
        mark = "" if language == "da" else " (en)"
        files |= {
            f"lessons/practice/module.{language}.md": MODULE.format(title=f"Øvelsen{mark}", language=language),
            f"lessons/practice/calm.{language}.md": lesson(language, f"Ro på{mark}"),
            f"lessons/practice/safe.{language}.md": lesson(language, f"Sikker{mark}", "safety: true\n"),
            f"lessons/practice/meeting.{language}.md": lesson(language, f"Dagen{mark}", "completion: attended\n"),
            f"lessons/later/after-live.{language}.md": lesson(language, f"Efter go-live{mark}"),
            f"scenarios/short-call.{language}.md": SCENARIO.format(title=f"Opkaldet{mark}"),
            f"plans/short.{language}.md": PLAN.format(title=f"Den korte vej{mark}", language=language),
        }
    return files


def inspected(files: dict[str, str], asked: str | None = None) -> tuple[list[Candidate], list[Finding]]:
    """The files as the linter sees them; `asked`: the one file that is asked about."""
    encoded = {path: source.encode() for path, source in files.items()}
    return lint.inspect(encoded, asked=asked.__eq__) if asked else lint.inspect(encoded)


def found(files: dict[str, str], asked: str | None = None) -> list[tuple[str, int, str]]:
    """Everything the linter says of the files, or of the one that is asked about, as path, line and rule."""
    candidates, loose = inspected(files, asked)
    everything = {*loose, *(finding for candidate in candidates for finding in candidate.findings)}
    return sorted((finding.path, finding.line, finding.rule) for finding in everything)


@cache
def _right(files: tuple[tuple[str, str], ...]) -> list[Candidate]:
    """Read once a process for all the tests that put the same up."""
    return inspected(dict(files))[0]


def put_up(house: Any, files: dict[str, str] | None = None) -> Published:
    """Publishes the small course (or what a test has made of it) beside the real one."""
    candidates = _right(tuple((files or small_course()).items()))
    done = house.write(publish, candidates, house.clock())
    assert isinstance(done, Published)
    return done
