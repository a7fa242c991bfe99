"""The interface keeps to its description: asked whatever the description allows, and more, it neither fails nor
answers anything else than it says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema
from tests.show.desk.conftest import TOKEN, Client, ids

from tocsin.ledger import Ledger

EXAMPLES = 12
"""Questions of each kind to each address: the test shall take seconds. By hand, more find more."""

HEADERS = {"Authorization": f"Bearer {TOKEN}"}
CHECKS: list[Any] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]


@pytest.fixture
def described(client: Client) -> OpenApiSchema:
    """The description of a desk that wants a token."""
    app = client(token=TOKEN, names=("testserver",)).app
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HEADERS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_asked_is_answered_as_described(described: OpenApiSchema, mode: GenerationMode) -> None:
    asked = 0
    for operation in described.get_all_operations():
        questions = operation.ok().as_strategy(generation_mode=mode)

        @given(questions)
        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=HEADERS, checks=CHECKS)

        try:
            ask()
        except Unsatisfiable:
            assert mode == GenerationMode.NEGATIVE, "there is nothing to ask"
    assert asked > EXAMPLES


def test_what_is_there_is_answered_as_described(described: OpenApiSchema, desk_ledger: Ledger) -> None:
    """Ids that are drawn are never those of the ledger; these are."""
    known: dict[str, list[str]] = {"claims": [], "documents": [], "quarantine": [desk_ledger.quarantined()[0].id]}
    for words in ("launch", "alert", "village"):
        claim, document = ids(desk_ledger, words)
        known["claims"].append(claim)
        known["documents"].append(document)
    for what, them in known.items():
        for id in them:
            case = described[f"/api/v1/{what}/{{id}}"]["GET"].Case(path_parameters={"id": id})
            assert case.call_and_validate(headers=HEADERS, checks=CHECKS[:5]).status_code == 200
    for path in ("/api/v1/today", "/api/v1/find", "/api/v1/find/facets", "/api/v1/quarantine"):
        assert described[path]["GET"].Case().call_and_validate(headers=HEADERS, checks=CHECKS[:5]).status_code == 200


def test_names_of_the_description_are_plain(described: OpenApiSchema) -> None:
    schemas = described.raw_schema["components"]["schemas"]
    assert not [name for name in schemas if "." in name]
    assert described.raw_schema["openapi"].startswith("3.1")


def test_every_address_is_described(described: OpenApiSchema) -> None:
    for path, held in described.raw_schema["paths"].items():
        for operation in held.values():
            assert operation["summary"], path
            assert operation["description"], path
            assert all(parameter["description"] for parameter in operation.get("parameters", ())), path
