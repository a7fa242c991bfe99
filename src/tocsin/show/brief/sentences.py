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
from tocsin.show.brief.clauses import WORD, Edit, Span, apply, cuts, inside, of_them, quoted, settled
from tocsin.show.brief.days import MONTHS, WEEKDAYS
from tocsin.show.brief.lexicon import lexicon, lowered, opens, pattern
from tocsin.show.brief.names import joined, pronouns, replacements, whom
from tocsin.show.brief.standing import additions, dates
from tocsin.show.plain import one_line
from tocsin.show.words import levels

UNKNOWN = "an unnamed publisher"
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
    quotes = bool(speakers) or _must_quote(claim, body)
    if quotes:
        gone, kept = [], [edit for edit in names if edit.words.startswith("[")]
        said = _quotable(apply(claim.evidence.text, [*kept, *days]))
        body = f"{_speaker(speakers) if speakers else _paper(paper)}: “{said}”"
    elif not claim.sources:
        body = _reported(body, paper)
    text = _with_notes(body, dict.fromkeys(additions(claim, gone)))
    return Sentence(text=text, quotes=quotes, spans=_spans(claim, gone))


def _reported(body: str, paper: str) -> str:
    """A sentence with its publisher behind."""
    if body.endswith(("?”", "!”")):
        return f"{body} {paper} reported."
    return f"{body[:-2]},” {paper} reported." if body.endswith(".”") else f"{body.rstrip(' .,;')}, {paper} reported."


def _paper(paper: str) -> str:
    """A publisher that opens a sentence; its own name is left as it is written."""
    return f"{_capital(paper) if paper == UNKNOWN else paper} reported"


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
    """Words to stand between “ and ”: marks around them all go, so does one that opens or closes a longer speech, and
    what is quoted within them gets single marks."""
    said = one_line(_plain_quotes(text))
    if quoted(said) == [(0, len(said))] and said.endswith("”"):
        said = said[1:-1]
    if said.count("“") > said.count("”"):
        said = said.removeprefix("“")
    if said.count("”") > said.count("“"):
        said = said.removesuffix("”")
    return said.replace("“", "‘").replace("”", "’").strip()


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


def _speaker(absent: Sequence[Sequence[Source]]) -> str:
    """`According to A, citing B`; the form is that of the outermost's manner."""
    who = ", citing ".join(joined(map(_who, level)) for level in absent)
    form = lexicon().manners[absent[0][0].manner]
    return form.format(who=f"{who}," if "," in who and not form.endswith("{who}") else who)


def _who(source: Source) -> str:
    """The name of a source, or that nobody knows it."""
    name = _plain_quotes(whom(source)).strip("“” ")
    return f"somebody whom the text calls “{name}”" if name.lower() in pronouns() else lowered(name)


# ---- when the evidence is quoted


def _must_quote(claim: Claim, body: str) -> bool:
    """Whether the words cannot stand as a sentence of ours: a piece of a sentence, a headline, a question; a part of a
    longer speech; words in the speaker's own person; a pronoun of which nobody knows whom it means."""
    bare = _outside_quotes(body)
    return (
        len(body.split()) < FEW
        or (not claim.sources and body.endswith(("?", "!")))
        or not re.search(r"[.!?][”\"'’)]*\s*$", claim.evidence.text)
        or body.count("“") != body.count("”")
        or body.count("(") != body.count(")")
        or pattern(lexicon().pronouns.own, exact=True).search(bare) is not None
        or _hangs(bare)
    )


def _hangs(text: str) -> bool:
    """Whether a sentence opens with a pronoun that nothing before it explains, also behind an opening such as `Since
    May,`."""
    known = lexicon().pronouns
    if opens(known.possessive, text):
        return True
    first = pattern(known.plain).search(text)
    if first is None or (first.start() == 0 and opens(known.expletive, text)):
        return False
    before = text[: first.start()]
    named = any(word[0].isupper() and word not in (*MONTHS, *WEEKDAYS) for word in WORD.findall(before)[1:])
    return not before.strip() or bool(opens(lexicon().subordinates, text) and not named and "[" not in before)


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
