"""Which situations are asked for in an address."""

from __future__ import annotations

import urllib.parse
from typing import Annotated, Any

import msgspec
from fastapi import Depends
from fastapi import Query as Parameter

from tocsin.ledger import SituationQuery
from tocsin.ledger.situations import Sort
from tocsin.model import Status
from tocsin.show.desk.asked import Text, Texts, given_of
from tocsin.show.meant import country, event_type

PAGE, LONGEST = 30, 100

NAMES = {
    "words": "q", "types": "type", "modes": "mode", "statuses": "status", "countries": "country", "time_from": "from",
    "time_to": "to", "told_from": "told_from", "told_to": "told_to", "min_claims": "min_claims",
    "min_documents": "min_articles", "min_families": "min_reports", "sort": "sort", "limit": "limit",
    "cursor": "cursor",
}  # fmt: skip
"""The fields of a question and the parameters that they are given by."""


def _given(meaning: str, **more: Any) -> Any:
    return Parameter(description=meaning, **more)


def asked(
    q: Annotated[Text, _given("Words, all of them in one claim.")] = None,
    type: Annotated[Texts, _given("Types of event, such as AID.")] = None,
    mode: Annotated[Texts, _given("Their modes.")] = None,
    status: Annotated[list[Status] | None, _given("How it stands now.")] = None,
    country: Annotated[Texts, _given("Where it takes place, or who takes part: name or ISO code.")] = None,
    time_from: Annotated[Text, _given("It takes place on this day or later.", alias="from")] = None,
    time_to: Annotated[Text, _given("It takes place on this day or earlier.", alias="to")] = None,
    told_from: Annotated[Text, _given("Last told of on this day or later.")] = None,
    told_to: Annotated[Text, _given("Last told of on this day or earlier.")] = None,
    min_claims: Annotated[int, _given("At least so many claims.", ge=1, le=1_000_000)] = 1,
    min_articles: Annotated[int, _given("In at least so many articles.", ge=1, le=1_000_000)] = 1,
    min_reports: Annotated[int, _given("By at least so many independent reports.", ge=1, le=1_000_000)] = 1,
    sort: Annotated[Sort, _given("By the last report, by the time of the event, or by how many report it.")] = "newest",
    limit: Annotated[int, _given("Situations of a page.", ge=1, le=LONGEST)] = PAGE,
    cursor: Annotated[Text, _given("Where the page before ended.")] = None,
) -> SituationQuery:
    """The question that the parameters mean. Raises `UsageError` that names the parameter."""
    given = given_of(locals(), NAMES)
    if "countries" in given:
        given["countries"] = tuple(map(code, given["countries"]))
    if "types" in given:
        given["types"] = tuple(event_type(one, "type") for one in given["types"])
    return SituationQuery(**given)


code = country
"""The code of a country; `country` is a parameter's name in `asked`."""

AskedSituations = Annotated[SituationQuery, Depends(asked)]


def address(query: SituationQuery, **changed: Any) -> str:
    """The address under which a question is asked; `changed` are fields that are to be others."""
    other = msgspec.structs.replace(query, **({"cursor": None, "limit": None} | changed))
    bare = SituationQuery()
    said = []
    for field, name in NAMES.items():
        value = getattr(other, field)
        if value != getattr(bare, field):
            said += [(name, str(one)) for one in (value if isinstance(value, tuple) else (value,))]
    return f"/situations?{urllib.parse.urlencode(said)}" if said else "/situations"
