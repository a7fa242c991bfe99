"""Who says what: every attribution of a text, with source, cue and content.

Three ways lead from a cue to its content: the frames of a predicate in the tree ("said that ...", "called for ..."),
the marks of a quotation beside a verb of speech, and a phrase that names the source ("according to ..."). All three
end in an `Embedding`, which is what `vouching` passes down the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tocsin.claim.quotations import Quotation, quotations
from tocsin.claim.sources import Cues, Effect, Frame, cues
from tocsin.model import Manner
from tocsin.understand.parse import Parse

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSES = frozenset({"ccomp", "xcomp"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
INSERTED = frozenset({"parataxis", "ccomp", "conj", "advcl", "dep"})
SPEAKERS = frozenset({"i", "we", "you", "us", "me"})
"""Persons of a conversation: outside quotations they are the writer and the reader, who are no sources."""
FINITE = frozenset({"VBD", "VBZ", "VBP"})
OPENERS = frozenset({"PRON", "DET", "PROPN", "NOUN", "ADJ", "SCONJ", "NUM", "VERB"})
"""What a clause without a conjunction begins with."""

SPEAKING = frozenset({"PERSON", "ORG", "NORP"})
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
REACH = 12
"""Tokens before a quotation's mark in which its verb of speech is looked for."""

REACH_AFTER = 28
"""The same after a quotation, where the speaker with office and age may come first."""


class FoundAttribution(NamedTuple):
    """One attribution. `source_head`: token of the source's head noun, -1 where none is named. `cue` and `content`:
    token ranges, end-exclusive."""

    source_head: int
    cue: tuple[int, int] | None
    content: tuple[int, int]


class Embedding(NamedTuple):
    """What a predicate passes to one complement. `child`: head token of the complement; `source`: head token of who
    vouches (-1: nobody named); `manner` is `None` where the predicate brings in no source at all."""

    governor: int
    child: int
    frame: str
    effect: Effect
    manner: Manner | None
    vouches: bool
    attributes: bool
    source: int
    cue: tuple[int, int]


@dataclass(slots=True)
class Speech:
    """A quotation with the one who speaks. `cue` is `None` where the quotation stands free and the speaker is that of
    the one before."""

    quotation: Quotation
    source: int
    cue: tuple[int, int] | None
    manner: Manner
    parts: list[Quotation] = field(default_factory=list)


class Named(NamedTuple):
    """A phrase that names a source: its own token range (cue), the source's head and the clause it speaks for."""

    cue: tuple[int, int]
    source: int
    clause: int
    manner: Manner


@dataclass(frozen=True, slots=True)
class Scan:
    """All that one pass over the text finds: `embedded[i]` are the complements of token `i`, `quote_at[i]` the index
    of the speech that holds it or -1, `marks` all quotations, speech or not."""

    embedded: dict[int, list[Embedding]]
    speeches: list[Speech]
    named: list[Named]
    quote_at: list[int]
    marks: list[Quotation]


def scan(parse: Parse) -> Scan:
    """Find every embedding, quotation and source phrase of a text."""
    lex = cues()
    embedded: dict[int, list[Embedding]] = {}
    named: list[Named] = []
    pos, lemma, lower = parse.pos, parse.lemma, parse.lower
    for i in range(len(parse)):
        p = pos[i]
        if p == "VERB":
            if lemma[i] in lex.verbs:
                found = verb_embeddings(parse, i, lex)
                if found:
                    embedded[i] = found
        elif p == "NOUN":
            if lemma[i] in lex.nouns:
                found = noun_embeddings(parse, i, lex)
                if found:
                    embedded[i] = found
        elif p == "ADJ" and lower[i] in lex.adjectives:
            found = adjective_embeddings(parse, i, lex.adjectives[lower[i]])
            if found:
                embedded[i] = found
        if lower[i] in lex.phrases:
            hit = named_source(parse, i, lex)
            if hit:
                named.append(hit)
        elif p == "VERB" and lemma[i] in lex.speech and i not in embedded:
            hit = inserted(parse, i, lex)
            if hit:
                named.append(hit)
    marks = quotations(parse)
    speeches, quote_at = speeches_of(parse, marks, lex)
    spoken = {speech.cue for speech in speeches}
    named = [hit for hit in named if hit.cue not in spoken]
    return Scan(embedded, speeches, named, quote_at, marks)


# ---- predicates ------------------------------------------------------------------------------------------------------


def verb_embeddings(parse: Parse, i: int, lex: Cues) -> list[Embedding]:
    """The complements of a verb that its frames know."""
    key = parse.lemma[i]
    children = parse.children[i]
    dep = parse.dep
    passive = agent = False
    for k in children:
        d = dep[k]
        if d == "prt":
            phrasal = f"{key} {parse.lower[k]}"
            key = phrasal if phrasal in lex.verbs else key
        elif d == "auxpass" or d == "nsubjpass":
            passive = True
        elif d == "agent":
            agent = True
    if parse.tag[i] == "VBN" and not passive and dep[i] in ("acl", "amod"):
        passive = True
    row = lex.verbs[key]
    if passive and not agent and key in lex.passives:
        row = row | lex.passives[key]
    hits = [(k, name, row[name]) for k, name in complements(parse, i, passive) if name in row]
    if not hits:
        return []
    named = key not in lex.raising and any(frame.manner for _, _, frame in hits)
    source = subject_of(parse, i, passive) if named else -1
    cue = verb_cue(parse, i)
    found = []
    for k, name, frame in hits:
        effect, manner = frame.effect, frame.manner
        if passive and source < 0 and effect == "fact" and name in ("to", "clause") and manner:
            effect = "possible"
        wide = wider_cue(parse, i, k, name, cue)
        found.append(Embedding(i, k, name, effect, manner, frame.vouches, frame.attributes, source, wide))
    return found


def complements(parse: Parse, i: int, passive: bool) -> list[tuple[int, str]]:
    """The complements of a verb: head token and name of the frame each would fill."""
    found = []
    dep, tag = parse.dep, parse.tag
    for k in parse.children[i]:
        d = dep[k]
        if d in CLAUSES:
            found.append((k, clause_frame(parse, k)))
        elif d == "dobj" or (d == "nsubjpass" and passive):
            found.append((k, "object"))
        elif d == "oprd":
            found.append((k, "name"))
        elif d == "prep":
            name = parse.lower[k]
            for o in parse.children[k]:
                if dep[o] in ("pobj", "pcomp"):
                    found.append((o, name))
        elif d == "dative" and parse.pos[k] == "ADP":
            continue
        elif d == "advcl" and tag[k] == "VB" and has_to(parse, k) and (has_for(parse, k) or not has_subject(parse, k)):
            found.append((k, "to"))
    return found


def clause_frame(parse: Parse, k: int) -> str:
    """Which frame a clause fills: `to`, `ing` or `clause`."""
    if has_to(parse, k):
        return "to"
    tag = parse.tag[k]
    if tag == "VBG" and not any(parse.dep[c] == "aux" for c in parse.children[k]):
        return "ing"
    if tag == "VB" and parse.dep[k] == "xcomp":
        return "to"
    return "clause"


def has_to(parse: Parse, k: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(parse.dep[c] == "aux" and parse.lower[c] == "to" for c in parse.children[k])


def has_for(parse: Parse, k: int) -> bool:
    """Whether an infinitive has its subject after "for" ("for the troops to leave")."""
    return any(parse.dep[c] == "mark" and parse.lower[c] == "for" for c in parse.children[k])


def has_subject(parse: Parse, k: int) -> bool:
    """Whether a verb has a subject of its own."""
    return any(parse.dep[c] in SUBJECTS for c in parse.children[k])


def subject_of(parse: Parse, i: int, passive: bool = False) -> int:
    """The head token of who does what verb `i` says, -1 where nobody is named: its subject or agent, the noun that a
    relative or participial clause describes, the subject of the verb it is joined to or depends on."""
    seen = 0
    while seen < 8:
        seen += 1
        if passive:
            return agent_of(parse, i)
        for k in parse.children[i]:
            if parse.dep[k] in ("nsubj", "expl"):
                return antecedent(parse, i, k)
        d, h = parse.dep[i], parse.head[i]
        if h == i:
            return -1
        if d in ("relcl", "acl"):
            return h if parse.pos[h] in NOUNS else -1
        if d in ("conj", "advcl", "xcomp", "dep", "ccomp"):
            i = h
            passive = d != "conj" and False
            if parse.pos[i] in NOUNS:
                return i
            if any(parse.dep[k] == "nsubjpass" for k in parse.children[i]):
                return next(antecedent(parse, i, k) for k in parse.children[i] if parse.dep[k] == "nsubjpass")
            continue
        if d == "pcomp":
            g = parse.head[h]
            if parse.lower[h] == "as":
                told = [k for k in parse.children[g] if parse.dep[k] in ("dobj", "nsubjpass")]
                if told:
                    return told[0]
            if parse.pos[g] in NOUNS:
                return g
            i = g
            continue
        return -1
    return -1


def agent_of(parse: Parse, i: int) -> int:
    """The noun after "by" of a passive, or -1."""
    for k in parse.children[i]:
        if parse.dep[k] == "agent":
            for o in parse.children[k]:
                if parse.dep[o] == "pobj":
                    return o
    return -1


def antecedent(parse: Parse, verb: int, subject: int) -> int:
    """The noun that a relative pronoun stands for; any other subject is itself."""
    if parse.lower[subject] in RELATIVES and parse.dep[verb] == "relcl":
        return parse.head[verb]
    return subject


def verb_cue(parse: Parse, i: int) -> tuple[int, int]:
    """The token range of a verb used as a cue: with its particle."""
    end = i + 1
    if end < len(parse) and parse.dep[end] == "prt" and parse.head[end] == i:
        end += 1
    return i, end


def wider_cue(parse: Parse, i: int, child: int, name: str, cue: tuple[int, int]) -> tuple[int, int]:
    """The cue with the preposition that leads to the content, where that stands beside it."""
    p = parse.head[child]
    if name not in ("clause", "to", "ing", "object") and p == cue[1]:
        return cue[0], p + 1
    return cue


def noun_embeddings(parse: Parse, i: int, lex: Cues) -> list[Embedding]:
    """The complements of a noun: "the claim that", "a plan to", "threat of", "peace plan"."""
    found = []
    row = lex.nouns[parse.lemma[i]]
    dep = parse.dep
    for k in parse.children[i]:
        d = dep[k]
        name, child = "", k
        if d == "acl" or d == "relcl" or (d == "advcl" and has_for(parse, k)):
            if has_to(parse, k):
                name = "to"
            elif any(parse.dep[c] == "mark" and parse.lower[c] == "that" for c in parse.children[k]):
                name = "clause"
        elif d == "ccomp":
            name = "clause"
        elif d == "prep" and k > i:
            name = parse.lower[k]
            child = next((o for o in parse.children[k] if dep[o] in ("pobj", "pcomp")), -1)
        elif d == "compound":
            name = "compound"
        frame = row.get(name)
        if frame is not None and child >= 0:
            source = noun_source(parse, i, name) if frame.manner else -1
            if source < 0 and parse.lemma[i] in lex.themselves:
                source = i
            found.append(Embedding(i, child, name, frame.effect, frame.manner, frame.vouches, frame.attributes, source, (i, i + 1)))
    return found


def noun_source(parse: Parse, i: int, frame: str) -> int:
    """Whose claim, plan or promise a noun is: its possessor, the noun after "by" or "from" (or "of", where a clause
    follows), or the subject of the verb whose object it is; -1 where nobody is named."""
    makers = ("by", "from", "of") if frame in ("clause", "to") else ("by", "from")
    for k in parse.children[i]:
        if parse.dep[k] == "poss":
            return k
        if parse.dep[k] in ("prep", "agent") and parse.lower[k] in makers:
            for o in parse.children[k]:
                if parse.dep[o] == "pobj":
                    return o
    h = parse.head[i]
    if parse.dep[i] == "dobj" and parse.pos[h] == "VERB":
        return subject_of(parse, h)
    return -1


def adjective_embeddings(parse: Parse, i: int, row: dict[str, Frame]) -> list[Embedding]:
    """The complements of an adjective: "likely to", "confident that", "afraid of"."""
    found = []
    hosts = [i]
    if parse.dep[i] in ("acomp", "oprd"):
        hosts.append(parse.head[i])
    for host in hosts:
        for k in parse.children[host]:
            d = parse.dep[k]
            name, child = "", k
            if d in CLAUSES or (d == "advcl" and has_to(parse, k)):
                name = clause_frame(parse, k)
            elif d == "prep" and host == i:
                name = parse.lower[k]
                child = next((o for o in parse.children[k] if parse.dep[o] in ("pobj", "pcomp")), -1)
            frame = row.get(name)
            if frame is None or child < 0 or child == i:
                continue
            source = subject_of(parse, parse.head[i]) if frame.manner and parse.head[i] != i else -1
            found.append(Embedding(i, child, name, frame.effect, frame.manner, frame.vouches, frame.attributes, source, (i, i + 1)))
    return found


# ---- phrases that name a source --------------------------------------------------------------------------------------


def named_source(parse: Parse, i: int, lex: Cues) -> Named | None:
    """The source phrase that begins at token `i`, if one does."""
    lower = parse.lower
    for rest, phrase in lex.phrases[lower[i]]:
        end = i + 1 + len(rest)
        if tuple(lower[i + 1 : end]) != rest or end >= len(parse):
            continue
        source = first_noun(parse, end)
        if source < 0 or (phrase.sayers and not can_say(parse, source, lex)):
            return None
        return Named((i, end), source, clause_for(parse, i), phrase.manner)
    return None


def inserted(parse: Parse, i: int, lex: Cues) -> Named | None:
    """A verb of speech with its subject put between commas into the clause that it vouches for, where the parser hung
    it under that clause: "The rebels, he said, have left"."""
    h = parse.head[i]
    if h == i or parse.dep[i] not in INSERTED or parse.pos[h] not in ("VERB", "AUX"):
        return None
    subject = next((k for k in parse.children[i] if parse.dep[k] == "nsubj"), -1)
    if subject < 0:
        return None
    first = min(parse.left[subject], i)
    last = max(parse.right[subject], i)
    if first == 0 or parse.word[first - 1] not in (",", '"', "-", "--"):
        return None
    if last + 1 < len(parse) and parse.pos[last + 1] not in ("PUNCT", "PROPN", "ADP", "NOUN"):
        return None
    return Named(verb_cue(parse, i), subject, h, lex.speech[parse.lemma[i]])


def can_say(parse: Parse, k: int, lex: Cues) -> bool:
    """Whether a noun can be a source: a name, a pronoun, a document, or people who are asked for news."""
    at = parse.entity_at[k]
    if at >= 0 and parse.entities[at].label in NAMES:
        return True
    return parse.pos[k] in ("PRON", "PROPN") or parse.lemma[k] in lex.sayers


def first_noun(parse: Parse, start: int) -> int:
    """The head of the noun phrase that begins at token `start`, or -1."""
    stop = min(parse.sents[parse.sent[start]][1], start + REACH)
    for k in range(start, stop):
        if parse.pos[k] not in NOUNS:
            if parse.pos[k] in ("VERB", "AUX"):
                return -1
            continue
        while parse.dep[k] in ("compound", "poss", "nmod", "nummod", "amod", "quantmod") and k < parse.head[k] < stop:
            k = parse.head[k]
        return k
    return -1


def clause_for(parse: Parse, i: int) -> int:
    """The head of the clause that a source phrase at token `i` speaks for: the whole sentence where the phrase opens
    or closes it, else the nearest clause above."""
    first, last = parse.sents[parse.sent[i]]
    k = i
    opening = i - first <= 1
    closing = not any(parse.tag[j] in ("VBD", "VBZ", "VBP", "MD") for j in range(i + 1, last))
    while parse.head[k] != k:
        k = parse.head[k]
        if opening or (closing and parse.lower[i - 1] == ","):
            continue
        if parse.pos[k] in ("VERB", "AUX") and parse.dep[k] in ("ccomp", "conj", "advcl", "relcl", "ROOT"):
            break
    return k


# ---- quotations ------------------------------------------------------------------------------------------------------


def speeches_of(parse: Parse, marks: list[Quotation], lex: Cues) -> tuple[list[Speech], list[int]]:
    """The quotations that somebody speaks, and for each token the index of the speech that holds it, or -1."""
    at = [-1] * len(parse)
    found: list[Speech] = []
    previous: Speech | None = None
    for q in marks:
        if previous is not None and goes_on(parse, q, previous):
            for k in range(q.start, q.end):
                at[k] = len(found)
            previous = Speech(q, previous.source, None, previous.manner)
            found.append(previous)
            continue
        if not q.direct:
            continue
        cue = cue_beside(parse, q, lex)
        if cue is not None:
            source = speaker(parse, cue, q)
            speech = Speech(q, source, verb_cue(parse, cue), lex.speech[parse.lemma[cue]])
        elif previous is not None and stands_free(parse, q, previous):
            speech = Speech(q, previous.source, None, previous.manner)
        else:
            earlier = cue_before(parse, q, lex)
            if earlier is None:
                continue
            speech = Speech(q, speaker(parse, earlier, q), verb_cue(parse, earlier), lex.speech[parse.lemma[earlier]])
        for k in range(q.start, q.end):
            at[k] = len(found)
        found.append(speech)
        previous = speech
    return found, at


def is_speech(parse: Parse, k: int, lex: Cues) -> bool:
    """Whether token `k` is a verb that can carry a quotation, not itself an infinitive or a passive participle."""
    return parse.lemma[k] in lex.speech and parse.pos[k] == "VERB" and parse.dep[k] not in ("amod", "compound")


def cue_beside(parse: Parse, q: Quotation, lex: Cues) -> int | None:
    """The verb of speech right after or right before a quotation, in its sentence."""
    n = len(parse)
    if q.end < n and parse.word[q.end - 2] not in (".",):
        for k in range(q.end, min(n, q.end + REACH_AFTER)):
            w = parse.word[k]
            if w == '"' or (w in (".", "?", "!", ";") and k > q.end):
                break
            if is_speech(parse, k, lex):
                return k
    low = max(0, q.start - REACH)
    if q.start > 0 and (parse.word[q.start - 1] in (",", ":", "that", "-", "--") or is_speech(parse, q.start - 1, lex)):
        for k in range(q.start - 1, low - 1, -1):
            if parse.word[k] in (".", '"', "?", "!"):
                break
            if is_speech(parse, k, lex):
                return k
    return None


def cue_before(parse: Parse, q: Quotation, lex: Cues) -> int | None:
    """For a quotation that stands as a sentence of its own: the last verb of speech in the sentence before."""
    s = parse.sent[q.start]
    if s == 0:
        return None
    first, last = parse.sents[s - 1]
    for k in range(first, last):
        if is_speech(parse, k, lex) and parse.dep[k] in ("ROOT", "conj", "ccomp", "advcl"):
            return k
    return None


def goes_on(parse: Parse, q: Quotation, previous: Speech) -> bool:
    """Whether a quotation is the second half of a sentence that was broken off for its cue: "No," he said, "never"."""
    before = previous.quotation.end
    cue = previous.cue
    return (
        cue is not None
        and before <= cue[0] < q.start
        and q.start - before <= REACH_AFTER
        and parse.word[q.start - 1] == ","
        and parse.word[before - 2] == ","
    )


def stands_free(parse: Parse, q: Quotation, previous: Speech) -> bool:
    """Whether a quotation without a cue goes on with what the speaker before said: it opens a sentence, and no more
    than one sentence lies between."""
    first = parse.sents[parse.sent[q.start]][0]
    return q.start - first <= 1 and parse.sent[q.start] - parse.sent[previous.quotation.end - 1] <= 2


def speaker(parse: Parse, cue: int, q: Quotation) -> int:
    """Who speaks: the subject of the verb of speech, or failing that the noun beside it, outside the quotation."""
    k = subject_of(parse, cue)
    if k >= 0 and not q.start <= k < q.end:
        return k
    k = first_noun(parse, cue + 1) if cue + 1 < len(parse) else -1
    if k >= 0 and k == cue + 1 or (k > 0 and all(parse.pos[j] not in ("ADP", "PUNCT") for j in range(cue + 1, k))):
        if not q.start <= k < q.end:
            return k
    for j in range(cue - 1, max(-1, cue - REACH), -1):
        if q.start <= j < q.end or parse.word[j] in ('"', "."):
            break
        if parse.pos[j] in NOUNS:
            while parse.dep[j] in ("compound", "poss", "appos") and not q.start <= parse.head[j] < q.end:
                j = parse.head[j]
            return j
    return -1


# ---- the public face -------------------------------------------------------------------------------------------------


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
    for at in sorted(found.embedded):
        if found.quote_at[at] < 0 and is_asserted(parse, at):
            rows += predicate_rows(parse, found.embedded[at], quoted)
    rows += [row for named in found.named if (row := phrase_row(parse, named)) is not None]
    rows += loose_rows(parse, found, {row.cue for row in rows})
    rows += colon_rows(parse, found)
    rows = outermost(parse, [row._replace(content=closed(row.content, found.marks)) for row in rows], found)
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


def closed(content: tuple[int, int], marks: list[Quotation]) -> tuple[int, int]:
    """A content that ends inside a quotation which it opened, drawn out to that quotation's end."""
    a, b = content
    for q in marks:
        if a <= q.start < b < q.end:
            return a, q.end
    return content


def loose_rows(parse: Parse, found: Scan, used: set[tuple[int, int] | None]) -> list[FoundAttribution]:
    """Verbs of saying whose clause the parser did not hang under them: what follows to the end of the sentence, where
    that has a finite verb and the cue a subject before it."""
    lex = cues()
    rows = []
    for i in range(len(parse)):
        if parse.pos[i] != "VERB" or parse.lemma[i] not in lex.speech or parse.tag[i] not in FINITE:
            continue
        if i in found.embedded or found.quote_at[i] >= 0 or verb_cue(parse, i) in used or not is_asserted(parse, i):
            continue
        frame = lex.verbs[parse.lemma[i]].get("clause")
        last = parse.sents[parse.sent[i]][1]
        if frame is None or not frame.attributes or not any(parse.dep[k] == "nsubj" and k < i for k in parse.children[i]):
            continue
        if i + 2 >= last or parse.pos[i + 1] not in OPENERS or parse.dep[i + 1] == "prt":
            continue
        if not any(parse.tag[k] in FINITE or parse.tag[k] == "MD" for k in range(i + 2, last)):
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


def predicate_rows(
    parse: Parse, embeddings: list[Embedding], quoted: dict[tuple[int, int], int]
) -> list[FoundAttribution]:
    """The attributions that one predicate makes; a cue whose quotation was found already makes no other."""
    rows = []
    cue_used = False
    order = sorted(embeddings, key=lambda e: (e.frame != "clause", e.frame != "to", e.frame == "object"))
    for e in order:
        if e.manner is None or not e.attributes or cue_used or any(e.governor == cue[0] for cue in quoted):
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
    if parse.dep[e.governor] in SUBJECTS or not e.vouches:
        return True
    return e.source >= 0 and e.frame in ("clause", "to") and parse.dep[e.governor] != "pobj"


def content_span(parse: Parse, e: Embedding) -> tuple[int, int] | None:
    """The token range of an embedded complement, without the cue, the source beside it and the punctuation around."""
    a, b = parse.left[e.child], parse.right[e.child] + 1
    g = e.governor
    if e.source < 0 and e.frame in ("to", "name", "as"):
        a = min([a, *(parse.left[k] for k in parse.children[g] if parse.dep[k] in SUBJECTS and k < g)])
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
