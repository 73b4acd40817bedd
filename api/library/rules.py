"""The state of a call, and what a choice does to it; and when a source is to be read again.

Pure: the linter, the player and the author's view walk by these.

Source of the rules: the models the course teaches (conflict ladder, boundary ladder, the right to hang up), as
`content/README.md` puts them for authors.
"""

import operator
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from api.library.graph import (
    BOUNDS,
    SUCCESSES,
    Boundary,
    Choice,
    Condition,
    Deed,
    EndType,
    Flag,
    Moment,
    Scenario,
    Way,
)
from api.library.values import Mark

HIGHEST_IN_TALK = 4
# Offering or explaining from this step on comes too early: nothing lands before calm.
TOO_HOT = 4
TOO_EARLY = 10
SHAKEN = 30
# A breath is stored as this move; what it gives back of one's own calm.
BREATH = 0
BREATH_CALM = 20
PATIENCE = 2
# Law and numbers change: a source is read again when it was last held against the text longer ago than this.
MONTHS_FRESH = 6
NOT_WAITING = -1
# What opens the right to hang up without a warning.
AT_ONCE = frozenset({Flag.THREAT, Flag.HARASSMENT, Flag.HATEFUL})


class Talk(NamedTuple):
    """What belongs to one conversation. `owed`: a step down earned and not yet landed. `waiting`: moves made elsewhere."""

    ladder: int
    trust: int
    solved: int
    boundary: int = Boundary.NONE
    owed: bool = False
    good_before: bool = False
    waiting: int = NOT_WAITING


class State(NamedTuple):
    """Where a call stands beside its moment. `calm`, 0-100, is the employee's own; `names` are flags, facts, view and phrases said.

    `minutes` and `queue` are None in a call that shows neither. `rested`: a breath has been taken in this moment.
    """

    talks: tuple[Talk, ...]
    calm: int
    names: frozenset[str] = frozenset()
    minutes: int | None = None
    queue: int | None = None
    rested: bool = False


class Right(StrEnum):
    """The right to hang up: not yet (say it, warn first), open, or switched off because a life may be in danger."""

    AFTER_WARNING = "after_warning"
    OPEN = "open"
    OFF = "off"


def beginning(scenario: Scenario, view: str = "") -> tuple[Moment, State]:
    """The moment a call opens with and the state it begins in, seen by `view` (the first one when it names none)."""
    chosen = next((one.key for one in scenario.views if one.key == view), "") or (
        scenario.views[0].key if scenario.views else ""
    )
    start = dict(scenario.state)
    talk = Talk(start["ladder"], start["trust"], start["solved"])
    names = {*scenario.flags, chosen} - {""}
    state = State(
        talks=(talk,) * max(1, len(scenario.threads)),
        calm=start["calm"],
        names=frozenset(names),
        minutes=start.get("minutes"),
        queue=start.get("queue"),
    )
    moment = next((one for one in scenario.moments if chosen and one.view == chosen), scenario.opening)
    return moment, entered(scenario, moment, state)


def offered(moment: Moment, state: State) -> tuple[Choice, ...]:
    """The choices that can be made: their conditions hold, and a shaken employee does not reach the subtle ones."""
    return tuple(
        choice
        for choice in moment.choices
        if not (choice.subtle and state.calm < SHAKEN)
        and (not choice.conditions or holds(choice.conditions, moment, state))
    )


def holds(conditions: tuple[Condition, ...], moment: Moment, state: State) -> bool:
    """Whether all of them hold, for the conversation the moment belongs to."""
    return all(_holds(condition, moment, state) for condition in conditions)


COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


def _holds(condition: Condition, moment: Moment, state: State) -> bool:
    if condition.sign == "has":
        return condition.name in state.names
    if condition.sign == "lacks":
        return condition.name not in state.names
    return COMPARE[condition.sign](number(state, condition.name, moment.thread), condition.value)


def number(state: State, name: str, thread: int | None = None) -> int:
    """One number of the state by its name in `BOUNDS`; a clock or wallboard that is not shown stands at 0."""
    if name in ("calm", "minutes", "queue"):
        return int(getattr(state, name) or 0)
    return int(getattr(state.talks[thread or 0], name))


def right_to_hang_up(state: State, thread: int | None = None) -> Right:
    """Open after a warning, at once after a threat, harassment or hate; off while a life may be in danger."""
    if Flag.LIFE_DANGER in state.names:
        return Right.OFF
    if not AT_ONCE.isdisjoint(state.names) or state.talks[thread or 0].boundary >= Boundary.WARNED:
        return Right.OPEN
    return Right.AFTER_WARNING


def keeps_the_right(choice: Choice, end: EndType | None, right: Right) -> bool:
    """Whether an end by hanging up is called what it is: right where the right is open, too soon where it is not."""
    if choice.deed is not Deed.HANG_UP:
        return True
    if end is EndType.RIGHTLY_ENDED:
        return right is Right.OPEN
    return end is not EndType.HUNG_UP_TOO_SOON or right is not Right.OPEN


def may_breathe(moment: Moment, state: State) -> bool:
    """Whether a breath can be taken: once in a moment, and never with all of one's calm there."""
    return moment.end is None and not state.rested and state.calm < BOUNDS["calm"][1]


def breathed(state: State) -> State:
    """A breath with the line on hold: own calm comes back."""
    return state._replace(calm=_within("calm", state.calm + BREATH_CALM), rested=True)


def chosen(scenario: Scenario, moment: Moment, choice: Choice, state: State) -> tuple[Moment, State, Way | None]:
    """Where a choice leads, the state there, and the way taken (None: the choice's own)."""
    after = _after(moment, choice, state)
    way = next((one for one in choice.ways if holds(one.conditions, moment, after)), None)
    following = scenario.moment(way.to if way else choice.to)
    if following.end is None:
        after = _going_on(after)
    return following, entered(scenario, following, after), way


def _going_on(state: State) -> State:
    """Step 5 is parting: a call that goes on stands on 4 at most."""
    if all(talk.ladder <= HIGHEST_IN_TALK for talk in state.talks):
        return state
    return state._replace(talks=tuple(talk._replace(ladder=min(talk.ladder, HIGHEST_IN_TALK)) for talk in state.talks))


def _after(moment: Moment, choice: Choice, state: State) -> State:
    """The state a choice leaves, before the moment it leads to is entered."""
    active = talk_of(moment.thread, len(state.talks))
    talks = state.talks
    effects = _effects(choice, state, 0 if active is None else talks[active].ladder)
    if active is not None:
        spoken = _spoken(talks[active], choice, effects)
        talks = tuple([spoken if place == active else talk_elsewhere(one) for place, one in enumerate(talks)])
    spent = effects.get("minutes", 1) if state.minutes is not None else 0
    names = state.names
    if choice.raises or choice.notes or choice.phrase:
        names = names.union(choice.raises, choice.notes, {f"said:{choice.phrase}"} if choice.phrase else ())
    return State(
        talks=talks,
        calm=_within("calm", state.calm + effects.get("calm", 0) - spent),
        names=names,
        minutes=None if state.minutes is None else _within("minutes", state.minutes + spent),
        queue=None if state.queue is None else _within("queue", state.queue + effects.get("queue", 0)),
    )


def talk_of(thread: int | None, talks: int) -> int | None:
    """The conversation a moment belongs to, by its place. None: of several none, as between colleagues; all are left alone."""
    return 0 if thread is None and talks == 1 else thread


def _effects(choice: Choice, state: State, ladder: int) -> dict[str, int]:
    """What a choice adds here: less when it comes too early, nothing good when the same words were used before."""
    effects = dict(choice.effects)
    if choice.deed in (Deed.EXPLAIN, Deed.OFFER) and ladder >= TOO_HOT:
        effects["trust"] = min(effects.get("trust", 0), 0) - TOO_EARLY
    if choice.phrase and f"said:{choice.phrase}" in state.names:
        for name in ("trust", "solved", "calm"):
            effects[name] = min(effects.get(name, 0), 0)
        effects["ladder"] = max(effects.get("ladder", 0), 0)
    return effects


def _spoken(talk: Talk, choice: Choice, effects: dict[str, int]) -> Talk:
    """The conversation after one's own turn in it. Nobody comes down at once: a step down lands with the second good act."""
    change = effects.get("ladder", 0)
    lands = owed = False
    if change <= 0:
        earned = change < 0
        lands = talk.owed or (earned and talk.good_before)
        owed = earned and (talk.owed or not talk.good_before)
    return Talk(
        ladder=_within("ladder", talk.ladder + (min(change, 2) if change > 0 else -lands)),
        trust=_within("trust", talk.trust + effects.get("trust", 0)),
        solved=_within("solved", talk.solved + effects.get("solved", 0)),
        boundary=max(talk.boundary, choice.boundary),
        owed=owed,
        good_before=choice.mark is Mark.GOOD,
        waiting=NOT_WAITING if choice.closes else 0 if talk.waiting >= 0 else talk.waiting,
    )


def talk_elsewhere(talk: Talk) -> Talk:
    """A conversation that waits while one answers in another: patience lasts two moves, then it goes one step up."""
    if talk.waiting == NOT_WAITING:
        return talk
    if talk.waiting + 1 < PATIENCE:
        return talk._replace(waiting=talk.waiting + 1)
    return talk._replace(waiting=0, owed=False, ladder=min(talk.ladder + 1, HIGHEST_IN_TALK))


def entered(scenario: Scenario, moment: Moment, state: State) -> State:
    """The state on coming to a moment: what happens there, and what a night's sleep gives back."""
    talks, calm = state.talks, state.calm
    if moment.later:
        calm = max(calm, dict(scenario.state)["calm"])
        talks = tuple(talk._replace(owed=False, good_before=False) for talk in talks)
    if moment.thread is not None and talks[moment.thread].waiting == NOT_WAITING and scenario.threads:
        begun = talks[moment.thread]._replace(waiting=0)
        talks = tuple(begun if place == moment.thread else talk for place, talk in enumerate(talks))
    names = state.names.union(moment.raises) if moment.raises else state.names
    if talks is state.talks and calm == state.calm and names is state.names:
        return state
    return state._replace(talks=talks, calm=calm, names=names)


def _within(name: str, value: int) -> int:
    low, high = BOUNDS[name]
    return low if value < low else min(value, high)


def succeeded(end: EndType | None) -> bool:
    """Ended well; hanging up rightly is ending well."""
    return end in SUCCESSES


def is_stale(checked: date, today: date) -> bool:
    """Whether a source was last checked over six months ago. Checked on the 31st, it is fresh to the end of a shorter month."""
    years, month = divmod(checked.month - 1 + MONTHS_FRESH, 12)
    year, month = checked.year + years, month + 1
    return today > date(year, month, min(checked.day, monthrange(year, month)[1]))
