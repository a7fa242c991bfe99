"""A receiver of webhooks that can fail, hang and lie, over a real socket. It checks signatures by a reading of its own
of the specification, and counts what it has taken by id."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "whsec_" + base64.b64encode(b"a key of thirty-two bytes, for us").decode()

Behaviour = Callable[[BaseHTTPRequestHandler], None]


class Receiver:
    """What came: `taken` are the messages that were answered with success, `tries` all attempts, by id."""

    def __init__(self) -> None:
        self.taken: dict[str, Any] = {}
        self.tries: Counter[str] = Counter()
        self.bodies: dict[str, set[bytes]] = {}
        self.unsigned = 0
        self.plan: Iterator[str] = iter(())
        self.otherwise = "take"
        self.lock = threading.Lock()
        self.url = ""

    def behave(self, *plan: str, otherwise: str = "take") -> None:
        """What to do with the next attempts, and with those after."""
        self.plan, self.otherwise = iter(plan), otherwise

    def next(self) -> str:
        with self.lock:
            return next(self.plan, self.otherwise)


def genuine(headers: Any, body: bytes) -> bool:
    """Whether a message is signed: HMAC-SHA256 over id, time and body, joined by full stops."""
    if headers["webhook-signature"] is None:
        return False
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    ours = base64.b64encode(hmac.digest(key, said, hashlib.sha256)).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 300
    return fresh and f"v1,{ours}" in headers["webhook-signature"].split(" ")


def handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            id = self.headers["webhook-id"]
            with receiver.lock:
                receiver.tries[id] += 1
                receiver.bodies.setdefault(id, set()).add(body)
                receiver.unsigned += not genuine(self.headers, body)
            act(self, receiver, id, body, receiver.next())

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def act(answer: BaseHTTPRequestHandler, receiver: Receiver, id: str, body: bytes, how: str) -> None:
    """Answer a message: take it, refuse it, or worse."""
    if how == "take":
        receiver.taken[id] = json.loads(body)
        say(answer, 200)
    elif how.isdecimal():
        say(answer, int(how))
    elif how == "close":
        answer.close_connection = True
        answer.connection.close()
    elif how == "half":  # a status of success, and then no more of what was promised
        receiver.taken[id] = json.loads(body)
        answer.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nok")
        answer.wfile.flush()
        answer.close_connection = True
        answer.connection.close()
    elif how == "drip":  # never quite finished
        answer.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        try:
            for _ in range(100):
                answer.wfile.write(b".")
                answer.wfile.flush()
                time.sleep(0.1)
        except OSError:
            answer.close_connection = True
    elif how == "hang":
        time.sleep(3)
        answer.close_connection = True


def say(answer: BaseHTTPRequestHandler, status: int) -> None:
    answer.send_response(status)
    answer.send_header("content-length", "0")
    answer.end_headers()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no fault of ours."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver at an address of the loopback."""
    receiver = Receiver()
    server = Server(("127.0.0.1", 0), handler(receiver))
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
