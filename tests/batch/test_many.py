"""After many new documents the database looks at its tables, so that finds go the shortest way."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.batch import stand_in
from tests.batch.stories import lines, story

from tocsin.batch import ingest as taking
from tocsin.batch.plan import Plan
from tocsin.ledger import Ledger


@pytest.mark.parametrize(("many", "looked"), [(3, True), (4, False)])
def test_the_tables_are_looked_at_after_many_new_documents(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int, looked: bool
) -> None:
    times: list[bool] = []
    optimize = Ledger.optimize

    def counted(self: Ledger) -> None:
        optimize(self)
        times.append(True)

    monkeypatch.setattr(taking, "MANY", many)
    monkeypatch.setattr(Ledger, "optimize", counted)
    source = lines(tmp_path / "s.jsonl", [story(number) for number in range(3)])
    plan = Plan(jobs=1, worker=stand_in.COMMAND)
    assert taking.ingest(ledger, [source], plan).new == 3
    assert taking.ingest(ledger, [source], plan).known == 3
    assert times == [True] * looked
