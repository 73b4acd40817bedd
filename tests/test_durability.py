"""A server that is killed in the middle of answers: what it said is stored is stored, once; what it did not say may be sent again."""

import json
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import House
from tests.crowd import Member, gather_crowd, recounted, team_counts, wrong_counters
from tests.serving import PATIENCE, Server, serving
from tests.stored import rows

pytestmark = pytest.mark.doors

ROUNDS, WRITERS = 2, 5
YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
UNIT, CHECK = "1-1-right-and-net", "warned-once"
PATH = f"/api/v1/lessons/{UNIT}/answers"


class Learner(threading.Thread):
    """Answers until the server is gone. `told`: keys the server said yes to; `open`: the one whose reply never came."""

    def __init__(self, server: Server, member: Member) -> None:
        super().__init__()
        self.server, self.member, self.sent = server, member, 0
        self.told: list[str] = []
        self.open: str | None = None
        self.refused: int | None = None

    def run(self) -> None:
        while True:
            self.sent += 1
            self.open = f"k{self.sent}"
            try:
                status = answer(self.server, self.member, self.open)
            except (OSError, HTTPException):
                return
            if status != 200:
                self.refused = status
                return
            self.told.append(self.open)
            self.open = None
            time.sleep(0.005)


def answer(server: Server, member: Member, key: str) -> int:
    """Always wrong, so that the safety lesson is never done and goes on keeping answers."""
    body = json.dumps({"check": CHECK, "option": 1, "sent_as": key})
    headers = {"content-type": "application/json", "cookie": f"rolig={member.token}"}
    return server.ask("POST", PATH, headers, body)[0]


def kept(url: str, member: Member) -> list[str]:
    return sorted(row["sent_as"] for row in rows(url, "answer")["answer"] if row["person_id"] == member.actor.id)


def test_killed_in_the_middle_of_answers(house: House, database_url: str, tmp_path: Path) -> None:
    crowd = gather_crowd(house, YESTERDAY)
    with serving(database_url, tmp_path) as server:
        for number in range(ROUNDS):
            # New people each round: only so many answers to one check are kept (KEPT_ANSWERS).
            members = crowd[number * WRITERS : (number + 1) * WRITERS]
            learners = [Learner(server, member) for member in members]
            for learner in learners:
                learner.start()
            until = time.monotonic() + PATIENCE
            while min(len(learner.told) for learner in learners) < 4 + number * 3:
                assert time.monotonic() < until
                assert [learner.refused for learner in learners if learner.refused] == []
                time.sleep(0.001)
            server.kill()
            for learner in learners:
                learner.join(PATIENCE)
                assert not learner.is_alive()
            server.start()
            for learner in learners:
                assert_nothing_lost(server, database_url, learner)
        last = crowd[-1]
        assert answer(server, last, "last") == 200
        assert server.stop() in (0, -signal.SIGTERM)
        assert "Traceback" not in server.log.read_text("utf-8")
    assert kept(database_url, last) == ["last"]
    stored = rows(database_url)
    assert team_counts(stored) == recounted(stored)
    assert house.read(wrong_counters, stored) == []


def assert_nothing_lost(server: Server, url: str, learner: Learner) -> None:
    assert len(learner.told) < 50, "too many to be kept: kill earlier"
    before = kept(url, learner.member)
    assert set(learner.told) <= set(before), "an acknowledged answer is gone"
    assert len(before) == len(set(before)), "an answer is stored twice"
    assert set(before) - set(learner.told) <= {learner.open}
    if learner.open is not None:
        assert [answer(server, learner.member, learner.open) for _time in range(2)] == [200, 200]
    again = [*learner.told, *([learner.open] if learner.open else [])]
    assert kept(url, learner.member) == sorted(again)
    lesson = shown(server, learner.member)
    [chosen] = [
        check["chosen"] for section in lesson["sections"] for check in section["checks"] if check["id"] == CHECK
    ]
    assert chosen == [1] * len(again)


def shown(server: Server, member: Member) -> dict[str, Any]:
    status, body = server.ask("GET", f"/api/v1/lessons/{UNIT}", {"cookie": f"rolig={member.token}"})
    assert status == 200
    found: dict[str, Any] = json.loads(body)
    return found
