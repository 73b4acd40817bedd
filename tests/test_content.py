"""The course as it stands in content/: whole in both languages, readable, and placed on the default plan."""

import re
from functools import cache

import pytest

from api.library import lint
from api.library.values import CheckKind, Kind, Lesson, Plan
from tests.conftest import CONTENT, course

FILES = lint.load(CONTENT)
SOURCES = {path: raw.decode() for path, raw in FILES.items()}
CANDIDATES, LOOSE = course()
LESSONS = [
    (path, language) for one in CANDIDATES if one.kind is Kind.LESSON for language, (path, _source) in one.texts.items()
]
WEEK = [(path, language) for path, language in LESSONS if path.startswith("lessons/conflict-week/")]
# A day's opener recalls the days before; the gate asks. Neither teaches anything new.
TEACHING = [(path, language) for path, language in WEEK if "-0-" not in path and "safety-gate" not in path]
# A profile is a plan of its own for another kind of centre; what it adds stands in the folder of its name.
PROFILES = [one.key for one in CANDIDATES if one.kind is Kind.PLAN and one.key.startswith("onboarding-")]
ADDED = [(path, language) for path, language in LESSONS if f"onboarding-{path.split('/')[1]}" in PROFILES]
TRAINER = re.compile(r"^## [^\n]*\.trainer\}.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@cache
def lesson_at(path: str) -> Lesson:
    found, _findings = lint.read_document(Kind.LESSON, path, SOURCES[path], {})
    assert isinstance(found, Lesson)
    return found


def words_of(source: str) -> str:
    """The words a learner meets: no header, no ids, no marks, nothing for the trainer."""
    body = TRAINER.sub("", source.split("---", 2)[2])
    return re.sub(r"\{[^}]*\}|\[[x~! ]\]|[#*>|\-]|\(https?[^)]*\)", " ", body)


def lix(text: str) -> float:
    """Björnsson's measure: words a sentence, plus the share of words over six letters. Under 35 reads easily."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = len(re.findall(r"[.!?:]+(?:\s|$|\")", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.doors
def test_lint_finds_nothing() -> None:
    assert lint.check(CONTENT) == []


@pytest.mark.parametrize(("path", "language"), TEACHING + ADDED)
def test_a_unit_of_the_week_is_a_real_lesson(path: str, language: str) -> None:
    lesson = lesson_at(path)
    assert 10 <= lesson.minutes <= 25
    assert len(lesson.checks) >= 4
    assert lesson.objective
    assert lesson.sources
    assert len(words_of(SOURCES[path]).split()) >= 1000


def test_the_week_has_all_its_units_and_asks_in_many_ways() -> None:
    numbers = {lesson_at(path).number for path, language in TEACHING if language == "da"}
    assert numbers == {f"{day}.{unit}" for day in range(1, 6) for unit in range(1, 7)}
    assert {lesson_at(path).number for path, _language in WEEK} >= {"2.0", "3.0", "4.0", "5.0"}
    kinds = {check.kind for path, _language in WEEK for check in lesson_at(path).checks}
    assert kinds == set(CheckKind)
    later = [lesson_at(path) for path, _language in TEACHING if not path.startswith("lessons/conflict-week/1-")]
    assert all(len({check.kind for check in lesson.checks}) >= 2 for lesson in later)
    assert all(lesson.notes for lesson in later), "each has its exercise as the trainer's notes"


@pytest.mark.parametrize(("path", "language"), ADDED)
def test_what_a_profile_adds_asks_in_many_ways_and_has_its_exercise(path: str, language: str) -> None:
    lesson = lesson_at(path)
    assert len({check.kind for check in lesson.checks}) >= 2
    assert lesson.notes
    assert lesson.practises


@pytest.mark.parametrize(("path", "language"), LESSONS)
def test_the_stated_minutes_fit_the_text(path: str, language: str) -> None:
    lesson = lesson_at(path)
    reckoned = len(words_of(SOURCES[path]).split()) / 200 + 0.75 * len(lesson.checks)
    assert 0.7 * reckoned <= lesson.minutes <= 1.3 * reckoned + 1


def test_danish_reads_easily_on_the_whole() -> None:
    measured = [lix(words_of(SOURCES[path])) for path, language in LESSONS if language == "da"]
    assert sum(measured) / len(measured) <= 40
    assert max(measured) <= 48


@pytest.mark.parametrize("path", [path for path, language in LESSONS if language == "da"])
def test_danish_reads_easily(path: str) -> None:
    assert lix(words_of(SOURCES[path])) <= 40


def test_hard_danish_would_be_noticed() -> None:
    hard = "Arbejdspladsvurderingens gennemførelse forudsætter ledelsesmæssig stillingtagen til følelsesmæssige krav. "
    assert lix(hard) > 48


@cache
def plan_of(key: str) -> Plan:
    candidate = next(one for one in CANDIDATES if one.kind is Kind.PLAN and one.key == key)
    path, source = candidate.texts["da"]
    plan, findings = lint.read_document(Kind.PLAN, path, source, SOURCES)
    assert findings == []
    assert isinstance(plan, Plan)
    return plan


def test_the_default_plan_holds_the_whole_road() -> None:
    plan = plan_of("onboarding")
    assert plan.training_weeks == 6
    stretches = {stretch.id: stretch for stretch in plan.stretches}
    assert (stretches["conflict-week"].anchor, stretches["conflict-week"].week) == ("start", 4)
    assert [step.unit for step in stretches["conflict-week"].steps][-1] == "v2-the-late-shift"
    [follow_up] = stretches["follow-up"].steps
    assert (stretches["follow-up"].anchor, follow_up.offset.days) == ("go_live", 14)
    assert {"b0-monday-after", "b1-day-before-go-live", "b5-after-90-days"} <= set(plan.units)
