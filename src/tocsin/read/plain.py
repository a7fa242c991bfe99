"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.model import Document
from tocsin.read.blob import Blob
from tocsin.read.decode import decode
from tocsin.read.document import admit, build
from tocsin.read.options import Options


def read_text(blob: Blob, options: Options) -> Iterator[Document]:
    """The one document of a plain text, kept exactly as decoded."""
    text, notes = decode(blob.whole(options.max_size, options.max_size), blob.source, blob.charset)
    yield admit(build(text, published=options.published, url=blob.url, notes=notes), blob.source)
