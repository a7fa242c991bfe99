"""Who may come in: everybody on the loopback, else who knows the token, or whom a proxy has let in.

A session is a cookie that says whether its bearer has shown the token, and until when; a keyed digest keeps it from
being made up. With a token the key comes from the token, so a new token ends all sessions; without one it is drawn at
each start.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from pathlib import Path
from typing import NamedTuple

from tocsin.errors import UsageError

SHORTEST = 16
"""Characters of a token, at least."""

LASTS = 12 * 3600
"""Seconds that a session lasts."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Access(NamedTuple):
    """How the desk is reached: the host it binds to, the token or the header that lets in, further names by which it
    is addressed, the key of its sessions."""

    host: str
    token: str | None
    user_header: str | None
    names: tuple[str, ...]
    key: bytes

    @property
    def guarded(self) -> bool:
        """Whether a request must show that it may come in."""
        return self.token is not None or self.user_header is not None


class Session(NamedTuple):
    """A session: its id, when it ends (seconds since 1970), whether its bearer has shown the token."""

    id: str
    until: int
    known: bool


def access(
    host: str = "127.0.0.1", token: str | None = None, user_header: str | None = None, names: tuple[str, ...] = ()
) -> Access:
    """The access that is asked for. Raises `UsageError` where it would let in everybody who reaches the machine."""
    if token is not None and user_header is not None:
        raise UsageError("--token-file and --user-header: give one of them; either a token lets in, or the proxy does")
    if token is None and user_header is None and not is_loopback(host):
        raise UsageError(
            f"--host {host}: who reaches this machine could read and change the desk; give --token-file FILE, "
            "or --user-header NAME behind a proxy that signs people in"
        )
    if token is not None and len(token) < SHORTEST:
        raise UsageError(
            f"--token-file: the token has fewer than {SHORTEST} characters; make one: openssl rand -hex 24"
        )
    key = hashlib.sha256(b"tocsin desk " + token.encode()).digest() if token else secrets.token_bytes(32)
    return Access(host, token, user_header, tuple(name.lower() for name in names), key)


def token_in(file: Path) -> str:
    """The token that a file holds: its first line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"--token-file {file}: it cannot be read: {fault}") from fault
    return lines[0].strip() if lines else ""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and nobody else reaches it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_address(host: str) -> bool:
    """Whether a host is an address, not a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def knows_host(access: Access, host: str) -> bool:
    """Whether the desk answers to the host of a request. A page of another site can make its own name mean this
    machine (DNS rebinding), so names must be known; an address cannot be made to mean something else."""
    if host in LOOPBACK or host == access.host.lower() or host in access.names:
        return True
    return access.guarded and is_address(host)


def shows_token(access: Access, given: str) -> bool:
    """Whether somebody knows the token."""
    return access.token is not None and hmac.compare_digest(access.token.encode(), given.encode())


def new_session(access: Access, now: int, *, known: bool = False) -> Session:
    """A session that begins now."""
    return Session(secrets.token_urlsafe(16), now + LASTS, known)


def cookie_of(access: Access, session: Session) -> str:
    """A session as the value of its cookie."""
    said = f"{session.id}.{session.until}.{int(session.known)}"
    return f"{said}.{_digest(access, 'session', said)}"


def session_in(access: Access, cookie: str, now: int) -> Session | None:
    """The session that a cookie holds, `None` for one that has ended or was made up."""
    said, _, digest = cookie.rpartition(".")
    if not hmac.compare_digest(digest.encode(), _digest(access, "session", said).encode()):
        return None
    id, until, known = said.split(".")
    session = Session(id, int(until), known == "1")
    return session if now < session.until else None


def csrf_of(access: Access, session: Session) -> str:
    """What a change that comes from a page of this session must carry."""
    return _digest(access, "change", session.id)


def is_csrf(access: Access, session: Session, given: str) -> bool:
    """Whether a change carries what a page of this session gave it."""
    return hmac.compare_digest(csrf_of(access, session).encode(), given.encode())


def _digest(access: Access, what: str, said: str) -> str:
    return hmac.new(access.key, f"{what} {said}".encode(), hashlib.sha256).hexdigest()
