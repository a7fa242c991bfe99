from __future__ import annotations

import re

from hand import LAUNCH, LOSSES, TEXT
from hypothesis import given
from hypothesis import strategies as st

from tocsin.show.segments import TRIGGER, Mark, cut, marks_of, paragraphs

TEXTS = st.text(alphabet="ab \n<&é", min_size=1, max_size=80)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends, st.integers(1, 4), st.sampled_from("etar")), max_size=12))
    return text, [Mark(min(a, b), max(a, b), n, part) for a, b, n, part in spans if a != b]


@given(marked())
def test_pieces_hold_the_text_and_every_mark_lies_on_its_own_characters(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    bounds = paragraphs(text)
    lines = list(cut(text, marks))
    assert len(lines) == len(bounds)
    for (start, end), pieces in zip(bounds, lines, strict=True):
        assert "".join(piece.text for piece in pieces) == text[start:end]
        here = start
        for piece in pieces:
            after = here + len(piece.text)
            assert set(piece.marks) == {mark for mark in marks if mark.start <= here and after <= mark.end}
            assert not any(here < edge < after for mark in marks for edge in mark[:2])
            here = after


@given(marked())
def test_a_trigger_opens_once_and_closes_once(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    pieces = [piece for line in cut(text, marks) for piece in line]
    for mark in {mark for mark in marks if mark.part == TRIGGER and text[mark.start : mark.end].strip()}:
        if re.search(r"^\s|\s$|\n", text[mark.start : mark.end]):
            continue
        assert any(mark.claim in piece.opens and mark in piece.marks for piece in pieces)
        assert any(mark.claim in piece.closes and mark in piece.marks for piece in pieces)


def test_a_claim_marks_all_that_it_names() -> None:
    marks = marks_of([LOSSES, LAUNCH])
    said = {(mark.claim, mark.part): TEXT[mark.start : mark.end] for mark in marks}
    assert said[1, "t"] == "killed"
    assert said[1, "f"] == "at least 1,100"
    assert said[1, "c"] == "said"
    assert said[2, "o"] == "<missiles> & drones"
    assert said[2, "w"] == "before the end of the year"
    assert {part for _, part in said} == set("etarofpwsc")


def test_broken_lines_are_one_paragraph_and_others_are_not() -> None:
    wrapped = (
        "The army said that the\nsoldiers had been killed\nnear the town.\n\nIt said no more\nthan that on Monday."
    )
    assert [wrapped[a:b].split()[0] for a, b in paragraphs(wrapped)] == ["The", "It"]
    lines = "The army said so on Monday.\nIt said no more than that.\n"
    assert len(paragraphs(lines)) == 2
