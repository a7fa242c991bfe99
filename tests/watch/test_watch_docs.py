"""The page on the watch: its YAML is what the code takes, its examples match, its check of signatures checks."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest

import tocsin
from tocsin.ledger import Ledger
from tocsin.ledger.sightings import Sightings
from tocsin.model import Document
from tocsin.watch.channels import channels_of
from tocsin.watch.criteria import Condition
from tocsin.watch.indicators import parse_indicator, unmarked
from tocsin.watch.library import pack_of, packs
from tocsin.watch.senders.webhook import key_of, signed

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "watch.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
YAML = [code for language, code in FENCE.findall(PAGE) if language == "yaml"]
(CHECK,) = [code for language, code in FENCE.findall(PAGE) if language == "python"]


def test_the_indicator_is_one_and_its_examples_are_true(tmp_path: Path) -> None:
    one = parse_indicator(YAML[0])
    told = [Document(id=text, text=unmarked(text), published="2024-12-23") for text in (*one.examples, *one.counter)]
    with Ledger.open(tmp_path / "l.db") as ledger:
        ledger.add_many(tocsin.read_documents(told), datetime.datetime(2024, 12, 24))
        view = Sightings(ledger.engine, ledger.arrivals())
        found = {cited.claim.evidence.text for cited in view.cited(view.arrived(one.queries, 0))}
    assert len(one.examples) == len(found) == 1
    assert found.pop() in unmarked(one.examples[0])


def test_the_pack_is_one(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(YAML[1])
    assert [one.id for one in pack_of(path).indicators] == ["silence-in-aden", "protests-in-yemen"]


def test_the_channels_are_some(tmp_path: Path) -> None:
    path = tmp_path / "channels.yaml"
    path.write_text(YAML[2])
    found = channels_of(path, {"DESK_SECRET": "whsec_AAAA", "ALERT_MAIL": "mailto://me:secret@mail.example"})
    assert [one.id for one in found] == ["newsdesk", "mail", "log", "feed"]
    assert {pack for one in found for pack in one.packs} <= packs().keys()


def test_every_condition_is_told_of() -> None:
    kinds = {kind.__struct_config__.tag for kind in Condition.__args__}
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) >= kinds


@pytest.mark.parametrize("secret", ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "any other text"])
def test_the_check_takes_what_is_signed_and_nothing_else(secret: str) -> None:
    import time

    space: dict[str, Any] = {}
    exec(compile(CHECK, "docs/watch.md", "exec"), space)
    now = int(time.time())
    headers = signed("id", now, b"body", key_of(secret))
    assert space["genuine"](headers, b"body", secret)
    assert not space["genuine"](headers, b"other", secret)
    assert not space["genuine"](headers | {"webhook-id": "other"}, b"body", secret)
    assert not space["genuine"](headers, b"body", "another secret")
    assert not space["genuine"](signed("id", now - 600, b"body", key_of(secret)), b"body", secret)
