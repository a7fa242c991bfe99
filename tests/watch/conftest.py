"""The ledgers of these tests: both engines, as in `tests/ledger`."""

from __future__ import annotations

from tests.ledger.conftest import Fresh, fresh, ledger, postgres_server

__all__ = ["Fresh", "fresh", "ledger", "postgres_server"]
