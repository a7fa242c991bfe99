"""Tocsin as a component of a spaCy pipeline: `nlp.add_pipe("tocsin")`, then `doc._.claims`.

The component reads the parse that the pipeline before it made; it needs a tagger, a parser, a lemmatizer and named
entities, as every English spaCy model has. Offsets are into `doc.text`. spaCy imports this module whenever it loads a
model, whether or not the component is used, so nothing is imported that is not needed to name it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.model import Report

NAME = "tocsin"


def _extend() -> None:
    """Register the attributes that the component sets."""
    for name in ("claims", "mentions", "report", "published"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None if name != "claims" else ())


class Reader:
    """Sets `doc._.claims` (a tuple of `Claim`), `doc._.mentions` and `doc._.report`.

    The date of publication is `doc._.published` (ISO) where it is set before, else the component's `published`.
    """

    def __init__(self, published: str | None = None) -> None:
        self.published = published
        _extend()

    def __call__(self, doc: Doc) -> Doc:
        """Read a parsed document."""
        from tocsin.api import report
        from tocsin.read import from_text
        from tocsin.understand.pipeline import from_doc

        document = from_text(doc.text, published=doc._.published or self.published)
        found: Report = report(document, from_doc(doc))
        doc._.claims, doc._.mentions, doc._.report = found.claims, found.mentions, found
        return doc


@Language.factory(
    NAME,
    default_config={"published": None},
    requires=["token.dep", "token.lemma", "token.tag", "token.pos", "doc.ents"],
    assigns=["doc._.claims", "doc._.mentions", "doc._.report"],
)
def make(nlp: Language, name: str, published: str | None) -> Callable[[Doc], Doc]:
    """The spaCy factory."""
    return Reader(published)
