"""Whether a match is a time expression where it stands: a year and no count, a length and no age."""

from __future__ import annotations

from tocsin.understand import timewords
from tocsin.understand.parse import Parse
from tocsin.understand.timeforms import Form
from tocsin.understand.timetokens import TIME_LABELS


def _list(name: str) -> frozenset[str]:
    return timewords.load().lists[name]


def holds(parse: Parse, form: Form) -> bool:
    """Whether the match is a time expression in its sentence."""
    if parse.sent[form.start] != parse.sent[form.end - 1] and not _abbreviated(parse, form):
        return False
    if form.does in NAMED and _in_name(parse, form):
        return False
    check = CHECKS.get(form.rule)
    return check is None or check(parse, form)


def _abbreviated(parse: Parse, form: Form) -> bool:
    """Whether the sentence only seems to end, at the full stop of "Dec." or "a.m."."""
    ends = [k for k in range(form.start, form.end - 1) if parse.sent[k] != parse.sent[k + 1]]
    return all(parse.word[k].endswith(".") for k in ends)


NAMES = frozenset({"ORG", "FAC", "WORK_OF_ART", "PRODUCT", "NORP"})
NAMED = frozenset({"calendar", "today", "set", "part", "unit"})


def _in_name(parse: Parse, form: Form) -> bool:
    """ "the March 23 Movement", "USA Today": the words are part of a longer name."""
    if _next(parse, form) in _list("name_heads") and parse.word[form.end][:1].isupper():
        return True
    k = parse.entity_at[form.end - 1]
    if k < 0 or parse.entities[k].label not in NAMES:
        return False
    entity = parse.entities[k]
    if entity.end > form.end and parse.pos[form.end] == "PROPN":
        return True
    return form.does != "calendar" and entity.start < form.start and parse.word[form.start][:1].isupper()


def _labelled(parse: Parse, form: Form) -> str:
    """The label of the entity at the last token of the match."""
    k = parse.entity_at[form.end - 1]
    return parse.entities[k].label if k >= 0 else ""


def _next(parse: Parse, form: Form) -> str:
    return parse.lower[form.end] if form.end < len(parse) else ""


def _previous(parse: Parse, form: Form) -> str:
    return parse.lower[form.start - 1] if form.start else ""


def _year(parse: Parse, form: Form) -> bool:
    """A number of four digits is a year after a preposition of time, beside a noun it does not count, or where the
    parser sees a date."""
    if not form.has("YEAR") or (form.end - form.start > 1 and form.has("MOD")):
        return True
    before, after, label = _previous(parse, form), _next(parse, form), _labelled(parse, form)
    if (
        before in _list("before_number")
        or after in _list("counted")
        or label in ("MONEY", "PERCENT", "QUANTITY", "ORDINAL")
    ):
        return False
    if label in TIME_LABELS:
        return True
    last = form.end - 1
    counts = parse.dep[last] == "nummod" and parse.tag[parse.head[last]] == "NNS" and parse.head[last] == last + 1
    if counts:
        return False
    if before in _list("before_year"):
        return True
    return (before in ("(", ",", "the", "'s") or label == "EVENT") and label != "CARDINAL"


def _decade(parse: Parse, form: Form) -> bool:
    """ "the 80s" are years, "in his 30s" an age, "from the 20s to the 30s" weather."""
    return form.has("DECADEWORD") or len(form.get("DECADE") or "") == 4 or form.has("MOD", "POSS") or form.has("THE")


def _season(parse: Parse, form: Form) -> bool:
    """A season has an article, a year, a reference, or "in" before it; and it is a noun."""
    at = next(slot.token for slot in form.slots if slot.name == "SEASON")
    if parse.pos[at] not in ("NOUN", "PROPN") or (parse.dep[at] == "compound" and form.end - form.start == 1):
        return False
    if form.has("REF", "YEAR", "MOD", "NUM", "UNIT"):
        return True
    if form.has("THE"):
        return (
            parse.lower[at] not in _list("verbal_seasons")
            or _labelled(parse, form) in TIME_LABELS
            or (_previous(parse, form) in _list("before_season") and _next(parse, form) != "of")
        )
    return _previous(parse, form) in _list("before_season")


def _rate(parse: Parse, form: Form) -> bool:
    """Whether "a year" is a rate: it is a rate after an amount, a length otherwise."""
    before = form.start - 1
    if before < 0:
        return False
    if parse.tag[before] == "NNS" and parse.dep[form.end - 1] == "npadvmod":
        return True
    if parse.lower[before] in _list("amounts"):
        return True
    k = parse.entity_at[before]
    return k >= 0 and parse.entities[k].label in ("MONEY", "PERCENT", "CARDINAL", "QUANTITY")


def _spoken(parse: Parse, form: Form) -> bool:
    return not form.has("NUM") or _labelled(parse, form) not in ("MONEY", "PERCENT", "QUANTITY")


def _aged(parse: Parse, form: Form) -> bool:
    """A length is none when it is somebody's age ("two years old", "aged three years")."""
    after = _next(parse, form)
    if after in ("old", "older", "younger", "olds"):
        return False
    if after == "-" and form.end + 1 < len(parse) and parse.lower[form.end + 1] in ("old", "olds"):
        return False
    unit = form.get("UNIT", "UNITS")
    if form.slots[0].name == "A" and form.end - form.start == 2 and _rate(parse, form):
        return False
    if unit == "Q" and (form.has("A", "DASH") or not form.has("DAY", "NUM", "NUMBER", "VAGUE", "THE")):
        return False
    if unit == "s":
        return parse.lower[form.end - 1] != "second" or form.has("DAY", "NUMBER")
    return True


def _bare(parse: Parse, form: Form) -> bool:
    """ "hours after", "for days": a unit alone is a length where something measures it; "opening hours" is none."""
    if not _aged(parse, form):
        return False
    if form.get("UNITS") not in ("h", "m", "s"):
        return True
    return _previous(parse, form) in _list("before_units") or _next(parse, form) in _list("after_units")


def _reference(parse: Parse, form: Form) -> bool:
    word = parse.lower[form.start]
    if word == "future":
        return parse.tag[form.start] in ("NN", "JJ")
    return True


def _the_unit(parse: Parse, form: Form) -> bool:
    """ "the day" alone is often "the day when", "the year's best"; "the week" a date unless a clause defines it."""
    return _next(parse, form) not in ("that", "when", "of", "before", "after", "-")


def _part(parse: Parse, form: Form) -> bool:
    if form.end - form.start == 1 and _previous(parse, form) not in _list("before_part"):
        return False
    at = next((slot.token for slot in form.slots if slot.name in ("PART", "PARTS")), form.end - 1)
    return parse.pos[at] in ("NOUN", "PROPN")


def _then(parse: Parse, form: Form) -> bool:
    return _previous(parse, form) in ("since", "until", "till", "by")


def _period(parse: Parse, form: Form) -> bool:
    before = form.start - 2 if _previous(parse, form) == "the" else form.start - 1
    return before >= 0 and parse.lower[before] in ("during", "throughout", "since")


CHECKS = {
    "decade": _decade, "year": _year, "year-range": _year, "season": _season, "year-words": _spoken, "duration": _aged,
    "bare-units": _bare, "reference": _reference, "the-unit": _the_unit, "part": _part, "then": _then,
    "period": _period,
}  # fmt: skip
