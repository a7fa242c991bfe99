from __future__ import annotations

import pytest

from tocsin.claim.acts import reporters
from tocsin.claim.vouching import standings, vouching
from tocsin.understand.pipeline import load, parse_text

ACTS = [
    ("The envoy said that the move would be [unacceptable].", "envoy", []),
    ('"The move is a [disgrace]," the envoy said.', "envoy", []),
    ("The envoy said that he [rejected] the move.", "envoy", ["envoy"]),
    ("The envoy said that the move would be [unacceptable].", "move", ["envoy"]),
    ("The envoy vowed to [reject] the move.", "envoy", ["envoy"]),
]


@pytest.mark.parametrize(("marked", "doer", "sources"), ACTS)
def test_who_disapproves_by_saying_so_does_not_report_it(marked: str, doer: str, sources: list[str]) -> None:
    start = marked.index("[")
    parse = parse_text(load(), marked.replace("[", "").replace("]", ""))
    head = parse.token_at(start)
    chain = reporters(parse, head, standings(parse)[head].chain, [parse.word.index(doer)])
    assert [parse.word[voucher.head] for level in chain for voucher in level] == sources


def test_who_only_demands_vouches_for_nothing_that_is_said_to_have_happened() -> None:
    parse = parse_text(load(), "The mayor demanded a withdrawal.")
    standing = standings(parse)[parse.word.index("withdrawal")]
    assert vouching("possible", standing.heard) == standing.heard != ()
    assert vouching("occurred", standing.heard) == ()
