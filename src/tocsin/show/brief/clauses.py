"""A claim's evidence, shortened: what is not needed goes, where the rest then says no more than it did.

This is sentence compression by deletion (Jing, *Sentence reduction for automatic text summarization*, ANLP 2000;
Clarke and Lapata, *Global inference for sentence compression*, JAIR 2008), held to the safe cases: an opening
connective; a part behind a comma that opens as a subordinate or adjunct does, and holds neither a mention of the claim
nor a word that doubts, denies or conditions (`guards` of `data/brief.yaml`); the first of two things that a source
says, where the claim is in the second. Nothing else within the span from the first mention of the claim to its last is
touched, and nothing is cut that a pronoun behind it may need.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from tocsin.model import Claim, Mention
from tocsin.show.brief.lexicon import holds, lexicon, opens

BREAK = re.compile(r"[,;]\s|\s[–—-]{1,2}\s|\s_\s")
QUOTES = re.compile(r"``|''|[“”\"]")
WORD = re.compile(r"[\w’'-]+")
AND = re.compile(r"\b(?:and|but)(?:\s+\w+ly|\s+also|\s+further)?\s+$")
DASH = re.compile(r"\s[–—_-]{1,2}\s")
LEAST = 3
"""A part of fewer words is not worth a cut."""

Span = tuple[int, int]


class Edit(NamedTuple):
    """A stretch of the evidence, by offsets into it, and what takes its place."""

    start: int
    end: int
    words: str


def mentions(claim: Claim) -> Iterator[Mention]:
    """All that the claim points at, cues too."""
    yield claim.trigger
    yield from chain(claim.actors, claim.recipients, claim.objects, claim.figures, claim.places, claim.sources)
    yield from (source.cue for source in claim.sources if source.cue)
    if claim.time:
        yield claim.time


def inside(claim: Claim, mention: Mention) -> bool:
    """Whether a mention stands in the evidence."""
    return claim.evidence.start <= mention.start and mention.end <= claim.evidence.end


def needed(claim: Claim) -> list[Span]:
    """The stretches of the evidence that must stay, by offsets into it, in order."""
    at = claim.evidence.start
    return sorted((one.start - at, one.end - at) for one in mentions(claim) if inside(claim, one))


def cuts(claim: Claim) -> list[Edit]:
    """What can go from the evidence, in order, without overlap."""
    text, kept = claim.evidence.text, needed(claim)
    middle = [*_coordinate(claim, text, kept), *_adverbs(claim), *_relatives(claim, text, kept)]
    return settled([*_head(text, kept), *_tail(claim, text, kept), *middle])


def settled(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order; of two that overlap, or add at the same place, the first stays."""
    done: list[Edit] = []
    for edit in sorted(edits):
        if not done or (edit.start >= done[-1].end and edit[:2] != done[-1][:2]):
            done.append(edit)
    return done


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits made."""
    parts, at = [], 0
    for edit in settled(edits):
        parts += [text[at : edit.start], edit.words]
        at = edit.end
    return "".join([*parts, text[at:]])


def quoted(text: str) -> list[Span]:
    """The stretches between quotation marks; one that is not closed runs to the end."""
    found: list[Span] = []
    start = None
    for mark in QUOTES.finditer(text):
        if start is None and mark[0] not in ("''", "”"):
            start = mark.start()
        elif start is not None and mark[0] not in ("``", "“"):
            found.append((start, mark.end()))
            start = None
    return found if start is None else [*found, (start, len(text))]


def breaks(text: str) -> list[int]:
    """Where a part ends: commas, semicolons and dashes outside quotation marks and brackets."""
    closed = [*quoted(text), *((match.start(), match.end()) for match in re.finditer(r"\([^)]*\)", text))]
    return [
        match.start()
        for match in BREAK.finditer(text)
        if not any(start < match.start() < end - 1 for start, end in closed)
    ]


def _free(text: str, start: int, end: int, kept: Sequence[Span]) -> bool:
    """Whether a stretch holds nothing that must stay."""
    return not _overlaps(start, end, kept) and not holds(lexicon().guards, text[start:end])


def _overlaps(start: int, end: int, kept: Sequence[Span]) -> bool:
    return any(a < end and start < b for a, b in kept)


def _head(text: str, kept: Sequence[Span]) -> Iterator[Edit]:
    """The connective that opens the sentence."""
    length = _connective(text)
    if length and not _overlaps(0, length, kept):
        yield Edit(0, length, "")


def _connective(text: str) -> int:
    """The length of the connective that opens a sentence, with what is behind it: a comma, where it is no bare
    conjunction."""
    length = opens(lexicon().connectives, text)
    bare = length == opens(lexicon().conjunctions, text)
    gap = re.match(r",\s*|\s+" if bare else r",\s*", text[length:]) if length else None
    return length + gap.end() if gap else 0


def _tail(claim: Claim, text: str, kept: Sequence[Span]) -> Iterator[Edit]:
    """The end behind the last mention, where it can go: from the first break, or right behind who says so."""
    last = max((end for _, end in kept), default=len(text))
    stop = len(text) - len(re.findall(r"[.!?]?[”\"']*\s*$", text)[0])
    if any(end >= stop for _, end in quoted(text)) or not _stands_alone(claim, text):
        return
    speaker = any(source.end - claim.evidence.start == last for source in claim.sources)
    if speaker and opens(lexicon().relatives, text[last:stop].lstrip(" ,")) and _free(text, last, stop, kept):
        yield Edit(last, stop, "")
        return
    at = next((at for at in breaks(text) if at >= last), None)
    if at is not None and _opening(text[at:stop]) and not _paired(text[:at]) and _free(text, at, stop, kept):
        yield Edit(at, stop, "")


def _paired(before: str) -> bool:
    """Whether a dash before opens what the next one closes."""
    return len(DASH.findall(before)) % 2 == 1


def _stands_alone(claim: Claim, text: str) -> bool:
    """Whether the part of the sentence in which the trigger stands opens as a main clause does, so that the sentence
    still has one when what follows goes."""
    at = claim.trigger.start - claim.evidence.start
    start = max([_connective(text), *(place + 1 for place in breaks(text) if place < at)])
    part = text[start:at].lstrip(" ,;–—-_")
    first = WORD.match(part)
    return first is not None and not opens(lexicon().subordinates, part) and not first[0].lower().endswith("ing")


def _opening(tail: str) -> bool:
    """Whether a stretch opens as one that can be cut off does."""
    bare = tail.lstrip(" ,;–—-_")
    words = WORD.findall(bare)
    if len(words) < LEAST:
        return False
    closed = words[0].endswith("ing") or opens(lexicon().closed, bare)
    return bool(opens(lexicon().openers, bare)) or bool(closed and not breaks(bare))


def _coordinate(claim: Claim, text: str, kept: Sequence[Span]) -> Iterator[Edit]:
    """The first of two things that a source says, between the source, which opens the sentence, and its cue:
    `X [said “A” and] confirmed B`."""
    at = claim.evidence.start
    for source in claim.sources:
        if source.cue is None or not inside(claim, source) or not inside(claim, source.cue):
            continue
        start, end = source.end - at, source.cue.start - at
        first = not text[_connective(text) : source.start - at].strip(" ,")
        if first and start < end and AND.search(text[start:end]) and _said_apart(text, start, end, kept):
            yield Edit(start, end, " ")


def _said_apart(text: str, start: int, end: int, kept: Sequence[Span]) -> bool:
    """Whether what stands between a source and its cue can go: a whole quotation with its verb, to which no pronoun
    behind points back."""
    touched = [(a, b) for a, b in quoted(text) if a < end and start < b]
    whole = bool(touched) and all(start <= a and b <= end for a, b in touched)
    return whole and not _overlaps(start, end, kept) and not holds(lexicon().pronouns.plain, text[end:])


def _adverbs(claim: Claim) -> Iterator[Edit]:
    """A connective right before a cue: `the official [further] warned`."""
    at, text = claim.evidence.start, claim.evidence.text
    for source in claim.sources:
        if source.cue and inside(claim, source) and inside(claim, source.cue):
            start, end = source.end - at, source.cue.start - at
            between = text[start:end] if start < end else ""
            if between.strip() and opens(lexicon().connectives, between.strip()) == len(between.strip()):
                yield Edit(start, end, " ")


def _relatives(claim: Claim, text: str, kept: Sequence[Span]) -> Iterator[Edit]:
    """A relative clause between commas, right behind which something needed stands. A comma stays where it closes
    something else, or comes before whoever says so."""
    sources = {source.start - claim.evidence.start for source in claim.sources}
    for start, end in pairwise(breaks(text)):
        gap = BREAK.match(text, end)
        opening = text[start + 1 : end].lstrip()
        behind = gap is not None and any(a == gap.end() for a, _ in kept)
        relative = text[start] == text[end] == "," and opens(lexicon().relatives, opening)
        if gap and relative and behind and _free(text, start, end, kept):
            stays = text[:start].count(", ") % 2 or gap.end() in sources
            yield Edit(start, end + 1, "," if stays else "")


def of_them(claim: Claim) -> Iterator[Edit]:
    """`of them` behind a figure, where nobody knows whom it means: less is said without it, and nothing else."""
    at, text = claim.evidence.start, claim.evidence.text
    resolved = {one.end - at for one in (*claim.actors, *claim.recipients) if one.antecedent}
    for figure in claim.figures:
        end = figure.end - at
        length = opens(lexicon().after_figures, text[end:].lstrip()) if inside(claim, figure) else 0
        stop = end + length + len(text[end:]) - len(text[end:].lstrip())
        if length and stop not in resolved:
            yield Edit(end, stop, "")
