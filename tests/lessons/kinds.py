"""A lesson with a check of each kind, put up beside the small course, and the right and wrong answers to them."""

from api.lessons.rules import Sent
from tests.conftest import House
from tests.course import SOURCES, put_up, small_course
from tests.enrolments.taking import enrol

HEADER = (
    """\
---
title: {title}
number: "1.7"
minutes: 5
objective: Du kan svare på alle måder.
practises: [short-call]
content_note: Der bliver talt om trusler.
{more}"""
    + SOURCES
    + "---\n"
)
KINDS = """\
Syv slags.

## Vælg {{#pick}}

Vælg her.

### {check}: Hvem taler? {{#one}}

- [~] Dig
  > Det frister.
- [x] Kunden
  > Ja.
- [!] Ingen
  > Nej.

### {check}: Hvilke dur? {{#many kind=several}}

- [x] Navn
  > Ja, navnet.
- [~] Vejret
  > Det frister.
- [x] Stilhed
  > Ja, stilheden.
- [!] Suk
  > Det sårer.

### {check}: Hvor vender det? {{#turn kind=spot}}

- [ ] **Kunden:** "Hallo?"
  > Hun spørger.
- [x] **Dig:** "Rolig nu."
  > Her vender det.
- [ ] **Kunden:** "Rolig?!"
  > Hun svarer igen.

## Læg {{#lay}}

Læg her.

### {check}: Hvilken farve? {{#colours kind=sort}}

Tre ting.

- **Grøn**
  - "Det er for dårligt."
    > Vred på sagen.
  - "Jeg venter stadig."
    > Utålmodig.
- **Rød**
  - "Jeg finder dig."
    > En trussel.

### {check}: Hvad først? {{#steps kind=order}}

1. Sig det
   > Først ordene.
2. Advar
   > Så én gang.
3. Afslut
   > Så er det nok.

## Skriv {{#write}}

Skriv her.

### {check}: Hvad siger du? {{#recalled kind=recall}}

Sig det højt.

> Sig det, advar én gang, afslut.

### {check}: Og dig selv? {{#own kind=reflect}}

Hvad tager du med?

## Til træneren {{#trainer .trainer}}

Par, ti minutter. HEMMELIGT.
"""
SECTIONS = ("pick", "lay", "write")
# Things to place are numbered as they are shown, mixed: see COLOURS and STEPS.
COLOURS = ('"Jeg finder dig."', '"Jeg venter stadig."', '"Det er for dårligt."')
STEPS = ("Afslut", "Sig det", "Advar")
RIGHT = {
    "one": Sent(2),
    "many": Sent(numbers={1: 1, 3: 1}),
    "turn": Sent(2),
    "colours": Sent(numbers={1: 2, 2: 1, 3: 1}),
    "steps": Sent(numbers={1: 3, 2: 1, 3: 2}),
    "recalled": Sent(text="Sig det, advar, læg på."),
    "own": Sent(text="At jeg må lægge på."),
}
KEPT = {
    "one": "2",
    "many": "1,3",
    "turn": "2",
    "colours": "2,1,1",
    "steps": "3,1,2",
    "recalled": "Sig det, advar, læg på.",
    "own": "At jeg må lægge på.",
}
WRONG = {
    "one": Sent(3),
    "many": Sent(numbers={1: 1, 2: 1}),
    "turn": Sent(1),
    "colours": Sent(numbers={1: 2, 2: 2, 3: 1}),
    "steps": Sent(numbers={1: 3, 2: 2, 3: 1}),
}


def kinds(language: str = "da", title: str = "Slags", more: str = "") -> str:
    return HEADER.format(title=title, more=more) + KINDS.format(check="Tjek" if language == "da" else "Check")


def files() -> dict[str, str]:
    """The small course with `kinds`, and `kinds-safe` whose checks must be right."""
    found = small_course()
    for language in ("da", "en"):
        found[f"lessons/practice/kinds.{language}.md"] = kinds(language)
        found[f"lessons/practice/kinds-safe.{language}.md"] = kinds(language, "Sikre slags", "safety: true\n")
        found[f"lessons/practice/module.{language}.md"] += "".join(
            f"- [Slags]({unit}.{language}.md) {{day=1}}\n" for unit in ("kinds", "kinds-safe")
        )
    return found


def teach(house: House) -> House:
    """The lessons up, and Noor on their plan from today."""
    put_up(house, files())
    enrol(house)
    return house
