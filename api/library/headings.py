"""Headings of a content file: what stands under each, and the ids that progress hangs on."""

from markdown_it.tree import SyntaxTreeNode

from api.library.markdown import NAME, Attributes, Text, line, plain, split_braces


def by_heading(
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


def marked(heading: SyntaxTreeNode, mark: str) -> bool:
    """Whether a heading's braces hold `.mark`."""
    _title, attributes = split_braces(plain(heading))
    return attributes is not None and mark in attributes.marks


def heading_id(text: Text, heading: SyntaxTreeNode) -> tuple[str, Attributes]:
    """The title of a heading and what its braces say; a finding when the id is missing or not a name."""
    title, attributes = split_braces(plain(heading))
    if attributes is None:
        text.wrong(line(heading), "braces", "these braces cannot be read; write {#id key=value}")
        return title, Attributes("", (), {})
    if not NAME.fullmatch(attributes.id):
        text.wrong(
            line(heading), "id", f"'{title}' needs an id in lower-case letters, digits and hyphens: {{#like-this}}"
        )
    return title, attributes


def unique_ids(text: Text, what: str, ids: list[tuple[str, int]]) -> None:
    first: dict[str, int] = {}
    for one_id, at in ids:
        if one_id and one_id in first:  # a heading without an id has been told so
            text.wrong(
                at, f"{what}-twice", f"the id '{one_id}' stands on line {first[one_id]} already; give it another"
            )
        first.setdefault(one_id, at)
