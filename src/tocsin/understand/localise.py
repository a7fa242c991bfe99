"""Which place of a name a document means: all names of the document are settled together.

Each candidate has a prior (its size and kind) and is supported by the candidates of the document's other names: by the
same country, the same region and by being near. What a name says itself ("Paris, Texas", "Kursk region") weighs most.
The weights settle in a few rounds, as each name's likelier candidates speak louder in the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tocsin.gazetteer import Entry
from tocsin.gazetteer.store import prior

MOST = 40
"""So many candidates of a name are looked at, the likeliest first."""
ALL = 400
"""So many candidates of a document, shared out among its names."""
ROUNDS = 3
EARTH_KM = 6371.0
REACH_KM = 95.0
"""At this distance the support of a neighbour has fallen to 1/e."""

SAME_COUNTRY = 0.65
COUNTRY_SHARE = 1.0
SAME_REGION = 3.0
NEAR = 5.0
SUPPORT = 3.0
"""What the support of the document's other names is worth against the logarithm of the inhabitants."""
HELD = 6.0
HELD_NAMESAKE = 2.5
"""What it is worth that the text puts a place in a region; less for a town with the name of a country."""
NAMESAKE = 1.0
"""What a town loses that has the name of a country."""
KIND = 2.5
SHARPNESS = 1.1

REGION_KINDS = frozenset({"admin1", "area", "region"})
WIDE = frozenset({"continent", "sea", "strait", "desert", "historic"})


@dataclass
class Name:
    """One name of a document. `count` is how often it stands there; `holders` the names of regions and countries that
    the text puts it in; `kind` the level that a word of kind asks for."""

    entries: tuple[Entry, ...]
    count: int = 0
    holders: set[str] = field(default_factory=set)
    kind: str | None = None


def localise(names: Sequence[Name]) -> list[Entry | None]:
    """The likeliest entry of each name, `None` for a name without entries."""
    limit = max(4, min(MOST, ALL // max(1, sum(bool(n.entries) for n in names))))
    chosen = [_shortlist(name, limit) for name in names]
    flat = [entry for entries in chosen for entry in entries]
    if not flat:
        return [None] * len(names)
    sizes = [len(entries) for entries in chosen]
    if max(sizes) == 1:
        return [entries[0] if entries else None for entries in chosen]
    owner = np.repeat(np.arange(len(names)), sizes)
    own = np.array([_own_score(e, names[k]) for k, e in zip(owner.tolist(), flat, strict=True)])
    total = _settle(own, owner, _kinship(flat, owner), _voices(names))
    found: list[Entry | None] = []
    end = 0
    for entries in chosen:
        start, end = end, end + len(entries)
        found.append(entries[int(np.argmax(total[start:end]))] if entries else None)
    return found


def _voices(names: Sequence[Name]) -> npt.NDArray[np.float64]:
    """How loud each name speaks: by how often it stands there, and a country only by its share of all countries named,
    as a text that names many is at home in none of them."""
    count = np.array([name.count for name in names], dtype=np.float64)
    state = np.array([bool(name.entries) and name.entries[0].kind == "country" for name in names])
    share = count / max(1.0, float(count[state].sum()))
    return np.sqrt(count) * np.where(state, np.power(share, COUNTRY_SHARE), 1.0)


def _shortlist(name: Name, limit: int) -> list[Entry]:
    """The entries to look at: those that the text's own words ask for, then the likeliest."""
    if len(name.entries) <= limit:
        return list(name.entries)
    return sorted(name.entries, key=lambda e: (-_own_score(e, name), e.number))[:limit]


def _own_score(entry: Entry, name: Name) -> float:
    """The prior, and what the name's own words say."""
    score = prior(entry)
    if entry.kind == "city" and name.entries[0].kind == "country":
        score -= NAMESAKE
    if name.holders and (entry.admin1 in name.holders or entry.country_name in name.holders):
        weight = HELD_NAMESAKE if name.entries[0].kind == "country" else HELD
        score += weight * (entry.kind == "city" or name.kind == entry.kind)
    if name.kind and _is_kind(entry, name.kind):
        score += KIND + 1.5 * (entry.kind == "admin2")
    elif name.kind:
        score -= KIND
    return score if entry.lat is not None else score - 3.0


def _is_kind(entry: Entry, kind: str) -> bool:
    if kind == "admin1":
        return entry.kind in REGION_KINDS
    return entry.kind == kind


def _kinship(flat: list[Entry], owner: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """How much each candidate speaks for each other, zero within one name."""
    lat = np.radians([e.lat or 0.0 for e in flat])
    lon = np.radians([e.lon or 0.0 for e in flat])
    point = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    local = np.array([e.kind not in WIDE and e.kind != "country" for e in flat])
    point[~local | np.array([e.lat is None for e in flat])] = 0.0
    chord = np.sqrt(np.clip(2.0 - 2.0 * point @ point.T, 0.0, 4.0)) * EARTH_KM
    country = _numbered([e.country for e in flat])
    region = _numbered([f"{e.country}/{e.admin1}" if e.admin1 and e.country else None for e in flat])
    kin: npt.NDArray[np.float64] = NEAR * np.exp(-chord / REACH_KM) * (local[:, None] & local[None, :])
    kin += SAME_COUNTRY * _same(country) + SAME_REGION * _same(region)
    kin[owner[:, None] == owner[None, :]] = 0.0
    return kin


def _numbered(values: list[str | None]) -> npt.NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([-1 if v is None else numbers.setdefault(v, len(numbers)) for v in values])


def _same(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    same: npt.NDArray[np.bool_] = (numbers[:, None] == numbers[None, :]) & (numbers >= 0)[:, None]
    return same


def _settle(
    own: npt.NDArray[np.float64],
    owner: npt.NDArray[np.int64],
    kin: npt.NDArray[np.float64],
    count: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """The scores after `ROUNDS` in which each name's candidates support the others by their likelihood."""
    total = own
    for _ in range(ROUNDS):
        share = _shares(total, owner, len(count)) * count[owner]
        total = own + SUPPORT * np.log1p(kin @ share)
    return total


def _shares(score: npt.NDArray[np.float64], owner: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.float64]:
    """The likelihood of each candidate among those of its name."""
    top = np.full(n, -np.inf)
    np.maximum.at(top, owner, score)
    weight = np.exp(SHARPNESS * (score - top[owner]))
    share: npt.NDArray[np.float64] = weight / np.bincount(owner, weights=weight, minlength=n)[owner]
    return share
