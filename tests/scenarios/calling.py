"""Playing the small course's call as somebody of the house, move by move."""

from datetime import date

from api.scenarios import actions, queries
from api.scenarios.queries import Run
from tests.conftest import TODAY, House
from tests.course import small_course

CALL = "short-call"
PATHS = ("scenarios/short-call.da.md", "scenarios/short-call.en.md")


def begin(house: House, name: str = "new", unit: str = CALL, today: date = TODAY, view: str = "") -> Run:
    run: Run = house.write(actions.begin, house.actor(name), unit, view, today, house.clock())
    return run


def move(house: House, run: Run, place: int, choice: int, name: str = "new", unit: str = CALL) -> Run:
    assert run.attempt is not None
    arguments = (house.actor(name), unit, run.attempt.id, place, choice, TODAY, house.clock())
    moved: Run = house.write(actions.move, *arguments)
    return moved


def current(house: House, name: str = "new") -> Run:
    run: Run = house.read(queries.current_run, house.actor(name), CALL, TODAY)
    return run


def played(house: House, *choices: int, name: str = "new", view: str = "") -> Run:
    run = begin(house, name, view=view)
    for place, choice in enumerate(choices, 1):
        run = move(house, run, place, choice, name)
    return run


def rewritten(*places: tuple[str, str]) -> dict[str, str]:
    """The small course with these places of its call changed, in both languages."""
    files = small_course()
    for path in PATHS:
        for old, new in places:
            assert files[path].count(old) == 1, f"{files[path].count(old)} times: {old}"
            files[path] = files[path].replace(old, new)
    return files
