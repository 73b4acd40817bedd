"""A lesson file read into a `Lesson`, with a finding for everything that would fail a learner."""

from markdown_it.tree import SyntaxTreeNode

from api.library import headers
from api.library.checks import CHECK_WORDS, check, varied
from api.library.headings import by_heading, heading_id, marked, unique_ids
from api.library.markdown import NAME, Text, html, line, plain, read
from api.library.values import Completion, Lesson, Section

KEYS = {"title", "number", "minutes", "objective", "safety", "completion", "practises", "content_note", "sources"}


def read_lesson(path: str, source: str) -> tuple[Lesson, Text]:
    """The lesson and the text with its findings; a lesson with findings is not for publishing."""
    text = read(path, source)
    headers.known_keys(text, KEYS)
    intro, blocks = by_heading(text.nodes, "h2")
    parts = [(marked(heading, "trainer"), _section(text, heading, nodes)) for heading, nodes in blocks]
    sections = tuple(section for for_trainer, section in parts if not for_trainer)
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
        notes=tuple(section for for_trainer, section in parts if for_trainer),
        practises=_names(text, "practises"),
        content_note=headers.words(text, "content_note", needed=False),
    )
    if not sections:
        text.wrong(1, "no-section", "the lesson has no section; begin one with '## Heading {#id}'")
    unique_ids(text, "section", [(section.id, section.line) for _for_trainer, section in parts])
    unique_ids(text, "check", [(check.id, check.line) for check in lesson.checks])
    for note in lesson.notes:
        if note.checks:
            text.wrong(
                note.checks[0].line, "notes-check", "the trainer's notes have no checks; move this into a section"
            )
    varied(text, lesson.checks)
    return lesson, text


def _names(text: Text, key: str) -> tuple[str, ...]:
    """A list of units in the header."""
    given = text.front.get(key, [])
    if not isinstance(given, list) or not all(isinstance(one, str) and NAME.fullmatch(one) for one in given):
        text.wrong(1, key, f"'{key}' must be a list of units, such as [s1-the-bill]")
        return ()
    return tuple(given)


def _section(text: Text, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> Section:
    title, braces = heading_id(text, heading)
    body: list[SyntaxTreeNode] = []
    found: list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]] = []
    for node in nodes:
        if node.type == "heading" and node.tag == "h3" and plain(node).startswith(CHECK_WORDS):
            found.append((node, []))
        elif found and node.type == "heading":
            text.wrong(line(node), "check-last", "checks stand last in their section; move this heading above them")
        else:
            (found[-1][1] if found else body).append(node)
    checks = tuple(check(text, check_heading, inside) for check_heading, inside in found)
    if not body and not checks:
        text.wrong(line(heading), "empty-section", f"the section '{title}' is empty")
    return Section(braces.id, title, html(body), checks, line(heading))
