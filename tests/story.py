"""One story told through two doors: a trainer assigns, a learner learns day 1, her manager sees. What is stored is compared.

The learner is `new` of Team Syd, whom `other-manager` leads. She takes the safety lesson wrong before she takes it right.
"""

from typing import Any, NamedTuple, Protocol

from api.enrolments.queries import standing_of
from api.library import queries as library
from api.library.values import Lesson, Mark
from tests.conftest import House
from tests.forms import Page, follow
from tests.stored import rows

DAY_ONE = (
    "1-1-right-and-net",
    "1-2-what-is-a-conflict",
    "1-3-the-ladder",
    "1-4-anger-in-the-body",
    "1-5-find-the-source",
    "1-6-two-calls-one-customer",
)
CALL = "s1-the-bill"
GOOD_WAY = (2, 1, 3, 3, 3)  # heard, three matters, the mistake, the offer, the agreement
START_ON, GO_LIVE_ON = "2026-11-04", "2027-01-06"


class Door(Protocol):
    """What the people of the story can do, whichever door they use."""

    def assign(self, person_id: str) -> None: ...
    def begin(self, unit: str) -> None: ...
    def answer(self, unit: str, check: str, option: int) -> None: ...
    def go_on(self, unit: str, section: str) -> None: ...
    def play(self, unit: str, choices: tuple[int, ...]) -> None: ...
    def seen_by_manager(self) -> tuple[str, int, int]: ...


class Answer(NamedTuple):
    section: str
    check: str
    options: tuple[int, ...]


def wrong_then_right(lesson: Lesson) -> list[Answer]:
    """Every wrong answer before the right one in a safety lesson; elsewhere the first wrong one, which counts as well."""
    found = []
    for section in lesson.sections:
        for check in section.checks:
            wrong = [option.number for option in check.options if option.mark is not Mark.GOOD]
            right = [option.number for option in check.options if option.mark is Mark.GOOD]
            found.append(Answer(section.id, check.id, tuple(wrong + right[:1]) if lesson.safety else (wrong[0],)))
    return found


def tell(house: House, door: Door) -> None:
    """The story from beginning to end."""
    learner = house.actor("new")
    door.assign(learner.id)
    for unit in DAY_ONE:
        lesson = house.read(_lesson, unit)
        house.clock.pass_by(minutes=1)
        door.begin(unit)
        answers = wrong_then_right(lesson)
        for section in lesson.sections:
            for answer in answers:
                for option in answer.options if answer.section == section.id else ():
                    house.clock.pass_by(seconds=5)
                    door.answer(unit, answer.check, option)
            house.clock.pass_by(seconds=5)
            assert unit not in house.read(standing_of, learner.id).done
            door.go_on(unit, section.id)
        assert unit in house.read(standing_of, learner.id).done
    door.play(CALL, GOOD_WAY)
    assert set(house.read(standing_of, learner.id).done) == {*DAY_ONE, CALL}


def _lesson(db: Any, unit: str) -> Lesson:
    return library.lesson(db, library.current_unit(db, unit, "").revision_id, "en")


def left_behind(house: House, url: str) -> dict[str, list[tuple[Any, ...]]]:
    """What the story has stored, without ids, times and the forms' own keys."""
    person = house.actor("new").id
    stored = rows(url)
    hers = {
        name: [row for row in stored[name] if row["person_id"] == person]
        for name in ("enrolment", "progress", "evidence", "answer", "attempt")
    }
    attempts = {row["id"]: row["number"] for row in hers["attempt"]}
    [enrolment] = hers["enrolment"]
    told = {
        "enrolment": ("kind", "key", "start_on", "go_live_on", "assigned_by", "begun", "steps_total", "steps_done", "next_due_on"),
        "progress": ("unit", "revision_id", "read_sections"),
        "evidence": ("unit", "revision_id", "what", "recorded_by", "centre_id"),
        "answer": ("unit", "check_id", "option", "revision_id"),
        "attempt": ("unit", "number", "revision_id", "ended_as"),
    }  # fmt: skip
    found = {name: sorted(tuple(row[key] for key in keys) for row in hers[name]) for name, keys in told.items()}
    found["done"] = sorted((row["unit"],) for row in hers["progress"] if row["done_at"])
    found["move"] = sorted(
        (attempts[row["attempt_id"]], row["place"], row["choice"])
        for row in stored["move"]
        if row["attempt_id"] in attempts
    )
    found["team"] = sorted(
        (row["begun"], row["next_due_on"], row["people"])
        for row in stored["team_count"]
        if row["team_id"] == enrolment["team_id"]
    )
    return found


class JsonDoor:
    """Everything through /api/v1."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.trainer, self.learner, self.manager = map(house.visitor, ("trainer", "new", "other-manager"))
        self.sent = 0

    def assign(self, person_id: str) -> None:
        wish = {"plan": "onboarding", "person": person_id, "start_on": START_ON, "go_live_on": GO_LIVE_ON}
        looked = self.trainer.post("/api/v1/enrolments/preview", json=wish).json()
        made = self.trainer.post("/api/v1/enrolments", json=wish)
        assert made.status_code == 201
        told = self.trainer.get(f"/api/v1/enrolments/{made.json()['enrolments'][0]}").json()
        assert [(step["unit"], step["due_on"]) for step in looked["steps"]] == [
            (step["unit"], step["due_on"]) for step in told["steps"]
        ]

    def begin(self, unit: str) -> None:
        lesson = self.learner.get(f"/api/v1/lessons/{unit}").json()
        assert (lesson["preview"], lesson["done"]) == (False, False)

    def answer(self, unit: str, check: str, option: int) -> None:
        self.sent += 1
        body = {"check": check, "option": option, "sent_as": f"json-{self.sent}"}
        reply = self.learner.post(f"/api/v1/lessons/{unit}/answers", json=body)
        assert reply.status_code == 200
        assert reply.json()["why"]

    def go_on(self, unit: str, section: str) -> None:
        assert self.learner.put(f"/api/v1/lessons/{unit}/sections/{section}/read").status_code == 200

    def play(self, unit: str, choices: tuple[int, ...]) -> None:
        call = self.learner.post(f"/api/v1/scenarios/{unit}/attempts").json()
        for place, choice in enumerate(choices, 1):
            assert (call["place"], call["end"]) == (place, None)
            path = f"/api/v1/scenarios/{unit}/attempts/{call['attempt']}/moves"
            call = self.learner.post(path, json={"place": place, "choice": choice}).json()
        assert (call["end"], call["success"]) == ("agreed", True)

    def seen_by_manager(self) -> tuple[str, int, int]:
        board = self.manager.get("/api/v1/board").json()
        [line] = [line for line in board["lines"] if line["person"] == "Noor Haddad"]
        return line["standing"], line["steps_done"], line["steps_total"]


class PageDoor:
    """Everything through the forms that stand on the pages, sent as a browser without scripts sends them."""

    def __init__(self, house: House) -> None:
        self.trainer, self.learner, self.manager = map(house.visitor, ("trainer", "new", "other-manager"))
        self.at: Any = None

    def assign(self, person_id: str) -> None:
        form = Page(self.trainer.get("/assign").text).form("/assign")
        typed = {"plan": "plan:onboarding", "who": f"person:{person_id}"}
        assert all(value in form.choices[name] for name, value in typed.items())
        answer = form.send(self.trainer, None, **typed, start_on=START_ON, go_live_on=GO_LIVE_ON)
        assert answer.status_code == 200
        assert "Noor Haddad" in answer.text

    def begin(self, unit: str) -> None:
        overview = follow(self.learner, self.learner.get(f"/learn/{unit}"))
        self.at = Page(overview.text).form(f"/learn/{unit}").send(self.learner)

    def answer(self, unit: str, check: str, option: int) -> None:
        form = Page(self.at.text).form(f"/learn/{unit}/answers", check=check)
        self.at = form.send(self.learner, ("option", str(option)))
        assert self.at.status_code == 200
        assert f'id="why-{check}"' in self.at.text

    def go_on(self, unit: str, section: str) -> None:
        self.at = Page(self.at.text).form(f"/learn/{unit}/section/{section}").send(self.learner)
        assert self.at.status_code == 200

    def play(self, unit: str, choices: tuple[int, ...]) -> None:
        page = Page(self.learner.get(f"/learn/{unit}").text)
        self.at = page.form(f"/learn/{unit}/attempts").send(self.learner)
        for choice in choices:
            form = Page(self.at.text).form(f"/learn/{unit}/moves")
            self.at = form.send(self.learner, ("choice", str(choice)))
        assert "end-type success" in self.at.text

    def seen_by_manager(self) -> tuple[str, int, int]:
        html = self.manager.get("/team").text
        [row] = [row for row in Page(html).rows if row[0] == "Noor Haddad"]
        done, total = row[2].split("/")
        standings = {"done", "late", "not_started", "on_track"}
        badge = html.partition("Noor Haddad")[2].partition("badge ")[2].partition('"')[0]
        return (standings & set(badge.split())).pop(), int(done), int(total)
