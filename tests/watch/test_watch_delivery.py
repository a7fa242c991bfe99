"""Delivery to real receivers: well, failing, hanging, lying ones; files and feeds. None is lost, each is known by its
id."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.conftest import Fresh
from tests.watch.receiver import SECRET, Receiver, receiving
from tests.watch.telling import report
from tests.watch.test_watch_rounds import NOW, ON, READER, indicator, take_in

from tocsin.ledger import Ledger
from tocsin.ledger.outbox import DEAD, SENT, Outbox
from tocsin.watch.channels import AnyChannel, AtomFile, Lines, Notice, Retry, Webhook
from tocsin.watch.deliver import PATIENCE, Delivered, delay, deliver
from tocsin.watch.rounds import look
from tocsin.watch.senders.webhook import key_of, signature


class Clock:
    """A clock that is moved by hand; it begins with the rounds of these tests."""

    def __init__(self) -> None:
        self.offset = NOW.timestamp() - time.time()

    def __call__(self) -> float:
        return time.time() + self.offset

    def forward(self, seconds: float) -> None:
        self.offset += seconds


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    return Clock()


def hook(receiver: Receiver, attempts: int = 5, timeout: float = 1.0) -> Webhook:
    return Webhook(
        id="hook", url=receiver.url, secret=SECRET, timeout=timeout,
        retry=Retry(attempts=attempts, first=10.0, most=100.0),
    )  # fmt: skip


def raise_alerts(ledger: Ledger, count: int, *channels: AnyChannel) -> set[str]:
    """So many alerts, for some channels."""
    for number in range(count):
        take_in(ledger, number, on=number)
    return {alert.id for alert in look(ledger, [indicator()], channels, NOW, ON)}


def states(ledger: Ledger) -> dict[str, str]:
    return {one.alert.id: one.state for one in Outbox(ledger.engine).listed()}


def test_an_alert_arrives_signed_and_once(ledger: Ledger, receiver: Receiver, clock: Clock) -> None:
    channel = hook(receiver)
    ids = raise_alerts(ledger, 3, channel)
    assert deliver(ledger, [channel], clock) == Delivered(3, 0, 0, {})
    assert deliver(ledger, [channel], clock) == Delivered(0, 0, 0, {})
    assert receiver.taken.keys() == ids
    assert set(receiver.tries.values()) == {1}
    assert receiver.unsigned == 0
    message = receiver.taken[min(ids)]
    alert = ledger.alert(min(ids))
    assert alert is not None
    assert message["type"] == "alert.raised"
    assert message["data"]["claims"][0]["claim"]["evidence"]["text"] == alert.claims[0].claim.evidence.text
    assert message["data"]["independent"] == 1


@pytest.mark.parametrize("how", ["500", "503", "404", "302", "close", "half", "drip", "hang"])
def test_what_fails_is_tried_again_with_the_same_id_and_body(
    tmp_path: Path, receiver: Receiver, clock: Clock, how: str
) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        channel = hook(receiver)
        (id,) = raise_alerts(ledger, 1, channel)
        receiver.behave(how)
        begun = time.monotonic()
        first = deliver(ledger, [channel], clock)
        assert time.monotonic() - begun < 30
        assert (first.sent, first.waiting, first.dead) == (0, 1, 0)
        assert first.faults["hook"]
        assert deliver(ledger, [channel], clock).sent == 0
        clock.forward(11)
        assert deliver(ledger, [channel], clock).sent == 1
        assert receiver.tries[id] == 2
        assert len(receiver.bodies[id]) == 1
        assert receiver.unsigned == 0


def test_what_never_arrives_lies_with_the_dead_letters(ledger: Ledger, receiver: Receiver, clock: Clock) -> None:
    channel = hook(receiver, attempts=2)
    ids = raise_alerts(ledger, 2, channel)
    receiver.behave(otherwise="500")
    assert deliver(ledger, [channel], clock).waiting == 2
    clock.forward(11)
    assert deliver(ledger, [channel], clock).dead == 2
    dead = Outbox(ledger.engine).listed(DEAD)
    assert {one.alert.id for one in dead} == ids
    assert {(one.attempts, one.fault) for one in dead} == {(2, "answered 500 Internal Server Error")}
    clock.forward(1_000)
    assert deliver(ledger, [channel], clock) == Delivered(0, 0, 0, {})
    receiver.behave()
    assert Outbox(ledger.engine).revive(clock(), "now") == 2
    assert deliver(ledger, [channel], clock).sent == 2
    assert receiver.taken.keys() == ids


def test_an_address_that_is_gone_is_given_up_at_once(ledger: Ledger, receiver: Receiver, clock: Clock) -> None:
    channel = hook(receiver)
    raise_alerts(ledger, 1, channel)
    receiver.behave("410")
    assert deliver(ledger, [channel], clock).dead == 1


def test_a_channel_that_fails_is_left_alone_and_holds_up_no_other(
    ledger: Ledger, receiver: Receiver, clock: Clock, tmp_path: Path
) -> None:
    nobody = Webhook(id="nobody", url="http://127.0.0.1:9/", secret="s")
    log = Lines(id="log", file=str(tmp_path / "alerts.jsonl"))
    ids = raise_alerts(ledger, 10, nobody, log)
    found = deliver(ledger, [nobody, log], clock)
    assert (found.sent, found.waiting) == (10, PATIENCE)
    lines = [json.loads(line)["id"] for line in (tmp_path / "alerts.jsonl").read_text().splitlines()]
    assert (len(lines), set(lines)) == (10, ids)


def test_a_process_that_ended_leaves_what_it_took(ledger: Ledger, receiver: Receiver, clock: Clock) -> None:
    channel = hook(receiver)
    ids = raise_alerts(ledger, 1, channel)
    taken = Outbox(ledger.engine).take("hook", clock(), 30, 10)
    assert {one.alert.id for one in taken} == ids
    assert Outbox(ledger.engine).take("hook", clock(), 30, 10) == []
    clock.forward(31)
    assert deliver(ledger, [channel], clock).sent == 1


def test_what_has_arrived_is_not_made_to_fail(ledger: Ledger, clock: Clock) -> None:
    channel = Lines(id="log", file="x")
    raise_alerts(ledger, 1, channel)
    outbox = Outbox(ledger.engine)
    outbox.sent("log", [1], "now")
    outbox.failed("log", [1], "late", None, "later")
    assert [(one.state, one.fault) for one in outbox.listed()] == [(SENT, None)]


def test_lines_go_on_after_one_that_was_broken_off(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(b'{"id": "half')
    channel = Lines(id="log", file=str(path))
    (id,) = raise_alerts(ledger, 1, channel)
    deliver(ledger, [channel], clock)
    assert json.loads(path.read_bytes().splitlines()[1])["id"] == id


def test_a_file_that_cannot_be_written_waits(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    channels = [Lines(id="log", file=str(tmp_path / "no" / "x")), AtomFile(id="feed", file=str(tmp_path / "no" / "y"))]
    raise_alerts(ledger, 1, *channels)
    found = deliver(ledger, channels, clock)
    assert (found.sent, found.waiting) == (0, 2)
    assert "No such file" in found.faults["log"]


def test_apprise_carries_an_alert(ledger: Ledger, receiver: Receiver, clock: Clock) -> None:
    address = receiver.url.replace("http://", "json://")
    channel = Notice(id="chat", url=address)
    raise_alerts(ledger, 1, channel)
    receiver.behave("500")
    first = deliver(ledger, [channel], clock)
    assert (first.waiting, "500" in first.faults["chat"]) == (1, True)
    clock.forward(60)
    assert deliver(ledger, [channel], clock).sent == 1
    (body,) = receiver.bodies[None]  # type: ignore[index]
    said = json.loads(body)
    assert said["title"].startswith("NOTE: Arms (2024-01-01)")
    assert "occurred: “They sent arms number 0.”" in said["message"]


@given(st.integers(1, 60), st.floats(0, 1))
def test_delays_double_to_a_bound_and_are_spread(tried: int, drawn: float) -> None:
    retry = Retry(first=5, most=3_600)
    whole = min(3_600, 5 * 2 ** (tried - 1))
    assert whole / 2 <= delay(retry, tried, lambda: drawn) <= whole


def test_the_signature_is_that_of_the_specification() -> None:
    """The example of Standard Webhooks' own libraries."""
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    said = signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, key)
    assert said == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


KEEP_WATCH = """
import sys
from tocsin.show.cli import main
sys.argv = ["tocsin", "watch", sys.argv[1], "--ledger", sys.argv[2], "--channels", sys.argv[3], "--follow",
            "--every", "0.2s"]
main()
"""

INDICATOR = """
id: arms
title: Arms
why: They count.
query: {types: [AID]}
per: [document]
quiet: 0
level: note
"""


def channel_file(receiver: Receiver) -> str:
    return (
        f"channels:\n  - {{id: hook, kind: webhook, url: '{receiver.url}', secret: {SECRET}, timeout: 0.5,\n"
        "     retry: {attempts: 1000, first: 0.1, most: 0.2}}\n"
    )


def test_none_is_lost_and_none_rings_twice_over_kill_9(fresh: Fresh, receiver: Receiver, tmp_path: Path) -> None:
    where, own, channels = fresh(), tmp_path / "arms.yaml", tmp_path / "channels.yaml"
    own.write_text(INDICATOR)
    channels.write_text(channel_file(receiver))
    receiver.behave(*["take", "500", "close", "half", "take"] * 6)
    count = 24
    with Ledger.open(where) as ledger:
        arguments = [sys.executable, "-c", KEEP_WATCH, str(own), where, str(channels)]
        process: subprocess.Popen[Any] | None = None
        ends = time.monotonic() + 90
        for round in range(3):
            ledger.add_many(
                [report(n, f"They sent arms number {n}.") for n in range(round * 8, round * 8 + 8)], NOW, reader=READER
            )
            process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            before = len(receiver.taken)
            while len(receiver.taken) <= before and time.monotonic() < ends and process.poll() is None:
                time.sleep(0.02)
            if round < 2:
                process.kill()
                process.wait()
        assert process is not None
        while set(states(ledger).values()) != {SENT} or len(states(ledger)) < count:
            assert time.monotonic() < ends, states(ledger)
            time.sleep(0.1)
        process.terminate()
        process.wait(20)
        alerts = ledger.alerts()
        assert len({alert.id for alert in alerts}) == len(alerts) == count
        assert receiver.taken.keys() == {alert.id for alert in alerts}
        assert all(len(bodies) == 1 for bodies in receiver.bodies.values())
        assert receiver.unsigned == 0
