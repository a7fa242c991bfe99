"""No client gets more than its bucket holds and what flows in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.show.desk.conftest import Client

from tocsin.show.desk import limits
from tocsin.show.desk.limits import Buckets


@given(
    st.floats(0.1, 50),
    st.integers(1, 20),
    st.lists(st.floats(0, 3), min_size=1, max_size=60),
)
def test_never_more_than_the_bucket_and_the_flow(rate: float, burst: int, waits: list[float]) -> None:
    now = 0.0
    buckets = Buckets(rate, burst, lambda: now)
    allowed: list[float] = []
    for wait in waits:
        now += wait
        left = buckets.take("a")
        assert left >= 0
        if left == 0:
            allowed.append(now)
    for first, start in enumerate(allowed):
        for last, end in enumerate(allowed[first:], first):
            assert last - first + 1 <= burst + (end - start) * rate + 1e-6


@given(st.floats(0.1, 50), st.integers(1, 20))
def test_whoever_waits_as_told_is_let_in(rate: float, burst: int) -> None:
    now = 0.0
    buckets = Buckets(rate, burst, lambda: now)
    assert [buckets.take("a") for _ in range(burst)] == [0.0] * burst
    left = buckets.take("a")
    assert left > 0
    now += left + 1e-6
    assert buckets.take("a") == 0


def test_clients_have_buckets_of_their_own_and_the_idle_are_forgotten() -> None:
    now = 0.0
    buckets = Buckets(0.001, 1, lambda: now)
    assert buckets.take("a") == 0
    assert buckets.take("a") > 0
    assert buckets.take("b") == 0
    for number in range(limits.CLIENTS):
        buckets.take(f"other {number}")
    assert buckets.take("a") == 0
    assert len(buckets._held) <= limits.CLIENTS


def test_a_rate_of_nothing_bounds_nothing() -> None:
    assert {Buckets(0, 1).take("a") for _ in range(100)} == {0.0}


def test_the_desk_says_when_to_come_again(client: Client) -> None:
    asked = client(rate=0.5, burst=2)
    assert [asked.get("/api/v1/quarantine").status_code for _ in range(2)] == [200, 200]
    answer = asked.get("/api/v1/quarantine")
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert 1 <= int(answer.headers["retry-after"]) <= 3
    assert asked.get("/static/desk.css").status_code == 200
    assert asked.get("/").headers["content-type"].startswith("text/html")


def test_people_behind_a_proxy_have_buckets_of_their_own(client: Client) -> None:
    asked = client(user_header="X-User", rate=0.001, burst=1)
    assert asked.get("/quarantine", headers={"X-User": "ada"}).status_code == 200
    assert asked.get("/quarantine", headers={"X-User": "ada"}).status_code == 429
    assert asked.get("/quarantine", headers={"X-User": "bob"}).status_code == 200
