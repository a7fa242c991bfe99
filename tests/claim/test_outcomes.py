"""What brought about a harm, by the grammar of the sentence."""

from __future__ import annotations

import pytest

import tocsin
from tocsin.claim.outcomes import causes
from tocsin.understand.pipeline import load, parse_text


@pytest.mark.parametrize(
    ("text", "harm", "found"),
    [
        ("The blast in Khartoum killed two men.", "killed", ["blast"]),
        ("He condemned the blast in Khartoum that killed two men.", "killed", ["blast"]),
        ("Two men were killed in a blast in Khartoum.", "killed", ["blast"]),
        ("Two men were injured by an explosion.", "injured", ["explosion"]),
        ("A bomb exploded in Khartoum, killing two men.", "killing", ["exploded"]),
        ("A bomb exploded in Khartoum, killing two men and wounding three.", "wounding", ["killing", "exploded"]),
        ("Ten people died and three were wounded in Khartoum.", "died", ["wounded", "people"]),
        ("Two men were arrested in a raid in Khartoum.", "arrested", []),
        ("A man was stabbed last night and police arrested two men.", "arrested", []),
        ("The blast in Khartoum angered the union.", "angered", []),
    ],
)
def test_causes(text: str, harm: str, found: list[str]) -> None:
    parse = parse_text(load(), text)
    assert [parse.word[k] for k in causes(parse, parse.word.index(harm))] == found


def test_harm_is_done_when_the_act_is() -> None:
    text = "Police condemned the bombing in Khartoum on Monday that killed two men."
    report = tocsin.read(text, published="2024-05-08")
    killed = next(claim for claim in report.claims if claim.trigger.text == "killed")
    assert killed.time is not None
    assert killed.time.from_ == "2024-05-06"
