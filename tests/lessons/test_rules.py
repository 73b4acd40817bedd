"""When a lesson is done, what is still missing, and where to resume."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.lessons.rules import missing, resume_at, solved
from api.library.values import Check, Completion, Lesson, Mark, Option, Section, Source

# The right option of the first check is its second, of the second check its first.
WHO = Check(
    "who",
    "Hvem?",
    "",
    (Option(1, Mark.TEMPTING, "", "", 0), Option(2, Mark.GOOD, "", "", 0), Option(3, Mark.HARMFUL, "", "", 0)),
    0,
)
WHAT = Check(
    "what",
    "Hvad?",
    "",
    (Option(1, Mark.GOOD, "", "", 0), Option(2, Mark.TEMPTING, "", "", 0), Option(3, Mark.HARMFUL, "", "", 0)),
    0,
)
CALM = Lesson(
    "Ro på",
    "1.1",
    5,
    "",
    False,
    Completion.WORKED,
    "",
    (Section("wait", "Vent", "", (WHO, WHAT), 0), Section("reply", "Svar", "", (), 0)),
    (Source("x", "y", date(2026, 11, 22)),),
)
SAFE = replace(CALM, safety=True)
MEETING = replace(CALM, completion=Completion.ATTENDED)
BOTH = {"wait", "reply"}


@pytest.mark.parametrize(
    ("lesson", "read", "answers", "expected"),
    [
        (CALM, set[str](), {}, ["section wait", "check who", "check what", "section reply"]),
        (CALM, {"wait"}, {}, ["check who", "check what", "section reply"]),
        (CALM, BOTH, {"who": ["2"]}, ["check what"]),
        (CALM, {"wait"}, {"who": ["2"], "what": ["1"]}, ["section reply"]),
        (CALM, BOTH, {"who": ["3"], "what": ["2"]}, []),
        (CALM, BOTH, {"who": ["2"], "what": []}, ["check what"]),
        (CALM, BOTH | {"gone"}, {"who": ["1"], "what": ["1"], "gone": ["1"]}, []),
        (SAFE, BOTH, {"who": ["3"], "what": ["1"]}, ["wrong who"]),
        (SAFE, BOTH, {"who": ["3", "1", "2"], "what": ["1"]}, []),
        (SAFE, BOTH, {"who": ["2", "3"], "what": ["1"]}, []),
        (SAFE, BOTH, {"who": ["9"], "what": ["1"]}, ["wrong who"]),
        (SAFE, BOTH, {"what": ["1"]}, ["check who"]),
        (MEETING, BOTH, {"who": ["2"], "what": ["1"]}, ["attendance "]),
        (MEETING, {"reply"}, {"who": ["2"], "what": ["1"]}, ["section wait", "attendance "]),
    ],
    ids=[
        "nothing yet",
        "a section read",
        "a check answered",
        "a section left",
        "wrong answers will do",
        "an empty answer is none",
        "what the lesson no longer has does not matter",
        "safety: wrong",
        "safety: right at last",
        "safety: right once is right",
        "safety: an option that is none",
        "safety: not answered",
        "attendance is never read",
        "attendance and more",
    ],
)
def test_what_is_missing_is_told_in_the_lessons_order(
    lesson: Lesson, read: set[str], answers: Mapping[str, Sequence[str]], expected: list[str]
) -> None:
    assert [f"{one.kind} {one.id}" for one in missing(lesson, read, answers)] == expected


def test_what_is_missing_says_where_it_stands() -> None:
    [left] = missing(CALM, BOTH, {"who": ["2"]})
    assert (left.title, left.section) == ("Hvad?", "wait")


@pytest.mark.parametrize(
    ("chosen", "right"), [([], False), (["1", "3"], False), (["2"], True), (["3", "2", "1"], True), (["0", "4"], False)]
)
def test_a_check_is_solved_when_the_right_option_was_chosen(chosen: list[str], right: bool) -> None:
    assert solved(WHO, chosen) is right


@pytest.mark.parametrize(
    ("lesson", "read", "answers", "section"),
    [
        (CALM, set[str](), {}, "wait"),
        (CALM, {"wait"}, {}, "wait"),
        (CALM, {"wait"}, {"who": ["1"], "what": ["1"]}, "reply"),
        (SAFE, {"wait"}, {"who": ["1"], "what": ["1"]}, "wait"),
        (CALM, BOTH, {"who": ["1"], "what": ["1"]}, "wait"),
        (MEETING, BOTH, {"who": ["1"], "what": ["1"]}, "wait"),
    ],
    ids=["at the start", "at a check", "at the next section", "at a wrong answer", "all done", "only attendance left"],
)
def test_she_resumes_where_she_left_off(
    lesson: Lesson, read: set[str], answers: Mapping[str, Sequence[str]], section: str
) -> None:
    assert resume_at(lesson, read, answers).id == section


given_answers = st.dictionaries(st.sampled_from(["who", "what"]), st.lists(st.sampled_from("123"), max_size=4))


@given(
    lesson=st.sampled_from([CALM, SAFE, MEETING]),
    read=st.sets(st.sampled_from(sorted(BOTH))),
    answers=given_answers,
    more=st.sampled_from(["who", "what"]),
    option=st.sampled_from("123"),
)
def test_doing_more_never_adds_to_what_is_missing(
    lesson: Lesson, read: set[str], answers: dict[str, list[str]], more: str, option: str
) -> None:
    before = {one.id for one in missing(lesson, read, answers)}
    after = {one.id for one in missing(lesson, BOTH, answers | {more: [*answers.get(more, []), option]})}
    assert after <= before
