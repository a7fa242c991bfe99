"""Claims from marked texts: `[s:The army] [c:said] that [a:rebels] [t:attacked] [r:the town]`.

Letters: s source, c its cue, a actor, r recipient, o object, t trigger, p place, f figure, w time. Behind `=`: of a
source or an actor the earlier name that is meant; of a time its days (`2024-12-16..2024-12-31`, `..2024-12-31`); of a
figure what it counts, its bound and its ends (`killed at_least 1100..`). A source's manner stands behind `~`
(`[s:The army~warned]`). Braces enclose the evidence; without them it is the whole text.
"""

from __future__ import annotations

import re
from typing import Any

from tocsin.model import Actor, Claim, Figure, Mention, Place, Source, Status, Time, content_id

MARK = re.compile(r"\[([scaroptfw]):([^\]=~]+)(?:~(\w+))?(?:=([^\]]+))?\]|([{}])")


def plain(marked: str) -> str:
    """The text without its marks."""
    return MARK.sub(lambda mark: mark[2] or "", marked)


def claim(marked: str, status: Status = "occurred", type: str = "ASSAULT", mode: str | None = None, at: int = 0,
          text: str | None = None, confidence: float = 0.9) -> Claim:  # fmt: skip
    """The claim of a marked text, which begins at the offset `at` of a longer one (`text`, the marked one alone)."""
    found: dict[str, list[tuple[dict[str, Any], str | None, str | None]]] = {}
    bounds, gone, last = {"{": 0, "}": len(plain(marked))}, 0, 0
    for mark in MARK.finditer(marked):
        start = mark.start() - gone
        if mark[5]:
            bounds[mark[5]] = start
            gone += 1
            continue
        fields = {"text": mark[2], "start": at + start, "end": at + start + len(mark[2])}
        found.setdefault(mark[1], []).append((fields, mark[3], mark[4]))
        gone += len(mark[0]) - len(mark[2])
        last = start + len(mark[2])
    assert last <= len(plain(marked))
    words = plain(marked)[bounds["{"] : bounds["}"]]
    evidence = Mention(text=words, start=at + bounds["{"], end=at + bounds["}"])
    trigger = Mention(**found["t"][0][0])
    return Claim(
        id=content_id(marked, str(at), status), trigger=trigger, type=type, mode=mode, status=status,
        actors=tuple(_actor(*one) for one in found.get("a", [])),
        recipients=tuple(_actor(*one) for one in found.get("r", [])),
        objects=tuple(Mention(**fields) for fields, _, _ in found.get("o", [])),
        figures=tuple(_figure(*one) for one in found.get("f", [])),
        places=tuple(_place(*one) for one in found.get("p", [])),
        time=_time(*found["w"][0]) if "w" in found else None,
        sources=_sources(found), evidence=evidence, confidence=confidence, made_by="hand",
    )  # fmt: skip


def _actor(fields: dict[str, Any], _: str | None, meant: str | None) -> Actor:
    antecedent = Mention(text=meant, start=0, end=0) if meant else None
    return Actor(**fields, name=meant, antecedent=antecedent)


def _sources(found: dict[str, list[Any]]) -> tuple[Source, ...]:
    cues = [Mention(**fields) for fields, _, _ in found.get("c", [])]
    return tuple(
        Source(
            **fields, level=level, manner=manner or "said", cue=cues[level] if level < len(cues) else None,
            antecedent=Mention(text=meant, start=0, end=0) if meant else None,
        )
        for level, (fields, manner, meant) in enumerate(found.get("s", []))
    )  # fmt: skip


def _figure(fields: dict[str, Any], _: str | None, meant: str | None) -> Figure:
    what, qualifier, ends = (meant or "").split(" ")
    low, high = ends.split("..") if ".." in ends else (ends, ends)
    unit = None
    return Figure(**fields, what=what, qualifier=qualifier, low=float(low) if low else None,
                  high=float(high) if high else None, unit=unit)  # type: ignore[arg-type] # fmt: skip


def _place(fields: dict[str, Any], _: str | None, meant: str | None) -> Place:
    if meant is None:
        return Place(**fields)
    name, country, lat, lon = meant.split(";")
    return Place(**fields, name=name, country_name=country or None, lat=float(lat), lon=float(lon))


def _time(fields: dict[str, Any], _: str | None, meant: str | None) -> Time:
    first, last = (meant or "").split("..") if ".." in (meant or "") else (meant, meant)
    return Time(**fields, from_=first or None, to=last or None)
