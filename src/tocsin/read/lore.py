"""What is known of the heads and feet of wire stories (`data/agencies.yaml`), made ready to look up."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from tocsin.errors import LexiconError
from tocsin.lexicon import Entry, read_all


class Agency(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who signs stories: the name that a document gets, the other ways to write it. A `bare` credit needs no dash."""

    name: str
    forms: tuple[str, ...] = ()
    bare: bool = False


class Foot(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A credit at the foot of a story. The agency is named, or is what the pattern's first group says."""

    id: str
    pattern: str
    agency: str | None = None
    examples: tuple[str, ...] = ()
    not_: tuple[str, ...] = msgspec.field(name="not", default=())


class File(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The data file as it stands; every part may be left out, so that a user's own file can add to one alone."""

    agencies: tuple[Agency, ...] = ()
    callsigns: tuple[str, ...] = ()
    feet: tuple[Foot, ...] = ()
    staff: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    not_first: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    languages: dict[str, str] = msgspec.field(default_factory=dict)
    english: tuple[str, ...] = ()
    english_kin: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lore:
    """The file's knowledge by what it is asked for. All words are casefolded, but for those of `not_places`."""

    names: Mapping[str, str]
    """Written form of an agency → its name."""
    bare: frozenset[str]
    """Names of the agencies whose credit needs no dash."""
    callsign: re.Pattern[str]
    feet: tuple[tuple[re.Pattern[str], str | None], ...]
    staff: tuple[str, ...]
    """Longest first."""
    roles: frozenset[str]
    not_places: frozenset[str]
    not_first: frozenset[str]
    joining: frozenset[str]
    regions: frozenset[str]
    languages: Mapping[str, str]
    english: frozenset[str]
    english_kin: frozenset[str]

    def agency(self, words: str) -> str | None:
        """The name of the agency that a credit means, or `None`. Of joint credits ("KMOX/AP") the last known one."""
        folded = _fold(words)
        found = self.names.get(folded)
        if found is None and "/" in folded:
            known = [self.names[part] for part in map(_fold, folded.split("/")) if part in self.names]
            found = known[-1] if known else None
        if found is None and self.callsign.fullmatch(words.strip()):
            found = words.strip()
        return found


def _fold(words: str) -> str:
    """Case and white space folded away."""
    return " ".join(words.replace("’", "'").casefold().split())


@functools.cache
def lore() -> Lore:
    """The knowledge of heads and feet, read once. Raise `LexiconError` where a pattern is none."""
    parts = read_all("agencies.yaml", File)
    agencies = [agency for part in parts for agency in part.agencies]
    names = {_fold(form): agency.name for agency in agencies for form in (*agency.forms, agency.name)}
    return Lore(
        names=names,
        bare=frozenset(agency.name for agency in agencies if agency.bare),
        callsign=_pattern("callsigns", "|".join(sign for part in parts for sign in part.callsigns) or r"(?!)"),
        feet=tuple((_pattern(foot.id, foot.pattern), foot.agency) for part in parts for foot in part.feet),
        staff=tuple(sorted({_fold(words) for part in parts for words in part.staff}, key=lambda w: (-len(w), w))),
        roles=frozenset(_fold(role) for part in parts for role in part.roles),
        not_places=frozenset(words for part in parts for words in part.not_places),
        not_first=frozenset(word for part in parts for word in part.not_first),
        joining=frozenset(word for part in parts for word in part.joining),
        regions=frozenset(_fold(region) for part in parts for region in part.regions),
        languages={code: name for part in parts for code, name in part.languages.items()},
        english=frozenset(word for part in parts for word in part.english),
        english_kin=frozenset(code for part in parts for code in part.english_kin),
    )


def _pattern(rule: str, words: str) -> re.Pattern[str]:
    """A compiled pattern, or the fault with the rule's name."""
    try:
        return re.compile(words, re.MULTILINE)
    except re.error as fault:
        raise LexiconError(f"agencies.yaml: {rule}: not a regular expression: {fault}") from fault
