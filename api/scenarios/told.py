"""A call as JSON tells it."""

from collections.abc import Iterable

from pydantic import BaseModel

from api.lessons.rules import sounds_acute
from api.library.graph import Channel, EndType, Named
from api.library.rules import Right
from api.library.values import Mark
from api.scenarios.queries import LookingBack, Run, Told
from api.scenarios.rules import Call, Turn


class NamedAnswer(BaseModel):
    """Something the call names: a view to play it through, a conversation of a chat."""

    key: str
    title: str


class ChoiceAnswer(BaseModel):
    number: int
    text: str


class TurnAnswer(BaseModel):
    """One move made: what was said, what came back, and why. A breath says nothing and has no mark."""

    moment: str
    html: str
    thread: str | None
    said: str
    mark: Mark | None
    reply: str
    why: str
    state: dict[str, int]


class AxisAnswer(BaseModel):
    """What the end says of one of three: the customer, yourself, the agreements."""

    label: str
    html: str


class AttemptAnswer(BaseModel):
    """An ended attempt in short. `number` 1 is the first."""

    number: int
    end: EndType
    success: bool
    harmful: int
    tempting: int


class BackAnswer(BaseModel):
    """Looking back on a call that has ended. `answer` comes only after her own words."""

    axes: list[AxisAnswer]
    question: str
    words: str | None
    answer: str | None
    show_help: bool
    first: AttemptAnswer
    best: AttemptAnswer


class CallAnswer(BaseModel):
    """A call as it stands. `attempt` null: not begun. `place` is where the next move goes."""

    unit: str
    number: str
    title: str
    minutes: int
    intro: str
    preview: bool
    content_note: str
    views: list[NamedAnswer]
    threads: list[NamedAnswer]
    attempt: str | None
    attempt_number: int
    view: str
    place: int
    state: dict[str, int]
    noted: list[str]
    right_to_hang_up: Right
    turns: list[TurnAnswer]
    moment: str
    channel: Channel
    thread: str | None
    html: str
    choices: list[ChoiceAnswer]
    may_breathe: bool
    end: EndType | None
    success: bool
    looking_back: BackAnswer | None


def _named(all_of_them: Iterable[Named]) -> list[NamedAnswer]:
    return [NamedAnswer(key=one.key, title=one.title) for one in all_of_them]


def _thread(call: Call, place: int | None) -> str | None:
    return None if place is None else call.scenario.threads[place].key


def _turn(call: Call, turn: Turn) -> TurnAnswer:
    choice = turn.choice
    return TurnAnswer(
        moment=turn.moment.id,
        html=turn.moment.html,
        thread=_thread(call, turn.moment.thread),
        said=choice.text if choice else "",
        mark=choice.mark if choice else None,
        reply=turn.reply,
        why=choice.why if choice else "",
        state=turn.state,
    )


def _attempt(told: Told) -> AttemptAnswer:
    call = told.call
    assert call.moment.end is not None
    harmful, tempting = call.count(Mark.HARMFUL), call.count(Mark.TEMPTING)
    return AttemptAnswer(
        number=told.number, end=call.moment.end, success=call.succeeded, harmful=harmful, tempting=tempting
    )


def _back(call: Call, back: LookingBack) -> BackAnswer:
    return BackAnswer(
        axes=[AxisAnswer(label=axis.label, html=axis.html) for axis in call.moment.axes],
        question=call.scenario.question,
        words=back.reflection,
        answer=call.scenario.answer if back.reflection is not None else None,
        show_help=back.reflection is not None and sounds_acute(back.reflection),
        first=_attempt(back.first),
        best=_attempt(back.best),
    )


def told(unit: str, call: Call, run: Run | None = None, back: LookingBack | None = None) -> CallAnswer:
    """A call as JSON says it; without a run it is one that is only tried."""
    attempt = run.attempt if run else None
    return CallAnswer(
        unit=unit,
        number=call.scenario.number,
        title=call.scenario.title,
        minutes=call.scenario.minutes,
        intro=call.scenario.intro,
        preview=run.access.preview if run else True,
        content_note=call.scenario.content_note,
        views=_named(call.scenario.views),
        threads=_named(call.scenario.threads),
        attempt=attempt.id if attempt else None,
        attempt_number=attempt.number if attempt else 0,
        view=call.view,
        place=len(call.turns) + 1,
        state=call.state,
        noted=list(call.noted),
        right_to_hang_up=call.right,
        turns=[_turn(call, turn) for turn in call.turns],
        moment=call.moment.id,
        channel=call.moment.channel,
        thread=_thread(call, call.moment.thread),
        html=call.moment.html,
        choices=[ChoiceAnswer(number=choice.number, text=choice.text) for choice in call.choices],
        may_breathe=call.may_breathe,
        end=call.moment.end,
        success=call.succeeded,
        looking_back=_back(call, back) if back else None,
    )
