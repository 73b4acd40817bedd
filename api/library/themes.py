"""A theme file read into a `Theme`: two pages to print and talk over, with a finding for all that would spoil them."""

from itertools import pairwise

from markdown_it.tree import SyntaxTreeNode

from api.library import headers
from api.library.headings import by_heading, heading_id, unique_ids
from api.library.markdown import Text, html, line, plain, read
from api.library.values import Section, Theme

KEYS = {"title", "number", "objective", "sources"}
SECTIONS = ("why", "works", "tempts", "ask", "agree", "help")
PAGE_BREAK, CONTACTS = "{.page}", "{contacts}"
# What fills two printed pages and no more; tests/browser/test_themes.py prints them.
FEWEST, MOST = 720, 850
COUNTED = {"bullet_list": "list", "ordered_list": "numbered list", "table": "table", "heading": "heading"}


def read_theme(path: str, source: str) -> tuple[Theme, Text]:
    """The theme and the text with its findings; a theme with findings is not for publishing."""
    text = read(path, source)
    headers.known_keys(text, KEYS)
    words = sum(_words(node) for node in text.nodes)
    if not FEWEST <= words <= MOST:
        text.wrong(1, "words", f"the text has {words} words; two pages hold {FEWEST} to {MOST}")
    intro, blocks = by_heading(text.nodes, "h2")
    breaks: list[int] = []  # how many sections stand before each page break that stands well
    intro = _without_marks(text, intro, "", 0, breaks)
    sections, shape = [], []
    for position, (heading, nodes) in enumerate(blocks, 1):
        title, braces = heading_id(text, heading)
        section_id = braces.id
        body = _without_marks(text, nodes, section_id, position if position < len(blocks) else 0, breaks)
        if not body:
            text.wrong(line(heading), "empty-section", f"the section '{title}' is empty")
        sections.append(Section(section_id, title, html(body), (), line(heading)))
        shape.append((line(heading), f"section {section_id}"))
        shape += [(line(node), _counted(node)) for node in body if node.type in COUNTED]
        shape += [(line(nodes[-1]), "page break")] if breaks[-1:] == [position] else []
    _all_in_order(text, sections)
    if not any(finding.rule == "page-break" for finding in text.findings) and len(breaks) != 1:
        text.wrong(1, "page-break", f"between the two pages stands one {PAGE_BREAK}; here are {len(breaks)}")
    theme = Theme(
        title=headers.words(text, "title", longest=80),
        number=_number(text),
        objective=headers.words(text, "objective"),
        intro=html(intro),
        sections=tuple(sections),
        first_page=breaks[0] if breaks else len(sections),
        sources=headers.sources(text),
        shape=tuple(shape),
    )
    return theme, text


def theme_outline(theme: Theme) -> list[tuple[int, str]]:
    """The structure that all languages share."""
    return [(1, f"number {theme.number}"), *theme.shape]


def _words(node: SyntaxTreeNode) -> int:
    """Words as a reader counts them; marks of ours and signs alone are none."""
    pieces = " ".join(one.content if one.type in ("text", "code_inline") else " " for one in node.walk())
    shown = pieces.replace(PAGE_BREAK, "").replace(CONTACTS, "")
    return sum(any(sign.isalnum() for sign in word) for word in shown.split())


def _without_marks(
    text: Text, nodes: list[SyntaxTreeNode], section_id: str, position: int, breaks: list[int]
) -> list[SyntaxTreeNode]:
    """The nodes that are shown. Notes a page break after section `position`; 0: none may stand here.

    The numbers to call stand last in the section on who can help, the page break last in its section.
    """
    body = list(nodes)
    if body and plain(body[-1]) == PAGE_BREAK and position:
        if breaks:
            text.wrong(line(body[-1]), "page-break", "a theme is two pages: this is the second break; leave it out")
        breaks.append(position)
        body.pop()
    if section_id == "help":
        if body and plain(body[-1]) == CONTACTS:
            body.pop()
        elif not any(CONTACTS in plain(node) for node in body):
            at = line(body[-1]) if body else 1
            text.wrong(at, "contacts", f"the section {{#help}} ends with {CONTACTS} alone on a line")
    for node in body:
        words = plain(node)
        if PAGE_BREAK in words:
            message = f"{PAGE_BREAK} stands alone on a line, with a blank one around it, between two sections"
            text.wrong(_line_of(node, PAGE_BREAK), "page-break", message)
        if CONTACTS in words:
            message = f"{CONTACTS} stands alone on a line, with a blank one before it, last in the section {{#help}}"
            text.wrong(_line_of(node, CONTACTS), "contacts", message)
    return body


def _line_of(node: SyntaxTreeNode, mark: str) -> int:
    """The line a mark stands on inside a node of several lines."""
    for inline in (one for one in node.walk() if one.type == "inline"):
        before = 0
        for child in inline.children:
            if child.type == "text" and mark in child.content:
                return line(inline) + before
            before += child.type in ("softbreak", "hardbreak")
    return line(node)


def _counted(node: SyntaxTreeNode) -> str:
    """A list, table or heading as both languages must have it: `list of 8`."""
    if node.type == "heading":
        return f"heading {node.tag}"
    rows = sum(one.type == "tr" for one in node.walk()) if node.type == "table" else len(node.children)
    return f"{COUNTED[node.type]} of {rows}"


def _all_in_order(text: Text, sections: list[Section]) -> None:
    """Every section of a theme once, in the order of all themes: who knows one finds the way in the next."""
    wanted = ", ".join(SECTIONS)
    for section in sections:
        if section.id and section.id not in SECTIONS:
            text.wrong(section.line, "section", f"'{section.id}' is no section of a theme; they are {wanted}")
    for missing in (one for one in SECTIONS if one not in {section.id for section in sections}):
        text.wrong(1, "section", f"the section {{#{missing}}} is missing; a theme has {wanted}")
    unique_ids(text, "section", [(section.id, section.line) for section in sections])
    known = [section for section in sections if section.id in SECTIONS]
    for before, after in pairwise(known):
        if SECTIONS.index(after.id) < SECTIONS.index(before.id):
            text.wrong(after.line, "section-order", f"'{after.id}' stands before '{before.id}'; the order is {wanted}")


def _number(text: Text) -> int:
    """The header's number, which also begins the file's name, so that a folder lists themes by number."""
    number = headers.number(text, "number", 1, 99)
    named = text.path.rsplit("/", 1)[-1].split("-", 1)[0]
    if text.front.get("number") == number and named != str(number):
        text.wrong(1, "number", f"the name of the file begins with the number: {number}-…")
    return number
