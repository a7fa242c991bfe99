"""One event told by two words of a sentence is one claim."""

from __future__ import annotations

import pytest

from tocsin import api


def triggers(text: str) -> list[str]:
    report = next(iter(api.read_documents([api.from_text(text, published="2024-05-06")])))
    return [claim.trigger.text for claim in report.claims]


@pytest.mark.parametrize(
    ("text", "twins"),
    [
        ("At least 12 people were killed and 40 were injured when a bomb went off in Karachi.", {"killed", "injured"}),
        ("Forty people died and sixty were wounded in the raid on Goma, medics said.", {"died", "wounded"}),
    ],
)
def test_no_two_claims_for_one_event(text: str, twins: set[str]) -> None:
    assert len(twins & set(triggers(text))) <= 1


def test_different_events_of_a_sentence_stay() -> None:
    found = triggers("Rebels shelled the port on Monday, and the army arrested two men in Goma.")
    assert {"shelled", "arrested"} <= set(found)
