"""The parser's labels, and small closed classes of words, grouped as several modules need them."""

from __future__ import annotations

# ---- dependencies

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
"""A noun that is the subject of a verb."""

ALL_SUBJECTS = SUBJECTS | {"csubj"}
"""And a clause that is."""

# ---- parts of speech

NOUNS = frozenset({"NOUN", "PROPN"})
NOMINAL = NOUNS | {"PRON", "NUM"}
"""What heads a noun phrase."""

VERBAL = frozenset({"VERB", "AUX"})

# ---- tags

PLURAL = frozenset({"NNS", "NNPS"})
TENSED = frozenset({"VBD", "VBZ", "VBP"})
"""Verbs that have a tense."""

# ---- labels of named entities

SPEAKING = frozenset({"PERSON", "ORG", "NORP"})
"""Who may say something by his name."""

ACTING = SPEAKING | {"GPE"}
"""And who may do something."""

# ---- words

RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
