"""Who acts, by the clauses of a sentence."""

from __future__ import annotations

import pytest

from tocsin.claim.doers import own_actors
from tocsin.understand.pipeline import load, parse_text


@pytest.mark.parametrize(
    ("text", "event", "named", "kept"),
    [
        ("Rebels took the town, the governor said, and he called for help.", "called", "Rebels he", "he"),
        ("Rebels took the town, the governor said, and he called for help.", "took", "Rebels", "Rebels"),
        (
            "Norway sent ships, the minister said, and he ordered the army to close the road.",
            "close",
            "Norway he",
            "he",
        ),
        ("Norway is building ships, the minister said, and he ordered more.", "ordered", "Norway minister", "minister"),
        ("The mayor praised the protests, as did the speaker.", "praised", "mayor speaker", "mayor speaker"),
        ("The mayor said the men were shot.", "shot", "mayor", "mayor"),
        ("The men who fled said they attacked the convoy.", "attacked", "men they", "they"),
        ("Sailors boarded a ship chartered by Norway.", "boarded", "Sailors Norway", "Sailors"),
        ("Hurricane Ella hit the coast.", "hit", "Ella", ""),
        ("The Hurricane Center warned the coast.", "warned", "Center", "Center"),
        ("President Snow attacked the plan.", "attacked", "Snow", "Snow"),
    ],
)
def test_who_acts(text: str, event: str, named: str, kept: str) -> None:
    parse = parse_text(load(), text)
    heads = [parse.word.index(word) for word in named.split()]
    found = own_actors(parse, parse.word.index(event), heads, ())
    assert " ".join(parse.word[k] for k in found) == kept


def test_whom_a_rule_names_stays() -> None:
    parse = parse_text(load(), "Rebels took the town, the governor said, and he called for help.")
    rebels, he = parse.word.index("Rebels"), parse.word.index("he")
    assert own_actors(parse, parse.word.index("called"), (rebels, he), (rebels,)) == (rebels, he)
