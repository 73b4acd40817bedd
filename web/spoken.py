"""Templates compiled with their sentences: each environment speaks one language, so nothing is looked up on a page.

Jinja's own i18n calls gettext, wraps and formats every sentence of every page; that was a third of a lesson page's time.
"""

import re
from collections.abc import Iterator, MutableMapping
from typing import Any

from babel.support import NullTranslations
from jinja2 import Environment, FileSystemLoader, Template, nodes
from jinja2.visitor import NodeTransformer

PLACE = re.compile(r"%\((\w+)\)s|%(%)")


class SpokenLoader(FileSystemLoader):
    """Loads templates with `_("…")` and `{% trans %}` already said (plural forms are chosen when the number is known)."""

    def __init__(self, folder: Any, catalogue: NullTranslations) -> None:
        super().__init__(folder)
        self._speaker = _Speaker(catalogue)

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        source, filename, up_to_date = self.get_source(environment, name)
        tree = self._speaker.visit(environment.parse(source, name, filename))
        code = environment.compile(tree, name, filename)
        # As one plain dictionary: Jinja's own chain of them costs more to go through than most pages' words.
        return environment.template_class.from_code(environment, code, dict(globals or {}), up_to_date)


class _Speaker(NodeTransformer):
    """Puts the sentence itself where a template asks for it. A sentence is markup, what is put into it is escaped."""

    def __init__(self, catalogue: NullTranslations) -> None:
        self.catalogue = catalogue

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's name
        node.nodes = [part for one in node.nodes for part in self._parts(one) or [self.visit(one)]]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja's name
        parts = self._parts(node)
        if not parts:
            self.generic_visit(node)
            return node
        return parts[0] if len(parts) == 1 else nodes.Concat(parts, lineno=node.lineno)

    def _parts(self, node: nodes.Node) -> list[nodes.Expr]:
        """The pieces of a sentence asked for by its text; none when the node is something else."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or len(node.args) != 1:
            return []
        message = node.args[0]
        if node.node.name not in ("_", "gettext") or not isinstance(message, nodes.Const):
            return []
        values = {one.key: self.visit(one.value) for one in node.kwargs}
        return list(_pieces(self.catalogue.gettext(message.value), values, node.lineno))


def _pieces(sentence: str, values: dict[str, nodes.Expr], line: int) -> Iterator[nodes.Expr]:
    """A sentence cut at its places; KeyError when it has one that the template does not fill."""
    at = 0
    for place in PLACE.finditer(sentence):
        if place.start() > at:
            yield nodes.TemplateData(sentence[at : place.start()], lineno=line)
        yield values[place[1]] if place[1] else nodes.TemplateData("%", lineno=line)
        at = place.end()
    if at < len(sentence) or not sentence:
        yield nodes.TemplateData(sentence[at:], lineno=line)
