"""Webhooks: each alert is POSTed as JSON, signed as the Standard Webhooks specification (1.0.0) has it.

The header `webhook-id` is the alert's id and stays the same however often it is sent, so a receiver counts an alert
once; `webhook-timestamp` is the time of the attempt in seconds since 1970; `webhook-signature` is `v1,` and the base64
of the HMAC-SHA256 over `id.timestamp.body`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import threading
import time
from collections.abc import Callable, Sequence

import httpx
import msgspec

from tocsin import __version__
from tocsin.ledger.alerts import Alert
from tocsin.watch.senders.base import Undelivered

PREFIX = "whsec_"
ANSWER = 65_536
"""So many bytes of an answer are read at most."""


class WebhookSender:
    """Sends to one address. `clock` gives seconds since 1970."""

    most = 1

    def __init__(self, url: str, secret: str, timeout: float, clock: Callable[[], float] = time.time) -> None:
        self.url, self.key, self.timeout, self.clock = url, key_of(secret), timeout, clock
        self.seconds = timeout + 2

    def send(self, alerts: Sequence[Alert]) -> None:
        """Send one after the other."""
        for alert in alerts:
            self._post(alert)

    def _post(self, alert: Alert) -> None:
        """Send one, and take nothing but a whole answer of success for its arrival."""
        body = body_of(alert)
        headers = signed(alert.id, int(self.clock()), body, self.key)
        client = httpx.Client(timeout=self.timeout, follow_redirects=False)
        end = threading.Timer(self.timeout, client.close)
        end.daemon = True
        end.start()
        try:
            with client.stream("POST", self.url, content=body, headers=headers) as answer:
                size = 0
                for part in answer.iter_raw():
                    size += len(part)
                    if size > ANSWER:
                        break
        except (httpx.HTTPError, httpx.StreamError, OSError, RuntimeError, ValueError) as fault:
            late = not end.is_alive()
            why = f"no whole answer within {self.timeout:g} s" if late else f"{type(fault).__name__}: {fault}"
            raise Undelivered(why) from fault
        finally:
            end.cancel()
            client.close()
        _judge(answer)


def _judge(answer: httpx.Response) -> None:
    """Raise `Undelivered` for an answer that is no success."""
    if not answer.is_success:
        why = f"answered {answer.status_code} {answer.reason_phrase}".rstrip()
        raise Undelivered(why, gone=answer.status_code == 410, after=_after(answer.headers.get("retry-after")))


def _after(said: str | None) -> float | None:
    """The seconds that a `Retry-After` asks for; an hour at most."""
    if said is None or not said.isdecimal():
        return None
    return min(float(said), 3_600.0)


def body_of(alert: Alert) -> bytes:
    """What is sent: the same bytes at each attempt."""
    return msgspec.json.encode({"type": "alert.raised", "timestamp": alert.raised, "data": alert})


def key_of(secret: str) -> bytes:
    """The key that a secret means: base64 after `whsec_`, else its own bytes."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def signature(id: str, timestamp: int, body: bytes, key: bytes) -> str:
    """The signature of a message."""
    digest = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def signed(id: str, timestamp: int, body: bytes, key: bytes) -> dict[str, str]:
    """The headers of a message."""
    return {
        "content-type": "application/json", "user-agent": f"tocsin/{__version__}", "webhook-id": id,
        "webhook-timestamp": str(timestamp), "webhook-signature": signature(id, timestamp, body, key),
    }  # fmt: skip
