"""References, numbered in the order in which they are first called for: one for each passage of a document."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.ledger import Found
from tocsin.show.brief.record import Note
from tocsin.show.plain import one_line


class Notes:
    """Hands out the numbers of references, and lists them."""

    def __init__(self) -> None:
        self._claims: dict[tuple[str, int, int], list[Found]] = {}

    def of(self, found: Iterable[Found]) -> tuple[int, ...]:
        """The numbers of the references of claims, each once, in rising order."""
        return tuple(sorted(dict.fromkeys(map(self._number, found))))

    def _number(self, one: Found) -> int:
        at = (one.document.id, one.claim.evidence.start, one.claim.evidence.end)
        known = self._claims.setdefault(at, [])
        if all(one.id != other.id for other in known):
            known.append(one)
        return list(self._claims).index(at) + 1

    def list(self) -> tuple[Note, ...]:
        """All references that were called for."""
        return tuple(_note(number, found) for number, found in enumerate(self._claims.values(), 1))


def _note(number: int, found: list[Found]) -> Note:
    origin = found[0].document
    return Note(
        number=number,
        publisher=one_line(origin.publisher or origin.agency or "") or None,
        title=one_line(origin.title or "") or None,
        published=origin.published[:10] if origin.published else None,
        url=origin.url,
        document=origin.id,
        evidence=one_line(found[0].claim.evidence.text),
        claims=tuple(one.id for one in found),
    )
