"""What choices teach: the first attempts of one cohort, added up. Nothing here names a person."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam
from sqlalchemy.orm import aliased
from sqlmodel import col

from api.authoring import rules
from api.database import Db
from api.errors import NotFound
from api.library import queries as library
from api.library.graph import Scenario
from api.people import queries as people
from api.people.rules import Act, Actor, demand
from api.people.tables import CohortMember, Person
from api.scenarios.rules import ImpossibleMove, play
from api.scenarios.tables import Attempt, Move
from api.statements import Query, select
from api.words import _

MOST_ATTEMPTS = 500


class FirstAttempt(NamedTuple):
    """`left_at`: when the next attempt was begun, with which this one is over even in the middle."""

    id: str
    revision_id: str
    view: str
    ended_as: str | None
    left_at: datetime | None


class FirstMove(NamedTuple):
    attempt_id: str
    choice: int
    moved_at: datetime


_of_cohort = (
    col(CohortMember.cohort_id) == bindparam("cohort_id"),
    col(Person.centre_id) == bindparam("centre_id"),
    col(Attempt.unit) == bindparam("unit"),
    col(Attempt.number) == 1,
)
_Next = aliased(Attempt)
FIRST_ATTEMPTS = Query(
    select(Attempt.id, Attempt.revision_id, Attempt.view, Attempt.ended_as, _Next.started_at)
    .join_from(Attempt, Person, col(Person.id) == col(Attempt.person_id))
    .join(
        _Next,
        and_(
            col(_Next.person_id) == col(Attempt.person_id),
            col(_Next.unit) == col(Attempt.unit),
            col(_Next.number) == 2,
        ),
        isouter=True,
    )
    .join(CohortMember, col(CohortMember.person_id) == col(Person.id))
    .where(*_of_cohort)
    .order_by(col(Attempt.started_at), col(Attempt.id))
    .limit(MOST_ATTEMPTS),
    FirstAttempt,
)
FIRST_MOVES = Query(
    select(Move.attempt_id, Move.choice, Move.moved_at)
    .join_from(Move, Attempt, col(Attempt.id) == col(Move.attempt_id))
    .join(Person, col(Person.id) == col(Attempt.person_id))
    .join(CohortMember, col(CohortMember.person_id) == col(Person.id))
    .where(*_of_cohort)
    .order_by(col(Move.attempt_id), col(Move.place)),
    FirstMove,
)


class Teaching(NamedTuple):
    """What a cohort's first attempts teach about a call as it is served now. `taught` None: under five people."""

    scenario: Scenario
    cohort: people.Named
    taught: rules.Taught | None


def teaching(db: Db, actor: Actor, key: str, cohort_id: str) -> Teaching:
    """First attempts of one cohort, added up. Cohorts are never added to each other: a difference could name somebody.

    Only attempts that are over count, in the order in which they were: of somebody under way, two looks a minute apart
    would show one person's move.
    """
    demand(actor, Act.AUTHOR)
    cohort = db.one(people.COHORT, id=cohort_id, centre_id=actor.centre_id)
    if cohort is None:
        raise NotFound(_("There is no such cohort in your centre. Choose one from the list."))
    now = served(db, actor, key)
    moves: dict[str, list[FirstMove]] = {}
    asked = {"cohort_id": cohort.id, "centre_id": actor.centre_id, "unit": key}
    for move in db.all(FIRST_MOVES, **asked):
        moves.setdefault(move.attempt_id, []).append(move)
    over: list[tuple[datetime, str, rules.Attempt]] = []
    for attempt in db.all(FIRST_ATTEMPTS, **asked):
        played = library.scenario(db, attempt.revision_id, actor.language)
        made = [one for one in moves.get(attempt.id, []) if attempt.left_at is None or one.moved_at <= attempt.left_at]
        if not made or not (attempt.ended_as or attempt.left_at) or not rules.same_graph(played, now):
            continue
        try:
            call = play(played, [move.choice for move in made], attempt.view)
        except ImpossibleMove:  # made under rules that have since changed
            continue
        minutes = (made[-1].moved_at - made[0].moved_at).total_seconds() / 60
        when = made[-1].moved_at if call.ended or attempt.left_at is None else attempt.left_at
        over.append((when, attempt.id, rules.Attempt(call, minutes)))
    attempts = [one for _when, _id, one in sorted(over, key=lambda one: one[:2])]
    return Teaching(now, cohort, rules.taught(attempts))


def served(db: Db, actor: Actor, key: str) -> Scenario:
    """The call as the centre is served it."""
    demand(actor, Act.AUTHOR)
    return library.scenario(db, library.current_unit(db, key, actor.centre_id).revision_id, actor.language)


def cohorts(db: Db, actor: Actor) -> list[people.CohortRow]:
    """The cohorts whose first attempts can be looked at."""
    demand(actor, Act.AUTHOR)
    return people.cohorts(db, actor)
