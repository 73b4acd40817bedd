"""A card file read into a `Card`: a text people hold on to, with places that a centre fills in."""

import re

from markdown_it.tree import SyntaxTreeNode

from api.library import headers
from api.library.headings import by_heading, unique_ids
from api.library.markdown import NAME, Text, html, line, plain, read, split_braces
from api.library.values import Card, CardPart

KEYS = {"title", "objective", "sources"}
MARKS = frozenset({"red", "wallet"})
PLACE = re.compile(r"\{(\w+)\}")
# What stands in braces in a card's text, and who fills it: the centre's contacts and address, and who signed it when.
PLACES = ("on_call", "leader", "crisis", "rep", "address", "leader_name", "signed_on")


def read_card(path: str, source: str) -> tuple[Card, Text]:
    """The card and the text with its findings; a card with findings is not for publishing."""
    text = read(path, source)
    headers.known_keys(text, KEYS)
    intro, blocks = by_heading(text.nodes, "h2")
    parts = tuple(_part(text, heading, nodes) for heading, nodes in blocks)
    if not intro and not parts:
        text.wrong(1, "no-part", "the card says nothing; begin a part with '## Heading {#id}'")
    unique_ids(text, "part", [(part.id, part.line) for part in parts])
    card = Card(
        title=headers.words(text, "title", longest=80),
        objective=headers.words(text, "objective"),
        intro=html(intro),
        parts=parts,
        sources=headers.sources(text),
    )
    _places(text, intro)
    return card, text


def card_outline(card: Card) -> list[tuple[int, str]]:
    """The structure that all languages share."""
    return [
        (part.line, f"part {part.id}, red {part.red}, wallet {part.wallet}, {part.items} items, {part.places}")
        for part in card.parts
    ]


def _part(text: Text, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> CardPart:
    title, given = split_braces(plain(heading))
    at = line(heading)
    part_id, marks = (given.id, frozenset(given.marks)) if given else ("", frozenset())
    if given is None or given.values or not marks <= MARKS:
        text.wrong(at, "braces", "these braces cannot be read; write {#id}, {#id .red} or {#id .wallet}")
    elif not NAME.fullmatch(part_id):
        text.wrong(at, "id", f"'{title}' needs an id in lower-case letters, digits and hyphens: {{#like-this}}")
    if not nodes:
        text.wrong(at, "empty-part", f"the part '{title}' is empty")
    places = _places(text, nodes)
    items = sum(one.type == "list_item" for node in nodes for one in node.walk())
    return CardPart(part_id, title, html(nodes), "red" in marks, "wallet" in marks, places, items, at)


def _places(text: Text, nodes: list[SyntaxTreeNode]) -> tuple[str, ...]:
    """The places in these nodes, in their order; a finding for one that nobody fills."""
    found = tuple(place for node in nodes for place in PLACE.findall(plain(node)))
    for place in found:
        if place not in PLACES:
            text.wrong(
                line(nodes[0]), "place", f"nobody fills {{{place}}}; known are {{{'}, {'.join(sorted(PLACES))}}}"
            )
    return found
