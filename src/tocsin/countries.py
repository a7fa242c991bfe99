"""The states of the world, with the names, demonyms, capitals and seats of power that texts use for them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tocsin import lexicon


class State(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A country of ISO 3166-1, or a state that is no more.

    `code` is ISO alpha-3; `name` GeoNames' English name; `point` latitude and longitude of its middle. A historic
    state has `years`, first and last, and `now`, the code of the state that came after.
    """

    code: str
    name: str
    point: tuple[float, float]
    iso2: str | None = None
    geonameid: int | None = None
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    now: str | None = None


class CountryFile(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file `countries.yaml`."""

    countries: tuple[State, ...]
    historic: tuple[State, ...]


@dataclass(frozen=True)
class Countries:
    """The table by each of its keys. All keys are lower-cased, without "the" (so `"netherlands"`), but those of
    `abbreviations`, which are as written (`"US"`). Values are alpha-3 codes.

    `names` holds official, short and other names, and those of historic states; `parts` England and its like;
    `adjectives` and `people` the demonyms; `capitals` and `seats` what may stand for the government.
    """

    by_code: dict[str, State]
    names: dict[str, str]
    abbreviations: dict[str, str]
    parts: dict[str, str]
    adjectives: dict[str, str]
    people: dict[str, str]
    capitals: dict[str, str]
    seats: dict[str, str]

    def code_of(self, text: str) -> str | None:
        """The code of the country that a name, an abbreviation or a demonym means ("the US", "Iraqis"), or `None`."""
        bare = _bare(text)
        if bare in self.abbreviations:
            return self.abbreviations[bare]
        key = bare.lower()
        for table in (self.names, self.parts, self.adjectives, self.people):
            if key in table:
                return table[key]
        return None

    def government_of(self, text: str) -> str | None:
        """The code of the country whose government a capital or a seat stands for ("the Kremlin"), or `None`."""
        key = _bare(text).lower()
        return self.seats.get(key) or self.capitals.get(key)

    def name_of(self, code: str) -> str | None:
        """GeoNames' English name of the country with this code."""
        state = self.by_code.get(code)
        return state.name if state else None


LEADING = re.compile(r"^the ", re.IGNORECASE)
TRAILING = re.compile(r"'s$")


@functools.cache
def countries() -> Countries:
    """Load the table (once)."""
    files = lexicon.read_all("countries.yaml", CountryFile)
    states = [state for file in files for state in (*file.countries, *file.historic)]
    return Countries(
        by_code={state.code: state for state in states},
        names=_table((key, s.code) for s in states for key in (s.name, *s.names)),
        abbreviations=dict(reversed([(key, s.code) for s in states for key in s.abbreviations])),
        parts=_table((key, s.code) for s in states for key in s.parts),
        adjectives=_table((key, s.code) for s in states for key in s.adjectives),
        people=_table((key, s.code) for s in states for key in s.people),
        capitals=_table((key, s.code) for s in states for key in s.capitals),
        seats=_table((key, s.code) for s in states for key in s.seats),
    )


def _bare(text: str) -> str:
    """A name without "the", the possessive and curly apostrophes."""
    return LEADING.sub("", TRAILING.sub("", text.strip().replace("’", "'")))


def _table(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keys bare and lower-cased. The first country to claim a key keeps it."""
    found: dict[str, str] = {}
    for key, code in pairs:
        found.setdefault(_bare(key).lower(), code)
    return found
