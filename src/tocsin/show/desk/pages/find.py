"""Finding claims, with facets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.countries import countries
from tocsin.ledger import Query
from tocsin.ledger.facets import Facets, Share
from tocsin.show.desk.asked import Asked, address, parameters
from tocsin.show.desk.content.find import FACETS, facets, findings, is_sparse, opening
from tocsin.show.desk.desk import Entry, TheLedger
from tocsin.show.desk.rows import row_of
from tocsin.show.desk.templating import render
from tocsin.show.plain import one_line

ENTRY = Entry("/find", "Find")
PATH = "/find"
CHOICES = 8
"""So many values of a facet are offered."""

LABELS = dict(zip(FACETS, ("Type", "Status", "Who, by country", "Where, by country", "Publisher"), strict=True))
SAID = {
    "words": "words", "scope": "in", "types": "type", "modes": "mode", "statuses": "status",
    "actor": "who", "actor_country": "who", "actor_sector": "who",
    "recipient": "to whom", "recipient_country": "to whom", "recipient_sector": "to whom",
    "source": "who says", "source_country": "who says", "source_sector": "who says",
    "place": "where", "place_country": "where", "bbox": "within", "time_from": "event from", "time_to": "event to",
    "published_from": "published from", "published_to": "published to", "figures": "how many",
    "publishers": "publisher", "agencies": "agency", "min_confidence": "at least so sure",
    "superseded": "replaced ones too",
}  # fmt: skip
"""The conditions, as they are called on the page."""

ASIDE = {"words", *FACETS}
"""What is asked for without opening the form: in the line above it, and beside the claims."""

router = APIRouter()


class Choice(NamedTuple):
    """A value of a facet: what it is called, how many claims have it, where it is chosen or given up."""

    label: str
    number: str
    chosen: bool
    address: str


class Condition(NamedTuple):
    """A condition in force, and where it is given up."""

    label: str
    value: str
    address: str


@router.get(PATH)
def show(request: Request, query: Asked, ledger: TheLedger, counted: bool = False) -> Response:
    """The page, or the entries that follow on a page. Where counting takes long, the page comes without the counts,
    and fetches them; with `counted` it has them."""
    rest = bool(query.cursor) and request.headers.get("hx-request") == "true"
    later = rest or (is_sparse(query) and not counted)
    found, counts = (findings(ledger, query), None) if later else opening(ledger, query)
    more = address(PATH, query, cursor=found.cursor) if found.cursor else None
    rows = [row_of(one) for one in found.claims]
    if rest:
        return render(request, "find_rows.html", rows=rows, more=more)
    return render(
        request,
        "find.html",
        query=query,
        rows=rows,
        more=more,
        total=total(counts.seen, counts.all) if counts else total(len(rows), found.cursor is None),
        facets=shares(query, counts) if counts else None,
        counting=address(f"{PATH}/facets", query),
        with_counts=address(PATH, query) + "&counted=true",
        conditions=list(conditions(query)),
        opened=any(getattr(query, field) != getattr(Query(), field) for field in SAID if field not in ASIDE),
        kept=[(name, value) for name, value in parameters(query) if name not in ("q", "sort", "cursor", "limit")],
        wider=address(PATH, query, scope="article") if query.words and query.scope == "evidence" else None,
    )


@router.get(f"{PATH}/facets")
def count(request: Request, query: Asked, ledger: TheLedger) -> Response:
    """The counts, for a page that came without them."""
    counts = facets(ledger, query)
    return render(
        request, "find_facets.html", facets=shares(query, counts), total=total(counts.seen, counts.all), later=True
    )


def shares(query: Query, counts: Facets) -> list[tuple[str, list[Choice]]]:
    """The facets with what can be chosen of each."""
    return [(LABELS[field], list(choices(query, counts, field))) for field in FACETS]


def total(number: int, whole: bool) -> str:
    """How many claims there are, as far as they were counted; `whole` says that these are all."""
    return f"{number:,} claim{'' if number == 1 else 's'}" if whole else f"more than {number:,} claims"


def choices(query: Query, counts: Facets, field: str) -> Iterator[Choice]:
    """The values of a facet: those chosen, then the most frequent others."""
    chosen: tuple[str, ...] = getattr(query, field)
    shares: tuple[Share, ...] = getattr(counts, field)
    number = {share.value: share.count for share in shares}
    more = "" if counts.all else "+"
    for value in chosen:
        others = tuple(one for one in chosen if one != value)
        yield Choice(label_of(field, value), f"{number.get(value, 0):,}", True, address(PATH, query, **{field: others}))
    for share in [share for share in shares if share.value not in chosen][:CHOICES]:
        wider = address(PATH, query, **{field: (*chosen, share.value)})
        yield Choice(label_of(field, share.value), f"{share.count:,}{more}", False, wider)


def label_of(field: str, value: str) -> str:
    """What a value is called."""
    if field.endswith("_country"):
        return countries().name_of(value) or value
    return value.lower().replace("_", " ") if field == "types" else one_line(value)


def conditions(query: Query) -> Iterator[Condition]:
    """The conditions in force."""
    bare = Query()
    for field, label in SAID.items():
        value: Any = getattr(query, field)
        if value == getattr(bare, field):
            continue
        if not isinstance(value, tuple) or field == "bbox":
            yield Condition(label, said(value), address(PATH, query, **{field: getattr(bare, field)}))
            continue
        for one in value:
            others = tuple(other for other in value if other != one)
            yield Condition(label, label_of(field, one), address(PATH, query, **{field: others}))


def said(value: Any) -> str:
    """A single value of a condition, in words."""
    if isinstance(value, tuple):
        return ", ".join(f"{number:g}" for number in value)
    return "" if value is True else one_line(str(value))
