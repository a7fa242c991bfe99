"""Tocsin in a spaCy pipeline of one's own, and the calls of the package."""

from __future__ import annotations

import pytest
import spacy

import tocsin
from tocsin.errors import SourceError, UsageError
from tocsin.understand.pipeline import DEFAULT_MODEL

SENTENCE = "The ministry said on Monday that rebels had attacked a convoy near Goma and killed four soldiers."


def test_the_component_sets_claims_with_the_documents_own_offsets() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe("tocsin", config={"published": "2019-05-14"})
    doc = nlp(SENTENCE)
    assert doc._.claims
    assert all(doc.text[c.trigger.start : c.trigger.end] == c.trigger.text for c in doc._.claims)
    assert "killed" in {c.trigger.text for c in doc._.claims}


def test_read_takes_a_text() -> None:
    report = tocsin.read(SENTENCE, published="2019-05-14")
    assert report.published == "2019-05-14"
    assert report.text == SENTENCE


def test_read_says_what_is_wrong() -> None:
    with pytest.raises(SourceError, match="no-such-file"):
        tocsin.read("no-such-file.txt")
    with pytest.raises(UsageError, match="yesterday"):
        tocsin.read(SENTENCE, published="yesterday")
