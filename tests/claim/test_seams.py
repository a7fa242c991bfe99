from __future__ import annotations

import pytest

from tocsin.claim.seams import is_parted, seams
from tocsin.understand.pipeline import load, parse_text

SEAMS = [
    ("Officials say the four are alive One of them was wounded in the town", ["One"]),
    ("The army told The Herald that the town fell.", []),
    ("The court ordered the arrest of convicted swindler She Zhijiang on Monday.", []),
    ("He lived in The Hague.", []),
    ("Rebels take the port Tripoli, Libya (ABC) -- Rebels took the port on Monday, officials said.", ["--"]),
]


@pytest.mark.parametrize(("text", "first"), SEAMS)
def test_where_a_sentence_begins_without_a_full_stop(text: str, first: list[str]) -> None:
    parse = parse_text(load(), text)
    assert [parse.word[i] for i in seams(parse)] == first


def test_a_seam_parts_what_lies_on_both_sides() -> None:
    assert is_parted([5], 4, 5)
    assert not is_parted([5], 5, 9)
    assert not is_parted([], 1, 9)
