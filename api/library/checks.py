"""A check of a lesson read: seven kinds, each plain Markdown, each with a *why* at every answer."""

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from markdown_it.tree import SyntaxTreeNode

from api.library.headings import heading_id
from api.library.markdown import Text, html, line, plain
from api.library.values import OWN_WORDS, Check, CheckKind, Item, Mark, Option

CHECK_WORDS = ("Tjek:", "Check:")
MARKS = {"x": Mark.GOOD, "~": Mark.TEMPTING, "!": Mark.HARMFUL, " ": None}
OPTION = re.compile(r"\[([x~! ])\]\s+")
LISTS = {CheckKind.ORDER: "ordered_list"}
FEWEST = {CheckKind.SORT: 3, CheckKind.ORDER: 3}
MOST = 20


def check(text: Text, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> Check:
    """One check from its heading and what stands under it."""
    title, braces = heading_id(text, heading)
    for word in CHECK_WORDS:
        title = title.removeprefix(word).strip()
    at = line(heading)
    kind = _kind(text, at, braces.values)
    listed = LISTS.get(kind, "bullet_list")
    lists = [node for node in nodes if node.type == listed]
    quotes = [node for node in nodes if node.type == "blockquote"]
    if kind in OWN_WORDS:
        scene = [node for node in nodes if kind is CheckKind.REFLECT or node.type != "blockquote"]
        if not scene:
            text.wrong(at, "check-question", "write the question under the heading")
        if kind is CheckKind.RECALL and len(quotes) != 1:
            text.wrong(at, "check-answer", "under a recall check stands one quote: the answer to compare with")
        answer = html(list(quotes[0].children)) if kind is CheckKind.RECALL and quotes else ""
        return Check(braces.id, title, html(scene), (), at, kind, answer=answer)
    scene = [node for node in nodes if node.type != listed]
    if len(lists) != 1:
        text.wrong(at, "check-options", ONE_LIST[kind])
        return Check(braces.id, title, html(scene), (), at, kind)
    return READERS[kind](text, Check(braces.id, title, html(scene), (), at, kind), lists[0])


def _kind(text: Text, at: int, values: dict[str, str]) -> CheckKind:
    word = values.get("kind", CheckKind.CHOICE)
    if word not in tuple(CheckKind) or not set(values) <= {"kind"}:
        text.wrong(at, "check-kind", f"a check's braces know kind=, one of {', '.join(CheckKind)}")
        return CheckKind.CHOICE
    return CheckKind(word)


ONE_LIST = {
    CheckKind.CHOICE: "a check has one list of options: - [x] right, - [~] tempting, - [!] harmful",
    CheckKind.SEVERAL: "a check has one list of options: - [x] for each that is right, - [~] or - [!] for the others",
    CheckKind.SPOT: "a spot check has one list of turns: - [x] the one to find, - [ ] the others",
    CheckKind.SORT: "a sort check has one list of boxes, each with a list of what belongs in it",
    CheckKind.ORDER: "an order check has one numbered list, in the right order",
}


def _choice(text: Text, one: Check, node: SyntaxTreeNode) -> Check:
    options = _options(text, node, "x~!")
    marks = [option.mark for option in options]
    if marks.count(Mark.GOOD) != 1:
        told = f"a check has exactly one right option [x]; this one has {marks.count(Mark.GOOD)}"
        text.wrong(one.line, "check-right", told)
    for mark, sign in ((Mark.TEMPTING, "[~]"), (Mark.HARMFUL, "[!]")):
        if mark not in marks:
            text.wrong(one.line, f"check-{mark}", f"a check has at least one {mark} option, marked {sign}")
    return replace(one, options=options)


def _several(text: Text, one: Check, node: SyntaxTreeNode) -> Check:
    options = _options(text, node, "x~!")
    right = sum(option.mark is Mark.GOOD for option in options)
    if right < 2 or right == len(options):
        text.wrong(
            one.line, "check-right", "in a check of several, two or more options are right [x], and not all of them"
        )
    return replace(one, options=options)


def _spot(text: Text, one: Check, node: SyntaxTreeNode) -> Check:
    options = _options(text, node, "x ")
    if sum(option.mark is Mark.GOOD for option in options) != 1:
        text.wrong(one.line, "check-right", "in a spot check exactly one turn is the one to find: [x]")
    return replace(one, options=options)


def _options(text: Text, node: SyntaxTreeNode, signs: str) -> tuple[Option, ...]:
    found = (_option(text, number, item, signs) for number, item in enumerate(node.children, 1))
    return tuple(option for option in found if option)


def _option(text: Text, number: int, item: SyntaxTreeNode, signs: str) -> Option | None:
    at = line(item)
    paragraph = item.children[0] if item.children else None
    first = next((node for node in paragraph.walk() if node.type == "text"), None) if paragraph else None
    found = OPTION.match(first.content) if first else None
    if paragraph is None or first is None or found is None or paragraph.type != "paragraph" or first.token is None:
        text.wrong(
            at, "option-mark", f"an option begins with {' or '.join(f'[{sign}]' for sign in signs)} and a sentence"
        )
        return None
    if found[1] not in signs:
        text.wrong(at, "option-mark", f"here an option begins with {' or '.join(f'[{sign}]' for sign in signs)}")
        return None
    first.token.content = first.content[found.end() :]
    return Option(number, MARKS[found[1]], html(list(paragraph.children)), _why(text, at, item), at)


def _why(text: Text, at: int, item: SyntaxTreeNode) -> str:
    quotes = [node for node in item.children[1:] if node.type == "blockquote"]
    if len(quotes) != 1 or not plain(quotes[0]):
        text.wrong(at, "option-why", "under each answer stands one quote that says why: > Because ...")
        return ""
    return html(list(quotes[0].children))


def _sort(text: Text, one: Check, node: SyntaxTreeNode) -> Check:
    boxes: list[str] = []
    items: list[Item] = []
    for box in node.children:
        inner = [child for child in box.children if child.type == "bullet_list"]
        if not box.children or box.children[0].type != "paragraph" or len(inner) != 1:
            text.wrong(line(box), "check-box", "a box has a name, and under it one list of what belongs in it")
            continue
        boxes.append(plain(box.children[0]))
        items += [_item(text, len(boxes), child) for child in inner[0].children]
    if len(boxes) < 2:
        text.wrong(one.line, "check-box", "there are at least two boxes to sort into")
    return _counted(text, replace(one, boxes=tuple(boxes), items=_mixed(one, items)))


def _order(text: Text, one: Check, node: SyntaxTreeNode) -> Check:
    items = [_item(text, place, child) for place, child in enumerate(node.children, 1)]
    return _counted(text, replace(one, items=_mixed(one, items)))


def _mixed(one: Check, written: list[Item]) -> tuple[Item, ...]:
    """The items in an order that gives nothing away, and numbered in it: the same for everybody, every time, in both languages."""
    order = sorted(range(len(written)), key=lambda at: sha256(f"{one.id} {at}".encode()).digest())
    if one.kind is CheckKind.ORDER and order == sorted(order):
        order = [*order[1:], *order[:1]]
    return tuple(replace(written[at], number=number) for number, at in enumerate(order, 1))


def _item(text: Text, place: int, node: SyntaxTreeNode) -> Item:
    at = line(node)
    paragraph = node.children[0] if node.children else None
    if paragraph is None or paragraph.type != "paragraph":
        text.wrong(at, "option-mark", "write what is to be placed, and under it a quote that says why")
        return Item(0, "", place, "", at)
    return Item(0, html(list(paragraph.children)), place, _why(text, at, node), at)


def _counted(text: Text, one: Check) -> Check:
    fewest = FEWEST[one.kind]
    if not fewest <= len(one.items) <= MOST:
        text.wrong(one.line, "check-items", f"there are {fewest} to {MOST} things to place; here are {len(one.items)}")
    return one


READERS: dict[CheckKind, Callable[[Text, Check, SyntaxTreeNode], Check]] = {
    CheckKind.CHOICE: _choice,
    CheckKind.SEVERAL: _several,
    CheckKind.SPOT: _spot,
    CheckKind.SORT: _sort,
    CheckKind.ORDER: _order,
}


def varied(text: Text, checks: tuple[Check, ...]) -> None:
    """Finds a lesson in which the right option always stands in the same place."""
    chosen = [check for check in checks if check.kind is CheckKind.CHOICE]
    places = {option.number for check in chosen for option in check.options if option.mark is Mark.GOOD}
    if len(chosen) > 2 and len(places) == 1:
        text.wrong(chosen[0].line, "check-place", "the right option stands in the same place in every check; vary it")
