"""Reading the compiled gazetteer. The layout of its files is told in `hatch_build.py`."""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from tocsin.errors import MissingPart
from tocsin.gazetteer.names import abbreviation, key, number

FOLDER = Path(__file__).parent.parent / "data/gazetteer"
REMEDY = "run: python -m pip install -e . (or, with the build requirements installed, python hatch_build.py)"

KINDS = ("country", "admin1", "admin2", "city", "area", "region", "continent", "sea", "river", "lake", "mountain",
         "island", "desert", "strait", "site", "historic")  # fmt: skip
ALTERNATE = 1 << 31
REGIONS = frozenset({"admin1", "admin2", "area", "region"})


class Entry(NamedTuple):
    """A place. `country` is ISO alpha-3, `kind` one of `KINDS`; `lat`, `lon` degrees (WGS 84), `None` when unknown.

    `population` is 0 when unknown; of a region, what its towns hold. `main` is false where the name looked up is an
    alternate name of the place. `after_town`: a region that has its name from a town. `admin2` is the second-level
    region (a county) by name.
    """

    number: int
    name: str
    country: str | None
    country_name: str | None
    admin1: str | None
    admin2: str | None
    geonameid: int | None
    lat: float | None
    lon: float | None
    population: int
    kind: str
    capital: bool
    after_town: bool
    main: bool


class Country(msgspec.Struct, frozen=True):
    """A country as the compiled files number it."""

    code: str
    name: str


class Gazetteer:
    """Look-up of places by name. Made by `gazetteer()`; `folder` holds the compiled files."""

    def __init__(self, folder: Path = FOLDER) -> None:
        try:
            self._entries: Any = np.load(folder / "entries.npy", mmap_mode="r")
            keys, starts, candidates = (
                np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("keys", "starts", "candidates")
            )
            self._names = np.memmap(folder / "names.bin", dtype=np.uint8, mode="r").data
            self._countries = msgspec.json.decode((folder / "countries.json").read_bytes(), type=list[Country])
        except (OSError, ValueError) as fault:
            raise MissingPart(f"the gazetteer in {folder} is not compiled; {REMEDY}") from fault
        self._keys, self._starts, self._candidates = keys.data, starts.data, candidates.data
        self._found = functools.lru_cache(maxsize=8192)(self._read)
        self._regions: dict[int, tuple[str, str, int]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: str) -> bool:
        return self._at(name) is not None

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """All places of this name, the likeliest first; empty when there is none.

        Case, diacritics, dots, "the" and "St."/"Saint" do not matter, but an abbreviation must be written as one:
        "Miss." is Mississippi and "miss" nothing.
        """
        return self._found(name)

    def entries(self) -> Iterator[Entry]:
        """All places, each under its own name."""
        return map(self._entry, range(len(self._entries)))

    def _at(self, name: str) -> int | None:
        """Where the candidates of a name are listed."""
        exact = abbreviation(name)
        for text in (exact, key(name)) if exact else (key(name),):
            wanted = number(text)
            at = bisect_left(self._keys, wanted)
            if at < len(self._keys) and self._keys[at] == wanted:
                return at
        return None

    def _read(self, name: str) -> tuple[Entry, ...]:
        at = self._at(name)
        if at is None:
            return ()
        found = [self._entry(c) for c in self._candidates[self._starts[at] : self._starts[at + 1]]]
        return tuple(sorted(found, key=lambda e: (-prior(e), e.number)))

    def _entry(self, candidate: int) -> Entry:
        at = candidate & (ALTERNATE - 1)
        lat, lon, population, geonameid, name, parent, country, kind, capital = self._entries[at].item()
        admin1, admin2, _ = self._region(parent) if parent else ("", "", 0)
        state = self._countries[country]
        known = not math.isnan(lat)
        return Entry(
            number=at, name=self._name(name), country=state.code or None, country_name=state.name or None,
            admin1=admin1 or (self._name(name) if KINDS[kind] == "admin1" else None), admin2=admin2 or None,
            geonameid=geonameid or None, lat=round(lat, 5) if known else None, lon=round(lon, 5) if known else None,
            population=population, kind=KINDS[kind], capital=capital == 1, after_town=capital == 2,
            main=candidate < ALTERNATE,
        )  # fmt: skip

    def _region(self, at: int) -> tuple[str, str, int]:
        """Names of the first- and the second-level region that entry `at` is or lies in."""
        if at not in self._regions:
            _, _, _, _, name, parent, _, kind, _ = self._entries[at].item()
            if KINDS[kind] == "admin2":
                self._regions[at] = (self._region(parent)[0] if parent else "", self._name(name), parent)
            else:
                self._regions[at] = (self._name(name), "", at)
        return self._regions[at]

    def _name(self, at: int) -> str:
        chunk = bytes(self._names[at : at + 256])
        return chunk[: chunk.index(0)].decode()


def prior(entry: Entry) -> float:
    """How likely a text means this place when it gives nothing but the name: the logarithm of the inhabitants, more for
    what is named for its own sake (countries, seas), less for second-level regions and alternate names."""
    size = math.log10(entry.population or UNCOUNTED)
    return (
        PRIORS.get(entry.kind, 0.0)
        + SIZE.get(entry.kind, 0.0) * size
        + CAPITAL * entry.capital
        - 1.5 * (not entry.main)
        - 2.5 * entry.after_town
    )


UNCOUNTED = 3000
"""Taken for the inhabitants of a place without a count: GeoNames lists such towns as seats of districts."""
CAPITAL = 2.5
PRIORS = {"country": 11.0, "historic": 9.0, "continent": 9.5, "sea": 8.5, "strait": 8.0, "region": 8.5, "area": 8.5,
          "island": 6.5, "river": 6.0, "lake": 6.0, "mountain": 6.0, "desert": 6.0, "site": 6.3, "admin1": 0.5,
          "admin2": -1.0}  # fmt: skip
SIZE = {"city": 1.0, "admin1": 1.15, "admin2": 0.9}


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the package, opened once. Raise `MissingPart` where it is not compiled."""
    return Gazetteer()
