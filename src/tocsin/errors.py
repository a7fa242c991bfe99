"""The exception tree. Every message names the file, the rule or the row, and the remedy.

TocsinError
├── UsageError          the call itself is wrong (exit status 2)
├── SourceError         one source could not be read (exit status 1); the others are read
│   ├── NotFound        no such file, or the address does not answer
│   ├── TooLarge        over the size limit
│   ├── Undecodable     binary, or broken in its own format
│   ├── NoArticle       nothing to read in it
│   └── NotEnglish      another language
├── LexiconError        a data file is wrong: `file: rule: what`
├── LedgerError         the ledger cannot be opened, read or written
└── MissingPart         a model or data file is not installed, and how to get it
"""

from __future__ import annotations


class TocsinError(Exception):
    """Anything that Tocsin says to its user in one line."""


class UsageError(TocsinError):
    """The call is wrong: an unknown format, a date that is none."""


class SourceError(TocsinError):
    """One source could not be read.

    `source` is what the user named and the place in it (a path, a URL, `path:line`, `path: record 12`), `reason` what
    is wrong with it and what to do. Where its bytes were in hand, `raw_hash` is their BLAKE2b of 32 hexadecimal digits
    and `raw_size` their number.
    """

    def __init__(self, source: str, reason: str, raw_hash: str | None = None, raw_size: int | None = None) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason
        self.raw_hash = raw_hash
        self.raw_size = raw_size

    def __reduce__(self) -> tuple[object, ...]:
        """Errors go from one process to another whole."""
        return type(self), (self.source, self.reason, self.raw_hash, self.raw_size)


class NotFound(SourceError):
    """No such file, no permission, or no answer."""


class TooLarge(SourceError):
    """Over the size limit."""


class Undecodable(SourceError):
    """Binary, or broken in its own format."""


class NoArticle(SourceError):
    """Empty, or a page without an article."""


class NotEnglish(SourceError):
    """Written in a language that Tocsin does not read."""


class LexiconError(TocsinError):
    """A data file is wrong. The message is `file: rule: what is wrong`."""


class LedgerError(TocsinError):
    """The ledger cannot be opened, read or written. The message names the ledger, what is wrong and what to do."""


class MissingPart(TocsinError):
    """A model or a data file is not installed; the message says how to get it."""
