"""Articles for these tests, made from a few words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PLACES = ("Arden", "Belmont", "Corrin", "Dunmore", "Elswick", "Farrow", "Glenhaven", "Hartwell")


def story(number: int, extra: str = "") -> dict[str, Any]:
    """An article about a village that was shelled; each number is another one."""
    place = PLACES[number % len(PLACES)]
    text = (
        f"Government troops shelled the village of {place} for {number + 2} hours, the governor said.\n\n"
        f"Rebels shelled the road behind it in reply. At least {number + 3} people were killed, residents told "
        f"reporters, and the hospital asked for help.{extra}"
    )
    return {
        "id": f"story-{number}", "url": f"https://news.example/{number}", "title": f"Shelling of {place}", "text": text,
        "published": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
    }  # fmt: skip


def lines(path: Path, stories: list[dict[str, Any]]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(one) + "\n" for one in stories), encoding="utf-8")
    return path
