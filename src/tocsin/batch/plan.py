"""How a run is done. Importing this loads no ledger, so that reading processes can be started before there is one."""

from __future__ import annotations

import os

from tocsin.batch.messages import Orders
from tocsin.batch.pool import WORKER, Pool
from tocsin.model import Record
from tocsin.settings import Settings

SECONDS = 60.0


class Plan(Record, frozen=True, kw_only=True):
    """How a run is done. `jobs` reading processes with the spaCy model `model`; a document may compute for `limit`
    seconds. `worker` is the command that starts a reading process. Without `links` nothing is linked: what was added
    waits for whoever links next."""

    jobs: int = 1
    model: str = Settings().model
    limit: float = SECONDS
    worker: tuple[str, ...] = WORKER
    links: bool = True

    def pool(self) -> Pool:
        """The reading processes; none is started yet."""
        return Pool(self.jobs, Orders(model=self.model, limit=self.limit), self.worker)


def cores() -> int:
    """How many processes read where the user does not say."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
