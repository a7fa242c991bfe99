"""Situations against sets of stories whose events are known.

A document goes to the situation of its main event: of the events it tells of, the one with the most claims, the first
of equals; events of violence, hazards and accidents come before others, since the sets are about those. A document
without any event is alone. So the situations group documents, and that is held against the set's own grouping:

* incidents (`stories_gva`): B-cubed precision, recall and F1 over documents (Bagga & Baldwin 1998);
* topics (`stories_wcep`): F1 over pairs of documents, of all and of those within three days; a topic is a war and holds
  many events, so recall cannot be high. Documents without a topic are left out;
* dates (`stories_t17`, `timelines_gold`): of the days in a timeline written by hand that lie within the days of the
  documents, the share on which some situation of the documents on that crisis lies; `told twice` asks for one that two
  documents tell of.

A sample of the first two sets takes whole clusters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from tocsin.evaluate.counts import Count, Counts, Measure, Miss, Scored, f1_of, precision_of, share_of
from tocsin.evaluate.mentions import day
from tocsin.evaluate.parts import Reader
from tocsin.evaluate.sets import rows, sample
from tocsin.judgement import Told
from tocsin.link.events import Event
from tocsin.link.facts import ordinal
from tocsin.link.nearness import exact
from tocsin.link.rules import incidents
from tocsin.link.situations import Group, bonds, events_of, facts_of, groups
from tocsin.link.telling import span_of
from tocsin.model import Document, Report
from tocsin.read import from_text

CLOSE = 3
"""Days within which two reports are near."""


class StoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A dated story; `cluster` or `path` says with which others it belongs."""

    id: str
    text: str
    date: str | None = None
    title: str | None = None
    publisher: str | None = None
    cluster: str | None = None
    path: tuple[str, ...] = ()
    topic: str | None = None

    def document(self) -> Document:
        """The story as the reader gets it."""
        return from_text(self.text, id=self.id, published=day(self.date), title=self.title, publisher=self.publisher)

    @property
    def label(self) -> str:
        """The name of its cluster."""
        return self.cluster or " > ".join(self.path)


class Entry(msgspec.Struct, frozen=True):
    """A day of a timeline."""

    date: str


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """A timeline of a crisis, written by a newsroom."""

    id: str
    topic: str
    timeline: tuple[Entry, ...]


def bcubed(counts: Counts) -> float | None:
    """The harmonic mean of mean precision and mean recall over documents."""
    precision, recall = (share_of(name)(counts) for name in ("precision", "recall"))
    if not precision or not recall:
        return None
    return 2 * precision * recall / (precision + recall)


INCIDENT_MEASURES: dict[str, Measure] = {
    "precision": share_of("precision"),
    "recall": share_of("recall"),
    "f1": bcubed,
}
TOPIC_MEASURES: dict[str, Measure] = {
    "precision": precision_of("pairs"),
    "recall": share_of("pairs"),
    "f1": f1_of("pairs"),
    "f1 within days": f1_of("near pairs"),
    "b-cubed precision": share_of("precision"),
    "b-cubed f1": bcubed,
}
DATE_MEASURES: dict[str, Measure] = {"dates": share_of("dates"), "told twice": share_of("told twice")}


def told(reports: Iterable[Report]) -> list[Told]:
    """The claims of reports, each with its document."""
    return [
        Told(
            id=claim.id,
            claim=claim,
            document=report.document.id,
            family=report.document.id,
            published=report.published,
            publisher=report.document.publisher,
            agency=report.document.agency,
        )
        for report in reports
        for claim in report.claims
    ]


def linked(reports: Iterable[Report]) -> tuple[tuple[Event, ...], tuple[Group, ...]]:
    """The events of reports, and their situations."""
    events = events_of(facts_of(one) for one in told(reports))
    return events, groups(events, bonds(events))


def main_event(events: Iterable[Event]) -> Event | None:
    """What a document is about, of its events."""
    known = incidents()
    return min(events, key=lambda event: (known.isdisjoint(event.kinds), -len(event.claims), event.order), default=None)


def clusters(documents: Sequence[str], reports: Iterable[Report]) -> dict[str, str]:
    """For each document the id of the situation of its main event, or its own."""
    events, found = linked(reports)
    situation = {event.id: group.id for group in found for event in group.events}
    mains = {
        document: main_event(told_of)
        for document, told_of in groupby(sorted(events, key=lambda e: e.document), key=lambda e: e.document)
    }
    return {one: situation[main.id] if (main := mains.get(one)) else one for one in documents}


def judge_clusters(paths: Sequence[Path], read: Reader, size: int | None) -> list[Scored]:
    """The documents of a set of incidents or topics, each with whom it stands."""
    stories = _whole_clusters([story for story in rows(paths[0], StoryRow) if story.label], size)
    ours = clusters([story.id for story in stories], read(map(_document, stories)))
    return compared({s.id: s.label for s in stories}, ours, {s.id: ordinal(day(s.date)) for s in stories})


def compared(gold: Mapping[str, str], ours: Mapping[str, str], days: Mapping[str, int | None]) -> list[Scored]:
    """The counts of each document: with whom it stands, and with whom it should."""
    together, wanted = _members(ours), _members(gold)
    found = []
    for document, label in gold.items():
        mine, theirs = together[ours[document]], wanted[label]
        both = len(mine & theirs)
        near = {other for other in mine | theirs if _close(days.get(document), days.get(other))}
        counts = {
            "precision": Count(both / len(mine), 1, 1),
            "recall": Count(both / len(theirs), 1, 1),
            "pairs": Count(both - 1, len(mine) - 1, len(theirs) - 1),
            "near pairs": Count(*(len(some & near) - (document in near) for some in (mine & theirs, mine, theirs))),
        }
        missing = sorted(theirs - mine)
        strange = sorted(mine - theirs)
        misses = [Miss("apart", document, f"not with {', '.join(missing[:3])}")] if missing else []
        misses += [Miss("together", document, f"with {', '.join(strange[:3])}")] if strange else []
        found.append(Scored(document, counts, tuple(misses)))
    return found


def _close(a: int | None, b: int | None) -> bool:
    """Whether two days are known and not far apart."""
    return a is not None and b is not None and abs(a - b) <= CLOSE


def _members(labels: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for document, label in labels.items():
        found[label].add(document)
    return found


def _document(row: StoryRow) -> Document:
    return row.document()


def _whole_clusters(stories: Sequence[StoryRow], size: int | None) -> list[StoryRow]:
    """About `size` stories: all those of clusters spread evenly over the set."""
    labels = list(dict.fromkeys(story.label for story in stories))
    number = None if size is None else max(1, size * len(labels) // len(stories))
    wanted = set(sample(labels, number))
    return [story for story in stories if story.label in wanted]


def judge_dates(paths: Sequence[Path], read: Reader, size: int | None) -> list[Scored]:
    """The days of timelines, each with whether a situation lies on it."""
    stories, timelines = sample(rows(paths[0], StoryRow), size), rows(paths[1], Timeline)
    topics = {story.id: _crisis(story.topic or "") for story in stories}
    lying = _days(linked(read(map(_document, stories)))[1], topics)
    found = []
    for timeline in timelines:
        crisis = _crisis(timeline.topic)
        days = sorted(on for s in stories if topics[s.id] == crisis and (on := ordinal(s.date)) is not None)
        for entry in timeline.timeline:
            on = ordinal(entry.date)
            if on is not None and days and days[0] <= on <= days[-1]:
                found.append(_scored(f"{timeline.id} {entry.date}", lying.get((crisis, on), 0)))
    return found


def _scored(name: str, documents: int) -> Scored:
    counts = {"dates": Count(documents > 0, 1, 1), "told twice": Count(documents > 1, 1, 1)}
    return Scored(name, counts, () if documents else (Miss("no situation", name, ""),))


def _crisis(topic: str) -> str:
    """The crisis of a topic's name: "libya" of "t17-libya"."""
    return topic.split("-")[-1]


def _days(found: Iterable[Group], topics: Mapping[str, str]) -> dict[tuple[str, int], int]:
    """By crisis and day, how many documents the situation there has that most documents tell of."""
    most: dict[tuple[str, int], int] = {}
    for group in found:
        begins, ends = span_of(group.events)
        documents = {event.document for event in group.events}
        if begins is None or ends is None or not exact((begins, ends)):
            continue
        for crisis in sorted({topics[document] for document in documents}):
            for on in range(begins, ends + 1):
                most[crisis, on] = max(most.get((crisis, on), 0), len(documents))
    return most
