"""Quotations and who speaks in them: a local rule, enough to know whom "I" and "we" mean."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from tocsin.understand.actors_lexicon import lore
from tocsin.understand.grammar import ALL_SUBJECTS
from tocsin.understand.parse import Parse

LONGEST_QUOTE = 220
"""A quotation mark that finds no partner within so many tokens was none."""

NEAR = 14
"""How far from a quotation, in tokens, its verb of saying may stand."""


class Quote(NamedTuple):
    """A quotation: the tokens of its two marks."""

    opens: int
    closes: int


def quotes(parse: Parse) -> list[Quote]:
    """The quotations of a text. A paragraph may open one and leave it open (it goes on in the next)."""
    found: list[Quote] = []
    marks = [i for i, word in enumerate(parse.word) if word in ('"', "``", "''")]
    i = 0
    while i < len(marks):
        opens = marks[i]
        if not _opens(parse, opens):
            i += 1
            continue
        closes = marks[i + 1] if i + 1 < len(marks) else min(opens + 60, len(parse) - 1)
        if closes - opens > LONGEST_QUOTE:
            i += 1
            continue
        found.append(Quote(opens, closes))
        reopened = i + 1 < len(marks) and _opens(parse, closes) and not _closes(parse, closes)
        i += 1 if reopened else 2
    return found


def _opens(parse: Parse, i: int) -> bool:
    """Whether a mark stands directly before a word."""
    return i + 1 < len(parse) and parse.end[i] == parse.start[i + 1]


def _closes(parse: Parse, i: int) -> bool:
    """Whether a mark stands directly after a word."""
    return i > 0 and parse.end[i - 1] == parse.start[i]


class Speakers:
    """Who speaks, by quotation. `of(i)` is the head of the phrase that names the speaker of token `i`, or `None`."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.quotes = quotes(parse)
        self._opens = [quote.opens for quote in self.quotes]
        self._known: dict[int, int | None] = {}

    def quote_at(self, i: int) -> int | None:
        """The number of the quotation that holds a token."""
        k = bisect_right(self._opens, i) - 1
        return k if k >= 0 and self.quotes[k].opens < i < self.quotes[k].closes else None

    def of(self, i: int) -> int | None:
        """The speaker of the words at token `i`."""
        k = self.quote_at(i)
        return self._reporting(i) if k is None else self._speaker(k)

    def _speaker(self, k: int) -> int | None:
        if k not in self._known:
            self._known[k] = None
            found = self._beside(self.quotes[k]) or self._before(self.quotes[k])
            if found is None and k > 0 and self.quotes[k].opens - self.quotes[k - 1].closes < 60:
                found = self._speaker(k - 1)
            self._known[k] = found
        return self._known[k]

    def _beside(self, quote: Quote) -> int | None:
        """The subject of the nearest verb of saying before the quotation (in its sentence) or after it; after a full
        stop inside the marks none follows ("..., he said" goes on after a comma)."""
        parse, speech = self.parse, lore().speech
        options: list[tuple[int, int]] = []
        for i in range(max(0, quote.opens - NEAR - 10), quote.opens):
            if parse.lemma[i] in speech and parse.sent[i] == parse.sent[quote.opens] and self.quote_at(i) is None:
                options.append((quote.opens - i + 2, i))
        ended = parse.word[quote.closes - 1] == "."
        for i in range(quote.closes + 1, quote.closes if ended else min(len(parse), quote.closes + NEAR)):
            if parse.word[i] == "." or (parse.word[i] == '"' and parse.sent[i] > parse.sent[quote.closes]):
                break
            if parse.lemma[i] in speech:
                options.append((i - quote.closes, i))
        for _, verb in sorted(options):
            subject = self._subject(verb)
            if subject is not None:
                return subject
        return None

    def _before(self, quote: Quote) -> int | None:
        """Of a quotation that stands alone: the subject of the last verb of saying in the sentence before it."""
        parse, speech = self.parse, lore().speech
        sentence = parse.sent[quote.opens] - 1
        if sentence < 0 or (parse.sents[sentence][1] < quote.opens and parse.word[quote.opens - 1] != ":"):
            return None
        for i in range(parse.sents[sentence][1] - 1, parse.sents[sentence][0] - 1, -1):
            if parse.lemma[i] in speech and parse.pos[i] == "VERB" and self.quote_at(i) is None:
                subject = self._subject(i)
                if subject is not None:
                    return subject
        return None

    def _subject(self, verb: int) -> int | None:
        """The subject of a verb, looked for up the chain of verbs on which it hangs."""
        parse = self.parse
        for _ in range(4):
            for k in parse.children[verb]:
                if (
                    parse.dep[k] in ALL_SUBJECTS
                    and self.quote_at(k) is None
                    and parse.lower[k] not in ("who", "which", "that")
                ):
                    return k
            if parse.dep[verb] == "relcl":
                return parse.head[verb]
            if parse.dep[verb] not in ("conj", "xcomp", "advcl", "acl") or parse.head[verb] == verb:
                return None
            issued = parse.dep[verb] == "acl" and parse.dep[parse.head[verb]] == "dobj"
            verb = parse.head[parse.head[verb]] if issued else parse.head[verb]
        return None

    def _reporting(self, i: int) -> int | None:
        """Outside quotation marks: the subject of the verb of saying above the token."""
        for verb in self.parse.ancestors(i):
            if self.parse.lemma[verb] in lore().speech and self.parse.pos[verb] == "VERB":
                subject = self._subject(verb)
                if subject is not None and subject != i:
                    return subject
        return None
