"""Violence as other sets tell it: MUC-4's incidents and victims, the Indian police's acts, the dead and injured of
shootings. How claims map to their labels is in mappings.yaml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from tocsin.evaluate.counts import Count, Measure, Miss, Scored, f1_of, share_of, tally
from tocsin.evaluate.mapping import Labels, labelled, labels, mappings
from tocsin.evaluate.mentions import day
from tocsin.model import Claim, Document, Figure, Report
from tocsin.read import from_text

MUC_MEASURES: dict[str, Measure] = {"incident type": f1_of("type"), "victim number": share_of("victims")}
INDIA_MEASURES: dict[str, Measure] = {name: f1_of(name) for name in ("KILL", "ARREST", "FORCE")}
GVA_MEASURES: dict[str, Measure] = {
    "killed exact": share_of("killed"),
    "injured exact": share_of("wounded"),
    "killed within bounds": share_of("killed within"),
    "injured within bounds": share_of("wounded within"),
}
FRESH = timedelta(days=62)
EFFECTS = {"DEATH": "killed", "INJURY": "wounded"}
KIDNAPPING = "KIDNAPPING"
EXACT = re.compile(r"\d{1,6}\Z")
WORD = re.compile(r"[a-z]{3,}")


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One filler of a MUC-4 template: its value, and the words of the text that it is about."""

    value: str | None = None
    strings: tuple[str, ...] = ()


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """One incident of an answer key."""

    incident_type: tuple[Slot, ...] = ()
    hum_tgt_number: tuple[Slot, ...] = ()
    hum_tgt_effect_of_incident: tuple[Slot, ...] = ()


class MucRow(msgspec.Struct, frozen=True, kw_only=True):
    """A MUC-4 report with its answer key."""

    id: str
    text: str
    templates: tuple[Template, ...]
    dct: str | None = None

    def document(self) -> Document:
        """The report as the reader gets it."""
        return from_text(self.text, id=self.id, published=day(self.dct))


class Victims(msgspec.Struct, frozen=True):
    """A group of victims in an answer key: what befell them, how many, and how they are named."""

    what: str
    number: int
    names: frozenset[str]


def victims(template: Template) -> list[Victims]:
    """The groups of an incident whose number is told exactly."""
    kinds = [slot.value for slot in template.incident_type]
    effects: dict[tuple[str, ...], str] = {}
    for slot in template.hum_tgt_effect_of_incident:
        if slot.value in EFFECTS:
            effects.setdefault(slot.strings, EFFECTS[slot.value])
    found = []
    for slot in template.hum_tgt_number:
        what = effects.get(slot.strings) or ("abducted" if KIDNAPPING in kinds else None)
        if what and slot.value and EXACT.match(slot.value):
            names = frozenset(WORD.findall(" ".join(slot.strings).lower()))
            found.append(Victims(what, int(slot.value), names))
    return found


def score_muc(row: MucRow, report: Report | None) -> Scored:
    """The counts of one report: its incident types as a set, and its groups of victims by their number."""
    claims = report.claims if report else ()
    rules = mappings().muc4_dev
    gold = {slot.value for t in row.templates for slot in t.incident_type if slot.value in rules}
    read = labels([claim for claim in claims if _is_fresh(claim, day(row.dct))], rules)
    counts: dict[str, Count] = {}
    tally(counts, "type", len(gold & read), len(read), len(gold))
    misses = [Miss(f"{label} not found", row.id, "") for label in sorted(filter(None, gold - read))]
    misses += [Miss(f"{label} false alarm", row.id, "") for label in sorted(read - gold)]
    for template in row.templates:
        for group in victims(template):
            right = _numbered(group, claims)
            tally(counts, "victims", right, 1, 1)
            if not right:
                misses.append(Miss(f"{group.what} number", row.id, f"{group.number}: {' '.join(sorted(group.names))}"))
    return Scored(row.id, counts, tuple(misses))


def _is_fresh(claim: Claim, told_on: str | None) -> bool:
    """Whether an event is not known to be of more than two months before its report, nor a sum over more than two. The
    key has hardly any such: 12 of its 1,076 dated incidents."""
    if claim.time is None:
        return True
    first, last = claim.time.from_, claim.time.to or claim.time.from_
    old = last and told_on and date.fromisoformat(told_on) - date.fromisoformat(last) > FRESH
    long = first and last and date.fromisoformat(last) - date.fromisoformat(first) > FRESH
    return not (old or long)


def _numbered(group: Victims, claims: Sequence[Claim]) -> bool:
    """Whether a claim gives a group's number: by a figure, or for one person by naming that person without one."""
    for claim in claims:
        counted = [figure for figure in claim.figures if figure.what == group.what]
        if any(figure.low == group.number for figure in counted):
            return True
        if group.number == 1 and not counted and any(_names(group, actor.text) for actor in claim.recipients):
            return True
    return False


def _names(group: Victims, text: str) -> bool:
    return bool(group.names & set(WORD.findall(text.lower())))


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the police set, with the acts that it tells."""

    start: int
    end: int
    labels: tuple[str, ...] = ()


class PoliceRow(msgspec.Struct, frozen=True, kw_only=True):
    """An article of the police set."""

    id: str
    text: str
    sents: tuple[Sentence, ...]
    date: str | None = None

    def document(self) -> Document:
        """The article as the reader gets it."""
        return from_text(self.text, id=self.id, published=day(self.date))


def score_police(row: PoliceRow, report: Report | None) -> Scored:
    """The counts of one article, sentence by sentence."""
    counts: dict[str, Count] = {}
    misses = []
    rules = mappings().india_police_docs
    for sentence in row.sents:
        inside = [c for c in report.claims if sentence.start <= c.trigger.start < sentence.end] if report else []
        read = labels(inside, rules)
        for name in rules:
            ours, theirs = name in read, name in sentence.labels
            tally(counts, name, ours and theirs, ours, theirs)
            if ours != theirs:
                kind = f"{name} {'false alarm' if ours else 'not found'}"
                misses.append(Miss(kind, row.id, row.text[sentence.start : sentence.end][:200]))
    return Scored(row.id, counts, tuple(misses))


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """A shooting: how many were killed and injured."""

    killed: int
    injured: int


class ShootingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report on a shooting."""

    id: str
    text: str
    incident: Incident | None = None
    date: str | None = None
    title: str | None = None

    def document(self) -> Document:
        """The report as the reader gets it."""
        return from_text(self.text, id=self.id, published=day(self.date), title=self.title)


def toll(claims: Sequence[Claim], what: str, rules: Labels) -> tuple[float | None, float | None]:
    """The bounds of a number of casualties in a report: of the figure that is told most often, the first of equals;
    else of those who are named as hurt in one claim; else one, where somebody is told to have suffered it; else none.
    """
    stated = [claim for claim in claims if claim.status in ("occurred", "ongoing")]
    figures: list[Figure] = [figure for claim in stated for figure in claim.figures if figure.what == what]
    if figures:
        told = Counter((figure.low, figure.high) for figure in sorted(figures, key=lambda figure: figure.start))
        return max(told, key=lambda bounds: told[bounds])
    dead = any(figure.what == "killed" for claim in stated for figure in claim.figures) or bool(
        labelled(stated, rules["killed"])
    )
    if what == "killed":
        return float(dead), float(dead)
    hurt = labelled(stated, rules["hurt" if dead else "wounded"]) or labelled([] if dead else stated, rules["shot"])
    named = float(max((max(1, len(claim.recipients)) for claim in hurt), default=0))
    return named, named


def score_shooting(row: ShootingRow, report: Report | None) -> Scored:
    """The counts of one report on a shooting; a report whose incident is not told counts for nothing."""
    counts: dict[str, Count] = {}
    misses = []
    if row.incident is None:
        return Scored(row.id, counts)
    for what, gold in (("killed", row.incident.killed), ("wounded", row.incident.injured)):
        low, high = toll(report.claims if report else (), what, mappings().stories_gva)
        exact = low == gold or (low is None and high == gold)
        within = (low is None or low <= gold) and (high is None or gold <= high)
        tally(counts, what, exact, 1, 1)
        tally(counts, f"{what} within", within, 1, 1)
        if not exact:
            misses.append(
                Miss(
                    f"{what}: {'too many' if (low or 0) > gold else 'too few'}",
                    row.id,
                    f"read {low} to {high}, gold {gold}",
                )
            )
    return Scored(row.id, counts, tuple(misses))
