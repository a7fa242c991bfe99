"""The indicators that rang during the days, with the claims that made them ring."""

from __future__ import annotations

from tocsin.ledger.alerts import Alert
from tocsin.show.brief.changes import who_says
from tocsin.show.brief.context import Context, many
from tocsin.show.brief.days import day_out
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.names import joined
from tocsin.show.brief.news import LEAST_FIRM_FIRST
from tocsin.show.brief.record import Line, Part, Section
from tocsin.show.plain import one_line


def section(context: Context) -> Section:
    """The section, the gravest first; without parts where nothing rang."""
    rang = sorted(context.gathered.alerts, key=lambda one: (-one.rank, one.day, one.indicator, one.about, one.id))
    found = tuple(_line(one, context) for one in rang)
    return Section(id="alerts", title="Indicators that rang", remark="", parts=(Part(lines=found),) if found else ())


def _line(alert: Alert, context: Context) -> Line:
    """An alert with how its claims are told to stand and by whom: an indicator's title is no statement."""
    title = one_line(alert.title).rstrip(".")
    found = context.claims(one.id for one in alert.claims)
    held = {one.claim.status for one in found}
    statuses = tuple(name for name in LEAST_FIRM_FIRST if name in held)
    told = joined(lexicon().statuses[name].label for name in statuses)
    who = joined(who_says(context, one.id) for one in found[: lexicon().references])
    text = (
        f"“{title}” rang ({alert.level}, {day_out(alert.day)}) for {many(alert.count, 'claim')} {told} by {who}: "
        f"{one_line(alert.reason).rstrip('.')}."
    )
    return Line(text=text, notes=context.references(one.id for one in alert.claims), statuses=statuses)
