"""What made a reading: a digest of the lexicon, the trained models, the parser and the version of Tocsin."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata

import msgspec

from tocsin import __version__, lexicon
from tocsin.model import content_id
from tocsin.settings import Settings


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who reads: the digests of lexicon and models, the parser with its version, the version of Tocsin."""

    lexicon: str
    model: str
    parser: str
    tocsin: str

    @property
    def digest(self) -> str:
        """One fingerprint of it all: readings with the same digest of the same text are the same."""
        return content_id(self.lexicon, self.model, self.parser, self.tocsin)


@functools.cache
def current(model: str | None = None) -> Reader:
    """The reader as it is installed. `model` is the spaCy model that parses."""
    name = model or Settings().model
    return Reader(lexicon=lexicon.digest(), model=_models(), parser=_parser(name), tocsin=__version__)


def _models() -> str:
    """A digest of the trained models in the package."""
    total = hashlib.blake2b(digest_size=8)
    for path in lexicon.files("model/*"):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _parser(name: str) -> str:
    """The parser's name with its version, where it is a package."""
    try:
        return f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        return name
