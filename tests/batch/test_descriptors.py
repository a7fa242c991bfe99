"""Sources that are open files of the process that is called, as a shell makes them of `<(command)`."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.batch import stand_in
from tests.batch.stories import story

from tocsin.batch.ingest import ingest
from tocsin.batch.intake import descriptors
from tocsin.batch.plan import Plan
from tocsin.ledger import Ledger


def test_a_pipe_that_the_shell_opened_is_read_in_the_other_process(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.write(theirs, json.dumps(story(1)).encode())
    os.close(theirs)
    try:
        with Ledger.open(tmp_path / "l.db") as ledger:
            summary = ingest(ledger, [f"/dev/fd/{ours}"], Plan(worker=stand_in.COMMAND))
            assert (summary.new, summary.refused) == (1, 0)
            assert ledger.quarantined() == []
    finally:
        os.close(ours)


def test_only_open_ones_are_handed_on(tmp_path: Path) -> None:
    with (tmp_path / "a").open("w") as stream:
        number = stream.fileno()
        named = [f"/dev/fd/{number}", f"/proc/self/fd/{number}", "/dev/fd/999999999", "/dev/fd/x", "a.txt"]
        assert descriptors(named) == (number,)
