"""Persons, sessions, teams and cohorts, looked up within the asker's centre."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func
from sqlmodel import col

from api.database import Db
from api.errors import NotFound
from api.people.rules import Actor, Role, Trouble, roles_of
from api.people.tables import Centre, Cohort, CohortMember, KnownBrowser, Person, SignIn, SignInTrouble, Team, TeamLead
from api.statements import Query, select
from api.words import _


class ActorRow(NamedTuple):
    id: str
    centre_id: str
    name: str
    roles: str
    language: str


class Credentials(NamedTuple):
    id: str
    password_hash: str


class Named(NamedTuple):
    id: str
    name: str


class Member(NamedTuple):
    id: str
    name: str
    team_id: str | None


class CohortRow(NamedTuple):
    id: str
    name: str
    people: int


class OnCall(NamedTuple):
    """Whom to call, as the centre has set it; empty strings where it has not."""

    centre: str
    name: str
    phone: str
    hours: str


class Me(NamedTuple):
    name: str
    email: str
    language: str
    centre: str


class TroubleRow(NamedTuple):
    failures: int
    last_at: datetime


class Found(NamedTuple):
    found: str


ACTOR = Query(
    select(Person.id, Person.centre_id, Person.name, Person.roles, Person.language)
    .join_from(SignIn, Person, col(Person.id) == col(SignIn.person_id))
    .where(col(SignIn.token_hash) == bindparam("token_hash"), col(SignIn.expires_at) > bindparam("now")),
    ActorRow,
)
CREDENTIALS = Query(select(Person.id, Person.password_hash).where(col(Person.email) == bindparam("email")), Credentials)
TROUBLE = Query(
    select(SignInTrouble.failures, SignInTrouble.last_at).where(col(SignInTrouble.key) == bindparam("key")), TroubleRow
)
KNOWN_BROWSER = Query(
    select(KnownBrowser.person_id).where(
        col(KnownBrowser.token_hash) == bindparam("token_hash"), col(KnownBrowser.person_id) == bindparam("person_id")
    ),
    Found,
)
ON_CALL = Query(
    select(Centre.name, Centre.on_call_name, Centre.on_call_phone, Centre.on_call_hours).where(
        col(Centre.id) == bindparam("centre_id")
    ),
    OnCall,
)
ME = Query(
    select(Person.name, Person.email, Person.language, Centre.name)
    .join_from(Person, Centre, col(Centre.id) == col(Person.centre_id))
    .where(col(Person.id) == bindparam("id")),
    Me,
)
MEMBER = Query(
    select(Person.id, Person.name, Person.team_id).where(
        col(Person.id) == bindparam("id"), col(Person.centre_id) == bindparam("centre_id")
    ),
    Member,
)
COHORT_MEMBERS = Query(
    select(Person.id, Person.name, Person.team_id)
    .join_from(CohortMember, Person, col(Person.id) == col(CohortMember.person_id))
    .where(col(CohortMember.cohort_id) == bindparam("cohort_id"), col(Person.centre_id) == bindparam("centre_id"))
    .order_by(col(Person.name), col(Person.id)),
    Member,
)
COHORT = Query(
    select(Cohort.id, Cohort.name).where(
        col(Cohort.id) == bindparam("id"), col(Cohort.centre_id) == bindparam("centre_id")
    ),
    Named,
)
COHORTS = Query(
    select(Cohort.id, Cohort.name, func.count(col(CohortMember.person_id)))
    .join_from(Cohort, CohortMember, col(CohortMember.cohort_id) == col(Cohort.id), isouter=True)
    .where(col(Cohort.centre_id) == bindparam("centre_id"))
    .group_by(col(Cohort.id), col(Cohort.name))
    .order_by(col(Cohort.name), col(Cohort.id)),
    CohortRow,
)
LEARNERS_FROM = Query(
    select(Person.id, Person.name, Person.team_id)
    .where(
        col(Person.centre_id) == bindparam("centre_id"),
        col(Person.roles).contains(Role.LEARNER.value),
        col(Person.name) >= bindparam("from_name"),
    )
    .order_by(col(Person.name), col(Person.id))
    .limit(bindparam("limit")),
    Member,
)
LED_TEAMS = Query(
    select(Team.id, Team.name)
    .join_from(TeamLead, Team, col(Team.id) == col(TeamLead.team_id))
    .where(col(TeamLead.person_id) == bindparam("person_id"), col(Team.centre_id) == bindparam("centre_id"))
    .order_by(col(Team.name), col(Team.id)),
    Named,
)


def actor(db: Db, token_hash: str, now: datetime) -> Actor | None:
    """Who holds this session, or None when it has ended."""
    row = db.one(ACTOR, token_hash=token_hash, now=now)
    return Actor(row.id, row.centre_id, row.name, roles_of(row.roles), row.language, token_hash) if row else None


def trouble(db: Db, key: str) -> Trouble | None:
    row = db.one(TROUBLE, key=key)
    return Trouble(row.failures, row.last_at) if row else None


def on_call(db: Db, actor: Actor) -> OnCall:
    row = db.one(ON_CALL, centre_id=actor.centre_id)
    return row or OnCall("", "", "", "")


def me(db: Db, actor: Actor) -> Me:
    row = db.one(ME, id=actor.id)
    if row is None:
        raise NotFound(_("This account no longer exists. Ask your administrator."))
    return row


def cohorts(db: Db, actor: Actor) -> list[CohortRow]:
    return db.all(COHORTS, centre_id=actor.centre_id)


def learners(db: Db, actor: Actor, from_name: str = "", limit: int = 200) -> list[Member]:
    """Learners of the centre by name, from a name on: a page at a time however large the centre is."""
    return db.all(LEARNERS_FROM, centre_id=actor.centre_id, from_name=from_name, limit=limit)


def led_teams(db: Db, actor: Actor) -> list[Named]:
    return db.all(LED_TEAMS, person_id=actor.id, centre_id=actor.centre_id)
