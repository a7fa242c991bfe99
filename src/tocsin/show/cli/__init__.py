"""The command line: `tocsin read`, `resolve`, `doctor`."""

from __future__ import annotations

from tocsin.show.cli.main import main

__all__ = ["main"]
