"""The seven kinds of check, read from a lesson; every mistake in one found on its line, with a sentence that says how to mend it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.library.lessons import read_lesson
from api.library.values import CheckKind, Item, Mark
from tests.course import found as linted
from tests.lessons.kinds import files, kinds

KINDS = kinds()
LINES = KINDS.splitlines()


def at(start: str) -> int:
    """The line that begins so; it stands once."""
    [line] = [number for number, line in enumerate(LINES, 1) if line.startswith(start)]
    return line


def findings(source: str) -> list[tuple[int, str]]:
    _lesson, text = read_lesson("kinds.da.md", source)
    assert all(finding.message for finding in text.findings)
    return [(finding.line, finding.rule) for finding in text.findings]


def planted(old: str, new: str) -> str:
    assert KINDS.count(old) == 1, f"{KINDS.count(old)} times: {old}"
    return KINDS.replace(old, new)


def test_every_kind_is_read_whole() -> None:
    lesson, text = read_lesson("kinds.da.md", KINDS)
    assert text.findings == []
    one, many, turn, colours, steps, recalled, own = lesson.checks
    assert [check.kind for check in lesson.checks] == [
        CheckKind.CHOICE,
        CheckKind.SEVERAL,
        CheckKind.SPOT,
        CheckKind.SORT,
        CheckKind.ORDER,
        CheckKind.RECALL,
        CheckKind.REFLECT,
    ]
    assert [option.mark for option in one.options] == [Mark.TEMPTING, Mark.GOOD, Mark.HARMFUL]
    assert [option.mark for option in many.options] == [Mark.GOOD, Mark.TEMPTING, Mark.GOOD, Mark.HARMFUL]
    assert (many.options[2].html, many.options[2].why) == ("Stilhed", "<p>Ja, stilheden.</p>")
    assert [option.mark for option in turn.options] == [None, Mark.GOOD, None]
    assert turn.options[1].html == '<strong>Dig:</strong> "Rolig nu."'
    assert turn.options[0].why == "<p>Hun spørger.</p>"
    assert (colours.html, colours.boxes) == ("<p>Tre ting.</p>", ("Grøn", "Rød"))
    assert [(item.number, item.place) for item in colours.items] == [(1, 2), (2, 1), (3, 1)]
    assert (colours.items[0].html, colours.items[0].why) == ('"Jeg finder dig."', "<p>En trussel.</p>")
    assert [(item.number, item.place, item.html) for item in steps.items] == [
        (1, 3, "Afslut"),
        (2, 1, "Sig det"),
        (3, 2, "Advar"),
    ]
    assert (recalled.html, recalled.answer) == ("<p>Sig det højt.</p>", "<p>Sig det, advar én gang, afslut.</p>")
    assert (own.html, own.answer, own.options, own.items) == ("<p>Hvad tager du med?</p>", "", (), ())
    assert [item.line for item in steps.items] == [at("3. Afslut"), at("1. Sig det"), at("2. Advar")]


def things(name: str, kind: str, count: int, word: str = "Tjek") -> tuple[Item, ...]:
    """What there is to place in a check of this many, by an author who wrote it in its right order."""
    begins = "1." if kind == "order" else "-"
    listed = [f"{begins} Ting {number}\n   > Ja.\n" for number in range(1, count + 1)]
    if kind == "sort":
        boxed = ["".join(f"  {line}\n" for line in one.splitlines()) for one in listed]
        listed = ["- **Første**\n", boxed[0], "- **Anden**\n", *boxed[1:]]
    source = f"{KINDS[: KINDS.index('## Vælg')]}## Vælg {{#pick}}\n\n### {word}: Hvad? {{#{name} kind={kind}}}\n\n"
    lesson, text = read_lesson("kinds.da.md", source + "".join(listed))
    assert text.findings == []
    return lesson.checks[0].items


@given(
    st.sampled_from(["sort", "order"]), st.from_regex(r"[a-z]{1,3}(-[a-z]{1,3})?", fullmatch=True), st.integers(3, 20)
)
@settings(max_examples=60)
def test_things_to_place_are_mixed_and_their_numbers_say_nothing(kind: str, name: str, count: int) -> None:
    found = things(name, kind, count)
    assert [item.number for item in found] == list(range(1, count + 1))
    assert sorted(item.html for item in found) == sorted(f"Ting {number}" for number in range(1, count + 1))
    assert all(
        item.place == (int(item.html.split()[1]) if kind == "order" else 1 + (item.html != "Ting 1")) for item in found
    )
    assert kind == "sort" or [item.place for item in found] != list(range(1, count + 1))
    assert things(name, kind, count, "Check") == found, "mixed alike in both languages"


def test_an_order_that_would_come_out_right_is_turned() -> None:
    orders = {tuple(item.place for item in things(f"c{number}", "order", 3)) for number in range(60)}
    assert orders == {(1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)}


def test_notes_and_calls_and_what_is_said_before_are_read() -> None:
    lesson, _text = read_lesson("kinds.da.md", KINDS)
    assert [section.id for section in lesson.sections] == ["pick", "lay", "write"]
    assert [(note.id, note.title, note.html) for note in lesson.notes] == [
        ("trainer", "Til træneren", "<p>Par, ti minutter. HEMMELIGT.</p>")
    ]
    assert (lesson.practises, lesson.content_note) == (("short-call",), "Der bliver talt om trusler.")
    plain, _text = read_lesson("kinds.da.md", planted("practises: [short-call]\n", ""))
    assert plain.practises == ()


def test_a_quote_in_a_private_question_is_a_part_of_it() -> None:
    lesson, text = read_lesson("kinds.da.md", planted("Hvad tager du med?", "> Husker du?"))
    assert text.findings == []
    assert "Husker du?" in lesson.checks[-1].html


MISTAKES = [
    ("{#many kind=several}", "{#many kind=quiz}", "### Tjek: Hvilke dur", "check-kind"),
    ("{#many kind=several}", "{#many kinds=several}", "### Tjek: Hvilke dur", "check-kind"),
    ("{#many kind=several}", "{#one kind=several}", "### Tjek: Hvilke dur", "check-twice"),
    ("- [x] Navn\n", "- [~] Navn\n", "### Tjek: Hvilke dur", "check-right"),
    ("- [x] Navn\n  > Ja, navnet.\n", "", "### Tjek: Hvilke dur", "check-right"),
    ("- [x] Navn\n", "- [ ] Navn\n", "- [x] Navn", "option-mark"),
    ("  > Ja, navnet.\n", "", "- [x] Navn", "option-why"),
    ('- [x] **Dig:** "Rolig nu."', '- [ ] **Dig:** "Rolig nu."', "### Tjek: Hvor vender", "check-right"),
    ('- [ ] **Kunden:** "Hallo?"', '- [x] **Kunden:** "Hallo?"', "### Tjek: Hvor vender", "check-right"),
    ('- [ ] **Kunden:** "Hallo?"', '- [~] **Kunden:** "Hallo?"', '- [ ] **Kunden:** "Hallo?"', "option-mark"),
    ("  > Hun spørger.\n", "", '- [ ] **Kunden:** "Hallo?"', "option-why"),
    ("- **Rød**\n", "- **Rød**\n\n- **Blå**\n", "- **Rød**", "check-box"),
    ("- **Rød**\n  - ", "  - ", "### Tjek: Hvilken farve", "check-box"),
    ('  - "Jeg venter stadig."\n    > Utålmodig.\n', "", "### Tjek: Hvilken farve", "check-items"),
    ("    > Utålmodig.\n", "", '  - "Jeg venter', "option-why"),
    ('  - "Jeg venter stadig."\n', '  - ## "Jeg venter stadig."\n', '  - "Jeg venter', "option-mark"),
    ("2. Advar\n   > Så én gang.\n", "", "### Tjek: Hvad først", "check-items"),
    ("   > Så én gang.\n", "", "2. Advar", "option-why"),
    ("2. Advar\n", "2.\n", "2. Advar", "option-mark"),
    ("> Sig det, advar én gang, afslut.\n", "", "### Tjek: Hvad siger du", "check-answer"),
    ("> Sig det, advar én gang, afslut.\n", "> Sig det.\n\nOg så\n\n> advar.\n", "### Tjek: Hvad siger du", "check-answer"),
    ("Sig det højt.\n", "", "### Tjek: Hvad siger du", "check-question"),
    ("Hvad tager du med?\n", "", "### Tjek: Og dig selv", "check-question"),
    (
        "Par, ti minutter. HEMMELIGT.\n",
        "### Tjek: Nå? {#hm kind=reflect}\n\nHvad?\n",
        None,
        "notes-check",
    ),
    ("{#trainer .trainer}", "{#pick .trainer}", "## Til træneren", "section-twice"),
    ("Par, ti minutter. HEMMELIGT.\n", "", "## Til træneren", "empty-section"),
    ("practises: [short-call]", "practises: short-call", "---", "practises"),
    ("practises: [short-call]", "practises: [7]", "---", "practises"),
    ("practises: [short-call]", "practises: [Short Call]", "---", "practises"),
    ("content_note: Der bliver talt om trusler.", "content_note:", "---", "header-missing"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "rule"), MISTAKES, ids=lambda one: str(one)[:30])
def test_a_mistake_is_found_on_its_line(old: str, new: str, line: str | None, rule: str) -> None:
    """Line numbers of the right file: what is planted stands at or after the line told."""
    where = 1 if line == "---" else at(line) if line else at("Par, ti minutter")
    assert (where, rule) in findings(planted(old, new))


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("{#one}", "check-options"),
        ("{#many kind=several}", "check-options"),
        ("{#turn kind=spot}", "check-options"),
        ("{#colours kind=sort}", "check-options"),
        ("{#steps kind=order}", "check-options"),
        ("{#recalled kind=recall}", "check-question"),
        ("{#own kind=reflect}", "check-question"),
    ],
)
def test_a_check_with_nothing_under_it_says_what_belongs_there(heading: str, rule: str) -> None:
    empty = f"{KINDS[: KINDS.index('## Vælg')]}## Vælg {{#pick}}\n\n### Tjek: Hvad? {heading}\n"
    told = findings(empty)
    assert told[0] == (empty.count("\n"), rule)


@pytest.mark.parametrize(("kind", "mark"), [("sort", "1."), ("order", "-")])
def test_the_other_kind_of_list_is_not_taken(kind: str, mark: str) -> None:
    top = KINDS[: KINDS.index("## Vælg")]
    listed = f"## Vælg {{#pick}}\n\n### Tjek: Hvad? {{#what kind={kind}}}\n\n{mark} Et\n   > Ja.\n"
    assert [rule for _line, rule in findings(top + listed)] == ["check-options"]


@pytest.mark.parametrize(("count", "wrong"), [(2, True), (3, False), (20, False), (21, True)])
def test_there_are_three_to_twenty_things_to_place(count: int, wrong: bool) -> None:
    top = KINDS[: KINDS.index("## Vælg")]
    steps = "".join(f"{number}. Trin {number}\n    > Fordi.\n" for number in range(1, count + 1))
    told = findings(f"{top}## Vælg {{#pick}}\n\n### Tjek: Hvad? {{#what kind=order}}\n\n{steps}")
    assert [rule for _line, rule in told] == (["check-items"] if wrong else [])


def test_the_languages_agree_on_kinds_boxes_places_notes_and_calls() -> None:
    for old, new in (
        ("{#own kind=reflect}", "{#own kind=recall}\n\n> Svar."),
        ("- [~] Vejret", "- [!] Vejret"),
        ("{#trainer .trainer}", "{#trainer}"),
        ("practises: [short-call]\n", ""),
        ("content_note: Der bliver talt om trusler.\n", ""),
        ("- **Rød**\n", "- **Rød**\n  - Mere\n    > Ja.\n"),
    ):
        changed = files()
        changed["lessons/practice/kinds.en.md"] = changed["lessons/practice/kinds.en.md"].replace(old, new)
        assert {(path, rule) for path, _line, rule in linted(changed)} & {
            ("lessons/practice/kinds.en.md", "languages-differ")
        }, old
    assert linted(files()) == []


@pytest.mark.parametrize("named", ["no-call", "calm"])
def test_what_is_no_call_cannot_be_practised_in(named: str) -> None:
    changed = files()
    for language in ("da", "en"):
        path = f"lessons/practice/kinds.{language}.md"
        changed[path] = changed[path].replace("[short-call]", f"[{named}]")
    assert [(rule, line) for path, line, rule in linted(changed) if "kinds." in path] == [("link", 1), ("link", 1)]
