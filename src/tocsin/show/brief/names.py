"""Whom a word means, so that a sentence can stand alone: pronouns and short forms give way to the earlier name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tocsin.model import Actor, Claim
from tocsin.show.brief.clauses import Edit, inside
from tocsin.show.brief.lexicon import lexicon, lowered
from tocsin.show.plain import one_line

ACRONYM = re.compile(r"\s*\([A-Z][\w.&-]*\)$")
DETERMINER = re.compile(r"(?:the|a|an)\s|.*[’'](?:s\b|\s)", re.IGNORECASE)


def whom(actor: Actor) -> str:
    """The name to show for somebody: the words of the text, or the earlier name that they stand for."""
    said = one_line(actor.text)
    if actor.antecedent is None:
        return said
    meant = ACRONYM.sub("", one_line(actor.antecedent.text))
    if not _stands_for(said, meant):
        return said
    definite = said.lower().startswith("the ") and not is_description(said) and not DETERMINER.match(meant)
    return f"the {meant}" if definite else meant


def _stands_for(said: str, meant: str) -> bool:
    """Whether a word gives way to the name that it stands for: a pronoun, a description, or a shorter name."""
    if said.lower() in pronouns():
        return meant.lower() not in pronouns()
    if is_description(said):
        return any(sign.isupper() for sign in meant) and said.lower() not in meant.lower()
    return len(meant) > len(said)


def is_description(said: str) -> bool:
    """Whether words name nobody, but point at somebody named before: `the official`."""
    return said.lower().startswith("the ") and said[4:] == said[4:].lower()


def pronouns() -> frozenset[str]:
    """All pronouns that may stand for somebody."""
    known = lexicon().pronouns
    return frozenset((*known.plain, *known.possessive))


def replacements(claims: Sequence[Claim], cut: Iterable[Edit]) -> Iterator[Edit]:
    """The names that take the place of pronouns and short forms in the evidence that claims share."""
    gone = list(cut)
    seen: set[int] = set()
    for claim in claims:
        for actor in sorted((*claim.sources, *claim.actors, *claim.recipients), key=lambda one: (one.start, one.end)):
            if actor.antecedent is None or actor.start in seen or not inside(claim, actor):
                continue
            name = whom(actor)
            if name != one_line(actor.text) and not _stands(claim, actor, gone):
                seen.add(actor.start)
                at, text = claim.evidence.start, claim.evidence.text
                yield Edit(actor.start - at, actor.end - at, _fitted(actor, name, text[actor.end - at :]))


def _stands(claim: Claim, actor: Actor, gone: Iterable[Edit]) -> bool:
    """Whether the name that is meant stands before it in what is kept of the evidence."""
    meant, at = actor.antecedent, claim.evidence.start
    if meant is None:
        return True
    before = claim.evidence.text[: actor.start - at]
    start = before.lower().rfind(meant.text.lower())
    start = start if start >= 0 else meant.start - at
    return 0 <= start < actor.start - at and not any(edit.start <= start < edit.end for edit in gone)


def _fitted(actor: Actor, name: str, behind: str) -> str:
    """A name in the place of a word: in square brackets where only the reader took the word for that name."""
    said = one_line(actor.text)
    if said.lower() not in pronouns() and not is_description(said):
        return f"{name}," if "," in name and not re.match(r"\s*[,.;:!?’'”\"]|$", behind) else name
    return f"[{possessive(lowered(name))}]" if said.lower() in lexicon().pronouns.possessive else f"[{lowered(name)}]"


def possessive(name: str) -> str:
    """Somebody's."""
    return f"{name}’" if name.endswith("s") and not name.endswith("ss") else f"{name}’s"


def joined(names: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`, each once."""
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}" if unique else ""
