"""Which claims are asked for in an address: the parameters as a `Query`, and a query as parameters."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec
from fastapi import Depends
from fastapi import Query as Parameter

from tocsin.ledger import Query
from tocsin.ledger.query import Scope, Sort, box
from tocsin.model import Status
from tocsin.show.meant import country, event_type, in_vocabulary

LONGEST = 200
"""Claims of one page, at most."""

PAGE = 50

NAMES = {
    "words": "q", "scope": "scope", "types": "type", "modes": "mode", "statuses": "status", "actor": "actor",
    "actor_country": "actor_country", "actor_sector": "actor_sector", "recipient": "recipient",
    "recipient_country": "recipient_country", "recipient_sector": "recipient_sector", "source": "source",
    "source_country": "source_country", "source_sector": "source_sector", "place": "place",
    "place_country": "place_country", "bbox": "bbox", "time_from": "from", "time_to": "to",
    "published_from": "published_from", "published_to": "published_to", "figures": "figure",
    "publishers": "publisher", "agencies": "agency", "min_confidence": "min_confidence", "superseded": "superseded",
    "sort": "sort", "limit": "limit", "cursor": "cursor",
}  # fmt: skip
"""The fields of a query and the parameters that they are given by."""

PAGING = ("limit", "cursor")


def _given(meaning: str, **more: Any) -> Any:
    """A parameter that may be left out."""
    return Parameter(description=meaning, **more)


def _day(meaning: str, alias: str | None = None) -> Any:
    return Parameter(description=meaning, alias=alias, examples=["2024-12-23"])


Text = str | None
Texts = list[str] | None


def given_of(said: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What parameters say of the fields of a question: those that are given and not empty; `names` has the parameter of
    each field."""
    given: dict[str, Any] = {}
    for field, name in names.items():
        value = said.get(field, said.get(name))
        if isinstance(value, list):
            value = tuple(filter(None, value))
        if value not in (None, "", ()):
            given[field] = value
    return given


def asked(
    q: Annotated[Text, _given('Words, all of them; "a phrase"; begin*; -without.')] = None,
    scope: Annotated[Scope, _given("Where the words are looked for: evidence and names, or the article.")] = "evidence",
    type: Annotated[Texts, _given("Types of event, such as AID.")] = None,
    mode: Annotated[Texts, _given("Their modes.")] = None,
    status: Annotated[list[Status] | None, _given("How it is presented.")] = None,
    actor: Annotated[Text, _given("Who does it, by name.")] = None,
    actor_country: Annotated[Texts, _given("Of which country, name or ISO code.")] = None,
    actor_sector: Annotated[Texts, _given("Of which sector, such as MIL.")] = None,
    recipient: Annotated[Text, _given("To whom, or against whom, by name.")] = None,
    recipient_country: Annotated[Texts, _given("Of which country.")] = None,
    recipient_sector: Annotated[Texts, _given("Of which sector.")] = None,
    source: Annotated[Text, _given("Who says so, by name.")] = None,
    source_country: Annotated[Texts, _given("Of which country.")] = None,
    source_sector: Annotated[Texts, _given("Of which sector.")] = None,
    place: Annotated[Text, _given("Where, by name.")] = None,
    place_country: Annotated[Texts, _given("In which country.")] = None,
    bbox: Annotated[Text, _given("West, south, east, north in degrees.", examples=["36,50,38,52"])] = None,
    time_from: Annotated[Text, _day("The event takes place on this day or later.", "from")] = None,
    time_to: Annotated[Text, _day("The event takes place on this day or earlier.", "to")] = None,
    published_from: Annotated[Text, _day("Published on this day or later.")] = None,
    published_to: Annotated[Text, _day("Published on this day or earlier.")] = None,
    figure: Annotated[Texts, _given("A number claimed; all hold.", examples=[["killed>=10"]])] = None,
    publisher: Annotated[Texts, _given("Who published it, as in the ledger.")] = None,
    agency: Annotated[Texts, _given("The agency it comes from.")] = None,
    min_confidence: Annotated[float | None, _given("At least so sure.", ge=0, le=1)] = None,
    superseded: Annotated[bool, _given("Also what a later reading or version has replaced.")] = False,
    sort: Annotated[Sort, _given("By publication, by the time of the event, or surest first.")] = "newest",
    limit: Annotated[int, _given("Claims of a page.", ge=1, le=LONGEST)] = PAGE,
    cursor: Annotated[Text, _given("Where the page before ended.")] = None,
) -> Query:
    """The query that the parameters mean. Raises `UsageError` that names the parameter."""
    given = given_of(locals(), NAMES)
    for field in [field for field in given if field.endswith("_country")]:
        given[field] = tuple(map(country, given[field]))
    if "types" in given:
        given["types"] = tuple(event_type(one, "type") for one in given["types"])
    if "bbox" in given:
        given["bbox"] = box(given["bbox"])
    query = Query(**given)
    in_vocabulary(query)
    return query


Asked = Annotated[Query, Depends(asked)]


def parameters(query: Query) -> list[tuple[str, str]]:
    """A query as parameters, those left out that say nothing."""
    return [(NAMES[field], value) for field, value in _said(query)]


def address(path: str, query: Query, **changed: Any) -> str:
    """The address under which a query is asked; `changed` are fields that are to be others. A page begins anew."""
    other = msgspec.structs.replace(query, **({"cursor": None, "limit": None} | changed))
    said = urllib.parse.urlencode(parameters(other))
    return f"{path}?{said}" if said else path


def _said(query: Query) -> Iterator[tuple[str, str]]:
    """The fields of a query that say something, each of several values for itself."""
    for field, default in _defaults().items():
        value = getattr(query, field)
        if value in (default, None, ()):
            continue
        if field == "bbox":
            yield field, ",".join(f"{number:.9g}" for number in value)
        elif isinstance(value, tuple):
            yield from ((field, str(one)) for one in value)
        else:
            yield field, str(value).lower() if isinstance(value, bool) else str(value)


def _defaults() -> dict[str, Any]:
    return {field: getattr(BARE, field) for field in NAMES}


BARE = Query()
