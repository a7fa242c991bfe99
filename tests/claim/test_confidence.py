"""Confidence is a probability that grows with what the models say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.claim.confidence import confidence

logs = st.floats(-20.0, 0.0)


@given(st.floats(-30.0, 30.0), logs, logs, logs)
def test_it_is_a_probability_and_grows_with_each_part(claim: float, kind: float, status: float, roles: float) -> None:
    here = confidence((claim, kind, status), roles)
    assert 0.0 <= here <= 1.0
    assert confidence((claim + 1.0, kind, status), roles) >= here
    assert confidence((claim, min(kind + 1.0, 0.0), status), roles) >= here
    assert confidence((claim, kind, min(status + 1.0, 0.0)), roles) >= here
    assert confidence((claim, kind, status), min(roles + 1.0, 0.0)) >= here


def test_a_sure_claim_is_surer_than_a_doubtful_one() -> None:
    assert confidence((6.0, -0.01, -0.01), -0.1) > 0.7 > 0.5 > confidence((0.0, -1.0, -1.0), -3.0)
