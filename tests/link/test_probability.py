"""Words of probability: every example of the data, the scales, and where the hedge of a claim is looked for."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from tests.link.claimed import claim, source

from tocsin.errors import UsageError
from tocsin.link.probability import Hedge, HedgeRule, hedge_of, scale_of, words
from tocsin.model import Claim, Status

MARK = re.compile(r"\[(.+?)\]")
EXAMPLES = [example for rule in words().hedges for example in rule.examples]
COUNTERS = [(rule, text) for rule in words().hedges for text in rule.not_]


def marked(text: str, status: Status = "possible") -> Claim:
    """A claim whose trigger is marked in the text."""
    mark = MARK.search(text)
    assert mark, text
    return claim(MARK.sub(r"\1", text), mark.group(1), status=status)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_its_hedge_and_class(example: str) -> None:
    text, _, wanted = example.partition(" => ")
    found = hedge_of(marked(text))
    assert f"{found.words}: {found.named}" == wanted


@pytest.mark.parametrize(("rule", "text"), COUNTERS, ids=lambda value: str(value)[:40])
def test_a_counter_example_does_not_fire_its_rule(rule: HedgeRule, text: str) -> None:
    assert hedge_of(marked(text)).source != rule.source


@pytest.mark.parametrize("text", words().not_)
def test_a_plain_statement_has_no_hedge(text: str) -> None:
    assert hedge_of(marked(text)).words is None


@pytest.mark.parametrize("scale", words().scales, ids=lambda scale: scale.id)
def test_a_scale_is_in_order_and_has_every_class_that_words_are_given(scale: object) -> None:
    assert scale in words().scales
    found = scale_of(scale.id)  # type: ignore[attr-defined]
    middles = [one.middle for one in found.classes]
    assert middles == sorted(set(middles))
    named = {one.id for one in found.classes}
    given = [rule.classes for rule in words().hedges] + [*words().bare.values(), *words().manners.values()]
    assert all(classes[found.id] in named for classes in given)


def test_the_default_covers_the_range_of_icd_203() -> None:
    found = scale_of()
    assert found.name == "ICD 203"
    ends = [(one.low, one.high) for one in found.classes]
    assert all(a[1] == b[0] for a, b in pairwise(ends))
    assert (ends[0][0], ends[-1][1]) == (0.01, 0.99)


def test_kent_gives_other_numbers() -> None:
    one = marked("The army is likely to [attack] the town.")
    assert hedge_of(one).probability == 0.675
    assert hedge_of(one, "kent1964").probability == 0.75


def test_an_unknown_scale_says_which_there_are() -> None:
    with pytest.raises(UsageError, match="icd203, kent1964"):
        hedge_of(marked("The army may [attack]."), "tarot")


def test_the_nearest_hedge_before_the_trigger_counts() -> None:
    text = "The army may shell the town and is very likely to [attack] the port, which could fall."
    assert hedge_of(marked(text)).words == "very likely"


def test_a_source_that_warns_gives_the_class_where_no_word_does() -> None:
    text = "The official warned of an attack."
    one = claim(text, "attack", status="possible", sources=(source(text, "The official", manner="warned"),))
    assert hedge_of(one).source == "the source warned, without a hedge"


@pytest.mark.parametrize(("status", "named"), [("planned", "likely"), ("possible", "roughly even chance")])
def test_without_any_word_the_status_gives_the_class(status: Status, named: str) -> None:
    found: Hedge = hedge_of(marked("The [talks] on Monday.", status))
    assert (found.words, found.named) == (None, named)


def test_no_word_stands_in_two_rules() -> None:
    every = [word.casefold() for rule in words().hedges for word in rule.words]
    assert sorted(word for word in set(every) if every.count(word) > 1) == []
