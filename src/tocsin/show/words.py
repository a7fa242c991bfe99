"""A claim's fields in words, the same for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tocsin.model import Actor, Claim, Figure, Place, Source, Time
from tocsin.show.plain import one_line

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SYMBOLS = {"percent": "%", "km": " km", "m": " m", "mile": " mi", "foot": " ft"}
"""Units that are written as signs; the others are words."""

SINGULAR = {"people": "person", "troops": "soldier", "weapons": "weapon", "vehicles": "vehicle", "strikes": "strike",
            "launches": "launch"}  # fmt: skip
SAME_PLURAL = frozenset({"personnel", "staff", "people", "police", "troops", "sheep", "deer", "hertz"})
LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
ROLES = {"at": "", "to": "to ", "from": "from "}


def actor_words(actor: Actor) -> str:
    """Who it is: the words of the text, or, for a pronoun or a short form, whom they mean, with the words behind."""
    said = one_line(actor.text)
    if actor.antecedent is None:
        return said
    meant = one_line(actor.name or actor.antecedent.text)
    return meant if said.lower() in meant.lower() and len(said) > 3 else f"{meant} ({said})"


def code_words(actor: Actor) -> str:
    """Country and sector as codes, or nothing."""
    return " ".join(part for part in (actor.country, actor.sector) if part)


def source_words(source: Source) -> str:
    """Who vouches, and how, where it is more than saying."""
    return actor_words(source) if source.manner == "said" else f"{actor_words(source)} ({source.manner})"


def levels(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """The chain, outermost first; those who vouch jointly are together."""
    for _, together in groupby(sorted(sources, key=lambda source: source.level), key=lambda source: source.level):
        yield list(together)


def chain_words(claim: Claim) -> str:
    """The chain of sources in one line; empty where only the article says it."""
    return " → ".join(" + ".join(source_words(one) for one in level) for level in levels(claim.sources))


def kind_words(claim: Claim) -> str:
    """Type and mode as words: `aid · military`."""
    return " · ".join(part.lower().replace("_", " ") for part in (claim.type, claim.mode) if part)


def deed_parts(claim: Claim) -> tuple[list[str], str, list[str]]:
    """What is done: the things named before the trigger, the trigger, the things named after it."""
    before = [one_line(thing.text) for thing in claim.objects if thing.start < claim.trigger.start]
    after = [one_line(thing.text) for thing in claim.objects if thing.start >= claim.trigger.start]
    return before, one_line(claim.trigger.text), after


def number_words(value: float) -> str:
    """A number as people write it: `12,000`, `2.5 million`."""
    for size, name in LARGE:
        if value >= size and round(value / size, 2) * size == value:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{int(value):,}" if value == int(value) else f"{value:,.2f}".rstrip("0")


def plural(noun: str) -> str:
    """The plural of a noun that a figure counts, by the regular rules."""
    if noun in SAME_PLURAL or noun.endswith("craft") or (noun.endswith("s") and not noun.endswith(("ss", "us"))):
        return noun
    if noun.endswith(("x", "z", "ch", "sh", "s")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def bounds_words(figure: Figure) -> str:
    """The bounds of a figure: `≥ 1,100`, `~12,000`, `200–999`."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        return "?"
    if high is None:
        return f"≥ {number_words(low or 0)}"
    if low is None:
        return f"≤ {number_words(high)}"
    if low != high:
        return f"{number_words(low)}–{number_words(high)}"
    return f"~{number_words(low)}" if figure.qualifier == "about" else number_words(low)


def figure_words(figure: Figure) -> str:
    """A figure with what it counts: `≥ 1,100 killed or wounded`, `USD 5 billion`, `700 km`."""
    bounds = bounds_words(figure)
    unit = one_line(figure.unit) if figure.unit else None
    if figure.what == "percent":
        return f"{bounds}%"
    if figure.what == "money":
        return f"{unit} {bounds}" if unit else bounds
    if unit in SYMBOLS:
        return f"{bounds}{SYMBOLS[unit]}"
    one = figure.low == figure.high == 1
    if unit:
        return f"{bounds} {unit if one else plural(unit)}"
    if figure.what == "other":
        return bounds
    counted = figure.what.replace("_", " ")
    return f"{bounds} {SINGULAR.get(counted, counted) if one else counted}"


def place_words(place: Place) -> str:
    """A place: `to Russia`, with the gazetteer's name where the text's is another."""
    return ROLES[place.role] + one_line(place.text)


def day_words(iso: str) -> str:
    """`2024-12-23` as `23 Dec 2024`; anything else as it is."""
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdecimal() and 1 <= int(month) <= 12 and day[:2].isdecimal()):
        return iso
    return f"{int(day[:2])} {MONTHS[int(month) - 1]} {year.lstrip('0') or year}"


def time_words(time: Time) -> str:
    """A calendar interval: `23 Dec 2024`, `2024-12-16…31`, `Dec 2024`, `2025`, `since 21 May 2024`."""
    start, end = time.from_, time.to
    if start is None and end is None:
        return f"“{one_line(time.text)}”"
    if end is None:
        return f"since {day_words(start or '')}"
    if start is None:
        return f"until {day_words(end)}"
    if start == end:
        return day_words(start)
    if start[:4] == end[:4] and start[4:] == "-01-01" and end[4:] == "-12-31":
        return start[:4]
    if start[:7] == end[:7]:
        whole = start[8:] == "01" and end[8:] == _last_day(int(start[:4]), int(start[5:7]))
        return f"{MONTHS[int(start[5:7]) - 1]} {start[:4]}" if whole else f"{start}…{end[8:]}"
    return f"{start}…{end[5:] if start[:4] == end[:4] else end}"


def _last_day(year: int, month: int) -> str:
    """The number of the last day of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return str((31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1])
