from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hand import REPORT

from tocsin.model import Mentions
from tocsin.show import encode

SCHEMA = Path(__file__).resolve().parents[2] / "../shared/claims.schema.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    if not SCHEMA.exists():
        pytest.skip("the schema lies beside the repository, in shared/")
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("report", [REPORT, msgspec.structs.replace(REPORT, mentions=Mentions())])
def test_a_report_fits_the_schema(report: Any, schema: dict[str, Any]) -> None:
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    checker.validate(json.loads(encode.encode_line(report)))
    checker.validate(json.loads(encode.encode_pretty(report)))


def test_mentions_are_there_only_when_they_were_asked_for() -> None:
    assert "mentions" not in encode.as_plain(REPORT)
    with_mentions = msgspec.structs.replace(REPORT, mentions=Mentions())
    assert encode.as_plain(with_mentions)["mentions"]["times"] == []


def test_whole_numbers_are_integers_and_others_are_kept() -> None:
    losses = encode.as_plain(REPORT)["claims"][0]
    assert json.dumps(losses["figures"][0]["low"]) == "1100"
    assert losses["places"][0]["lon"] == 36.25
    assert losses["confidence"] == 0.75


def test_the_ends_of_a_time_have_their_own_names() -> None:
    assert encode.as_plain(REPORT)["claims"][1]["time"]["from"] is None
    assert encode.as_plain(REPORT)["claims"][1]["time"]["to"] == "2024-12-31"


def test_one_line_is_one_line_and_set_out_it_says_the_same() -> None:
    line, pretty = encode.encode_line(REPORT), encode.encode_pretty(REPORT)
    assert line.count(b"\n") == 1
    assert json.loads(line) == json.loads(pretty) == json.loads(encode.encode_pretty(REPORT, indent=2))
