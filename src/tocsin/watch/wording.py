"""An alert in plain words, for mail and chat."""

from __future__ import annotations

from tocsin.ledger.alerts import Alert, Cited
from tocsin.model import Source

LETTER_CLAIMS = 8
"""So many claims a letter quotes."""


def headline(alert: Alert) -> str:
    """One line: level, title, day."""
    return f"{alert.level.upper()}: {_line(alert.title)} ({alert.day})"


def letter(alert: Alert) -> str:
    """The reason, then the claims in their words, each with who says so and where it stands."""
    parts = [f"{_line(alert.reason)}.", *(_quoted(cited) for cited in alert.claims[:LETTER_CLAIMS])]
    rest = alert.count - min(len(alert.claims), LETTER_CLAIMS)
    if rest > 0:
        parts.append(f"And {rest:,} more.")
    parts.append(f"Why it matters: {_line(alert.why)}")
    parts.append(f"{alert.pack} / {alert.indicator}, alert {alert.id}")
    return "\n\n".join(parts)


def _quoted(cited: Cited) -> str:
    """A claim: status, evidence, who says so, where it stands."""
    claim = cited.claim
    where = [cited.publisher or cited.agency or "unnamed paper", cited.published or "no date"]
    if cited.url:
        where.append(cited.url)
    said = f"{claim.status}: “{_line(claim.evidence.text)}”"
    chain = vouchers(claim.sources)
    return "\n".join([said, *([f"said by {chain}"] if chain else []), _line(", ".join(where))])


def vouchers(sources: tuple[Source, ...]) -> str:
    """Who vouches, outermost first."""
    by_level: dict[int, list[str]] = {}
    for source in sources:
        name = _line(source.text if source.antecedent is None else source.name or source.antecedent.text)
        by_level.setdefault(source.level, []).append(f"{name} ({source.manner})" if source.manner != "said" else name)
    return " → ".join(" + ".join(by_level[level]) for level in sorted(by_level))


def _line(text: str) -> str:
    """Words in one line."""
    return " ".join(text.split())
