"""The moments of a scenario file: what is said there, the choices under it, and what the braces make of them."""

import re
from dataclasses import dataclass, replace
from html import unescape

from markdown_it.tree import SyntaxTreeNode

from api.library.choices import conditions, flags, read_choice
from api.library.graph import Axis, Channel, Choice, EndType, Flag, Moment, Way
from api.library.headings import heading_id
from api.library.markdown import Text, html, line, plain, split_braces
from api.library.values import Mark

QUESTION = "question"
MOMENT_KEYS = {"end", "flag", "channel", "thread", "view"}
AXES = 3
MOST_CHOICES = 20
MOST_WAYS = 10
AXIS = re.compile(r"(?:<p>)?<strong>(?P<label>[^<]+):</strong>\s*(?P<first>[^\n]*?)(?:</p>)?(?P<more>\n.*)?", re.DOTALL)


@dataclass(frozen=True)
class Header:
    """What of the header its moments need."""

    channel: Channel
    facts: frozenset[str]
    views: tuple[str, ...]
    threads: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset({*Flag, *self.facts, *self.views})


Block = tuple[SyntaxTreeNode, list[SyntaxTreeNode]]


def read_question(text: Text, found: list[Block], last: Block | None) -> tuple[str, str]:
    """The question at the end and the answer to compare with. `last`: the last heading of the file and what stands there."""
    if len(found) != 1:
        at = line(found[1][0]) if found else 1
        text.wrong(
            at, "question", "the file ends with one question: '## Heading {.question}', and the answer as a quote"
        )
        return "", ""
    heading, nodes = found[0]
    if last is not None and heading is not last[0]:
        text.wrong(line(heading), "question", "the question stands last in the file; move it below the last moment")
    asked = [node for node in nodes if node.type != "blockquote"]
    answers = [node for node in nodes if node.type == "blockquote"]
    if not asked or len(answers) != 1 or not plain(answers[0]):
        text.wrong(line(heading), "question", "under .question stands the question, then one quote with the answer")
    return html(asked), html(list(answers[0].children)) if answers else ""


def read_moment(text: Text, header: Header, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> Moment:
    title, braces = heading_id(text, heading)
    at, values = line(heading), braces.values
    if not set(values) <= MOMENT_KEYS or not set(braces.marks) <= {"later"}:
        text.wrong(at, "braces", f"a moment's braces know {', '.join(sorted(MOMENT_KEYS))} and .later")
    body: list[SyntaxTreeNode] = []
    choices: list[Choice] = []
    axes: tuple[Axis, ...] = ()
    for node in nodes:
        if node.type == "bullet_list" and all(_link(item) for item in node.children):
            for item in node.children:
                choice = _choice(text, header, len(choices) + 1, item)
                choices += [choice] if choice else []
        elif node.type == "bullet_list" and node is nodes[-1] and "end" in values:
            axes = _axes(node)
        else:
            body.append(node)
    if not body:
        text.wrong(at, "moment-empty", f"the moment '{title}' says nothing; write what the customer says")
    end = _end(text, at, values["end"], choices, axes) if "end" in values else None
    if len(choices) > MOST_CHOICES:
        text.wrong(
            choices[MOST_CHOICES].line, "too-many", f"a moment has at most {MOST_CHOICES} choices; take some away"
        )
    if "end" not in values:
        for mark in sorted(set(Mark) - {choice.mark for choice in choices}):
            text.wrong(at, "moment-choices", f"a moment has at least one {mark} choice, marked .{mark}")
    return Moment(
        id=braces.id,
        title=title,
        html=html(body),
        choices=tuple(choices),
        end=end,
        line=at,
        channel=_channel(text, at, values.get("channel"), header.channel),
        thread=_place(text, at, "thread", values.get("thread"), header.threads),
        view=values["view"] if _place(text, at, "view", values.get("view"), header.views) is not None else "",
        later="later" in braces.marks,
        raises=flags(text, at, values.get("flag")),
        axes=axes,
    )


def _channel(text: Text, at: int, word: str | None, usual: Channel) -> Channel:
    if word is None or word in tuple(Channel):
        return Channel(word or usual)
    text.wrong(at, "channel", f"'{word}' is not a channel; known are {', '.join(Channel)}")
    return usual


def _place(text: Text, at: int, key: str, word: str | None, known: tuple[str, ...]) -> int | None:
    if word is None:
        return None
    if word not in known:
        text.wrong(at, key, f"'{word}' is not among the header's {key}s; add it there or mend the name")
        return None
    return known.index(word)


def _axes(node: SyntaxTreeNode) -> tuple[Axis, ...]:
    """The list at an end: each item begins with a bold name of whom it is about."""
    axes = []
    for item in node.children:
        found = AXIS.fullmatch(html(item.children))
        if found and (found["first"] or found["more"]):
            axes.append(Axis(unescape(found["label"]), f"<p>{found['first']}</p>{found['more'] or ''}"))
    return tuple(axes) if len(axes) == len(node.children) else ()


def _end(text: Text, at: int, word: str, choices: list[Choice], axes: tuple[Axis, ...]) -> EndType | None:
    if choices:
        text.wrong(at, "end-choices", "an end has no choices; take away end= or the choices")
    elif len(axes) != AXES:
        text.wrong(
            at,
            "end-axes",
            "an end closes with a list of exactly three, each with some words: **The customer:** …, **Yourself:** …, **The agreements:** …",
        )
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


def _choice(text: Text, header: Header, number: int, item: SyntaxTreeNode) -> Choice | None:
    at = line(item)
    link = _link(item)
    assert link is not None
    _text, attributes = split_braces(plain(item.children[0]))
    does = read_choice(text, at, attributes, header.facts, header.names)
    if does is None:
        return None
    quotes = [node for node in item.children[1:] if node.type == "blockquote"]
    lists = [node for node in item.children[1:] if node.type == "bullet_list" and all(map(_link, node.children))]
    why = [node for node in item.children[1:] if node.type != "blockquote" and node not in lists]
    if len(quotes) != 1:
        text.wrong(at, "choice-reply", "under a choice stands first what the customer says back, as one quote")
    if not why:
        text.wrong(at, "choice-why", "under a choice, after the customer's reply, stands why it worked or did not")
    if any(node.type == "bullet_list" and any(map(_leads_on, node.children)) for node in why):
        text.wrong(at, "way", "a list of other ways on holds nothing else; take the rest out of it")
    ways = [way for node in lists for way in node.children]
    if len(ways) > MOST_WAYS:
        text.wrong(line(ways[MOST_WAYS]), "too-many", f"a choice has at most {MOST_WAYS} other ways on; take some away")
    return replace(
        does,
        number=number,
        text=plain(link),
        to=_target(link),
        reply=html(quotes[:1]),
        why=html(why),
        ways=tuple(_way(text, header, way) for way in ways),
    )


def _leads_on(item: SyntaxTreeNode) -> bool:
    link = _link(item)
    return link is not None and str(link.attrs.get("href", "")).startswith("#")


def _target(link: SyntaxTreeNode) -> str:
    return str(link.attrs.get("href", "")).removeprefix("#")


def _way(text: Text, header: Header, item: SyntaxTreeNode) -> Way:
    at = line(item)
    link = _link(item)
    assert link is not None
    _text, attributes = split_braces(plain(item.children[0]))
    values = attributes.values if attributes else {}
    if attributes is None or attributes.marks or set(values) != {"if"}:
        text.wrong(at, "condition", "behind another way on stands when it is taken, and only that: {if=trust<30}")
    quotes = [node for node in item.children[1:] if node.type == "blockquote"]
    if len(quotes) > 1 or len(quotes) < len(item.children) - 1:
        text.wrong(
            at, "way", "under another way on stands at most one quote, what comes back then; why stands above it"
        )
    return Way(_target(link), conditions(text, at, values.get("if"), header.names), html(quotes[:1]), at)
