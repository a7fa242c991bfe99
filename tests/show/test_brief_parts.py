"""The parts of a brief: days, names, facts told once, what changed, the map, references, Markdown."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import claim

from tocsin.judgement import Told
from tocsin.ledger import Found
from tocsin.ledger.results import Origin
from tocsin.model import Status, Time
from tocsin.show.brief.changes import moves
from tocsin.show.brief.days import interval_out, time_out
from tocsin.show.brief.facts import Kin, facts
from tocsin.show.brief.lexicon import lexicon, topic_of
from tocsin.show.brief.map import HEIGHT, WIDTH, Spot, draw, view_of
from tocsin.show.brief.markdown import escaped
from tocsin.show.brief.names import joined, possessive
from tocsin.show.brief.notes import Notes


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        ("2024-12-23", "2024-12-23", "23 December 2024"),
        ("2024-12-16", "2024-12-31", "16–31 December 2024"),
        ("2024-12-01", "2024-12-31", "December 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-01-01", "2025-12-31", "2024 to 2025"),
        ("2024-11-26", "2024-12-23", "26 November – 23 December 2024"),
        ("2024-12-30", "2025-01-05", "30 December 2024 – 5 January 2025"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-05-21", None, "since 21 May 2024"),
        (None, "2024-12-31", "until 31 December 2024"),
        (None, None, None),
    ],
)
def test_an_interval_written_out(begins: str | None, ends: str | None, said: str | None) -> None:
    assert interval_out(begins, ends) == said


@pytest.mark.parametrize(
    ("words", "before", "ends", "said"),
    [
        ("Monday", "on ", "2024-12-23", "23 December 2024"),
        ("late May", "Since ", None, "23 December 2024"),
        ("late May", "in ", None, "since 23 December 2024"),
        ("23 December 2024", "on ", "2024-12-23", None),
        ("2024", "in ", "2024-12-31", None),
    ],
)
def test_days_are_told_where_the_words_do_not_name_them(words: str, before: str, ends: str | None, said: str) -> None:
    time = Time(text=words, start=0, end=len(words), from_="2024-12-23", to=ends)
    assert time_out(time, before) == said


def test_names_in_a_row() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "a"]) == "a and b"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert possessive("Congress") == "Congress’s"
    assert possessive("the rebels") == "the rebels’"


def found(marked: str, document: str, status: Status = "occurred", published: str = "2024-12-23") -> Found:
    """A claim as a ledger finds it."""
    one = claim(marked, status)
    origin = Origin(
        id=document, name=document, url=None, version=1, title=None, publisher=f"Paper {document}", agency=None,
        published=published, first_seen="", last_seen="",
    )  # fmt: skip
    return Found(id=f"{one.id}-{document}", claim=one, document=origin, reader="r")


def kin(*claims: Found, families: dict[str, str] | None = None) -> Kin:
    """All claims in one situation, documents in families."""
    family = families or {}
    told = {
        one.id: Told(id=one.id, claim=one.claim, document=one.document.id,
                     family=family.get(one.document.id, one.document.id), published=one.document.published,
                     publisher=one.document.publisher)
        for one in claims
    }  # fmt: skip
    return Kin(situation=dict.fromkeys(told, "s"), told=told)


SHELLED = "[a:Rebels] [t:shelled] [r:the market town] near the northern border."
AGAIN = "Officers reported that [a:rebels] [t:shelled] [r:the market town] near the border."


def test_one_fact_of_two_reports_is_one_sentence() -> None:
    one, two = found(SHELLED, "a"), found(AGAIN, "b")
    (fact,) = facts([one, two], kin(one, two))
    assert {held.document.id for held in fact.all} == {"a", "b"}
    assert fact.independent == 2


def test_a_reprint_is_not_independent() -> None:
    one, two = found(SHELLED, "a"), found(SHELLED, "b")
    (fact,) = facts([one, two], kin(one, two, families={"b": "a"}))
    assert fact.independent == 1


def test_another_status_is_another_fact() -> None:
    one, two = found(SHELLED, "a"), found(SHELLED, "b", "denied")
    assert len(facts([one, two], kin(one, two))) == 2


def test_other_figures_are_another_fact() -> None:
    one = found("Shells [t:killed] [f:two=killed exact 2] people in the market town.", "a")
    two = found("Shells [t:killed] [f:nine=killed exact 9] people in the market town.", "b")
    assert len(facts([one, two], kin(one, two))) == 2


def test_other_words_of_one_event_are_another_fact() -> None:
    one, two = found(SHELLED, "a"), found("[a:Rebels] [t:shelled] the bridge, officers said at noon.", "b")
    assert len(facts([one, two], kin(one, two))) == 2


def test_claims_of_one_sentence_are_one_fact() -> None:
    one = found("[a:Rebels] [t:shelled] the town and took a hill.", "a")
    two = found("[a:Rebels] shelled the town and [t:took] [o:a hill].", "a")
    (fact,) = facts([one, two], kin(one, two))
    assert len(fact.claims) == 2


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("possible", "planned", True),
        ("planned", "occurred", True),
        ("occurred", "possible", False),
        ("occurred", "denied", True),
        ("denied", "occurred", True),
        ("planned", "planned", False),
    ],
)
def test_a_status_moves_on(before: Status, after: Status, said: bool) -> None:
    assert moves(before, after) is said


def test_the_mode_decides_on_the_topic_before_the_type() -> None:
    assert topic_of("MOBILIZE", "test") == "Tests and exercises"
    assert topic_of("MOBILIZE", None) == "Forces and defences"
    assert topic_of("NEWTYPE", None) == lexicon().other


def test_every_type_has_a_topic() -> None:
    from tocsin.claim.ontology import ontology

    assert all(topic_of(type_, None) != lexicon().other for type_ in ontology().types)


def test_references_are_numbered_as_they_are_called_for() -> None:
    notes = Notes()
    one, two = found(SHELLED, "a"), found(AGAIN, "b")
    assert notes.of([two]) == (1,)
    assert notes.of([one, two]) == (1, 2)
    assert [note.document for note in notes.list()] == ["b", "a"]


SPOTS = st.lists(
    st.builds(
        Spot, number=st.integers(1, 99), name=st.just("A <b> & “c”"), lat=st.floats(-85, 85), lon=st.floats(-180, 180),
        claims=st.integers(1, 500), wide=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@given(SPOTS)
def test_every_place_is_within_the_map(spots: list[Spot]) -> None:
    view = view_of(spots)
    for spot in spots:
        x, y = view.at(spot.lon, spot.lat)
        assert -0.1 <= x <= WIDTH + 0.1
        assert -0.1 <= y <= HEIGHT + 0.1


def test_the_map_is_drawn_and_names_are_text() -> None:
    spot = Spot(number=1, name="A <b> & “c”", lat=51.7, lon=36.2, claims=3)
    drawn = draw([spot])
    assert drawn == draw([spot])
    assert "A &lt;b&gt; &amp; “c”" in drawn
    assert len(re.findall("<circle", drawn)) == 1
    assert len(drawn) > 2_000


def test_a_mark_of_markdown_is_text() -> None:
    assert escaped("a|b *c* [d] <e> `f` $1") == r"a\|b \*c\* \[d\] \<e\> \`f\` \$1"
    assert escaped("2. The team") == r"2\. The team"
    assert escaped("- no list") == r"\- no list"
    assert escaped("&lt;b&gt;") == r"\&lt;b\&gt;"


def test_notes_keep_their_claims() -> None:
    notes = Notes()
    one = found(SHELLED, "a")
    other = msgspec.structs.replace(one, id="other")
    notes.of([one, other])
    assert notes.list()[0].claims == (one.id, "other")
