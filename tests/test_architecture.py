"""The house's rules, kept by reading the code: who may import whom, what stays pure, where a transaction ends.

`wrongs` looks at one file. Every rule is first shown to catch a planted breach, so that a rule that stops working is seen.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from api import every_table
from api.register import Entry
from api.settings import ROOT

FEATURES = (
    "people",
    "library",
    "plans",
    "enrolments",
    "lessons",
    "scenarios",
    "authoring",
    "followup",
    "readiness",
    "reports",
)
LONGEST = 300
CODE = sorted(path for top in ("api", "web") for path in (ROOT / top).rglob("*.py"))
EVERYTHING = [*CODE, *sorted((ROOT / "tests").rglob("*.py")), ROOT / "alembic" / "env.py"]

WEB_FRAMEWORK = ("fastapi", "starlette", "api.callers", "api.problems", "api.app")
# What `rules.py` may use beside the standard library; of that, nothing that reaches out of the process or reads a clock.
PURE = ("api.errors", "api.words", "api.library.values", "api.library.graph", "holidays")
REACHES_OUT = {"time", "sqlite3", "socket", "http", "urllib", "asyncio", "os", "subprocess", "random", "secrets"}
CLOCKS = {"now", "utcnow", "today", "time_ns", "monotonic", "perf_counter"}
COMMITS = ("api/database.py",)


def wrongs(path: str, source: str) -> list[str]:
    """What one file does that the house does not allow, as `path:line: sentence`."""
    tree = ast.parse(source)
    top, *rest = path.split("/")
    feature = rest[0] if len(rest) > 1 else None
    name = rest[-1]
    found: list[tuple[int, str]] = []
    for line, module in imports(tree):
        found += [(line, wrong) for wrong in _import_wrongs(path, top, feature, name, module)]
    in_domain = top == "api" and name in ("rules.py", "tables.py", "actions.py", "queries.py")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "commit" and path not in COMMITS:
                found.append((node.lineno, "only api/database.py commits"))
            if node.func.attr in CLOCKS and in_domain:
                found.append((node.lineno, f"{name} reads the clock with {node.func.attr}(); time is an argument"))
    return [f"{path}:{line}: {wrong}" for line, wrong in sorted(found)]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module a file imports, with its line; `from api.people import queries` is `api.people.queries`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides where it goes"
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def _within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _import_wrongs(path: str, top: str, feature: str | None, name: str, module: str) -> Iterator[str]:
    parts = module.split(".")
    if top == "api" and parts[0] == "web":
        yield f"api never imports web ({module})"
    if {"routes", "pages"} & set(parts[2:]) and parts[0] in ("api", "web") and path not in ("api/app.py", "web/app.py"):
        yield f"only the application factories import routes and pages ({module})"
    if top == "api" and name in ("tables.py", "actions.py", "queries.py") and _within(module, *WEB_FRAMEWORK):
        yield f"{name} knows no HTTP ({module})"
    if top == "api" and name == "rules.py" and not _is_pure(module):
        yield f"rules.py is pure ({module})"
    if top == "api" and feature is not None and parts[0] == "api" and parts[1] in FEATURES:
        assert feature in FEATURES, f"{path}: {feature} is no feature of the house"
        if FEATURES.index(parts[1]) > FEATURES.index(feature):
            yield f"{feature} comes before {parts[1]} and may not import it ({module})"


def _is_pure(module: str) -> bool:
    parts = module.split(".")
    if parts[0] == "api":
        return _within(module, *PURE) or parts[2:3] == ["rules"]
    if module.startswith("datetime."):
        return True  # the types; reading the clock is looked for where it is called
    return _within(module, *PURE) or (parts[0] in sys.stdlib_module_names and parts[0] not in REACHES_OUT)


BREACHES = [
    ("api/plans/actions.py", "from web.rendering import page", "api never imports web"),
    ("api/plans/actions.py", "def late():\n    import web.app", "api never imports web"),
    ("api/plans/rules.py", "from sqlmodel import select", "rules.py is pure"),
    ("api/plans/rules.py", "import sqlalchemy", "rules.py is pure"),
    ("api/plans/rules.py", "from fastapi import Request", "rules.py is pure"),
    ("api/plans/rules.py", "from starlette.requests import Request", "rules.py is pure"),
    ("api/plans/rules.py", "import time", "rules.py is pure"),
    ("api/plans/rules.py", "from api.people.queries import actor", "rules.py is pure"),
    ("api/plans/rules.py", "from api.database import Db", "rules.py is pure"),
    ("api/plans/rules.py", "from datetime import datetime\nx = datetime.now()", "reads the clock"),
    ("api/plans/actions.py", "from datetime import date\nx = date.today()", "reads the clock"),
    ("api/plans/tables.py", "from fastapi import Form", "knows no HTTP"),
    ("api/plans/queries.py", "from starlette.responses import Response", "knows no HTTP"),
    ("api/plans/actions.py", "from api.callers import Asked", "knows no HTTP"),
    ("api/plans/actions.py", "from api.reports import queries", "plans comes before reports"),
    ("api/people/tables.py", "import api.enrolments.tables", "people comes before enrolments"),
    ("api/reports/queries.py", "from api.people.routes import router", "only the application factories"),
    ("web/reports/pages.py", "from api.reports import routes", "only the application factories"),
    ("web/reports/pages.py", "from web.people.pages import home_of", "only the application factories"),
    ("web/lessons/pages.py", "from web.scenarios import pages", "only the application factories"),
    ("web/scenarios/pages.py", "from web.lessons.pages import section", "only the application factories"),
    ("api/plans/actions.py", "def save(db):\n    db.commit()", "only api/database.py commits"),
    ("web/plans/pages.py", "connection.commit()", "only api/database.py commits"),
]
FINE = [
    (
        "api/plans/rules.py",
        "import re\nfrom datetime import date, datetime, time\nimport holidays\nfrom api.errors import X",
    ),
    ("api/reports/rules.py", "from api.plans.rules import local_day\nfrom api.library.values import Plan"),
    ("api/reports/queries.py", "from api.people.queries import actor\nfrom api.people import rules"),
    ("api/reports/routes.py", "from fastapi import APIRouter\nfrom api.callers import Asked"),
    ("web/scenarios/pages.py", "from web.lessons.opening import open_lesson"),
    ("api/app.py", "from api.people import routes"),
    ("web/app.py", "from web.people import pages"),
    ("api/database.py", "connection.commit()"),
]


@pytest.mark.parametrize(("path", "source", "said"), BREACHES)
def test_a_planted_breach_is_caught(path: str, source: str, said: str) -> None:
    assert [wrong for wrong in wrongs(path, source) if said in wrong]


@pytest.mark.parametrize(("path", "source"), FINE)
def test_what_is_allowed_is_left_alone(path: str, source: str) -> None:
    assert wrongs(path, source) == []


def test_the_house_keeps_its_rules() -> None:
    found = [wrong for path in CODE for wrong in wrongs(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))]
    assert found == []
    assert len(CODE) > 60


def test_every_folder_of_code_is_a_feature_of_the_house() -> None:
    for top in ("api", "web"):
        folders = {path.parent.name for path in (ROOT / top).glob("*/__init__.py")}
        assert folders <= set(FEATURES), f"{top}/ has folders that FEATURES does not order"


def too_long(files: list[Path]) -> list[str]:
    counted = ((path, len(path.read_text("utf-8").splitlines())) for path in files)
    return [f"{path.name}: {lines} lines" for path, lines in counted if lines > LONGEST]


def test_no_python_file_is_over_300_lines(tmp_path: Path) -> None:
    planted = tmp_path / "long.py"
    planted.write_text("x = 1\n" * (LONGEST + 1), "utf-8")
    assert too_long([planted]) == ["long.py: 301 lines"]
    assert too_long(EVERYTHING) == []


def silent_tables(tables: dict[str, object]) -> list[str]:
    """Tables that do not say why they are kept, who reads them, how long, and how they are erased."""
    wanted = Entry.__required_keys__
    return [
        name
        for name, info in tables.items()
        if not isinstance(info, dict) or set(info) < wanted or not all(str(info[key]).strip() for key in wanted)
    ]


def test_every_table_says_what_it_is_for() -> None:
    said = {"purpose": "a", "read_by": "b", "kept": "c", "erased": "d"}
    planted = {"whole": said, "nothing": {}, "empty": {**said, "kept": " "}, "half": {"purpose": "a"}}
    assert silent_tables(dict(planted)) == ["nothing", "empty", "half"]
    assert every_table.__doc__
    tables = {name: table.info for name, table in SQLModel.metadata.tables.items()}
    assert len(tables) >= 16
    assert silent_tables(dict(tables)) == []


def test_every_feature_with_tables_is_known_to_migrations() -> None:
    listed = {module for _line, module in imports(ast.parse((ROOT / "api" / "every_table.py").read_text("utf-8")))}
    there = {f"api.{path.parent.name}.tables" for path in (ROOT / "api").glob("*/tables.py")}
    assert listed == there
