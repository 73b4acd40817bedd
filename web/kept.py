"""`{% keep a, b %}…{% endkeep %}`: a piece of a page that depends on a and b alone, made once and then taken from memory.

What stands between must follow from the language and the values named, which say what they are by value (keys, dates,
named tuples) and never change. Nothing of one person's may stand there that is not named. Worked out again after it has
been thrown out, so nothing but time hangs on it; `tests/test_kept.py` holds kept pages against pages made anew.
"""

from typing import Any

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

MOST = 32_000_000  # characters a language; a call's words are long, a plan's days short


class _Kept(dict[Any, str]):
    def __missing__(self, key: Any) -> None:
        return None


class Keep(Extension):
    """The tag. One store for each environment, so for each language."""

    tags = {"keep"}  # noqa: RUF012 - Jinja's own way to name tags

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.kept = _Kept()
        self.held = 0

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Written out as `found = kept[key]`, and the body only where that is none: no call for what is kept."""
        line = next(parser.stream).lineno
        place = nodes.Const(f"{parser.name}:{line}")
        values = parser.parse_tuple(explicit_parentheses=False)
        body = parser.parse_statements(("name:endkeep",), drop_needle=True)
        key, found = parser.free_identifier(line), parser.free_identifier(line)
        look = nodes.Getitem(self.attr("kept"), key, "load")
        make = [
            nodes.AssignBlock(found, None, body),
            nodes.ExprStmt(self.call_method("keep", [key, found])),
        ]
        statements: list[nodes.Node] = [
            nodes.Assign(key, nodes.Tuple([place, values], "load")),
            nodes.Assign(found, look),
            nodes.If(nodes.Compare(found, [nodes.Operand("eq", nodes.Const(None))]), make, [], []),
            nodes.Output([found]),
        ]
        return [one.set_lineno(line) for one in statements]

    def keep(self, key: Any, made: str) -> None:
        if self.held > MOST or not self.kept:
            self.kept.clear()
            self.held = 0
        self.kept[key] = made
        self.held += len(made)
