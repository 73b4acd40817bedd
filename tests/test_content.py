"""The course as it stands in content/: whole in both languages, readable, and placed on the default plan."""

import re

import pytest

from api.library import lint
from api.library.values import Kind, Lesson, Plan
from tests.conftest import CONTENT

FILES = lint.load(CONTENT)
SOURCES = {path: raw.decode() for path, raw in FILES.items()}
CANDIDATES, LOOSE = lint.inspect(FILES, proved=False)
LESSONS = [
    (path, language) for one in CANDIDATES if one.kind is Kind.LESSON for language, (path, _source) in one.texts.items()
]
DAY_ONE = [(path, language) for path, language in LESSONS if path.startswith("lessons/conflict-week/")]


def lesson_at(path: str) -> Lesson:
    found, _findings = lint.read_document(Kind.LESSON, path, SOURCES[path], {})
    assert isinstance(found, Lesson)
    return found


def words_of(source: str) -> str:
    """The words a reader meets: no header, no ids, no marks."""
    body = source.split("---", 2)[2]
    return re.sub(r"\{[^}]*\}|\[[x~!]\]|[#*>|\-]|\(https?[^)]*\)", " ", body)


def lix(text: str) -> float:
    """Björnsson's measure: words a sentence, plus the share of words over six letters. Under 35 reads easily."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = len(re.findall(r"[.!?:]+(?:\s|$|\")", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.doors
def test_lint_finds_nothing() -> None:
    assert lint.check(CONTENT) == []


@pytest.mark.parametrize(("path", "language"), DAY_ONE)
def test_a_unit_of_day_one_is_a_real_lesson(path: str, language: str) -> None:
    lesson = lesson_at(path)
    assert 10 <= lesson.minutes <= 20
    assert len(lesson.checks) >= 3
    assert lesson.sources
    assert len(words_of(SOURCES[path]).split()) >= 1000


@pytest.mark.parametrize(("path", "language"), LESSONS)
def test_the_stated_minutes_fit_the_text(path: str, language: str) -> None:
    lesson = lesson_at(path)
    reckoned = len(SOURCES[path].split("---", 2)[2].split()) / 200 + 0.75 * len(lesson.checks)
    assert 0.7 * reckoned <= lesson.minutes <= 1.3 * reckoned + 1


@pytest.mark.parametrize("path", [path for path, language in LESSONS if language == "da"])
def test_danish_reads_easily(path: str) -> None:
    assert lix(words_of(SOURCES[path])) <= 40


def test_hard_danish_would_be_noticed() -> None:
    hard = "Arbejdspladsvurderingens gennemførelse forudsætter ledelsesmæssig stillingtagen til følelsesmæssige krav. "
    assert lix(hard) > 48


def test_the_default_plan_holds_the_whole_road() -> None:
    candidate = next(one for one in CANDIDATES if one.kind is Kind.PLAN and one.key == "onboarding")
    path, source = candidate.texts["da"]
    plan, findings = lint.read_document(Kind.PLAN, path, source, SOURCES)
    assert findings == []
    assert isinstance(plan, Plan)
    assert plan.training_weeks == 6
    stretches = {stretch.id: stretch for stretch in plan.stretches}
    assert (stretches["conflict-week"].anchor, stretches["conflict-week"].week) == ("start", 4)
    assert [step.unit for step in stretches["conflict-week"].steps][-1] == "s14-number-23"
    [follow_up] = stretches["follow-up"].steps
    assert (stretches["follow-up"].anchor, follow_up.offset.days) == ("go_live", 14)
    assert {"b0-monday-after", "b1-day-before-go-live", "b5-after-90-days"} <= set(plan.units)
