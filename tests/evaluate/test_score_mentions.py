"""Times, places, attributions and statuses against rows of our own."""

from __future__ import annotations

import pytest

from tocsin.evaluate import mentions, statuses
from tocsin.evaluate.counts import Count
from tocsin.evaluate.pairing import pair, union_share
from tocsin.model import Actor, Attribution, Claim, Mention, Mentions, Place, Report, Time
from tocsin.read import from_text

TEXT = "On Monday the Turkish minister said in Ankara that talks may begin."


def cut(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def report(**found: object) -> Report:
    return Report(document=from_text(TEXT, id="a"), claims=(), mentions=Mentions(**found))  # type: ignore[arg-type]


def test_times_strict_relaxed_value() -> None:
    start, end = cut("Monday")
    row = mentions.TimexRow(
        id="a", text=TEXT, timexes=(mentions.Timex(start=start, end=end, type="DATE", value="2024-12-23"),)
    )
    wide = Time(text="On Monday", start=0, end=end, timex="2024-12-23")
    counts = mentions.score_times(row, report(times=(wide,))).counts
    assert (counts["strict"], counts["relaxed"], counts["value"]) == (Count(0, 1, 1), Count(1, 1, 1), Count(1, 1, 1))


def places() -> mentions.ToponymRow:
    (a, b), (c, d) = cut("Turkish"), cut("Ankara")
    return mentions.ToponymRow(
        id="a",
        text=TEXT,
        toponyms=(
            mentions.Toponym(
                start=a, end=b, name="Turkish", lat=39, lon=35, gaz_name="Turkey", fcode="PCLI", country="Turkey"
            ),
            mentions.Toponym(start=c, end=d, name="Ankara", lat=39.92, lon=32.85, gaz_name="Ankara", country="Turkey"),
        ),
    )


def place(words: str, lat: float | None, country: str = "Turkey") -> Place:
    start, end = cut(words)
    return Place(text=words, start=start, end=end, lat=lat, lon=None if lat is None else 32.85, country_name=country)


def test_demonyms_cost_nothing_either_way() -> None:
    both = mentions.score_places(places(), report(places=(place("Turkish", 39.0), place("Ankara", 39.92))))
    alone = mentions.score_places(places(), report(places=(place("Ankara", 39.92),)))
    assert both.counts["toponyms"] == alone.counts["toponyms"] == Count(1, 1, 1)


@pytest.mark.parametrize(("lat", "near"), [(39.92, 1), (41.0, 1), (45.0, 0), (None, 0)])
def test_near_is_within_161_km(lat: float | None, near: int) -> None:
    found = mentions.score_places(places(), report(places=(place("Ankara", lat),)))
    assert found.counts["within161"] == Count(near, 1, 1)
    assert len(found.misses) == 1 - near


def test_attribution_needs_half_of_the_union() -> None:
    content, cue, source = cut("talks may begin"), cut("said"), cut("the Turkish minister")
    row = mentions.AttributionRow(
        id="a", text=TEXT, attributions=(mentions.Attributed(source=(source,), cue=(cue,), content=(content,)),)
    )
    whole = Mention(text="talks may begin", start=content[0], end=content[1])
    small = Mention(text="begin", start=content[1] - 5, end=content[1])
    speaker = Actor(text="minister", start=22, end=30)
    for read, half in ((whole, 1), (small, 0)):
        counts = mentions.score_attribution(
            row, report(attributions=(Attribution(source=speaker, cue=None, content=read),))
        ).counts
        assert counts["content_half"] == Count(half, 1, 1)
        assert counts["content_any"] == Count(1, 1, 1)
    assert "source" not in counts


def test_pairs_are_one_to_one() -> None:
    one, two = mentions.Span(0, 5), mentions.Span(3, 8)
    assert pair([one, two], [mentions.Span(2, 6)], lambda a, b: a.start < b.end and b.start < a.end) == [
        (one, mentions.Span(2, 6))
    ]
    assert union_share(one, two) == pytest.approx(2 / 8)


@pytest.mark.parametrize(("score", "stance"), [(3, "fact"), (1.5, "fact"), (1.2, "open"), (-1, "open"), (-2, "denied")])
def test_factuality_maps_to_classes(score: float, stance: str) -> None:
    assert statuses.Predicate(0, 1, score).stance == stance


def test_status_counts_only_predicates_that_are_triggers() -> None:
    begin, said = cut("begin"), cut("said")
    row = statuses.FactualityRow(
        id="a", text=TEXT, predicates=(statuses.Predicate(*begin, 0.5), statuses.Predicate(*said, 3.0))
    )
    trigger = Mention(text="begin", start=begin[0], end=begin[1])
    claim = Claim(
        id="c", trigger=trigger, type="CONSULT", mode=None, status="possible", actors=(), recipients=(), objects=(),
        figures=(), places=(), time=None, sources=(), evidence=trigger,
    )  # fmt: skip
    counts = statuses.score(row, Report(document=from_text(TEXT, id="a"), claims=(claim,))).counts
    assert counts["accuracy"] == Count(1, 1, 1)
    assert counts["found"] == Count(1, 2, 2)


@pytest.mark.parametrize(
    ("score", "right", "as_open"), [(3.0, 1, 0), (0.5, 1, 1), (-3.0, 0, 0)], ids=["firm", "loose", "denied"]
)
def test_a_plan_is_as_certain_as_the_score_has_it(score: float, right: int, as_open: int) -> None:
    begin = cut("begin")
    row = statuses.FactualityRow(id="a", text=TEXT, predicates=(statuses.Predicate(*begin, score),))
    trigger = Mention(text="begin", start=begin[0], end=begin[1])
    claim = Claim(
        id="c", trigger=trigger, type="CONSULT", mode=None, status="planned", actors=(), recipients=(), objects=(),
        figures=(), places=(), time=None, sources=(), evidence=trigger,
    )  # fmt: skip
    counts = statuses.score(row, Report(document=from_text(TEXT, id="a"), claims=(claim,))).counts
    assert counts["accuracy"] == Count(right, 1, 1)
    assert counts["plans as open"] == Count(as_open, 1, 1)
