"""Signing in and out, and one's own settings."""

import asyncio
import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import Database, Db
from api.errors import Invalid, NotSignedIn, TooMany
from api.people import passwords, queries, rules
from api.people.rules import Actor
from api.people.tables import KnownBrowser, Person, SignIn, SignInTrouble
from api.statements import Command
from api.words import LANGUAGES, _

SESSION_LASTS = timedelta(days=14)
BROWSER_LASTS = timedelta(days=365)

_trouble = insert(SignInTrouble).values(
    key=bindparam("key"), failures=bindparam("failures"), last_at=bindparam("last_at")
)
SET_TROUBLE = Command(
    _trouble.on_conflict_do_update(
        index_elements=["key"], set_={"failures": _trouble.excluded.failures, "last_at": _trouble.excluded.last_at}
    )
)
FORGET_TROUBLE = Command(delete(SignInTrouble).where(col(SignInTrouble.key) == bindparam("key")))
SWEEP_TROUBLE = Command(delete(SignInTrouble).where(col(SignInTrouble.last_at) < bindparam("before")))
SWEEP_SIGN_INS = Command(delete(SignIn).where(col(SignIn.expires_at) < bindparam("now")))
END_SIGN_IN = Command(delete(SignIn).where(col(SignIn.token_hash) == bindparam("token_hash")))
END_ALL = Command(delete(SignIn).where(col(SignIn.person_id) == bindparam("person_id")))
SET_LANGUAGE = Command(
    update(Person).where(col(Person.id) == bindparam("person_id")).values(language=bindparam("chosen"))
)
_browser = insert(KnownBrowser).values(
    token_hash=bindparam("token_hash"), person_id=bindparam("person_id"), seen_at=bindparam("seen_at")
)
REMEMBER_BROWSER = Command(
    _browser.on_conflict_do_update(
        index_elements=["token_hash"],
        set_={"person_id": _browser.excluded.person_id, "seen_at": _browser.excluded.seen_at},
    )
)
SWEEP_BROWSERS = Command(delete(KnownBrowser).where(col(KnownBrowser.seen_at) < bindparam("before")))


class Opened(NamedTuple):
    """Two secrets for the browser's cookies: the session, and that this browser is known."""

    session: str
    browser: str


class Attempt(NamedTuple):
    """One try to sign in. `address` is the client's; `session` and `browser` the cookies it brought, or empty."""

    email: str
    password: str
    address: str
    session: str = ""
    browser: str = ""


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class _Keys(NamedTuple):
    """Under what failures are counted: hashes, so that the table tells nothing."""

    pair: str  # this account from this address
    address: str
    account: str
    browser: str  # a browser the person has signed in from before


def _keys(attempt: Attempt) -> _Keys:
    email = _canonical(attempt.email)
    return _Keys(
        token_hash(f"pair {email} {attempt.address}"),
        token_hash(f"address {attempt.address}"),
        token_hash(f"account {email}"),
        token_hash(f"browser {email} {attempt.browser}"),
    )


def _canonical(email: str) -> str:
    return email.strip().casefold()


class _Look(NamedTuple):
    person_id: str | None
    password_hash: str | None
    wait: int
    pause: float


def _look(db: Db, attempt: Attempt, now: datetime) -> _Look:
    keys = _keys(attempt)
    person = db.one(queries.CREDENTIALS, email=_canonical(attempt.email))
    known = (
        person is not None
        and attempt.browser != ""
        and (db.one(queries.KNOWN_BROWSER, token_hash=token_hash(attempt.browser), person_id=person.id) is not None)
    )
    pause = 0.0
    if known:
        waits = rules.wait(queries.trouble(db, keys.browser), rules.FREE_PAIR, now)
    else:
        waits = max(
            rules.wait(queries.trouble(db, keys.pair), rules.FREE_PAIR, now),
            rules.wait(queries.trouble(db, keys.address), rules.FREE_ADDRESS, now),
        )
        if rules.wait(queries.trouble(db, keys.account), rules.FREE_ACCOUNT, now):
            pause = rules.ACCOUNT_PAUSE
    return _Look(person.id if person else None, person.password_hash if person else None, waits, pause)


async def sign_in(database: Database, attempt: Attempt, now: datetime) -> Opened:
    """Opens a session, or raises NotSignedIn (wrong e-mail or password), TooMany (wait first) or Invalid (left empty).

    Guessing is slowed for one account from one address and for one address; an account that is guessed at from many
    places only answers two seconds later, so that no stranger can lock anybody out. A browser that this person has
    signed in from before is only slowed by its own failures.
    """
    if not attempt.email.strip():
        raise Invalid(_("Write your e-mail."), "email")
    if not attempt.password:
        raise Invalid(_("Write your password."), "password")
    look = await database.read(_look, attempt, now)
    if look.wait:
        raise TooMany(_("Too many tries. Wait %(wait)s seconds and try again."), look.wait)
    await asyncio.sleep(look.pause)
    if not await passwords.verify(attempt.password, look.password_hash) or look.person_id is None:
        await database.write(_note_failure, attempt, now)
        raise NotSignedIn(
            _(
                "The e-mail and the password do not fit together. Try again, or ask your trainer or administrator for a new password."
            )
        )
    return await database.write(_open, attempt, look.person_id, now)


def _note_failure(db: Db, attempt: Attempt, now: datetime) -> None:
    for key in _keys(attempt):
        db.run(SET_TROUBLE, key=key, failures=rules.failures_now(queries.trouble(db, key), now), last_at=now)


def _open(db: Db, attempt: Attempt, person_id: str, now: datetime) -> Opened:
    """A new session id at every sign-in; the one the browser came with ends."""
    keys = _keys(attempt)
    db.run(FORGET_TROUBLE, key=keys.pair)
    db.run(FORGET_TROUBLE, key=keys.browser)
    db.run(SWEEP_TROUBLE, before=now - rules.FORGOTTEN)
    db.run(SWEEP_SIGN_INS, now=now)
    db.run(SWEEP_BROWSERS, before=now - BROWSER_LASTS)
    if attempt.session:
        db.run(END_SIGN_IN, token_hash=token_hash(attempt.session))
    opened = Opened(secrets.token_urlsafe(32), attempt.browser or secrets.token_urlsafe(32))
    db.add(
        SignIn(
            token_hash=token_hash(opened.session), person_id=person_id, created_at=now, expires_at=now + SESSION_LASTS
        )
    )
    db.run(REMEMBER_BROWSER, token_hash=token_hash(opened.browser), person_id=person_id, seen_at=now)
    return opened


def sign_out(db: Db, actor: Actor) -> None:
    db.run(END_SIGN_IN, token_hash=actor.session)


def sign_out_everywhere(db: Db, actor: Actor) -> None:
    """Ends every session of this person, this one too."""
    db.run(END_ALL, person_id=actor.id)


def choose_language(db: Db, actor: Actor, language: str) -> None:
    if language not in LANGUAGES:
        raise Invalid(_("Choose Danish or English."), "language")
    db.run(SET_LANGUAGE, person_id=actor.id, chosen=language)
