"""JSON answers, and the description of them (OpenAPI 3.1) that is made from the same records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from tocsin.model import Record
from tocsin.show.desk.problems import MEDIA_TYPE, Problem

JSON = "application/json"
REFERENCE = "#/components/schemas/{name}"
ALWAYS = (401, 403, 421, 422, 429, 503)
"""What any address may answer beside what it is there for."""

_described: dict[str, type[Record]] = {"Problem": Problem}


def answer(record: Record, status: int = 200) -> Response:
    """A record as JSON."""
    return Response(msgspec.json.encode(record), status, media_type=JSON)


def answers(kind: type[Record], *also: int, media: str = JSON) -> dict[int | str, dict[str, Any]]:
    """What a route answers: a record of a kind, and the problems that may be told instead."""
    _described[kind.__name__] = kind
    found: dict[int | str, dict[str, Any]] = {
        200: {"description": _first_line(kind), "content": {media: {"schema": _reference(kind)}}},
        304: {"description": "Unchanged since the answer whose ETag was named in If-None-Match."},
    }
    problem = {"content": {MEDIA_TYPE: {"schema": _reference(Problem)}}}
    return found | dict.fromkeys((*ALWAYS, *also), problem)


def describe(app: FastAPI) -> None:
    """Have an app describe itself with the schemas of our records."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            kinds = sorted(_described.values(), key=lambda kind: kind.__name__)
            _, components = msgspec.json.schema_components(kinds, ref_template=REFERENCE)
            made.setdefault("components", {}).setdefault("schemas", {}).update(components)
            made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            made["security"] = [{"token": []}, {}]
            for operation in _operations(made):
                _say_true(operation)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _operations(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in description["paths"].values():
        yield from path.values()


def _say_true(operation: dict[str, Any]) -> None:
    """Leave out what FastAPI adds of itself: that a parameter in an address might be `null`, and that an answer of
    another kind might be JSON of any form."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
        if len(kinds) == 1:
            parameter["schema"] = {name: value for name, value in schema.items() if name != "anyOf"} | kinds[0]
    content = operation["responses"]["200"]["content"]
    if len(content) > 1 and content.get(JSON) == {"schema": {}}:
        del content[JSON]


def _reference(kind: type[Record]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(name=kind.__name__)}


def _first_line(kind: type[Record]) -> str:
    return (kind.__doc__ or kind.__name__).strip().splitlines()[0]
