from __future__ import annotations

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from tocsin.understand.parse import Parse
from tocsin.understand.pieces import join, split
from tocsin.understand.pipeline import load, parse_many, prepare

TEXT = "\n\n".join(
    f"The army said on Monday that {n} soldiers were killed near Kursk. “It was a raid,” an official warned."
    for n in range(2, 12)
)


@given(st.text(alphabet="ab. \n", max_size=300), st.integers(5, 60))
def test_pieces_lie_in_the_text_and_leave_nothing_but_spaces_out(text: str, longest: int) -> None:
    clean = prepare(text)
    after = 0
    for at, piece in split(clean, longest):
        assert clean.text[at : at + len(piece.text)] == piece.text
        assert not clean.text[after:at].strip(" ")
        assert len(piece.text) <= longest
        assert {at + i for i in piece.breaks} <= set(clean.breaks)
        after = at + len(piece.text)
    assert not clean.text[after:].strip(" ")


def test_a_short_text_is_one_piece_and_itself() -> None:
    clean = prepare(TEXT)
    assert split(clean) == [(0, clean)]


def test_a_parse_from_pieces_is_the_parse_of_the_whole() -> None:
    nlp, clean = load(), prepare(TEXT)
    whole = next(parse_many(nlp, [(TEXT, clean)]))
    pieces = split(clean, 250)
    assert len(pieces) > 3
    parts = list(parse_many(nlp, [(TEXT, piece) for _, piece in pieces]))
    joined = join(TEXT, clean, [(at, part) for (at, _), part in zip(pieces, parts, strict=True)])
    for field in fields(Parse):
        if field.name not in ("tensor", "origin"):
            assert getattr(joined, field.name) == getattr(whole, field.name), field.name
    assert list(joined.origin) == list(whole.origin)
    assert joined.tensor is not None
    assert len(joined.tensor) == len(joined)
    for i in range(len(joined)):
        mention = joined.tokens(i, i + 1)
        assert TEXT[mention.start : mention.end] == mention.text
