"""What is demanded of each part, and what others reach: typed records of floors.yaml and anchors.yaml."""

from __future__ import annotations

import functools
from pathlib import Path

from tocsin import lexicon

HERE = Path(__file__).parent


class Floor(lexicon.Entry, frozen=True):
    """The least that a part must reach. `digest` is that of the set it was pinned on; `whole` holds for all of it,
    `sample` for `size` documents spread over it, as the tests read."""

    part: str
    digest: str
    whole: dict[str, float]
    size: int | None = None
    sample: dict[str, float] | None = None


class Anchor(lexicon.Entry, frozen=True):
    """What others reach on a part: by a plain spaCy pass on the same set, and as published, with the source."""

    part: str
    spacy: dict[str, float] | None = None
    spacy_source: str | None = None
    published: str | None = None
    source: str | None = None


class Floors(lexicon.Entry, frozen=True):
    """floors.yaml."""

    floors: tuple[Floor, ...]


class Anchors(lexicon.Entry, frozen=True):
    """anchors.yaml."""

    anchors: tuple[Anchor, ...]


@functools.cache
def floors() -> dict[str, Floor]:
    """The floors by part."""
    return {floor.part: floor for floor in lexicon.read(HERE / "floors.yaml", Floors).floors}


@functools.cache
def anchors() -> dict[str, Anchor]:
    """The anchors by part."""
    return {anchor.part: anchor for anchor in lexicon.read(HERE / "anchors.yaml", Anchors).anchors}
