"""Every route of the site, found by walking it: what must have a row in the table of `tests/access_table.py`."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from web.protection import Protection


def every_route(site: Protection) -> set[tuple[str, str]]:
    """(method, path) of both doors, as the code writes the path. HEAD is left out: it is GET without a body."""
    inside: Any = site.app
    return set(_walk(inside.router.routes, ""))


def _walk(routes: Sequence[Any], prefix: str) -> Iterator[tuple[str, str]]:
    for one in iter_route_contexts(routes):
        route = one.original_route
        if isinstance(route, Mount):
            yield from _walk(route.routes, prefix + route.path)
        else:
            assert one.path is not None, f"a route without a path: {route}"
            for method in one.methods or ():
                if method != "HEAD":
                    yield method, prefix + one.path
