"""A theme file read, every mistake in one found on its line, and both languages held against each other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import NotFound
from api.library import lint, published_themes
from api.library.themes import FEWEST, MOST, SECTIONS, read_theme
from api.library.values import Kind, Source
from tests.conftest import House, course
from tests.course import found, put_up, small_course
from tests.library.theme_text import both, theme

PATH = "themes/3-development.da.md"
RIGHT = theme()


def mistakes(source: str, path: str = PATH) -> list[tuple[int, str]]:
    _theme, text = read_theme(path, source)
    return [(finding.line, finding.rule) for finding in text.findings]


def at(line_with: str, source: str = RIGHT) -> int:
    """The line on which something stands in the right theme."""
    return source[: source.index(line_with)].count("\n") + 1


def planted(old: str, new: str) -> str:
    assert RIGHT.count(old) == 1, f"{RIGHT.count(old)} times: {old}"
    return RIGHT.replace(old, new)


def test_a_right_theme_is_read_whole() -> None:
    read, text = read_theme(PATH, RIGHT)
    assert text.findings == []
    assert (read.title, read.number, read.objective) == ("Udvikling", 3, "I aftaler, hvem der gør hvad.")
    assert read.intro == "<p>Det begynder her.</p>"
    assert tuple(section.id for section in read.sections) == SECTIONS
    assert read.sections[1].html.count("<li>") == 2
    assert read.first_page == 2
    assert read.sources == (
        Source("Trivsel i callcentre", "BFA Kontor", date(2026, 11, 22), None, "https://bfakontor.dk/x"),
    )
    shown = read.intro + "".join(section.html for section in read.sections)
    assert "{" not in shown, "a mark of ours is shown as text"


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("title: Udvikling\n", "", 1, "header-missing"),
        ("number: 3", "number: tre", 1, "header-number"),
        ("number: 3", "number: 0", 1, "header-number"),
        ("number: 3", "number: 4", 1, "number"),
        ("objective: I aftaler, hvem der gør hvad.\n", "", 1, "header-missing"),
        ("number: 3", "number: 3\nminutes: 5", 1, "header-key"),
        ("    checked: 2026-11-22\n", "", 1, "sources"),
        ("{.page}\n\n", "", 1, "page-break"),
        ("{.page}\n\n## Det frister {#tempts}\n", "## Det frister {#tempts}\n\n{.page}\n", 24, "page-break"),
        ("- **Spørg.** Efter to uger.\n\n{.page}", "- **Spørg.** Efter to uger.\n{.page}", 21, "page-break"),
        ("Det begynder her.", "Det begynder her.\n\n{.page}", 13, "page-break"),
        ("\n{contacts}", "\n{contacts}\n\n{.page}", 46, "page-break"),
        ("2. Hvem gør det?\n", "2. Hvem gør det?\n\n{.page}\n", 33, "page-break"),
        ("\n{contacts}\n", "", 42, "contacts"),
        ("ringer.\n\n{contacts}", "ringer.\n{contacts}", 43, "contacts"),
        ("{contacts}\n", "{contacts}\n\nOg mere.\n", 44, "contacts"),
        ("- **Vent.** Det ser roligt ud.\n", "- **Vent.** Det ser roligt ud.\n\n{contacts}\n", 28, "contacts"),
        ("{#ask}", "{#ask}\n\n## Mere {#more}", 28, "empty-section"),
        ("{#ask}", "", 28, "id"),
        ("{#ask}", "{#asks}", 28, "section"),
        ("{#ask}", "{#ask", 28, "id"),
        ("{#ask}", "{#ask ask}", 28, "braces"),
        ("{#ask}", "{#why}", 28, "section-twice"),
        ("- **Vent.** Det ser roligt ud.\n\n", "", 24, "empty-section"),
    ],
)
def test_each_mistake_is_found_on_its_line(old: str, new: str, line: int, rule: str) -> None:
    assert (line, rule) in mistakes(planted(old, new))


def test_a_missing_section_and_one_out_of_place_are_named() -> None:
    without = RIGHT.replace("## Aftal {#agree}\n", "")
    assert mistakes(without) == [(1, "section")]
    turned = RIGHT.replace("{#tempts}", "{#x}").replace("{#ask}", "{#tempts}").replace("{#x}", "{#ask}")
    assert mistakes(turned) == [(at("## Spørg jer selv"), "section-order")]


@pytest.mark.parametrize(("words", "right"), [(FEWEST - 1, False), (FEWEST, True), (MOST, True), (MOST + 1, False)])
def test_the_length_is_that_of_two_pages(words: int, right: bool) -> None:
    rest = _words_without_filler()
    source = theme(filler="ord " * (words - rest - 1) + "ord –")  # a dash alone is no word
    assert mistakes(source) == ([] if right else [(1, "words")])
    assert right or f" {words} words" in read_theme(PATH, source)[1].findings[0].message


def _words_without_filler() -> int:
    message = read_theme(PATH, theme(filler="ord"))[1].findings[0].message
    return int(message.split("has ")[1].split()[0]) - 1


def test_an_empty_file_and_one_without_sections_are_findings_and_no_crash() -> None:
    assert ("header" in {rule for _line, rule in mistakes("")}) is True
    bare = mistakes("---\ntitle: Bar\n---\nKun dette.\n")
    assert [rule for _line, rule in bare].count("section") == len(SECTIONS)
    assert {(1, "words"), (1, "page-break"), (1, "sources"), (1, "header-number")} <= set(bare)
    assert (15, "contacts") in mistakes(RIGHT[: at_text("## Det virker")].replace("{#why}", "{#help}"))
    assert (13, "empty-section") in mistakes(RIGHT[: at_text("Vi taler")].replace("{#why}", "{#help}"))


def at_text(words: str) -> int:
    return RIGHT.index(words)


LINES = RIGHT.splitlines()


@given(
    st.lists(
        st.sampled_from([*LINES, "{.page}", "{contacts}", "# {", "> {.page}", "- - {contacts}", "", "---"]), max_size=30
    )
)
def test_whatever_the_lines_are_there_are_findings_and_no_crash(lines: list[str]) -> None:
    read, text = read_theme(PATH, "\n".join(lines))
    assert text.findings
    assert all(1 <= finding.line <= max(1, len(lines)) for finding in text.findings)
    assert 0 <= read.first_page <= len(read.sections)


# The folder: names, languages, publishing.


def test_a_theme_is_a_candidate_of_its_own_kind() -> None:
    files = small_course() | both()
    assert found(files) == []
    candidates, _loose = lint.inspect({path: source.encode() for path, source in files.items()})
    [one] = [one for one in candidates if one.kind is Kind.THEME]
    assert (one.key, one.paths) == ("3-development", list(both()))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("number: 3", "number: 3", 0),
        ("- **Spørg.** Efter to uger.\n", "", 19),
        ("2. Hvem gør det?\n", "", 30),
        ("| Øvelsen | Lederen |\n", "", 35),
        ("- **Øv jer", "### Først\n\n- **Øv jer", 19),
    ],
)
def test_both_languages_have_the_same_structure(old: str, new: str, line: int) -> None:
    files = both()
    english = "themes/3-development.en.md"
    assert files[english].count(old) == 1
    files[english] = files[english].replace(old, new)
    assert found(files) == ([(english, line, "languages-differ")] if line else [])


def test_the_page_ends_at_the_same_place_in_both_languages() -> None:
    files = both()
    english = "themes/3-development.en.md"
    moved = files[english].replace("\n{.page}\n", "").replace("## Spørg jer", "{.page}\n\n## Spørg jer")
    assert found(files | {english: moved}) == [(english, 22, "languages-differ")]


def test_a_theme_needs_both_languages_and_a_name_that_fits() -> None:
    files = both()
    del files["themes/3-development.en.md"]
    assert found(files) == [(PATH, 1, "language")]
    assert found({"themes/deep/3-x.da.md": "x"}) == [("themes/deep/3-x.da.md", 1, "file-name")]


def test_the_ten_themes_are_read_without_a_finding() -> None:
    themes = [one for one in course()[0] if one.kind is Kind.THEME]
    assert [finding for one in themes for finding in one.findings] == []
    assert sorted(int(one.key.partition("-")[0]) for one in themes) == [*range(1, 11)]
    assert {len(one.texts) for one in themes} == {2}


def test_a_changed_theme_is_published_and_a_broken_one_leaves_the_last_good_one(house: House) -> None:
    files = both("11-more")
    eleven = {path: source.replace("number: 3", "number: 11") for path, source in files.items()}
    assert put_up(house, eleven).changed == ["11-more"]
    assert put_up(house, eleven).changed == []
    changed = {path: source.replace("Det begynder her", "Det slutter her") for path, source in eleven.items()}
    assert put_up(house, changed).changed == ["11-more"]
    broken = {path: source.replace("{.page}", "") for path, source in changed.items()}
    assert {finding.rule for finding in put_up(house, broken).findings} == {"page-break"}
    assert house.read(published_themes.current_theme, "11-more", "da").intro == "<p>Det slutter her.</p>"
    cards = house.read(published_themes.theme_cards, "en")
    assert [card.number for card in cards] == [*range(1, 12)]
    assert cards[-1].title == "Development"
    with pytest.raises(NotFound):
        house.read(published_themes.current_theme, "s1-the-bill", "da")
