"""Markdown to a tree with line numbers, and pieces of that tree to safe HTML. Knows nothing of lessons or calls."""

import re
from dataclasses import dataclass, field
from typing import Any

import nh3
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from api.library.values import Finding

MAX_BYTES = 256 * 1024
LONGEST_MESSAGE = 600
# `{#id .mark key=value}` at the end of a heading, or behind a link.
BRACES = re.compile(r"\s*\{([^{}]*)\}\s*$")
ITEM = re.compile(r"#(?P<id>[\w-]+)|\.(?P<mark>[\w-]+)|(?P<key>[\w-]+)=(?P<value>[^\s{}]+)")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UNIT_LINK = re.compile(r"(?:[\w./-]*/)?(?P<unit>[a-z0-9-]+)\.(?:da|en)\.md")
YOU = ("Dig:", "Du:", "You:")
CALLOUTS = ("Husk:", "Remember:")
TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "strong",
    "em",
    "code",
    "pre",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
}
ATTRIBUTES = {"a": {"href"}, "p": {"class"}, "blockquote": {"class"}, "th": {"scope"}, "ol": {"start"}}

_parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(front_matter_plugin)


class _NoAliases(yaml.SafeLoader):
    """YAML without anchors and aliases: a header needs none, and a few lines of them can fill the memory."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("anchors and aliases (& and *) are not used here")
        return super().compose_node(parent, index)

    def construct_scalar(self, node: Any) -> Any:
        value = super().construct_scalar(node)
        value.encode()  # "\ud800" is half a character: no page could show it
        return value


@dataclass(frozen=True)
class Attributes:
    """What braces say. `id` is an empty string when absent."""

    id: str = ""
    marks: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Text:
    """One file as read: its header, its nodes, and what was found wrong on the way."""

    path: str
    front: dict[str, Any]
    nodes: list[SyntaxTreeNode]
    findings: list[Finding]

    def wrong(self, line: int, rule: str, message: str) -> None:
        self.findings.append(Finding(self.path, line, rule, message[:LONGEST_MESSAGE]))


def decode(path: str, raw: bytes) -> tuple[str, list[Finding]]:
    """Bytes of a file as text; an empty text and a finding when they cannot be."""
    if len(raw) > MAX_BYTES:
        kilobytes = MAX_BYTES // 1024
        return "", [Finding(path, 1, "too-large", f"the file is over {kilobytes} KB; split it into several units")]
    try:
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [Finding(path, line, "encoding", "the file is not UTF-8 here; save it as UTF-8")]
    if "\0" in source:
        line = source[: source.index("\0")].count("\n") + 1
        return "", [Finding(path, line, "encoding", "there is a NUL character here; remove it")]
    return source, []


def read(path: str, source: str) -> Text:
    """Parses a file. Header errors become findings and an empty header."""
    text = Text(path, {}, [], [])
    root = SyntaxTreeNode(_parser.parse(source))
    nodes = list(root.children)
    if not nodes or nodes[0].type != "front_matter":
        text.wrong(1, "header", "the file must begin with a header between two lines of ---")
    else:
        text.front = _front(text, nodes.pop(0).content)
    text.nodes = nodes
    return text


def _front(text: Text, content: str) -> dict[str, Any]:
    try:
        front = yaml.load(content, Loader=_NoAliases)  # noqa: S506 - a SafeLoader, narrowed further
    # A tag on a value that does not suit it (`!!int ""`) ends in any of the errors of lookup, attribute or arithmetic.
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        text.wrong(mark.line + 2 if mark else 1, "header", f"the header is not valid YAML: {reason}")
        return {}
    if not isinstance(front, dict):
        text.wrong(1, "header", "the header must be lines of the form 'key: value'")
        return {}
    return {str(key): value for key, value in front.items()}


def line(node: SyntaxTreeNode) -> int:
    return (node.map[0] if node.map else 0) + 1


def plain(node: SyntaxTreeNode) -> str:
    """A node's words without markup."""
    parts = []
    for child in node.walk():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()


def split_braces(words: str) -> tuple[str, Attributes | None]:
    """Words before the braces, and what they say; None in place of attributes that cannot be read, or name one thing twice.

    >>> split_braces("Fem trin {#five-steps}")
    ('Fem trin', Attributes(id='five-steps', marks=(), values={}))
    """
    found = BRACES.search(words)
    if not found:
        return words.strip(), Attributes()
    inside = found[1]
    if ITEM.sub("", inside).strip():
        return words[: found.start()].strip(), None
    one_id, marks, values = "", [], {}
    for item in ITEM.finditer(inside):
        if item["key"] in values:
            return words[: found.start()].strip(), None
        if item["id"]:
            one_id = item["id"]
        elif item["mark"]:
            marks.append(item["mark"])
        else:
            values[item["key"]] = item["value"]
    return words[: found.start()].strip(), Attributes(one_id, tuple(marks), values)


def unit_of_link(href: str) -> str | None:
    """The unit a link to a content file names: `../lessons/boosters/b0.da.md` -> `b0`."""
    found = UNIT_LINK.fullmatch(href)
    return found["unit"] if found else None


def html(nodes: list[SyntaxTreeNode]) -> str:
    """Nodes as HTML that holds nothing but the tags above, whatever the file said."""
    tokens: list[Token] = []
    for node in nodes:
        tokens.extend(node.to_tokens())
    for position, token in enumerate(tokens):
        if token.type == "paragraph_open":
            _mark_turn(tokens, position)
        if token.type == "th_open":
            _mark_head(tokens, position)
        for child in token.children or []:
            if child.type == "link_open":
                unit = unit_of_link(str(child.attrGet("href") or ""))
                if unit:
                    child.attrSet("href", f"/learn/{unit}")
    rendered = str(_parser.renderer.render(tokens, _parser.options, {}))
    return nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"}).strip()


def _mark_head(tokens: list[Token], position: int) -> None:
    """A head names its column. The empty corner above a column of names heads nothing, and is a cell like others."""
    opens, inline, closes = tokens[position : position + 3]
    if inline.content:
        opens.attrSet("scope", "col")
    else:
        opens.tag = closes.tag = "td"


def _mark_turn(tokens: list[Token], position: int) -> None:
    """A paragraph of a quote that opens with a bold name is somebody's turn to speak, or a callout."""
    inline = tokens[position + 1].children or []
    depth = sum(token.nesting for token in tokens[:position] if token.type.startswith("blockquote"))
    opens = next((place for place, child in enumerate(inline) if child.content or child.type == "strong_open"), None)
    if depth < 1 or opens is None or inline[opens].type != "strong_open":
        return
    name = inline[opens + 1].content
    if not name.endswith(":"):
        return
    if name in CALLOUTS:
        tokens[position].attrSet("class", "callout")
    else:
        tokens[position].attrSet("class", "turn turn-you" if name in YOU else "turn")
