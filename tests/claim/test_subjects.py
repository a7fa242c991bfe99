from __future__ import annotations

import pytest

from tocsin.claim.subjects import subject_of
from tocsin.understand.pipeline import load, parse_text

SUBJECTS = [
    ("The hill remains quiet and police admit that a rebel fled.", "admit", "police"),
    ("Trucks are headed for the border and officials say that rebels attacked.", "say", "officials"),
    ("France became the first state to acknowledge shelling the port.", "acknowledge", "France"),
    ("The radio quoted officials as saying the army left, adding that it burned the bridge.", "adding", "officials"),
    ("They want to drive the rebels out and claim that the town fell.", "claim", "They"),
    ("The mayor handed over a video of the protest that shows that police beat a man.", "shows", "video"),
    ("The states signed an agreement in Rome, Italy, which calls for a ceasefire.", "calls", "agreement"),
    ("The family sent a letter to the police saying that a man threatened them.", "saying", "family"),
    ("The speech drew a rebuke by the king and the bishop, who warned that the town would fall.", "warned", "king"),
    ("Ten fled, many of them from the last camp, said Ann Lee, who heads the office.", "said", "Lee"),
    ("The minister who said that the army left has resigned.", "said", "minister"),
    ("The army visited the port on Monday and said that it was safe.", "said", "army"),
]


@pytest.mark.parametrize(("text", "verb", "subject"), SUBJECTS)
def test_who_does_what_a_verb_says(text: str, verb: str, subject: str) -> None:
    parse = parse_text(load(), text)
    assert parse.word[subject_of(parse, parse.word.index(verb))] == subject
