"""Times, places and attributions against public sets, by the measures that their fields use.

Times: TempEval-3's strict F1 (same span), relaxed F1 (overlap), value F1 (overlap and the same TIMEX3 value).
Places: F1 of toponyms by overlap; of those found with coordinates in the set the share within 161 km; the country.
Attribution: F1 of contents that share half of their union, and any overlap; cues; the source of matched contents.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import msgspec

from tocsin.evaluate.counts import Count, Measure, Miss, Scored, f1_of, share_of, tally
from tocsin.evaluate.pairing import overlap, pair, same_span, union_share, unpaired
from tocsin.model import Actor, Attribution, Document, Mention, Place, Report
from tocsin.read import from_text

TIME_MEASURES: dict[str, Measure] = {name: f1_of(name) for name in ("strict", "relaxed", "value", "type")}
PLACE_MEASURES: dict[str, Measure] = {
    "toponyms": f1_of("toponyms"),
    "within161": share_of("within161"),
    "country": share_of("country"),
}
ATTRIBUTION_MEASURES: dict[str, Measure] = {
    "content_half": f1_of("content_half"),
    "content_any": f1_of("content_any"),
    "cue": f1_of("cue"),
    "source": share_of("source"),
}

EARTH_KM = 6371
NEAR_KM = 161
FARTHEST_KM = 20039
HALF = 0.5
DEMONYM = re.compile(r"(?:ish|ese|ian|ean|[aeiou]n|i|ch|ans|ians|is)$")
ABBREVIATION = re.compile(r"^(?:[A-Z]\.?){2,}$")


class Span(msgspec.Struct, frozen=True):
    """Offsets into a text."""

    start: int
    end: int


class Timex(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression of a set, with its TIMEX3 value."""

    start: int
    end: int
    type: str | None = None
    value: str | None = None


class TimexRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a set of time expressions; `dct` is when it was published."""

    id: str
    text: str
    timexes: tuple[Timex, ...]
    dct: str | None = None

    def document(self) -> Document:
        """The text as the reader gets it."""
        return from_text(self.text, id=self.id, published=day(self.dct))


class Toponym(msgspec.Struct, frozen=True, kw_only=True):
    """A place name of a set, with what it stands for."""

    start: int
    end: int
    name: str
    lat: float | None = None
    lon: float | None = None
    gaz_name: str | None = None
    fcode: str | None = None
    country: str | None = None

    @property
    def demonym(self) -> bool:
        """Whether the name is that of a country's people or speech ("Turkish"), which is no place of ours."""
        gazetted = (self.gaz_name or "").lower()
        if not gazetted or not (self.fcode or "").startswith("PCL"):
            return False
        name = self.name.lower()
        return (
            name != gazetted
            and gazetted not in name
            and not ABBREVIATION.match(self.name)
            and DEMONYM.search(self.name) is not None
        )


class ToponymRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a set of place names."""

    id: str
    text: str
    toponyms: tuple[Toponym, ...]
    date: str | None = None
    title: str | None = None

    def document(self) -> Document:
        """The text as the reader gets it."""
        return from_text(self.text, id=self.id, published=day(self.date), title=self.title)


class Attributed(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution of a set; each part may lie in several pieces."""

    source: tuple[tuple[int, int], ...] = ()
    cue: tuple[tuple[int, int], ...] = ()
    content: tuple[tuple[int, int], ...] = ()


class AttributionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a set of attributions."""

    id: str
    text: str
    attributions: tuple[Attributed, ...]
    date: str | None = None
    title: str | None = None

    def document(self) -> Document:
        """The text as the reader gets it."""
        return from_text(self.text, id=self.id, published=day(self.date), title=self.title)


def day(text: str | None) -> str | None:
    """An ISO date, where a set's date is one."""
    return text[:10] if text and re.match(r"\d{4}-\d\d-\d\d", text) else None


def score_times(row: TimexRow, report: Report | None) -> Scored:
    """The counts of one document's time expressions."""
    system = report.mentions.times if report and report.mentions else ()
    counts: dict[str, Count] = {}
    both = pair(system, row.timexes, overlap)
    right = {
        "strict": len(pair(system, row.timexes, same_span)),
        "relaxed": len(both),
        "value": sum(one.timex == other.value for one, other in both),
        "type": sum(one.type.upper() == (other.type or "").upper() for one, other in both),
    }
    for name, number in right.items():
        tally(counts, name, number, len(system), len(row.timexes))
    misses = [
        Miss("wrong value", row.id, f"{_cut(row.text, other)!r}: read {one.timex}, gold {other.value}")
        for one, other in both
        if one.timex != other.value
    ]
    misses += [
        Miss("wrong span", row.id, f"read {one.text!r}, gold {_cut(row.text, other)!r}")
        for one, other in both
        if not same_span(one, other)
    ]
    misses += _unmatched(row.id, row.text, system, row.timexes, both)
    return Scored(row.id, counts, tuple(misses))


def _cut(text: str, span: Span | Timex | Toponym | Mention) -> str:
    return " ".join(text[span.start : span.end].split())


def _unmatched(
    document: str,
    text: str,
    system: Sequence[Mention],
    gold: Sequence[Timex] | Sequence[Toponym],
    both: Sequence[tuple[Mention, Timex | Toponym]],
) -> list[Miss]:
    """What is in one and not in the other."""
    missed = unpaired(gold, [other for _, other in both])
    extra = unpaired(system, [one for one, _ in both])
    return [Miss("not found", document, repr(_cut(text, span))) for span in missed] + [
        Miss("false alarm", document, repr(_cut(text, span))) for span in extra
    ]


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points in degrees."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return EARTH_KM * 2 * math.asin(min(1.0, math.sqrt(h)))


def score_places(row: ToponymRow, report: Report | None) -> Scored:
    """The counts of one document's place names. Demonyms cost nothing when missed and are no false alarms."""
    system = report.mentions.places if report and report.mentions else ()
    idle = [name for name in row.toponyms if name.demonym]
    wanted = [name for name in row.toponyms if not name.demonym]
    both = pair(system, wanted, overlap)
    used = {id(one) for one, _ in both}
    read = [one for one in system if id(one) in used or not any(overlap(one, other) for other in idle)]
    counts: dict[str, Count] = {}
    tally(counts, "toponyms", len(both), len(read), len(wanted))
    distances, misses = [], _unmatched(row.id, row.text, tuple(read), tuple(wanted), both)
    for one, other in both:
        if other.lat is None or other.lon is None:
            continue
        known = one.lat is not None and one.lon is not None
        away = kilometres(one.lat or 0, one.lon or 0, other.lat, other.lon) if known else FARTHEST_KM
        distances.append(away)
        tally(counts, "within161", away <= NEAR_KM, 1, 1)
        if away > NEAR_KM:
            misses.append(Miss("wrong place" if known else "not located", row.id, _located(one, other, away)))
        if other.country and one.country_name:
            tally(counts, "country", one.country_name.lower() == other.country.lower(), 1, 1)
    return Scored(row.id, counts, tuple(misses), tuple(distances))


def _located(one: Place, other: Toponym, away: float) -> str:
    return f"{other.name!r}: {one.name} ({one.country_name}), gold {other.gaz_name} ({other.country}), {away:.0f} km"


def hull(pieces: tuple[tuple[int, int], ...]) -> Span:
    """The span from the first to the last of several pieces."""
    return Span(min(start for start, _ in pieces), max(end for _, end in pieces))


def score_attribution(row: AttributionRow, report: Report | None) -> Scored:
    """The counts of one document's attributions."""
    system = report.mentions.attributions if report and report.mentions else ()
    gold = [one for one in row.attributions if one.content]
    counts: dict[str, Count] = {}
    both = pair(system, gold, _half)
    tally(counts, "content_half", len(both), len(system), len(gold))
    tally(counts, "content_any", len(pair(system, gold, _any)), len(system), len(gold))
    cues = [one.cue for one in system if one.cue]
    gold_cues = [hull(one.cue) for one in row.attributions if one.cue]
    tally(counts, "cue", len(pair(cues, gold_cues, overlap)), len(cues), len(gold_cues))
    misses = []
    for one, other in both:
        if other.source:
            right = _source_right(one.source, hull(other.source))
            tally(counts, "source", right, 1, 1)
            if not right:
                read = one.source.text if one.source else None
                misses.append(
                    Miss("wrong source", row.id, f"read {read!r}, gold {_cut(row.text, hull(other.source))!r}")
                )
    misses += [
        Miss("not found", row.id, repr(_cut(row.text, hull(one.content))))
        for one in unpaired(gold, [other for _, other in both])
    ]
    misses += [
        Miss("false alarm", row.id, repr(_cut(row.text, one.content)))
        for one in unpaired(system, [found for found, _ in both])
    ]
    return Scored(row.id, counts, tuple(misses))


def _half(one: Attribution, other: Attributed) -> bool:
    return union_share(one.content, hull(other.content)) >= HALF


def _any(one: Attribution, other: Attributed) -> bool:
    return overlap(one.content, hull(other.content))


def _source_right(source: Actor | None, gold: Span) -> bool:
    if source is None:
        return False
    return overlap(source, gold) or (source.antecedent is not None and overlap(source.antecedent, gold))
