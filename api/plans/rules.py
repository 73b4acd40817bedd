"""From a plan and two anchors to dates. Pure: the same plan and dates always give the same road."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from api.errors import Invalid, Problem
from api.library.values import Anchor, Offset, Plan, Stretch
from api.words import _

DAY = timedelta(days=1)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# A step on the go-live anchor opens this many working days before its date, unless the plan says otherwise.
USUAL_LEAD = 3
EARLIEST, LATEST = date(2020, 1, 1), date(2099, 12, 31)


def local_day(at: datetime) -> date:
    """The Danish calendar day of an instant."""
    return at.astimezone(COPENHAGEN).date()


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Danish public holidays by law (from 2024 without store bededag). 1 May, 5 June, 24 and 31 December are not among
    them: centres differ, so those belong to a centre's own closed days.
    """
    return frozenset(holidays.country_holidays("DK", years=year))


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday, less Danish public holidays and the centre's own closed days."""

    closed: frozenset[date] = frozenset()

    def includes(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.closed and day not in public_holidays(day.year)

    def on_or_after(self, day: date) -> date:
        while not self.includes(day):
            day += DAY
        return day

    def move(self, day: date, steps: int) -> date:
        """The working day that many working days after (negative: before) a day, which itself need not be one.

        >>> WorkingDays().move(date(2026, 12, 24), 1)  # Christmas Eve is a working day by law, the two after are not
        datetime.date(2026, 12, 28)
        """
        direction = DAY if steps > 0 else -DAY
        for _step in range(abs(steps)):
            day += direction
            while not self.includes(day):
                day += direction
        return day


@dataclass(frozen=True)
class DatedStep:
    """One step of a person's plan. Open from `opens_on`, late after `due_on`; `after` must be done first."""

    unit: str
    anchor: Anchor
    stretch: str
    opens_on: date
    due_on: date
    after: str | None = None


def stretch_begins(stretch: Stretch, start_on: date, go_live_on: date | None) -> date | None:
    """The calendar day a stretch counts from; None for one on go-live while no such date is set."""
    anchor = start_on if stretch.anchor is Anchor.START else go_live_on
    return anchor + timedelta(weeks=(stretch.week or 1) - 1) if anchor else None


def date_steps(plan: Plan, start_on: date, go_live_on: date | None, days: WorkingDays) -> tuple[DatedStep, ...]:
    """Every step with its dates, in the plan's order. Steps on go-live are left out while that date is not set."""
    steps = []
    for stretch in plan.stretches:
        begins = stretch_begins(stretch, start_on, go_live_on)
        if begins is None:
            continue
        for placed in stretch.steps:
            due_on = _due(placed.offset, begins, days)
            opens_on = _opens(placed.offset, stretch, begins, due_on, days)
            steps.append(
                DatedStep(placed.unit, stretch.anchor, stretch.id, min(opens_on, due_on), due_on, placed.after)
            )
    return tuple(steps)


def _due(offset: Offset, begins: date, days: WorkingDays) -> date:
    if offset.days is not None:
        return days.on_or_after(begins + timedelta(days=offset.days))
    day = offset.day or 1
    return days.move(days.on_or_after(begins), day - 1) if day > 0 else days.move(begins, day)


def _opens(offset: Offset, stretch: Stretch, begins: date, due_on: date, days: WorkingDays) -> date:
    if offset.opens is not None:
        return days.move(due_on, -offset.opens)
    if stretch.anchor is Anchor.START:
        # From the day after the last working day before: who wants to look on the Sunday may.
        return days.move(begins, -1) + DAY
    return days.move(due_on, -USUAL_LEAD)


def check_dates(plan: Plan, start_on: date, go_live_on: date | None, days: WorkingDays) -> None:
    """Refuses dates the plan cannot stand on, with a sentence at the field that must change.

    What hangs on the start is training: it must be over before go-live (the conflict week is worth little to somebody
    who met the customers without it).
    """
    problems = []
    for name, value in (("start_on", start_on), ("go_live_on", go_live_on)):
        if value is not None and not EARLIEST <= value <= LATEST:
            problems.append(Problem(_("Choose a date between 2020 and 2099."), name))
    if not problems and go_live_on is None:
        if any(stretch.anchor is Anchor.GO_LIVE for stretch in plan.stretches):
            problems.append(
                Problem(_("This plan follows go-live. Give the date of the first own shift."), "go_live_on")
            )
    elif not problems and go_live_on is not None:
        if go_live_on <= start_on:
            problems.append(
                Problem(_("Go-live must be later than the start date. Choose a later go-live."), "go_live_on")
            )
        else:
            problems.extend(_training_too_late(plan, start_on, go_live_on, days))
    if problems:
        raise Invalid.of(problems)


def _training_too_late(plan: Plan, start_on: date, go_live_on: date, days: WorkingDays) -> list[Problem]:
    steps = date_steps(plan, start_on, go_live_on, days)
    last = max((step.due_on for step in steps if step.anchor is Anchor.START), default=None)
    if last is None or last < go_live_on:
        return []
    message = _("The training would run until %(last)s, after go-live. Choose go-live on %(first)s or later.")
    return [Problem(message, "go_live_on", {"last": last, "first": days.move(last, 1)})]
