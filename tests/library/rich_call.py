"""A call that uses everything a call can be made of, and finding what is wrong in one with a mistake planted."""

from api.library.scenarios import read_scenario

RICH = """\
---
title: Alt i ét
number: S8
minutes: 3
channel: phone
objective: Du kan det hele.
ends: [agreed, rightly_ended, hung_up_too_soon]
state: {ladder: 2, trust: 40, calm: 40, minutes: 0, queue: 5}
content_note: Kunden truer.
flags: [recording]
facts: {words: Hans ord}
views: {target: Det er dig, bystander: Du hører det}
sources:
  - {title: Konflikttrappen, publisher: BFA Handel, checked: 2026-11-22}
---
Det er mandag.

## Telefonen ringer {#opening view=target}

> **Kunden:** "Nu optager jeg!"

- ["Jeg hører dig."](#next-day) {.good ladder=-1 trust=+15 act=acknowledge phrase=i-hear minutes=+5}

  > **Kunden:** "Ja."

  Han er hørt.

  - [Han tror på dig](#agreed) {if=trust>=50,!words}

    > **Kunden:** "Godt så."

  - [Han er træt](#next-day) {if=words}

- ["Optag du bare."](#opening) {.tempting .subtle trust=-10 if=recording}

  > **Kunden:** "Det gør jeg!"

  Det hjælper ham ikke.

- ["Det er din egen skyld."](#opening) {.harmful ladder=+2 boundary=warned note=words}

  > **Kunden:** "Min?!"

  Du giver ham skylden.

## Ved siden af {#beside view=bystander}

Du hører det fra din plads.

- [Du rækker hånden op.](#next-day) {.good calm=+5}

  > Din kollega ser det.

  Du er der.

- [Du venter.](#next-day) {.tempting if=bystander}

  > Intet sker.

  Ingen kom.

- [Du går.](#next-day) {.harmful queue=+3}

  > Døren smækker.

  Nu er hun alene.

## Næste morgen {#next-day .later channel=mail flag=threat}

Han skriver igen.

- ["Jeg afslutter her."](#rightly-ended) {.good boundary=ended act=hang_up if=threat}

  > Ikke et ord.

  Retten er der straks.

- ["Jeg ringer."](#agreed) {.tempting act=offer}

  > **Kunden:** "Ja tak."

  Det er for tidligt.

- [Du smækker på i kladden.](#hung-up) {.harmful}

  > Ikke et ord.

  Det er slut.

## Aftalen står {#agreed end=agreed}

> **Kunden:** "Fint."

- **Kunden:** Han er hørt.
- **Dig selv:** Du er rolig.
- **Aftalerne:** Fredag.

## Rigtigt slut {#rightly-ended end=rightly_ended}

Linjen er tavs.

- **Kunden:** Han ved hvorfor.
- **Dig selv:** Du er hel.
- **Aftalerne:** På skrift.

## For tidligt slut {#hung-up end=hung_up_too_soon}

Linjen er tavs.

- **Kunden:** Han er vred.
- **Dig selv:** Du slap.
- **Aftalerne:** Ingen.

## Med dine egne ord {.question}

Hvad gjorde forskellen?

> At han blev hørt.
"""


def findings(source: str) -> list[tuple[int, str, str]]:
    _scenario, text = read_scenario("call.da.md", source)
    return [(finding.line, finding.rule, finding.message) for finding in text.findings]


def found(source: str) -> list[tuple[int, str]]:
    return [(line, rule) for line, rule, _message in findings(source)]


def planted(source: str, *places: tuple[str, str]) -> str:
    """A right call with a mistake in it."""
    for old, new in places:
        assert source.count(old) == 1, f"{source.count(old)} times: {old}"
        source = source.replace(old, new)
    return source


def line_of(source: str, part: str) -> int:
    """The line a piece of the file stands on."""
    assert source.count(part) == 1, f"{source.count(part)} times: {part}"
    return source[: source.index(part)].count("\n") + 1
