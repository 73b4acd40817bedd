"""The permission table, and how long a sign-in waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import Forbidden
from api.people.rules import (
    FORGOTTEN,
    FREE_PAIR,
    LONGEST,
    PERMISSIONS,
    Act,
    Actor,
    Role,
    Trouble,
    demand,
    dialled,
    failures_now,
    may,
    roles_of,
    wait,
)

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
# The whole table once more, by hand: a permission that is widened has to be widened here too.
ALLOWED = {
    Role.LEARNER: set[Act](),
    Role.TRAINER: {Act.AUTHOR, Act.ASSIGN, Act.SEE_STEPS, Act.CHECK_SOURCES, Act.PREVIEW},
    Role.MANAGER: {Act.SEE_STEPS, Act.SEE_TEAM, Act.PREVIEW, Act.SIGN_LINE, Act.SEE_LINE},
    Role.SAFETY_REP: {Act.PREVIEW, Act.SEE_LINE},
    Role.ADMIN: {Act.AUTHOR, Act.ASSIGN, Act.SEE_STEPS, Act.CHECK_SOURCES, Act.PREVIEW, Act.SET_CARD},
}


def person(*roles: Role) -> Actor:
    return Actor("nadia", "centre", "Nadia Lind", frozenset(roles), "da", "")


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_table_says(role: Role, act: Act) -> None:
    allowed = act in ALLOWED[role]
    assert may(person(role), act) is allowed
    if allowed:
        demand(person(role), act)
    else:
        with pytest.raises(Forbidden):
            demand(person(role), act)


@pytest.mark.parametrize("act", Act)
def test_two_roles_may_what_either_may_and_no_role_nothing(act: Act) -> None:
    both = person(Role.LEARNER, Role.TRAINER)
    assert may(both, act) is (act in ALLOWED[Role.TRAINER])
    assert not may(person(), act)


def test_every_act_stands_in_the_table_and_somebody_may_do_it() -> None:
    assert set(PERMISSIONS) == set(Act)
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize(
    ("stored", "roles"),
    [
        ("learner", {Role.LEARNER}),
        ("manager safety_rep", {Role.MANAGER, Role.SAFETY_REP}),
        ("", set[Role]()),
    ],
)
def test_roles_are_stored_as_words(stored: str, roles: set[Role]) -> None:
    assert roles_of(stored) == roles


def test_a_role_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="owner"):
        roles_of("learner owner")


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 30), (11, 30), (5000, 30)],
)
def test_waiting_doubles_up_to_the_longest(failures: int, seconds: int) -> None:
    assert wait(Trouble(failures, NOW), FREE_PAIR, NOW) == seconds


def test_without_failures_nobody_waits() -> None:
    assert wait(None, 0, NOW) == 0


@pytest.mark.parametrize(
    ("passed", "seconds"),
    [
        (timedelta(0), 30),
        (timedelta(milliseconds=1), 30),
        (timedelta(seconds=29, milliseconds=1), 1),
        (timedelta(seconds=30), 0),
        (timedelta(hours=2), 0),
    ],
)
def test_waiting_is_counted_from_the_last_failure_in_whole_seconds(passed: timedelta, seconds: int) -> None:
    assert wait(Trouble(20, NOW), FREE_PAIR, NOW + passed) == seconds


@pytest.mark.parametrize(
    ("before", "passed", "failures"),
    [
        (None, timedelta(0), 1),
        (7, timedelta(seconds=1), 8),
        (7, FORGOTTEN, 8),
        (7, FORGOTTEN + timedelta(microseconds=1), 1),
    ],
    ids=["the first", "one more", "just in time", "the old ones are forgotten"],
)
def test_failures_are_forgotten_after_half_an_hour(before: int | None, passed: timedelta, failures: int) -> None:
    trouble = None if before is None else Trouble(before, NOW)
    assert failures_now(trouble, NOW + passed) == failures


@given(
    failures=st.integers(0, 100_000),
    free=st.integers(0, 50),
    passed=st.timedeltas(timedelta(0), timedelta(days=2)),
)
def test_nobody_ever_waits_longer_than_the_longest_and_every_wait_ends(
    failures: int, free: int, passed: timedelta
) -> None:
    seconds = wait(Trouble(failures, NOW), free, NOW + passed)
    assert 0 <= seconds <= LONGEST
    assert wait(Trouble(failures, NOW), free, NOW + passed + timedelta(seconds=seconds)) == 0


def test_a_number_is_dialled_without_what_is_only_for_the_eye() -> None:
    assert dialled("+45 12 34 (56) 78") == "+4512345678"
