"""Who else says what a claim says, who says otherwise, and on whom it all rests.

Repeating is not confirming: a report family counts once, with the agency that wrote it, and so does one original
source, however many pass it on. How many say a thing independently is therefore the greatest number of claims of which
no two share a family or an original source; it is found as a matching of families with sources (Berge's theorem).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Literal

from tocsin.errors import LexiconError
from tocsin.judgement import Corroboration, Told
from tocsin.lexicon import Entry, read_all
from tocsin.link.counts import count_of
from tocsin.link.figures import days_between
from tocsin.link.matching import act, kinds_alike, match
from tocsin.link.series import series
from tocsin.link.voices import Voice, voices
from tocsin.model import Claim, Status

Stand = Literal["for", "against"]


class Limits(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Bounds of a count, both included."""

    least: int = 0
    most: int | None = None

    def hold(self, count: int) -> bool:
        """Whether a count lies within."""
        return self.least <= count and (self.most is None or count <= self.most)


class Rule(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A number of the Admiralty code, when it holds, and what it says."""

    credibility: int
    says: str
    independent: Limits = Limits()
    agreeing: Limits = Limits()
    against: Limits = Limits()
    more: bool = False

    def holds(self, independent: int, agreeing: int, against: int) -> bool:
        """Whether the counts meet the rule."""
        bounded = self.independent.hold(independent) and self.agreeing.hold(agreeing) and self.against.hold(against)
        return bounded and (independent > against or not self.more)


class File(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The data file; an example is independent, agreeing, against, and the number that they give."""

    days: int
    rules: tuple[Rule, ...]
    examples: tuple[tuple[int, int, int, int], ...] = ()


@functools.cache
def file() -> File:
    """The rules, read once. A user's own file takes the place of the package's, whole."""
    return read_all("credibility.yaml", File)[-1]


def corroboration(told: Told, others: Sequence[Told]) -> Corroboration:
    """Who else of `others` says what a claim says, and who says otherwise.

    Others are compared by what kind of act they tell, who has a part in it, with what, where and when; so they may be
    the claims of a situation, or whatever a query found. Figures that contradict each other speak against, as do
    denials.
    """
    rest = [other for other in others if other.id != told.id]
    stands = [(other, stand) for other in rest if (stand := _stand(told, other)) is not None]
    involved = {told.document, *(other.document for other, _ in stands)}
    by_claim = voices([told, *(other for other in rest if other.document in involved)])
    agreeing = [other for other, stand in stands if stand == "for"]
    against = [other for other, stand in stands if stand == "against"]
    ours = [told, *agreeing]
    independent, opposed = independents(ours, by_claim), independents(against, by_claim)
    number, says = credibility(independent, len(agreeing), opposed)
    rests_on = _rests_on([by_claim[one.id] for one in ours])
    return Corroboration(
        claim=told.id,
        agreeing=tuple(one.id for one in agreeing),
        contradicting=tuple(one.id for one in against),
        independent=independent,
        sources=tuple(dict.fromkeys(by_claim[one.id].name for one in ours)),
        rests_on=rests_on,
        credibility=number,
        why=_why(says, independent, len(agreeing), opposed, rests_on),
    )


def credibility(independent: int, agreeing: int, against: int) -> tuple[int, str]:
    """The number of the Admiralty code and what it says."""
    for rule in file().rules:
        if rule.holds(independent, agreeing, against):
            return rule.credibility, rule.says
    raise LexiconError(
        f"credibility.yaml: rules: none holds for {independent} independent, {agreeing} agreeing, {against} against; "
        "let the last one hold always"
    )


HAPPENED: frozenset[Status] = frozenset({"occurred", "ongoing"})
AHEAD: frozenset[Status] = frozenset({"planned", "possible"})


def _stand(told: Told, other: Told) -> Stand | None:
    """Whether another claim says the same, or the opposite; `None` where it speaks of something else."""
    a, b = told.claim, other.claim
    same = {a.status, b.status} <= HAPPENED or {a.status, b.status} <= AHEAD or a.status == b.status
    denied = (a.status == "denied") != (b.status == "denied")
    if not (same or denied) or not _one_time(told, other) or not kinds_alike(act(a).kind, act(b).kind):
        return None
    figures = _by_figures(told, other) if same and _counts(a) & _counts(b) else None
    if match(act(a), act(b), figures=figures == "for") is None:
        return None
    if denied:
        return "against"
    return figures if _whats(a) & _whats(b) else "for"


def _one_time(a: Told, b: Told) -> bool:
    """Whether two claims can be of one time: theirs meet, or, where one has none, it was told within `days` of the
    other."""
    x, y = a.claim.time, b.claim.time
    if x and y and (x.from_ or x.to) and (y.from_ or y.to):
        return (x.from_ or "") <= (y.to or "9999") and (y.from_ or "") <= (x.to or "9999")
    days = days_between(a.published, b.published)
    return days is None or abs(days) <= file().days


def _whats(claim: Claim) -> set[str]:
    return {figure.what for figure in claim.figures}


def _counts(claim: Claim) -> set[str]:
    return {count_of(figure.what).id for figure in claim.figures}


def _by_figures(a: Told, b: Told) -> Stand | None:
    """Where two claims stand that count the same, by the rules of series: figures that are not to be compared (of
    another day, of a part) leave it open, but for the same claim told again."""
    verdicts = {judged.verdict for one in series((a, b)) for judged in one.judged}
    if "contradicts" in verdicts:
        return "against"
    same = {(f.what, f.low, f.high) for f in a.claim.figures} == {(f.what, f.low, f.high) for f in b.claim.figures}
    return "for" if same or "agrees" in verdicts else None


def independents(tolds: Iterable[Told], by_claim: dict[str, Voice]) -> int:
    """The greatest number of claims of which no two share a family or an original source."""
    edges: dict[str, list[str]] = {}
    for told in tolds:
        edges.setdefault(told.family, []).extend(by_claim[told.id].members)
    family_of: dict[str, str] = {}
    return sum(_placed(family, edges, family_of, set()) for family in edges)


def _placed(family: str, edges: dict[str, list[str]], family_of: dict[str, str], seen: set[str]) -> bool:
    """Give a family a source of its own, moving others to another of theirs where they have one."""
    for source in edges[family]:
        if source not in seen:
            seen.add(source)
            if source not in family_of or _placed(family_of[source], edges, family_of, seen):
                family_of[source] = family
                return True
    return False


def _rests_on(found: Sequence[Voice]) -> str | None:
    """The one source of the text on which all rest."""
    keys = {voice.key for voice in found}
    return found[0].name if len(keys) == 1 and found[0].by == "source" else None


def _why(says: str, independent: int, agreeing: int, against: int, rests_on: str | None) -> str:
    words = [says, f"{independent} independent", f"{agreeing} other claim{'' if agreeing == 1 else 's'} say so"]
    if against:
        words.append(f"{against} independent against it")
    if rests_on:
        words.append(f"all of it rests on {rests_on}")
    return "; ".join(words)
