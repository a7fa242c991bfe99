"""Part of speech and lemma of each word, remembered, in place of spaCy's attribute ruler and lemmatizer.

The two cost a fifth of a spaCy pass, and what they say of a token depends on its word, its tag and its dependency
alone, but for a few patterns over two tokens. So they are asked once for each such triple, on a document made for it,
and their answers are kept; where a pattern over several tokens matches, they are asked about these tokens together.
All that is said is thus said by spaCy's own two parts, with the model's own tables; some lemmas are then set right
(`tocsin.understand.lemmas`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from spacy.attrs import DEP, ORTH, TAG
from spacy.matcher import Matcher
from spacy.tokens import Doc

from tocsin.remembered import Remembered
from tocsin.understand.lemmas import mended

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token
    from spacy.tokens.morphanalysis import MorphAnalysis

RULER, LEMMATIZER = REPLACED = ("attribute_ruler", "lemmatizer")

AT_MOST = 1 << 14
"""So many triples are kept, and as many earlier ones; so a long run does not need ever more memory."""

ASKED = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
"""What a pattern may ask of a token, for its answer to be kept."""

Triple = tuple[int, int, int]
"""A word, tag and dependency, as numbers of the string store."""


Lemmatised: TypeAlias = "tuple[int, str, MorphAnalysis]"
"""What a lemma depends on: a word, its part of speech and its features."""


class Form(NamedTuple):
    """A token: its word as written and in lower case, its lemma in lower case, part of speech, tag and dependency."""

    word: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str


class Ruled(NamedTuple):
    """What the ruler says of tokens of one kind. `lemma` is empty where it says none; `begins`: whether a pattern over
    several tokens may begin there."""

    pos: str
    tag: str
    dep: str
    lemma: str
    morph: MorphAnalysis
    begins: bool


class Forms:
    """The forms of tokens that `nlp` has tagged and parsed, but that its attribute ruler and its lemmatizer have not
    seen."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab
        self.ruler, self.lemmatizer = nlp.get_pipe(RULER), _searchable(nlp.get_pipe(LEMMATIZER))
        patterns = list(_patterns(nlp))
        self.named = frozenset(word for pattern in patterns for token in pattern for word in _words(token))
        likes = [r"^\s+$", *(like for pattern in patterns for token in pattern for like in _likes(token))]
        self.like = re.compile("|".join(f"(?:{like})" for like in likes))
        several = [pattern for pattern in patterns if len(pattern) > 1]
        self.longest = max(map(len, several), default=0)
        self.several, self.begin = Matcher(nlp.vocab), Matcher(nlp.vocab)
        for k, pattern in enumerate(several):
            self.several.add(str(k), [pattern])
            self.begin.add(str(k), [pattern[:1]])
        self.known: Remembered[Triple, Form] = Remembered(AT_MOST)
        self.beginning: set[Triple] = set()
        self.lemmas: Remembered[Lemmatised, str] = Remembered(AT_MOST)
        self.ruled: dict[tuple[str, int, int], Ruled] = {}

    def of(self, doc: Doc) -> list[Form]:
        """The form of each token."""
        keys: list[Triple] = [(orth, tag, dep) for orth, tag, dep in doc.to_array([ORTH, TAG, DEP]).tolist()]
        if self.known.turn():
            self.beginning.intersection_update(self.known.earlier)
        self.lemmas.turn()
        fresh = [key for key in dict.fromkeys(keys) if self.known.get(key) is None]
        if fresh:
            self._learn(fresh)
        known = self.known.recent
        forms = [known[key] for key in keys]
        begun = [i for i, key in enumerate(keys) if key in self.beginning] if self.beginning else []
        for start, end in _joined(span for i in begun for span in self._spans(doc, i)):
            together = self.lemmatizer(self.ruler(self._made(keys[start:end])))
            forms[start:end] = [_form(token) for token in together]
        return forms

    def _spans(self, doc: Doc, i: int) -> Iterator[tuple[int, int]]:
        """The tokens, from token `i` on, that patterns over several tokens match."""
        for _, start, end in self.several(doc[i : i + self.longest], allow_missing=True):
            yield i + start, i + end

    def _learn(self, triples: list[Triple]) -> None:
        """Ask about single tokens, and keep the answers."""
        text = self.vocab.strings
        found = [(triple, text[triple[0]], self._rule(triple)) for triple in triples]
        asked = {(triple[0], ruled.pos, ruled.morph): triple for triple, _, ruled in found if not ruled.lemma}
        self._lemmatise([(key, triple) for key, triple in asked.items() if self.lemmas.get(key) is None])
        for triple, word, ruled in found:
            lemma = ruled.lemma or self.lemmas.recent[triple[0], ruled.pos, ruled.morph]
            lower = text[self.vocab[triple[0]].lower]
            form = Form(word, lower, mended(lower, lemma, ruled.pos), ruled.pos, ruled.tag, ruled.dep)
            self.known.put(triple, form)
            if ruled.begins:
                self.beginning.add(triple)

    def _lemmatise(self, asked: list[tuple[Lemmatised, Triple]]) -> None:
        """Ask the lemmatizer."""
        doc = self._made([triple for _, triple in asked])
        token: Any  # its published types know no `set_morph`
        for token, ((_, pos, morph), _) in zip(doc, asked, strict=True):
            token.pos_ = pos
            token.set_morph(morph)
        for token, (key, _) in zip(self.lemmatizer(doc), asked, strict=True):
            self.lemmas.put(key, token.lemma_.lower())
        self.lemmatizer.cache.clear()  # it would keep all that it was ever asked

    def _rule(self, triple: Triple) -> Ruled:
        """What the ruler says of a token that stands alone. Only words that patterns ask for make a difference."""
        orth, tag, dep = triple
        word = self.vocab[orth].lower_
        if word not in self.named and not self.like.search(word):
            word, orth = "", self.vocab.strings.add("-")
        key = (word, tag, dep)
        if key not in self.ruled:
            alone = self._made([(orth, tag, dep)])
            begins = bool(self.begin(alone, allow_missing=True))
            token = self.ruler(alone)[0]
            self.ruled[key] = Ruled(token.pos_, token.tag_, token.dep_, token.lemma_.lower(), token.morph, begins)
        return self.ruled[key]

    def _made(self, triples: list[Triple]) -> Doc:
        """A document of tokens as the parser leaves them."""
        doc = Doc(self.vocab, words=[self.vocab.strings[orth] for orth, _, _ in triples])
        for token, (_, tag, dep) in zip(doc, triples, strict=True):
            token.tag, token.dep = tag, dep
        return doc


def _searchable(lemmatizer: Any) -> Any:
    """The lemmatizer with the words that it knows as sets: it looks for each of its guesses among fifty thousand, in
    lists as they come with the model."""
    index = lemmatizer.lookups.get_table("lemma_index", {})
    for part_of_speech, words in list(index.items()):
        index[part_of_speech] = frozenset(words)
    return lemmatizer


def can_remember(nlp: Language) -> bool:
    """Whether a pipeline's attribute ruler and lemmatizer are such that their answers may be kept."""
    if RULER not in nlp.component_names or LEMMATIZER not in nlp.component_names:
        return False
    lemmatizer: Any = nlp.get_pipe(LEMMATIZER)
    return lemmatizer.mode == "rule" and all(
        token.keys() <= ASKED and (not isinstance(token.get("LOWER"), dict) or token["LOWER"].keys() <= {"IN", "REGEX"})
        for pattern in _patterns(nlp)
        for token in pattern
    )


def _patterns(nlp: Language) -> Iterator[list[dict[str, Any]]]:
    """The patterns of the attribute ruler."""
    ruler: Any = nlp.get_pipe(RULER)
    for rule in ruler.patterns:
        yield from rule["patterns"]


def _words(token: dict[str, Any]) -> Iterable[str]:
    """The words that a pattern names for a token."""
    asked = token.get("LOWER", ())
    if isinstance(asked, dict):
        return list(asked.get("IN", ()))
    return [asked] if isinstance(asked, str) else []


def _likes(token: dict[str, Any]) -> Iterable[str]:
    """The regular expressions that a pattern has for the word of a token."""
    asked = token.get("LOWER")
    return [asked["REGEX"]] if isinstance(asked, dict) and "REGEX" in asked else []


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of tokens, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def forms_of(doc: Doc) -> list[Form]:
    """The forms of a document that a whole pipeline has read."""
    return [_form(token) for token in doc]


def _form(token: Token) -> Form:
    lemma = mended(token.lower_, token.lemma_.lower(), token.pos_)
    return Form(token.text, token.lower_, lemma, token.pos_, token.tag_, token.dep_)
