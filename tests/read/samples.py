"""Texts and pages that the tests of the reader are made of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tocsin.errors import SourceError
from tocsin.model import Document
from tocsin.read import documents

STORY = "VARNA (Reuters) – The minister said on Monday that all ships had left the harbour and would not come back.\n"


def page(number: int = 1, *, title: str = "Ships leave Varna", charset: str = "", extra: str = "") -> str:
    """A page with an article that no other number gives."""
    story = "".join(
        f"<p>The minister said on Monday that {n} of {number} ships had left the café’s harbour – “all” of them.</p>"
        for n in range(3, 9)
    )
    meta = f'<meta charset="{charset}">' if charset else ""
    return (
        f"<!DOCTYPE html><html lang=en><head>{meta}<title>{title}</title>"
        f'<meta property="article:published_time" content="2024-12-23T10:00:00Z"></head>'
        f"<body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>{story}</article>{extra}"
        "<footer>Contact us</footer></body></html>"
    )


def read(path: Path, **options: object) -> tuple[list[Document], list[SourceError], Counter[str]]:
    """The documents, the errors and the counts of what a path names."""
    skipped: Counter[str] = Counter()
    found = list(documents(str(path), skipped=skipped, **options))  # type: ignore[arg-type]
    return (
        [one for one in found if isinstance(one, Document)],
        [one for one in found if isinstance(one, SourceError)],
        skipped,
    )
