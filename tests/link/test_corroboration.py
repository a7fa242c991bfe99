"""Corroboration: who else says so, independently; who says otherwise; what it rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.claimed import SHARED, actor, claim, figure, gold, source, time, told

from tocsin.judgement import Corroboration, Told
from tocsin.link.corroboration import corroboration, credibility, file, independents
from tocsin.link.voices import voices

TEXT = "Ten people were killed by a bomb in Kano on Monday, {who} said."
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the annotated articles are not at {SHARED}")


def says(who: str | None, document: str, *, killed: float = 10, status: str = "occurred", **fields: object) -> Told:
    """A claim of a document, with a source or without one."""
    text = TEXT.format(who=who or "it")
    made = claim(
        text, "killed", status=status, recipients=(actor(text, "people", "NGA"),),
        figures=(figure(text, "Ten", "killed", killed, killed, "exact"),),
        time=time(text, "Monday", "2020-01-06", "2020-01-06"), sources=(source(text, who),) if who else (),
    )  # fmt: skip
    return told(made, document, "2020-01-07", **fields)


def of(first: Told, *others: Told) -> Corroboration:
    return corroboration(first, [first, *others])


def test_nobody_else_speaks_of_it() -> None:
    found = of(says("police", "a"))
    assert (found.independent, found.credibility, found.rests_on) == (1, 6, "police")


def test_one_source_repeated_by_many_counts_once() -> None:
    found = of(says("police", "a"), says("Police", "b"), says("the police", "c"), says("a police spokesman", "d"))
    assert (found.independent, len(found.agreeing), found.credibility) == (1, 3, 3)
    assert found.rests_on == "police"
    assert "rests on police" in found.why


def test_one_family_counts_once_whoever_it_names() -> None:
    found = of(says("police", "a", family="f"), says("the Red Cross", "b", family="f"))
    assert (found.independent, found.rests_on) == (1, None)
    assert found.sources == ("police", "Red Cross")


def test_two_families_with_two_sources_are_independent() -> None:
    found = of(says("police", "a"), says("the Red Cross", "b"))
    assert (found.independent, found.credibility) == (2, 2)


def test_printers_of_one_agency_count_once() -> None:
    rows = [says(None, name, agency="Reuters", publisher=f"The {name} Post") for name in "abc"]
    assert of(*rows).independent == 1
    assert of(*rows, says(None, "d", agency="AP")).independent == 2


def test_citing_the_report_of_an_agency_rests_on_the_agency() -> None:
    text = "Ten people were killed in Kano, the minister said, citing the Health Agency's report."
    chain = (source(text, "the minister"), source(text, "the Health Agency's report", level=1))
    passing = told(
        claim(text, "killed", sources=chain, figures=(figure(text, "Ten", "killed", 10, 10, "exact"),),
              recipients=(actor(text, "people", "NGA"),)),
        "b", "2020-01-07",
    )  # fmt: skip
    found = of(says("the Health Agency", "a"), passing)
    assert (found.independent, found.rests_on) == (1, "Health Agency")


def test_a_denial_speaks_against() -> None:
    found = of(says("police", "a"), says("the army", "b", status="denied"))
    assert (found.agreeing, len(found.contradicting), found.credibility) == ((), 1, 5)


def test_figures_that_contradict_speak_against() -> None:
    found = of(says("police", "a"), says("the army", "b", killed=80))
    assert len(found.contradicting) == 1
    assert of(says("police", "a"), says("the army", "b", killed=10)).contradicting == ()


def test_another_event_says_nothing() -> None:
    text = "Ten people were killed by a bomb in Lahore in May, the army said."
    other = told(
        claim(text, "killed", recipients=(actor(text, "people", "PAK"),), sources=(source(text, "the army"),),
              time=time(text, "May", "2020-05-01", "2020-05-31")),
        "b", "2020-06-01",
    )  # fmt: skip
    found = of(says("police", "a"), other)
    assert (found.agreeing, found.contradicting) == ((), ())


@pytest.mark.parametrize("example", file().examples)
def test_an_example_gives_its_number(example: tuple[int, int, int, int]) -> None:
    *counts, number = example
    assert credibility(*counts)[0] == number


@given(st.integers(1, 9), st.integers(0, 20), st.integers(0, 9))
def test_every_count_has_a_number(independent: int, agreeing: int, against: int) -> None:
    number, says_ = credibility(independent, max(agreeing, independent - 1), against)
    assert 1 <= number <= 6
    assert says_


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")), max_size=12), st.randoms())
def test_independent_is_the_greatest_choice(pairs: list[tuple[str, str]], chance: object) -> None:
    """Held against a plain search of all choices; the order of arrival does not matter."""
    rows = [says(f"the {who}guard", f"{i}", family=family) for i, (family, who) in enumerate(pairs)]
    shuffled = rows[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    by_claim = voices(rows)
    assert independents(rows, by_claim) == independents(shuffled, by_claim) == _greatest(sorted(set(pairs)))


def _greatest(pairs: list[tuple[str, str]]) -> int:
    if not pairs:
        return 0
    (family, who), rest = pairs[0], pairs[1:]
    taken = 1 + _greatest([pair for pair in rest if pair[0] != family and pair[1] != who])
    return max(taken, _greatest(rest))


@needs_shared
def test_the_seed_rests_two_figures_on_two_sources_of_one_report() -> None:
    rows = gold("seed")
    toll = next(row for row in rows if any(f.what == "killed_or_wounded" for f in row.claim.figures))
    found = corroboration(toll, rows)
    assert found.sources == ("Joint Chiefs of Staff", "National Intelligence Service")
    assert (found.independent, found.credibility, found.contradicting) == (1, 3, ())
