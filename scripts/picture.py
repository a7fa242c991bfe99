"""Make docs/demo.svg, the picture in README.md: what `tocsin read` shows of one example on a colour terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "examples/october-1962/23-troop-estimate.json"
TARGET = ROOT / "docs" / "demo.svg"
WIDTH = 132

FONT_FACE = re.compile(r"@font-face \{[^}]*\}\s*")


def shown() -> str:
    """The terminal's output, with its colours as ANSI sequences."""
    terminal = os.environ | {"COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    command = [str(Path(sys.executable).parent / "tocsin"), "read", EXAMPLE]
    done = subprocess.run(command, cwd=ROOT, env=terminal, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout


def picture(ansi: str) -> str:
    """An SVG of a terminal that shows `ansi`; it fetches no font and is the same for the same output."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, color_system="truecolor", force_terminal=True)
        console.print(Text.from_ansi(ansi), no_wrap=True, crop=True)
        svg = console.export_svg(title=f"tocsin read {EXAMPLE}", theme=MONOKAI, unique_id="tocsin")
    return FONT_FACE.sub("", svg)


if __name__ == "__main__":
    TARGET.write_text(picture(shown()), encoding="utf-8")
