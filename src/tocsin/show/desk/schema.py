"""JSON answers, and the description of them (OpenAPI 3.1) that is made from the same records."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from tocsin.model import Record
from tocsin.show.desk.problems import MEDIA_TYPE, Problem

REFERENCE = "#/components/schemas/{name}"
ALWAYS = (401, 403, 421, 422, 429, 503)
"""What any address may answer beside what it is there for."""

_described: dict[str, type[Record]] = {"Problem": Problem}


def answer(record: Record, status: int = 200) -> Response:
    """A record as JSON."""
    return Response(msgspec.json.encode(record), status, media_type="application/json")


def answers(kind: type[Record], *also: int) -> dict[int | str, dict[str, Any]]:
    """What a route answers: a record of a kind, and the problems that may be told instead."""
    _described[kind.__name__] = kind
    found: dict[int | str, dict[str, Any]] = {
        200: {"description": _first_line(kind), "content": {"application/json": {"schema": _reference(kind)}}},
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
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _reference(kind: type[Record]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(name=kind.__name__)}


def _first_line(kind: type[Record]) -> str:
    return (kind.__doc__ or kind.__name__).strip().splitlines()[0]
