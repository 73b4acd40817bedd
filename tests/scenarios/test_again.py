"""Breathing, going back, leaving out, looking back, and other eyes: what a learner can do beside playing on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from api.enrolments.tables import Evidence, Progress
from api.errors import Conflict, Forbidden, Invalid, NotFound
from api.lessons.rules import LONGEST_WORDS
from api.library.graph import EndType
from api.library.queries import _parsed as parsed_before
from api.scenarios import actions, queries
from api.scenarios.queries import LookingBack, Run
from api.scenarios.tables import Attempt, Move, Reflection
from api.statements import Command
from tests.conftest import TODAY, House
from tests.course import put_up
from tests.enrolments.taking import enrol
from tests.rows import everything, rows
from tests.scenarios.calling import CALL, begin, current, move, played, rewritten

OPENING = "## Telefonen ringer {#opening}"
VIEWED = (
    ("trust: 40, calm: 70}", "trust: 40, calm: 70}\nviews: {target: Det er dig, bystander: Du hører det}"),
    (OPENING, "## Telefonen ringer {#opening view=target}"),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard view=bystander}"),
)
NOTED = (("ends: [", "content_note: Kunden er meget vred.\nends: ["),)


@pytest.fixture
def taught(house: House) -> House:
    """The house with the small course up, and Noor on its plan from today."""
    put_up(house)
    enrol(house)
    return house


def ask(house: House, action: Any, *arguments: Any, name: str = "new", unit: str = CALL) -> Any:
    return house.write(action, house.actor(name), unit, *arguments, TODAY, house.clock())


def back(house: House, run: Run, place: int, name: str = "new", unit: str = CALL) -> Run:
    assert run.attempt is not None
    again: Run = ask(house, actions.go_back, run.attempt.id, place, name=name, unit=unit)
    return again


def write(house: House, run: Run, text: str, name: str = "new", unit: str = CALL) -> Run:
    assert run.attempt is not None
    written: Run = ask(house, actions.reflect, run.attempt.id, text, name=name, unit=unit)
    return written


def looked_back(house: House, run: Run, name: str = "new") -> LookingBack:
    found = house.read(queries.looking_back, house.actor(name), run)
    assert isinstance(found, LookingBack)
    return found


def test_a_breath_is_kept_as_a_move_and_taken_once_a_moment(taught: House) -> None:
    run = move(taught, begin(taught), 1, 0)
    assert (run.call.moment.id, run.call.state["calm"], run.call.may_breathe) == ("opening", 90, False)
    assert [(row.place, row.choice) for row in rows(taught, Move)] == [(1, 0)]
    before = everything(taught)
    assert move(taught, run, 1, 0).call == run.call, "sent twice, kept once"
    with pytest.raises(Invalid):
        move(taught, run, 2, 0)
    assert everything(taught) == before
    assert move(taught, run, 2, 2).call.may_breathe


def no_longer_walks(house: House, run: Run) -> None:
    """As if the rules had been changed under a stored attempt: its first move cannot be made."""
    assert run.attempt is not None
    impossible = update(Move).where(col(Move.attempt_id) == run.attempt.id, col(Move.place) == 1).values(choice=9)
    house.write(lambda db: db.run(Command(impossible)))
    queries._walked.clear()


def test_an_attempt_that_no_longer_walks_stands_in_nobodys_way(taught: House) -> None:
    no_longer_walks(taught, played(taught, 1, 1))
    assert current(taught).attempt is None
    assert current(taught).call.moment.id == "opening"
    again = played(taught, 3)
    assert again.call.ended
    found = looked_back(taught, again)
    assert (found.first.number, found.best.number) == (2, 2)


@pytest.mark.parametrize(("place", "moment", "moves"), [(1, "opening", ()), (2, "heard", (1,)), (3, "opening", (1, 2))])
def test_going_back_is_a_new_attempt_that_stands_before_that_move(
    taught: House, place: int, moment: str, moves: tuple[int, ...]
) -> None:
    first = played(taught, 1, 2, 3)
    assert first.attempt is not None
    again = back(taught, first, place)
    assert again.attempt is not None
    assert (again.call.moment.id, again.call.moves) == (moment, moves)
    assert (again.attempt.number, again.attempt.ended_as, again.attempt.revision_id) == (
        2,
        None,
        first.attempt.revision_id,
    )
    assert len(rows(taught, Move, attempt_id=first.attempt.id)) == 3, "the first stays as it was"
    before = everything(taught)
    assert back(taught, first, place).attempt == again.attempt, "done twice, it makes one"
    assert everything(taught) == before
    assert move(taught, again, place, 2).call.moves == (*moves, 2)


def test_going_back_from_a_call_under_way_leaves_it_under_way(taught: House) -> None:
    first = played(taught, 2, 2)
    again = back(taught, first, 2)
    assert again.call.moves == (2,)
    assert current(taught).attempt == again.attempt
    third = back(taught, first, 1)
    assert third.attempt is not None
    assert (third.attempt.number, third.call.moves) == (3, ())


@pytest.mark.parametrize("place", [-1, 0, 4, 1000])
def test_one_does_not_go_back_to_what_was_never_played(taught: House, place: int) -> None:
    run = played(taught, 1, 2, 3)
    before = everything(taught)
    with pytest.raises(Conflict):
        back(taught, run, place)
    assert everything(taught) == before


def test_an_attempt_of_others_or_of_another_unit_is_left_alone(taught: House) -> None:
    enrol(taught, "learner")
    run = played(taught, 3)
    before = everything(taught)
    asked: tuple[tuple[Callable[..., Run], Any], ...] = ((back, 1), (write, "Mine ord"))
    for action, last in asked:
        with pytest.raises(NotFound):
            action(taught, run, last, name="learner")
        with pytest.raises(Conflict):
            action(taught, run, last, unit="calm")
        with pytest.raises(NotFound):
            action(taught, run, last, unit="nowhere")
    assert everything(taught) == before


def test_going_back_is_bounded_as_beginning_is(taught: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_ATTEMPTS", 1)
    run = played(taught, 3)
    with pytest.raises(Conflict):
        back(taught, run, 1)


@pytest.fixture
def noted(house: House) -> House:
    """The house with a call that says a hard thing before it begins."""
    put_up(house, rewritten(*NOTED))
    enrol(house)
    return house


def test_a_call_with_a_content_note_is_left_out_with_the_same_credit(noted: House) -> None:
    ask(noted, actions.skip)
    noor = noted.actor("new").id
    [progress] = rows(noted, Progress, person_id=noor)
    [proof] = rows(noted, Evidence, person_id=noor)
    assert (progress.done_at, proof.what) == (noted.clock(), "completed")
    assert rows(noted, Attempt) == []
    assert enrol(noted, again=True).row.steps_done == 1
    before = everything(noted)
    noted.clock.pass_by(days=1)
    ask(noted, actions.skip)
    assert everything(noted) == before, "done twice, it counts once"
    assert played(noted, 1, 1).call.succeeded, "and it can be played all the same"


def test_only_a_call_with_a_content_note_can_be_left_out(taught: House) -> None:
    before = everything(taught)
    for name, unit, refusal in (("new", CALL, Conflict), ("new", "calm", NotFound), ("learner", CALL, NotFound)):
        with pytest.raises(refusal):
            ask(taught, actions.skip, name=name, unit=unit)
    assert everything(taught) == before


def test_who_looks_in_leaves_nothing_out(noted: House) -> None:
    before = everything(noted)
    ask(noted, actions.skip, name="trainer")
    assert everything(noted) == before


def test_her_own_words_are_kept_and_the_newest_stand(taught: House) -> None:
    run = played(taught, 3)
    assert looked_back(taught, run).reflection is None
    write(taught, run, "  Hun blev ikke hørt.  ")
    assert looked_back(taught, run).reflection == "Hun blev ikke hørt."
    taught.clock.pass_by(days=1)
    assert write(taught, run, "x" * LONGEST_WORDS).call == run.call
    [kept] = rows(taught, Reflection)
    assert (kept.text, kept.written_at) == ("x" * LONGEST_WORDS, taught.clock())


@pytest.mark.parametrize("text", ["", "   \n", "x" * (LONGEST_WORDS + 1), "a\0b"])
def test_words_that_cannot_be_kept_are_refused(taught: House, text: str) -> None:
    run = played(taught, 3)
    before = everything(taught)
    with pytest.raises(Invalid):
        write(taught, run, text)
    assert everything(taught) == before


def test_a_call_under_way_is_not_looked_back_on(taught: House) -> None:
    run = played(taught, 1)
    with pytest.raises(Conflict):
        write(taught, run, "For tidligt.")
    for unended in (run, run._replace(attempt=None)):
        assert taught.read(queries.looking_back, taught.actor("new"), unended) is None


def test_looking_back_holds_the_first_attempt_beside_the_best(taught: House) -> None:
    first = looked_back(taught, played(taught, 3))
    assert (first.first, first.best.number) == (first.best, 1)
    well = looked_back(taught, played(taught, 2, 1, 1))
    assert (well.first.number, well.best.number) == (1, 2)
    assert well.first.call.moment.end is EndType.HUNG_UP_TOO_SOON
    best = looked_back(taught, played(taught, 1, 1))
    assert (best.best.number, best.best.call.moves) == (3, (1, 1))
    worse = looked_back(taught, played(taught, 2, 3))
    assert (worse.first.number, worse.best.number) == (1, 3)
    same = looked_back(taught, played(taught, 1, 1))
    assert same.best.number == 3, "of two alike the earlier one"
    assert looked_back(taught, played(taught, 0, 1, 1)).best.number == 6, "more calm is better"


@pytest.fixture
def viewed(house: House) -> House:
    """The house with a call that can be played through two pairs of eyes."""
    put_up(house, rewritten(*VIEWED))
    enrol(house)
    return house


@pytest.mark.parametrize(("view", "moment"), [("", "opening"), ("target", "opening"), ("bystander", "heard")])
def test_a_call_is_played_through_the_eyes_one_chose(viewed: House, view: str, moment: str) -> None:
    run = begin(viewed, view=view)
    assert run.attempt is not None
    assert (run.attempt.view, run.call.moment.id) == (view, moment)
    moved = move(viewed, run, 1, 2)
    assert current(viewed).call == moved.call
    again = back(viewed, moved, 1)
    assert again.attempt is not None
    assert (again.attempt.view, again.call.moment.id) == (view, moment)


def test_before_the_first_move_one_may_choose_other_eyes(viewed: House) -> None:
    first, second = begin(viewed, view="target"), begin(viewed, view="bystander")
    assert first.attempt is not None
    assert second.attempt == first.attempt._replace(view="bystander")
    assert second.call.moment.id == "heard"
    with pytest.raises(Invalid) as refused:
        begin(viewed, view="nobody")
    assert refused.value.first.field == "view"


def test_eyes_that_a_newer_text_has_are_not_given_to_an_attempt_on_the_older(taught: House) -> None:
    played(taught, 3)
    begin(taught)
    put_up(taught, rewritten(*VIEWED))
    with pytest.raises(Invalid):
        begin(taught, view="bystander")
    move(taught, current(taught), 1, 2)
    assert begin(taught, view="bystander").call.moment.id == "heard"


def test_what_was_played_stands_the_same_after_the_file_was_changed(taught: House) -> None:
    states = [begin(taught).call]
    run = current(taught)
    for place, choice in enumerate((2, 0, 1, 2), 1):
        run = move(taught, run, place, choice)
        states.append(run.call)
    louder = (".tempting ladder=+1 trust=-10", ".tempting ladder=+2 trust=-40"), ("calm: 70}", "calm: 10}")
    assert put_up(taught, rewritten(*louder)).changed == [CALL]
    parsed_before.clear()  # as after a restart
    assert current(taught).call == states[-1]
    for place, stood in enumerate(states[:-1], 1):
        assert back(taught, run, place).call == stood
    assert move(taught, run, 5, 3).call.ended


def test_a_call_that_is_locked_stays_so(noted: House) -> None:
    with pytest.raises(Forbidden):
        noted.write(actions.skip, noted.actor("new"), CALL, date(2026, 11, 20), noted.clock())
