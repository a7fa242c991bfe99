"""A reading process that needs no language model: a claim for every “shelled”; and texts that do it harm.

Run as a program it serves a pool as `tocsin.batch.worker` does, with the same code around another way of reading.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Sequence

from tocsin.batch import worker
from tocsin.batch.messages import Read
from tocsin.model import Claim, Document, Mention

COMMAND = (sys.executable, __file__)
SHELLED = re.compile(r"[^.\n]*\b(shelled)\b[^.\n]*\.")
HARM = re.compile(r"HARM (\w+)")

HARMLESS = "STAND_IN_HARMLESS" in os.environ
"""Whether the texts that do harm do none."""

PACE = float(os.environ.get("STAND_IN_PACE", "0"))
"""Seconds that each document takes."""


def read(documents: Sequence[Document], model: str) -> list[Read]:
    found = []
    for document in documents:
        time.sleep(PACE)
        harmful = HARM.search(document.text)
        if harmful and not HARMLESS:
            harm(harmful[1])
        found.append(Read(claims=tuple(claims(document.text))))
    return found


def claims(text: str) -> list[Claim]:
    return [
        Claim(
            id=f"c{number}", trigger=Mention(text="shelled", start=match.start(1), end=match.end(1)), type="ASSAULT",
            mode="heavy-weapons", status="occurred", actors=(), recipients=(), objects=(), figures=(), places=(),
            time=None, sources=(), evidence=Mention(text=match[0], start=match.start(), end=match.end()),
            confidence=0.5, made_by="stand-in",
        )
        for number, match in enumerate(SHELLED.finditer(text))
    ]  # fmt: skip


def harm(how: str) -> None:
    """End this process, or keep it busy or asleep for ever."""
    if how == "exit":
        os._exit(7)
    elif how == "segfault":
        ctypes.string_at(0)
    elif how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "spin":
        while True:
            pass
    elif how == "sleep":
        time.sleep(3600)


if __name__ == "__main__":
    worker.main(read)
