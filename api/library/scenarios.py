"""A scenario file read into a `Scenario`. What is proved of it as a whole stands in `proof.py`."""

from collections.abc import Sequence
from typing import Any

from api.library import headers
from api.library.choices import FACT, RESERVED
from api.library.graph import BOUNDS, OF_A_TALK, START_STATE, Boundary, Channel, EndType, Flag, Moment, Named, Scenario
from api.library.headings import by_heading, marked, unique_ids
from api.library.markdown import LONGEST_MESSAGE, Text, html, line, read
from api.library.moments import QUESTION, Header, read_moment, read_question
from api.library.proof import Proof
from api.library.rules import HIGHEST_IN_TALK, talk_of
from api.library.values import Finding

KEYS = {
    "title",
    "number",
    "minutes",
    "objective",
    "channel",
    "ends",
    "state",
    "flags",
    "facts",
    "views",
    "threads",
    "content_note",
    "sources",
}
MAX_MOMENTS = 200
MOST_NAMED = {"facts": 20, "views": 4, "threads": 2}
# With one of these wrong, the graph is not what the author meant, and a walk through it would give bad advice.
UNSURE = {
    "act",
    "boundary",
    "braces",
    "choice-leads",
    "choice-mark",
    "condition",
    "effect",
    "end-choices",
    "end-type",
    "facts",
    "flag",
    "flags",
    "header",
    "id",
    "moment-twice",
    "note",
    "opening",
    "state",
    "thread",
    "threads",
    "too-many",
    "view",
    "views",
    "way",
}


def read_scenario(path: str, source: str, *, proved: bool = True) -> tuple[Scenario, Text]:
    """The scenario and the text with its findings; a scenario with findings is not for publishing.

    `proved`: also walked as a whole, which can take seconds; what has been published has been proved already.
    """
    text = read(path, source)
    headers.known_keys(text, KEYS)
    intro, blocks = by_heading(text.nodes, "h2")
    last = blocks[-1] if blocks else None
    questions = [block for block in blocks if marked(block[0], QUESTION)]
    blocks = [block for block in blocks if not marked(block[0], QUESTION)]
    if len(blocks) > MAX_MOMENTS:
        text.wrong(line(blocks[MAX_MOMENTS][0]), "too-many", f"a scenario has at most {MAX_MOMENTS} moments; split it")
        blocks = blocks[:MAX_MOMENTS]
    facts, views, threads = (_named(text, key) for key in MOST_NAMED)
    channel = Channel(headers.one_of(text, "channel", tuple(Channel)))
    header = Header(channel, frozenset(one.key for one in facts), _keys(views), _keys(threads))
    moments = tuple(read_moment(text, header, heading, nodes) for heading, nodes in blocks)
    asked, answer = read_question(text, questions, last)
    scenario = Scenario(
        title=headers.words(text, "title", longest=80),
        number=headers.words(text, "number", longest=8),
        minutes=headers.number(text, "minutes", 1, 60),
        objective=headers.words(text, "objective"),
        channel=channel,
        state=_state(text),
        intro=html(intro),
        moments=moments,
        sources=headers.sources(text),
        ends=tuple(EndType(one) for one in _words(text, "ends", tuple(EndType), needed=True)),
        flags=tuple(Flag(one) for one in _words(text, "flags", tuple(Flag))),
        facts=facts,
        views=views,
        threads=threads,
        content_note=headers.words(text, "content_note", needed=False),
        question=asked,
        answer=answer,
    )
    unique_ids(text, "moment", [(moment.id, moment.line) for moment in moments])
    if not moments:
        text.wrong(1, "no-moment", "the call has no moment; begin one with '## Heading {#id}'")
        return scenario, text
    _leads(text, moments)
    _views(text, scenario)
    _between(text, scenario)
    if proved:
        add_proof(scenario, path, text.findings)
    return scenario, text


def add_proof(scenario: Scenario, path: str, findings: list[Finding]) -> int:
    """Walks through the whole call and adds what that finds wrong; how many states the call can be in.

    0: there are no moments, or mistakes in the way of a walk.
    """
    if not scenario.moments or UNSURE & {one.rule for one in findings}:
        return 0
    proof = Proof(scenario)
    findings += [Finding(path, at, rule, message[:LONGEST_MESSAGE]) for at, rule, message in proof.wrongs()]
    return proof.states


def _keys(named: Sequence[Named]) -> tuple[str, ...]:
    return tuple(one.key for one in named)


def _words(text: Text, key: str, known: tuple[str, ...], *, needed: bool = False) -> tuple[str, ...]:
    """A list of words in the header, each of them known, in the order written."""
    given = text.front.get(key, None if needed else [])
    if not isinstance(given, list) or (needed and not given) or not all(one in known for one in given):
        text.wrong(1, key, f"'{key}' must be a list such as [{known[0]}, {known[1]}]; known are {', '.join(known)}")
        return ()
    return tuple(dict.fromkeys(given))


def _named(text: Text, key: str) -> tuple[Named, ...]:
    """What the header names, as `{key: words}`."""
    given: Any = text.front.get(key, {})
    if not isinstance(given, dict) or len(given) > MOST_NAMED[key]:
        text.wrong(1, key, f"'{key}' must be of the form {{name: words}}, at most {MOST_NAMED[key]} of them")
        return ()
    found = []
    for name, words in given.items():
        if not isinstance(name, str) or not FACT.fullmatch(name) or name in RESERVED:
            text.wrong(
                1, key, f"'{name}' cannot be a name here; use small letters, and no word that means something else"
            )
        elif not isinstance(words, str) or not 1 <= len(words.strip()) <= 80:
            text.wrong(1, key, f"'{name}' needs words to show, at most 80 characters")
        else:
            found.append(Named(name, words.strip()))
    return tuple(found)


def _state(text: Text) -> tuple[tuple[str, int], ...]:
    given = text.front.get("state", {})
    if not isinstance(given, dict):
        text.wrong(1, "state", "'state' must be of the form {ladder: 2, trust: 40}")
        return tuple(START_STATE.items())
    state = dict(START_STATE)
    bounds = {name: bound for name, bound in BOUNDS.items() if name != "boundary"} | {"ladder": (1, HIGHEST_IN_TALK)}
    for name, value in given.items():
        if name not in bounds or type(value) is not int or not bounds[name][0] <= value <= bounds[name][1]:
            known = ", ".join(f"{key} {low}-{high}" for key, (low, high) in bounds.items())
            text.wrong(1, "state", f"'{name}: {value}' is not a state; known are {known}")
        else:
            state[name] = value
    return tuple(state.items())


def _leads(text: Text, moments: tuple[Moment, ...]) -> None:
    known = {moment.id for moment in moments}
    for moment in moments:
        for choice in moment.choices:
            for at, to in [(choice.line, choice.to), *((way.line, way.to) for way in choice.ways)]:
                if to not in known:
                    text.wrong(at, "choice-leads", f"the choice leads to '#{to}', which is no moment here")


def _between(text: Text, scenario: Scenario) -> None:
    """Between two conversations a choice does nothing to either of them."""
    for moment in scenario.moments:
        if talk_of(moment.thread, len(scenario.threads) or 1) is not None:
            continue
        for choice in moment.choices:
            names = [name for name, _change in choice.effects if name in OF_A_TALK]
            names += ["boundary"] * (choice.boundary is not Boundary.NONE) + [".closes"] * choice.closes
            if names:
                text.wrong(
                    choice.line,
                    "thread",
                    f"'{moment.title}' stands in no thread, so its choices leave both alone; take away {', '.join(names)}, or write thread={scenario.threads[0].key} at the heading",
                )


def _views(text: Text, scenario: Scenario) -> None:
    """Each view opens at one moment, and the first view at the first moment of the file. No call opens with its end."""
    for moment in scenario.moments:
        if moment.end is not None and (moment is scenario.opening or moment.view):
            text.wrong(
                moment.line, "opening", "the call opens here and this is an end; write a moment with choices first"
            )
    for view in scenario.views:
        if view.key in _keys(scenario.facts):
            text.wrong(1, "views", f"'{view.key}' is a fact already; give the view another name")
        openings = [moment for moment in scenario.moments if moment.view == view.key]
        if len(openings) != 1:
            at = openings[1].line if openings else 1
            text.wrong(at, "view", f"the view '{view.key}' opens at exactly one moment, marked view={view.key}")
    if scenario.views and scenario.opening.view != scenario.views[0].key:
        text.wrong(
            scenario.opening.line, "view", f"the first moment opens the first view: view={scenario.views[0].key}"
        )
