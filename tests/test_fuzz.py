"""Many generated requests to every operation of the OpenAPI document, as each role: what comes back is what is documented.

The same requests every time (derandomised), few enough for a minute and a half on both databases.
"""

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.access_table import JSON, Row
from tests.conftest import House
from tests.test_access import filled, filled_in  # noqa: F401 - the fixture

pytestmark = pytest.mark.fuzz
EXAMPLES = 6
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
# Names that are there, put in place of generated ones half the time, so that more than "not found" is seen.
THERE = {"unit": "1-1-right-and-net", "section": "the-right"}


@pytest.mark.parametrize("role", ["learner", "trainer", "manager"])
def test_answers_are_what_the_document_says(role: str, house: House) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", house.site)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == len(list(schema.get_all_operations())) > 20
    wrong: dict[str, str] = {}
    for operation in operations:
        # A session of its own for each: signing out is among them.
        cookie = f"rolig={house.visitor(role).cookies['rolig']}"
        for mode in MODES:
            try:
                _ask(operation, mode, cookie)
            except FailureGroup as failure:
                wrong[f"{operation.method.upper()} {operation.path} {mode.value}"] = str(failure)[:800]
    assert wrong == {}


def _ask(operation: Any, mode: GenerationMode, cookie: str) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), there=st.booleans())
    def ask(case: Any, there: bool) -> None:
        if there and mode is GenerationMode.POSITIVE:
            case.path_parameters.update({key: THERE[key] for key in case.path_parameters if key in THERE})
        case.call_and_validate(headers={"cookie": cookie}, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        # Where nothing is asked for, nothing wrong can be given.
        assert mode is GenerationMode.NEGATIVE


def _validate(schema: Any, row: Row, values: dict[str, str], cookie: str) -> int:
    """Asks what the table of accesses asks, and holds the answer up against the document."""
    path = row.path.removeprefix("/api/v1")
    given_names = {name: filled_in(value, values) for name, value in row.values.items()}
    names = {name: {**values, **given_names}[name] for name in re.findall(r"\{(\w+)\}", path)}
    case = schema[path][row.method].Case(
        path_parameters=names,
        body={key: filled_in(value, values) if isinstance(value, str) else value for key, value in row.body.items()},
        media_type="application/json",
    ) if row.body else schema[path][row.method].Case(path_parameters=names)  # fmt: skip
    answer = case.call_and_validate(headers={"cookie": cookie}, checks=CHECKS[:-1])
    return int(answer.status_code)


def test_what_succeeds_is_what_the_document_says(house: House, filled: dict[str, str]) -> None:  # noqa: F811
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", house.site)
    looked = 0
    for row in JSON:
        if row.path.endswith("openapi.json") or row.query:
            continue
        for role, code in row.expected.items():
            if role in ("learner", "trainer", "manager") and code < 300:
                cookie = f"rolig={house.visitor(role).cookies['rolig']}"
                assert _validate(schema, row, filled, cookie) in (code, 422), row  # assigned already by the one before
                looked += 1
    assert looked > 40


def test_refusals_are_described_as_they_come(house: House) -> None:
    document = house.visitor().get("/api/v1/openapi.json").json()
    for path in document["paths"].values():
        for operation in path.values():
            refusals = {code: told["content"] for code, told in operation["responses"].items() if code >= "400"}
            assert {"401", "403", "404", "422"} <= set(refusals)
            for content in refusals.values():
                assert content == {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}
                }


def test_a_document_that_lies_is_caught(house: House) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", house.site)
    told = schema.raw_schema["paths"]["/me"]["get"]["responses"]
    assert schema["/me"]["GET"].Case().call_and_validate(checks=CHECKS).status_code == 401
    del told["401"]
    lying = schemathesis.openapi.from_dict(schema.raw_schema)
    lying.app = house.site
    with pytest.raises(FailureGroup, match="Undocumented status code"):
        lying["/me"]["GET"].Case().call_and_validate(checks=CHECKS)
