"""Whom a word means, so that a sentence can stand alone: pronouns and short forms give way to the earlier name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tocsin.model import Actor, Claim
from tocsin.show.brief.clauses import Edit, apply, inside
from tocsin.show.brief.lexicon import lexicon, lowered
from tocsin.show.plain import one_line

ACRONYM = re.compile(r"\s*\([A-Z][\w.&-]*\)$")
DUMMY = re.compile(
    r"\s+(?:is|was|would be|will be|has been|remains|seems)\s+(?:\w+\s+){1,3}(?:to|that|whether|if|when|who)\b"
)
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
        bare = not DETERMINER.match(meant) and meant == meant.lower() and not meant.endswith("s")
        return meant.lower() not in pronouns() and not bare
    if is_description(said):
        apart = said.lower() not in meant.lower() and meant.lower() not in said.lower()
        return apart and any(sign.isupper() for sign in meant)
    return len(meant) > len(said)


def is_description(said: str) -> bool:
    """Whether words name nobody, but point at somebody named before: `the official`."""
    return said.lower().startswith("the ") and said[4:] == said[4:].lower()


def pronouns() -> frozenset[str]:
    """All pronouns that may stand for somebody."""
    known = lexicon().pronouns
    return frozenset((*known.plain, *known.possessive))


def replacements(claims: Sequence[Claim], cut: Iterable[Edit]) -> Iterator[Edit]:
    """The names that take the place of pronouns and short forms in the evidence that claims share, each name once."""
    at, text, gone = claims[0].evidence.start, claims[0].evidence.text, list(cut)
    people = {one.start: one for claim in claims for one in (*claim.sources, *claim.actors, *claim.recipients)
              if inside(claim, one)}  # fmt: skip
    given: set[str] = set()
    for _, actor in sorted(people.items()):
        name, before, behind = whom(actor), text[: actor.start - at], text[actor.end - at :]
        if name == one_line(actor.text) or name in given or not _may_go(actor, behind):
            continue
        if not _stands(name, apply(before, [edit for edit in gone if edit.end <= len(before)])):
            given.add(name)
            cased = lowered(name) if before.strip(" “‘`'\"") else name[:1].upper() + name[1:]
            yield Edit(actor.start - at, actor.end - at, _fitted(actor, cased, behind))


def _may_go(actor: Actor, behind: str) -> bool:
    """Whether a word can give way: not the speaker's own, no part of a contraction, no `it` that stands for what
    follows."""
    said = actor.text.lower()
    part = said in pronouns() and (behind[:1] in ("'", "’") or (said == "it" and DUMMY.match(behind)))
    return actor.text not in lexicon().pronouns.own and not part


def _stands(name: str, before: str) -> bool:
    """Whether somebody is named already in what stands before: by the whole name, or by its last word."""
    last = re.findall(r"\w+", name)[-1:]
    named = bool(last) and last[0][:1].isupper() and re.search(rf"\b{re.escape(last[0])}\b", before)
    return bool(named) or name.lower() in before.lower()


def _fitted(actor: Actor, name: str, behind: str) -> str:
    """A name in the place of a word. What only the reader took for that name has square brackets: a pronoun goes, a
    description (`the official`) stays before them."""
    said = one_line(actor.text)
    if is_description(said):
        return f"{said} [{lowered(name)}]"
    if said.lower() not in pronouns():
        return f"{name}," if "," in name and not re.match(r"\s*[,.;:!?’'”\"]|$", behind) else name
    return f"[{possessive(name)}]" if said.lower() in lexicon().pronouns.possessive else f"[{name}]"


def possessive(name: str) -> str:
    """Somebody's."""
    return f"{name}’" if name.endswith("s") and not name.endswith("ss") else f"{name}’s"


def joined(names: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`, each once."""
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}" if unique else ""
