"""Twenty at once, on both databases, in one process and in two: nobody gets an error and nothing is lost."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx2
import pytest

from api.database import Database, open_database
from api.enrolments.queries import standing_of
from api.errors import Conflict
from api.lessons import actions as lessons
from api.lessons.rules import Sent
from api.library import queries as library
from api.library.values import Lesson
from api.scenarios import actions as scenarios
from tests.conftest import NOW, TODAY, House
from tests.crowd import MANY, Member, gather_crowd, recounted, team_counts, wrong_counters
from tests.stored import rows

pytestmark = pytest.mark.doors

UNIT, CALL = "1-2-what-is-a-conflict", "s1-the-bill"


@pytest.fixture
def crowd(house: House) -> list[Member]:
    return gather_crowd(house)


@pytest.fixture
def databases(database: Database, database_url: str) -> Iterator[list[Database]]:
    """Two processes' worth of connections to one database."""
    other = open_database(database_url)
    yield [database, other]
    other.close()


def lesson_of(house: House) -> Lesson:
    found: Lesson = house.read(lambda db: library.lesson(db, library.current_unit(db, UNIT, "").revision_id, "en"))
    return found


def at_once(*work: Awaitable[Any]) -> list[Any]:
    """Runs everything at the same time; what each gave or raised."""

    async def run() -> list[Any]:
        return await asyncio.gather(*work, return_exceptions=True)

    return asyncio.run(asyncio.wait_for(run(), 60))


def assert_counts_hold(house: House, url: str) -> None:
    stored = rows(url)
    assert team_counts(stored) == recounted(stored)
    assert house.read(wrong_counters, stored) == []


def test_twenty_finish_a_lesson_at_once(
    house: House, crowd: list[Member], databases: list[Database], database_url: str
) -> None:
    lesson = lesson_of(house)

    async def learn(database: Database, member: Member) -> None:
        for section in lesson.sections:
            for check in section.checks:
                given = (member.actor, UNIT, check.id, Sent(1), f"k-{check.id}", TODAY, NOW)
                await asyncio.gather(*(database.write(lessons.answer, *given) for _tab in range(2)))
            await database.write(lessons.go_on, member.actor, UNIT, section.id, TODAY, NOW)

    told = at_once(*(learn(databases[place % 2], member) for place, member in enumerate(crowd)))
    assert told == [None] * MANY
    stored = rows(database_url)
    assert len(stored["answer"]) == MANY * len(lesson.checks)
    hers = {member.actor.id for member in crowd}
    assert sum(row["person_id"] in hers and row["done_at"] is not None for row in stored["progress"]) == MANY
    assert Counter(row["person_id"] for row in stored["evidence"] if row["person_id"] in hers) == dict.fromkeys(hers, 1)
    assert {row["steps_done"] for row in stored["enrolment"] if row["person_id"] in hers} == {1}
    assert_counts_hold(house, database_url)


def test_twenty_answers_of_one_person_are_all_kept(
    house: House, crowd: list[Member], databases: list[Database], database_url: str
) -> None:
    me, check = crowd[0].actor, lesson_of(house).checks[0]
    told = at_once(
        *(
            databases[place % 2].write(
                lessons.answer, me, UNIT, check.id, Sent(1 + place % 2), f"tab{place}", TODAY, NOW
            )
            for place in range(MANY)
        )
    )
    assert [one for one in told if isinstance(one, BaseException)] == []
    stored = rows(database_url)
    assert sorted(row["sent_as"] for row in stored["answer"]) == sorted(f"tab{place}" for place in range(MANY))
    assert sum(row["person_id"] == me.id for row in stored["progress"]) == 1
    assert_counts_hold(house, database_url)


@pytest.mark.parametrize("same", [True, False], ids=["the same move", "different moves"])
def test_of_twenty_tabs_one_move_is_kept(
    same: bool,
    house: House,
    crowd: list[Member],
    databases: list[Database],
    database_url: str,
) -> None:
    me = crowd[0].actor
    begun = at_once(*(one.write(scenarios.begin, me, CALL, "", TODAY, NOW) for one in databases * (MANY // 2)))
    [attempt] = {run.attempt.id for run in begun}
    told = at_once(
        *(
            databases[tab % 2].write(scenarios.move, me, CALL, attempt, 1, 2 if same else 1 + tab % 3, TODAY, NOW)
            for tab in range(MANY)
        )
    )
    [move] = rows(database_url)["move"]
    taken = [one for one in told if not isinstance(one, BaseException)]
    assert all(isinstance(one, Conflict) for one in told if isinstance(one, BaseException))
    assert {choice for run in taken for choice in run.call.moves} == {move["choice"]}
    assert len(taken) == (MANY if same else sum(1 + tab % 3 == move["choice"] for tab in range(MANY)))


Sender = Callable[[httpx2.AsyncClient, Member], Awaitable[list[int]]]


def through_http(house: House, crowd: list[Member], what: Sender) -> list[Any]:
    """What everybody gets who sends at once through the whole site."""

    async def one(member: Member) -> list[int]:
        transport = httpx2.ASGITransport(app=house.site)
        cookies = {"rolig": member.token}
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver", cookies=cookies) as client:
            return await what(client, member)

    return at_once(*(one(member) for member in crowd))


def test_twenty_finish_at_once_through_both_doors(house: House, crowd: list[Member], database_url: str) -> None:
    lesson = lesson_of(house)

    async def learn(client: httpx2.AsyncClient, member: Member) -> list[int]:
        codes = []
        for section in lesson.sections:
            for check in section.checks:
                sent = {"check": check.id, "option": 1, "sent_as": f"k-{check.id}"}
                path = f"/api/v1/lessons/{UNIT}/answers"
                codes += [
                    reply.status_code
                    for reply in await asyncio.gather(*(client.post(path, json=sent) for _tab in range(2)))
                ]
            codes.append((await client.post(f"/learn/{UNIT}/section/{section.id}")).status_code)
        return codes

    told = through_http(house, crowd, learn)
    assert {tuple(sorted(set(codes))) for codes in told} == {(200, 303)}
    done = [house.read(standing_of, member.actor.id).done for member in crowd]
    assert all(set(one) == {UNIT} for one in done)
    assert len(rows(database_url)["answer"]) == MANY * len(lesson.checks)
    assert_counts_hold(house, database_url)


def test_twenty_tabs_of_one_person_through_http(house: House, crowd: list[Member], database_url: str) -> None:
    async def begin(client: httpx2.AsyncClient, _member: Member) -> list[int]:
        return [(await client.post(f"/api/v1/scenarios/{CALL}/attempts")).status_code]

    tabs = [crowd[0]] * MANY
    assert through_http(house, tabs, begin) == [[201]] * MANY
    [attempt] = rows(database_url)["attempt"]

    async def move(client: httpx2.AsyncClient, _member: Member) -> list[int]:
        path = f"/api/v1/scenarios/{CALL}/attempts/{attempt['id']}/moves"
        return [(await client.post(path, json={"place": 1, "choice": 2})).status_code]

    assert through_http(house, tabs, move) == [[200]] * MANY
    assert len(rows(database_url)["move"]) == 1
