"""`tocsin find`, `show` and `backup`: from arguments to a query, from claims to the terminal or to a file."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec
from rich.table import Table
from rich.text import Text

from tocsin import settings
from tocsin.errors import LedgerError, UsageError
from tocsin.ledger import Found, Ledger, Query, Stored
from tocsin.ledger.query import box, day
from tocsin.model import Status
from tocsin.show import found as shown
from tocsin.show.cli import faults
from tocsin.show.encode import whole
from tocsin.show.meant import country as country
from tocsin.show.meant import event_type, in_vocabulary, phrase
from tocsin.show.plain import one_line
from tocsin.show.segments import paragraphs
from tocsin.show.table import origin_of, title_of
from tocsin.show.terminal import Terminal

if TYPE_CHECKING:
    from tocsin.show.cli.judging import Beside

LISTS = ("types", "modes", "statuses", "actor_sector", "recipient_sector", "source_sector", "figures", "publishers",
         "agencies")  # fmt: skip
COUNTRIES = ("actor_country", "recipient_country", "source_country", "place_country")
PLAIN = ("actor", "recipient", "source", "place", "time_from", "time_to", "published_from", "published_to",
         "min_confidence", "superseded", "sort", "cursor")  # fmt: skip
FIND = (*LISTS, *COUNTRIES, *PLAIN, "words", "article", "bbox", "limit", "form", "ledger")
"""The arguments of `find`."""

BEGINNING = re.compile("[0-9a-f]{4,16}")
"""So much of an id may stand for it, where no other begins so."""

FLAGS = {
    "time_from": "--from",
    "time_to": "--to",
    "published_from": "--published-from",
    "published_to": "--published-to",
}


def find(asked: dict[str, Any]) -> int:
    """Show the claims that were asked for."""
    query = query_of(asked)
    with opened(asked["ledger"]) as ledger:
        if query.limit is None:
            rows = ledger.claims(query)
            _write(asked["form"], rows)
            if not rows.keys(1):
                faults.tell(nothing(query))
            return faults.DONE
        page = ledger.claims(query).page()
        _write(asked["form"], page.claims)
        if page.cursor:
            sys.stdout.flush()
            faults.tell(f"more follows; --cursor {page.cursor} goes on")
        elif not page.claims:
            faults.tell(nothing(query))
    return faults.DONE


def opened(where: str | None) -> Ledger:
    """The ledger that the command line or the settings name; it must be there."""
    return Ledger.open(settings.load(ledger=where).ledger, create=False)


def query_of(asked: dict[str, Any]) -> Query:
    """The query that the arguments mean. Raises `UsageError` that names the argument."""
    for name, flag in FLAGS.items():
        day(flag, asked[name])
    given: dict[str, Any] = {name: asked[name] for name in PLAIN if asked[name] is not None}
    given |= {name: tuple(asked[name]) for name in LISTS if asked[name]}
    given |= {name: tuple(map(country, asked[name])) for name in COUNTRIES if asked[name]}
    given["types"] = tuple(map(event_type, given.get("types", ())))
    statuses(given.get("statuses", ()))
    if asked["words"]:
        given["words"] = " ".join(map(phrase, asked["words"]))
    if asked["article"]:
        given["scope"] = "article"
    if asked["bbox"] is not None:
        given["bbox"] = box(asked["bbox"])
    if asked["limit"] < 0:
        raise UsageError(f"--limit {asked['limit']}: give a number of claims, or 0 for all")
    query = Query(**given, limit=asked["limit"] or None)
    in_vocabulary(query)
    return query


def statuses(given: Sequence[str]) -> None:
    """Raise `UsageError` for a status that there is not."""
    for status in given:
        try:
            msgspec.convert(status, Status)
        except msgspec.ValidationError as fault:
            raise UsageError(f"--status {status}: one of occurred, ongoing, planned, possible, denied") from fault


def nothing(query: Query) -> str:
    """What to say where nothing was found."""
    if query.words is not None and query.scope == "evidence":
        return "no claim found; --article looks for the words in whole articles"
    return "no claim found"


def _write(form: str, found: Iterable[Found]) -> None:
    """Show claims in a format, as they come."""
    if form == "table":
        console = Terminal()
        for batch in _batched(found):
            console.print(shown.cards(batch, console.width))
    else:
        write(form, found, sys.stdout.buffer)


def write(form: str, found: Iterable[Found], out: BinaryIO) -> None:
    """Write claims as `csv`, `jsonl` or `json`, as they come."""
    if form == "csv":
        _write_csv(found, out)
    elif form == "jsonl":
        for one in found:
            out.write(msgspec.json.encode(shown.as_plain(one)) + b"\n")
    else:
        between = b"[\n"
        for one in found:
            out.write(between + msgspec.json.format(msgspec.json.encode(shown.as_plain(one)), indent=2))
            between = b",\n"
        out.write(b"[]\n" if between == b"[\n" else b"\n]\n")
    out.flush()


def _write_csv(found: Iterable[Found], out: BinaryIO) -> None:
    """RFC 4180, UTF-8."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        writer = csv.DictWriter(text, shown.COLUMNS)
        writer.writeheader()
        writer.writerows(map(shown.values, found))
    finally:
        text.detach()


def _batched(found: Iterable[Found], size: int = 100) -> Iterator[list[Found]]:
    """Lists of claims; a terminal gets them as they come."""
    batch: list[Found] = []
    for one in found:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def show(id: str, form: str, where: str | None) -> int:
    """Show a claim, or else a document, with this id."""
    with opened(where) as ledger:
        claim, document = _with_id(ledger, id)
        versions = ledger.versions(document.id)
        beside = _beside(ledger, claim, document)
        held = [] if claim else ledger.claims_of(document.id)
    if form == "json":
        answer = {
            "claim": shown.as_plain(claim) if claim else None,
            "document": whole(msgspec.to_builtins(document)),
            **({} if claim else {"claims": list(map(shown.as_plain, held))}),
            "versions": [{"id": v.id, "version": v.version, "first_seen": v.first_seen} for v in versions],
            **beside.plain,
        }
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
        return faults.DONE
    console = Terminal()
    if claim:
        console.print(shown.cards([claim], console.width))
        console.print(context_of(claim, document.document.text), "")
    else:
        console.print(Text(document.document.text), "")
        console.print(shown.cards(held, console.width), "")
    console.print(about(document, versions, claim, beside.rows))
    return faults.DONE


def _with_id(ledger: Ledger, id: str) -> tuple[Found | None, Stored]:
    """The claim and its document, or the document alone, with an id or the beginning of one."""
    claim = ledger.claim(id)
    document = ledger.document(claim.document.id if claim else id)
    if document is not None:
        return claim, document
    whole = ledger.ids_beginning(id.lower()) if BEGINNING.fullmatch(id.lower()) else []
    if len(whole) > 1:
        raise LedgerError(f"{id}: several ids begin so: {', '.join(whole)}; give more of it")
    if not whole or whole == [id]:
        raise LedgerError(f"{id}: no claim and no document of {ledger.name} has this id; tocsin find shows ids")
    return _with_id(ledger, whole[0])


def _beside(ledger: Ledger, claim: Found | None, document: Stored) -> Beside:
    """What is known across documents: of the claim, or of the document alone."""
    from tocsin.show.cli import judging

    return judging.beside(ledger, claim.id if claim else None, document.id)


def context_of(found: Found, text: str) -> Text:
    """The paragraphs in which the evidence stands, the evidence and its trigger brought out."""
    evidence, trigger = found.claim.evidence, found.claim.trigger
    touched = [(start, end) for start, end in paragraphs(text) if start < evidence.end and end > evidence.start]
    start = min([evidence.start, *(start for start, _ in touched)])
    end = max([evidence.end, *(end for _, end in touched)])
    return Text.assemble(
        "\n", (text[start : evidence.start], "dim"), (text[evidence.start : trigger.start], "default"),
        (trigger.text, "bold underline"), (text[trigger.end : evidence.end], "default"),
        (text[evidence.end : end], "dim"),
    )  # fmt: skip


def about(
    stored: Stored, versions: Sequence[Stored], claim: Found | None, beside: Sequence[tuple[str, str]] = ()
) -> Table:
    """Where it stands: the document, its versions, who read it; and what is known from `beside` it."""
    document = stored.document
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    rows = [("document", f"{stored.id}  {title_of(document)}"), ("", " · ".join(origin_of(document)))]
    if document.url:
        rows.append(("address", one_line(document.url)))
    rows.append(("seen", f"first {stored.first_seen}, last {stored.last_seen}"))
    for version in versions if len(versions) > 1 else ():
        mark = " (this one)" if version.id == stored.id else ""
        rows.append((f"version {version.version}", f"{version.id}  first seen {version.first_seen}{mark}"))
    if claim:
        words = claim.claim
        sure = f", {words.confidence:.0%} sure" if words.confidence is not None else ""
        rows.append(("evidence", f"characters {words.evidence.start} to {words.evidence.end}"))
        rows.append(("made by", f"{one_line(words.made_by or 'unknown')}{sure}, reader {claim.reader}"))
    for label, value in [*rows, *beside]:
        table.add_row(Text(label), Text(value))
    return table


def backup(target: str, where: str | None) -> int:
    """Copy the ledger."""
    with opened(where) as ledger:
        ledger.backup(target)
    return faults.DONE
