"""A person's road: the state of each step with the reason in words, the next thing, and the counters. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from api.errors import Problem
from api.plans.rules import DatedStep
from api.words import _


class StepState(StrEnum):
    LOCKED = "locked"
    OPEN = "open"
    DUE = "due"  # to be done today
    LATE = "late"
    DONE = "done"


OPEN = frozenset({StepState.OPEN, StepState.DUE, StepState.LATE})


class Standing(StrEnum):
    """Where somebody stands on a plan as a whole: the manager's four words."""

    DONE = "done"
    LATE = "late"
    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"


STANDING_WORDS = {
    Standing.DONE: _("Done"),
    Standing.ON_TRACK: _("On track"),
    Standing.LATE: _("Late"),
    Standing.NOT_STARTED: _("Not started"),
}


class Begun(StrEnum):
    """What is stored of a standing: the part that does not depend on today."""

    FRESH = "fresh"
    BEGUN = "begun"
    DONE = "done"


class Step(NamedTuple):
    """A dated step as it stands today. `why_locked` says what opens it."""

    dated: DatedStep
    state: StepState
    started: bool
    done_on: date | None
    why_locked: Problem | None = None


def step_state(step: DatedStep, done: Collection[str], today: date) -> StepState:
    """Done stays done. A step that waits for another is locked, and is never late while it does."""
    if step.unit in done:
        return StepState.DONE
    if today < step.opens_on or (step.after is not None and step.after not in done):
        return StepState.LOCKED
    if today > step.due_on:
        return StepState.LATE
    return StepState.DUE if today == step.due_on else StepState.OPEN


def why_locked(step: DatedStep, done: Collection[str], today: date) -> Problem | None:
    """What opens a locked step, or None when it is not locked."""
    if step_state(step, done, today) is not StepState.LOCKED:
        return None
    if today < step.opens_on:
        return Problem(_("Opens %(opens_on)s."), values={"opens_on": step.opens_on})
    return Problem(_("Opens when “%(unit)s” is finished."), values={"unit": step.after})


def road(
    steps: Collection[DatedStep], started: Collection[str], done: dict[str, date], today: date
) -> tuple[Step, ...]:
    """Every step as it stands, in the order of the plan."""
    found = []
    for dated in steps:
        state = step_state(dated, done, today)
        why = why_locked(dated, done, today) if state is StepState.LOCKED else None
        found.append(Step(dated, state, dated.unit in started, done.get(dated.unit), why))
    return tuple(found)


def next_step(steps: Collection[Step]) -> Step | None:
    """The one next thing: what is begun and open first, then the earliest date; None when nothing is open."""
    open_now = [step for step in steps if step.state in OPEN]
    return min(open_now, key=lambda step: (not step.started, step.dated.due_on), default=None)


def next_open(
    steps: Iterable[DatedStep], started: Collection[str], done: Collection[str], today: date
) -> DatedStep | None:
    """The same one next thing from dates alone, without working out how every other step stands."""
    found, rank = None, (True, date.max)
    for step in steps:
        own = (step.unit not in started, step.due_on)
        if (found is None or own < rank) and step_state(step, done, today) in OPEN:
            found, rank = step, own
    return found


@dataclass(frozen=True)
class Counters:
    """What an enrolment keeps of itself, recomputed from the person's own rows at every change."""

    begun: Begun
    total: int
    done: int
    next_due_on: date | None


def count(steps: Collection[DatedStep], started: Collection[str], done: Collection[str]) -> Counters:
    open_steps = [step for step in steps if step.unit not in done]
    finished = len(steps) - len(open_steps)
    if not open_steps:
        begun = Begun.DONE
    else:
        begun = Begun.BEGUN if any(step.unit in started or step.unit in done for step in steps) else Begun.FRESH
    return Counters(begun, len(steps), finished, min((step.due_on for step in open_steps), default=None))


def standing(begun: Begun, next_due_on: date | None, today: date) -> Standing:
    """Late comes before not started: somebody who has missed a date needs a talk, begun or not."""
    if begun is Begun.DONE:
        return Standing.DONE
    if next_due_on is not None and next_due_on < today:
        return Standing.LATE
    return Standing.NOT_STARTED if begun is Begun.FRESH else Standing.ON_TRACK
