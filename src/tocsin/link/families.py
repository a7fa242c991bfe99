"""Report families: documents that carry the same copy, found from their prints, in any order of arrival.

Each document is looked up by a few keys, compared with a bounded number of candidates, and linked to one document of
each group that it belongs to, so that fifty papers with one story give fifty links. What hangs together by links is
then divided once more from the earliest document on, by average linkage (Sokal, Michener 1958): a story that is
written through for weeks drifts, and its last version is no copy of its first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tocsin.judgement import Family, Link, Paper
from tocsin.link.kinrules import rules
from tocsin.link.kinship import compare, shared
from tocsin.link.prints import Print, bands, print_of

__all__ = ["FamilyIndex", "Print", "bands", "compare", "families", "grouped", "print_of"]


def families(papers: Iterable[Paper]) -> tuple[Family, ...]:
    """The families of some documents, whatever their order; documents without kin are left out."""
    index = FamilyIndex()
    links = [link for paper in sorted(papers, key=_order) for link in index.add(paper)]
    return grouped(links, index.prints)


class FamilyIndex:
    """Finds the kin of each document among those that came before, in memory.

    `prints` holds the prints of all documents by id. A ledger does the same with a table of keys.
    """

    def __init__(self) -> None:
        self.prints: dict[str, Print] = {}
        self._holders: dict[int, str | list[str]] = {}
        self._groups = Groups()

    def add(self, paper: Paper) -> tuple[Link, ...]:
        """Take in a document; its links to earlier ones, at most one into each group that hangs together."""
        return self.add_print(print_of(paper))

    def add_print(self, print: Print) -> tuple[Link, ...]:
        """Take in a document's print; its links to earlier ones. A document that is there already gives none."""
        if print.id in self.prints:
            return ()
        keys = bands(print)
        links = []
        for other in self._candidates(keys):
            if self._groups.same(print.id, other):
                continue
            link = compare(print, self.prints[other])
            if link:
                links.append(link)
                self._groups.join(print.id, other)
        self.prints[print.id] = print
        for key in keys:
            self._hold(key, print.id)
        return tuple(links)

    def _hold(self, key: int, id: str) -> None:
        """Note a holder of a key, in the place of the first where it has as many as are looked at. Most keys have but
        one, which is kept without a list."""
        held = self._holders.get(key)
        if held is None:
            self._holders[key] = id
        elif isinstance(held, str):
            self._holders[key] = [held, id][-rules().search.holders :]
        else:
            held.append(id)
            del held[: -rules().search.holders]

    def _held(self, key: int) -> Sequence[str]:
        """The holders of a key, the latest last."""
        held = self._holders.get(key, ())
        return (held,) if isinstance(held, str) else held

    def _candidates(self, keys: Sequence[int]) -> list[str]:
        """The documents that share most keys, the most alike first."""
        counts = Counter(other for key in keys for other in self._held(key))
        best = sorted(counts, key=lambda other: (-counts[other], other))
        return best[: rules().search.candidates]


class Groups:
    """Which ids hang together (union by disjoint sets; Tarjan 1975)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, one: str) -> str:
        """The id that stands for all that hang together with `one`."""
        while (above := self._above.get(one, one)) != one:
            self._above[one] = self._above.get(above, above)
            one = above
        return one

    def same(self, one: str, other: str) -> bool:
        """Whether two ids hang together."""
        return self.root(one) == self.root(other)

    def join(self, one: str, other: str) -> None:
        """Let two ids hang together; the lower one stands for both."""
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low


def grouped(links: Iterable[Link], prints: Mapping[str, Print]) -> tuple[Family, ...]:
    """The families that links lead to. `prints` must hold every document that a link names.

    Which links lead to a group does not matter, only what hangs together by them. The links of a family are those of
    its documents but the first, in their order, each to the nearest of those before it.
    """
    groups = Groups()
    named: set[str] = set()
    for link in links:
        groups.join(link.a, link.b)
        named.update((link.a, link.b))
    members: dict[str, list[Print]] = {}
    for name in named:
        members.setdefault(groups.root(name), []).append(prints[name])
    found = [family for group in members.values() for family in _divided(sorted(group, key=_order))]
    return tuple(sorted(found, key=lambda family: family.id))


def _divided(group: Sequence[Print]) -> list[Family]:
    """The families of a group in the order of publication: each document joins the family that holds its nearest kin,
    as long as half of that family is kin to it."""
    families: list[tuple[list[Print], list[Link]]] = []
    for print in group:
        found = [(link, number) for number, (prints, _) in enumerate(families) if (link := _nearest(print, prints))]
        if found:
            link, number = max(found, key=lambda pair: (pair[0].score, -pair[1]))
            families[number][0].append(print)
            families[number][1].append(link)
        else:
            families.append(([print], []))
    return [_family(prints, links) for prints, links in families if links]


def _nearest(print: Print, prints: Sequence[Print]) -> Link | None:
    """The best link of a document to one of a family; `None` where on average it is not near enough to its documents,
    of which the first and the last are looked at. It is nearest to kin, and to others by what they have in common."""
    half = rules().search.members // 2
    seen = [*prints[:half], *prints[half:][-half:]]
    links = [compare(other, print) for other in seen]
    near = sum(1.0 if link else shared(other, print).mean for other, link in zip(seen, links, strict=True))
    if near < rules().search.keep * len(seen):
        return None
    return max((link for link in links if link), key=lambda link: link.score, default=None)


def _family(prints: Sequence[Print], links: Sequence[Link]) -> Family:
    """The record of a family, its earliest document first."""
    return Family(
        id=prints[0].id,
        documents=tuple(print.id for print in prints),
        agency=next((print.agency for print in prints if print.agency), None),
        links=tuple(links),
    )


def _order(one: Print | Paper) -> tuple[str, str]:
    """Documents go by publication, then id; those without a day come last."""
    return ((one.published or "9999")[:10], one.id)
