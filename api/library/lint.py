"""The linter: a whole content folder read, every file by itself, then the languages against each other and the links.

The same findings stand behind `rolig check`, publishing and the author's desk.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from api.library.cards import card_outline, read_card
from api.library.graph import Scenario, scenario_outline
from api.library.lessons import read_lesson
from api.library.markdown import MAX_BYTES, NAME, decode
from api.library.plans import linked_modules, read_module, read_plan
from api.library.scenarios import add_proof, read_scenario
from api.library.themes import read_theme, theme_outline
from api.library.values import Card, Finding, Kind, Lesson, Module, Plan, Theme
from api.words import LANGUAGES

Document = Lesson | Scenario | Module | Plan | Theme | Card
# Folders whose files stand in them directly, with what they hold; lessons stand in a folder for each module.
FLAT = {"scenarios": Kind.SCENARIO, "plans": Kind.PLAN, "themes": Kind.THEME, "cards": Kind.CARD}
FOLDERS = ("lessons", *FLAT)
Outline = list[tuple[int, str]]


@dataclass
class Candidate:
    """One thing taught, in all its languages: what a revision is made of. Publishable when it has no findings.

    `states`: in how many a call can be, as it was walked through; 0 when it was not.
    """

    kind: Kind
    key: str
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)  # language -> path, source
    taken_in: dict[str, str] = field(default_factory=dict)  # path -> source of modules a plan takes in
    units: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    states: int = 0

    def digest(self, owner: str = "") -> str:
        """The hash by which a revision of these texts is known. `owner`: the centre whose own it is."""
        files = dict(self.texts.values()) | self.taken_in
        found = hashlib.sha256(owner.encode())
        for path in sorted(files):
            for part in (path, files[path]):
                found.update(hashlib.sha256(part.encode()).digest())
        return found.hexdigest()

    @property
    def paths(self) -> list[str]:
        """The files it is made of."""
        return [*(path for path, _source in self.texts.values()), *self.taken_in]


def load(root: Path) -> dict[str, bytes]:
    """The Markdown files of a content folder by path inside it; nothing that a link leads out of the folder to."""
    files = {}
    inside = root.resolve()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.md")):
            if path.is_file() and path.resolve().is_relative_to(inside):
                with path.open("rb") as file:
                    files[path.relative_to(root).as_posix()] = file.read(MAX_BYTES + 1)  # enough to see it is too large
    return files


def content_root(path: Path) -> Path:
    """The content folder a path lies in, or is."""
    absolute = path.absolute()
    if any((absolute / name).is_dir() for name in FOLDERS):
        return path
    for folder in (absolute, *absolute.parents):
        if folder.name in FOLDERS and folder.parent.is_dir():
            return folder.parent
    return path


def inspect(
    files: Mapping[str, bytes],
    *,
    proved: bool = True,
    known: Collection[str] = (),
    asked: Callable[[str], object] = str,
) -> tuple[list[Candidate], list[Finding]]:
    """Everything in the folder, ready to publish or with its findings; and findings that belong to no unit.

    `proved`: scenarios are walked as a whole, which takes a second or two each; False for texts known to be right, as are those
    whose digest is in `known`: they have been published. `asked`: whether a path is asked about; lessons and scenarios that are
    not only lend their names to links.
    """
    loose: list[Finding] = []
    sources: dict[str, str] = {}
    candidates: dict[tuple[Kind, str], Candidate] = {}
    for path, raw in files.items():
        place = _place(path)
        if place is None:
            loose.append(
                Finding(
                    path,
                    1,
                    "file-name",
                    "name it lessons/<module>/<unit>.<da|en>.md, or scenarios/, plans/, themes/ or cards/<name>.<da|en>.md, in lower-case letters, digits and hyphens",
                )
            )
            continue
        kind, key, language = place
        candidate = candidates.setdefault((kind, key), Candidate(kind, key))
        source, wrong = decode(path, raw)
        candidate.findings.extend(wrong)
        if language in candidate.texts:
            other = candidate.texts[language][0]
            candidate.findings.append(
                Finding(path, 1, "name-twice", f"the name '{key}' is taken by {other}; give this another")
            )
            continue
        candidate.texts[language] = (path, source)
        sources[path] = source
    calls = {key for kind, key in candidates if kind is Kind.SCENARIO}
    units = {key for kind, key in candidates if kind is Kind.LESSON} | calls
    for candidate in candidates.values():
        # Plans and modules are always read: a plan is also asked about through a module that it takes in.
        lean = candidate.kind in (Kind.LESSON, Kind.SCENARIO) and not any(map(asked, candidate.paths))
        if not candidate.findings and not lean:
            linked = calls if candidate.kind is Kind.LESSON else units
            _inspect_one(candidate, sources, linked, proved=proved and candidate.digest() not in known)
    _shared_names(candidates)
    return sorted(candidates.values(), key=lambda one: (one.kind, one.key)), loose


def check(root: Path, asked: Callable[[str], object] = str) -> list[Finding]:
    """Every finding in the files of a content folder that are asked about, in the order of files and lines."""
    candidates, loose = inspect(load(root), asked=asked)
    found = {*loose, *(finding for candidate in candidates for finding in candidate.findings)}
    return sorted(finding for finding in found if asked(finding.path))


def _place(path: str) -> tuple[Kind, str, str] | None:
    """What a file holds, by where it stands: `lessons/boosters/b0.da.md` -> lesson, b0, da."""
    parts = path.split("/")
    stem, _dot, language = parts[-1].removesuffix(".md").rpartition(".")
    if language not in LANGUAGES or not NAME.fullmatch(stem):
        return None
    if parts[0] == "lessons" and len(parts) == 3 and NAME.fullmatch(parts[1]):
        return (Kind.MODULE, parts[1], language) if stem == "module" else (Kind.LESSON, stem, language)
    if len(parts) == 2 and parts[0] in FLAT:
        return FLAT[parts[0]], stem, language
    return None


def read_document(kind: Kind, path: str, source: str, files: Mapping[str, str]) -> tuple[Document, list[Finding]]:
    """One file as a value, with what is wrong in it. `files`: sources a plan may take in, by path."""
    if kind is Kind.LESSON:
        lesson, text = read_lesson(path, source)
        return lesson, text.findings
    if kind is Kind.SCENARIO:
        scenario, text = read_scenario(path, source, proved=False)
        return scenario, text.findings
    if kind is Kind.CARD:
        card, text = read_card(path, source)
        return card, text.findings
    if kind is Kind.MODULE:
        module, text = read_module(path, source)
        return module, text.findings
    if kind is Kind.THEME:
        theme, text = read_theme(path, source)
        return theme, text.findings
    plan, text = read_plan(path, source, files)
    return plan, text.findings


def _inspect_one(candidate: Candidate, sources: Mapping[str, str], linked: set[str], *, proved: bool) -> None:
    """`linked`: what it may name: a lesson the calls it is practised in, a module or a plan every unit."""
    what = "scenario" if candidate.kind is Kind.LESSON else "lesson or scenario"
    outlines: dict[str, tuple[str, Outline]] = {}
    for language in LANGUAGES:
        if language not in candidate.texts:
            path = next(iter(candidate.texts.values()))[0]
            missing = f"{path.rsplit('.', 2)[0]}.{language}.md"
            candidate.findings.append(
                Finding(path, 1, "language", f"{missing} is missing; every file stands in {' and '.join(LANGUAGES)}")
            )
            continue
        path, source = candidate.texts[language]
        if candidate.kind is Kind.PLAN:
            for module in linked_modules(path, source):
                if module in sources:
                    candidate.taken_in[module] = sources[module]
        document, findings = read_document(candidate.kind, path, source, candidate.taken_in)
        # Languages that differ are a finding, so one walk proves them both.
        if proved and not outlines and isinstance(document, Scenario):
            candidate.states = add_proof(document, path, findings)
        candidate.findings.extend(findings)
        outlines[language] = (path, outline(document))
        if isinstance(document, (Module, Plan)):
            candidate.units = _steps(document)
        named = document.practises if isinstance(document, Lesson) else candidate.units
        for missing in sorted(set(named) - linked):
            at = next((at for at, name in outline(document) if missing in name.split()), 1)
            candidate.findings.append(Finding(path, at, "link", f"there is no {what} named '{missing}'"))
    if len(outlines) == len(LANGUAGES) and not candidate.findings:
        _compare(candidate, outlines)


def _steps(document: Module | Plan) -> tuple[str, ...]:
    return tuple(step.unit for step in document.steps) if isinstance(document, Module) else document.units


def outline(document: Document) -> Outline:
    """The structure that all languages share, as lines that can be compared and pointed at."""
    if isinstance(document, Lesson):
        return _lesson_outline(document)
    if isinstance(document, Scenario):
        return scenario_outline(document)
    if isinstance(document, Theme):
        return theme_outline(document)
    if isinstance(document, Card):
        return card_outline(document)
    if isinstance(document, Module):
        return [
            (1, f"anchor {document.anchor}"),
            *((step.line, f"step {step.unit} {step.offset} {step.after}") for step in document.steps),
        ]
    lines = [(1, f"training weeks {document.training_weeks}")]
    for stretch in document.stretches:
        lines.append((stretch.line, f"stretch {stretch.id}, {stretch.anchor}, week {stretch.week}"))
        lines.extend((step.line, f"step {step.unit} {step.offset} {step.after}") for step in stretch.steps)
    return lines


def _lesson_outline(lesson: Lesson) -> Outline:
    about = f"{lesson.minutes} minutes, safety {lesson.safety}, {lesson.completion}, note {bool(lesson.content_note)}"
    lines = [(1, f"number {lesson.number}, {about}"), (1, f"practises {[*lesson.practises]}")]
    for section in (*lesson.sections, *lesson.notes):
        lines.append((section.line, f"section {section.id}{' for the trainer' if section in lesson.notes else ''}"))
        for one in section.checks:
            lines.append((one.line, f"check {one.id}, {one.kind}, {len(one.boxes)} boxes"))
            lines.extend((option.line, f"option {option.mark}") for option in one.options)
            lines.extend(
                (item.line, f"item in place {item.place}") for item in sorted(one.items, key=attrgetter("line"))
            )
    return lines


def _compare(candidate: Candidate, outlines: dict[str, tuple[str, Outline]]) -> None:
    (first_path, first), (other_path, other) = outlines.values()
    for (first_line, here), (other_line, there) in zip(first, other, strict=False):
        if here != there:
            message = (
                f"here stands '{there}', in {first_path}:{first_line} '{here}'; both languages have the same structure"
            )
            candidate.findings.append(Finding(other_path, other_line, "languages-differ", message))
            return
    if len(first) != len(other):
        shorter, longer = (other_path, first_path) if len(other) < len(first) else (first_path, other_path)
        message = f"the file ends before {longer} does; both languages have the same structure"
        candidate.findings.append(Finding(shorter, 1, "languages-differ", message))


def _shared_names(candidates: dict[tuple[Kind, str], Candidate]) -> None:
    for (kind, key), candidate in candidates.items():
        twin = candidates.get((Kind.LESSON, key)) if kind is Kind.SCENARIO else None
        if twin:
            path = next(iter(candidate.texts.values()))[0]
            other = next(iter(twin.texts.values()))[0]
            candidate.findings.append(
                Finding(path, 1, "name-twice", f"the name '{key}' is taken by {other}; give this another")
            )


def display(finding: Finding, root: Path) -> str:
    """A finding with the path as the person who asked would write it."""
    return f"{root.joinpath(finding.path)}:{finding.line}: {finding.rule}: {finding.message}"
