"""A whole folder: names, languages held up against each other, links between files. And the linter never falls over."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.library import lint
from api.library.values import Finding, Kind
from tests.course import found, inspected, small_course

CALM, SAFE = "lessons/practice/calm", "lessons/practice/safe"


def planted(path: str, old: str, new: str) -> dict[str, str]:
    """The small course with one mistake in one file."""
    files = small_course()
    assert files[path].count(old) == 1, f"{files[path].count(old)} times: {old}"
    files[path] = files[path].replace(old, new)
    return files


def test_nothing_is_wrong_in_the_small_course() -> None:
    assert found(small_course()) == []


def test_each_thing_taught_is_a_candidate_in_both_languages() -> None:
    candidates, _loose = inspected(small_course())
    assert [(one.kind, one.key) for one in candidates] == [
        (Kind.LESSON, "after-live"),
        (Kind.LESSON, "calm"),
        (Kind.LESSON, "meeting"),
        (Kind.LESSON, "safe"),
        (Kind.MODULE, "practice"),
        (Kind.PLAN, "short"),
        (Kind.SCENARIO, "short-call"),
    ]
    assert all(list(one.texts) == ["da", "en"] for one in candidates)
    plan = next(one for one in candidates if one.kind is Kind.PLAN)
    assert plan.units == ("calm", "safe", "meeting", "short-call", "after-live")
    assert plan.paths == [
        "plans/short.da.md",
        "plans/short.en.md",
        "lessons/practice/module.da.md",
        "lessons/practice/module.en.md",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "lessons/calm.da.md",
        "lessons/practice/deep/calm.da.md",
        "lessons/Practice/calm.da.md",
        "lessons/practice/Ro på.da.md",
        "lessons/practice/calm.md",
        "lessons/practice/calm.de.md",
        "lessons/practice/.da.md",
        "scenarios/calls/s1.da.md",
        "plans/-short.da.md",
        "pages/x.da.md",
    ],
)
def test_a_file_that_stands_or_is_named_wrongly_is_found(path: str) -> None:
    assert found(small_course() | {path: "hvad som helst"}) == [(path, 1, "file-name")]


@pytest.mark.parametrize(
    ("path", "raw", "at", "rule"),
    [
        (f"{CALM}.en.md", b"---\ntitle: R\xf8\n---\n", 2, "encoding"),
        (f"{CALM}.en.md", b"a" * 300_000, 1, "too-large"),
    ],
)
def test_a_file_that_is_no_text_is_found_and_the_rest_is_still_read(path: str, raw: bytes, at: int, rule: str) -> None:
    files = {name: source.encode() for name, source in small_course().items()} | {path: raw}
    candidates, loose = lint.inspect(files)
    findings = [finding for candidate in candidates for finding in candidate.findings]
    assert loose == []
    assert [(finding.path, finding.line, finding.rule) for finding in findings] == [(path, at, rule)]


def test_a_missing_language_is_found() -> None:
    files = small_course()
    del files[f"{CALM}.en.md"]
    assert found(files) == [(f"{CALM}.da.md", 1, "language")]


def test_a_name_stands_once_over_all_modules() -> None:
    files = small_course()
    for language in ("da", "en"):
        files[f"lessons/later/calm.{language}.md"] = files[f"{CALM}.{language}.md"]
    # The first that is read has the name.
    assert found(files) == [
        ("lessons/later/calm.da.md", 1, "name-twice"),
        ("lessons/later/calm.en.md", 1, "name-twice"),
    ]


def test_a_lesson_and_a_scenario_do_not_share_a_name() -> None:
    files = {path.replace("short-call", "calm"): source for path, source in small_course().items()}
    assert ("scenarios/calm.da.md", 1, "name-twice") in found(files)


LANGUAGES_DIFFER = [
    (f"{CALM}.en.md", "minutes: 5", "minutes: 6", f"{CALM}.en.md", 1),
    (f"{CALM}.en.md", "minutes: 5", "minutes: 5\nsafety: true", f"{CALM}.en.md", 1),
    (f"{CALM}.en.md", "{#reply}", "{#answer}", f"{CALM}.en.md", 26),
    (f"{CALM}.en.md", "{#what-now}", "{#and-now}", f"{CALM}.en.md", 30),
    (f"{CALM}.en.md", "- [~] Dig\n", "- [!] Dig\n", None, 0),
    (f"{CALM}.en.md", "- [!] Ingenting\n", "- [~] Lidt\n  > Nej.\n- [!] Ingenting\n", f"{CALM}.en.md", 36),
    ("scenarios/short-call.en.md", "trust: 40", "trust: 41", "scenarios/short-call.en.md", 1),
    ("scenarios/short-call.en.md", "minutes: 3", "minutes: 4", "scenarios/short-call.en.md", 1),
    (
        "scenarios/short-call.en.md",
        "{.good ladder=-2 trust=+15}",
        "{.good ladder=-2}",
        "scenarios/short-call.en.md",
        19,
    ),
    ("scenarios/short-call.en.md", "end=agreed", "end=solved", "scenarios/short-call.en.md", 59),
    ("plans/short.en.md", "training_weeks: 1", "training_weeks: 2", "plans/short.en.md", 1),
    ("plans/short.en.md", "week=1", "week=2", "plans/short.en.md", 7),
    ("plans/short.en.md", "{day=1}", "{day=2}", "plans/short.en.md", 13),
]


@pytest.mark.parametrize(("path", "old", "new", "at_path", "at"), LANGUAGES_DIFFER)
def test_languages_that_differ_are_found_where_they_part(
    path: str, old: str, new: str, at_path: str | None, at: int
) -> None:
    expected = [(at_path, at, "languages-differ")] if at_path else [(path, 17, "check-tempting")]
    assert found(planted(path, old, new)) == expected


def test_a_module_that_differs_is_found_in_itself_and_at_its_link() -> None:
    findings = found(planted("lessons/practice/module.en.md", "{day=3}", "{day=4}"))
    assert findings == [
        ("lessons/practice/module.en.md", 9, "languages-differ"),
        ("plans/short.en.md", 9, "languages-differ"),
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_language_that_ends_before_the_other_is_found(language: str) -> None:
    path = f"{CALM}.{language}.md"
    files = small_course()
    files[path] = files[path][: files[path].index("\n## Svar")]
    assert found(files) == [(path, 1, "languages-differ")]


def test_a_unit_that_does_not_exist_is_found_where_it_is_named() -> None:
    files = {path: source for path, source in small_course().items() if not path.startswith(f"{SAFE}.")}
    assert found(files) == [
        ("lessons/practice/module.da.md", 8, "link"),
        ("lessons/practice/module.en.md", 8, "link"),
        ("plans/short.da.md", 9, "link"),
        ("plans/short.en.md", 9, "link"),
    ]


def test_a_module_that_does_not_exist_is_found_where_it_is_linked() -> None:
    files = {path: source for path, source in small_course().items() if "/module." not in path}
    assert [one for one in found(files) if one[2] == "link"] == [
        ("plans/short.da.md", 9, "link"),
        ("plans/short.en.md", 9, "link"),
    ]


def test_a_mistake_in_a_module_stops_the_plan_that_takes_it_in() -> None:
    candidates, _loose = inspected(planted("lessons/practice/module.da.md", "{day=3}", "{day=0}"))
    stopped = {one.key for one in candidates if one.findings}
    assert stopped == {"practice", "short"}
    assert found(planted("lessons/practice/module.da.md", "{day=3}", "{day=0}")) == [
        ("lessons/practice/module.da.md", 9, "offset")
    ]


def test_two_mistakes_on_one_line_are_two_findings(tmp_path: Path) -> None:
    files = planted(f"{CALM}.da.md", 'title: Ro på\nnumber: "1.1"\n', "")
    write(tmp_path, files)
    assert [str(finding) for finding in lint.check(tmp_path)] == [
        f"{CALM}.da.md:1: header-missing: the header lacks 'number'",
        f"{CALM}.da.md:1: header-missing: the header lacks 'title'",
    ]


def write(root: Path, files: dict[str, str]) -> None:
    for path, source in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(source, encoding="utf-8")


def test_a_folder_is_read_without_what_a_link_leads_out_to(tmp_path: Path) -> None:
    write(tmp_path / "content", small_course() | {"README.md": "ikke dette"})
    (tmp_path / "secret.md").write_text("hemmeligt")
    (tmp_path / "content/lessons/practice/secret.da.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "content/lessons/practice/notes.txt").write_text("ikke Markdown")
    (tmp_path / "content/lessons/folder.da.md").mkdir()
    assert sorted(lint.load(tmp_path / "content")) == sorted(small_course())


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        (f"{CALM}.da.md", {"calm"}),
        ("lessons/practice/module.da.md", set()),
        ("scenarios/short-call.en.md", {"short-call"}),
        ("scenarios/nothing.da.md", set()),
    ],
)
def test_a_lesson_or_a_call_that_is_not_asked_about_only_lends_its_name(asked: str, read: set[str]) -> None:
    """Everything is broken here; links still lead to the lessons and the call that were not read."""
    files = small_course()
    for path in (path for path in files if path.endswith(".en.md") and not path.startswith("plans/")):
        files[path] += "\n## Uden id\n"
    candidates, loose = inspected(files, asked)
    rules = {one.key: {finding.rule for finding in one.findings} for one in candidates}
    assert loose == []
    assert all("link" not in found_in_one for found_in_one in rules.values())
    assert {key for key in ("calm", "safe", "meeting", "after-live", "short-call") if rules[key]} == read


def test_asking_about_a_lesson_finds_a_link_from_it_to_nothing() -> None:
    files = small_course()
    files[f"{CALM}.da.md"] = files[f"{CALM}.da.md"].replace("title:", "practises: [nowhere]\ntitle:", 1)
    candidates, _loose = inspected(files, f"{CALM}.da.md")
    [calm] = [one for one in candidates if one.key == "calm"]
    assert "link" in {finding.rule for finding in calm.findings}


@pytest.mark.parametrize(
    "asked", [".", "lessons", "lessons/practice", "lessons/practice/calm.da.md", "plans/short.da.md"]
)
def test_the_content_folder_is_found_from_any_file_in_it(tmp_path: Path, asked: str) -> None:
    content = tmp_path / "plans" / "content"  # however the folder above is named
    write(content, small_course())
    assert lint.content_root(content / asked) == content


def test_a_path_in_no_content_folder_is_its_own(tmp_path: Path) -> None:
    assert lint.content_root(tmp_path / "x.md") == tmp_path / "x.md"


def test_a_finding_is_shown_as_the_asker_writes_paths() -> None:
    finding = Finding("lessons/x.da.md", 7, "id", "sæt et id")
    assert str(finding) == "lessons/x.da.md:7: id: sæt et id"
    assert lint.display(finding, Path("content")) == "content/lessons/x.da.md:7: id: sæt et id"


EVERY_LINE = [
    (path, number)
    for path in (f"{CALM}.da.md", "scenarios/short-call.da.md", "lessons/practice/module.da.md", "plans/short.da.md")
    for number in range(len(small_course()[path].splitlines()))
]


@given(
    st.sampled_from(EVERY_LINE),
    st.sampled_from(["", "{", "- [ ", "> ", "## ", "---", "\t", "*", "- - -", "{#x}", "- ["]),
)
@settings(max_examples=40)
def test_the_linter_stands_whatever_becomes_of_a_line(place: tuple[str, int], new: str) -> None:
    path, number = place
    files = small_course()
    lines = files[path].splitlines()
    lines[number] = new
    files[path] = "\n".join(lines)
    last = len(lines) + 1
    assert all(1 <= at <= last for at_path, at, _rule in found(files, path) if at_path == path)


@given(st.sampled_from(["lessons/a/x", "lessons/a/module", "scenarios/x", "plans/x"]), st.binary(max_size=300))
def test_the_linter_stands_whatever_a_file_holds(path: str, raw: bytes) -> None:
    candidates, loose = lint.inspect({f"{path}.da.md": raw, f"{path}.en.md": raw})
    assert loose == []
    assert all(candidate.findings for candidate in candidates)
