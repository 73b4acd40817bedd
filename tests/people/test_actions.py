"""Signing in and out: one answer for every failure, guessing is slowed, and strangers lock nobody out."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import bindparam, update
from sqlmodel import col

from api.demo import PASSWORD
from api.errors import Invalid, NotSignedIn, TooMany
from api.people import actions, queries, rules, tables
from api.people.actions import Attempt, Opened, sign_in, token_hash
from api.people.rules import Actor
from api.statements import Command
from tests.conftest import House
from tests.rows import rows

EMAIL = "learner@demo.example"
HOME, CAFE = "192.0.2.1", "198.51.100.7"
SignIn = Callable[..., Opened]
# The demo centre's password under a hash that costs next to nothing: the real one is tried in test_passwords.py.
CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)
SET_PASSWORD = Command(
    update(tables.Person)
    .where(col(tables.Person.email).like(bindparam("cast")))
    .values(password_hash=bindparam("cheap"))
)


@pytest.fixture
def enter(house: House) -> SignIn:
    """Tries to sign Nadia in from home, unless told otherwise."""
    house.write(lambda db: db.run(SET_PASSWORD, cast="%@demo.example", cheap=CHEAP))

    def enter(password: str = PASSWORD, email: str = EMAIL, address: str = HOME, **cookies: str) -> Opened:
        attempt = Attempt(email, password, address, **cookies)
        return asyncio.run(sign_in(house.database, attempt, house.clock()))

    return enter


def fail(house: House, times: int, email: str = EMAIL, address: str = HOME, browser: str = "") -> None:
    """Failures as they are noted, without the price of a hash for each."""
    for _time in range(times):
        house.write(actions._note_failure, Attempt(email, "wrong", address, browser=browser), house.clock())


def who(house: House, opened: Opened) -> Actor | None:
    found: Actor | None = house.read(queries.actor, token_hash(opened.session), house.clock())
    return found


def test_the_right_password_opens_a_session(house: House, enter: SignIn) -> None:
    actor = who(house, enter())
    assert actor is not None
    assert (actor.id, actor.name, actor.language) == (house.actor("learner").id, "Nadia Lind", "da")
    assert actor.roles == {rules.Role.LEARNER}


@pytest.mark.parametrize("email", ["  LEARNER@demo.example ", "Learner@Demo.Example"])
def test_an_e_mail_is_the_same_in_any_letters(house: House, enter: SignIn, email: str) -> None:
    actor = who(house, enter(email=email))
    assert actor is not None
    assert actor.id == house.actor("learner").id


def test_a_wrong_password_and_an_unknown_e_mail_say_the_same(enter: SignIn) -> None:
    with pytest.raises(NotSignedIn) as wrong:
        enter(password="rolig-Demo")
    with pytest.raises(NotSignedIn) as unknown:
        enter(email="nobody@demo.example")
    assert wrong.value.problems == unknown.value.problems


@pytest.mark.parametrize(
    ("sent", "field"), [({"email": "  "}, "email"), ({"password": ""}, "password")], ids=["no e-mail", "no password"]
)
def test_what_is_left_empty_is_named(enter: SignIn, sent: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(**sent)
    assert refused.value.first.field == field


def test_signing_in_again_ends_the_session_the_browser_came_with(house: House, enter: SignIn) -> None:
    first = enter()
    elsewhere = enter(address=CAFE)
    second = enter(session=first.session, browser=first.browser)
    assert second.session != first.session
    assert second.browser == first.browser
    assert who(house, first) is None
    assert who(house, second) is not None
    assert who(house, elsewhere) is not None, "another device stays signed in"


def test_a_session_ends_after_fourteen_days(house: House, enter: SignIn) -> None:
    opened = enter()
    house.clock.pass_by(days=14, seconds=-1)
    assert who(house, opened) is not None
    house.clock.pass_by(seconds=1)
    assert who(house, opened) is None


def test_what_has_ended_is_swept_away_at_the_next_sign_in(house: House, enter: SignIn) -> None:
    enter()
    fail(house, 3, address=CAFE)
    house.clock.pass_by(days=400)
    enter(address=CAFE)
    assert len(rows(house, tables.SignIn)) == 1
    assert len(rows(house, tables.KnownBrowser)) == 1
    assert rows(house, tables.SignInTrouble) == []


def test_after_five_failures_the_sixth_try_waits(house: House, enter: SignIn) -> None:
    for _time in range(5):
        with pytest.raises(NotSignedIn):
            enter(password="guess")
    with pytest.raises(TooMany) as slowed:
        enter()
    assert slowed.value.wait == 1
    assert slowed.value.first.values == {"wait": 1}
    house.clock.pass_by(seconds=1)
    enter()


def test_unknown_e_mails_are_slowed_just_the_same(house: House, enter: SignIn) -> None:
    fail(house, 5, email="nobody@demo.example")
    with pytest.raises(TooMany):
        enter(email="nobody@demo.example")


def test_a_try_that_has_to_wait_is_not_looked_at_and_not_counted(house: House, enter: SignIn) -> None:
    fail(house, 7)
    for _time in range(3):
        with pytest.raises(TooMany) as slowed:
            enter(password="guess")
        assert slowed.value.wait == 4


def test_another_address_and_another_account_do_not_wait(house: House, enter: SignIn) -> None:
    fail(house, 9)
    assert who(house, enter(address=CAFE)) is not None
    assert who(house, enter(email="live@demo.example")) is not None


def test_success_forgets_this_accounts_failures_from_here(house: House, enter: SignIn) -> None:
    fail(house, 4)
    enter()
    fail(house, 4)
    enter()


def test_failures_are_forgotten_after_half_an_hour(house: House, enter: SignIn) -> None:
    fail(house, 4)
    house.clock.pass_by(minutes=30, seconds=1)
    fail(house, 4)
    enter()


def test_an_address_that_guesses_at_many_accounts_waits_too(house: House, enter: SignIn) -> None:
    for number in range(rules.FREE_ADDRESS):
        fail(house, 1, email=f"guess{number}@demo.example")
    with pytest.raises(TooMany):
        enter()
    assert who(house, enter(address=CAFE)) is not None


def test_an_account_guessed_at_from_many_places_answers_late_but_answers(
    house: House, enter: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused: list[float] = []

    async def note(seconds: float) -> None:
        paused.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", note)
    for number in range(rules.FREE_ACCOUNT):
        fail(house, 1, address=f"203.0.113.{number}")
    known = enter(address=CAFE)
    assert paused == [rules.ACCOUNT_PAUSE]
    enter(address=CAFE, browser=known.browser)
    assert paused == [rules.ACCOUNT_PAUSE, 0]


def test_strangers_do_not_slow_a_browser_she_has_used_before(house: House, enter: SignIn) -> None:
    known = enter()
    fail(house, 50)
    with pytest.raises(TooMany):
        enter()
    assert who(house, enter(browser=known.browser)) is not None


def test_a_known_browser_is_slowed_by_its_own_failures(house: House, enter: SignIn) -> None:
    known = enter()
    fail(house, 5, browser=known.browser)
    with pytest.raises(TooMany):
        enter(address=CAFE, browser=known.browser)
    house.clock.pass_by(seconds=1)
    enter(address=CAFE, browser=known.browser)


def test_a_browser_known_to_one_person_is_not_known_to_another(house: House, enter: SignIn) -> None:
    hers = enter(email="live@demo.example")
    fail(house, 9)
    with pytest.raises(TooMany):
        enter(browser=hers.browser)


def test_signing_out_ends_this_session_alone(house: House, enter: SignIn) -> None:
    here, there = enter(), enter(address=CAFE)
    actor = who(house, here)
    assert actor is not None
    house.write(actions.sign_out, actor)
    assert who(house, here) is None
    assert who(house, there) is not None


def test_signing_out_everywhere_ends_every_session_of_hers_and_nobody_elses(house: House, enter: SignIn) -> None:
    here, there, other = enter(), enter(address=CAFE), enter(email="live@demo.example")
    house.write(actions.sign_out_everywhere, who(house, here))
    assert [who(house, opened) is None for opened in (here, there, other)] == [True, True, False]


def test_a_language_is_chosen_and_kept(house: House) -> None:
    nadia = house.actor("learner")
    house.write(actions.choose_language, nadia, "en")
    assert house.actor("learner").language == "en"
    assert house.actor("live").language == "da"


@pytest.mark.parametrize("language", ["", "de", "EN", "da\0"])
def test_a_language_we_do_not_have_is_refused(house: House, language: str) -> None:
    with pytest.raises(Invalid) as refused:
        house.write(actions.choose_language, house.actor("learner"), language)
    assert refused.value.first.field == "language"
    assert house.actor("learner").language == "da"


def test_secrets_are_stored_as_hashes_only(house: House, enter: SignIn) -> None:
    opened = enter()
    for table, secret in ((tables.SignIn, opened.session), (tables.KnownBrowser, opened.browser)):
        assert len(rows(house, table, token_hash=token_hash(secret))) == 1
        assert rows(house, table, token_hash=secret) == []


def test_seconds_between_tries_grow_until_half_a_minute(house: House, enter: SignIn) -> None:
    waits = []
    for _time in range(8):
        fail(house, 1)
        try:
            enter(password="guess", address=HOME)
        except TooMany as slowed:
            waits.append(slowed.wait)
            house.clock.at += timedelta(seconds=slowed.wait)
        except NotSignedIn:
            waits.append(0)
    assert waits == [0, 0, 1, 2, 4, 8, 16, 30]
