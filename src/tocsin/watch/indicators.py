"""Indicators: what is watched for, and why. They are YAML, decoded strictly; a fault names the file, the indicator and
what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, structs

from tocsin import compiled
from tocsin.claim.ontology import ontology
from tocsin.countries import countries
from tocsin.errors import LexiconError, UsageError
from tocsin.ledger.query import Query
from tocsin.lexicon import Entry
from tocsin.model import content_id
from tocsin.watch import criteria
from tocsin.watch.criteria import Condition
from tocsin.watch.levels import levels

Name = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Words = Annotated[str, Meta(min_length=1, max_length=2_000)]
Field = Literal["document", "type", "mode", "actor_country", "recipient_country", "place_country"]
"""By what an indicator tells apart what it finds: each rings for itself."""

EITHER = ("actor_country", "recipient_country", "place_country")
"""Where a country may come in that is given as `countries`."""

COUNTRIES = (*EITHER, "source_country")
UNFIT = {"sort", "limit", "cursor", "superseded", "published_from", "published_to"}
"""Fields of a query that make no sense here: when claims were told is for the condition to say."""

MARK = re.compile(r"\[([^\]]+)\]")


class Written(Entry, frozen=True, kw_only=True):
    """An indicator as its file says it. `query` is one or several, of which one must match."""

    id: Name
    title: Words
    why: Words
    query: dict[str, Any] | list[dict[str, Any]]
    level: str
    when: Condition = criteria.Match()
    per: tuple[Field, ...] = ()
    quiet: Annotated[int, Meta(ge=0, le=3_660)] = 7
    escalate: bool = True
    examples: tuple[Words, ...] = ()
    counter: tuple[Words, ...] = msgspec.field(name="not", default=())


class Indicator(Entry, frozen=True, kw_only=True):
    """An indicator, ready to be evaluated.

    A claim that one of `queries` finds matches; claims are told apart by the fields of `per`, and each lot rings where
    the condition `when` is met, with at least `level`. After it rang it is quiet about the same for so many days,
    unless it has become graver. In `examples` the trigger of a matching claim is in brackets; `counter` must not match.
    """

    id: str
    pack: str
    title: str
    why: str
    queries: tuple[Query, ...]
    when: Condition
    level: str
    per: tuple[Field, ...]
    quiet: int
    escalate: bool
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    @property
    def definition(self) -> str:
        """A digest of all that decides when it rings."""
        return content_id(msgspec.json.encode(structs.replace(self, examples=(), counter=())).decode())


def parse_indicator(text: str, *, file: str = "indicator", pack: str = "own") -> Indicator:
    """The indicator that a YAML text says. Raises `LexiconError`: `file: indicator: what is wrong`."""
    given = plain(text.encode(), file)
    return indicator_of(given, file, pack)


def plain(content: bytes, file: str) -> Any:
    """The plain value of YAML."""
    import yaml

    try:
        return compiled.parse(content)
    except yaml.YAMLError as fault:
        raise LexiconError(f"{file}: not YAML: {' '.join(str(fault).split())}") from fault
    except UnicodeDecodeError as fault:
        raise LexiconError(f"{file}: not UTF-8; save it as UTF-8") from fault


def indicator_of(given: Any, file: str, pack: str) -> Indicator:
    """The indicator that a plain value says."""
    name = given.get("id") if isinstance(given, dict) else None
    where = f"{file}: {name if isinstance(name, str) and name else 'an indicator without an id'}"
    try:
        written = msgspec.convert(given, Written)
        return _ready(written, pack)
    except (msgspec.ValidationError, UsageError) as fault:
        raise LexiconError(f"{where}: {_said(fault)}") from fault


def _said(fault: Exception) -> str:
    """What is wrong, with the place in the indicator where msgspec knows it."""
    message, _, path = str(fault).partition(" - at `$.")
    if message.startswith("Invalid value 'None'"):
        message = "empty"
    return f"{path.rstrip('`')}: {message}" if path else message


def _ready(written: Written, pack: str) -> Indicator:
    """An indicator with its queries made out."""
    given = written.query if isinstance(written.query, list) else [written.query]
    if not given:
        raise UsageError("query: empty; say at least what type of event is looked for")
    levels().rank(written.level)
    fields = {name: getattr(written, name) for name in SHARED}
    return Indicator(pack=pack, queries=tuple(one for query in given for one in _queries(query)), **fields)


SHARED = ("id", "title", "why", "when", "level", "per", "quiet", "escalate", "examples", "counter")


def _queries(given: dict[str, Any]) -> Iterator[Query]:
    """The queries that one entry means: with `countries` one for each role in which they may come."""
    unfit = sorted(UNFIT & given.keys())
    if unfit:
        raise UsageError(f"query: {unfit[0]} has no place in an indicator")
    given = {name: _listed(value) if name in LISTS else value for name, value in given.items()}
    for name in COUNTRIES:
        if name in given:
            given[name] = [_country(said) for said in given[name]]
    either = given.pop("countries", None)
    if not given and not either:
        raise UsageError("query: empty; say at least what type of event is looked for")
    if either is None:
        yield _query(given)
        return
    for role in EITHER:
        if role in given:
            raise UsageError(f"query: give countries or {role}, not both")
        yield _query(given | {role: [_country(said) for said in either]})


LISTS = {"types", "modes", "statuses", "actor_sector", "recipient_sector", "source_sector", "figures", "publishers",
         "agencies", "countries", *COUNTRIES}  # fmt: skip


def _listed(value: Any) -> Any:
    """One word for a list of one."""
    return [value] if isinstance(value, str) else value


def _query(given: dict[str, Any]) -> Query:
    """A query; its words must be those of the scheme."""
    try:
        query = msgspec.convert(given, Query)
    except msgspec.ValidationError as fault:
        raise UsageError(f"query: {_said(fault)}") from fault
    except UsageError as fault:
        raise UsageError(f"query: {fault}") from fault
    known = ontology().types
    for said in query.types:
        if said not in known:
            raise UsageError(f"query: no type {said}; there are {', '.join(known)}")
    modes = {mode for name in query.types or known for mode in known[name].modes}
    for said in query.modes:
        if said not in modes:
            raise UsageError(f"query: no mode {said} of {', '.join(query.types) or 'any type'}; {_there(modes)}")
    return query


def _there(modes: set[str]) -> str:
    """Which modes there are."""
    return f"there are {', '.join(sorted(modes))}" if modes else "it has none"


def _country(said: Any) -> str:
    """The code of a country."""
    if not isinstance(said, str):
        raise UsageError(f"query: {said!r} is no country; give its English name or its ISO code, in quotation marks")
    if said.upper() in countries().by_code and len(said) == 3:
        return said.upper()
    code = countries().code_of(said)
    if code is None:
        raise UsageError(f"query: “{said}” is no country that is known; give its English name or its ISO code")
    return code


def unmarked(example: str) -> str:
    """An example without its brackets."""
    return MARK.sub(r"\1", example)


def marks(example: str) -> tuple[tuple[int, int], ...]:
    """Where the marked words of an example stand in it once the brackets are gone."""
    found = []
    for mark in MARK.finditer(example):
        start = len(MARK.sub(r"\1", example[: mark.start()]))
        found.append((start, start + len(mark[1])))
    return tuple(found)
