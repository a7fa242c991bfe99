"""Our own annotated items (`training/items/*.yaml`) in the form of the annotated articles: words looked up as offsets.

python training/items.py          # check every item; one line for each fault
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "items"


def load(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """All items as annotated articles. Raises `ValueError` where an item's words are not in its text."""
    for path in sorted(folder.glob("*.yaml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield convert(item)


def convert(item: dict[str, Any]) -> dict[str, Any]:
    """One item as an annotated article."""
    text = " ".join(item["text"].split())
    used: set[tuple[int, int]] = set()
    claims = []
    for n, claim in enumerate(item.get("claims") or [], 1):
        trigger = _trigger(text, str(claim["t"]), used)
        used.add((trigger["start"], trigger["end"]))
        near = trigger["start"]
        claims.append(
            {
                "id": f"{item['id']}-{n}",
                "optional": bool(claim.get("optional")),
                "trigger": trigger,
                "alt_triggers": [_span(text, a, near) for a in claim.get("alt", [])],
                "types": _list(claim["type"]),
                "modes": _list(claim.get("mode")),
                "status": _list(claim["status"]),
                "actors": [_span(text, a, near) for a in claim.get("a", [])],
                "recipients": [_span(text, a, near) for a in claim.get("r", [])],
                "objects": [_span(text, a, near) for a in claim.get("o", [])],
                "figures": [_figure(text, f, near) for f in claim.get("f", [])],
                "places": [_place(text, p, near) for p in claim.get("p", [])],
                "time": {**_span(text, claim["time"], near), "from": None, "to": None} if claim.get("time") else None,
                "sources": [_source(text, s, near, k) for k, s in enumerate(claim.get("s", []))],
            }
        )
    return {"id": item["id"], "published": str(item["published"]), "text": text, "claims": claims}


def _list(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def _all(text: str, words: str) -> list[dict[str, Any]]:
    """Every occurrence of some words in the text, whole words only."""
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return [{"text": words, "start": m.start(), "end": m.end()} for m in found]


def _pick(text: str, words: str) -> tuple[list[dict[str, Any]], int | None]:
    """The occurrences of words, and which one `#n` asks for."""
    match = re.fullmatch(r"(.*)#(\d+)", words)
    words, which = (match[1], int(match[2]) - 1) if match else (words, None)
    found = _all(text, words)
    if not found or (which is not None and which >= len(found)):
        raise ValueError(f"{words!r} is not in {text[:60]!r}...")
    return found, which


def _span(text: str, words: Any, near: int) -> dict[str, Any]:
    """The span of some words: the occurrence asked for, else the nearest to the trigger."""
    found, which = _pick(text, str(words))
    return found[which] if which is not None else min(found, key=lambda s: abs(s["start"] - near))


def _trigger(text: str, words: str, used: set[tuple[int, int]]) -> dict[str, Any]:
    """The span of a trigger: the occurrence asked for, else the first that is not yet one."""
    found, which = _pick(text, words)
    if which is not None:
        return found[which]
    return next((s for s in found if (s["start"], s["end"]) not in used), found[0])


def _figure(text: str, figure: dict[str, Any], near: int) -> dict[str, Any]:
    return {
        **_span(text, figure["text"], near),
        "what": _list(figure["what"]),
        "low": figure.get("low"),
        "high": figure.get("high"),
    }


def _place(text: str, place: Any, near: int) -> dict[str, Any]:
    ((role, words),) = place.items() if isinstance(place, dict) else [("at", place)]
    return {**_span(text, words, near), "role": role}


def _source(text: str, source: dict[str, Any], near: int, level: int) -> dict[str, Any]:
    found = {**_span(text, source["who"], near), "level": source.get("level", level)}
    found["manner"] = _list(source.get("manner", "said"))
    found["cue"] = _span(text, source["cue"], near) if source.get("cue") else None
    return found


def main() -> int:
    """Check every item; the exit status is 1 where one is wrong."""
    faults = items = claims = 0
    for path in sorted(FOLDER.glob("*.yaml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            items += 1
            try:
                claims += len(convert(item)["claims"])
            except (ValueError, KeyError, TypeError, AttributeError) as fault:
                faults += 1
                sys.stderr.write(f"{path.name}: {item.get('id')}: {type(fault).__name__}: {fault}\n")
    sys.stderr.write(f"{items} items, {claims} claims, {faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
