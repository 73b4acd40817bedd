"""What the pages of lessons and of calls share: opening a unit where it was left, and what comes after it."""

from datetime import date
from urllib.parse import quote

from fastapi import Response

from api.callers import Visit
from api.database import Db
from api.enrolments import queries as enrolments
from api.lessons import queries, rules
from api.lessons.queries import Desk
from api.library import queries as library
from api.library.queries import UnitCard
from api.library.values import Mark
from api.people.rules import Act, Actor, may
from api.plans.rules import local_day
from api.words import _
from web.rendering import page, see_other

MARK_WORDS = {Mark.GOOD: _("This works"), Mark.TEMPTING: _("Tempting"), Mark.HARMFUL: _("This harms")}


def section_path(unit: str, section: str) -> str:
    return f"/learn/{quote(unit)}/section/{quote(section)}"


def following_unit(db: Db, actor: Actor, today: date) -> UnitCard | None:
    """The one next thing over all the asker's plans."""
    following = enrolments.my_next_step(db, actor, today)
    return library.unit_cards(db, actor.language, actor.centre_id)[following.unit] if following else None


async def open_lesson(asked: Visit, unit: str, desk: Desk) -> Response:
    """In the middle of it: the exact spot. Otherwise what it is about, how long it takes and what finishes it."""
    if desk.access.progress is not None and not desk.done:
        there = rules.resume_at(desk.lesson, desk.read, desk.answers)
        return see_other(section_path(unit, there.id))
    progress = desk.access.progress
    done_on = local_day(progress.done_at) if progress and progress.done_at else None
    notes = desk.lesson.notes if may(asked.actor, Act.ASSIGN) else ()
    calls = await asked.database.read(queries.practised, asked.actor, desk.lesson)
    return page(asked, "lessons/overview.html", desk=desk, done_on=done_on, notes=notes, calls=calls)
