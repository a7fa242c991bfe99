"""The process that opens sources, with texts that do it harm while they are read."""

from __future__ import annotations

import os

from tocsin.batch import source
from tocsin.read import article

whole = article.__dict__["build"]


def build(text: str, **given: object) -> object:
    if "HARM opener" in text:
        os.abort()
    while "HARM busy" in text:
        pass
    return whole(text, **given)


if __name__ == "__main__":
    article.build = build  # type: ignore[attr-defined]
    source.LIBRARIES = float(os.environ.get("HARMFUL_LIBRARIES", "5"))
    source.main()
