"""A claim as one sentence that says no more than its source.

The sentence is the evidence itself, shortened (`clauses`), with names in the place of pronouns (`names`), with the days
that its words for a time mean, and with whoever vouches for it where the evidence does not name them. Where that would
not stand as a sentence of ours, the evidence is quoted. Where the words beside the event do not show how it is meant (a
possibility, a plan, a denial; a bound), that is added. A pure function of the claim and of who published it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tocsin.model import Claim, Record, Source
from tocsin.show.brief.clauses import Edit, Span, apply, cuts, inside, of_them, quoted, settled
from tocsin.show.brief.lexicon import holds, lexicon, lowered, opens
from tocsin.show.brief.names import joined, replacements, whom
from tocsin.show.brief.standing import additions, dates
from tocsin.show.plain import one_line
from tocsin.show.words import levels

UNKNOWN = "a report that names no publisher"
ENDS = (".", "!", "?", ".”", "!”", "?”", ".’", "?)", ".)")
FEW = 4
"""Evidence of fewer words is a headline or a piece of a sentence, and is quoted."""


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence of the brief. `quotes` says that it quotes the evidence; `spans` are the stretches of the document's
    text that it is made of."""

    text: str
    quotes: bool
    spans: tuple[Span, ...]


def compose(claims: Sequence[Claim], publishers: Iterable[str] = ()) -> Sentence:
    """The sentence of a claim, or of several that rest on the same evidence: the first says what of it is needed, and
    must be the one that needs most. `publishers` are named where only the article itself says so."""
    claim = claims[0]
    gone = settled([*cuts(claim), *(edit for one in claims for edit in of_them(one))])
    names = list(replacements(claims, gone))
    days = [edit for one in claims for edit in dates(one)]
    body = _body(claim, settled([*gone, *names, *days]))
    speakers, paper = _absent(claim, body), joined(publishers) or UNKNOWN
    quotes = _must_quote(claim, body, bool(speakers))
    if quotes:
        gone, kept = [], [edit for edit in names if edit.words.startswith("[")]
        said = _quotable(apply(claim.evidence.text, [*kept, *days]))
        body = f"{_speaker(speakers) if speakers else f'{paper} reported'}: “{said}”"
    elif speakers:
        body = f"According to {_chain(speakers)}, {lowered(body)}"
    elif not claim.sources:
        body = f"{body.rstrip('.')}, {paper} reported."
    text = _with_notes(_capital(body), dict.fromkeys(additions(claim, gone)))
    return Sentence(text=text, quotes=quotes, spans=_spans(claim, gone))


def _spans(claim: Claim, gone: Iterable[Edit]) -> tuple[Span, ...]:
    """What is left of the evidence, by offsets into the document's text."""
    found, at = [], 0
    for edit in settled(gone):
        found.append((at, edit.start))
        at = edit.end
    found.append((at, len(claim.evidence.text)))
    first = claim.evidence.start
    return tuple((first + start, first + end) for start, end in found if start < end)


def _body(claim: Claim, edits: Iterable[Edit]) -> str:
    """The evidence with its edits, as a sentence."""
    text = one_line(apply(claim.evidence.text, edits))
    text = re.sub(r"\s+([,.;:])(?=\s|$)", r"\1", text).strip(" ,;–—_")
    text = _capital(_plain_quotes(text))
    return text if text.endswith(ENDS) else f"{text}."


def _plain_quotes(text: str) -> str:
    """Quotation marks as they are printed: “ and ”."""
    text = text.replace("``", "“").replace("''", "”")
    parts = text.split('"')
    return "".join(part + ("“" if n % 2 == 0 else "”") for n, part in enumerate(parts[:-1])) + parts[-1]


def _quotable(text: str) -> str:
    """Words to stand between “ and ”: what is quoted within them gets single marks."""
    return one_line(_plain_quotes(text)).replace("“", "‘").replace("”", "’").strip()


def _capital(text: str) -> str:
    """The first letter large."""
    at = next((n for n, sign in enumerate(text) if sign.isalnum()), None)
    return text if at is None else text[:at] + text[at].upper() + text[at + 1 :]


# ---- who says so


def _absent(claim: Claim, body: str) -> list[list[Source]]:
    """The levels of the chain that the sentence does not name."""
    left = [[one for one in level if not _named(claim, one, body)] for level in levels(claim.sources)]
    return [level for level in left if level]


def _named(claim: Claim, source: Source, body: str) -> bool:
    """Whether a source stands in the sentence, under its name or the words of the text."""
    names = (whom(source), one_line(source.text))
    return inside(claim, source) and any(_plain_quotes(name).lower() in body.lower() for name in names)


def _chain(absent: Sequence[Sequence[Source]]) -> str:
    """`A and B, citing C`."""
    return ", citing ".join(joined(lowered(whom(one)) for one in level) for level in absent)


def _speaker(absent: Sequence[Sequence[Source]]) -> str:
    """`A, citing B, warned`: the verb is the outermost's manner."""
    return f"{_chain(absent)}{',' if len(absent) > 1 else ''} {lexicon().manners[absent[0][0].manner]}"


# ---- when the evidence is quoted


def _must_quote(claim: Claim, body: str, told_elsewhere: bool) -> bool:
    """Whether the words cannot stand as a sentence of ours: a piece of a sentence; one whose quotation marks do not
    match; words in the speaker's own person; one that opens with a pronoun of which nobody knows whom it means."""
    known, bare = lexicon().pronouns, _outside_quotes(body)
    opening = opens(known.plain, bare) or opens(known.possessive, bare)
    return (
        len(body.split()) < FEW
        or body.count("“") != body.count("”")
        or body.count("(") != body.count(")")
        or (told_elsewhere and any(one.manner == "denied" for one in claim.sources))
        or holds(known.own, bare)
        or bool(opening and not opens(known.expletive, bare))
    )


def _outside_quotes(text: str) -> str:
    """The text without what stands between quotation marks."""
    for start, end in reversed(quoted(text)):
        text = f"{text[:start]}{text[end:]}"
    return text.strip(" ,")


def _with_notes(text: str, notes: Iterable[str]) -> str:
    """A sentence with additions in brackets before its last stop."""
    added = "; ".join(notes)
    if not added:
        return text
    return f"{text[:-1]} ({added})." if text.endswith(".") else f"{text} ({added})."
