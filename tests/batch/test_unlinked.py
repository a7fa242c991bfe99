"""Taking in without linking, and linking what waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.batch import stand_in
from tests.batch.stories import lines, story

from tocsin.batch.ingest import ingest
from tocsin.batch.linking import link
from tocsin.batch.plan import Plan
from tocsin.ledger import Ledger


@pytest.mark.parametrize("links", [True, False])
def test_what_is_not_linked_waits(ledger: Ledger, tmp_path: Path, links: bool) -> None:
    source = lines(tmp_path / "s.jsonl", [story(number) for number in range(3)])
    assert ingest(ledger, [source], Plan(jobs=1, worker=stand_in.COMMAND, links=links)).new == 3
    assert link(ledger) == (0 if links else 3)
    assert link(ledger) == 0
