"""Who may do what: the whole permission table. How long a sign-in must wait after failures, and how a number is rung. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from api.errors import Forbidden
from api.words import _


class Role(StrEnum):
    LEARNER = "learner"
    TRAINER = "trainer"
    MANAGER = "manager"
    SAFETY_REP = "safety_rep"
    ADMIN = "admin"


class Act(StrEnum):
    """What can be done that not everybody signed in may do."""

    ASSIGN = "assign"  # put people on plans, see the dates, note attendance
    SEE_STEPS = "see_steps"  # one person's steps: a trainer in the centre, a manager in the own team
    SEE_TEAM = "see_team"  # the board of the own team
    AUTHOR = "author"  # write scenarios, publish them for the centre, see what choices a cohort made
    CHECK_SOURCES = "check_sources"  # be told when what the course stands on was last checked too long ago
    PREVIEW = "preview"  # read units without being on a plan that holds them
    SET_CARD = "set_card"  # whom the readiness card names, and whether it is read without signing in
    SIGN_LINE = "sign_line"  # sign our line for the centre: a decision of the leaders'
    SEE_LINE = "see_line"  # how many have read our line: the own team, or (safety representative) the centre's teams


# Nobody is here for answers, attempts or cases: those are the learner's own, or nobody would dare to fail.
PERMISSIONS: dict[Act, frozenset[Role]] = {
    Act.ASSIGN: frozenset({Role.TRAINER, Role.ADMIN}),
    Act.SEE_STEPS: frozenset({Role.TRAINER, Role.ADMIN, Role.MANAGER}),
    Act.SEE_TEAM: frozenset({Role.MANAGER}),
    Act.AUTHOR: frozenset({Role.TRAINER, Role.ADMIN}),
    Act.CHECK_SOURCES: frozenset({Role.TRAINER, Role.ADMIN}),
    Act.PREVIEW: frozenset({Role.TRAINER, Role.MANAGER, Role.SAFETY_REP, Role.ADMIN}),
    Act.SET_CARD: frozenset({Role.ADMIN}),
    Act.SIGN_LINE: frozenset({Role.MANAGER}),
    Act.SEE_LINE: frozenset({Role.MANAGER, Role.SAFETY_REP}),
}


@cache
def roles_of(stored: str) -> frozenset[Role]:
    """Roles as they are stored: words with spaces between."""
    return frozenset(Role(word) for word in stored.split())


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. Everything an action needs to know of them."""

    id: str
    centre_id: str
    name: str
    roles: frozenset[Role]
    language: str
    session: str


def may(actor: Actor, act: Act) -> bool:
    return not actor.roles.isdisjoint(PERMISSIONS[act])


def demand(actor: Actor, act: Act) -> None:
    """The first line of an action that not everybody may do."""
    if not may(actor, act):
        raise Forbidden(_("Your role does not include this. Ask your trainer or administrator."))


@dataclass(frozen=True)
class Trouble:
    """Failed sign-ins under one key (an account from one address, or an address) since the last success."""

    failures: int
    last_at: datetime


# Free tries before waiting begins, then 1, 2, 4 ... seconds, never more than LONGEST: slow for a guesser, and nobody is
# ever locked out by somebody else's guesses for longer than it takes to drink a glass of water.
FREE_PAIR, FREE_ADDRESS, FREE_ACCOUNT = 5, 40, 10
LONGEST = 30
FORGOTTEN = timedelta(minutes=30)
ACCOUNT_PAUSE = 2.0


def wait(trouble: Trouble | None, free: int, now: datetime) -> int:
    """Whole seconds until the next try under this key is looked at; 0 when it may be tried now."""
    if trouble is None or trouble.failures < free or now - trouble.last_at > FORGOTTEN:
        return 0
    pause = min(2 ** min(trouble.failures - free, 10), LONGEST)
    left = trouble.last_at + timedelta(seconds=pause) - now
    return max(0, -(-left // timedelta(seconds=1)))


def failures_now(trouble: Trouble | None, now: datetime) -> int:
    """How many failures count after one more at `now`; old ones are forgotten."""
    if trouble is None or now - trouble.last_at > FORGOTTEN:
        return 1
    return trouble.failures + 1


def dialled(phone: str) -> str:
    """A number as a `tel:` link has it.

    >>> dialled("+45 12 34 (56) 78")
    '+4512345678'
    """
    return "".join(letter for letter in phone if letter in "+0123456789")
