"""The demo centre: people in every role and at every point of the road, made by the same actions as real ones."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col

from api.database import Db
from api.enrolments import actions, queries
from api.enrolments.actions import Assignment
from api.ids import new_id
from api.library import queries as library
from api.library.values import Kind
from api.people.passwords import hash_password
from api.people.rules import Actor, Role
from api.people.tables import Centre, Cohort, CohortMember, Person, Team, TeamLead
from api.plans.rules import WorkingDays, local_day
from api.readiness import actions as readiness
from api.readiness import queries as cards
from api.readiness.rules import Contact, Numbers, Post
from api.statements import Query, select

PASSWORD = "rolig-demo"  # noqa: S105 - the demo centre's, printed at start and written in README
PLAN = "onboarding"
WEEK = timedelta(weeks=1)


class Known(NamedTuple):
    id: str


CENTRES = Query(select(Centre.id).where(col(Centre.name) == bindparam("name")), Known)
TEAM = Query(
    select(Person.id).where(col(Person.team_id) == bindparam("team_id")).order_by(col(Person.name), col(Person.id)),
    Known,
)
# Learners beside the two of the story: name, weeks since start, and how many steps they have done (None: all that is past).
COLLEAGUES = (
    ("Amina Yusuf", 3, 4),
    ("Bo Kjær", 3, 0),
    ("Camilla Frost", 8, None),
    ("Dennis Åberg", 7, 6),
    ("Emre Demir", 2, 0),
    ("Freja Lund", 26, None),
    ("Gustav Holm", 4, None),
    ("Hanne Brix", 9, 8),
)
LOGINS = (
    ("learner", "in the conflict week"),
    ("live", "a learner two weeks after go-live"),
    ("trainer", "assigns plans, sees cohorts"),
    ("manager", "leads the learners' team"),
    ("other-manager", "leads another team"),
    ("safety", "safety representative"),
    ("admin", "administrator"),
)


def make(db: Db, now: datetime) -> str:
    """Makes the demo centre and a second one that must never see the first, unless they are there; their logins."""
    if db.one(CENTRES, name="Demo Kundecenter") is None:
        secret = hash_password(PASSWORD)
        _Maker(db, now, secret, "demo.example", "Demo Kundecenter", "da").make()
        _Maker(db, now, secret, "other.example", "Andet Kundecenter", "en").make()
    lines = [f"  {name + '@demo.example':32} {what}" for name, what in LOGINS]
    return "\n".join(
        ["Demo logins (the same names @other.example are another centre):", *lines, f"  password for all: {PASSWORD}"]
    )


class _Maker:
    """One centre being made."""

    def __init__(self, db: Db, now: datetime, secret: str, domain: str, name: str, language: str) -> None:
        self.db, self.now, self.secret, self.domain, self.language = db, now, secret, domain, language
        self.today = local_day(now)
        self.days = WorkingDays()
        self.centre = new_id()
        db.add(
            Centre(
                id=self.centre,
                name=name,
                on_call_name="Bagvagten" if language == "da" else "The on-call leader",
                on_call_phone="00 00 00 00",
                on_call_hours="7-22" if language == "da" else "7 am to 10 pm",
            )
        )

    def make(self) -> None:
        north, south = self._team("Team Nord"), self._team("Team Syd")
        trainer = self._actor(self._person("trainer", "Tove Kragh", Role.TRAINER), Role.TRAINER)
        admin = self._actor(self._person("admin", "Anders Vind", Role.ADMIN), Role.ADMIN)
        self._numbers(admin)
        self._person("safety", "Signe Munk", Role.SAFETY_REP)
        leads = {}
        for name, full, team in (("manager", "Mads Thorup", north), ("other-manager", "Olga Riis", south)):
            leads[name] = self._person(name, full, Role.MANAGER)
            self.db.add(TeamLead(person_id=leads[name], team_id=team))
        cohort, empty = new_id(), new_id()
        self.db.add(
            Cohort(
                id=cohort,
                centre_id=self.centre,
                name=f"Hold {self.today:%B %Y}" if self.language == "en" else "Novemberholdet",
            )
        )
        self.db.add(
            Cohort(id=empty, centre_id=self.centre, name="Next cohort" if self.language == "en" else "Næste hold")
        )
        # The conflict week is the fourth week: it begins today, or on Monday when today is a day off.
        begins = self.days.on_or_after(self.today)
        self._learner(trainer, "learner", "Nadia Lind", north, cohort, begins - 3 * WEEK, begins + 3 * WEEK, 0)
        live_on = self.days.on_or_after(self.today - 2 * WEEK)
        self._learner(trainer, "live", "Liam Storm", north, cohort, live_on - 6 * WEEK, live_on, None)
        for number, (name, weeks, done) in enumerate(COLLEAGUES, 1):
            start = self.days.on_or_after(self.today - weeks * WEEK)
            self._learner(trainer, f"learner{number}", name, north, None, start, start + 6 * WEEK, done)
        start = self.days.on_or_after(self.today - WEEK)
        self._learner(trainer, "south", "Selma Dahl", south, None, start, start + 6 * WEEK, 0)
        self._person("new", "Noor Haddad", Role.LEARNER, south)
        self._line(self._actor(leads["manager"], Role.MANAGER), north)

    def _numbers(self, admin: Actor) -> None:
        """What the readiness card says; no crisis psychologist yet, so that one sees what the card says then."""
        danish = self.language == "da"
        contacts = {
            Post.ON_CALL: Contact("Bagvagten", "00 00 00 00", "7-22")
            if danish
            else Contact("The on-call leader", "00 00 00 00", "7 am to 10 pm"),
            Post.LEADER: Contact("Vagtlederen" if danish else "The duty manager", "00 00 00 01"),
            Post.REP: Contact("Arbejdsmiljørepræsentanten" if danish else "The representative", "00 00 00 02"),
        }
        address = "Eksempelvej 1, 2. sal, 0000 Prøveby" if danish else "1 Example Street, 2nd floor, 0000 Testby"
        readiness.set_contacts(self.db, admin, Numbers(contacts, address), is_open=False)

    def _line(self, manager: Actor, team: str) -> None:
        """Signed last week; half of the team have read it."""
        revision = library.current_card(self.db, cards.LINE).revision_id
        signature = readiness.sign_line(self.db, manager, revision, self.now - WEEK)
        for reader in self.db.all(TEAM, team_id=team)[::2]:
            readiness.acknowledge_line(self.db, self._actor(reader.id, Role.LEARNER), signature, self.now - WEEK)

    def _team(self, name: str) -> str:
        team = new_id()
        self.db.add(Team(id=team, centre_id=self.centre, name=name))
        return team

    def _person(self, name: str, full_name: str, role: Role, team: str | None = None) -> str:
        person = new_id()
        self.db.add(
            Person(
                id=person,
                centre_id=self.centre,
                team_id=team,
                name=full_name,
                email=f"{name}@{self.domain}",
                roles=role.value,
                language=self.language,
                password_hash=self.secret,
                created_at=self.now,
            )
        )
        return person

    def _actor(self, person: str, role: Role) -> Actor:
        return Actor(person, self.centre, "", frozenset({role}), self.language, "")

    def _learner(
        self,
        trainer: Actor,
        name: str,
        full_name: str,
        team: str,
        cohort: str | None,
        start: date,
        live: date,
        done: int | None,
    ) -> None:
        person = self._person(name, full_name, Role.LEARNER, team)
        if cohort:
            self.db.add(CohortMember(cohort_id=cohort, person_id=person))
        wish = Assignment(Kind.PLAN, PLAN, person, None, start, live)
        [enrolment_id] = actions.assign(self.db, trainer, wish, self.now)
        enrolment = self.db.one(queries.ONE, id=enrolment_id, centre_id=self.centre)
        assert enrolment is not None
        past = [step for step in queries.dated_steps(self.db, enrolment) if step.due_on < self.today]
        for step in past[: len(past) if done is None else done]:
            at = datetime.combine(step.due_on, time(10), tzinfo=self.now.tzinfo)
            revision = library.current_unit(self.db, step.unit, self.centre).revision_id
            actions.start_unit(self.db, person, step.unit, revision, at)
            attended = library.unit_cards(self.db, "da", self.centre)[step.unit].attended
            by = trainer.id if attended else person
            actions.complete_unit(self.db, self.centre, person, step.unit, revision, by, at)
