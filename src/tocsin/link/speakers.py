"""The words for a source, and whom they mean: `data/voices.yaml`, made ready, and how it is applied."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.lexicon import Entry, read_all
from tocsin.read.lore import lore

BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
WORD = re.compile(r"\S+")
SMALL = frozenset({"of", "the", "and", "for", "on", "in", "de"})
LONGEST_COUNTRY = 4
"""So many words a country's name at the head of a source may have ("the United Arab Emirates' army")."""


class Body(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A body, under the name that stands for it, and its other forms; forms hold in one country alone, where it is
    named."""

    name: str
    forms: tuple[str, ...]
    country: str | None = None


class File(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The data file; a user's own may have but some of the parts."""

    lead: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    examples: tuple[str, ...] = ()


class Words(NamedTuple):
    """The file, by what it is asked for; all words are casefolded. `bodies`: form and country → the name."""

    lead: frozenset[str]
    speakers: frozenset[str]
    papers: frozenset[str]
    links: frozenset[str]
    pronouns: frozenset[str]
    bodies: dict[tuple[str, str | None], str]

    def body(self, name: str, country: str | None) -> str | None:
        """The name that stands for a body, or `None` for one that is not in the file."""
        folded = name.casefold()
        return self.bodies.get((folded, country)) or self.bodies.get((folded, None))


class Meant(NamedTuple):
    """Whom words mean. `words` compare (casefolded, empty for nobody), `name` shows; `named` is false for a mere kind
    ("officials"), `state` true where a country stands for its government, `spoken_for` where a spokesman or a paper
    was traced to its body, `stated` where the words themselves name the country."""

    words: str
    name: str
    country: str | None
    named: bool
    state: bool = False
    spoken_for: bool = False
    stated: bool = False


@functools.cache
def words() -> Words:
    """The knowledge of sources' words, read once."""
    parts = read_all("voices.yaml", File)

    def together(field: str) -> frozenset[str]:
        return frozenset(word.casefold() for part in parts for word in getattr(part, field))

    bodies = {
        (form.casefold(), b.country): b.name for part in parts for b in part.bodies for form in (b.name, *b.forms)
    }
    return Words(
        together("lead"), together("speakers"), together("papers"), together("links"), together("pronouns"), bodies
    )


def initials(name: str) -> str:
    """The first letters of a name's words, but for the small ones, casefolded."""
    return "".join(word[0] for word in re.findall(r"\w+", name.casefold()) if word not in SMALL)


@functools.lru_cache(maxsize=65536)
def meant(text: str) -> Meant:
    """Whom the words for a source mean, by themselves."""
    plain = BRACKETS.sub("", text.replace("’", "'").replace("‘", "'")).strip(" ,.;:\"'“”")
    tokens = _unled(WORD.findall(plain))
    core, spoken_for = _spoken_for(tokens)
    if agency := lore().agency(" ".join(core)):
        return Meant(agency.casefold(), agency, None, True, spoken_for=spoken_for)
    core, country = _country(core)
    if not core and country:
        return Meant("government", countries().name_of(country) or country, country, True, True, spoken_for)
    core = _unled(core)
    name = _unpossessed(" ".join(core))
    if name.casefold() in words().pronouns:
        return Meant("", "", country, False)
    body = words().body(name, country)
    name = body or name
    if name.casefold() == "government" and country:
        return Meant("government", countries().name_of(country) or country, country, True, True, spoken_for)
    named = body is not None or any(word[:1].isupper() for word in name.split())
    return Meant(name.casefold(), name, country, named, False, spoken_for)


def _unled(tokens: list[str]) -> list[str]:
    """Without the words at the head that say nothing of who it is; one word always stays."""
    while len(tokens) > 1 and tokens[0].casefold() in words().lead:
        tokens = tokens[1:]
    return tokens


def _spoken_for(tokens: list[str]) -> tuple[list[str], bool]:
    """The body that a spokesman or a paper comes from, and whether there was one."""
    known = words()
    spoken_for = False
    while (body := _body(tokens, known)) is not None:
        tokens, spoken_for = body, True
    return tokens, spoken_for


def _body(tokens: list[str], known: Words) -> list[str] | None:
    """One step from speaker or paper to body; `None` where there is none to take."""
    folded = [token.casefold().strip(",") for token in tokens]
    for i, word in enumerate(folded):
        if word not in known.speakers and word not in known.papers:
            continue
        before, after = _unled(tokens[:i]), tokens[i + 1 :]
        if after and folded[i + 1] in known.links:
            return _unled(after[1:]) or None
        personal = word in known.speakers and after and after[0][:1].isupper()
        if before and (not after or personal) and before[-1].casefold() not in known.lead:
            return before
    return None


def _country(tokens: list[str]) -> tuple[list[str], str | None]:
    """The words without a country at their head, and its code. A capital counts where it owns what follows, or stands
    alone."""
    for n in range(min(LONGEST_COUNTRY, len(tokens)), 0, -1):
        head, rest = " ".join(tokens[:n]), tokens[n:]
        code = countries().code_of(head)
        if code is None and (not rest or head.endswith("'s")):
            code = countries().government_of(head)
        if code is not None and head[:1].isupper():
            return rest, code
    return tokens, None


def _unpossessed(name: str) -> str:
    return name.removesuffix("'s").removesuffix("'")
