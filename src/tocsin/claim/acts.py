"""Acts done by saying so: a spokesman who says that a move "would be unacceptable" disapproves of it by these words, so
that nobody but the article tells of the disapproval. Had he said "we disapprove", it would be his report of an act.

After Austin (How to Do Things with Words, 1962): an act is performed in the utterance where its doer is the speaker and
the words themselves have another subject.
"""

from __future__ import annotations

from collections.abc import Collection

from tocsin.claim.chains import Chain
from tocsin.claim.parties import speaks_of_itself
from tocsin.understand.grammar import ALL_SUBJECTS
from tocsin.understand.parse import Parse


def reporters(parse: Parse, head: int, chain: Chain, doers: Collection[int]) -> Chain:
    """Those of the chain of the event at `head` who report it: without the innermost where that does the event by what
    it says. `doers` are the head tokens of the event's actors."""
    if not chain or not any(voucher.head in doers for voucher in chain[-1]):
        return chain
    if parse.pos[head] == "NOUN" and not is_predicate(parse, head):
        return chain
    speaker, cue = chain[-1][0].head, chain[-1][0].cue
    subject = _subject_above(parse, head, cue)
    return chain[:-1] if subject >= 0 and not speaks_of_itself(parse, speaker, subject) else chain


def is_predicate(parse: Parse, noun: int) -> bool:
    """Whether a noun is said of the subject ("the move is a mistake", "a propaganda stunt"), not a thing beside what is
    said ("decided after two interviews", "will send a request")."""
    k = parse.head[noun] if parse.dep[noun] == "compound" else noun
    return parse.dep[k] in ("attr", "ROOT", "oprd", "acomp")


def _subject_above(parse: Parse, head: int, cue: tuple[int, int]) -> int:
    """The subject of the nearest clause around `head` that has one, below the cue; -1 where none has."""
    for k in (head, *parse.ancestors(head)):
        if cue[0] <= k < cue[1]:
            return -1
        for child in parse.children[k]:
            if parse.dep[child] in ALL_SUBJECTS and child != head and parse.pos[k] in ("VERB", "AUX"):
                return child
    return -1
