"""Noun phrases: which words around a head name it, as a claim's mentions want them.

Two shapes. A *name phrase* names somebody (actor, recipient, source): determiner, title, names, apposition and the
prepositions that belong to a name, without numbers, relative or participial clauses, places, times and conjuncts.
An *object phrase* names a thing: the same with its numbers and quantifiers kept. Token ranges are end-exclusive.
"""

from __future__ import annotations

from tocsin.understand.parse import Parse

PREMODIFIERS = frozenset({"det", "amod", "compound", "poss", "nmod", "nummod", "quantmod", "advmod", "punct", "predet"})
NAME_PREPOSITIONS = frozenset(
    {"of", "for", "from", "against", "between", "to", "de", "du", "des", "del", "della", "von", "van"}
)
"""Prepositions that belong to a name or an office: "the Ministry of Defence", "minister for trade"."""

TITLE_PREPOSITIONS = frozenset({"of", "for", "to", "at", "in", "on", "with"})
QUANTITY_WORDS = frozenset(
    {"about", "around", "roughly", "nearly", "almost", "approximately", "some", "several", "many", "most", "few",
     "more", "less", "fewer", "than", "at", "least", "up", "to", "over", "under", "only", "just", "both", "all", "any",
     "half", "as", "an", "estimated", "another", "each", "every", "no", "and", "or", "a", "total", "additional",
     "further", "numerous", "close"}
)  # fmt: skip
QUANTIFIERS = frozenset(
    {"some", "several", "many", "most", "few", "numerous", "all", "various", "dozens", "scores", "countless"}
)
NUMBER_NOUNS = frozenset(
    {"dozens", "scores", "hundreds", "thousands", "millions", "tens", "dozen", "number", "couple", "handful"}
)
QUOTES = frozenset({'"', "'", "(", "[", ",", "-", "--", "``", "''"})
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself"})


def head_of(parse: Parse, start: int, end: int) -> int:
    """The token of a range on which the range's other tokens hang: the first whose own head lies outside."""
    for i in range(start, end):
        h = parse.head[i]
        if (h == i or not start <= h < end) and parse.dep[i] != "punct":
            return i
    return start


def name_phrase(parse: Parse, head: int) -> tuple[int, int]:
    """The token range of the name phrase that `head` heads: with title, apposition and name prepositions, without
    numbers, clauses, conjuncts, and the possessive 's."""
    start, end = _left(parse, head), _right(parse, head, appositions=True)
    start = _without_numbers(parse, start, head)
    return _trim(parse, start, head, end)


def core_phrase(parse: Parse, head: int) -> tuple[int, int]:
    """The name phrase without appositions and prepositions: the words up to the head, its name alone."""
    start = _without_numbers(parse, _left(parse, head), head)
    return _trim(parse, start, head, head + 1)


def object_phrase(parse: Parse, head: int) -> tuple[int, int]:
    """The token range of the noun phrase that `head` heads, numbers and quantifiers kept."""
    return _trim(parse, _left(parse, head), head, _right(parse, head, appositions=False))


def appositions(parse: Parse, head: int) -> list[int]:
    """The heads of the phrases in apposition to `head`, to its right: "George Bush" of "the president, George Bush".
    Ages and reflexives are none. A person's name that the parser hung on the last noun of an office ("the prosecutor
    of Tehran, Ali Mehr") belongs to the office."""
    found = []
    for k in parse.children[head]:
        if k > head and parse.dep[k] == "appos" and _is_apposition(parse, k):
            found.append(k)
        elif k > head and parse.dep[k] == "prep":
            found += appositions_of_office(parse, head, k)
    return found


def appositions_of_office(parse: Parse, head: int, prep: int) -> list[int]:
    """Names of persons that belong to an office (the noun `head`) but hang on the object of its preposition: "the
    prosecutor of Tehran, Ali Mehr", "President of Ukraine Volodymyr Zelensky"."""
    if parse.pos[head] not in ("NOUN", "PROPN"):
        return []
    found = []
    for o in parse.kids(prep, "pobj"):
        found += [a for a in parse.kids(o, "appos") if _is_person(parse, a)]
        if _is_person(parse, o) and parse.entities[parse.entity_at[o]].start > prep + 1 and parse.lower[prep] == "of":
            found.append(o)
    return found


def _is_person(parse: Parse, k: int) -> bool:
    at = parse.entity_at[k]
    return at >= 0 and parse.entities[at].label == "PERSON"


def _is_apposition(parse: Parse, k: int) -> bool:
    """Whether an `appos` child names or describes its head, rather than giving an age, a date or an emphasis."""
    if parse.pos[k] not in ("NOUN", "PROPN", "ADJ") or parse.lower[k] in REFLEXIVES:
        return False
    at = parse.entity_at[k]
    return at < 0 or parse.entities[at].label not in ("DATE", "TIME", "CARDINAL", "QUANTITY", "MONEY", "PERCENT")


def _left(parse: Parse, head: int) -> int:
    """The first token of the premodifiers of `head`, taken back as long as they touch."""
    start = head
    for k in reversed(parse.children[head]):
        if k >= head:
            continue
        if parse.dep[k] not in PREMODIFIERS or parse.right[k] + 1 < start:
            break
        start = parse.left[k]
    while start < head and parse.word[start] in QUOTES:
        start += 1
    return start


def _without_numbers(parse: Parse, start: int, head: int) -> int:
    """Skip the numbers and quantifiers that open the phrase; "the two countries" keeps its number."""
    i, counted = start, False
    while i < head and parse.word[i + 1] != "-" and parse.lower[i] != "one":
        word = parse.lower[i]
        number = parse.pos[i] == "NUM" or parse.dep[i] == "nummod" or word in NUMBER_NOUNS or word in QUANTIFIERS
        if not (number or (word in QUANTITY_WORDS and _leads_to_number(parse, i, head))):
            break
        counted = True
        i += 1
        while i < head and parse.word[i] in ("-", ",", "of"):
            i += 1
    return i if counted else start


def _leads_to_number(parse: Parse, i: int, head: int) -> bool:
    """Whether the quantity words from `i` on end in a number before `head` ("more than 40", "a further 10")."""
    for k in range(i, head):
        if parse.pos[k] == "NUM" or parse.lower[k] in NUMBER_NOUNS or parse.lower[k] in QUANTIFIERS:
            return True
        if parse.lower[k] not in QUANTITY_WORDS:
            return False
    return False


def _right(parse: Parse, head: int, *, appositions: bool) -> int:
    """The end of the postmodifiers that name: touching prepositions of names, then appositions."""
    end = head + 1
    for k in parse.children[head]:
        if k < head:
            continue
        dep = parse.dep[k]
        if dep == "punct":
            continue
        if dep == "prep" and parse.lower[k] in NAME_PREPOSITIONS and k <= end + 1:
            end = max(end, _right_of_preposition(parse, k))
            for name in appositions_of_office(parse, head, k) if appositions else ():
                end = max(end, _right(parse, name, appositions=False))
        elif dep == "appos" and appositions and _is_apposition(parse, k) and k <= end + 8:
            end = max(end, _right_of_apposition(parse, k))
        elif dep in ("nummod", "compound", "nmod", "flat") and k == end and parse.pos[k] in ("NUM", "PROPN"):
            end = k + 1
        elif dep in ("case", "cc"):
            continue
        else:
            break
    return end


def _right_of_preposition(parse: Parse, prep: int) -> int:
    """The end of a preposition's objects, their conjuncts taken in ("agencies from Germany, Korea and Kenya")."""
    end = prep + 1
    for k in parse.children[prep]:
        if parse.dep[k] == "pobj":
            for each in parse.conjuncts(k):
                if parse.pos[each] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") and _left(parse, each) <= end + 2:
                    end = max(end, _right(parse, each, appositions=False))
    return end if end > prep + 1 else prep


def _right_of_apposition(parse: Parse, appos: int) -> int:
    """The end of an apposition: a description keeps all prepositions of its office ("head of staff in the army")."""
    end = _right(parse, appos, appositions=False)
    for k in parse.children[appos]:
        if k == end and parse.dep[k] == "prep" and parse.lower[k] in TITLE_PREPOSITIONS:
            end = max(end, _right_of_preposition(parse, k))
    return end


def _trim(parse: Parse, start: int, head: int, end: int) -> tuple[int, int]:
    """Without a closing possessive, comma, dash or quotation mark; a bracket that stays open is closed."""
    while end > head + 1 and (parse.word[end - 1] in QUOTES or parse.tag[end - 1] == "POS"):
        end -= 1
    if (
        end < len(parse)
        and parse.word[end] in (")", "]")
        and any(parse.word[i] in ("(", "[") for i in range(start, end))
    ):
        end += 1
    return start, end
