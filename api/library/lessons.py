"""A lesson file read into a `Lesson`, with a finding for everything that would fail a learner."""

import re

from markdown_it.tree import SyntaxTreeNode

from api.library import headers
from api.library.markdown import NAME, Text, html, line, plain, read, split_braces
from api.library.values import Check, Completion, Lesson, Mark, Option, Section

KEYS = {"title", "number", "minutes", "objective", "safety", "completion", "sources"}
CHECK_WORDS = ("Tjek:", "Check:")
MARKS = {"x": Mark.GOOD, "~": Mark.TEMPTING, "!": Mark.HARMFUL}
OPTION = re.compile(r"\[([x~!])\]\s+")


def read_lesson(path: str, source: str) -> tuple[Lesson, Text]:
    """The lesson and the text with its findings; a lesson with findings is not for publishing."""
    text = read(path, source)
    headers.known_keys(text, KEYS)
    intro, blocks = _by_heading(text.nodes, "h2")
    sections = tuple(_section(text, heading, nodes) for heading, nodes in blocks)
    lesson = Lesson(
        title=headers.words(text, "title", longest=80),
        number=headers.words(text, "number", longest=8),
        minutes=headers.number(text, "minutes", 1, 60),
        objective=headers.words(text, "objective"),
        safety=headers.flag(text, "safety"),
        completion=Completion(headers.one_of(text, "completion", tuple(Completion), Completion.WORKED)),
        intro=html(intro),
        sections=sections,
        sources=headers.sources(text),
    )
    if not sections:
        text.wrong(1, "no-section", "the lesson has no section; begin one with '## Heading {#id}'")
    _unique(text, "section", [(section.id, section.line) for section in sections])
    _unique(text, "check", [(check.id, check.line) for check in lesson.checks])
    _varied(text, lesson.checks)
    return lesson, text


def _by_heading(
    nodes: list[SyntaxTreeNode], tag: str
) -> tuple[list[SyntaxTreeNode], list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]]]:
    """Nodes before the first heading of that tag, then each heading with the nodes under it."""
    before: list[SyntaxTreeNode] = []
    blocks: list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]] = []
    for node in nodes:
        if node.type == "heading" and node.tag == tag:
            blocks.append((node, []))
        else:
            (blocks[-1][1] if blocks else before).append(node)
    return before, blocks


def heading_id(text: Text, heading: SyntaxTreeNode) -> tuple[str, str, dict[str, str]]:
    """Title, id and values of a heading; a finding when the id is missing or not a name."""
    title, attributes = split_braces(plain(heading))
    if attributes is None:
        text.wrong(line(heading), "braces", "these braces cannot be read; write {#id key=value}")
        return title, "", {}
    if not NAME.fullmatch(attributes.id):
        text.wrong(
            line(heading), "id", f"'{title}' needs an id in lower-case letters, digits and hyphens: {{#like-this}}"
        )
    return title, attributes.id, attributes.values


def _unique(text: Text, what: str, ids: list[tuple[str, int]]) -> None:
    first: dict[str, int] = {}
    for one_id, at in ids:
        if one_id and one_id in first:  # a heading without an id has been told so
            text.wrong(
                at, f"{what}-twice", f"the id '{one_id}' stands on line {first[one_id]} already; give it another"
            )
        first.setdefault(one_id, at)


unique_ids = _unique
by_heading = _by_heading


def _section(text: Text, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> Section:
    title, section_id, _values = heading_id(text, heading)
    body: list[SyntaxTreeNode] = []
    found: list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]] = []
    for node in nodes:
        if node.type == "heading" and node.tag == "h3" and plain(node).startswith(CHECK_WORDS):
            found.append((node, []))
        elif found and node.type == "heading":
            text.wrong(line(node), "check-last", "checks stand last in their section; move this heading above them")
        else:
            (found[-1][1] if found else body).append(node)
    checks = tuple(_check(text, check_heading, inside) for check_heading, inside in found)
    if not body and not checks:
        text.wrong(line(heading), "empty-section", f"the section '{title}' is empty")
    return Section(section_id, title, html(body), checks, line(heading))


def _check(text: Text, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> Check:
    title, check_id, _values = heading_id(text, heading)
    for word in CHECK_WORDS:
        title = title.removeprefix(word).strip()
    lists = [node for node in nodes if node.type == "bullet_list"]
    scene = [node for node in nodes if node.type != "bullet_list"]
    at = line(heading)
    if len(lists) != 1:
        text.wrong(at, "check-options", "a check has one list of options: - [x] right, - [~] tempting, - [!] harmful")
        return Check(check_id, title, html(scene), (), at)
    options = tuple(
        option for number, item in enumerate(lists[0].children, 1) if (option := _option(text, number, item))
    )
    marks = [option.mark for option in options]
    if marks.count(Mark.GOOD) != 1:
        text.wrong(
            at, "check-right", f"a check has exactly one right option [x]; this one has {marks.count(Mark.GOOD)}"
        )
    for mark, sign in ((Mark.TEMPTING, "[~]"), (Mark.HARMFUL, "[!]")):
        if mark not in marks:
            text.wrong(at, f"check-{mark}", f"a check has at least one {mark} option, marked {sign}")
    return Check(check_id, title, html(scene), options, at)


def _option(text: Text, number: int, item: SyntaxTreeNode) -> Option | None:
    at = line(item)
    paragraph = item.children[0] if item.children else None
    first = next((node for node in paragraph.walk() if node.type == "text"), None) if paragraph else None
    found = OPTION.match(first.content) if first else None
    if paragraph is None or first is None or found is None or paragraph.type != "paragraph" or first.token is None:
        text.wrong(at, "option-mark", "an option begins with [x], [~] or [!] and a sentence")
        return None
    first.token.content = first.content[found.end() :]
    quotes = [node for node in item.children[1:] if node.type == "blockquote"]
    if len(quotes) != 1 or not plain(quotes[0]):
        text.wrong(at, "option-why", "under each option stands one quote that says why: > Because ...")
        return None
    return Option(number, MARKS[found[1]], html(list(paragraph.children)), html(list(quotes[0].children)), at)


def _varied(text: Text, checks: tuple[Check, ...]) -> None:
    places = {option.number for check in checks for option in check.options if option.mark is Mark.GOOD}
    if len(checks) > 2 and len(places) == 1:
        text.wrong(checks[0].line, "check-place", "the right option stands in the same place in every check; vary it")
