"""Counted quantities of a text: each number with its bounds, its qualifier and what it counts.

Numbers that name, date, order or time something are no figures: years, ages, clock times, "Resolution 425", "three
days ago". One pass over the tokens finds where a number may begin; all else looks only at its surroundings.
"""

from __future__ import annotations

from typing import NamedTuple

from tocsin.model import Figure, Qualifier
from tocsin.understand.figure_lexicon import CueTable, Lexicon, Unit, tables
from tocsin.understand.figure_measures import DIGIT, Measure, Measures
from tocsin.understand.figure_what import Counted, Counter
from tocsin.understand.grammar import NOUNS, PLURAL
from tocsin.understand.numbers import CLOCK, HYPHENS, Number, Reader
from tocsin.understand.parse import Parse

ARTICLES = frozenset({"a", "an"})
LONGEST_CUE = 5
YEARS = range(1500, 2101)
LINKING = frozenset({"and", "or", "to", "through", "-", "–"})
"""Between two days of a month."""

DATING = frozenset({"in", "since", "by", "until", "till", "during", "from", "the", "of", "early", "late", "mid",
                    "before", "after", "'s", "(", ",", "to", "through", "between"})  # fmt: skip


SPOKEN_ZERO = "oh"
"""Between numbers it tells that they are read out digit by digit, as those of flights and roads are."""

MEASURED = frozenset({"money", "distance", "duration", "percent"})


class FoundFigure(NamedTuple):
    """A figure with the tokens it stands on: `start` to `end` (exclusive), `noun` the head of what is counted,
    `governor` the predicate that gave `what`, or that governs the counted; -1 where there is none."""

    figure: Figure
    start: int
    end: int
    noun: int
    governor: int


def find_figures(parse: Parse) -> list[Figure]:
    """Every counted quantity of the text, in document order."""
    return [found.figure for found in find_figures_with_tokens(parse)]


def find_figures_with_tokens(parse: Parse) -> list[FoundFigure]:
    """Every counted quantity of the text with its tokens, in document order."""
    finder = Finder(parse, tables())
    starters, digit = finder.lexicon.starters, DIGIT
    found: list[FoundFigure] = []
    done = 0
    for i, word in enumerate(finder.lower):
        if i >= done and (word in starters or word[0] in digit):
            number = finder.reader.read(i) or finder.one_unit(i)
            if number is None or not finder.counts(number):
                continue
            figure = finder.figure(number, found[-1] if found else None)
            done = max(number.end, figure.end)
            found.append(figure)
    return found


class Finder:
    """Makes figures of the numbers of one text."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.measures = Measures(parse, lexicon)
        self.lower = self.measures.lower
        self.word = self.measures.word
        self.reader = Reader(lexicon.words, self.lower)
        self.counter = Counter(parse, lexicon)

    def one_unit(self, at: int) -> Number | None:
        """One unit of time by its article or as a compound: "for a month", "more than a week", "a year-long search"."""
        lexicon, word = self.lexicon, self.lower[at]
        if word in lexicon.long_units:
            joined = self.word(at + 1) in HYPHENS and self.word(at + 2) == "long"
            return Number(1, 1, "exact", at, at) if joined or word not in lexicon.units else None
        unit = lexicon.units.get(self.word(at + 1))
        if word not in ARTICLES or unit is None or unit.what != "duration":
            return None
        before = self.word(at - 1)
        if before not in lexicon.lasting or (before in ("in", "of", "over") and self.parse.dep[at + 1] != "pobj"):
            return None
        return Number(1, 1, "exact", at, at + 1)

    def figure(self, number: Number, last: FoundFigure | None = None) -> FoundFigure:
        """The figure that a number makes with the words around it."""
        parse = self.parse
        number = self.measures.money_scale(number)
        measure = self.measures.money(number) or self.measures.unit(number)
        inner = min(number.start, measure.start) if measure else number.start
        outer = max(number.end, measure.end) if measure else number.end
        start, cue = self._before(inner, measure)
        if number.kind == "range" and self.word(start - 1) == "between":
            start -= 1
        if last and start < last.end:
            start = max(last.end, inner)
        end, after = self._after(outer)
        qualifier = after or cue or self._of_the_same(last, start)
        if measure:
            counted = self.counter.measured(number.start, number.end, outer, measure.what, measure.unit)
        else:
            beside = last and parse.sent[last.start] == parse.sent[number.start] and last.figure.what not in MEASURED
            told = Counted(last.figure.what, last.figure.unit, last.noun, last.governor) if last else None
            counted = self.counter.counted(number.start, number.end, told if beside else None, told)
        if number.kind == "percent" and measure is None:
            counted = counted._replace(what="percent", unit=None)
        low, high, how = bounds(number, qualifier, measure.times if measure else 1)
        mention = parse.tokens(start, end)
        figure = Figure(text=mention.text, start=mention.start, end=mention.end, what=counted.what, low=low, high=high,
                        qualifier=how, unit=counted.unit)  # fmt: skip
        return FoundFigure(figure, start, end, counted.noun, counted.governor)

    def _of_the_same(self, last: FoundFigure | None, start: int) -> Qualifier | None:
        """The bound of a figure that is told in another measure in brackets: "up to $5bn (£3.8bn)"."""
        if last is None or self.word(start - 1) != "(" or last.end != start - 1 or last.figure.what not in MEASURED:
            return None
        return last.figure.qualifier

    def counts(self, number: Number) -> bool:
        """Whether a number counts something; names, dates, years, clock times, ages and sizes do not."""
        at = number.start
        if number.end == at:
            return True
        if SPOKEN_ZERO in (self.word(at - 1), self.word(number.end)):
            return False
        if self.lower[at] == "one" and number.end == at + 1:
            return self._one_counts(at)
        if self._aged(number) or self._anchored(number) or self._calibre(number) or self._describes(number):
            return False
        if self.lower[at][0] not in DIGIT:
            return not self._dated(number)
        tests = (self._named, self._model, self._addressed, self._dated, self._clock, self._year, self._years)
        return not any(test(number) for test in tests)

    def _one_counts(self, at: int) -> bool:
        """Whether "one" is a number and no pronoun."""
        lexicon, after = self.lexicon, self.word(at + 1)
        if self.word(at - 1) in lexicon.one_before or after in lexicon.one_after:
            return False
        return after != "of" or self.parse.dep[at] not in ("attr", "acomp", "appos")

    def _named(self, number: Number) -> bool:
        """Whether the number is a part of a name: "Resolution 425", "Boeing 737", "COVID-19", "G-7"."""
        parse, at = self.parse, number.start
        previous = at - 1
        if previous < 0 or parse.sent[previous] != parse.sent[at]:
            return False
        if self.lower[previous] in HYPHENS and previous and parse.start[at] == parse.end[previous]:
            return parse.start[previous] == parse.end[previous - 1] and self.lower[previous - 1][0] not in DIGIT
        follows_noun = number.end < len(parse) and (
            parse.tag[number.end] in PLURAL or (parse.pos[number.end] in NOUNS and parse.head[at] > at)
        )
        if follows_noun or not number.bare:
            return False
        label = self.lower[previous]
        shown = parse.head[at] == previous or not label.isalpha() or parse.word[previous][0].isupper()
        if label in self.lexicon.labels and shown:
            return True
        return parse.tag[previous] == "NNP" and parse.head[at] == previous and parse.dep[at] in ("nummod", "npadvmod")

    def _model(self, number: Number) -> bool:
        """Whether a number is one of two that name a model: "a Boeing 737-800 jet"."""
        parse, at = self.parse, number.start
        second = at > 2 and self.lower[at - 1] in HYPHENS and parse.end[at - 1] == parse.start[at]
        if second and self.lower[at - 2][0] in DIGIT:
            at -= 2
        elif number.kind != "range":
            return False
        named = at > 0 and parse.tag[at - 1] == "NNP" and parse.sent[at - 1] == parse.sent[at]
        return named and self.lower[at - 1] not in self.lexicon.months

    def _years(self, number: Number) -> bool:
        """Whether a range is one of years: "the 2006-2007 inquiry"."""
        ends = (number.low or 0, number.high or 0)
        measured = self.word(number.start - 1) in self.lexicon.currencies or self.measures.unit(number)
        return number.kind == "range" and all(end in YEARS for end in ends) and not measured

    def _describes(self, number: Number) -> bool:
        """Whether a number with a hyphen only says of what kind something is: "two-way talks", "a six-story house"."""
        parse, lexicon, at = self.parse, self.lexicon, number.end + 1
        if self.word(number.end) not in HYPHENS or at >= len(parse) or parse.pos[at] != "NOUN":
            return False
        noun = parse.lower[at]
        counted = (lexicon.classes, lexicon.units, lexicon.long_units, lexicon.currencies, lexicon.words.suffixes)
        return parse.end[at - 1] == parse.start[at] and not any(noun in table for table in counted)

    def _addressed(self, number: Number) -> bool:
        """Whether the number is that of a house: "2806 Long Lane"."""
        if not number.bare or number.end >= len(self.parse):
            return False
        following = self.lower[number.end : number.end + 4]
        for k, word in enumerate(following, number.end):
            if word in self.lexicon.streets and (self.parse.word[k][0].isupper() or word == "block"):
                return True
            if self.parse.tag[k] not in ("NNP", "CD", "NN") or not self.parse.word[k][0].isupper():
                return False
        return False

    def _dated(self, number: Number) -> bool:
        """Whether the number is the day of a month: "12 February", "12 and 13 February"."""
        months, at = self.lexicon.months, number.start
        near = [at - 1, number.end, number.end + 1 if self.word(number.end) == "of" else -1,
                at - 2 if self.word(at - 1) in (".", "the") else -1]  # fmt: skip
        if (number.high or 99) > 31:
            return False
        joined = self.word(number.end) in LINKING or self.word(number.end) == ","
        if joined and self.word(number.end + 1)[:1] in DIGIT:
            near.append(number.end + 2)
        if self.word(at - 1) in LINKING and self.word(at - 2)[:1] in DIGIT:
            near.append(at - 3)
        return any(k >= 0 and self.word(k) in months and self.parse.word[k][0].isupper() for k in near)

    def _clock(self, number: Number) -> bool:
        """Whether the number is a time of day."""
        if CLOCK.match(self.lower[number.start]) and self.word(number.end) in self.lexicon.clock_after:
            return True
        return (number.high or 99) <= 2400 and self.word(number.end) in self.lexicon.clock_after and number.bare

    def _year(self, number: Number) -> bool:
        """Whether the number is a year."""
        if not number.bare or number.end != number.start + 1 or int(number.low or 0) not in YEARS:
            return False
        parse, at = self.parse, number.start
        if self.word(at - 1) in self.lexicon.currencies or self.measures.unit(number):
            return False
        if len(self.lower[at]) != 4 or self._before(at, None)[1] not in (None, "at_most", "exact"):
            return self._before(at, None)[1] is None
        plural = number.end < len(parse) and (parse.tag[number.end] in PLURAL or self.lower[number.end] in
                                              self.lexicon.classes)  # fmt: skip
        return not plural or self.word(at - 1) in DATING or self.word(at - 1) in self.lexicon.months

    def _aged(self, number: Number) -> bool:
        """Whether the number is somebody's age: "34-year-old", "aged 34", "Smith, 34,", "Smith and Jones, both 34,"."""
        at, end = number.start, number.end
        lexicon = self.lexicon
        for k in range(end, min(end + 5, len(self.lower))):
            if self.lower[k] in lexicon.aged:
                return (end < k and self.lower[k - 1] in HYPHENS) or self.parse.head[k - 1] == k
            if self.lower[k] not in HYPHENS and self.lower[k] not in lexicon.units:
                break
        if self.word(at - 1) in lexicon.aged_before:
            return True
        if self.word(at - 1) in ("both", "all"):
            at -= 1
        if self.word(at - 1) not in (",", "(") or self.word(end) not in (",", ".", ")", "and", ";", "who"):
            return False
        return at >= 2 and self.parse.tag[at - 2] == "NNP" and 0 < (number.high or 0) < 120 and self._person(at - 2)

    def _person(self, i: int) -> bool:
        k = self.parse.entity_at[i]
        return k >= 0 and self.parse.entities[k].label in ("PERSON", "ORG")

    def _anchored(self, number: Number) -> bool:
        """Whether the number belongs to a time that is told from another: "three days ago", "the past two years"."""
        unit = self.measures.unit(number)
        if unit is None or unit.what != "duration":
            return False
        after = self.word(unit.end)
        if after in self.lexicon.anchored_after or (after == "from" and self.word(unit.end + 1) == "now"):
            return True
        return self.word(number.start - 1) in self.lexicon.anchored_before

    def _calibre(self, number: Number) -> bool:
        at = number.end + 1 if self.word(number.end) in HYPHENS else number.end
        return self.word(at) in self.lexicon.calibre

    def _before(self, start: int, measure: Measure | None) -> tuple[int, Qualifier | None]:
        """Where the figure begins with its cue, and what the cue says."""
        at = start
        if self.word(at - 1) in ("the", "another", "additional", "further", "other") and at > 1:
            at = at - 1 if self._cue(self.lexicon.before, at - 1) else at
        found = self._cue(self.lexicon.before, at)
        if found is None:
            return start, None
        words, qualifier = found
        if words[-1] in self.lexicon.spanning and len(words) == 1 and measure and measure.what == "duration":
            return start, None
        return at - len(words), qualifier

    def _cue(self, table: CueTable, at: int) -> tuple[tuple[str, ...], Qualifier] | None:
        """The longest cue that ends before token `at`."""
        for cue in table.get(self.word(at - 1), ()):
            size = len(cue.words)
            if at >= size and tuple(self.lower[at - size : at]) == cue.words:
                return cue.words, cue.qualifier
        return None

    def _after(self, end: int) -> tuple[int, Qualifier | None]:
        """Where the figure ends with a cue behind it, or behind its noun ("10 people or more")."""
        for cue in self.lexicon.after.get(self.word(end), ()):
            if tuple(self.lower[end : end + len(cue.words)]) == cue.words:
                if cue.words == ("at", "least") and end + 2 < len(self.lower) and self.lower[end + 2][0] in DIGIT:
                    return end, None
                return end + len(cue.words), cue.qualifier
        if self.parse.tag[end] in PLURAL if end < len(self.parse) else False:
            for cue in self.lexicon.after.get(self.word(end + 1), ()):
                if len(cue.words) > 1 and cue.words[0] == "or" and tuple(
                    self.lower[end + 1 : end + 1 + len(cue.words)]
                ) == cue.words:  # fmt: skip
                    return end + 1 + len(cue.words), cue.qualifier
        return end, None


def bounds(number: Number, qualifier: Qualifier | None, times: float) -> tuple[float | None, float | None, Qualifier]:
    """The bounds of a number under a qualifier, in units of which one is `times`."""
    low = None if number.low is None else number.low * times
    high = None if number.high is None else number.high * times
    if number.kind == "range":
        return low, high, "range"
    if number.kind == "vague":
        return (None, high, "at_most") if qualifier == "at_most" and high is not None else (low, high, "vague")
    if qualifier == "at_least":
        return low, None, "at_least"
    if qualifier == "at_most":
        return None, high, "at_most"
    if qualifier == "about" or number.kind == "about":
        return low, high, "about"
    return low, high, "exact"


__all__ = ["FoundFigure", "Unit", "find_figures", "find_figures_with_tokens"]
