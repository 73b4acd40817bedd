"""The load: keep-alive connections that send ready-made bytes and look at no more of an answer than they must.

It runs in this process on a core of its own; `ceiling` says how fast it could go if answers cost nothing.
"""

import asyncio
import gc
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from typing import cast

import uvloop

CONNECTIONS = 16
PATIENCE = 60  # seconds a server may take over the last answers before the run is given up
LENGTH = b"content-length: "
END_OF_HEAD = b"\r\n\r\n"
Requests = list[Iterator[bytes]]  # one endless or long queue a connection; what it gives is sent in its order


class WrongAnswer(Exception):
    """The server said something else than what is measured."""


@dataclass
class Sample:
    """What one stretch of load saw."""

    answers: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    size: int = 0
    wrong: bytes = b""
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    def percentile(self, percent: int) -> float:
        """A latency in milliseconds."""
        return quantiles(self.latencies, n=100)[percent - 1] * 1000


class _Caller(asyncio.Protocol):
    """One connection: asks, waits for the whole answer, asks again, until the time is up."""

    def __init__(self, requests: Iterator[bytes], expected: bytes, sample: Sample, until: float) -> None:
        self.requests, self.expected, self.sample, self.until = requests, expected, sample, until
        self.latencies = sample.latencies
        self.left = 0
        self.held = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own is not derived from it
        self._ask()

    def _ask(self) -> None:
        request = next(self.requests, None)
        if request is None:
            self._stop()
            return
        self.asked = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        if self.left:
            self.left -= len(data)
        else:
            data = self.held + data
            end = data.find(END_OF_HEAD)
            if end < 0:
                self.held = data
                return
            self.held = b""
            at = data.find(LENGTH) + len(LENGTH)
            length = int(data[at : data.index(b"\r", at)])
            self.left = end + len(END_OF_HEAD) + length - len(data)
            self.sample.size = length
            if data[9:12] != self.expected:
                self.sample.wrong = data
        if self.left == 0:
            now = time.perf_counter()
            self.latencies.append(now - self.asked)
            if now < self.until and not self.sample.wrong:
                self._ask()
            else:
                self._stop()

    def _stop(self) -> None:
        self.transport.close()
        if not self.done.done():
            self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or WrongAnswer("the server closed the connection"))


async def _load(port: int, requests: Requests, seconds: float, expected: int) -> Sample:
    loop = asyncio.get_running_loop()
    sample = Sample()
    status = str(expected).encode()
    began, cpu = time.perf_counter(), time.process_time()
    callers = [_Caller(queue, status, sample, began + seconds) for queue in requests]
    for caller in callers:
        await loop.create_connection(lambda caller=caller: caller, "127.0.0.1", port)  # type: ignore[misc]
    async with asyncio.timeout(seconds + PATIENCE):
        await asyncio.gather(*(caller.done for caller in callers))
    sample.seconds, sample.cpu = time.perf_counter() - began, time.process_time() - cpu
    sample.answers = len(sample.latencies)
    return sample


def run(port: int, requests: Requests, seconds: float, expected: int = 200) -> Sample:
    """Knocks for so long from all connections at once. An answer with another status ends it with WrongAnswer."""
    gc.disable()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            sample = runner.run(_load(port, requests, seconds, expected))
    finally:
        gc.enable()
    if sample.wrong:
        raise WrongAnswer(sample.wrong[:2000].decode(errors="replace"))
    return sample


def pin(core: int) -> frozenset[int]:
    """Keeps this process on one core, where there is more than one; the cores it had."""
    if not hasattr(os, "sched_setaffinity"):
        return frozenset()
    had = frozenset(os.sched_getaffinity(0))
    if len(had) > 1:
        os.sched_setaffinity(0, {sorted(had)[core]})
    return had


def unpin(had: frozenset[int]) -> None:
    if had:
        os.sched_setaffinity(0, had)
