"""Full text, the same on both engines: how text is cut into words, how a question is read, how each engine is asked.

Text and questions are cut here, not by the engines: accents are taken off, a word is a run of letters and digits, and
of it the English stem is kept. The engines only find. A question is words, all of which must occur; `"a phrase"` in
quotation marks; `word*` for a beginning; `-word` or `-"a phrase"` for what must not occur.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import Stemmer
from sqlalchemy import ColumnElement, Select, column, func, literal_column, select, table

from tocsin.errors import UsageError

WORD = re.compile(r"[^\W_]+")
TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')

LONGEST_WORD = 64
REMEMBERED = 1 << 13
"""So many words are remembered with their stems."""

MOST_DISTINCT = 500_000
"""So many characters of different words of one text are indexed; PostgreSQL keeps no more than a megabyte of them."""

FIELDS = ("actors", "recipients", "sources", "places")
"""The fields of a claim's names. What is asked of no field is asked of evidence and names together."""


EVERYWHERE = "{evidence actors recipients sources}"
"""The fields in which SQLite looks for what is asked of no field: as PostgreSQL's column `words`."""

LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
"""Letters that are looked for by others, though Unicode does not take them apart."""


class Term(NamedTuple):
    """One term of a question: words that follow each other. `begins`: the last word is the beginning of one."""

    words: tuple[str, ...]
    excluded: bool = False
    begins: bool = False


def folded(given: str) -> list[str]:
    """The words of a text, without accents."""
    if not given.isascii():
        given = "".join(c for c in unicodedata.normalize("NFKD", given) if not unicodedata.combining(c))
    return WORD.findall(given)


class _Stemmer(threading.local):
    """The Snowball stemmer for English (Porter 2). It keeps the word that it is at, so each thread has its own."""

    def __init__(self) -> None:
        self.stem: Callable[[str], str] = Stemmer.Stemmer("english", 0).stemWord


_english = _Stemmer()


@functools.lru_cache(REMEMBERED)
def stemmed(word: str) -> str:
    """A word as it is indexed and looked for: without case and ending."""
    bare = word.casefold()
    return _english.stem(bare if bare.isascii() else bare.translate(LETTERS))


def indexed(given: str) -> str:
    """A text as it is handed to the engines: the stems of its words, with a blank between them."""
    words = [stemmed(word) for word in folded(given) if len(word) <= LONGEST_WORD]
    if len(given) > MOST_DISTINCT:
        words = _bounded(words)
    return " ".join(words)


def _bounded(words: Iterable[str]) -> list[str]:
    """Words without those that are new once the different ones have reached their bound."""
    seen: set[str] = set()
    size, kept = 0, []
    for word in words:
        if word not in seen:
            size += len(word.encode())
            if size > MOST_DISTINCT:
                continue
            seen.add(word)
        kept.append(word)
    return kept


def terms(question: str) -> tuple[Term, ...]:
    """The terms of a question. Raises `UsageError` where there is nothing to look for."""
    found = []
    for match in TERM.finditer(question):
        minus, phrase, word = match.groups()
        said = phrase if phrase is not None else word
        words = tuple(folded(said))
        if words:
            found.append(Term(words, bool(minus), phrase is None and said.endswith("*")))
    if question.count('"') % 2:
        raise UsageError(f"{question}: a quotation mark without its fellow; close the phrase")
    if not any(not term.excluded for term in found):
        raise UsageError(f"{question}: no word to look for; name at least one that must occur")
    return tuple(found)


def name_terms(name: str) -> tuple[Term, ...]:
    """A name as a question: its words, which follow each other."""
    words = tuple(folded(name))
    if not words:
        raise UsageError(f"“{name}” is no name: it has no letter and no digit")
    return (Term(words),)


class Question(NamedTuple):
    """Terms that must occur together, in one field of a claim's words or, with `None`, in any."""

    terms: tuple[Term, ...]
    field: str | None = None


def claims_with(engine: str, questions: Sequence[Question]) -> Select[Any]:
    """The keys of the claims that answer all questions, each key once, in a column `claim`."""
    if engine == "sqlite":
        return _fts5(
            "claim_words", " AND ".join(f"({fts5_question(said, field or EVERYWHERE)})" for said, field in questions)
        )
    found = table("claim_words", column("claim"), column("words"), *map(column, FIELDS))
    answers = [found.c[field or "words"].op("@@")(_tsquery(said)) for said, field in questions]
    return select(found.c.claim.label("claim")).where(*answers)


def documents_with(engine: str, question: Question) -> Select[Any]:
    """The keys of the documents in whose title and text the terms occur, in a column `document`."""
    if engine == "sqlite":
        return _fts5("document_words", fts5_question(question.terms, None), "document")
    found = table("document_words", column("document"), column("words"))
    return select(found.c.document.label("document")).where(found.c.words.op("@@")(_tsquery(question.terms)))


def _fts5(name: str, said: str, label: str = "claim") -> Select[Any]:
    """A question to SQLite's full-text table."""
    found = table(name, column("rowid"), column(name))
    return select(found.c.rowid.label(label)).where(found.c[name].op("MATCH")(said))


def fts5_question(question: tuple[Term, ...], field: str | None = None) -> str:
    """A question in the language of FTS5."""
    wanted = " AND ".join(_fts5_term(term) for term in question if not term.excluded)
    unwanted = " OR ".join(_fts5_term(term) for term in question if term.excluded)
    said = f"({wanted}) NOT ({unwanted})" if unwanted else f"({wanted})"
    return f"{field} : ({said})" if field else said


def _fts5_term(term: Term) -> str:
    if not term.begins:
        return f'"{" ".join(map(stemmed, term.words))}"'
    either = [f'"{" ".join(words)}"*' for words in _beginnings(term)]
    return either[0] if len(either) == 1 else f"({' OR '.join(either)})"


def _beginnings(term: Term) -> list[list[str]]:
    """The words of a term whose last one is a beginning: of stems, since “countries*” is to find them, and as it is,
    since “country*” is to find countrymen."""
    *before, last = term.words
    ends = dict.fromkeys((stemmed(last), last.casefold().translate(LETTERS)))
    return [[*map(stemmed, before), end] for end in ends]


def _tsquery(question: tuple[Term, ...]) -> ColumnElement[object]:
    """A question in PostgreSQL's own type."""
    return func.to_tsquery(literal_column("'tocsin'"), tsquery_question(question))


def tsquery_question(question: tuple[Term, ...]) -> str:
    """A question in the language of PostgreSQL's `to_tsquery`."""
    return " & ".join(map(_tsquery_term, question))


def _tsquery_term(term: Term) -> str:
    words = _beginnings(term) if term.begins else [list(map(stemmed, term.words))]
    either = [" <-> ".join(f"'{word}'" for word in one) + (":*" if term.begins else "") for one in words]
    said = " | ".join(either)
    return f"!({said})" if term.excluded else f"({said})"
