"""The places that a text names, each with the gazetteer's entry that the document as a whole makes likeliest."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.countries import countries
from tocsin.gazetteer import Entry, Gazetteer
from tocsin.gazetteer.names import key
from tocsin.gazetteer.store import prior
from tocsin.model import Mention, Place
from tocsin.understand.localise import Name, localise
from tocsin.understand.parse import Parse
from tocsin.understand.toponym_features import Candidate
from tocsin.understand.toponym_words import words
from tocsin.understand.toponyms import find_toponyms

STATES = ("country", "historic")
HOLDERS = ("admin1", "country", "area")
CHAIN = 2
"""So many names after a place can hold it, one in the other."""


def find_places(parse: Parse, gazetteer: Gazetteer, dateline: str | None = None) -> list[Place]:
    """The places in a text, in its order. `dateline` is the header's place ("NAIROBI, Kenya"); what of it stands in the
    text before the parsed body is found as well. `role` is left to the claims."""
    found = [toponym.candidate for toponym in find_toponyms(parse, gazetteer)]
    head = _dateline(parse, gazetteer, dateline)
    names: dict[str, Name] = {}
    for mention, entries in head:
        name = names.setdefault(key(mention.text), Name(entries))
        name.count += 1
        name.holders.update(e.name for _, outer in head[1:] for e in outer if e.kind in HOLDERS)
    spelled = [key(parse.words(c.start, c.end)) for c in found]
    for k, (candidate, spelling) in enumerate(zip(found, spelled, strict=True)):
        name = names.setdefault(spelling, Name(candidate.entries))
        name.count += 1
        name.holders.update(_holders(parse, candidate, found[k + 1 : k + 1 + CHAIN]))
        name.kind = name.kind or _kind(parse, candidate)
    context = _demonyms(parse, gazetteer)
    entry_of = dict(zip(names, localise([*names.values(), *context]), strict=False))
    for spelling, entry in entry_of.items():
        if entry is None or _lies_elsewhere(entry, names[spelling], gazetteer):
            entry_of[spelling] = _held_by(names[spelling].holders, gazetteer)
    places = [place(mention, entry_of[key(mention.text)]) for mention, _ in head]
    for candidate, spelling in zip(found, spelled, strict=True):
        entry = entry_of[spelling]
        if entry and candidate.kind == "airport" and key(entry.name) != spelling:
            entry = entry._replace(name="", geonameid=None)
        places.append(place(parse.tokens(candidate.start, candidate.end), entry))
    return places


def resolve_name(name: str, gazetteer: Gazetteer, countries: Sequence[str] = ()) -> Entry | None:
    """The place that a name alone means, or `None`; one in `countries` (alpha-3) is taken before any other."""
    entries = gazetteer.lookup(name)
    inside = [e for e in entries if e.country in countries]
    return max(inside or entries, key=lambda e: (prior(e), -e.number), default=None)


def place(mention: Mention, entry: Entry | None) -> Place:
    """The record of a mention and its entry."""
    if entry is None:
        return Place(text=mention.text, start=mention.start, end=mention.end)
    return Place(
        text=mention.text, start=mention.start, end=mention.end, name=entry.name or None, country=entry.country,
        country_name=entry.country_name, admin1=entry.admin1, geonameid=entry.geonameid, lat=entry.lat, lon=entry.lon,
    )  # fmt: skip


def _dateline(parse: Parse, gazetteer: Gazetteer, dateline: str | None) -> list[tuple[Mention, tuple[Entry, ...]]]:
    """The parts of the dateline that stand in the text before the body, with their entries."""
    body = parse.origin[0] if len(parse.origin) else 0
    at = parse.text.find(dateline, 0, body) if dateline else -1
    if at < 0 or not dateline:
        return []
    found = []
    for part in dateline.split(","):
        bare = part.strip()
        start = at + part.find(bare)
        entries = gazetteer.lookup(bare) if bare else ()
        if entries:
            found.append((Mention(text=bare, start=start, end=start + len(bare)), entries))
        at += len(part) + 1
    return found


def _lies_elsewhere(entry: Entry, name: Name, gazetteer: Gazetteer) -> bool:
    """Whether a town's likeliest entry lies outside the country in which the text puts it: the gazetteer lacks the one
    that is meant."""
    if entry.kind != "city" or not name.holders or {entry.admin1, entry.country_name} & name.holders:
        return False
    outer = [resolve_name(holder, gazetteer) for holder in sorted(name.holders)]
    return all(each is not None and each.kind == "country" and each.country != entry.country for each in outer)


def _held_by(holders: set[str], gazetteer: Gazetteer) -> Entry | None:
    """What is known of a place that the gazetteer lacks, from the region or country that the text puts it in: the
    country, and the region; neither name nor point."""
    for holder in sorted(holders):
        outer = resolve_name(holder, gazetteer)
        if outer is not None:
            return outer._replace(name="", geonameid=None, lat=None, lon=None, population=0)
    return None


def _demonyms(parse: Parse, gazetteer: Gazetteer) -> list[Name]:
    """The countries whose people or adjectives the text names ("Russian troops"): they are no places, but tell where
    the text is at home."""
    table = countries()
    found: dict[str, Name] = {}
    for word, low in zip(parse.word, parse.lower, strict=True):
        if word[0].isupper() and (code := table.adjectives.get(low) or table.people.get(low)):
            if code not in found:
                entries = gazetteer.lookup(table.by_code[code].name)
                found[code] = Name(tuple(e for e in entries if e.country == code and e.kind in STATES))
            found[code].count += 1
    return list(found.values())


def _holders(parse: Parse, candidate: Candidate, after: list[Candidate]) -> set[str]:
    """Names of the regions and countries in which the text puts a place: "Paris, Texas", "Kfraya in Idlib", and in
    which it puts these ("Reading, Berkshire, UK")."""
    holders: set[str] = set()
    end = candidate.end
    for outer in after:
        if parse.words(end, outer.start) not in (",", "in", ", in", "("):
            break
        holders |= {e.name for e in outer.entries if e.kind in HOLDERS and e.main}
        end = outer.end
    return holders


def _kind(parse: Parse, candidate: Candidate) -> str | None:
    """The level that a word of kind beside the name asks for: "Kursk region", "the city of Kursk"."""
    known, end, start = words().kind, candidate.end, candidate.start
    if end < len(parse) and parse.lower[end] in known and parse.sent[end] == parse.sent[start]:
        return known[parse.lower[end]]
    if start > 1 and parse.lower[start - 1] == "of" and parse.lower[start - 2] in known:
        return known[parse.lower[start - 2]]
    return None
