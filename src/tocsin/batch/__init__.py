"""Many documents at once: the stages wired together on a pool of processes."""

from __future__ import annotations

from tocsin.batch.ingest import ingest, reread
from tocsin.batch.run import Plan, Progress, Summary

__all__ = ["Plan", "Progress", "Summary", "ingest", "reread"]
