"""Every test that asks for a `ledger` runs on both engines."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.ledger import postgres

from tocsin.ledger import Ledger

Fresh = Callable[[], str]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A running server. Without one the run fails where it must not (CI), and is skipped loudly elsewhere."""
    try:
        with postgres.server() as address:
            yield address
    except postgres.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is needed here: {missing}")
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {missing}")


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    """Addresses of new, empty ledgers, one at each call."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"{uuid.uuid4().hex}.db")
        return
    server = request.getfixturevalue("postgres_server")
    made: list[str] = []

    def database() -> str:
        name = f"tocsin_{uuid.uuid4().hex}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        made.append(name)
        return f"{server}/{name}"

    yield database
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for name in made:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def ledger(fresh: Fresh) -> Iterator[Ledger]:
    """A new, empty ledger."""
    with Ledger.open(fresh()) as opened:
        yield opened
