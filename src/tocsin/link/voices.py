"""Who gives a claim or a figure: the source on which it rests, brought to one name and one key.

The chain of sources is followed to its innermost link: in "the ministry said, citing the agency's report" the claim
rests on the agency. Where the text names nobody, the agency that wrote the copy speaks, else the publisher, else the
document. Spokesmen and statements are the body that they come from (`data/voices.yaml`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from tocsin.judgement import Told
from tocsin.link.speakers import Meant, initials, meant
from tocsin.model import Record, Source
from tocsin.read.lore import lore


class Voice(Record, frozen=True, kw_only=True):
    """Who speaks. `name` is for showing, `key` for comparing; `members` are the keys of those who speak jointly (one
    alone has its own). `named` is false where the text gives but a kind ("witnesses"); two of one kind and country
    are taken for the same. `by` says what it is: a source in the text, or what carries it."""

    name: str
    key: str
    members: tuple[str, ...]
    country: str | None
    sector: str | None
    named: bool
    by: str
    said_on: str | None


def voice_of(told: Told) -> Voice:
    """Who gives a claim, by what the claim alone says. `voices` knows more, where several claims are at hand."""
    return voices((told,))[told.id]


def voices(tolds: Iterable[Told]) -> dict[str, Voice]:
    """Who gives each claim, by the claim's id in the ledger.

    What one claim leaves out another of the same document may say: a body has one country in a document, the one that
    most of its mentions have, unless the words for it name another; an acronym means the body whose initials it gives.
    """
    rows = [(told, [(source, meant_by(source)) for source in innermost(told.claim.sources)]) for told in tolds]
    countries = _countries((told.document, m) for told, pairs in rows for _, m in pairs)
    placed = [
        (told, [(s, m if m.stated else _placed(m, countries.get((told.document, m.words)))) for s, m in pairs])
        for told, pairs in rows
    ]
    full = _acronyms([m for _, pairs in placed for _, m in pairs])
    whole = [(told, [(s, full.get((m.words, m.country), m)) for s, m in pairs]) for told, pairs in placed]
    shown = _shown(m for _, pairs in whole for _, m in pairs)
    return {told.id: _voice(told, [(s, shown[key_of(m)]) for s, m in pairs]) for told, pairs in whole}


def innermost(sources: Sequence[Source]) -> list[Source]:
    """The sources on which a claim rests: the last level of the chain that names somebody."""
    ranked = sorted(sources, key=lambda source: source.level)
    levels = [list(together) for _, together in groupby(ranked, key=lambda source: source.level)]
    for together in reversed(levels):
        naming = [source for source in together if meant_by(source).words]
        if naming:
            return naming
    return []


def meant_by(source: Source) -> Meant:
    """Whom the words of a source mean. The words of the text come first, since they name the body that a person speaks
    for; then the name that they were resolved to, then what a short form goes back to."""
    said = meant(source.text)
    others = [source.name, source.antecedent.text if source.antecedent else None]
    resolved = [meant(words) for words in others if words]
    naming = [said, *resolved] if said.spoken_for else [*resolved, said]
    best = next((m for m in naming if m.named), next((m for m in naming if m.words), said))
    stated = said.country or best.country
    return best._replace(country=stated or source.country, stated=stated is not None)


def _placed(m: Meant, country: str | None) -> Meant:
    return m._replace(country=country) if country else m


def _countries(mentions: Iterable[tuple[str, Meant]]) -> dict[tuple[str, str], str]:
    """The country that a body has in a document: the one that most of the mentions give that name it in words
    ("Seoul's Joint Chiefs of Staff"), else that most of all give; the first of equals."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    said: dict[tuple[str, str], Counter[str]] = {}
    for document, m in mentions:
        if m.words and m.named and m.country and not m.state:
            for table in (counts, said) if m.stated else (counts,):
                table.setdefault((document, m.words), Counter())[m.country] += 1
    return {key: (said.get(key) or found).most_common(1)[0][0] for key, found in counts.items()}


def _acronyms(mentions: Sequence[Meant]) -> dict[tuple[str, str | None], Meant]:
    """Whom each acronym means among the names at hand, of the same country or of none that is known."""
    full: dict[tuple[str, str | None], Meant] = {}
    for m in mentions:
        if m.named and len(m.words.split()) > 1:
            for country in (m.country, None):
                full.setdefault((initials(m.name), country), m)
    shorts = {(m.words, m.country) for m in mentions if m.name.isupper() and m.words.isalpha() and len(m.words) > 1}
    return {short: full[short] for short in shorts if short in full}


def _shown(mentions: Iterable[Meant]) -> dict[str, Meant]:
    """One way to show each voice: in small letters where any mention has them, since a capital may come of the
    sentence; with the country where two countries have a body of the name."""
    found: dict[str, Meant] = {}
    for m in mentions:
        known = found.setdefault(key_of(m), m)
        if known.named and not m.named:
            found[key_of(m)] = m
    names = Counter(m.name for m in found.values())
    return {
        key: m._replace(name=f"{m.name} ({m.country})") if m.country and m.named and names[m.name] > 1 else m
        for key, m in found.items()
    }


def _voice(told: Told, pairs: Sequence[tuple[Source, Meant]]) -> Voice:
    if not pairs:
        return _carrier(told)
    found = {key_of(m): (source, m) for source, m in reversed(pairs)}
    keys = tuple(sorted(found))
    names = list(dict.fromkeys(m.name for _, m in pairs))
    source, m = pairs[0]
    said_on = next((s.said_on for s in sorted(told.claim.sources, key=lambda s: -s.level) if s.said_on), told.published)
    return Voice(
        name=" and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names),
        key="+".join(keys),
        members=keys,
        country=m.country,
        sector=source.sector,
        named=any(one.named for _, one in pairs),
        by="source",
        said_on=said_on,
    )


def key_of(m: Meant) -> str:
    """`KOR|joint chiefs of staff`; without the country where it is not known."""
    return f"{m.country}|{m.words}" if m.country else m.words


def _carrier(told: Told) -> Voice:
    """The voice of a claim for which the text names nobody."""
    for by, name in (("agency", told.agency), ("publisher", told.publisher)):
        if name:
            return _carried(told, lore().agency(name) or name, by)
    return _carried(told, "the article", "document")


def _carried(told: Told, name: str, by: str) -> Voice:
    """The voice of what carries a claim. A document without agency and publisher is told apart by its family."""
    known = by != "document"
    key = name.casefold() if known else f"document {told.family}"
    return Voice(
        name=name, key=key, members=(key,), country=None, sector=None, named=known, by=by, said_on=told.published
    )
