"""Centres with many learners, filled in bulk: straight into the tables, with the counters the actions would have kept.

Two centres of the same size in one database: one with teams of 25, and the hard one where everybody is in one team.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, create_engine, func, insert, literal, select
from sqlmodel import SQLModel, col

from api.database import open_database
from api.enrolments.actions import NEVER
from api.enrolments.rules import Begun, Counters, count
from api.enrolments.tables import Enrolment, Progress, TeamCount
from api.lessons.tables import Answer
from api.library import lint
from api.library.actions import publish
from api.library.values import Kind
from api.migrations import migrate
from api.people.actions import token_hash
from api.people.tables import Centre, Person, SignIn, Team, TeamLead
from api.plans.rules import DatedStep, WorkingDays, date_steps, local_day
from api.scenarios.tables import Attempt
from api.settings import ROOT
from tests.bench.course import CALL, PLAN, Course, course_of

TEAM = 25
SESSIONS = 2000
CHUNK = 5000
FIRST = ("Amina", "Bo", "Camilla", "Dennis", "Emre", "Freja", "Gustav", "Hanne", "Ivan", "Julie", "Karim", "Lone")
LAST = ("Kjær", "Frost", "Åberg", "Demir", "Lund", "Holm", "Brix", "Yusuf", "Storm", "Riis", "Dahl", "Munk", "Haddad")


class Player(NamedTuple):
    """A learner with a session: on which lesson, and the attempts at the call that wait for moves."""

    token: str
    unit: str
    attempts: tuple[str, ...]


@dataclass(frozen=True)
class House:
    """A filled database and who can knock on it. `managers` lead teams of 25; `leader` leads everybody."""

    path: Path
    learners: int
    course: Course
    players: tuple[Player, ...]
    managers: tuple[str, ...]
    leader: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"


class _Learner(NamedTuple):
    start_on: date
    done: int
    begun: bool


def build(path: Path, learners: int, now: datetime) -> House:
    """Makes and fills the file; the same size gives the same data on the same day."""
    path.unlink(missing_ok=True)
    url = f"sqlite:///{path}"
    migrate(url)
    database = open_database(url)
    try:
        candidates, _loose = lint.inspect(lint.load(ROOT / "content"), proved=False)
        asyncio.run(database.write(publish, candidates, now))
        course = asyncio.run(database.read(course_of))
    finally:
        database.close()
    engine = create_engine(url)
    with engine.begin() as connection:
        house = _Filler(connection, path, learners, course, now).fill()
        check(connection)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return house


class _Filler:
    """One database being filled. The seed is fixed, so that two runs knock on the same doors."""

    def __init__(self, connection: Connection, path: Path, learners: int, course: Course, now: datetime) -> None:
        self.connection, self.path, self.learners, self.course, self.now = connection, path, learners, course, now
        self.today = local_day(now)
        self.random = random.Random(learners)  # noqa: S311 - test data
        self.days = WorkingDays()
        self.dated = cache(self._dated)
        self.counted = cache(self._counted)
        self.players: list[Player] = []
        self.managers: list[str] = []
        self.leader: list[str] = []

    def fill(self) -> House:
        self._centre("small", teams=-(-self.learners // TEAM), led=SESSIONS)
        self._centre("whole", teams=1, led=1)
        self._progress()
        return House(
            self.path,
            self.learners,
            self.course,
            tuple(self.players),
            tuple(self.managers),
            tuple(self.leader),
        )

    def _insert(self, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
        for at in range(0, len(rows), CHUNK):
            self.connection.execute(insert(table), rows[at : at + CHUNK])

    def _centre(self, name: str, teams: int, led: int) -> None:
        self._insert(Centre, [{"id": name, "name": name, "on_call_name": "", "on_call_phone": "", "on_call_hours": ""}])
        team_ids = [f"{name}-team-{number}" for number in range(teams)]
        self._insert(Team, [{"id": one, "centre_id": name, "name": f"Team {one}"} for one in team_ids])
        managers = [
            self._person(name, f"{name}-manager-{number}", None, "manager") for number in range(min(teams, led))
        ]
        self._insert(Person, managers)
        self._insert(
            TeamLead,
            [{"person_id": one["id"], "team_id": team} for one, team in zip(managers, team_ids, strict=False)],
        )
        if name == "small":
            self.managers = [self._session(one["id"], 0) for one in managers]
        else:
            self.leader = [self._session(managers[0]["id"], number) for number in range(50)]
        self._learners(name, team_ids)

    def _person(self, centre: str, person_id: str, team: str | None, role: str) -> dict[str, Any]:
        return {
            "id": person_id,
            "centre_id": centre,
            "team_id": team,
            "name": f"{self.random.choice(FIRST)} {self.random.choice(LAST)}",
            "email": f"{person_id}@bench.example",
            "roles": role,
            "language": self.random.choice(("da", "da", "en")),
            "password_hash": "nobody signs in with a password here",
            "created_at": self.now,
        }

    def _session(self, person_id: str, number: int) -> str:
        token = f"{person_id}-{number}".replace(".", "-").ljust(43, "_")
        row = {"person_id": person_id, "created_at": self.now, "expires_at": self.now + timedelta(days=14)}
        self._insert(SignIn, [{"token_hash": token_hash(token), **row}])
        return token

    def _learners(self, centre: str, teams: list[str]) -> None:
        playing = (
            set(self.random.sample(range(self.learners), min(SESSIONS, self.learners))) if len(teams) > 1 else set()
        )
        counts: Counter[tuple[str, str, date]] = Counter()
        persons, enrolments = [], []
        for number in range(self.learners):
            team = teams[number // TEAM] if len(teams) > 1 else teams[0]
            person = self._person(centre, f"{centre}-{number:07}", team, "learner")
            learner = self._player(number) if number in playing else self._learner()
            counters = self.counted(learner)
            persons.append(person)
            enrolments.append(self._enrolment(person, learner, counters))
            counts[team, counters.begun.value, counters.next_due_on or NEVER] += 1
        self._insert(Person, persons)
        self._insert(Enrolment, enrolments)
        buckets = [
            {"team_id": team, "begun": begun, "next_due_on": due, "people": people}
            for (team, begun, due), people in counts.items()
        ]
        self._insert(TeamCount, buckets)
        if playing:
            self._play([person["id"] for number, person in enumerate(persons) if number in playing])

    def _enrolment(self, person: dict[str, Any], learner: _Learner, counters: Counters) -> dict[str, Any]:
        return {
            "id": f"e-{person['id']}",
            "centre_id": person["centre_id"],
            "person_id": person["id"],
            "person_name": person["name"],
            "team_id": person["team_id"],
            "cohort_id": None,
            "kind": Kind.PLAN.value,
            "key": PLAN,
            "revision_id": self.course.plan_revision,
            "start_on": learner.start_on,
            "go_live_on": self._go_live(learner.start_on),
            "assigned_by": person["id"],
            "assigned_at": self.now,
            "begun": counters.begun.value,
            "steps_total": counters.total,
            "steps_done": counters.done,
            "next_due_on": counters.next_due_on,
        }

    def _go_live(self, start_on: date) -> date:
        return self.days.on_or_after(start_on + timedelta(weeks=6))

    def _learner(self) -> _Learner:
        """Somebody who began in the last two years or begins within a month; most have done what is past, some are late."""
        start_on = self.days.on_or_after(self.today - timedelta(days=self.random.randint(-30, 700)))
        past = sum(step.due_on < self.today for step in self.dated(start_on))
        if past == 0 or self.random.random() < 0.1:
            return _Learner(start_on, 0, begun=False)
        return _Learner(start_on, max(0, past - self.random.choice((0, 0, 0, 1, 3))), begun=True)

    def _player(self, number: int) -> _Learner:
        """Somebody in the middle of one of the lessons before the call."""
        start_on = self.days.on_or_after(self.today - timedelta(days=self.random.randint(22, 70)))
        return _Learner(start_on, number % self.course.units.index(CALL), begun=True)

    def _dated(self, start_on: date) -> tuple[DatedStep, ...]:
        return date_steps(self.course.plan, start_on, self._go_live(start_on), self.days)

    def _counted(self, learner: _Learner) -> Counters:
        units = self.course.units
        begun = learner.done + 1 if learner.begun else 0
        return count(self.dated(learner.start_on), units[:begun], units[: learner.done])

    def _progress(self) -> None:
        """Steps are done in the plan's order, and who has begun is in the middle of the next; one INSERT … SELECT a unit."""
        at = self.now - timedelta(days=1)
        for place, unit in enumerate(self.course.units):
            revision = self.course.revisions[unit]
            base = [col(Enrolment.person_id), literal(unit), literal(revision)]
            names = ["person_id", "unit", "revision_id", "started_at", "read_sections", "done_at"]
            done = select(*base, literal(at), literal(""), literal(at)).where(col(Enrolment.steps_done) > place)
            lesson = self.course.lessons.get(unit)
            first = lesson.sections[0].id if lesson else ""
            amid = select(*base, literal(at), literal(first), literal(None)).where(
                col(Enrolment.steps_done) == place, col(Enrolment.begun) == Begun.BEGUN.value
            )
            for rows in (done, amid):
                self.connection.execute(insert(Progress).from_select(names, rows))
            for check_ in lesson.checks[:2] if lesson else ():
                self._answers(unit, check_.id, revision, at)

    def _answers(self, unit: str, check_id: str, revision: str, at: datetime) -> None:
        names = ["person_id", "unit", "check_id", "sent_as", "option", "revision_id", "answered_at"]
        given = [literal(value) for value in (unit, check_id, "seed", 1, revision, at)]
        rows = select(col(Progress.person_id), *given).where(
            col(Progress.unit) == unit, col(Progress.done_at).is_(None)
        )
        self.connection.execute(insert(Answer).from_select(names, rows))

    def _play(self, persons: list[str]) -> None:
        """Sessions for the players, the call begun, and attempts enough for every move the bench will make."""
        revision = self.course.revisions[CALL]
        tries = max(4, 8000 // len(persons))
        began = [
            {"person_id": one, "unit": CALL, "revision_id": revision, "started_at": self.now, "read_sections": ""}
            for one in persons
        ]
        self._insert(Progress, began)
        made = {one: tuple(f"a-{one[-7:]}-{number}" for number in range(1, tries + 1)) for one in persons}
        self._insert(
            Attempt,
            [
                {
                    "id": attempt,
                    "person_id": one,
                    "unit": CALL,
                    "number": number,
                    "revision_id": revision,
                    "started_at": self.now,
                }
                for one, attempts in made.items()
                for number, attempt in enumerate(attempts, 1)
            ],
        )
        sessions = -(-SESSIONS // len(persons))
        units = self.course.units
        for one in persons:
            unit = units[int(one[-7:]) % units.index(CALL)]
            for number in range(sessions):
                self.players.append(Player(self._session(one, number), unit, made[one] if number == 0 else ()))


def check(connection: Connection) -> None:
    """The team counts are what counting the enrolments gives; a wrong bench measures nothing."""
    due = func.coalesce(col(Enrolment.next_due_on), NEVER)
    recounted = select(col(Enrolment.team_id), col(Enrolment.begun), due, func.count()).group_by(
        col(Enrolment.team_id), col(Enrolment.begun), due
    )
    kept = select(col(TeamCount.team_id), col(TeamCount.begun), col(TeamCount.next_due_on), col(TeamCount.people))
    counted = {(team, begun, str(day), people) for team, begun, day, people in connection.execute(recounted)}
    stored = {(team, begun, str(day), people) for team, begun, day, people in connection.execute(kept)}
    assert counted == stored, "the team counts differ from a recount"
