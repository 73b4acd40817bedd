"""Twenty learners of one team, each with a session and on the conflict week: people enough to write at the same time."""

import secrets
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from api.database import Db
from api.enrolments import actions, queries, rules
from api.enrolments.actions import NEVER, Assignment
from api.ids import new_id
from api.library.values import Kind
from api.people.actions import token_hash
from api.people.rules import Actor, Role
from api.people.tables import Person, SignIn
from tests.conftest import NOW, TODAY, House, actor_named
from tests.stored import Rows

MANY = 20


class Member(NamedTuple):
    actor: Actor
    token: str


def gather_crowd(house: House, start_on: date = TODAY) -> list[Member]:
    """`start_on`: the first day of the conflict week. A server of its own reads its own clock: yesterday, then."""
    found: list[Member] = house.write(_make, start_on)
    return found


def _make(db: Db, start_on: date) -> list[Member]:
    trainer = actor_named(db, "trainer@demo.example")
    [team] = {row.team_id for row in db.all(queries.OF_PERSON, person_id=actor_named(db, "south@demo.example").id)}
    crowd = []
    for number in range(MANY):
        person, token = new_id(), secrets.token_urlsafe(32)
        db.add(
            Person(
                id=person, centre_id=trainer.centre_id, team_id=team, name=f"Crowd {number:02}", roles=Role.LEARNER.value,
                email=f"crowd{number}@demo.example", language="en", password_hash="none", created_at=NOW,
            )
        )  # fmt: skip
        until = datetime.now(UTC) + timedelta(days=3650)
        db.add(SignIn(token_hash=token_hash(token), person_id=person, created_at=NOW, expires_at=until))
        wish = Assignment(Kind.MODULE, "conflict-week", person, None, start_on, None)
        actions.assign(db, trainer, wish, NOW)
        actor = Actor(person, trainer.centre_id, f"Crowd {number:02}", frozenset({Role.LEARNER}), "en", "")
        crowd.append(Member(actor, token))
    return crowd


def team_counts(stored: Rows) -> dict[tuple[Any, ...], int]:
    """Team counts as they are kept."""
    return {(row["team_id"], row["begun"], row["next_due_on"]): row["people"] for row in stored["team_count"]}


def recounted(stored: Rows) -> dict[tuple[Any, ...], int]:
    """Team counts as they follow from the enrolments, counted anew."""
    return dict(
        Counter(
            (row["team_id"], row["begun"], row["next_due_on"] or NEVER) for row in stored["enrolment"] if row["team_id"]
        )
    )


def wrong_counters(db: Db, stored: Rows) -> list[str]:
    """Enrolments whose counters are not what their person's own rows say."""
    wrong = []
    for row in stored["enrolment"]:
        standing = queries.standing_of(db, row["person_id"])
        enrolment = db.one(queries.ONE, id=row["id"], centre_id=row["centre_id"])
        assert enrolment is not None
        right = rules.count(queries.dated_steps(db, enrolment), standing.progress, standing.done)
        kept = (row["begun"], row["steps_total"], row["steps_done"], row["next_due_on"])
        if kept != (right.begun.value, right.total, right.done, right.next_due_on):
            wrong.append(f"{row['person_name']}: {kept} is not {right}")
    return wrong
