"""The indicators: what is watched for, when one would have rung, and keeping one of one's own."""

from __future__ import annotations

import datetime
import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import yaml

from tocsin import lexicon
from tocsin.errors import LexiconError, UsageError
from tocsin.ledger import Ledger, Query
from tocsin.ledger.alerts import Alert
from tocsin.ledger.query import day
from tocsin.ledger.sightings import Sightings
from tocsin.model import Record
from tocsin.show.desk.content.yamls import yaml_of
from tocsin.show.plain import one_line
from tocsin.watch import Indicator, dry_run, packs, parse_indicator
from tocsin.watch.library import FOLDER, pack_of

OWN = "own"
"""The pack of indicators that belong to none."""

DAYS = 365
MOST = 20_000
"""A dry run looks at so many claims at most."""

LONGEST = 20_000
"""Characters of an indicator."""

NEW = """\
id: my-indicator
title: What it says when it rings
why: "Why it matters, and to whom."
query: {types: [MOBILIZE], statuses: [planned, ongoing, occurred]}
when: {kind: sources, independent: 2, within: 7}
per: [actor_country]
level: watch
"""


class Watched(Record, frozen=True, kw_only=True):
    """An indicator in short."""

    id: str
    title: str
    why: str
    level: str


class WatchedPack(Record, frozen=True, kw_only=True):
    """A pack of indicators; `own` where it is the user's, or has been changed by them."""

    id: str
    title: str
    source: str | None
    own: bool
    indicators: tuple[Watched, ...]


class Library(Record, frozen=True, kw_only=True):
    """All packs of indicators. `folder` is where changed ones are kept, `null` where there is no such place."""

    packs: tuple[WatchedPack, ...]
    folder: str | None


class Written(Record, frozen=True, kw_only=True):
    """An indicator as its file says it, in YAML, and the pack that it is in."""

    id: str
    pack: str
    yaml: str


class DryRun(Record, frozen=True, kw_only=True):
    """When an indicator would have rung over the days `first` to `last`, and for what."""

    indicator: str
    first: str
    last: str
    alerts: tuple[Alert, ...]


def library() -> Library:
    """All packs."""
    own = {pack_id for path in own_files() if (pack_id := _plain(path).get("pack", OWN))}
    found = tuple(
        WatchedPack(
            id=pack.id, title=pack.title, source=pack.source, own=pack.id in own,
            indicators=tuple(map(_in_short, pack.indicators)),
        )
        for pack in packs().values()
    )  # fmt: skip
    folder = own_folder()
    return Library(packs=found, folder=str(folder) if folder else None)


def _in_short(one: Indicator) -> Watched:
    return Watched(id=one.id, title=one.title, why=one.why, level=one.level)


def written(id: str) -> Written | None:
    """An indicator in YAML; of several files the last counts, as where it is watched with."""
    for path in reversed(lexicon.files(f"{FOLDER}/*.yaml")):
        held = _plain(path)
        for entry in held.get("indicators", [held]):
            if entry.get("id") == id:
                return Written(id=id, pack=held.get("pack", OWN), yaml=yaml_of(entry))
    return None


def span(ledger: Ledger) -> tuple[str, str] | None:
    """The days over which a dry run goes where none are named: the last year that the ledger tells of."""
    known = Sightings(ledger.engine, ledger.arrivals()).span()
    if known is None:
        return None
    first, last = known
    back = datetime.date.fromisoformat(last) - datetime.timedelta(days=DAYS - 1)
    return max(first, back.isoformat()), last


def rehearsed(ledger: Ledger, text: str, first: str | None, last: str | None) -> DryRun:
    """The dry run of an indicator. Raises `UsageError` for a text that says none, for days that are no interval, and
    where it would have to look at too much."""
    indicator = said_by(text)
    day("from", first or None)
    day("to", last or None)
    known = span(ledger) or ("", "")
    begin, end = first or known[0], last or known[1]
    if not begin or not end:
        return DryRun(indicator=indicator.id, first=begin or end, last=end or begin, alerts=())
    if begin > end:
        raise UsageError(f"from {begin} to {end} is no interval; the first day comes first")
    _bounded(ledger, indicator, begin, end)
    found = dry_run(indicator, Sightings(ledger.engine, ledger.arrivals()), begin, end)
    return DryRun(indicator=indicator.id, first=begin, last=end, alerts=tuple(sorted(found, key=lambda one: one.day)))


def said_by(text: str) -> Indicator:
    """The indicator that somebody wrote."""
    try:
        return parse_indicator(text)
    except LexiconError as fault:
        raise UsageError(str(fault)) from fault


def _bounded(ledger: Ledger, indicator: Indicator, first: str, last: str) -> None:
    """Raise `UsageError` where a dry run would look at more claims than it can in a moment."""
    back = datetime.date.fromisoformat(first) - datetime.timedelta(days=indicator.when.back)
    days: dict[str, Any] = {"published_from": back.isoformat(), "published_to": last}
    queries: list[Query] = [msgspec.structs.replace(query, **days) for query in indicator.queries]
    if any(ledger.claims(query).count(MOST) >= MOST for query in queries):
        raise UsageError(f"more than {MOST:,} claims match from {days['published_from']} to {last}; choose fewer days")


# ---- keeping


def own_folder() -> Path | None:
    """The user's own folder of indicators, whether or not it is there yet."""
    folders = lexicon.folders()
    return folders[1] / FOLDER if len(folders) > 1 else None


def own_files() -> list[Path]:
    """The files in it."""
    folder = own_folder()
    return sorted(folder.glob("*.yaml")) if folder else []


def keep(text: str, pack: str) -> Written:
    """Keep an indicator in the user's own folder, in a copy of its pack that takes the pack's place, or in their own
    pack. Raises `UsageError` for a text that says none, where there is no such folder, and where the id is taken in
    another pack."""
    folder = own_folder()
    if folder is None:
        raise UsageError("there is no folder of your own: start the desk with TOCSIN_DATA naming one")
    indicator = said_by(text)
    for other in packs().values():
        if other.id != pack and any(one.id == indicator.id for one in other.indicators):
            raise UsageError(f"{indicator.id}: the pack {other.id} has an indicator of this id; give another id")
    path, held = _held(pack, folder)
    entry = yaml.safe_load(text)
    entries = [entry if one["id"] == indicator.id else one for one in held["indicators"]]
    if entry not in entries:
        entries.append(entry)
    _write(path, yaml_of(held | {"indicators": entries}))
    packs.cache_clear()
    return Written(id=indicator.id, pack=pack, yaml=yaml_of(entry))


def _held(pack: str, folder: Path) -> tuple[Path, dict[str, Any]]:
    """Where a pack is kept among the user's own, and what it says so far."""
    for path in own_files():
        if _plain(path).get("pack") == pack:
            return path, _plain(path)
    for path in lexicon.files(f"{FOLDER}/*.yaml"):
        if _plain(path).get("pack") == pack:
            return folder / f"{pack}.yaml", _plain(path)
    if pack != OWN:
        raise UsageError(f"pack: there is no pack “{one_line(pack)}”")
    return folder / f"{OWN}.yaml", {"pack": OWN, "title": "Our own", "indicators": []}


def _write(path: Path, text: str) -> None:
    """Write a file of indicators whole or not at all, once it reads back as one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
        beside = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            pack_of(beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as fault:
        raise UsageError(f"{path}: it cannot be written: {fault.strerror}") from fault


def _plain(path: Path) -> dict[str, Any]:
    return lexicon.read(path, dict[str, Any])
