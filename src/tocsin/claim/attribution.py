"""Who says what: every attribution of a text, with source, cue and content.

Three ways lead from a cue to its content: the frames of a predicate in the tree ("said that ...", "called for ..."),
the marks of a quotation beside a verb of speech, and a phrase that names the source ("according to ...").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tocsin.claim.embedding import (
    Embedding,
    adjective_embeddings,
    clause_embeddings,
    noun_embeddings,
    strayed_from,
    verb_cue,
    verb_embeddings,
)
from tocsin.claim.quotations import Quotation, quotations
from tocsin.claim.sources import cues
from tocsin.claim.speech import Named, Speech, announced, inserted, named_source, speeches_of
from tocsin.claim.strays import stray_clauses, verb_taken_for_noun
from tocsin.claim.subjects import subject_of
from tocsin.understand.grammar import ALL_SUBJECTS, SPEAKING, TENSED
from tocsin.understand.parse import Parse

OPENERS = frozenset({"PRON", "DET", "PROPN", "NOUN", "ADJ", "SCONJ", "NUM", "VERB"})
"""What a clause without a conjunction begins with."""

SPEAKERS = frozenset({"i", "we", "you", "us", "me"})
"""Persons of a conversation: outside quotations they are the writer and the reader, who are no sources."""

TOLD = ("clause", "to", "object")
"""Frames of what a verb of saying passes on, the most telling first."""


class FoundAttribution(NamedTuple):
    """One attribution. `source_head`: token of the source's head noun, -1 where none is named. `cue` and `content`:
    token ranges, end-exclusive."""

    source_head: int
    cue: tuple[int, int] | None
    content: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scan:
    """All that one pass over the text finds: `embedded[i]` are the complements of token `i`, `quote_at[i]` the index
    of the speech that holds it or -1, `marks` all quotations, speech or not. `strays[i]` is what reaches token `i` from
    a verb of saying under which it does not hang."""

    embedded: dict[int, list[Embedding]]
    speeches: list[Speech]
    named: list[Named]
    quote_at: list[int]
    marks: list[Quotation]
    strays: dict[int, Embedding]


def scan(parse: Parse) -> Scan:
    """Find every embedding, quotation and source phrase of a text."""
    lex = cues()
    embedded: dict[int, list[Embedding]] = {}
    named: list[Named] = []
    strays: dict[int, Embedding] = {}
    pos, lemma, lower = parse.pos, parse.lemma, parse.lower
    for i in range(len(parse)):
        p = pos[i]
        if p == "VERB":
            if lemma[i] in lex.verbs:
                found = verb_embeddings(parse, i, lex)
                if found:
                    embedded[i] = found
                for stray in stray_clauses(parse, i, found, lex):
                    strays[stray.child] = stray  # the nearest verb of saying is the last
        elif p == "NOUN":
            if lemma[i] in lex.nouns:
                found = noun_embeddings(parse, i, lex)
                if found:
                    embedded[i] = found
            elif lemma[i] in lex.verbs:
                found = verb_taken_for_noun(parse, i, lex)
                if found:
                    embedded[i] = found
        elif p == "ADJ" and lower[i] in lex.adjectives:
            found = adjective_embeddings(parse, i, lex.adjectives[lower[i]])
            if found:
                embedded[i] = found
        if (p == "VERB" or p == "AUX") and parse.dep[i] in ("acl", "relcl"):
            host = strayed_from(parse, i, lex)
            if host >= 0:
                embedded.setdefault(host, []).extend(clause_embeddings(parse, host, i, lex))
        if lower[i] in lex.phrases:
            hit = named_source(parse, i, lex)
            if hit:
                named.append(hit)
        elif p == "VERB" and lemma[i] in lex.speech and i not in embedded:
            hit = inserted(parse, i, lex)
            if hit:
                named.append(hit)
    named += [hit for first, last in parse.sents if (hit := announced(parse, first, last)) is not None]
    marks = quotations(parse)
    speeches, quote_at = speeches_of(parse, marks, lex)
    named = [inside(parse, hit, embedded) for hit in named]
    spoken = {speech.cue for speech in speeches}
    named = [hit for hit in named if hit.cue not in spoken]
    return Scan(embedded, speeches, named, quote_at, marks, strays)


def inside(parse: Parse, hit: Named, embedded: dict[int, list[Embedding]]) -> Named:
    """An inner source of a verb of saying is moved to what that says: "the radio, citing officials, said that ..."."""
    if hit.inner:
        told = [e for e in embedded.get(hit.clause, ()) if e.frame in TOLD and e.vouches]
        if told:
            return hit._replace(clause=min(told, key=lambda e: TOLD.index(e.frame)).child, reported=True)
        above = embedded.get(parse.head[hit.clause], ())
        return hit._replace(reported=any(e.child == hit.clause and e.vouches for e in above))
    return hit


def find_attributions(parse: Parse, found: Scan | None = None) -> list[FoundAttribution]:
    """Every attribution in the text, in the order of its content. `found` is the text's scan where there is one."""
    if found is None:
        found = scan(parse)
    rows: list[FoundAttribution] = []
    quoted: dict[tuple[int, int], int] = {}
    for speech in found.speeches:
        q = speech.quotation
        if speech.cue is None and rows:
            last = rows[-1]
            rows[-1] = last._replace(content=(last.content[0], q.end))
            continue
        if speech.cue is not None and speech.cue in quoted:
            n = quoted[speech.cue]
            a, b = rows[n].content
            rows[n] = rows[n]._replace(content=(min(a, q.start), max(b, q.end)))
            continue
        if speech.cue is not None:
            quoted[speech.cue] = len(rows)
        rows.append(FoundAttribution(speech.source, speech.cue, (q.start, q.end)))
    speaking = {cue[0] for cue in quoted}
    for at in sorted(found.embedded):
        if found.quote_at[at] < 0 and is_asserted(parse, at):
            rows += predicate_rows(parse, found.embedded[at], speaking)
    phrases = [named for named in found.named if parse.word[named.cue[0]] != ":"]
    rows += [row for named in phrases if (row := phrase_row(parse, named)) is not None]
    rows += loose_rows(parse, found, {row.cue for row in rows})
    rows += colon_rows(parse, found)
    holder: list[Quotation | None] = [None] * len(parse)
    for q in found.marks:
        holder[q.start : q.end] = [q] * (q.end - q.start)
    rows = outermost(parse, [row._replace(content=closed(row.content, holder)) for row in rows], found)
    return sorted(rows, key=lambda row: (row.content, row.source_head))


def outermost(parse: Parse, rows: list[FoundAttribution], found: Scan) -> list[FoundAttribution]:
    """The attributions without those whose cue stands inside what another reports: they are part of its words."""
    inside = [False] * len(parse)
    for a, b in (row.content for row in rows if row.cue is not None and is_report(parse, row, found)):
        inside[a:b] = [True] * (b - a)
    return [row for row in rows if row.cue is None or not inside[row.cue[0]] or is_report(parse, row, found, own=True)]


def is_report(parse: Parse, row: FoundAttribution, found: Scan, own: bool = False) -> bool:
    """Whether an attribution reports a clause or a quotation, and not a stance. With `own`, whether its cue is a
    parenthesis that lies inside its own content ("The rebels, he said, have left")."""
    assert row.cue is not None
    a, b = row.content
    if own:
        return a <= row.cue[0] < b
    frames = [e.frame for e in found.embedded.get(row.cue[0], ()) if e.cue == row.cue]
    return not frames or "clause" in frames


def colon_rows(parse: Parse, found: Scan) -> list[FoundAttribution]:
    """A name and a colon at the head of a sentence, as headlines and transcripts have it: "Blair: we will win"."""
    rows = []
    for first, last in parse.sents:
        for i in range(first + 1, min(first + 6, last - 2)):
            if parse.word[i] != ":":
                continue
            at = parse.entity_at[i - 1]
            person = at >= 0 and parse.entities[at].label in SPEAKING and parse.entities[at].start <= first + 2
            content = trimmed(parse, i + 1, last)
            if person and content and found.quote_at[first] < 0:
                rows.append(FoundAttribution(i - 1, (i, i + 1), content))
            break
    return rows


def closed(content: tuple[int, int], holder: list[Quotation | None]) -> tuple[int, int]:
    """A content that ends inside a quotation which it opened, drawn out to that quotation's end. `holder` gives for
    each token the quotation around it."""
    a, b = content
    q = holder[b - 1]
    return (a, q.end) if q is not None and a <= q.start and b < q.end else content


def loose_rows(parse: Parse, found: Scan, used: set[tuple[int, int] | None]) -> list[FoundAttribution]:
    """Verbs of saying whose clause the parser did not hang under them: what follows to the end of the sentence, where
    that has a finite verb and the cue a subject before it."""
    lex = cues()
    rows = []
    for i in range(len(parse)):
        if parse.pos[i] != "VERB" or parse.lemma[i] not in lex.speech or parse.tag[i] not in TENSED:
            continue
        if i in found.embedded or found.quote_at[i] >= 0 or verb_cue(parse, i) in used or not is_asserted(parse, i):
            continue
        frame = lex.verbs[parse.lemma[i]].get("clause")
        last = parse.sents[parse.sent[i]][1]
        preceded = any(parse.dep[k] == "nsubj" and k < i for k in parse.children[i])
        if frame is None or not frame.attributes or not preceded:
            continue
        if i + 2 >= last or parse.pos[i + 1] not in OPENERS or parse.dep[i + 1] == "prt":
            continue
        if not any(parse.tag[k] in TENSED or parse.tag[k] == "MD" for k in range(i + 2, last)):
            continue
        content = trimmed(parse, i + 1, last)
        source = subject_of(parse, i)
        if content and source >= 0 and parse.lower[source] not in SPEAKERS:
            rows.append(FoundAttribution(source, verb_cue(parse, i), content))
    return rows


def is_asserted(parse: Parse, cue: int) -> bool:
    """Whether the text says that somebody did say or think it: not "did not say", "may say", "to say"."""
    return not any(
        parse.dep[k] == "neg" or (parse.dep[k] == "aux" and parse.tag[k] in ("MD", "TO")) for k in parse.children[cue]
    )


def predicate_rows(parse: Parse, embeddings: list[Embedding], quoted: set[int]) -> list[FoundAttribution]:
    """The attributions that one predicate makes; a cue whose quotation was found already makes no other."""
    rows = []
    cue_used = False
    order = sorted(embeddings, key=lambda e: (e.frame != "clause", e.frame != "to", e.frame == "object"))
    for e in order:
        if e.manner is None or not e.attributes or cue_used or e.governor in quoted:
            continue
        if e.source >= 0 and parse.lower[e.source] in SPEAKERS:
            continue
        if parse.pos[e.governor] == "NOUN" and not is_subject_matter(parse, e):
            continue
        content = content_span(parse, e)
        if content is None:
            continue
        cue_used = True
        rows.append(FoundAttribution(e.source, e.cue, content))
    return rows


def is_subject_matter(parse: Parse, e: Embedding) -> bool:
    """Whether a noun with a complement is a report of its own, and not the object of what another verb says: it is a
    subject, it has a clause and a source, or it is a stance that vouches for nothing."""
    if parse.dep[e.governor] in ALL_SUBJECTS or not e.vouches:
        return True
    return e.source >= 0 and e.frame in ("clause", "to") and parse.dep[e.governor] != "pobj"


def content_span(parse: Parse, e: Embedding) -> tuple[int, int] | None:
    """The token range of an embedded complement, without the cue, the source beside it and the punctuation around."""
    a, b = parse.left[e.child], parse.right[e.child] + 1
    g = e.governor
    if e.source < 0 and e.frame in ("to", "name", "as"):
        a = min([a, *(parse.left[k] for k in parse.children[g] if parse.dep[k] in ALL_SUBJECTS and k < g)])
    elif e.frame in ("as", "name"):
        a = min([a, *(parse.left[k] for k in parse.children[g] if parse.dep[k] == "dobj" and k > g)])
    if a <= g < b and e.source >= 0:
        if e.child < g:
            b = g
            if e.source >= 0 and a < e.source < g:
                b = min(b, parse.left[e.source])
        else:
            a = g + 1
    return trimmed(parse, a, b)


def trimmed(parse: Parse, a: int, b: int) -> tuple[int, int] | None:
    """A token range without punctuation at its ends; quotation marks stay."""
    while a < b and parse.pos[a] in ("PUNCT", "SPACE") and parse.word[a] not in ('"', "'", "(", "["):
        a += 1
    while b > a and parse.pos[b - 1] in ("PUNCT", "SPACE") and parse.word[b - 1] not in ('"', "'", ")", "]"):
        b -= 1
    return (a, b) if b > a else None


def phrase_row(parse: Parse, named: Named) -> FoundAttribution | None:
    """The attribution of a source phrase: the clause it speaks for, without the phrase where that ends or opens it."""
    a, b = parse.left[named.clause], parse.right[named.clause] + 1
    i = named.cue[0]
    end = max(parse.right[named.source] + 1, named.cue[1])
    if i - a <= 2:
        a = max(a, end)
    elif b - end <= 2 or a <= i < b:
        b = i if b - end <= 3 else b
    content = trimmed(parse, a, b)
    return FoundAttribution(named.source, named.cue, content) if content else None
