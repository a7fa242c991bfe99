"""Senders: what carries alerts out of the ledger. Each takes some alerts and returns once they have arrived."""

from __future__ import annotations
