"""Lengths of time as they are written on the command line: `90`, `90s`, `15m`, `2h`, `1d`."""

from __future__ import annotations

import re

from tocsin.errors import UsageError

DURATION = re.compile(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*([smhd]?)\s*")
DAYS = re.compile(r"\s*(\d{1,6})\s*([dw]?)\s*")
SECONDS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def seconds(option: str, said: str) -> float:
    """The seconds that a length of time means, more than none. Raises `UsageError` that names the option."""
    match = DURATION.fullmatch(said)
    length = float(match[1]) * SECONDS[match[2]] if match else 0.0
    if length <= 0:
        raise UsageError(f"{option}: “{said}” is no length of time; write 90s, 15m or 2h")
    return length


def days(option: str, said: str) -> int:
    """The days that a length of time of days or weeks means. Raises `UsageError` that names the option."""
    match = DAYS.fullmatch(said)
    if match is None:
        raise UsageError(f"{option}: “{said}” is no number of days; write 30d or 6w")
    return int(match[1]) * (7 if match[2] == "w" else 1)


def spoken(length: float) -> str:
    """A length of time for people: `45 s`, `12 min`, `3 h 20 min`."""
    if length < 90:
        return f"{length:.0f} s"
    minutes = round(length / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
