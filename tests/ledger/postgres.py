"""A PostgreSQL server for the tests: the one that `$TOCSIN_TEST_POSTGRES` names, else one started here.

The server started here lies in a folder of its own, listens on a free port of the loopback alone and is stopped at the
end. PostgreSQL refuses to be run by root, so root runs it as the user `postgres` of Debian's package.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
OLDEST = 15
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


class Missing(Exception):
    """There is no PostgreSQL, and how to get it."""


def programs() -> Path:
    """The folder of the newest server's programs."""
    for folder in PLACES:
        if int(folder.parent.name) >= OLDEST and (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    raise Missing(
        f"no PostgreSQL {OLDEST} or newer; run scripts/postgres.sh, or set TOCSIN_TEST_POSTGRES to a server's address"
    )


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a server whose user may make databases, without a database's name."""
    named = os.environ.get("TOCSIN_TEST_POSTGRES")
    if named:
        yield named.rstrip("/")
        return
    found = programs()
    folder = Path(tempfile.mkdtemp(prefix="tocsin-postgres-"))
    try:
        if os.geteuid() == 0:
            owner = _owner()
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _run(
            [
                found / "initdb",
                "-D",
                folder / "data",
                "-U",
                "tocsin",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync",
            ]
        )
        port = _free_port()
        settings = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": str(folder), **FAST}
        said = " ".join(f"-c {name}={value}" for name, value in settings.items())
        control = [found / "pg_ctl", "-D", folder / "data", "-s", "-w"]
        _run([*control, "-l", folder / "log", "-o", said, "start"])
        try:
            yield f"postgresql://tocsin@127.0.0.1:{port}"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise Missing(
            "no user “postgres” to run a server as; run scripts/postgres.sh, which installs Debian's"
        ) from None


def _run(command: list[str | Path]) -> None:
    """Run a program of the server, as a user that may; what it said is shown where it fails."""
    user = {"user": _owner().pw_uid, "group": _owner().pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd="/", check=False, **user)
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {said.read().decode(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
