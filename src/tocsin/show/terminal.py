"""The terminal that everything is printed on."""

from __future__ import annotations

from typing import IO

from rich.console import Console


class Terminal(Console):
    """A console that colours nothing by itself and reads no markup. That a reader hangs up is for the caller."""

    def __init__(self, *, stderr: bool = False, file: IO[str] | None = None) -> None:
        super().__init__(stderr=stderr, file=file, highlight=False, markup=False, emoji=False)

    def on_broken_pipe(self) -> None:
        """Let the `BrokenPipeError` through, where rich would end the program."""
        raise BrokenPipeError
