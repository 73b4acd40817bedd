"""A lesson file read, and every mistake in one found on its line."""

from datetime import date

import pytest

from api.library.lessons import read_lesson
from api.library.values import Completion, Mark, Source
from tests.course import lesson

CALM = lesson("da", "Ro på")


def found(source: str) -> list[tuple[int, str]]:
    _lesson, text = read_lesson("calm.da.md", source)
    return [(finding.line, finding.rule) for finding in text.findings]


def planted(old: str, new: str) -> str:
    """The right lesson with one mistake in it."""
    assert CALM.count(old) == 1, f"{CALM.count(old)} times: {old}"
    return CALM.replace(old, new)


def test_a_right_lesson_is_read_whole() -> None:
    calm, text = read_lesson("calm.da.md", CALM)
    assert text.findings == []
    assert (calm.title, calm.number, calm.minutes) == ("Ro på", "1.1", 5)
    assert (calm.safety, calm.completion) == (False, Completion.WORKED)
    assert calm.intro == "<p>Hør først.</p>"
    assert calm.sources == (Source("Konflikttrappen", "BFA Handel", date(2026, 11, 22)),)
    assert [(section.id, section.title, section.line) for section in calm.sections] == [
        ("wait", "Vent", 13),
        ("reply", "Svar", 26),
    ]
    assert [(check.id, check.title, check.line) for check in calm.checks] == [
        ("who-speaks", "Hvem taler?", 17),
        ("what-now", "Hvad siger du?", 30),
    ]
    right = calm.checks[0].option(2)
    assert right is not None
    assert (right.mark, right.html, right.why, right.line) == (Mark.GOOD, "Kunden", "<p>Ja.</p>", 21)
    assert calm.checks[0].option(4) is None
    assert calm.checks[0].option(0) is None


def test_what_is_optional_is_read() -> None:
    more = "safety: true\ncompletion: attended\n"
    source = lesson("en", "Calm", more).replace(
        "    checked", "    year: 2024\n    url: https://bfahandel.dk/x\n    checked"
    )
    calm, text = read_lesson("calm.en.md", source)
    assert text.findings == []
    assert (calm.safety, calm.completion) == (True, Completion.ATTENDED)
    assert (calm.sources[0].year, calm.sources[0].url) == (2024, "https://bfahandel.dk/x")
    assert calm.checks[0].title == "Hvem taler?"


HEADER_MISTAKES = [
    ("title: Ro på\n", "", "header-missing"),
    ("title: Ro på", "title:", "header-missing"),
    ("title: Ro på", "title: '  '", "header-missing"),
    ("title: Ro på", "title: true", "header-missing"),
    ("title: Ro på", "title: [Ro]", "header-missing"),
    ("title: Ro på", f"title: {'o' * 81}", "header-long"),
    ('number: "1.1"', 'number: "1.1.1.1.1"', "header-long"),
    ("minutes: 5", "minutes: fem", "header-number"),
    ("minutes: 5", "minutes: 0", "header-number"),
    ("minutes: 5", "minutes: 61", "header-number"),
    ("minutes: 5", "minutes: true", "header-number"),
    ("minutes: 5\n", "", "header-number"),
    ("minutes: 5", "minutes: 5\nsafety: ja", "header-flag"),
    ("minutes: 5", "minutes: 5\ncompletion: læst", "header-word"),
    ("minutes: 5", "minutes: 5\ncompletion: [worked]", "header-word"),
    ("minutes: 5", "minutes: 5\nauthor: Tove", "header-key"),
    ("  - title: Konflikttrappen\n    publisher: BFA Handel\n    checked: 2026-11-22\n", "", "sources"),
    ("  - title: Konflikttrappen\n", "  - title: 7\n", "sources"),
    ("    publisher: BFA Handel\n", "", "sources"),
    ("    checked: 2026-11-22\n", "", "sources"),
    ("checked: 2026-11-22", "checked: i går", "sources"),
    ("checked: 2026-11-22", "checked: 2026-11-22T10:00:00", "sources"),
    ("checked: 2026-11-22", "checked: 2026-11-22\n    page: 7", "sources"),
    ("checked: 2026-11-22", "checked: 2026-11-22\n    year: sidste år", "sources"),
    ("checked: 2026-11-22", "checked: 2026-11-22\n    url: javascript:alert(1)", "sources"),
    ("  - title: Konflikttrappen\n    publisher", "  - Konflikttrappen\n  - publisher", "sources"),
]


@pytest.mark.parametrize(("old", "new", "rule"), HEADER_MISTAKES)
def test_a_mistake_in_the_header_is_found(old: str, new: str, rule: str) -> None:
    findings = found(planted(old, new))
    assert findings
    assert set(findings) == {(1, rule)}


MISTAKES = [
    ("## Vent {#wait}", "## Vent", 13, "id"),
    ("## Vent {#wait}", "## Vent {#Vent}", 13, "id"),
    ("## Vent {#wait}", "## Vent {#-wait}", 13, "id"),
    ("## Vent {#wait}", "## Vent {wait her}", 13, "braces"),
    ("## Svar {#reply}", "## Svar {#wait}", 26, "section-twice"),
    ("{#what-now}", "{#who-speaks}", 30, "check-twice"),
    ("{#what-now}", "", 30, "id"),
    ("## Svar {#reply}", "## Tom {#empty}\n\n## Svar {#reply}", 26, "empty-section"),
    ("## Svar {#reply}\n\nSvar kort.\n\n", "### Mere {#more}\n\n", 26, "check-last"),
    ("## Svar {#reply}\n\nSvar kort.\n\n", "#### Mere\n\n", 26, "check-last"),
    ("- [~] Dig\n", "- Dig\n", 19, "option-mark"),
    ("- [~] Dig\n", "- [X] Dig\n", 19, "option-mark"),
    ("- [~] Dig\n", "- [~]Dig\n", 19, "option-mark"),
    ("- [~] Dig\n", "- ## [~] Dig\n", 19, "option-mark"),
    ("- [~] Dig\n", "-\n", 19, "option-mark"),
    ("  > Det frister at forklare.\n", "", 19, "option-why"),
    ("  > Det frister at forklare.\n", "  >\n", 19, "option-why"),
    ("  > Det frister at forklare.\n", "  > Det.\n\n  > Og det.\n", 19, "option-why"),
    ("- [~] Dig", "- [x] Dig", 17, "check-right"),
    ("- [x] Kunden", "- [~] Kunden", 17, "check-right"),
    ("- [~] Dig", "- [!] Dig", 17, "check-tempting"),
    ("- [!] Ingen\n", "- [~] Ingen\n", 17, "check-harmful"),
    ("- [~] Dig\n", "Tekst\n\n- [~] Dig\n", None, ""),
    ("- [x] Det, du hørte", "* [x] Det, du hørte", 30, "check-options"),
]


@pytest.mark.parametrize(("old", "new", "at", "rule"), MISTAKES)
def test_a_mistake_in_the_text_is_found_on_its_line(old: str, new: str, at: int | None, rule: str) -> None:
    expected = [] if at is None else [(at, rule)]
    assert [one for one in found(planted(old, new)) if one[1] not in FOLLOWS.get(rule, ())] == expected


# A mark that cannot be read is also a mark that is missing, and the like.
FOLLOWS = {
    "option-mark": ("check-tempting",),
    "option-why": ("check-tempting",),
    "check-right": ("check-tempting", "check-harmful"),
}


def test_a_check_without_options_says_how_to_write_them() -> None:
    start = CALM.index("- [~] Dig")
    assert found(CALM[:start] + "\nHvad mon?\n" + CALM[CALM.index("\n## Svar") :]) == [(17, "check-options")]


def test_a_lesson_without_a_section_says_how_to_begin_one() -> None:
    assert found(CALM[: CALM.index("## Vent")]) == [(1, "no-section")]


def test_the_right_option_may_not_stand_in_the_same_place_in_every_check() -> None:
    third = CALM[CALM.index("## Svar") :].replace("#reply", "#third").replace("#what-now", "#check-three")
    same = planted("- [~] Dig\n  > Det frister at forklare.\n- [x] Kunden\n", "- [x] Kunden\n") + "\n" + third
    same = same.replace("- [!] Ingen\n", "- [~] Dig\n  > Nej.\n- [!] Ingen\n", 1)
    assert found(same) == [(17, "check-place")]
    assert found(CALM + "\n" + third) == []


def test_several_mistakes_are_all_told() -> None:
    source = planted("title: Ro på\n", "").replace("objective: Du kan vente, til kunden er færdig.\n", "")
    assert found(source) == [(1, "header-missing"), (1, "header-missing")]
