"""A right theme in few words of its own, to change at will; filled up to the length of two pages."""

FILLER = "Vi taler om det, der sker. " * 115  # 690 words
THEME = """\
---
title: {title}
number: 3
objective: I aftaler, hvem der gør hvad.
sources:
  - title: Trivsel i callcentre
    publisher: BFA Kontor
    url: https://bfakontor.dk/x
    checked: 2026-11-22
---
Det begynder her.

## Hvorfor {{#why}}

{filler}

## Det virker {{#works}}

- **Øv jer.** Hver uge.
- **Spørg.** Efter to uger.

{{.page}}

## Det frister {{#tempts}}

- **Vent.** Det ser roligt ud.

## Spørg jer selv {{#ask}}

1. Hvem ved det?
2. Hvem gør det?

## Aftal {{#agree}}

| Hvad | Hvem |
|---|---|
| Øvelsen | Lederen |
| | |

## Hvem kan hjælpe {{#help}}

Ring til den, der har vagten. Det er aldrig for tidligt, og ingen spørger hvorfor, når du ringer.

{{contacts}}
"""


def theme(title: str = "Udvikling", filler: str = FILLER.strip()) -> str:
    return THEME.format(title=title, filler=filler)


def both(key: str = "3-development") -> dict[str, str]:
    """The files by path, in both languages."""
    return {f"themes/{key}.da.md": theme(), f"themes/{key}.en.md": theme("Development")}
