"""A claim's sentence: the examples of the words file, and what holds of every sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import claim, plain

from tocsin.model import Claim, Status
from tocsin.show.brief.clauses import apply, cuts, quoted
from tocsin.show.brief.lexicon import Example, holds, lexicon
from tocsin.show.brief.sentences import compose


@pytest.mark.parametrize("example", lexicon().examples, ids=lambda one: plain(one.text))
def test_an_example_gives_its_sentence(example: Example) -> None:
    said = compose([claim(example.text, example.status)], [example.paper] if example.paper else [])
    assert said.text == example.gives


SOURCES = ("The army", "An official in Valdoria", "Radio Valley", "The United Nations")
CUES = {
    "said that": "said", "warned that": "warned", "suggested that": "suggested", "estimated that": "estimated",
    "confirmed that": "confirmed",
}  # fmt: skip
VERBS: dict[Status, tuple[str, ...]] = {
    "occurred": ("shelled", "have attacked", "had attacked"),
    "ongoing": ("are shelling", "keep attacking"),
    "planned": ("plan to attack", "will attack", "stand at the ridge for the attack on"),
    "possible": ("may attack", "could attack", "stayed for new attacks on", "are likely to attack"),
    "denied": ("did not attack", "never attacked", "invented the attack on"),
}
FIGURES = {
    "at least 40 soldiers": "killed at_least 40..", "40 soldiers": "killed at_least 40..", "40": "killed exact 40",
    "up to 40": "killed at_most ..40", "roughly 40": "killed about 40", "30": "killed range 30..40",
    "between 30 and 40": "killed range 30..40",
}  # fmt: skip
HEADS = ("", "However, ", "Meanwhile, ", "If the talks fail, ", "On the river, ")
TAILS = (
    "", ", which lies on the river", ", while the talks went on in the capital", ", unless the army leaves the valley",
    ", but nobody confirmed it", ", as the mayor denied on the radio", ", killing many of the people there",
)  # fmt: skip
TRIGGER = re.compile(r"shelled|shelling|attack\w*")


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Claims as texts give them, in many forms."""
    status = draw(st.sampled_from(sorted(VERBS)))
    verb = draw(st.sampled_from(VERBS[status]))
    word = TRIGGER.search(verb)
    assert word
    core = f"[a:rebels] {verb[: word.start()]}[t:{word[0]}]{verb[word.end() :]} [r:the town]"
    figure = draw(st.sampled_from(["", *FIGURES]))
    core += f" with [f:{figure}={FIGURES[figure]}]" if figure else ""
    core += draw(st.sampled_from(["", " [w:on Monday=2024-12-23]", " [w:next week=2024-12-30..2025-01-05]"]))
    source, cue = draw(st.sampled_from(["", *SOURCES])), draw(st.sampled_from(sorted(CUES)))
    where = draw(st.sampled_from(["before", "behind", "elsewhere"]))
    head, tail = draw(st.sampled_from(HEADS)), draw(st.sampled_from(TAILS))
    if not source:
        marked = f"{head}{core}{tail}."
    elif where == "before":
        marked = f"{head}[s:{source}~{CUES[cue]}] [c:{cue.split()[0]}] that {core}{tail}."
    elif where == "behind":
        marked = f"{head}{core}{tail}, [c:according to] [s:{source}]."
    else:
        marked = f"[s:{source}~{CUES[cue]}] spoke. {{{head}{core}{tail}.}}"
    return claim(marked, status)


@given(claims())
def test_what_is_possible_keeps_a_hedge(one: Claim) -> None:
    if one.status == "possible":
        assert holds(lexicon().hedges, compose([one]).text)


@given(claims())
def test_what_is_planned_or_denied_shows_it(one: Claim) -> None:
    text = compose([one], ["Atlas"]).text
    wanted = {"planned": lexicon().intentions, "denied": lexicon().negations}.get(one.status)
    assert wanted is None or holds(wanted, text)


@given(claims())
def test_who_says_so_is_named(one: Claim) -> None:
    text = compose([one], ["Atlas"]).text.lower()
    names = [source.text.lower() for source in one.sources] or ["atlas"]
    assert all(name in text for name in names)


@given(claims())
def test_a_bound_keeps_its_qualifier(one: Claim) -> None:
    text = compose([one]).text
    for figure in one.figures:
        assert figure.text in text
        words = lexicon().qualifiers[figure.qualifier].words
        assert not words or holds(words, text)


@given(claims())
def test_what_limits_or_denies_stays(one: Claim) -> None:
    """Nothing that conditions, doubts or denies is cut off."""
    gone = " ".join(one.evidence.text[edit.start : edit.end] for edit in cuts(one))
    connectives = ("However", "Meanwhile")
    for word in connectives:
        gone = gone.replace(word, "")
    assert not holds(lexicon().guards, gone)


@given(claims())
def test_the_words_are_the_text_s_in_its_order(one: Claim) -> None:
    """Cutting only takes away: what is left is what was there, in sequence."""
    left, text = apply(one.evidence.text, cuts(one)), one.evidence.text
    rest = iter(re.findall(r"\w+", text))
    assert all(word in rest for word in re.findall(r"\w+", left))
    assert one.trigger.text in left


@given(claims())
def test_quotation_marks_match(one: Claim) -> None:
    text = compose([one], ["Atlas"]).text
    assert text.count("“") == text.count("”")


@given(claims())
def test_a_sentence_is_the_same_each_time(one: Claim) -> None:
    assert compose([one], ["Atlas"]) == compose([one], ["Atlas"])


def test_several_claims_of_one_sentence_share_it() -> None:
    wide = claim("[s:The army] [c:said] that [a:rebels] [t:shelled] the town [w:on Monday=2024-12-23] and took a hill.")
    other = claim("[s:The army] [c:said] that [a:rebels] shelled the town on Monday and [t:took] [o:a hill].")
    said = compose([wide, other])
    assert said.text == "The army said that rebels shelled the town on Monday (23 December 2024) and took a hill."


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("He said “no” and left.", [(8, 12)]),
        ('He said "no" and "never".', [(8, 12), (17, 24)]),
        ("``Never,'' he said.", [(0, 10)]),
        ("“Never, he said.", [(0, 16)]),
        ("Nothing.", []),
    ],
)
def test_what_is_quoted(text: str, spans: list[tuple[int, int]]) -> None:
    assert quoted(text) == spans
