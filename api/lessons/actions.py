"""Working through a lesson: going on from a section, answering a check. After completion nothing is kept any more."""

import re
from datetime import date, datetime
from typing import NamedTuple
from zlib import crc32

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import Db
from api.enrolments.actions import complete_unit, start_unit
from api.enrolments.tables import Progress
from api.errors import Invalid, NotFound
from api.lessons import queries, rules
from api.lessons.queries import Desk
from api.lessons.rules import Sent
from api.lessons.tables import Answer
from api.library.values import ONE_OPTION, OWN_WORDS, Check, CheckKind, Option
from api.people.rules import Actor
from api.statements import Command
from api.words import _

SENT_AS = re.compile(r"[A-Za-z0-9_-]{1,40}")
# More wrong answers than any check has options are a script's, not a learner's; they get their answer and are not kept.
# The first right one always is, or a safety check could never be put right any more.
KEPT_ANSWERS = 50

KEEP_ANSWER = Command(
    insert(Answer)
    .values(
        person_id=bindparam("person_id"),
        unit=bindparam("unit"),
        check_id=bindparam("check_id"),
        sent_as=bindparam("sent_as"),
        option=bindparam("option"),
        given=bindparam("given"),
        revision_id=bindparam("revision_id"),
        answered_at=bindparam("now"),
    )
    .on_conflict_do_nothing()
)
FORGET_WORDS = Command(
    delete(Answer).where(
        col(Answer.person_id) == bindparam("person_id"),
        col(Answer.unit) == bindparam("unit"),
        col(Answer.check_id) == bindparam("check_id"),
    )
)
KEEP_SECTIONS = Command(
    update(Progress)
    .where(col(Progress.person_id) == bindparam("of_person"), col(Progress.unit) == bindparam("of_unit"))
    .values(read_sections=bindparam("read_sections"))
)


class Reply(NamedTuple):
    """What a learner gets back: the check, what she answered and whether that is right, and how the lesson now stands."""

    check: Check
    given: str
    right: bool
    desk: Desk
    just_done: bool

    @property
    def option(self) -> Option | None:
        """The option chosen, where a check is answered with one."""
        return self.check.option(int(self.given)) if self.check.kind in ONE_OPTION else None


def open_lesson(db: Db, actor: Actor, unit: str, today: date, now: datetime) -> None:
    """Notes that a learner has begun, so that she keeps this revision to the end."""
    leave = queries.access(db, actor, unit, today)
    if not leave.preview and leave.progress is None:
        start_unit(db, actor.id, unit, leave.revision_id, now)


# What to do when an answer is none that the check can have.
UNFIT = {
    CheckKind.CHOICE: _("Choose one of the answers."),
    CheckKind.SPOT: _("Choose one of the answers."),
    CheckKind.SEVERAL: _("Choose at least one of the answers."),
    CheckKind.SORT: _("Choose a box for each of them first."),
    CheckKind.ORDER: _("Give each of them a place of its own first."),
    CheckKind.RECALL: _("Write a line in your own words first, at most 2,000 characters. Nobody but you can read it."),
    CheckKind.REFLECT: _("Write a line in your own words first, at most 2,000 characters. Nobody but you can read it."),
}


def answer(
    db: Db, actor: Actor, unit: str, check_id: str, sent: Sent, sent_as: str, today: date, now: datetime
) -> Reply:
    """Answers a check. The same answer sent again under the same key counts once and gets the same reply."""
    desk = queries.desk(db, actor, unit, today)
    check = next((check for check in desk.lesson.checks if check.id == check_id), None)
    if check is None:
        raise NotFound(_("There is no such question in this lesson. Open the lesson again."))
    given = rules.given(check, sent)
    if given is None:
        raise Invalid(UNFIT[check.kind], _field(check))
    if not SENT_AS.fullmatch(sent_as):
        raise Invalid(
            _("The answer's own key must be 1 to 40 letters, digits, - or _. Open the lesson again."), "sent_as"
        )
    right = rules.right(check, given)
    if desk.access.preview or desk.done:
        return Reply(check, given, right, desk, just_done=False)
    before = desk.answers.setdefault(check_id, [])
    if check.kind in OWN_WORDS:
        _keep_words(db, actor, desk, check, given, sent_as, now)
    elif len(before) < KEPT_ANSWERS or (right and not rules.solved(check, before)):
        _keep(db, actor, desk, check, given, sent_as, now)
        before.append(given)
    return Reply(check, given, right, desk, just_done=_finish(db, actor, desk, now))


def _field(check: Check) -> str:
    """The part of an answer that a check of this kind is answered with."""
    return "text" if check.kind in OWN_WORDS else "option" if check.kind in ONE_OPTION else "numbers"


def _keep(db: Db, actor: Actor, desk: Desk, check: Check, given: str, sent_as: str, now: datetime) -> None:
    if desk.access.progress is None:
        start_unit(db, actor.id, desk.unit, desk.access.revision_id, now)
    single = check.kind in ONE_OPTION
    db.run(
        KEEP_ANSWER,
        person_id=actor.id,
        unit=desk.unit,
        check_id=check.id,
        sent_as=sent_as,
        option=int(given) if single else crc32(given.encode()) >> 1,
        given="" if single else given,
        revision_id=desk.access.revision_id,
        now=now,
    )


def _keep_words(db: Db, actor: Actor, desk: Desk, check: Check, given: str, sent_as: str, now: datetime) -> None:
    """Own words written again take the place of what stood there: nothing she has struck out stays."""
    before = desk.answers[check.id]
    if before == [given]:
        return
    db.run(FORGET_WORDS, person_id=actor.id, unit=desk.unit, check_id=check.id)
    _keep(db, actor, desk, check, given, sent_as, now)
    before[:] = [given]


def _finish(db: Db, actor: Actor, desk: Desk, now: datetime) -> bool:
    """Completes the lesson when nothing is missing any more; whether this did it."""
    return not desk.missing and complete_unit(
        db, actor.centre_id, actor.id, desk.unit, desk.access.revision_id, actor.id, now
    )


def go_on(db: Db, actor: Actor, unit: str, section_id: str, today: date, now: datetime) -> tuple[Desk, bool]:
    """Marks a section read; how the lesson now stands, and whether that finished it."""
    desk = queries.desk(db, actor, unit, today)
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
