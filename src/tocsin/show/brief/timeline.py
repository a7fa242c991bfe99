"""The events of the brief in the order of their own time, not of their telling."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from tocsin.ledger import Found
from tocsin.model import Claim
from tocsin.show.brief.changes import who_says
from tocsin.show.brief.context import Context, many
from tocsin.show.brief.days import interval_out
from tocsin.show.brief.facts import Fact
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.names import joined, whom
from tocsin.show.brief.record import Part, Row, Section, Table
from tocsin.show.plain import one_line, shorten

HEAD = ("When", "What", "How it stands", "Who says so")
WIDE, NAME = 110, 48


def section(context: Context) -> Section:
    """The section: the events of these days, and of some before and after. What is of another time, or of none that
    the text names, is counted."""
    entries = [entry for fact in context.facts for entry in _entries(fact) if _near(entry[0], context)]
    entries.sort(key=lambda entry: -context.weight(entry[1]))
    shown = sorted(entries[: lexicon().rows], key=_order)
    rows = tuple(_row(found, fact, context) for found, fact in shown)
    left = len(context.facts) - len({id(fact) for _, fact in shown})
    remark = f"{left:,} of {many(len(context.facts), 'sentence')} are not in it: they say nothing of the time, are of "
    remark += "another one, or weigh less."
    table = Table(caption="Events by their own time", head=HEAD, rows=rows)
    parts = (Part(table=table),) if rows else ()
    return Section(id="timeline", title="Timeline", remark=remark if left else "", parts=parts)


def _near(found: Found, context: Context) -> bool:
    """Whether an event begins near the days of the brief (where its beginning is open, ends near them)."""
    time, ask = found.claim.time, context.gathered
    if time is None:
        return False
    back, ahead = datetime.timedelta(days=lexicon().back), datetime.timedelta(days=lexicon().ahead)
    first = (datetime.date.fromisoformat(ask.since) - back).isoformat()
    last = (datetime.date.fromisoformat(ask.until) + ahead).isoformat()
    return first <= (time.from_ or time.to or "") <= last


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
    return Row(cells=cells, notes=context.references_of(fact))


def label_of(claim: Claim) -> str:
    """An event in a few words of the text: `North Korea: test launch of an intermediate-range hypersonic missile`."""
    who = joined(shorten(whom(actor), NAME) for actor in claim.actors)
    things = [one_line(one.text) for one in claim.objects[:2]] or [shorten(whom(one), NAME) for one in claim.recipients]
    what = one_line(claim.trigger.text) + (f" – {', '.join(things)}" if things else "")
    return shorten(f"{who}: {what}" if who else what, WIDE)
