"""What a brief needs of the ledger, as one frozen record. All that is asked of the ledger is asked here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import structs

from tocsin.claim.ontology import ontology
from tocsin.errors import LedgerError, UsageError
from tocsin.judgement import Forecast, Situation, Told
from tocsin.ledger import Found, Ledger, Query
from tocsin.ledger.alerts import Alert
from tocsin.ledger.query import day
from tocsin.link.forecasts import forecasts, rules
from tocsin.link.matching import type_may_tell
from tocsin.model import Record
from tocsin.watch.library import chosen

LOOK_BACK = 180
"""So many days before the first day are looked through for what was foretold."""

COUNTRY_FIELDS = ("actor_country", "recipient_country", "place_country", "source_country")


class Ask(Record, frozen=True, kw_only=True):
    """What a brief is about: so many `days` up to and with the day `until` (the latest day of publication in the
    ledger, where none is given); claims that hold the words, and concern one of the countries (ISO alpha-3), and that
    an indicator of one of the packs looks for."""

    days: int = 7
    until: str | None = None
    words: str | None = None
    countries: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()


class Gathered(Record, frozen=True, kw_only=True):
    """What was found. `since` and `until` are the first and the last day.

    `found` are the claims published in between, each once, earliest first; `situations` those that they belong to, with
    all their claims up to the last day; `forecasts` those of the claims of the last `LOOK_BACK` days whose time ends no
    earlier than the first day, as they stand on the last. `cited` are all claims of these, by id; `told` those of
    `found` and `situations` as links are made from them. `alerts` rang for one of these claims on one of the days.
    """

    ask: Ask
    since: str
    until: str
    found: tuple[Found, ...]
    situations: tuple[Situation, ...] = ()
    cited: Mapping[str, Found] = {}
    told: Mapping[str, Told] = {}
    alerts: tuple[Alert, ...] = ()
    forecasts: tuple[Forecast, ...] = ()


def gather(ledger: Ledger, ask: Ask) -> Gathered:
    """All that a brief needs. Raises `UsageError` for a day that is none, `LedgerError` where the ledger holds no
    dated claim and no day is given."""
    day("--until", ask.until)
    until = ask.until or latest(ledger)
    since = (datetime.date.fromisoformat(until) - datetime.timedelta(days=ask.days - 1)).isoformat()
    found = claims_of(ledger, ask, since, until)
    situations = situations_of(ledger, found)
    cited = {one.id: one for one in [*found, *_others(ledger, found, situations, until)]}
    told = {one.id: one for one in ledger.told(list(cited))}
    alerts = tuple(one for one in ledger.alerts(newest=False) if _concerns(one, ask, cited, since, until))
    past, foretold = forecasts_of(ledger, ask, since, until)
    named = {id for one in foretold for id in (one.claim, one.by) if id is not None}
    cited |= {one.id: one for one in past if one.id in named}
    return Gathered(
        ask=ask, since=since, until=until, found=tuple(found), situations=situations, cited=cited, told=told,
        alerts=alerts, forecasts=foretold,
    )  # fmt: skip


def latest(ledger: Ledger) -> str:
    """The latest day of publication in the ledger."""
    newest = ledger.claims(Query(published_from="0001-01-01", limit=1)).page().claims
    if not newest or newest[0].document.published is None:
        raise LedgerError(
            f"{ledger.name}: no claim with a day of publication; name the day with --until, or take reports in with "
            "`tocsin ingest --published`"
        )
    return newest[0].document.published[:10]


def claims_of(ledger: Ledger, ask: Ask, since: str | None, until: str, **more: Any) -> list[Found]:
    """The claims that the brief is about and that were published between two days, earliest first; `more` are further
    conditions of the query."""
    base = Query(words=ask.words, published_from=since, published_to=until, **more)
    sides = [_found(ledger, queries) for queries in _sides(base, ask)]
    common = set.intersection(*map(set, sides))
    return sorted((one for id, one in sides[0].items() if id in common), key=place_of)


def _found(ledger: Ledger, queries: Iterable[Query]) -> dict[str, Found]:
    """The claims that one of some queries finds, by id."""
    return {one.id: one for query in queries for one in ledger.claims(query)}


def _sides(base: Query, ask: Ask) -> Iterator[list[Query]]:
    """What is asked for, as lists of queries: a claim must be found by one of each list."""
    if ask.countries:
        yield [structs.replace(base, **{field: ask.countries}) for field in COUNTRY_FIELDS]
    if ask.packs:
        yield [narrowed for one in chosen(ask.packs) for query in one.queries if (narrowed := _within(query, base))]
    if not ask.countries and not ask.packs:
        yield [base]


def _within(query: Query, base: Query) -> Query | None:
    """An indicator's query, bounded as the brief is; `None` where nothing can meet both."""
    words = " ".join(part for part in (query.words, base.words) if part) or None
    bounds: dict[str, Any] = {"words": words}
    for name in ("published_from", "published_to", "time_from"):
        bounds[name] = getattr(base, name) or getattr(query, name)
    for name in ("statuses", "types"):
        asked, own = getattr(base, name), getattr(query, name)
        bounds[name] = tuple(one for one in own if one in asked) if asked and own else asked or own
        if asked and own and not bounds[name]:
            return None
    return structs.replace(query, **bounds)


def place_of(found: Found) -> tuple[str, str, int, int, str]:
    """By which claims are ordered: day of publication, document, place in its text."""
    claim = found.claim
    return (found.document.published or "", found.document.id, claim.evidence.start, claim.trigger.start, found.id)


def situations_of(ledger: Ledger, found: Iterable[Found]) -> tuple[Situation, ...]:
    """The situations that claims belong to, in the order of the claims; none for a claim that is not linked yet."""
    held: dict[str, Situation] = {}
    known: set[str] = set()
    for one in found:
        if one.id not in known and (situation := ledger.situation_of(one.id)) is not None:
            held[situation.id] = situation
            known.update(situation.claims)
    return tuple(held.values())


def _others(ledger: Ledger, found: Iterable[Found], situations: Iterable[Situation], until: str) -> Iterator[Found]:
    """The claims of situations that were not found themselves, as far as they were published by the last day."""
    have = {one.id for one in found}
    wanted = [id for situation in situations for id in situation.claims if id not in have]
    for id in dict.fromkeys(wanted):
        other = ledger.claim(id)
        if other is not None and other.superseded is None and (other.document.published or "") <= until:
            yield other


def forecasts_of(ledger: Ledger, ask: Ask, since: str, until: str) -> tuple[list[Found], tuple[Forecast, ...]]:
    """What the claims of the last `LOOK_BACK` days foretell for the first day or later, and the claims that this is
    known from: what foretells, and what may have become of it since."""
    first = (datetime.date.fromisoformat(since) - datetime.timedelta(days=LOOK_BACK)).isoformat()
    statuses = tuple(sorted(rules().foretelling))
    ahead = claims_of(ledger, ask, first, until, statuses=statuses, time_from=since)
    if not ahead:
        return [], ()
    kinds = {f"{one.claim.type}/{one.claim.mode}" if one.claim.mode else one.claim.type for one in ahead}
    types = tuple(sorted({kind.partition("/")[0] for kind in kinds} | {
        type_ for type_ in ontology().types for kind in kinds if type_may_tell(type_, kind)
    }))  # fmt: skip
    since_then = min(one.document.published or since for one in ahead)
    answers = tuple(sorted(rules().fulfilling | rules().withdrawing))
    known = [*ahead, *claims_of(ledger, ask, since_then, until, statuses=answers, types=types)]
    told = list(ledger.told([one.id for one in known]))
    return known, tuple(one for one in forecasts(told, until, until) if one.due >= since)


def _concerns(alert: Alert, ask: Ask, cited: Mapping[str, Found], since: str, until: str) -> bool:
    """Whether an alert rang on one of the days for a claim that the brief is about."""
    if ask.packs and alert.pack not in ask.packs:
        return False
    return since <= alert.day <= until and any(one.id in cited for one in alert.claims)


def days_of(said: str) -> int:
    """The days that a length such as `7d` or `2w` means. Raises `UsageError`."""
    number, unit = said[:-1], said[-1:]
    factor = {"d": 1, "w": 7}.get(unit)
    if factor is None or not number.isdecimal() or not 1 <= int(number) * factor <= 36_500:
        raise UsageError(f"--since: “{said}” is no length; write days or weeks, such as 7d or 2w")
    return int(number) * factor


def documents_of(found: Iterable[Found]) -> int:
    """How many documents claims come from."""
    return len({one.document.id for one in found})
