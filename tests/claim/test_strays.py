from __future__ import annotations

import pytest

from tocsin.claim.vouching import standings
from tocsin.understand.pipeline import load, parse_text

STRAYS = [
    ("The agency estimated 300 prisoners from ten countries were [held] in the camp.", "agency"),
    ("The ministry indicated no convoy would [come] before Friday.", "ministry"),
    ("The soldiers told investigators they [fired] into the air.", "soldiers"),
    ("The council announced that men it had backed to oust the rebels from Basra would [form] a guard.", "council"),
    ("He called the paper to announce that a worker missing for a week will be [freed].", "He"),
    ("The court reaffirms that the law is still [violated].", "court"),
    ("The ministry condemned the attack and [withdrew] its envoy.", None),
    ("A man wanted for questioning in Rome [fled] to the port.", None),
    ("The soldiers said nothing when they [fired] into the air.", None),
    ("The minister told the story of the war that [killed] his sons.", None),
]


@pytest.mark.parametrize(("marked", "source"), STRAYS)
def test_a_clause_keeps_its_source_wherever_it_hangs(marked: str, source: str | None) -> None:
    start = marked.index("[")
    parse = parse_text(load(), marked.replace("[", "").replace("]", ""))
    chain = standings(parse)[parse.token_at(start)].chain
    assert [parse.word[voucher.head] for level in chain for voucher in level] == ([source] if source else [])
