"""What is meant by the words in which a claim is asked for, on the command line and on the desk."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tocsin import lexicon
from tocsin.claim.ontology import ontology
from tocsin.countries import countries
from tocsin.errors import UsageError
from tocsin.ledger.query import Query

if TYPE_CHECKING:
    from tocsin.understand.actors_records import SectorFile


def country(said: str) -> str:
    """The code of a country that was named or given as a code."""
    if said.upper() in countries().by_code:
        return said.upper()
    code = countries().code_of(said) or countries().code_of(said.upper())
    if code is None and said.upper() in {one.senses.many for one in sectors()}:
        return said.upper()
    if code is None:
        raise UsageError(f"“{said}” is no country that is known; give its English name or its ISO code, such as PRK")
    return code


def event_type(said: str, given: str = "--type") -> str:
    """A type of event, in capitals; `given` is what it was given as."""
    known = ontology().types
    if said.upper() not in known:
        raise UsageError(f"{given} {said}: no such type; there are {', '.join(known)}")
    return said.upper()


@functools.cache
def sectors() -> tuple[SectorFile, ...]:
    """The files that tell of sectors; most questions name none, and do without them."""
    from tocsin.understand.actors_records import SectorFile

    return tuple(lexicon.read_all("sectors.yaml", SectorFile))


@functools.cache
def whats() -> frozenset[str]:
    """What a figure may count."""
    from tocsin.link.counts import rules
    from tocsin.understand.figure_lexicon import File

    compared = (what for one in rules().counts for what in one.whats)
    return frozenset((*compared, *(what for one in lexicon.read_all("figures.yaml", File) for what in one.classes)))


def in_vocabulary(query: Query) -> None:
    """Raise `UsageError` for a mode, a sector or a count that no claim can have: a slip would only find nothing."""
    types = ontology().types
    known = [one for name, one in types.items() if not query.types or name in query.types]
    of = f" of {' or '.join(query.types)}" if query.types else ""
    _known("mode", query.modes, {mode for one in known for mode in one.modes}, of)
    if said := [one.upper() for one in (*query.actor_sector, *query.recipient_sector, *query.source_sector)]:
        _known("sector", said, {name for one in sectors() for name in one.roles})
    if counted := [one.what for one in query.conditions]:
        _known("figure", counted, whats())


def _known(kind: str, given: Iterable[str], known: Iterable[str], of: str = "") -> None:
    there = sorted(known)
    for said in given:
        if said not in there:
            raise UsageError(f"{kind}: there is no “{said}”{of}; there are {', '.join(there) or 'none'}")


def phrase(word: str) -> str:
    """An argument as a question says it: several words in one argument follow each other."""
    if " " not in word.strip() or '"' in word:
        return word
    return f'-"{word[1:]}"' if word.startswith("-") else f'"{word}"'
