"""What is knocked on: each row of the table as ready-made requests."""

import itertools
import random
import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from tests.bench.course import CALL, paths
from tests.bench.data import House, Player
from tests.bench.load import CONNECTIONS, Requests

HEAD = (
    "Host: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) bench\r\nAccept: text/html\r\n"
    "Accept-Language: da,en;q=0.8\r\nAccept-Encoding: gzip\r\n"
)
POST = (
    "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\nHX-Request: true\r\n"
    "HX-Current-URL: http://127.0.0.1/\r\n"
)


class Row(NamedTuple):
    """One line of the table. `floor` and `goal`: ratios to the bare app, where the design sets them."""

    name: str
    house: House | None
    requests: Requests
    floor: float | None = None
    goal: float | None = None
    posts: bool = False


Make = Callable[[House], Row]


def get(path: str, token: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\n{HEAD}Cookie: rolig={token}\r\n\r\n".encode()


def post(path: str, token: str, **form: object) -> bytes:
    body = urlencode(form)
    return f"POST {path} HTTP/1.1\r\n{HEAD}{POST}Cookie: rolig={token}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def _again(requests: list[bytes]) -> Requests:
    """The same requests over and over, each connection in an order of its own."""
    queues: Requests = []
    for number in range(CONNECTIONS):
        own = list(requests)
        random.Random(number).shuffle(own)  # noqa: S311 - an order
        queues.append(itertools.cycle(own))
    return queues


def _apart(
    house: House, players: Sequence[Player], play: Callable[[House, Sequence[Player]], Iterator[bytes]]
) -> Requests:
    """Each connection plays its own learners, so that what one learner sends keeps its order; none is left without."""
    return [play(house, players[number::CONNECTIONS]) for number in range(CONNECTIONS)]


def yardstick() -> Row:
    return Row("bare ASGI, 15 KB", None, _again([get("/", "y" * 43)]))


def lesson(house: House) -> Row:
    requests = [
        get(f"/learn/{one.unit}/section/{section.id}", one.token)
        for one in house.players
        for section in random.choices(house.course.lessons[one.unit].sections, k=2)  # noqa: S311
    ]
    return Row("lesson page", house, _again(requests), 0.08, 0.12)


def my_plan(house: House) -> Row:
    return Row("my plan", house, _again([get("/plan", one.token) for one in house.players]), 0.06, 0.09)


def my_plan_json(house: House) -> Row:
    return Row("my plan, JSON", house, _again([get("/api/v1/me/plan", one.token) for one in house.players]))


def _answers(house: House, players: Sequence[Player]) -> Iterator[bytes]:
    """A new answer each time, by one learner after the other, so that every one of them is stored."""
    for again in itertools.count():
        for one in players:
            checks = house.course.lessons[one.unit].checks
            check = checks[again % len(checks)]
            option = check.options[(again // len(checks)) % len(check.options)].number
            sent_as = secrets.token_urlsafe(9)
            yield post(f"/learn/{one.unit}/answers", one.token, check=check.id, sent_as=sent_as, option=option)


def answer(house: House) -> Row:
    return Row("answer", house, _apart(house, house.players, _answers), 0.045, 0.08, posts=True)


def _moves(house: House, callers: Sequence[Player]) -> Iterator[bytes]:
    """Learner by learner through one call to its end, then all of them through the next one."""
    ways = paths(house.course.call)
    random.Random(len(callers)).shuffle(ways)  # noqa: S311 - an order
    way = itertools.cycle(ways)
    for again in range(len(callers[0].attempts)):
        for one in callers:
            for place, choice in enumerate(next(way), 1):
                attempt = one.attempts[again]
                yield post(f"/learn/{CALL}/moves", one.token, attempt=attempt, place=place, choice=choice)


def move(house: House) -> Row:
    callers = [one for one in house.players if one.attempts]
    return Row("scenario move", house, _apart(house, callers, _moves), 0.045, 0.08, posts=True)


def board(house: House) -> Row:
    return Row(
        f"board, {house.learners:,} in teams of 25", house, _again([get("/team", one) for one in house.managers])
    )


def whole_board(house: House) -> Row:
    return Row(f"board, {house.learners:,} in one team", house, _again([get("/team", one) for one in house.leader]))


def late_board(house: House) -> Row:
    """The rows that the counts of a large team send its manager to."""
    requests = [get("/team?standing=late", one) for one in house.leader]
    return Row(f"board, late of {house.learners:,} in one team", house, _again(requests))
