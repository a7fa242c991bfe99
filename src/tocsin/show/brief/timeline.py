"""The events of the brief in the order of their own time, not of their telling."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.ledger import Found
from tocsin.model import Claim
from tocsin.show.brief.changes import who_says
from tocsin.show.brief.context import Context, many
from tocsin.show.brief.days import interval_out
from tocsin.show.brief.facts import Fact
from tocsin.show.brief.names import joined, whom
from tocsin.show.brief.record import Part, Row, Section, Table
from tocsin.show.plain import one_line, shorten

HEAD = ("When", "What", "How it stands", "Who says so")
WIDE, NAME = 110, 48


def section(context: Context) -> Section:
    """The section; sentences of which nothing says the time are left out, and counted."""
    entries = sorted((entry for fact in context.facts for entry in _entries(fact)), key=_order)
    rows = tuple(_row(found, fact, context) for found, fact in entries)
    told = len({id(fact) for _, fact in entries})
    left = len(context.facts) - told
    remark = (
        f"Of {many(len(context.facts), 'sentence')} {left:,} say nothing of the time, and are not in it."
        if left
        else ""
    )
    table = Table(caption="Events by their own time", head=HEAD, rows=rows)
    return Section(id="timeline", title="Timeline", remark=remark, parts=(Part(table=table),) if rows else ())


def _entries(fact: Fact) -> Iterator[tuple[Found, Fact]]:
    """The claims of a fact whose time is known, one for each time."""
    seen: set[str] = set()
    for found in fact.claims:
        when = when_of(found)
        if when is not None and when not in seen:
            seen.add(when)
            yield found, fact


def when_of(found: Found) -> str | None:
    """The days of a claim's event, written out."""
    time = found.claim.time
    return interval_out(time.from_, time.to) if time and time.type != "DURATION" else None


def _order(entry: tuple[Found, Fact]) -> tuple[str, str]:
    time = entry[0].claim.time
    return ((time.from_ or time.to or ""), (time.to or "9999")) if time else ("", "")


def _row(found: Found, fact: Fact, context: Context) -> Row:
    claim = found.claim
    cells = (when_of(found) or "", label_of(claim), claim.status, who_says(context, found.id))
    return Row(cells=cells, notes=context.notes.of(fact.all))


def label_of(claim: Claim) -> str:
    """An event in a few words of the text: `North Korea: test launch of an intermediate-range hypersonic missile`."""
    who = joined(shorten(whom(actor), NAME) for actor in claim.actors)
    things = [one_line(one.text) for one in claim.objects[:2]] or [shorten(whom(one), NAME) for one in claim.recipients]
    what = one_line(claim.trigger.text) + (f" – {', '.join(things)}" if things else "")
    return shorten(f"{who}: {what}" if who else what, WIDE)
