"""Working through a lesson: what is kept, what finishes it, and that nothing is kept where nothing may be."""

from dataclasses import replace
from datetime import date

import pytest

from api.enrolments.tables import Evidence
from api.errors import Invalid, NotFound
from api.lessons import actions, queries
from api.lessons.actions import KEPT_ANSWERS
from api.lessons.rules import Sent
from api.lessons.tables import Answer
from api.library.values import Mark
from tests.conftest import TODAY, House
from tests.course import put_up
from tests.enrolments.taking import enrol
from tests.lessons.working import RIGHT, answer, answers, finish, go_on, open_lesson, progress
from tests.rows import everything, rows

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def taught(house: House) -> House:
    """The house with the small course up, and Noor on its plan from today."""
    put_up(house)
    enrol(house)
    return house


def test_opening_a_lesson_is_noted_once(taught: House) -> None:
    open_lesson(taught)
    before = everything(taught)
    taught.clock.pass_by(hours=1)
    open_lesson(taught)
    assert everything(taught) == before
    assert progress(taught).read_sections == ""


def test_an_answer_gets_its_mark_and_its_why_and_is_kept(taught: House) -> None:
    reply = answer(taught, option=3)
    assert reply.option is not None
    assert (reply.check.id, reply.option.mark, reply.just_done) == ("who-speaks", Mark.HARMFUL, False)
    assert reply.option.why == "<p>Så hører ingen noget.</p>"
    assert [one.id for one in reply.desk.missing] == ["wait", "reply", "what-now"]
    assert answers(taught) == [("who-speaks", 3, "first")]
    [kept] = rows(taught, Answer)
    assert (kept.revision_id, kept.answered_at) == (progress(taught).revision_id, taught.clock())


def test_the_same_answer_sent_twice_counts_once_and_gets_the_same_reply(taught: House) -> None:
    first = answer(taught)
    before = everything(taught)
    second = answer(taught)
    assert everything(taught) == before
    assert (second.option, second.just_done, second.desk.missing) == (first.option, False, first.desk.missing)


@pytest.mark.parametrize(("option", "sent_as"), [(3, "first"), (2, "second")])
def test_another_answer_or_another_key_is_another_try(taught: House, option: int, sent_as: str) -> None:
    answer(taught)
    answer(taught, option=option, sent_as=sent_as)
    assert len(answers(taught)) == 2


def test_tries_are_told_oldest_first(taught: House) -> None:
    for sent_as, option in (("z", 3), ("a", 1), ("m", 2)):
        answer(taught, option=option, sent_as=sent_as)
        taught.clock.pass_by(minutes=1)
    desk = taught.read(queries.desk, taught.actor("new"), "calm", TODAY)
    assert desk.answers == {"who-speaks": ["3", "1", "2"]}


def test_sections_are_kept_in_the_lessons_order(taught: House) -> None:
    go_on(taught, "reply")
    desk, just_done = go_on(taught, "wait")
    assert progress(taught).read_sections == "wait reply"
    assert desk.read == {"wait", "reply"}
    assert [one.id for one in desk.missing] == ["who-speaks", "what-now"]
    assert not just_done


def test_a_section_read_twice_changes_nothing(taught: House) -> None:
    go_on(taught, "wait")
    before = everything(taught)
    go_on(taught, "wait")
    assert everything(taught) == before


def test_a_lesson_is_finished_by_its_last_section(taught: House) -> None:
    answer(taught, "who-speaks", 3)
    answer(taught, "what-now", 2)
    assert not go_on(taught, "wait")[1]
    desk, just_done = go_on(taught, "reply")
    assert just_done
    assert desk.missing == ()
    done_at = progress(taught).done_at
    assert done_at == taught.clock()
    [proof] = rows(taught, Evidence, person_id=taught.actor("new").id)
    assert (proof.unit, proof.what, proof.revision_id) == ("calm", "completed", progress(taught).revision_id)


def test_a_lesson_is_finished_by_its_last_answer(taught: House) -> None:
    go_on(taught, "wait")
    go_on(taught, "reply")
    assert not answer(taught, "who-speaks", 1).just_done
    assert answer(taught, "what-now", 3).just_done


def test_after_completion_nothing_is_kept(taught: House) -> None:
    finish(taught)
    before = everything(taught)
    taught.clock.pass_by(hours=1)
    reply = answer(taught, option=3, sent_as="practice")
    assert reply.option is not None
    assert (reply.option.mark, reply.just_done, reply.desk.done) == (Mark.HARMFUL, False, True)
    desk, just_done = go_on(taught, "wait")
    assert (desk.done, just_done) == (True, False)
    open_lesson(taught)
    assert everything(taught) == before


def test_a_safety_lesson_needs_every_check_right(taught: House) -> None:
    thursday = date(2026, 11, 26)
    finish(taught)
    for section in ("wait", "reply"):
        go_on(taught, section, "safe", today=thursday)
    answer(taught, "who-speaks", 3, "a", unit="safe", today=thursday)
    reply = answer(taught, "what-now", 1, "b", unit="safe", today=thursday)
    assert [(one.kind, one.id) for one in reply.desk.missing] == [("wrong", "who-speaks")]
    assert progress(taught, "safe").done_at is None
    assert not answer(taught, "who-speaks", 1, "c", unit="safe", today=thursday).just_done
    assert answer(taught, "who-speaks", 2, "d", unit="safe", today=thursday).just_done


def test_however_often_she_was_wrong_the_right_answer_counts(taught: House) -> None:
    go_on(taught, "wait")
    for number in range(KEPT_ANSWERS):
        answer(taught, option=3, sent_as=f"try-{number}")
    assert not answer(taught, option=3, sent_as="one-too-many").right
    assert len(answers(taught)) == KEPT_ANSWERS
    answer(taught, option=2, sent_as="at-last")
    assert ("who-speaks", 2, "at-last") in answers(taught)


def test_a_day_to_attend_is_not_finished_by_reading(taught: House) -> None:
    for check, option in RIGHT.items():
        reply = answer(taught, check, option, unit="meeting", today=FRIDAY)
        assert not reply.just_done
    assert not go_on(taught, "wait", "meeting", today=FRIDAY)[1]
    desk, just_done = go_on(taught, "reply", "meeting", today=FRIDAY)
    assert not just_done
    assert [one.kind for one in desk.missing] == ["attendance"]
    assert progress(taught, "meeting").done_at is None


@pytest.mark.parametrize(
    ("change", "refusal", "field"),
    [
        ({"check": "nowhere"}, NotFound, None),
        ({"check": ""}, NotFound, None),
        ({"option": 0}, Invalid, "option"),
        ({"option": 4}, Invalid, "option"),
        ({"sent_as": ""}, Invalid, "sent_as"),
        ({"sent_as": "a" * 41}, Invalid, "sent_as"),
        ({"sent_as": "a b"}, Invalid, "sent_as"),
        ({"sent_as": "a\n"}, Invalid, "sent_as"),
        ({"unit": "nowhere"}, NotFound, None),
        ({"unit": "short-call"}, NotFound, None),
    ],
)
def test_what_cannot_be_answered_is_refused_and_leaves_nothing(
    taught: House, change: dict[str, str | int], refusal: type[NotFound | Invalid], field: str | None
) -> None:
    before = everything(taught)
    asked = {"check": "who-speaks", "option": 2, "sent_as": "first", "unit": "calm"} | change
    with pytest.raises(refusal) as refused:
        taught.write(
            actions.answer,
            taught.actor("new"),
            asked["unit"],
            asked["check"],
            Sent(int(str(asked["option"]))),
            asked["sent_as"],
            TODAY,
            taught.clock(),
        )
    assert refused.value.first.field == field
    assert everything(taught) == before


def test_a_section_that_is_not_there_is_not_found(taught: House) -> None:
    before = everything(taught)
    with pytest.raises(NotFound):
        go_on(taught, "nowhere")
    assert everything(taught) == before


def test_each_reads_the_lesson_in_her_own_language(taught: House) -> None:
    noor = taught.actor("new")
    titles = [
        taught.read(queries.desk, replace(noor, language=language), "calm", TODAY).lesson.title
        for language in ("da", "en")
    ]
    assert titles == ["Ro på", "Ro på (en)"]


def test_two_learners_keep_their_answers_apart(taught: House) -> None:
    enrol(taught, "learner")
    answer(taught, option=3)
    answer(taught, option=2, name="learner")
    found = {row.person_id: row.option for row in rows(taught, Answer)}
    assert found == {taught.actor("new").id: 3, taught.actor("learner").id: 2}
    desk = taught.read(queries.desk, taught.actor("learner"), "calm", TODAY)
    assert desk.answers == {"who-speaks": ["2"]}
