"""Short ways to write a state, a choice and a turn, for tests of the rules of a call."""

from api.library.graph import BOUNDS, Channel, Choice, EndType, Moment, Named, Scenario
from api.library.rules import State, Talk, chosen
from api.library.values import Mark

GOOD, TEMPTING, HARMFUL = Mark.GOOD, Mark.TEMPTING, Mark.HARMFUL


def choice(mark: Mark = GOOD, *, to: str = "next", **more: object) -> Choice:
    """A choice; the words that name a number are its effects."""
    effects = tuple((name, more.pop(name)) for name in list(more) if name in BOUNDS and name != "boundary")
    return Choice(1, "", to, mark, effects, "", "", 0, **more)  # type: ignore[arg-type]


def moment(name: str = "here", *choices: Choice, end: EndType | None = None, **more: object) -> Moment:
    return Moment(name, "", "", choices, end, 0, **more)  # type: ignore[arg-type]


HERE, NEXT, NIGHT = moment(), moment("next"), moment("night", later=True)
END = moment("end", end=EndType.AGREED)
MONA, OMAR = moment("mona", thread=0), moment("omar", thread=1)
START = {"ladder": 2, "trust": 40, "calm": 70, "solved": 0}


def scenario(*moments: Moment, state: dict[str, int] | None = None, **more: object) -> Scenario:
    numbers = tuple((START | (state or {})).items())
    return Scenario("", "", 3, "", Channel.PHONE, numbers, "", moments or (HERE, NEXT, END, NIGHT), (), **more)  # type: ignore[arg-type]


CALL = scenario()
CHAT = scenario(HERE, MONA, OMAR, END, threads=(Named("mona", "Mona"), Named("omar", "Omar")))


def state(calm: int = 70, names: frozenset[str] = frozenset(), *, minutes: int | None = None, **talk: object) -> State:
    numbers = {"ladder": 3, "trust": 50, "solved": 0} | talk
    return State((Talk(**numbers),), calm, names, minutes)  # type: ignore[arg-type]


def after(before: State, *turns: Choice, at: Moment = HERE, call: Scenario = CALL) -> State:
    for turn in turns:
        _moment, before, _way = chosen(call, at, turn, before)
    return before


def ladder(before: State, *turns: Choice) -> list[int]:
    """Where the ladder stands after each turn."""
    steps = []
    for turn in turns:
        before = after(before, turn)
        steps.append(before.talks[0].ladder)
    return steps


DOWN, UP, STAY = choice(ladder=-1), choice(HARMFUL, ladder=1), choice(GOOD)
MEH_DOWN, MEH = choice(TEMPTING, ladder=-1), choice(TEMPTING)
