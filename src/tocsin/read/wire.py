"""The patterns of datelines and bylines. Every repeat is bounded and every choice is settled at its first character,
so that no input makes them slow; what a match means is decided in `header`."""

from __future__ import annotations

import re
from functools import cached_property

from tocsin.read.dates import CLOCK, MONTH, WEEKDAY, WRITTEN

HEAD = 600
"""A head ends within so many characters."""

UPPER = "A-ZÀ-ÖØ-ÞĀ-ɏ"
"""Capitals, as the inside of a character class; of the rarer Latin letters the small ones as well, to keep it short."""

LETTER = r"[^\W\d_]"
SMALL = r"(?:of|the|and|de|del|da|do|di|la|le|el|al|es|du|des|den|der|von|van|in|near|on|sur|upon|am|as|ez|bin|au)"
"""Words that stand in small letters inside a name."""

CAPS_WORD = rf"(?:[{UPPER}](?:[{UPPER}]|['’.](?!\s*\Z)){{0,30}}+(?![^\W\d_]))"
TITLE_WORD = rf"(?:[{UPPER}](?:{LETTER}|['’.]){{0,30}}+)"
CAPS_PLACE = rf"{CAPS_WORD}(?:(?:[ ]|\\?/|-){{1,2}}(?:{CAPS_WORD}|{SMALL}(?=[ -][{UPPER}]))){{0,6}}"
TITLE_PLACE = rf"{TITLE_WORD}(?:(?:[ ]|\\?/|-)(?:{TITLE_WORD}|{SMALL}(?=[ -][{UPPER}])|{LETTER}{{1,12}}+(?=-))){{0,4}}"
NO_DAY = rf"(?!(?i:{MONTH}|{WEEKDAY}))"
REGION = (
    rf"(?:,[ ]{{1,2}}{NO_DAY}(?P<region>{TITLE_WORD}(?:[ -](?:{TITLE_WORD}|{SMALL}(?=[ -][{UPPER}]))){{0,3}})"
    rf"(?:,[ ]{NO_DAY}{TITLE_WORD}(?:[ ]{TITLE_WORD}){{0,2}})?|[ ]\((?P<country>[{UPPER}][^()\n]{{1,30}})\))?"
)
ON_DAY = rf"(?:[,.]?[ ]{{1,2}}(?P<date>{WRITTEN})(?:[ ]{{1,2}}(?:{CLOCK}))?)?"
CREDIT = rf"(?:[ \t]?\(\s?(?P<agency>[{UPPER}a-z0-9][^()]{{1,45}}?)\s?\)|[.,]?[ ]/(?P<slashed>[A-Z][A-Za-z-]{{1,20}})/)"
DASH = r"(?P<dash>\s{0,2}(?:--|[-–—―_\x96\x97])\s{0,3}|(?<=/)\s?[.-]{1,2}\s{0,3}|(?<=\)):\s)"


class _Pattern:
    """A pattern that is compiled when it is first needed: all together take a tenth of a second, which a call that
    reads no text should not have to wait for."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        """The pattern. Months may be in capitals, so dates ignore case; all else does not."""
        words = self.pattern.replace(WRITTEN, f"(?i:{WRITTEN})").replace(CLOCK, f"(?:{CLOCK})")
        return re.compile(words, re.VERBOSE)

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """As of `re`."""
        return self._compiled.match(text, at)

    def search(self, text: str, at: int, end: int) -> re.Match[str] | None:
        """As of `re`."""
        return self._compiled.search(text, at, end)


DATE = _Pattern(rf"(?:{WRITTEN}|[0-3]?[0-9]\b)")
"""A date, or the number of a day."""

CAPS_CREDITED = _Pattern(rf"(?P<place>{CAPS_PLACE}){REGION}{ON_DAY}(?:[ ]?--)?{CREDIT}{DASH}?")
"""SEOUL (Reuters) – / NAIROBI, Kenya (AP) _ / TOKYO (JAPAN), 7 DEC 89 (KYODO) -- / MOSCOW, Dec. 23. /TASS/."""

TITLE_CREDITED = _Pattern(rf"(?P<place>{TITLE_PLACE}){REGION}{ON_DAY}{CREDIT}{DASH}?")
"""Paris (AFP) – / Pyongyang, August 8 (KCNA) --"""

SMALL_CREDITED = _Pattern(
    rf"(?P<place>{LETTER}[\w.'’/-]{{1,20}}(?:[ ]{LETTER}[\w.'’/-]{{1,20}}){{0,3}})"
    rf"(?:,[ ](?P<region>{LETTER}[\w.]{{1,20}}(?:[ ]{LETTER}{{1,20}}){{0,2}}))?"
    rf"{ON_DAY}[ ]\((?P<agency>[^()\n]{{2,30}})\){DASH}"
)
"""seoul (reuters) - , in a text without capitals"""

CREDIT_ALONE = _Pattern(rf"(?P<date>{WRITTEN})?[ ]?\(\s?(?P<agency>[{UPPER}][^()\n]{{1,30}}?)\s?\){DASH}?")
"""(CNN) -- / June 30 (Reuters) -"""

CAPS_BARE = _Pattern(
    rf"(?P<place>{CAPS_PLACE}){REGION}{ON_DAY}"
    r"(?P<mark>\s{0,2}(?:--|[–—―\x97])\s{0,3}|\s{0,2}[-_]\s{1,3}|:[ ])"
)
"""BEIRUT — / LONDON, Oct 3 — / DETROIT - / ISLAMABAD: """

TITLE_BARE = _Pattern(rf"(?P<place>{TITLE_PLACE}){REGION}{ON_DAY}[ ](?:--|[–—-])[ ]")
"""Beirut, Lebanon – / London, Oct 3 - """

DAY_FIRST = _Pattern(rf"(?P<date>{WRITTEN})[ ]\((?P<place>{CAPS_PLACE})\){DASH}")
"""December 23, 2024 (KHARTOUM) –"""

STAMPED = _Pattern(rf"(?:(?P<place>{CAPS_PLACE}){REGION}|(?P<day>{WRITTEN}))[ ]\|[ ](?P<date>{WRITTEN})(?:[ ]{CLOCK})?")
"""CHICAGO | Tue Aug 30, 2011 12:08 am EDT"""

PRESS_RELEASE = _Pattern(
    rf"(?P<place>{CAPS_PLACE}){REGION}{ON_DAY}[ ]?(?:--|—)[ ]?\((?P<agency>[A-Z][A-Za-z ]{{2,30}}?)"
    rf"(?:[ ]-[ ](?P<filed>{WRITTEN}))?\)[ ]?(?:--|[–—-])[ ]{{0,2}}"
)
"""LEEDS, KY--(Marketwire - December 23, 2010) - """

DATE_LINE = _Pattern(
    r"(?:(?i:first[ ])?(?i:published|updated|last[ ]updated|last[ ]modified|posted|created|date|filed)"
    r"(?i:[ ](?:on|at))?:?[ ]{1,2})?"
    rf"(?:{CLOCK},?[ ](?i:on[ ])?)?(?P<date>{WRITTEN})(?:,?[ ](?i:at[ ])?(?:[|][ ])?{CLOCK})?[ \t]*(?=\n|\Z|[ ][|][ ])"
)
"""A line that is a date: Dec 23, 2024 / Updated 3:15 PM EST, Mon December 23, 2024; or the date before " | "."""

STAMP = _Pattern(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day[ ](?P<date>[0-3]?[0-9][ ][A-Z][a-z]{2,8}[ ](?:19|20)[0-9]{2})[ ]"
    r"[0-2][0-9][.:][0-5][0-9][ ](?:GMT|BST|UTC)\b"
)
"""A page's own stamp between headline and report: Tuesday 1 February 2005 02.38 GMT"""

NAME = rf"(?:{TITLE_WORD}(?:-{TITLE_WORD})?)"
NAMES = rf"{NAME}(?:[ ](?:{NAME}|{SMALL}(?=[ ][{UPPER}]))){{1,4}}"
BY = r"(?:By|BY|From|FROM|Reporting[ ]by|Written[ ]by|Story[ ]by)[ ]"
BYLINE = _Pattern(
    rf"(?P<by>{BY}(?P<names>{NAMES}(?:(?:,[ ](?:and[ ])?|[ ](?:and|AND|&)[ ]|[ ]in[ ]){NAMES}?(?:{NAME})?){{0,6}}))"
)
"""By Ann Poole / By ANN POOLE and TOM REED / By Ann Poole in Varna"""

BY_ANYBODY = re.compile(r"(?:By|BY|by) (?P<names>[^\n]{3,110})(?=\n|\Z)")
"""A whole line that begins with "By"; whether it is a byline depends on its words."""

LABELS = re.compile(r"\s{0,4}\[[^\[\]]{1,300}\]\s{0,4}")
"""[TEXT], [INTERVIEW WITH …]: what a monitoring service sets before the text."""

SENTENCE_BEGINS = re.compile(rf"[\"'“‘`(\[$£€\\*…]{{0,3}}(?:[{UPPER}0-9]|al-|el-|de |van )")
"""A report begins with a capital, a number or a quotation."""

WORD_STARTS = re.compile(rf"(?:(?<=\s)|(?<=[.!?”\"'’]))[{UPPER}(]")


def skip_space(text: str, at: int) -> int:
    """The offset of the first character from `at` that is not white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def line_end(text: str, at: int) -> int:
    """The offset of the end of the line that holds `at`."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end
