"""What is remembered of words is what spaCy's own attribute ruler and lemmatizer say."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from tocsin.understand.pipeline import DEFAULT_MODEL, load, parse_many, prepare, tokenise
from tocsin.understand.wordforms import REPLACED, Forms, can_remember, forms_of

TRAIN = Path(__file__).resolve().parents[2] / "../shared/train"

TEXTS = [
    "There was a fire; there's another. Let's go, they're gonna leave, y'all gotta stay, it ain't over and he can't.",
    "He's been told that he has done what she had to do, didn't he? Ships left the harbours, men fled, geese flew.",
    "THE MINISTER SAID REBELS HAD LEFT. the minister said that i saw you and it saw us, ol' friends doin' nothin'.",
    "That is the man whose men were being held, so that, once freed, they'd be home and the best of them better.",
    "But the city, but for its port, wasn't taken; not one of those who got there gets out. C'mon, 'nuff of 'em.",
]
"""Sentences in which the ruler's patterns hold, those over two tokens too."""


@functools.cache
def whole() -> Language:
    return spacy.load(DEFAULT_MODEL)


def assert_same(texts: list[str]) -> None:
    own = load()
    assert set(REPLACED) <= set(own.disabled)
    forms = Forms(own)
    cleans = [prepare(text) for text in texts]
    pairs = zip(
        whole().pipe([tokenise(whole(), clean) for clean in cleans]),
        own.pipe([tokenise(own, clean) for clean in cleans]),
        strict=True,
    )
    for full, bare in pairs:
        assert forms.of(bare) == forms_of(full)
        assert forms.of(bare) == forms_of(full)  # from memory


@pytest.mark.parametrize("text", TEXTS)
def test_as_the_whole_pipeline(text: str) -> None:
    assert_same([text])


def test_as_the_whole_pipeline_on_articles() -> None:
    paths = sorted(TRAIN.glob("*.json"))[::12]
    if not paths:
        pytest.skip(f"no articles in {TRAIN}")
    assert_same([json.loads(path.read_text(encoding="utf-8"))["text"] for path in paths])


WORDS = "there was let 's got ta gon na y' all ai n't c'm on do it had Men the that is ’s 5 - İt"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS.split()), st.integers(0, 1 << 20), st.integers(0, 1 << 20)), max_size=8)
)
def test_any_tags_and_dependencies(tokens: list[tuple[str, int, int]]) -> None:
    """Not only those that the tagger and the parser would give."""
    own = load()
    tags, deps = own.get_pipe("tagger").labels, own.get_pipe("parser").labels

    def made() -> Doc:
        doc = Doc(own.vocab, words=[word for word, _, _ in tokens])
        for token, (_, tag, dep) in zip(doc, tokens, strict=True):
            token.tag_, token.dep_ = tags[tag % len(tags)], deps[dep % len(deps)]
        return doc

    ruler, lemmatizer = (own.get_pipe(name) for name in REPLACED)
    assert Forms(own).of(made()) == forms_of(lemmatizer(ruler(made())))


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.understand.wordforms.AT_MOST", 3)
    forms = Forms(load())
    for doc in load().pipe(["One ship sailed.", "Two tugs towed barges.", "Three crews rowed boats."]):
        assert forms.of(doc) == Forms(load()).of(doc)
        assert len(forms.known.recent) <= 3 + len(doc)
        assert forms.beginning <= forms.known.earlier.keys() | forms.known.recent.keys()


@pytest.mark.parametrize(
    "pattern",
    [[{"SHAPE": "dd"}], [{"TAG": "NN", "OP": "+"}], [{"LOWER": {"FUZZY": "the"}}]],
)
def test_rules_that_ask_for_more_are_left_to_spacy(pattern: list[dict[str, object]]) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    assert can_remember(nlp)
    ruler.add([pattern], {"POS": "NUM"})
    assert not can_remember(nlp)


def test_a_whole_pipeline_is_read_as_it_is() -> None:
    text = TEXTS[1]
    own, full = (next(parse_many(nlp, [(text, prepare(text))])) for nlp in (load(), whole()))
    assert own == full
