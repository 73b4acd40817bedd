"""The linter's walk, which forgets what decides nothing, against a walk that forgets nothing: they must agree on every call."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings

from api.library.graph import Condition, Deed, EndType, Flag, Moment, Scenario, Way
from api.library.proof import Proof
from api.library.rules import State, beginning, breathed, chosen, offered
from api.library.walk import Walk, walk
from tests.library import turns
from tests.library.generated import THREADS, scenarios
from tests.library.turns import END, MEH, MONA, OMAR

Standing = tuple[str, State]
EXAMPLES = 2300
LEAST_COMPARED = 2000
MOST_STATES = 500
GOOD = {"solved", "agreed", "handed_over", "rightly_ended", "readiness_called"}
PROVED = {"unreachable", "dead-end", "no-way-out", "no-exit", "never-offered", "never-taken", "hang-up-right"}


@dataclass
class Everything:
    """All states a call can be in, nothing forgotten, and where each can lead."""

    leads: dict[Standing, set[Standing]] = field(default_factory=dict)
    stuck: set[Standing] = field(default_factory=set)
    taken: set[tuple[str, int]] = field(default_factory=set)
    ways: set[tuple[str, int, int]] = field(default_factory=set)
    wronged: set[tuple[str, int]] = field(default_factory=set)

    @property
    def reached(self) -> set[str]:
        return {moment for moment, _state in self.leads}

    def leading_to(self, goals: set[Standing]) -> set[Standing]:
        found = set(goals)
        while True:
            more = {one for one, targets in self.leads.items() if one not in found and targets & found}
            if not more:
                return found
            found |= more


def brute(scenario: Scenario) -> Everything | None:
    """Every move in every state, as a player could make it; None when there are too many."""
    found = Everything()
    waiting = [beginning(scenario, view.key) for view in scenario.views] or [beginning(scenario)]
    while waiting:
        moment, state = waiting.pop()
        here = (moment.id, state)
        if here in found.leads:
            continue
        if len(found.leads) > MOST_STATES:
            return None
        after = [] if moment.end else moves(scenario, found, moment, state)
        found.leads[here] = {(following.id, there) for following, there in after}
        if not after and not moment.end:
            found.stuck.add(here)
        waiting += after
    return found


def moves(scenario: Scenario, found: Everything, moment: Moment, state: State) -> list[tuple[Moment, State]]:
    after = [] if state.rested or state.calm == 100 else [(moment, breathed(state))]
    for choice in offered(moment, state):
        following, there, way = chosen(scenario, moment, choice, state)
        found.taken.add((moment.id, choice.number))
        if way:
            found.ways.add((moment.id, choice.number, way.line))
        if choice.deed is Deed.HANG_UP and following.end in (EndType.RIGHTLY_ENDED, EndType.HUNG_UP_TOO_SOON):
            warned = state.talks[moment.thread or 0].boundary >= 2
            provoked = bool({"threat", "harassment", "hateful"} & state.names)
            allowed = Flag.LIFE_DANGER not in state.names and (warned or provoked)
            if allowed != (following.end is EndType.RIGHTLY_ENDED):
                found.wronged.add((moment.id, choice.number))
        after.append((following, there))
    return after


def expected(scenario: Scenario, found: Everything) -> set[tuple[int, str]]:
    """What the linter has to say of the walk, worked out from the states that were met."""
    ends = {moment.id: moment.end for moment in scenario.moments if moment.end}
    out = found.leading_to({one for one in found.leads if one[0] in ends} | found.stuck)
    good = {name for name, _state in found.leading_to({one for one in found.leads if ends.get(one[0]) in GOOD})}
    circling = {name for name, _state in found.leads.keys() - out}
    stuck = {name for name, _state in found.stuck}
    wrong = set()
    for moment in scenario.moments:
        if moment.id not in found.reached:
            wrong.add((moment.line, "unreachable"))
        elif moment.id in stuck:
            wrong.add((moment.line, "dead-end"))
        elif not moment.end and moment.id not in good:
            wrong.add((moment.line, "no-way-out"))
        elif moment.id in circling:
            wrong.add((moment.line, "no-exit"))
        for choice in moment.choices if moment.id in found.reached else ():
            if (moment.id, choice.number) not in found.taken:
                wrong.add((choice.line, "never-offered"))
                continue
            untaken = [way for way in choice.ways if (moment.id, choice.number, way.line) not in found.ways]
            wrong |= {(way.line, "never-taken") for way in untaken}
            if (moment.id, choice.number) in found.wronged:
                wrong.add((choice.line, "hang-up-right"))
    return wrong


def agree(scenario: Scenario, found: Everything, walked: Walk) -> None:
    assert walked.whole
    assert walked.reached == found.reached
    assert {walked.nodes[node][0] for node in walked.stuck} == {name for name, _state in found.stuck}
    assert walked.taken == found.taken
    assert walked.ways == found.ways
    assert walked.wronged.keys() == found.wronged
    ends = {moment.id for moment in scenario.moments if moment.end}
    lost = set(range(len(walked.nodes))) - walked.leading_to(walked.at(ends))
    out = found.leading_to({one for one in found.leads if one[0] in ends})
    assert {walked.nodes[node][0] for node in lost} == {name for name, _state in found.leads.keys() - out}
    assert len(walked.nodes) <= len(found.leads), "forgetting only makes the walk shorter"
    proved = {(line, rule) for line, rule, _message in Proof(scenario).wrongs() if rule in PROVED}
    assert proved == expected(scenario, found)


@pytest.mark.fuzz
def test_a_walk_that_forgets_agrees_with_one_that_forgets_nothing() -> None:
    compared = []

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(scenarios())
    def compare(scenario: Scenario) -> None:
        found = brute(scenario)
        if found is not None:
            agree(scenario, found, walk(scenario))
            compared.append(len(found.leads))

    compare()
    assert len(compared) >= LEAST_COMPARED


def test_the_walk_knows_that_the_same_words_solve_nothing_twice() -> None:
    said = turns.choice(deed=Deed.ACKNOWLEDGE, phrase="i-understand", solved=1, to="here")
    done = replace(turns.choice(to="end", conditions=(Condition("solved", ">=", 2),)), number=2)
    call = turns.scenario(turns.moment("here", said, done), END)
    found = brute(call)
    assert found is not None
    agree(call, found, walk(call))
    assert found.taken == {("here", 1)}


@pytest.mark.parametrize(("calm", "breaths"), [(99, 1), (100, 0)])
def test_the_walk_takes_a_breath_only_where_a_player_can(calm: int, breaths: int) -> None:
    waits = turns.choice(to="end", conditions=(Condition("calm", "<", 30),))
    call = turns.scenario(turns.moment("here", waits), END, state={"calm": calm})
    found, walked = brute(call), walk(call)
    assert found is not None
    agree(call, found, walked)
    assert len(walked.nodes) == 1 + breaths


def test_the_walk_knows_how_long_somebody_has_waited() -> None:
    hot = Way("end", (Condition("ladder", ">=", 3),), "", 1)
    mona = replace(MONA, choices=(replace(MEH, to="omar", ways=(hot,)),))
    omar = replace(OMAR, choices=(replace(MEH, to="again"),))
    again = turns.moment("again", replace(MEH, to="mona"), thread=1)
    call = turns.scenario(mona, omar, again, END, threads=THREADS)
    found = brute(call)
    assert found is not None
    agree(call, found, walk(call))
    assert found.ways == {("mona", 1, 1)}
