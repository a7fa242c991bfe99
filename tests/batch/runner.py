"""An ingest in a process of its own, to be killed: `python runner.py LEDGER SOURCE...`."""

from __future__ import annotations

import sys
from pathlib import Path

from tocsin.batch.ingest import ingest
from tocsin.batch.plan import Plan
from tocsin.ledger import Ledger

STAND_IN = (sys.executable, str(Path(__file__).with_name("stand_in.py")))

if __name__ == "__main__":
    with Ledger.open(sys.argv[1]) as ledger:
        print(ingest(ledger, sys.argv[2:], Plan(jobs=2, worker=STAND_IN)))
