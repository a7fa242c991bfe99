"""A report as the JSON of `claims.schema.json`: the same report gives the same bytes."""

from __future__ import annotations

from typing import Any

import msgspec

from tocsin.model import Report


def as_plain(report: Report) -> dict[str, Any]:
    """The report as plain values. Numbers that are whole are integers; `mentions` is left out where there are none."""
    plain: dict[str, Any] = msgspec.to_builtins(report)
    if plain["mentions"] is None:
        del plain["mentions"]
    return {key: whole(value) for key, value in plain.items()}


def whole(value: Any) -> Any:
    """Plain values with whole floats as integers."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {key: whole(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [whole(held) for held in value]
    return value


def encode_line(report: Report) -> bytes:
    """One line of JSON lines, with its end."""
    return msgspec.json.encode(as_plain(report)) + b"\n"


def encode_pretty(report: Report, *, indent: int = 0) -> bytes:
    """The report's JSON set for reading, without a line end behind; `indent` moves all but its first line in."""
    text = msgspec.json.format(msgspec.json.encode(as_plain(report)), indent=2)
    return text.replace(b"\n", b"\n" + b" " * indent) if indent else text
