"""A scenario file read into a `Scenario`: a graph of moments, proved walkable before anybody plays it."""

from markdown_it.tree import SyntaxTreeNode

from api.library import headers
from api.library.lessons import by_heading, heading_id, unique_ids
from api.library.markdown import Text, html, line, plain, read, split_braces
from api.library.values import (
    BOUNDS,
    CHANNELS,
    START_STATE,
    SUCCESSES,
    Choice,
    EndType,
    Mark,
    Moment,
    Scenario,
)

KEYS = {"title", "number", "minutes", "objective", "channel", "state", "sources"}
MAX_MOMENTS = 200


def read_scenario(path: str, source: str) -> tuple[Scenario, Text]:
    """The scenario and the text with its findings; a scenario with findings is not for publishing."""
    text = read(path, source)
    headers.known_keys(text, KEYS)
    intro, blocks = by_heading(text.nodes, "h2")
    if len(blocks) > MAX_MOMENTS:
        text.wrong(line(blocks[MAX_MOMENTS][0]), "too-many", f"a scenario has at most {MAX_MOMENTS} moments; split it")
        blocks = blocks[:MAX_MOMENTS]
    moments = tuple(_moment(text, heading, nodes) for heading, nodes in blocks)
    scenario = Scenario(
        title=headers.words(text, "title", longest=80),
        number=headers.words(text, "number", longest=8),
        minutes=headers.number(text, "minutes", 1, 60),
        objective=headers.words(text, "objective"),
        channel=headers.one_of(text, "channel", CHANNELS),
        state=_state(text),
        intro=html(intro),
        moments=moments,
        sources=headers.sources(text),
    )
    unique_ids(text, "moment", [(moment.id, moment.line) for moment in moments])
    if not moments:
        text.wrong(1, "no-moment", "the call has no moment; begin one with '## Heading {#id}'")
    # With a choice or an end that cannot be read, "nothing leads here" would be bad advice.
    elif not _broken_links(text, moments) and not {"choice-mark", "end-type"} & {one.rule for one in text.findings}:
        _walkable(text, moments)
    return scenario, text


def _state(text: Text) -> tuple[tuple[str, int], ...]:
    given = text.front.get("state", {})
    if not isinstance(given, dict):
        text.wrong(1, "state", "'state' must be of the form {ladder: 2, trust: 40}")
        return tuple(START_STATE.items())
    state = dict(START_STATE)
    for name, value in given.items():
        if name not in BOUNDS or type(value) is not int or not BOUNDS[name][0] <= value <= BOUNDS[name][1]:
            known = ", ".join(f"{key} {low}-{high}" for key, (low, high) in BOUNDS.items())
            text.wrong(1, "state", f"'{name}: {value}' is not a state; known are {known}")
        else:
            state[name] = value
    return tuple(state.items())


def _moment(text: Text, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> Moment:
    title, moment_id, values = heading_id(text, heading)
    at = line(heading)
    body: list[SyntaxTreeNode] = []
    choices: list[Choice] = []
    for node in nodes:
        if node.type == "bullet_list" and all(_is_choice(item) for item in node.children):
            for item in node.children:
                choice = _choice(text, len(choices) + 1, item)
                if choice:
                    choices.append(choice)
        else:
            body.append(node)
    if not body:
        text.wrong(at, "moment-empty", f"the moment '{title}' says nothing; write what the customer says")
    end = _end(text, at, values["end"], choices) if "end" in values else None
    if "end" not in values:
        for mark in sorted(set(Mark) - {choice.mark for choice in choices}):
            text.wrong(at, "moment-choices", f"a moment has at least one {mark} choice, marked .{mark}")
    return Moment(moment_id, title, html(body), tuple(choices), end, at)


def _end(text: Text, at: int, word: str, choices: list[Choice]) -> EndType | None:
    if choices:
        text.wrong(at, "end-choices", "an end has no choices; take away end= or the choices")
    if word not in tuple(EndType):
        text.wrong(at, "end-type", f"'{word}' is not an end; known are {', '.join(EndType)}")
        return None
    return EndType(word)


def _link(item: SyntaxTreeNode) -> SyntaxTreeNode | None:
    paragraph = item.children[0] if item.children else None
    if paragraph is None or paragraph.type != "paragraph":
        return None
    inline = paragraph.children[0].children
    return inline[0] if inline and inline[0].type == "link" else None


def _is_choice(item: SyntaxTreeNode) -> bool:
    return _link(item) is not None


def _choice(text: Text, number: int, item: SyntaxTreeNode) -> Choice | None:
    at = line(item)
    link = _link(item)
    assert link is not None
    _words, attributes = split_braces(plain(item.children[0]))
    if attributes is None or attributes.mark not in tuple(Mark):
        text.wrong(at, "choice-mark", "behind the link stands what the choice is worth: {.good trust=+10}")
        return None
    quotes = [node for node in item.children[1:] if node.type == "blockquote"]
    why = [node for node in item.children[1:] if node.type != "blockquote"]
    if len(quotes) != 1:
        text.wrong(at, "choice-reply", "under a choice stands first what the customer says back, as one quote")
    if not why:
        text.wrong(at, "choice-why", "under a choice, after the customer's reply, stands why it worked or did not")
    return Choice(
        number=number,
        text=plain(link),
        to=str(link.attrs.get("href", "")).removeprefix("#"),
        mark=Mark(attributes.mark),
        effects=_effects(text, at, attributes.values),
        reply=html(quotes[:1]),
        why=html(why),
        line=at,
    )


def _effects(text: Text, at: int, values: dict[str, str]) -> tuple[tuple[str, int], ...]:
    effects = []
    for name, value in values.items():
        low, high = BOUNDS.get(name, (0, 0))
        try:
            change = int(value)
        except ValueError:
            change = high - low + 1
        if name not in BOUNDS or abs(change) > high - low:
            text.wrong(at, "effect", f"'{name}={value}' is not an effect; write for instance trust=+10 or ladder=-1")
        else:
            effects.append((name, change))
    return tuple(effects)


def _broken_links(text: Text, moments: tuple[Moment, ...]) -> bool:
    known = {moment.id for moment in moments}
    broken = False
    for moment in moments:
        for choice in moment.choices:
            if choice.to not in known:
                text.wrong(choice.line, "choice-leads", f"the choice leads to '#{choice.to}', which is no moment here")
                broken = True
    return broken


def _walkable(text: Text, moments: tuple[Moment, ...]) -> None:
    """Every moment can be reached, and from each a good end can still be reached."""
    forward = {moment.id: {choice.to for choice in moment.choices} for moment in moments}
    reached = _closure({moments[0].id}, forward)
    backward: dict[str, set[str]] = {moment.id: set() for moment in moments}
    for origin, targets in forward.items():
        for target in targets:
            backward[target].add(origin)
    good_ends = {moment.id for moment in moments if moment.end in SUCCESSES}
    hopeful = _closure(good_ends, backward)
    for moment in moments:
        if moment.id not in reached:
            text.wrong(moment.line, "unreachable", f"no choice leads to '{moment.title}'; link to it or take it away")
        if moment.end is None and moment.id not in hopeful:
            text.wrong(moment.line, "no-way-out", f"from '{moment.title}' no choice leads on to a good end; open a way")


def _closure(start: set[str], edges: dict[str, set[str]]) -> set[str]:
    seen, waiting = set(start), list(start)
    while waiting:
        for target in edges[waiting.pop()] - seen:
            seen.add(target)
            waiting.append(target)
    return seen
