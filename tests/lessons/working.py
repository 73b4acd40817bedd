"""Working through the small course's lessons as Noor, unless told otherwise."""

from datetime import date

from api.enrolments.tables import Progress
from api.lessons import actions
from api.lessons.actions import Reply
from api.lessons.queries import Desk
from api.lessons.rules import Sent
from api.lessons.tables import Answer
from tests.conftest import TODAY, House
from tests.rows import rows

RIGHT = {"who-speaks": 2, "what-now": 1}


def open_lesson(house: House, unit: str = "calm", name: str = "new", today: date = TODAY) -> None:
    house.write(actions.open_lesson, house.actor(name), unit, today, house.clock())


def answer(
    house: House,
    check: str = "who-speaks",
    option: int = 2,
    sent_as: str = "first",
    *,
    unit: str = "calm",
    name: str = "new",
    today: date = TODAY,
) -> Reply:
    arguments = (house.actor(name), unit, check, Sent(option), sent_as, today, house.clock())
    reply: Reply = house.write(actions.answer, *arguments)
    return reply


def go_on(house: House, section: str, unit: str = "calm", name: str = "new", today: date = TODAY) -> tuple[Desk, bool]:
    gone: tuple[Desk, bool] = house.write(actions.go_on, house.actor(name), unit, section, today, house.clock())
    return gone


def finish(house: House, unit: str = "calm", name: str = "new") -> None:
    for check, option in RIGHT.items():
        answer(house, check, option, unit=unit, name=name)
    for section in ("wait", "reply"):
        go_on(house, section, unit=unit, name=name)


def progress(house: House, unit: str = "calm") -> Progress:
    [row] = rows(house, Progress, person_id=house.actor("new").id, unit=unit)
    found: Progress = row
    return found


def answers(house: House) -> list[tuple[str, int, str]]:
    found = rows(house, Answer, person_id=house.actor("new").id)
    return [(row.check_id, row.option, row.sent_as) for row in found]
