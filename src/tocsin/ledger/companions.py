"""The claims that tell of the same events as some others."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, select

from tocsin.ledger.engine import reading
from tocsin.ledger.judged import situation_claims
from tocsin.ledger.schema import claims
from tocsin.ledger.write import CHUNK, chunks


def companions(engine: Engine, ids: Sequence[str], most: int) -> list[str]:
    """The ids of the claims that belong to the situations of some claims, these among them, newest first; `most` at
    most."""
    found: set[int] = set()
    with reading(engine) as connection:
        for chunk in chunks(ids, CHUNK):
            mine = (
                select(situation_claims.c.situation)
                .join(claims, claims.c.key == situation_claims.c.claim)
                .where(claims.c.id.in_(chunk))
            )
            theirs = select(situation_claims.c.claim).where(situation_claims.c.situation.in_(mine))
            found.update(connection.execute(theirs).scalars())
        wanted = sorted(found, reverse=True)[:most]
        named: dict[int, str] = {}
        for keys in chunks(wanted, CHUNK):
            rows = connection.execute(select(claims.c.key, claims.c.id).where(claims.c.key.in_(keys)))
            named.update((row.key, row.id) for row in rows)
    return [named[key] for key in wanted]
