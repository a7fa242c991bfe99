"""`tocsin families`, `situations`, `situation` and `relink`: from arguments to judgements, and to the terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

import msgspec
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tocsin import settings
from tocsin.errors import LedgerError
from tocsin.judgement import Family, Paper
from tocsin.ledger import Ledger, SituationQuery
from tocsin.ledger.query import day
from tocsin.link import reliability
from tocsin.link.corroboration import corroboration
from tocsin.link.voices import voices
from tocsin.show import linked
from tocsin.show.cli import faults, finding
from tocsin.show.encode import whole
from tocsin.show.meant import event_type, phrase
from tocsin.show.terminal import Terminal

SITUATIONS = ("words", "types", "modes", "statuses", "countries", "time_from", "time_to", "told_from", "told_to",
              "articles", "independent", "sort", "limit", "cursor", "form", "ledger")  # fmt: skip
"""The arguments of `situations`."""

FLAGS = {"time_from": "--from", "time_to": "--to", "told_from": "--told-from", "told_to": "--told-to"}


class Families(NamedTuple):
    """What `tocsin families` was asked for, but for the ledger."""

    document: str | None
    least: int
    largest: bool
    limit: int
    form: str


def families(call: Families, where: str | None) -> int:
    """Show the families that were asked for."""
    with finding.opened(where) as ledger:
        found = _families(ledger, call)
        papers = {paper.id: paper for paper in ledger.papers([id for family in found for id in family.documents])}
        waiting(ledger)
    if call.form == "table":
        console = Terminal()
        console.print(linked.families(found, papers, console.width))
        if not found:
            faults.tell("no two documents of the ledger carry the same copy")
    else:
        write(call.form, [_family(family, papers) for family in found])
    return faults.DONE


def _families(ledger: Ledger, call: Families) -> list[Family]:
    if call.document is None:
        return ledger.families(least=call.least, limit=call.limit, largest=call.largest)
    claim = ledger.claim(call.document)
    stored = ledger.document(claim.document.id if claim else call.document)
    family = ledger.family(stored.id) if stored else None
    if family is None:
        raise LedgerError(f"{call.document}: no document of {ledger.name} has this id; tocsin find shows ids")
    return [family]


def _family(family: Family, papers: dict[str, Paper]) -> dict[str, Any]:
    """A family as plain values, with what is needed to know its documents."""
    plain: dict[str, Any] = msgspec.to_builtins(family)
    names = ("id", "published", "publisher", "agency", "title")
    plain["documents"] = [{name: getattr(papers[id], name) for name in names} for id in family.documents]
    return plain


def situations(asked: dict[str, Any]) -> int:
    """Show the situations that were asked for."""
    query = query_of(asked)
    with finding.opened(asked["ledger"]) as ledger:
        page = ledger.situations(query)
        waiting(ledger)
    if asked["form"] == "table":
        Terminal().print(linked.situations(page.situations))
    else:
        write(asked["form"], map(msgspec.to_builtins, page.situations))
    if page.cursor:
        sys.stdout.flush()
        faults.tell(f"more follows; --cursor {page.cursor} goes on")
    elif not page.situations:
        faults.tell("no situation found")
    return faults.DONE


def query_of(asked: dict[str, Any]) -> SituationQuery:
    """The query that the arguments mean. Raises `UsageError` that names the argument."""
    for name, flag in FLAGS.items():
        day(flag, asked[name])
    finding.statuses(asked["statuses"] or ())
    return SituationQuery(
        words=" ".join(map(phrase, asked["words"])) if asked["words"] else None,
        types=tuple(map(event_type, asked["types"] or ())),
        modes=tuple(asked["modes"] or ()),
        statuses=tuple(asked["statuses"] or ()),
        countries=tuple(map(finding.country, asked["countries"] or ())),
        **{name: asked[name] for name in FLAGS},
        min_documents=asked["articles"],
        min_families=asked["independent"],
        sort=asked["sort"],
        limit=asked["limit"],
        cursor=asked["cursor"],
    )


def situation(id: str, explain: bool, form: str, where: str | None) -> int:
    """Show the situation with this id, or that of a claim with it."""
    with finding.opened(where) as ledger:
        found = ledger.situation(id)
        waiting(ledger)
        if found is None:
            raise LedgerError(f"{id}: no situation of {ledger.name} has this id, and no claim in one; "
                              "tocsin situations shows ids")  # fmt: skip
        tolds = list(ledger.told(found.claims))
    if form == "json":
        plain = msgspec.to_builtins(found) | {"told": [msgspec.to_builtins(told) for told in tolds]}
        write("json", [plain], alone=True)
        return faults.DONE
    console = Terminal()
    for part in linked.situation(found, tolds, console.width, explain):
        console.print(part)
    return faults.DONE


class Beside(NamedTuple):
    """What is known of a claim, or of a document, from others: rows of a label and words, and the same as plain
    values."""

    rows: list[tuple[str, str]]
    plain: dict[str, Any]


def beside(ledger: Ledger, claim: str | None, document: str) -> Beside:
    """What the ledger knows across documents. A claim that was replaced, or is not linked yet, has no situation."""
    rows: list[tuple[str, str]] = []
    family = ledger.family(document)
    if family is not None and len(family.documents) > 1:
        by = f", written by {family.agency}" if family.agency else ""
        rows.append(("family", f"{family.id}  one copy in {linked.counted(len(family.documents), 'document')}{by}"))
    plain: dict[str, Any] = {"family": msgspec.to_builtins(family)}
    found = ledger.situation_of(claim) if claim is not None else None
    if found is None:
        return Beside(rows, plain)
    tolds = list(ledger.told(found.claims))
    told = next(one for one in tolds if one.id == claim)
    borne = corroboration(told, tolds)
    voice = voices(tolds)[told.id]
    graded = reliability.load(settings.load().reliability).of(voice)
    rows.append(("situation", f"{found.id}  {found.title}, {linked.told_words(found)}"))
    plain |= {
        "situation": {"id": found.id, "title": found.title}, "corroboration": msgspec.to_builtins(borne),
        "reliability": msgspec.to_builtins(graded) if graded else None,
    }  # fmt: skip
    return Beside(rows + linked.borne_out(borne, voice, graded), plain)


def relink(where: str | None) -> int:
    """Make all judgements anew."""
    from tocsin.batch.linking import relink as does

    with finding.opened(where) as ledger, _progress(ledger.counts("documents")["documents"]) as tell:
        total = does(ledger, tell)
        counts = ledger.counts("families", "situations", "situation_claims")
    with_kin, events = counts["families"], counts["situations"]
    Terminal().print(
        f"{linked.counted(total, 'document')} linked: {with_kin:,} carry a copy that others carry too, "
        f"{linked.counted(events, 'situation')} of {linked.counted(counts['situation_claims'], 'claim')}",
        soft_wrap=True,
    )
    return faults.DONE


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None] | None]:
    """Yields what is to be called with the number of documents that are done."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Terminal(stderr=True), transient=True) as bar:
        task = bar.add_task("linking", total=total)
        yield lambda done: bar.update(task, completed=done, description=f"{done:,} of {total:,} documents linked")


def waiting(ledger: Ledger) -> None:
    """Say so where documents have still to be linked."""
    if count := ledger.unlinked():
        verb = "has" if count == 1 else "have"
        faults.tell(f"{linked.counted(count, 'document')} {verb} still to be linked; tocsin relink does so")


def write(form: str, rows: Iterable[Any], *, alone: bool = False, out: BinaryIO | None = None) -> None:
    """Write plain values as `json` (a list, or one value `alone`) or `jsonl`, to standard output unless told."""
    out = out or sys.stdout.buffer
    found = [whole(row) for row in rows]
    if form == "jsonl":
        out.writelines(msgspec.json.encode(row) + b"\n" for row in found)
    else:
        out.write(msgspec.json.format(msgspec.json.encode(found[0] if alone else found), indent=2) + b"\n")
    out.flush()
