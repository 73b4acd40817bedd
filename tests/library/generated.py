"""Calls made up by hypothesis: a few moments with coarse numbers, so that all their states can be walked by brute force.

Each call has a theme, a rule or two that it leans on; a call with a little of everything seldom gets far enough to try any.
"""

from dataclasses import dataclass
from math import prod
from typing import Any

from hypothesis import strategies as st

from api.library.graph import (
    Boundary,
    Channel,
    Choice,
    Condition,
    Deed,
    EndType,
    Flag,
    Moment,
    Named,
    Scenario,
    Way,
)
from api.library.values import Mark

FLAGS = (Flag.THREAT, Flag.LIFE_DANGER, Flag.DIGITAL)
ENDS = (EndType.AGREED, EndType.RIGHTLY_ENDED, EndType.HUNG_UP_TOO_SOON, EndType.RIGHTLY_ENDED)
VIEWS = (Named("target", "Den, det gælder"), Named("bystander", "Den, der hører det"))
NAMES = (*FLAGS, "words", "target")
THREADS = (Named("mona", "Mona"), Named("omar", "Omar"))
Effects = tuple[tuple[str, int], ...]

DOWN: tuple[Effects, ...] = ((("ladder", -1),), (("ladder", -1), ("trust", 50)), (("ladder", -2), ("calm", 20)))
UP: tuple[Effects, ...] = ((("ladder", 1),), (("ladder", 2), ("calm", -40)))
REST: tuple[Effects, ...] = ((("trust", 50),), (("trust", -50), ("solved", 2)), (("solved", 1),), (("calm", -40),))
CLOCK: tuple[Effects, ...] = ((("minutes", 0),), (("minutes", 100), ("trust", 50)), (("queue", 40), ("calm", 20)))
LADDER = (Condition("ladder", ">=", 3), Condition("ladder", "=", 4), Condition("ladder", "<", 2))
TRUST = (Condition("trust", ">", 50), Condition("trust", "<=", 0), Condition("solved", ">=", 2))
CALM = (Condition("calm", "<", 30), Condition("calm", ">=", 60))
BOUNDARY = (Condition("boundary", ">=", Boundary.WARNED), Condition("boundary", "=", Boundary.NAMED))
TIME = (Condition("minutes", ">=", 100), Condition("minutes", "=", 240), Condition("queue", ">=", 40))
NAMED = tuple(Condition(name, sign) for name in NAMES for sign in ("has", "lacks"))


@dataclass(frozen=True)
class Theme:
    """What the choices of a call are made of. `threads`, `clock`: whether it has them."""

    asked: tuple[Condition, ...]
    effects: tuple[Effects, ...]
    deeds: tuple[Deed | None, ...] = (None,)
    boundaries: tuple[Boundary, ...] = (Boundary.NONE,)
    raised: tuple[tuple[Flag, ...], ...] = ((),)
    subtle: tuple[bool, ...] = (False,)
    threads: bool = False
    clock: bool = False

    @property
    def makings(self) -> tuple[tuple[Any, ...], ...]:
        """What a choice can be, beside where it leads and when: drawn as one number, for it is drawn very often."""
        closes = (False, False, True) if self.threads else (False,)
        notes = (False, False, True) if NAMED[0] in self.asked else (False,)
        return self.deeds, self.boundaries, self.subtle, closes, self.raised, notes, self.effects, tuple(Mark)


RAISED: tuple[tuple[Flag, ...], ...] = ((), (), (), (), *((flag,) for flag in FLAGS))
BOUNDARIES = (Boundary.NONE,) * 4 + (Boundary.NAMED, Boundary.WARNED, Boundary.ENDED)
DEEDS = (None, None, None, *Deed)
THEMES = (
    Theme(
        (*LADDER, *TRUST, *CALM, *BOUNDARY, *NAMED), ((), *DOWN, *UP, *REST), DEEDS, BOUNDARIES, RAISED, (False, True)
    ),
    Theme(LADDER, ((), *DOWN, *UP)),
    Theme((*LADDER, *TRUST, *CALM), (*DOWN, *REST), (Deed.ACKNOWLEDGE,)),
    Theme((*LADDER, *TRUST), ((), *DOWN, *REST), (Deed.EXPLAIN, Deed.OFFER)),
    Theme((*LADDER, *TRUST), ((), *DOWN, *UP), threads=True),
    Theme((*TIME, *CALM), (*CLOCK, *REST), subtle=(False, True), clock=True),
    Theme((*BOUNDARY, *NAMED), ((), *CLOCK), (None, Deed.HANG_UP, Deed.RELIEF), BOUNDARIES, RAISED),
)
RARELY = (False, False, False, False, True)
rarely = st.sampled_from(RARELY)


def spread(makings: tuple[tuple[Any, ...], ...], code: int) -> list[Any]:
    """One of each of the makings."""
    picked = []
    for options in makings:
        code, place = divmod(code, len(options))
        picked.append(options[place])
    return picked


@st.composite
def conditions(draw: st.DrawFn, theme: Theme) -> tuple[Condition, ...]:
    one = draw(st.sampled_from(theme.asked))
    return (one, draw(st.sampled_from(theme.asked))) if draw(rarely) else (one,)


@st.composite
def choices(draw: st.DrawFn, theme: Theme, number: int, place: int, ids: list[str]) -> Choice:
    """Any choice of the theme. Lines are its own, so that findings can be told apart."""
    line = 100 * place + 10 * number
    code = draw(st.integers(0, prod(map(len, theme.makings)) - 1))
    deed, boundary, subtle, closes, raises, notes, effects, mark = spread(theme.makings, code)
    more = draw(st.integers(0, 3))  # what is drawn only sometimes
    ways = [(draw(st.sampled_from(ids)), draw(conditions(theme))) for _way in range(2 if more == 1 else 0)]
    return Choice(
        number=number,
        text="",
        to=draw(st.sampled_from(ids)),
        mark=mark,
        effects=effects,
        reply="",
        why="",
        line=line,
        boundary=boundary,
        deed=deed,
        phrase="i-understand" if deed is Deed.ACKNOWLEDGE else "",
        subtle=subtle,
        closes=closes,
        raises=raises,
        notes=("words",) if notes else (),
        conditions=draw(conditions(theme)) if more == 2 else (),
        ways=tuple(Way(to, asked, "", line + 1 + at) for at, (to, asked) in enumerate(ways)),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Any call of two to six moments, some of them ends: with or without views, threads, a clock and nights between."""
    theme = draw(st.sampled_from(THEMES))
    talked, ended = draw(st.integers(1, 4)), draw(st.integers(1, 2))
    ids = [f"m{place}" for place in range(talked + ended)]
    views = VIEWS if NAMED[0] in theme.asked and draw(st.booleans()) else ()
    moments = []
    for place, name in enumerate(ids):
        end = draw(st.sampled_from(ENDS)) if place >= talked else None
        several = range(1, 1 + (0 if end else draw(st.integers(1, 3))))
        ahead = ids[:talked] if draw(rarely) else ids  # now and then a moment from which no choice ends the call
        moments.append(
            Moment(
                id=name,
                title=name,
                html="",
                choices=tuple(draw(choices(theme, number, place, ahead)) for number in several),
                end=end,
                line=100 * place,
                thread=draw(st.sampled_from([None, 0, 1])) if theme.threads else None,
                view=views[place].key if place < len(views) else "",
                later=draw(rarely),
                raises=draw(st.sampled_from(theme.raised)),
            )
        )
    state = {
        "ladder": draw(st.integers(1, 4)),
        "trust": draw(st.sampled_from([0, 50, 100])),
        "calm": draw(st.sampled_from([20, 40, 80])),
        "solved": 0,
    }
    state |= {"minutes": draw(st.sampled_from([0, 100, 239])), "queue": 0} if theme.clock else {}
    return Scenario(
        title="",
        number="",
        minutes=3,
        objective="",
        channel=Channel.CHAT if theme.threads else Channel.PHONE,
        state=tuple(state.items()),
        intro="",
        moments=tuple(moments),
        sources=(),
        flags=draw(st.sampled_from(theme.raised)),
        facts=(Named("words", "Hendes ord"),),
        views=views,
        threads=THREADS if theme.threads else (),
    )
