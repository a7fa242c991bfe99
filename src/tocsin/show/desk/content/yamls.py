"""Plain values as YAML that people like to edit: short lists and maps in one line, long ones item by item."""

from __future__ import annotations

from typing import Any

import yaml

SHORT = 88
"""Characters of a list or map that is written in one line."""

WIDE = 10_000
"""Sentences are not broken: an editor does that."""


class Dumper(yaml.SafeDumper):
    """Writes YAML so; its representers are those below."""


def yaml_of(value: Any) -> str:
    """A plain value in YAML."""
    said: str = yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=WIDE)
    return said


def _sequence(dumper: Dumper, value: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_short(value))


def _mapping(dumper: Dumper, value: dict[Any, Any]) -> yaml.Node:
    flow = _short(list(value.values())) and "id" not in value
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=flow)


def _short(parts: list[Any]) -> bool:
    """Whether values are plain and fit in one line; sentences stand each for itself."""
    plain = all(not isinstance(one, dict) and " " not in str(one).replace(", ", "") for one in parts)
    return plain and len(str(parts)) <= SHORT


Dumper.add_representer(list, _sequence)
Dumper.add_representer(dict, _mapping)
