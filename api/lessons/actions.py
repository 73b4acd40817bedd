"""Working through a lesson: going on from a section, answering a check. After completion nothing is kept any more."""

import re
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import Db
from api.enrolments.actions import complete_unit, start_unit
from api.enrolments.tables import Progress
from api.errors import Invalid, NotFound
from api.lessons import queries
from api.lessons.queries import Desk
from api.lessons.tables import Answer
from api.library.values import Check, Option
from api.people.rules import Actor
from api.statements import Command
from api.words import _

SENT_AS = re.compile(r"[A-Za-z0-9_-]{1,40}")
# More wrong answers than any check has options are a script's, not a learner's; they get their answer and are not kept.
# What has not been chosen before always is, or a safety check could never be put right any more.
KEPT_ANSWERS = 50

KEEP_ANSWER = Command(
    insert(Answer)
    .values(
        person_id=bindparam("person_id"),
        unit=bindparam("unit"),
        check_id=bindparam("check_id"),
        sent_as=bindparam("sent_as"),
        option=bindparam("option"),
        revision_id=bindparam("revision_id"),
        answered_at=bindparam("now"),
    )
    .on_conflict_do_nothing()
)
KEEP_SECTIONS = Command(
    update(Progress)
    .where(col(Progress.person_id) == bindparam("of_person"), col(Progress.unit) == bindparam("of_unit"))
    .values(read_sections=bindparam("read_sections"))
)


class Reply(NamedTuple):
    """What a learner gets back: the check, what she chose, and how the lesson now stands."""

    check: Check
    option: Option
    desk: Desk
    just_done: bool


def open_lesson(db: Db, actor: Actor, unit: str, today: date, now: datetime) -> None:
    """Notes that a learner has begun, so that she keeps this revision to the end."""
    leave = queries.access(db, actor, unit, today)
    if not leave.preview and leave.progress is None:
        start_unit(db, actor.id, unit, leave.revision_id, now)


def answer(
    db: Db, actor: Actor, unit: str, check_id: str, option: int, sent_as: str, today: date, now: datetime
) -> Reply:
    """Answers a check. The same answer sent again under the same key counts once and gets the same reply."""
    desk = queries.desk(db, actor, unit, today, actor.language)
    check = next((check for check in desk.lesson.checks if check.id == check_id), None)
    if check is None:
        raise NotFound(_("There is no such question in this lesson. Open the lesson again."))
    chosen = check.option(option)
    if chosen is None:
        raise Invalid(_("Choose one of the answers."), "option")
    if not SENT_AS.fullmatch(sent_as):
        raise Invalid(
            _("The answer's own key must be 1 to 40 letters, digits, - or _. Open the lesson again."), "sent_as"
        )
    if desk.access.preview or desk.done:
        return Reply(check, chosen, desk, just_done=False)
    given = desk.answers.setdefault(check_id, [])
    if len(given) < KEPT_ANSWERS or option not in given:
        _keep(db, actor, desk, check_id, option, sent_as, now)
        given.append(option)
    return Reply(check, chosen, desk, just_done=_finish(db, actor, desk, now))


def _keep(db: Db, actor: Actor, desk: Desk, check_id: str, option: int, sent_as: str, now: datetime) -> None:
    if desk.access.progress is None:
        start_unit(db, actor.id, desk.unit, desk.access.revision_id, now)
    db.run(
        KEEP_ANSWER,
        person_id=actor.id,
        unit=desk.unit,
        check_id=check_id,
        sent_as=sent_as,
        option=option,
        revision_id=desk.access.revision_id,
        now=now,
    )


def _finish(db: Db, actor: Actor, desk: Desk, now: datetime) -> bool:
    """Completes the lesson when nothing is missing any more; whether this did it."""
    return not desk.missing and complete_unit(
        db, actor.centre_id, actor.id, desk.unit, desk.access.revision_id, actor.id, now
    )


def go_on(db: Db, actor: Actor, unit: str, section_id: str, today: date, now: datetime) -> tuple[Desk, bool]:
    """Marks a section read; how the lesson now stands, and whether that finished it."""
    desk = queries.desk(db, actor, unit, today, actor.language)
    if section_id not in {section.id for section in desk.lesson.sections}:
        raise NotFound(_("There is no such section in this lesson. Open the lesson again."))
    if desk.access.preview or desk.done:
        return desk, False
    if desk.access.progress is None:
        start_unit(db, actor.id, unit, desk.access.revision_id, now)
    if section_id not in desk.read:
        desk = desk._replace(read=desk.read | {section_id})
        in_order = " ".join(section.id for section in desk.lesson.sections if section.id in desk.read)
        db.run(KEEP_SECTIONS, of_person=actor.id, of_unit=unit, read_sections=in_order)
    return desk, _finish(db, actor, desk, now)
