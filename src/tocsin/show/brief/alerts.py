"""The indicators that rang during the days, with the claims that made them ring."""

from __future__ import annotations

from tocsin.ledger.alerts import Alert
from tocsin.show.brief.context import Context, many
from tocsin.show.brief.days import day_out
from tocsin.show.brief.record import Line, Part, Section
from tocsin.show.plain import one_line


def section(context: Context) -> Section:
    """The section, the gravest first; without parts where nothing rang."""
    rang = sorted(context.gathered.alerts, key=lambda one: (-one.rank, one.day, one.indicator, one.about, one.id))
    found = tuple(_line(one, context) for one in rang)
    return Section(id="alerts", title="Indicators that rang", remark="", parts=(Part(lines=found),) if found else ())


def _line(alert: Alert, context: Context) -> Line:
    title = one_line(alert.title).rstrip(".")
    where = f" [{one_line(alert.about)}]" if alert.about else ""
    text = f"{title}{where}, {alert.level}, {day_out(alert.day)}: {one_line(alert.reason).rstrip('.')}."
    counted = f"{many(alert.count, 'claim')} in {many(alert.documents, 'report')}, {alert.independent} independent."
    return Line(text=text, notes=context.references(one.id for one in alert.claims), behind=counted)
