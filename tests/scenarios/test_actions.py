"""Playing a call: beginning, moving, ending, beginning again, and two windows at once."""

from datetime import date

import pytest

from api.enrolments.tables import Evidence, Progress
from api.errors import Conflict, Forbidden, Invalid, NotFound
from api.ids import new_id
from api.library.graph import EndType
from api.scenarios import actions
from api.scenarios.tables import Attempt, Move
from tests.conftest import TODAY, House
from tests.course import SCENARIO, put_up, small_course
from tests.enrolments.taking import enrol
from tests.rows import everything, rows
from tests.scenarios.calling import CALL, begin, current, move, played


@pytest.fixture
def taught(house: House) -> House:
    """The house with the small course up, and Noor on its plan from today."""
    put_up(house)
    enrol(house)
    return house


def edited(title: str) -> dict[str, str]:
    files = small_course()
    files["scenarios/short-call.da.md"] = SCENARIO.format(title=title)
    return files


def test_before_it_is_begun_the_call_is_shown_and_nothing_is_kept(taught: House) -> None:
    before = everything(taught)
    run = current(taught)
    assert run.attempt is None
    assert run.call.moment.id == "opening"
    assert everything(taught) == before


def test_a_call_is_begun(taught: House) -> None:
    run = begin(taught)
    assert run.attempt is not None
    assert (run.attempt.number, run.attempt.ended_as, run.call.turns) == (1, None, ())
    [attempt] = rows(taught, Attempt)
    assert (attempt.id, attempt.person_id, attempt.started_at) == (
        run.attempt.id,
        taught.actor("new").id,
        taught.clock(),
    )
    [progress] = rows(taught, Progress, person_id=taught.actor("new").id)
    assert (progress.unit, progress.revision_id, progress.done_at) == (CALL, attempt.revision_id, None)


def test_a_double_click_on_begin_makes_one_attempt(taught: House) -> None:
    first = begin(taught)
    before = everything(taught)
    assert begin(taught) == first._replace(access=current(taught).access)
    assert everything(taught) == before


def test_a_move_is_made_and_the_call_resumes_there(taught: House) -> None:
    run = move(taught, begin(taught), 1, 1)
    assert (run.call.moment.id, run.call.state["trust"]) == ("heard", 55)
    assert current(taught).call == run.call
    [kept] = rows(taught, Move)
    assert (kept.place, kept.choice, kept.moved_at) == (1, 1, taught.clock())


def test_the_same_move_sent_twice_counts_once_and_gets_the_same_answer(taught: House) -> None:
    run = begin(taught)
    first = move(taught, run, 1, 1)
    before = everything(taught)
    assert move(taught, run, 1, 1).call == first.call
    assert everything(taught) == before


def test_an_early_move_sent_again_late_is_answered_with_the_call_as_it_stands(taught: House) -> None:
    run = played(taught, 2, 1)
    assert move(taught, run, 1, 2).call == run.call


@pytest.mark.parametrize(("place", "choice"), [(1, 2), (1, 99), (0, 1), (-1, 1), (3, 1), (1000, 1)], ids=str)
def test_a_move_that_conflicts_with_what_is_played_changes_nothing(taught: House, place: int, choice: int) -> None:
    run = played(taught, 1)
    before = everything(taught)
    with pytest.raises(Conflict):
        move(taught, run, place, choice)
    assert everything(taught) == before
    assert current(taught).call == run.call


@pytest.mark.parametrize("choice", [4, -1, 99])
def test_a_choice_that_is_not_there_is_refused_at_its_field(taught: House, choice: int) -> None:
    run = begin(taught)
    before = everything(taught)
    with pytest.raises(Invalid) as refused:
        move(taught, run, 1, choice)
    assert refused.value.first.field == "choice"
    assert everything(taught) == before


@pytest.mark.parametrize(
    ("choices", "end"), [((1, 1), EndType.AGREED), ((3,), EndType.HUNG_UP_TOO_SOON)], ids=["well", "badly"]
)
def test_however_it_ends_the_unit_is_done_once_and_proved(
    taught: House, choices: tuple[int, ...], end: EndType
) -> None:
    run = played(taught, *choices)
    assert run.attempt is not None
    assert run.attempt.ended_as == end
    assert run.call.ended
    noor = taught.actor("new")
    [progress] = rows(taught, Progress, person_id=noor.id)
    assert progress.done_at == taught.clock()
    [proof] = rows(taught, Evidence, person_id=noor.id)
    assert (proof.unit, proof.what, proof.revision_id) == (CALL, "completed", progress.revision_id)
    assert enrol(taught, again=True).row.steps_done == 1


def test_after_the_end_no_move_can_be_made(taught: House) -> None:
    run = played(taught, 1, 1)
    before = everything(taught)
    with pytest.raises(Invalid):
        move(taught, run, 3, 1)
    assert everything(taught) == before


def test_a_call_begun_again_is_a_new_attempt_and_the_first_stays(taught: House) -> None:
    first = played(taught, 3)
    second = begin(taught)
    assert first.attempt is not None
    assert second.attempt is not None
    assert (second.attempt.number, second.call.turns) == (2, ())
    assert [row.ended_as for row in sorted(rows(taught, Attempt), key=lambda row: int(row.number))] == [
        EndType.HUNG_UP_TOO_SOON,
        None,
    ]
    assert len(rows(taught, Move, attempt_id=first.attempt.id)) == 1


def test_a_call_can_be_begun_again_in_the_middle(taught: House) -> None:
    first = played(taught, 1)
    second = begin(taught)
    assert second.attempt is not None
    assert second.attempt.number == 2
    assert current(taught).attempt == second.attempt
    # A window that is still on the first attempt may end it; what is shown is the second.
    assert move(taught, first, 2, 1).call.ended
    assert current(taught).attempt == second.attempt


def test_practice_after_the_first_end_adds_no_proof_and_takes_nothing_back(taught: House) -> None:
    played(taught, 1, 1)
    proofs, progress = rows(taught, Evidence), rows(taught, Progress)
    taught.clock.pass_by(days=1)
    played(taught, 3)
    assert (rows(taught, Evidence), rows(taught, Progress)) == (proofs, progress)


def test_she_keeps_the_text_she_began_with_until_it_is_finished(taught: House) -> None:
    played(taught, 2)
    put_up(taught, edited("Et nyt opkald"))
    assert current(taught).call.scenario.title == "Opkaldet"
    assert begin(taught).call.scenario.title == "Opkaldet", "begun again in the middle: still hers"
    assert played(taught, 1, 1).call.scenario.title == "Opkaldet"
    assert begin(taught).call.scenario.title == "Et nyt opkald", "practice takes the newest"


def test_there_is_an_end_to_how_much_one_account_can_store(taught: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_ATTEMPTS", 2)
    monkeypatch.setattr(actions, "MOST_MOVES", 3)
    played(taught, 3)
    run = played(taught, 2, 2, 2)
    before = everything(taught)
    with pytest.raises(Conflict):
        move(taught, run, 4, 2)
    with pytest.raises(Conflict):
        begin(taught)
    assert everything(taught) == before


@pytest.mark.parametrize("whose", ["another learner's", "another call's", "nobody's"])
def test_an_attempt_that_is_not_hers_at_this_call_is_not_there(taught: House, whose: str) -> None:
    enrol(taught, "learner")
    run = begin(taught)
    before = everything(taught)
    assert run.attempt is not None
    nobodys = run._replace(attempt=run.attempt._replace(id=new_id()))
    with pytest.raises((NotFound, Conflict)):
        {
            "another learner's": lambda: move(taught, run, 1, 1, name="learner"),
            "another call's": lambda: move(taught, run, 1, 1, unit="calm"),
            "nobody's": lambda: move(taught, nobodys, 1, 1),
        }[whose]()
    assert everything(taught) == before


@pytest.mark.parametrize(
    ("unit", "name", "today", "refusal"),
    [
        ("calm", "new", TODAY, NotFound),
        ("nowhere", "new", TODAY, NotFound),
        (CALL, "learner", TODAY, NotFound),
        (CALL, "new", date(2026, 11, 20), Forbidden),
    ],
    ids=["a lesson", "nothing", "not on her plan", "locked"],
)
def test_what_cannot_be_begun_is_refused(
    taught: House, unit: str, name: str, today: date, refusal: type[Exception]
) -> None:
    before = everything(taught)
    with pytest.raises(refusal):
        begin(taught, name, unit, today)
    assert everything(taught) == before


def test_a_preview_can_be_played_and_completes_nothing(taught: House) -> None:
    run = played(taught, 1, 1, name="trainer")
    assert run.access.preview
    assert run.call.succeeded
    trainer = taught.actor("trainer").id
    assert rows(taught, Progress, person_id=trainer) == []
    assert rows(taught, Evidence, person_id=trainer) == []


@pytest.mark.parametrize("way", ["moves on", "goes back", "begins again"])
def test_a_call_tried_as_a_preview_is_begun_on_her_plan_with_what_she_does_next(taught: House, way: str) -> None:
    run = begin(taught, "trainer") if way == "begins again" else played(taught, 1, name="trainer")
    assert run.attempt is not None
    enrol(taught, "trainer")
    trainer = taught.actor("trainer")
    assert rows(taught, Progress, person_id=trainer.id) == []
    if way == "moves on":
        move(taught, run, 2, 2, name="trainer")
    elif way == "goes back":
        taught.write(actions.go_back, trainer, CALL, run.attempt.id, 1, TODAY, taught.clock())
    else:
        begin(taught, "trainer")
    [progress] = rows(taught, Progress, person_id=trainer.id)
    assert (progress.unit, progress.revision_id, progress.done_at) == (CALL, run.attempt.revision_id, None)


def test_a_call_begun_as_a_preview_counts_when_it_ends_on_her_own_plan(taught: House) -> None:
    run = played(taught, 1, name="trainer")
    enrol(taught, "trainer")
    assert not move(taught, run, 2, 1, name="trainer").access.preview
    trainer = taught.actor("trainer").id
    [progress] = rows(taught, Progress, person_id=trainer)
    assert progress.done_at == taught.clock()
    assert len(rows(taught, Evidence, person_id=trainer)) == 1
    assert enrol(taught, "trainer", again=True).row.steps_done == 1
