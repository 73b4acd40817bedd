"""A lesson section by section, with its checks, and its end. What opens a unit is in web/lessons/opening.py."""

import re
import secrets
from datetime import date
from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.callers import Asked, Visit
from api.database import Db
from api.errors import Invalid, NotFound
from api.lessons import actions, queries, rules
from api.lessons.queries import Desk
from api.lessons.rules import Sent
from api.library.queries import UnitCard
from api.library.values import OWN_WORDS, Check, CheckKind, Item, Section
from api.people import queries as people
from api.people.queries import OnCall
from api.people.rules import Actor
from api.problems import status_of
from api.words import _, sentence
from web import short_way
from web.lessons.opening import MARK_WORDS, following_unit, section_path
from web.rendering import block, is_partial, page, see_other

router = APIRouter(include_in_schema=False)
LESSON = "lessons/lesson.html"
MENDABLE = ("option", "numbers", "text")  # fields of a check's form; another is the page's own
PLACED, PLACE = re.compile(r"n[1-9][0-9]?"), re.compile(r"[0-9]{1,2}")


class CheckView(NamedTuple):
    """A check as it is shown: the answer last given, and whether the right one has been found.

    `entered` and `problem`: what was sent and cannot be an answer yet, and why. `fresh`: sent just now.
    """

    check: Check
    given: str | None
    solved: bool
    sent_as: str
    fresh: bool = False
    entered: Sent | None = None
    problem: str = ""

    @property
    def own(self) -> bool:
        return self.check.kind in OWN_WORDS

    @property
    def common(self) -> bool:
        """Whether it looks the same to everybody who answered so. Own words are nobody else's and stay in no memory."""
        return not self.own and not self.problem

    @property
    def chosen(self) -> tuple[int, ...]:
        """The numbers of the answer: the option, the options, or the place of each item."""
        return () if self.own or self.given is None else rules.numbers(self.given)

    @property
    def told(self) -> frozenset[int]:
        """The options or things whose why is shown."""
        return frozenset() if self.given is None else rules.told(self.check, self.given, solved=self.solved)

    @property
    def text(self) -> str:
        return self.entered.text if self.entered else self.given or ""

    def ticked(self, number: int) -> bool:
        return bool(self.entered.numbers.get(number)) if self.entered else number in self.chosen

    def place(self, number: int) -> int:
        """Where an item has been put; 0: nowhere yet."""
        if self.entered:
            return self.entered.numbers.get(number, 0)
        return self.chosen[number - 1] if self.chosen else 0

    @property
    def right(self) -> bool:
        return self.given is not None and rules.right(self.check, self.given)

    @property
    def acute(self) -> bool:
        """Own words that call for help at once, also when they are no answer yet."""
        return self.own and rules.sounds_acute(self.text)

    @property
    def unplaced(self) -> tuple[Item, ...]:
        """After a refusal: what has no place of its own yet, or has come to share one."""
        if not self.problem:
            return ()
        items = self.check.items
        places = [self.place(item.number) for item in items]
        alone = self.check.kind is CheckKind.ORDER
        return tuple(
            item
            for item, place in zip(items, places, strict=True)
            if not 1 <= place <= self.check.places or (alone and places.count(place) > 1)
        )

    @property
    def first_unplaced(self) -> Item | None:
        """Where the sentence stands and the keyboard goes; None when every item has its place and something else is wrong."""
        return next(iter(self.unplaced), None)


def check_view(desk: Desk, check: Check, given: str | None = None) -> CheckView:
    """`given`: an answer that has just been sent."""
    before = desk.answers.get(check.id, [])
    last = given or (before[-1] if before else None)
    solved = rules.solved(check, [*before, *([given] if given else [])])
    return CheckView(check, last, solved, secrets.token_urlsafe(9), fresh=given is not None)


def refused_view(desk: Desk, check: Check, entered: Sent, problem: str) -> CheckView:
    solved = rules.solved(check, desk.answers.get(check.id, []))
    return CheckView(check, None, solved, secrets.token_urlsafe(9), fresh=True, entered=entered, problem=problem)


def _place(desk: Desk, section_id: str) -> tuple[Section, int]:
    for position, section in enumerate(desk.lesson.sections):
        if section.id == section_id:
            return section, position
    raise NotFound(_("There is no such section in this lesson. Open the lesson again."))


def _section_of(desk: Desk, check_id: str) -> Section:
    return next(one for one in desk.lesson.sections if check_id in {check.id for check in one.checks})


async def _shown(
    asked: Visit, desk: Desk, section: Section, view: CheckView | None = None, status: int = 200
) -> Response:
    """A section's page. `view`: one of its checks as it has just been answered."""
    _section, position = _place(desk, section.id)
    checks = [view if view and view.check == one else check_view(desk, one) for one in section.checks]
    return page(
        asked,
        LESSON,
        status=status,
        desk=desk,
        section=section,
        position=position,
        checks=checks,
        just_done=False,
        swapped=False,
        mark_words=MARK_WORDS,
        on_call=await _on_call(asked, checks),
    )


async def _on_call(asked: Visit, views: list[CheckView]) -> OnCall | None:
    """Whom to call, where own words may be about wanting to die."""
    return await asked.database.read(people.on_call, asked.actor) if any(view.acute for view in views) else None


@short_way.get(router, "/learn/{unit}/section/{section_id}")
async def section(asked: Visit, unit: str, section_id: str) -> Response:
    desk = await asked.database.read(queries.desk, asked.actor, unit, asked.today)
    return await _shown(asked, desk, _place(desk, section_id)[0])


class AnswerForm(BaseModel):
    """An answer: `option`, or `n1`, `n2` … for what is ticked or placed, or `text`."""

    model_config = ConfigDict(extra="allow")
    check: Annotated[str, Field(max_length=80)] = ""
    option: int | None = None
    text: str = ""
    sent_as: Annotated[str, Field(max_length=40)] = ""

    @property
    def sent(self) -> Sent:
        placed = {
            int(name[1:]): int(value)
            for name, value in (self.model_extra or {}).items()
            if PLACED.fullmatch(name) and isinstance(value, str) and PLACE.fullmatch(value)
        }
        return Sent(self.option, placed, self.text)


@short_way.post(router, "/learn/{unit}/answers", AnswerForm)
async def answer(request: Request, asked: Visit, sent: AnswerForm, unit: str) -> Response:
    try:
        reply = await asked.database.write(
            actions.answer, asked.actor, unit, sent.check, sent.sent, sent.sent_as, asked.today, asked.now
        )
    except Invalid as error:
        if error.first.field not in MENDABLE:
            raise
        return await _to_mend(request, asked, unit, sent, error)
    found = _section_of(reply.desk, sent.check)
    view = check_view(reply.desk, reply.check, reply.given)
    if is_partial(request):
        return block(
            asked,
            LESSON,
            "check",
            "onward",
            desk=reply.desk,
            section=found,
            position=_place(reply.desk, found.id)[1],
            view=view,
            just_done=reply.just_done,
            mark_words=MARK_WORDS,
            on_call=await _on_call(asked, [view]),
            swapped=True,
        )
    if reply.desk.access.preview or reply.desk.done:
        # Nothing is kept, so the answer is shown where it was given.
        return await _shown(asked, reply.desk, found, view)
    return see_other(f"{section_path(unit, found.id)}#check-{sent.check}")


async def _to_mend(request: Request, asked: Visit, unit: str, sent: AnswerForm, error: Invalid) -> Response:
    """The check once more, with what was entered and the sentence that says what is left to do."""
    desk = await asked.database.read(queries.desk, asked.actor, unit, asked.today)
    found = _section_of(desk, sent.check)
    check = next(one for one in found.checks if one.id == sent.check)
    view = refused_view(desk, check, sent.sent, sentence(error.first, asked.language))
    if is_partial(request):
        on_call = await _on_call(asked, [view])
        return block(
            asked,
            LESSON,
            "check",
            status=status_of(error),
            desk=desk,
            view=view,
            mark_words=MARK_WORDS,
            on_call=on_call,
        )
    return await _shown(asked, desk, found, view, status_of(error))


@router.post("/learn/{unit}/section/{section_id}")
async def go_on(asked: Asked, unit: str, section_id: str) -> Response:
    desk, _just_done = await asked.database.write(actions.go_on, asked.actor, unit, section_id, asked.today, asked.now)
    _section, position = _place(desk, section_id)
    following = desk.lesson.sections[position + 1 : position + 2]
    return see_other(section_path(unit, following[0].id) if following else f"/learn/{quote(unit)}/end")


@router.get("/learn/{unit}/end")
async def end(asked: Asked, unit: str) -> Response:
    """After the last section: done, or what is still missing, rule by rule."""
    desk, following, calls = await asked.database.read(_end, asked.actor, unit, asked.today)
    return page(asked, "lessons/end.html", desk=desk, following=following, calls=calls)


def _end(db: Db, actor: Actor, unit: str, today: date) -> tuple[Desk, UnitCard | None, list[UnitCard]]:
    desk = queries.desk(db, actor, unit, today)
    return desk, following_unit(db, actor, today), queries.practised(db, actor, desk.lesson)


@router.post("/learn/{unit}")
async def begin(asked: Asked, unit: str) -> Response:
    await asked.database.write(actions.open_lesson, asked.actor, unit, asked.today, asked.now)
    desk = await asked.database.read(queries.desk, asked.actor, unit, asked.today)
    return see_other(section_path(unit, desk.lesson.sections[0].id))
