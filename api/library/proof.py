"""What a walk through a whole scenario proves or disproves, as findings on the lines of the file."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from api.library.graph import Deed, Flag, Scenario
from api.library.rules import BREATH, succeeded
from api.library.walk import KNOWN_FLAGS, walk

Wrong = tuple[int, str, str]
LONGEST_PATH = 40


class Proof:
    """What a walk proves or disproves, as findings on the lines of the file."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.walked = walk(scenario)
        self.memory = self.walked.memory

    @property
    def states(self) -> int:
        """How many states the call can be in."""
        return len(self.walked.nodes)

    def wrongs(self) -> Iterator[Wrong]:
        """Line, rule and sentence of everything the walk finds wrong."""
        yield from self._declared()
        yield from self._unread()
        yield from self._relief()
        if not self.walked.whole:
            yield (
                1,
                "too-many-states",
                f"the call has more states than can be walked ({self.states} seen, {self._crowded()}); let fewer conditions read numbers, take away ways back to earlier moments, or split it",
            )
            return
        yield from self._moments()
        yield from self._never()
        for (name, number), node in sorted(self.walked.wronged.items()):
            choice = self.scenario.moment(name).choice(number)
            assert choice is not None
            yield (
                choice.line,
                "hang-up-right",
                f"hanging up is not rightly called so here ({self._seen(node)}); ask for boundary>=warned or a flag, or lead elsewhere",
            )

    def _declared(self) -> Iterator[Wrong]:
        ends = {moment.end for moment in self.scenario.moments if moment.end is not None}
        for end in self.scenario.ends:
            if end not in ends:
                yield (
                    1,
                    "end-unreached",
                    f"the header names the end {end}, and no moment ends so; write one or take it away",
                )
        for moment in self.scenario.moments:
            if moment.end is not None and self.scenario.ends and moment.end not in self.scenario.ends:
                yield moment.line, "end-undeclared", f"add {moment.end} to the header's ends"

    def _unread(self) -> Iterator[Wrong]:
        read = self.memory.names
        for fact in self.scenario.facts:
            if fact.key not in read:
                yield 1, "unread", f"no condition reads the fact '{fact.key}'; let one ask for it or leave it out"
        raised = [(1, flag) for flag in self.scenario.flags]
        for moment in self.scenario.moments:
            raised += [(moment.line, flag) for flag in moment.raises]
            raised += [(choice.line, flag) for choice in moment.choices for flag in choice.raises]
        for at, flag in raised:
            if flag not in KNOWN_FLAGS and flag not in read:
                yield at, "unread", f"no condition reads the flag {flag}; let one ask for it or leave it out"

    def _relief(self) -> Iterator[Wrong]:
        """With the right to hang up off, being relieved must be possible."""
        moments = self.scenario.moments
        places = [moment.line for moment in moments if Flag.LIFE_DANGER in moment.raises]
        places += [choice.line for moment in moments for choice in moment.choices if Flag.LIFE_DANGER in choice.raises]
        places += [1] if Flag.LIFE_DANGER in self.scenario.flags else []
        if places and not any(choice.deed is Deed.RELIEF for moment in moments for choice in moment.choices):
            yield (
                min(places),
                "relief",
                "a life may be in danger here, so the right to hang up is off; let a choice offer to be relieved: act=relief",
            )

    def _crowded(self) -> str:
        """Where most of the states are, and which numbers are still asked for there."""
        [(name, _count)] = Counter(moment for moment, _state in self.walked.nodes).most_common(1)
        numbers = " and ".join(sorted(self.memory.reads[name].numbers)) or "flags and facts alone"
        return f"most in '{self.scenario.moment(name).title}', from where conditions ask for {numbers}"

    @cached_property
    def _hope(self) -> tuple[set[int], set[int]]:
        """Nodes from which the call stops somewhere (at an end, or stuck), and those from which it can end well."""
        ends = {moment.id for moment in self.scenario.moments if moment.end is not None}
        good = {moment.id for moment in self.scenario.moments if succeeded(moment.end)}
        walked = self.walked
        return walked.leading_to([*walked.at(ends), *walked.stuck]), walked.leading_to(walked.at(good))

    def _moments(self) -> Iterator[Wrong]:
        out, good = self._hope
        stuck: dict[str, int] = {}
        for node in self.walked.stuck:
            stuck.setdefault(self.walked.nodes[node][0], node)
        circling: dict[str, int] = {}
        hopeful: set[str] = set()
        for node, (name, _state) in enumerate(self.walked.nodes):
            if node not in out:
                circling.setdefault(name, node)
            if node in good:
                hopeful.add(name)
        for moment in self.scenario.moments:
            if moment.id not in self.walked.reached:
                yield moment.line, "unreachable", f"nothing leads to '{moment.title}'; link to it or take it away"
            elif moment.id in stuck and moment.choices:
                seen = self._seen(stuck[moment.id])
                yield (
                    moment.line,
                    "dead-end",
                    f"in '{moment.title}' nothing can be chosen ({seen}); leave one choice without if=",
                )
            elif moment.end is None and moment.id not in hopeful:
                yield moment.line, "no-way-out", f"from '{moment.title}' no choice leads on to a good end; open a way"
            elif moment.id in circling:
                seen = self._seen(circling[moment.id])
                yield (
                    moment.line,
                    "no-exit",
                    f"from '{moment.title}' the call can go round for ever ({seen}); open a way to an end",
                )

    def _never(self) -> Iterator[Wrong]:
        for moment in self.scenario.moments:
            if moment.id not in self.walked.reached or moment.end is not None:
                continue
            for choice in moment.choices:
                if (moment.id, choice.number) not in self.walked.taken:
                    yield choice.line, "never-offered", "no state offers this choice; mend its if= or take it away"
                    continue
                for way in choice.ways:
                    if (moment.id, choice.number, way.line) not in self.walked.ways:
                        yield way.line, "never-taken", "no state takes this way; mend its if= or take it away"

    def _seen(self, node: int) -> str:
        name, state = self.walked.nodes[node]
        told = self.memory.told(self.scenario.moment(name), state)
        opening, numbers = self.walked.path(node)
        view = self.scenario.moment(opening).view
        seen = f"seen as {view}, " if view else ""
        if not numbers:
            return f"{told}; {seen}at once"
        shown = " ".join(map(str, numbers[:LONGEST_PATH])) + (" …" if len(numbers) > LONGEST_PATH else "")
        breath = ", 0 is a breath" if BREATH in numbers else ""
        return f"{told}; {seen}for instance after the choices {shown}{breath}"
