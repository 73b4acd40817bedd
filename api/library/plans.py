"""Module and plan files read into values. A plan takes in the modules it links to, so that it is whole by itself."""

from collections.abc import Mapping
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import NamedTuple

from markdown_it.tree import SyntaxTreeNode

from api.library import headers
from api.library.headings import by_heading, heading_id, unique_ids
from api.library.markdown import Text, html, line, plain, read, split_braces, unit_of_link
from api.library.values import Anchor, Module, Offset, Placement, Plan, Stretch

MODULE_KEYS = {"title", "anchor"}
PLAN_KEYS = {"title", "training_weeks"}
STEP_KEYS = {"day", "days", "open", "after"}


class ModuleLink(NamedTuple):
    """A list item that takes in a whole module."""

    line: int
    href: str


def read_module(path: str, source: str) -> tuple[Module, Text]:
    text = read(path, source)
    headers.known_keys(text, MODULE_KEYS)
    body, items = _items(text, text.nodes)
    steps = [item for item in items if isinstance(item, Placement)]
    for item in items:
        if isinstance(item, ModuleLink):
            text.wrong(item.line, "link", "a module lists units; only a plan takes in a module")
    if not steps:
        text.wrong(1, "no-step", "the module lists no units; write - [Title](unit.da.md) {day=1}")
    module = Module(
        title=headers.words(text, "title", longest=80),
        html=html(body),
        anchor=Anchor(headers.one_of(text, "anchor", tuple(Anchor))),
        steps=tuple(steps),
    )
    _placed_once(text, module.steps)
    return module, text


def read_plan(path: str, source: str, files: Mapping[str, str]) -> tuple[Plan, Text]:
    """`files`: the sources by path, where the linked modules are looked up."""
    text = read(path, source)
    headers.known_keys(text, PLAN_KEYS)
    intro, blocks = by_heading(text.nodes, "h2")
    stretches = tuple(_stretch(text, heading, nodes, files) for heading, nodes in blocks)
    if not stretches:
        text.wrong(1, "no-stretch", "the plan has no stretch; begin one with '## Heading {#id anchor=start week=1}'")
    unique_ids(text, "stretch", [(stretch.id, stretch.line) for stretch in stretches])
    plan = Plan(
        title=headers.words(text, "title", longest=80),
        html=html(intro),
        training_weeks=headers.number(text, "training_weeks", 0, 52),
        stretches=stretches,
    )
    _placed_once(text, tuple(step for stretch in stretches for step in stretch.steps))
    return plan, text


def alone(key: str, module: Module) -> Plan:
    """A module assigned by itself: one stretch from its own anchor."""
    stretch = Stretch(key, module.title, module.html, module.anchor, None, module.steps)
    return Plan(module.title, module.html, 0, (stretch,))


def linked_modules(path: str, source: str) -> list[str]:
    """Paths of the module files that a plan takes in."""
    text = read(path, source)
    _body, items = _items(text, text.nodes)
    return [join_path(path, item.href) for item in items if isinstance(item, ModuleLink)]


def join_path(path: str, href: str) -> str:
    return normpath(join(dirname(path), href))


def _stretch(text: Text, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode], files: Mapping[str, str]) -> Stretch:
    title, braces = heading_id(text, heading)
    at, values = line(heading), braces.values
    anchor = Anchor.START
    if values.get("anchor") in tuple(Anchor):
        anchor = Anchor(values["anchor"])
    else:
        text.wrong(at, "anchor", "a stretch hangs on an anchor: anchor=start or anchor=go_live")
    week = _whole(text, at, "week", values.get("week"), 1, 104)
    body, items = _items(text, nodes)
    steps: list[Placement] = []
    for item in items:
        if isinstance(item, Placement):
            steps.append(item)
            continue
        module_path = join_path(text.path, item.href)
        if module_path not in files:
            text.wrong(item.line, "link", f"there is no file {item.href}")
            continue
        module, inner = read_module(module_path, files[module_path])
        text.findings.extend(inner.findings)
        # What is wrong with them in this plan is to be mended at the link, which is a line of this file.
        steps.extend(replace(step, line=item.line) for step in module.steps)
    if not steps:
        text.wrong(at, "no-step", f"the stretch '{title}' places nothing; link to units or to a module")
    return Stretch(braces.id, title, html(body), anchor, week, tuple(steps), line=at)


def _items(text: Text, nodes: list[SyntaxTreeNode]) -> tuple[list[SyntaxTreeNode], list[Placement | ModuleLink]]:
    """Prose, and the placed units and modules in the order written, out of a list of nodes."""
    body: list[SyntaxTreeNode] = []
    items: list[Placement | ModuleLink] = []
    for node in nodes:
        links = [_file_link(item) for item in node.children] if node.type == "bullet_list" else [None]
        if None in links:
            body.append(node)
            continue
        for item, href in zip(node.children, links, strict=True):
            unit = unit_of_link(href or "")
            if unit == "module":
                items.append(ModuleLink(line(item), href or ""))
            elif unit:
                items.append(_placement(text, item, unit))
    return body, items


def _file_link(item: SyntaxTreeNode) -> str | None:
    """The address of a list item that is a link to a content file."""
    inline = item.children[0].children[0].children if item.children and item.children[0].children else []
    href = str(inline[0].attrs.get("href", "")) if inline and inline[0].type == "link" else ""
    return href if unit_of_link(href) else None


def _placement(text: Text, item: SyntaxTreeNode, unit: str) -> Placement:
    at = line(item)
    _words, attributes = split_braces(plain(item))
    values = attributes.values if attributes else {}
    if attributes is None or not values.keys() <= STEP_KEYS or ("day" in values) == ("days" in values):
        text.wrong(
            at,
            "offset",
            "a step stands on day=N (working days) or days=N (calendar days); open=N and after=unit may follow",
        )
        return Placement(unit, Offset(day=1), line=at)
    day = _whole(text, at, "day", values.get("day"), -250, 250)
    if day == 0:
        text.wrong(at, "offset", "day=0 is no day: day=1 is the first working day, day=-1 the last one before")
    days = _whole(text, at, "days", values.get("days"), -365, 730)
    opens = _whole(text, at, "open", values.get("open"), 0, 60)
    return Placement(unit, Offset(day, days, opens), values.get("after"), at)


def _whole(text: Text, at: int, name: str, value: str | None, lowest: int, highest: int) -> int | None:
    if value is None:
        return None
    try:
        number = int(value)
    except ValueError:
        number = highest + 1
    if not lowest <= number <= highest:
        text.wrong(at, "offset", f"{name}={value} must be a whole number from {lowest} to {highest}")
        return lowest or 1
    return number


def _placed_once(text: Text, steps: tuple[Placement, ...]) -> None:
    seen: set[str] = set()
    for step in steps:
        if step.unit in seen:
            text.wrong(
                step.line, "placed-twice", f"the unit '{step.unit}' is placed already; a unit stands once in a plan"
            )
        if step.after is not None and step.after not in seen:
            text.wrong(step.line, "after", f"after={step.after} must name a unit that stands earlier in the plan")
        seen.add(step.unit)
