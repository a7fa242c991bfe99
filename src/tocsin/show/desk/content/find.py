"""The claims that a query finds, a page at a time, and what they are like."""

from __future__ import annotations

import msgspec

from tocsin.ledger import Found, Ledger, Query
from tocsin.ledger.facets import Facets
from tocsin.model import Record

FACETS = ("types", "statuses", "actor_country", "place_country", "publishers")
"""The fields of a query, and of `Facets`, that are chosen from by their counts."""

PARTS = ("words", "actor", "actor_country", "actor_sector", "recipient", "recipient_country", "recipient_sector",
         "source", "source_country", "source_sector", "place", "place_country", "bbox", "time_from", "time_to",
         "figures", "min_confidence")  # fmt: skip
"""The conditions on what belongs to a claim."""


class Findings(Record, frozen=True, kw_only=True):
    """Claims that a query finds; `cursor` asks for those that follow, `null` where there are none."""

    claims: tuple[Found, ...]
    cursor: str | None


def findings(ledger: Ledger, query: Query) -> Findings:
    """A page of claims."""
    page = ledger.claims(query).page()
    return Findings(claims=tuple(page.claims), cursor=page.cursor)


def facets(ledger: Ledger, query: Query) -> Facets:
    """What the claims are like. Of a field by which the query chooses already, the counts are those without that
    choice, so that another value can be chosen beside it."""
    return _others(ledger, query, ledger.claims(query).facets(fields=_free(query)))


def opening(ledger: Ledger, query: Query) -> tuple[Findings, Facets]:
    """A page of claims, and what all that the query finds are like."""
    if query.cursor is not None:
        return findings(ledger, query), facets(ledger, query)
    page, alike = ledger.claims(query).opening(fields=_free(query))
    return Findings(claims=tuple(page.claims), cursor=page.cursor), _others(ledger, query, alike)


def is_sparse(query: Query) -> bool:
    """Whether claims that meet all conditions may lie far apart: then to count hundreds of them takes much longer than
    to find a page. Of conditions on a claim's parts each may be frequent alone, and two hardly hold together."""
    bare = Query()
    return len([field for field in PARTS if getattr(query, field) != getattr(bare, field)]) > 1


def _free(query: Query) -> list[str]:
    """The fields by which the query does not choose yet."""
    return [field for field in FACETS if not getattr(query, field)]


def _others(ledger: Ledger, query: Query, found: Facets) -> Facets:
    """The facets with the counts of those fields by which the query chooses."""
    for field in set(FACETS) - set(_free(query)):
        other = ledger.claims(msgspec.structs.replace(query, **{field: ()})).facets(fields=(field,))
        found = msgspec.structs.replace(found, **{field: getattr(other, field)})
    return found
