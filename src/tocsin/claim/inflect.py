"""Word forms: the inflections of an English verb or noun, so that a trigger is found by the form the text has, and
not by a lemma that a small model may get wrong ("raped" as "rap", "left" as "left")."""

from __future__ import annotations

VOWELS = frozenset("aeiou")

IRREGULAR = {
    word.split()[0]: tuple(word.split()[1:])
    for word in (
        "be was were been being is are am", "bear bore borne", "beat beat beaten", "become became become",
        "begin began begun", "bid bid bid", "bind bound bound", "bite bit bitten", "bleed bled bled", "blow blew blown",
        "break broke broken", "breed bred bred", "bring brought brought", "build built built", "burn burned burnt",
        "burst burst burst", "buy bought bought", "cast cast cast", "catch caught caught", "choose chose chosen",
        "come came come", "cost cost cost", "creep crept crept", "cut cut cut", "deal dealt dealt", "dig dug dug",
        "do did done does", "draw drew drawn", "drink drank drunk", "drive drove driven", "eat ate eaten",
        "fall fell fallen", "feed fed fed", "feel felt felt", "fight fought fought", "find found found",
        "flee fled fled", "fly flew flown", "forbid forbade forbidden", "forget forgot forgotten",
        "forgive forgave forgiven", "freeze froze frozen", "get got gotten", "give gave given", "go went gone goes",
        "grow grew grown", "hang hung hanged", "have had had has", "hear heard heard",
        "hide hid hidden", "hit hit hit", "hold held held", "hurt hurt hurt", "keep kept kept", "know knew known",
        "lay laid laid", "lead led led", "leave left left", "lend lent lent", "let let let", "lose lost lost",
        "make made made", "mean meant meant", "meet met met", "overrun overran overrun", "override overrode overridden",
        "overthrow overthrew overthrown", "overturn overturned", "pay paid paid", "plead pleaded pled", "put put put",
        "quit quit quit", "read read read", "rebuild rebuilt rebuilt", "retake retook retaken",
        "rid rid rid", "ride rode ridden", "ring rang rung", "rise rose risen", "run ran run", "say said said",
        "see saw seen", "seek sought sought", "sell sold sold", "send sent sent", "set set set",
        "shake shook shaken", "shrink shrank shrunk",
        "shed shed shed", "shoot shot shot", "show showed shown", "shut shut shut", "sink sank sunk", "sit sat sat",
        "slay slew slain slayed", "speak spoke spoken", "spend spent spent", "spill spilled spilt", "split split split",
        "spread spread spread", "stand stood stood", "steal stole stolen", "stick stuck stuck", "sting stung stung",
        "strike struck struck stricken", "strive strove striven", "swear swore sworn", "sweep swept swept",
        "swing swung swung", "take took taken", "teach taught taught", "tear tore torn", "tell told told",
        "think thought thought", "throw threw thrown", "undergo underwent undergone", "undertake undertook undertaken",
        "uphold upheld upheld", "win won won", "withdraw withdrew withdrawn",
        "withhold withheld withheld", "withstand withstood withstood", "write wrote written", "tie tied tying",
        "die died dying", "lie lied lying", "overtake overtook overtaken", "foresee foresaw foreseen",
        "airlift airlifted", "broadcast broadcast broadcast", "outlaw outlawed", "resit resat resat",
        "string strung strung", "mow mowed mown",
    )
}  # fmt: skip

DOUBLING = frozenset({
    "kidnap", "equip", "admit", "commit", "submit", "permit", "omit", "refer", "defer", "deter", "infer", "transfer",
    "incur", "occur", "concur", "rebel", "expel", "compel", "propel", "repel", "dispel", "patrol", "control", "abet",
    "regret", "begin", "embed", "acquit", "allot", "unplug", "sandbag", "airdrop", "outbid", "confer", "refit",
    "quit", "zigzag", "worship", "handicap", "horsewhip", "offset", "upset", "reset", "overrun", "outrun",
})  # fmt: skip
"""Verbs of more than one syllable that double their last consonant."""

BRITISH = frozenset(
    {
        "cancel",
        "fuel",
        "refuel",
        "funnel",
        "shell",
        "signal",
        "travel",
        "marshal",
        "quarrel",
        "label",
        "model",
        "duel",
        "counsel",
    }
)


def verb_forms(lemma: str) -> tuple[str, ...]:
    """All forms of a verb, the lemma first."""
    forms = [lemma, third_person(lemma), present_participle(lemma)]
    if lemma in IRREGULAR:
        forms += IRREGULAR[lemma]
        return tuple(dict.fromkeys(forms))
    head, dash, tail = lemma.rpartition("-")
    if dash and tail in IRREGULAR:
        forms += [f"{head}-{form}" for form in IRREGULAR[tail]]
        return tuple(dict.fromkeys(forms))
    forms.append(past(lemma))
    if lemma in BRITISH and not lemma.endswith("ll"):
        forms += [lemma + "led", lemma + "ling"]
    return tuple(dict.fromkeys(forms))


def noun_forms(lemma: str) -> tuple[str, ...]:
    """Singular and plural of a noun."""
    return (lemma, third_person(lemma))


def doubles(lemma: str) -> bool:
    """Whether a verb doubles its last consonant before -ed and -ing: "stab", "ram", not "raid", "row"."""
    if lemma in DOUBLING:
        return True
    if len(lemma) < 3 or lemma[-1] in "aeiouwxy" or lemma[-2] not in VOWELS:
        return False
    return sum(letter in VOWELS for letter in lemma) == 1


def third_person(lemma: str) -> str:
    """The form in -s, of verbs and nouns."""
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def present_participle(lemma: str) -> str:
    """The form in -ing."""
    if doubles(lemma):
        return lemma + lemma[-1] + "ing"
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return lemma + "ing"


def past(lemma: str) -> str:
    """The regular form in -ed."""
    if doubles(lemma):
        return lemma + lemma[-1] + "ed"
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ied"
    if lemma.endswith("c"):
        return lemma + "ked"
    return lemma + "ed"
