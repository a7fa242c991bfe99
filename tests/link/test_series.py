"""Series: figures side by side, judged and consolidated."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.claimed import SHARED, actor, claim, figure, gold, place, read, source, time, told

from tocsin.judgement import Point, Series, Told, Verdict
from tocsin.link.counts import Example, count_of, rules
from tocsin.link.figures import Bounds, Said, bounds, item, judge
from tocsin.link.scopes import Scope
from tocsin.link.series import series
from tocsin.link.voices import Voice

FIGURE = re.compile(r"(\w) (\d) (\w+) (~?)(\d*)(-?)(\d*)(?: \((\d)-(\d)\))?")
GOLDEN = Path(__file__).parent / "golden" / "embassies.json"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the annotated articles are not at {SHARED}")


def _said(words: str) -> Said:
    """A figure of an example: source, day, kind, bounds, days for which it holds."""
    found = FIGURE.fullmatch(words)
    assert found, words
    who, day, what, about, low, dash, high, first, last = found.groups()
    upper = high if dash else low
    point = Point(
        claim=words, what=what, low=float(low) if low else None, high=float(upper) if upper else None,
        qualifier="about" if about else "exact", unit=None, source=who, family=who, said_on=f"2020-01-0{day}",
        begins=f"2020-01-0{first}" if first else None, ends=f"2020-01-0{last}" if last else None, words=words,
    )  # fmt: skip
    voice = Voice(
        name=who, key=who, members=(who,), country=None, sector=None, named=True, by="source", said_on=point.said_on
    )
    return Said(point, voice, who + day, 0, Scope((), frozenset(), None))


def _verdict(example: Example) -> Verdict | str:
    """What the rules of series give for an example, by way of claims."""
    rows = [_said(part) for side in (example.a, example.b) for part in side.split(" + ")]
    found = series(_tolds(rows))
    verdicts = [judged.verdict for one in found for judged in one.judged]
    return verdicts[0] if verdicts else "nothing"


def _tolds(rows: list[Said]) -> list[Told]:
    """A document for each source and day, a claim for all that it says of one time."""
    by_claim: dict[tuple[str, str | None], list[Said]] = {}
    for one in rows:
        by_claim.setdefault((one.document, one.point.begins), []).append(one)
    made = []
    for (document, begins), ours in by_claim.items():
        text = f"{ours[0].voice.name} said on a day: " + ", ".join(f"<{i}> killed" for i in range(len(ours)))
        figures = tuple(
            figure(text, f"<{i}>", p.what, p.low, p.high, p.qualifier) for i, p in enumerate(s.point for s in ours)
        )
        when = time(text, "on a day", begins, ours[0].point.ends) if begins else None
        one = claim(text, "killed", figures=figures, time=when, sources=(source(text, ours[0].voice.name),))
        made.append(told(one, document, ours[0].point.said_on))
    return made


@pytest.mark.parametrize("example", rules().examples, ids=lambda e: f"{e.a} | {e.b}")
def test_an_example_gives_its_verdict(example: Example) -> None:
    assert _verdict(example) == example.gives


def _points(found: Series) -> list[str]:
    return [f"{point.source} {point.low} {point.high}" for point in found.points]


# Two articles of our own, read as they are.
FIRST = (
    "PORT ELLEN (Reuters) - At least 12 people were killed and 30 wounded by a bomb in Kano on Monday, police said. "
    "The Red Cross said that about 14 people had been killed in Kano."
)
SECOND = "PORT ELLEN (Reuters) - Police said on Wednesday that 15 people were killed by the bomb in Kano on Monday."


@pytest.fixture(scope="module")
def kano() -> Series:
    rows = [*read("a", "2019-05-14", FIRST), *read("b", "2019-05-15", SECOND)]
    return series(rows, "killed", title="Bombing in Kano")[0]


def test_articles_give_a_series_in_the_order_of_saying(kano: Series) -> None:
    assert _points(kano) == ["police 12.0 None", "Red Cross 14.0 14.0", "police 15.0 15.0"]
    assert [point.said_on for point in kano.points] == ["2019-05-14", "2019-05-14", "2019-05-15"]
    assert kano.title == "Bombing in Kano"


def test_articles_are_judged_between_and_within_sources(kano: Series) -> None:
    assert {(judged.a, judged.b, judged.verdict) for judged in kano.judged} == {
        ((0,), (1,), "agrees"),
        ((0,), (2,), "revises"),
        ((1,), (2,), "agrees"),
    }


def test_a_toll_is_consolidated_from_what_stands(kano: Series) -> None:
    found = kano.consolidated["killed"]
    assert (found.low, found.best, found.high) == (14.0, 15.0, 15.0)
    assert "police" in found.rule
    assert "2 of 3 figures" in found.rule


def test_a_toll_that_nobody_reaches_later_stays() -> None:
    rows = [_said("A 1 killed 64"), _said("B 9 killed 5")]
    found = series(_tolds(rows))[0].consolidated["killed"]
    assert (found.low, found.best, found.high) == (5.0, 5.0, 64.0)
    level = series(_tolds([_said("A 1 troops 64"), _said("B 9 troops 5")]))[0].consolidated["troops"]
    assert level.high == 64.0


def test_a_toll_that_others_have_passed_is_left_out() -> None:
    found = series(_tolds([_said("A 1 killed 64"), _said("B 9 killed 80")]))[0].consolidated["killed"]
    assert (found.low, found.best, found.high) == (80.0, 80.0, 80.0)


def test_one_family_and_source_count_once() -> None:
    text = "Ten people were killed in Kano, police said."
    rows = [
        told(
            claim(text, "killed", figures=(figure(text, "Ten", "killed", 10, 10, "exact"),),
                  sources=(source(text, "police"),)),
            document, "2020-01-02", family=family,
        )
        for document, family in (("a", "a"), ("b", "a"), ("c", "c"))
    ]  # fmt: skip
    assert [point.family for point in series(rows)[0].points] == ["a", "c"]


def test_places_make_series_of_their_own() -> None:
    text = "The bombs killed 247 people in Kenya and 10 in Tanzania."
    one = claim(
        text, "killed", figures=(figure(text, "247", "killed", 247, 247, "exact"), figure(text, "10", "killed", 10, 10,
        "exact")),
        places=(
            place(text, "Kenya", name="Kenya", country="KEN", country_name="Kenya", geonameid=192950),
            place(text, "Tanzania", name="Tanzania", country="TZA", country_name="Tanzania", geonameid=149590),
        ),
    )  # fmt: skip
    found = series([told(one, "a", "2020-01-02")])
    assert {(one.title, one.points[0].low) for one in found} == {("killed · Kenya", 247.0), ("killed · Tanzania", 10.0)}


def test_a_part_is_no_contradiction() -> None:
    text = "The blast killed 258 people, including 12 Americans."
    one = claim(
        text, "killed", recipients=(actor(text, "people"), actor(text, "Americans", "USA")),
        figures=(figure(text, "258", "killed", 258, 258, "exact"), figure(text, "12", "killed", 12, 12, "exact")),
    )  # fmt: skip
    found = series([told(one, "a", "2020-01-02")])
    assert [one.title for one in found] == ["killed · United States", "killed · all"]
    assert not any(one.judged for one in found)


@pytest.mark.parametrize("status", ["planned", "possible", "denied"])
def test_what_may_come_is_not_counted(status: str) -> None:
    text = "Up to 500 people could be killed."
    one = claim(text, "killed", status=status, figures=(figure(text, "500", "killed", None, 500, "at_most"),))
    assert series([told(one, "a", "2020-01-02")]) == ()


def test_an_estimate_is_counted_although_it_is_possible() -> None:
    text = "The ministry estimates that 500 people may have been killed."
    one = claim(
        text, "killed", status="possible", figures=(figure(text, "500", "killed", 500, 500, "about"),),
        sources=(source(text, "The ministry", manner="estimated"),),
    )  # fmt: skip
    assert len(series([told(one, "a", "2020-01-02")])) == 1


def test_who_asks_for_a_sum_gets_its_parts() -> None:
    rows = _tolds([_said("A 1 killed_or_wounded 1100-"), _said("B 1 killed ~100"), _said("B 1 wounded 1000")])
    assert series(rows, "killed_or_wounded") == series(rows)
    assert series(rows, "killed")[0].what == ("killed",)


def test_kinds_that_are_compared_only_when_asked() -> None:
    text = "The pipeline of 700 km was damaged."
    one = claim(text, "damaged", figures=(figure(text, "700 km", "distance", 700, 700, "exact"),))
    assert series([told(one, "a", "2020-01-02")]) == ()
    assert len(series([told(one, "a", "2020-01-02")], "distance")) == 1


def _seed(found: tuple[Series, ...]) -> None:
    toll = next(one for one in found if "killed_or_wounded" in one.what)
    verdicts = [
        judged.verdict
        for judged in toll.judged
        if {toll.points[i].what for i in judged.a + judged.b} == {"killed", "wounded", "killed_or_wounded"}
    ]
    assert verdicts == ["agrees"]
    best = toll.consolidated["killed_or_wounded"]
    assert (best.low, best.best, best.high) == (1100.0, 1100.0, 1100.0)
    border = next(one for one in found if any(point.high == 10_000 for point in one.points))
    assert [(point.low, point.high) for point in border.points] == [(None, 10_000.0), (200.0, 999.0)]
    assert [judged.verdict for judged in border.judged] == ["changes"]
    stationed = next(one for one in found if any(point.low == 12_000 for point in one.points))
    assert not stationed.judged


@needs_shared
def test_the_seed_as_annotated() -> None:
    found = series(gold("seed"))
    _seed(found)
    assert {point.source for one in found for point in one.points} >= {
        "Joint Chiefs of Staff", "National Intelligence Service", "South Korea, United States and Ukraine",
    }  # fmt: skip


@needs_shared
def test_the_seed_as_read() -> None:
    text = (SHARED / "seed" / "article.txt").read_text(encoding="utf-8")
    _seed(series(read("seed", "2024-12-23", text)))


@pytest.fixture(scope="module")
def embassies() -> list[Told]:
    """The claims of the stories on the bombings of August 1998."""
    wanted = {row["document"] for row in json.loads(GOLDEN.read_text(encoding="utf-8"))}
    rows: list[Told] = []
    for line in (SHARED / "bench" / "timex_aquaint.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if document["id"] in wanted:
            agency = {"APW": "AP", "XIE": "Xinhua"}.get(document["id"][:3])
            rows += read(document["id"], document["dct"], document["text"], agency=agency)
    return rows


@needs_shared
def test_the_embassies_of_1998(embassies: list[Told]) -> None:
    """The golden file holds what a reader of the stories notes down: figure, source, day, city. The share is below one
    for a table of figures, which the reader does not take apart."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    document_of = {one.id: one.document for one in embassies}
    found = [
        (document_of[point.claim], point.what, point.low, point.high, point.source.casefold(), point.said_on)
        for one in series(embassies, ("killed", "wounded"))
        for point in one.points
    ]
    wanted = [
        (row["document"], row["what"], row["low"], row["high"], row["source"].casefold(), row["said_on"])
        for row in golden
    ]
    assert sum(row in found for row in wanted) / len(wanted) >= 0.85
    assert sum(row in wanted for row in found) / len(found) >= 0.8


@needs_shared
def test_the_toll_of_1998_rises_and_is_revised(embassies: list[Told]) -> None:
    both = next(one for one in series(embassies, "killed") if "Kenya and Tanzania" in one.title)
    verdicts = {judged.verdict for judged in both.judged}
    assert {"agrees", "revises"} <= verdicts
    best = both.consolidated["killed"].best
    assert best is not None
    assert 250 <= best <= 260


NUMBERS = st.one_of(st.none(), st.integers(0, 10**6).map(float))
SAID = st.builds(
    lambda who, day, low, more, about: _said(f"{who} {day} killed {about}{low}{'-' if more else ''}"),
    st.sampled_from("ABC"),
    st.integers(1, 9),
    st.integers(0, 999),
    st.booleans(),
    st.sampled_from(["", "~"]),
)


@given(st.lists(SAID, min_size=1, max_size=12))
def test_the_order_of_arrival_does_not_matter(rows: list[Said]) -> None:
    tolds = _tolds(rows)
    assert series(tolds) == series(tolds[::-1])


@given(st.lists(SAID, min_size=1, max_size=12))
def test_low_best_and_high_are_in_order_and_were_said(rows: list[Said]) -> None:
    for one in series(_tolds(rows)):
        found = one.consolidated["killed"]
        said = {end for point in one.points for end in (point.low, point.high)}
        assert found.low is not None
        assert found.best is not None
        assert found.high is not None
        assert found.low <= found.best <= found.high
        assert {found.low, found.best, found.high} <= said


@given(SAID, SAID)
def test_agreement_is_the_same_both_ways(a: Said, b: Said) -> None:
    first, second = item((0,), [a, b]), item((1,), [a, b])
    forth, back = judge(first, second, "toll"), judge(second, first, "toll")
    if a.voice.key != b.voice.key:
        assert (forth and forth[0]) == (back and back[0])


@given(st.lists(SAID, min_size=1, max_size=25))
def test_judgements_stay_sparse(rows: list[Said]) -> None:
    tolds = _tolds(rows)
    for one in series(tolds):
        assert len(one.judged) <= len(one.points) * (1 + rules().others)


def test_about_is_a_tenth() -> None:
    point = _said("A 1 killed ~100").point
    assert bounds(point) == Bounds(90.0, 110.0)
    assert bounds(msgspec.structs.replace(point, qualifier="exact")) == Bounds(100.0, 100.0)


def test_a_kind_that_no_rule_names_is_its_own() -> None:
    assert count_of("eggs").whats == ("eggs",)
