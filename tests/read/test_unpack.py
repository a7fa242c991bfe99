"""Packed files: everything that is read is read from gzip and Zstandard as well."""

from __future__ import annotations

import gzip
import io
import json
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.samples import STORY, page, read

from tocsin.errors import TooLarge, Undecodable
from tocsin.read import unpack
from tocsin.read.blob import Rest
from tocsin.read.unpack import CUT, DAMAGED, Unpacked
from tocsin.read.unpack import gzip as gzip_packing
from tocsin.read.unpack import zstd as zstd_packing

Pack = Callable[[bytes], bytes]
PACKS: list[Pack] = [gzip.compress, zstandard.compress]
both = pytest.mark.parametrize("pack", PACKS, ids=["gzip", "zstd"])


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@both
def test_every_kind_of_file(tmp_path: Path, pack: Pack) -> None:
    lines = "\n".join(json.dumps({"text": STORY + str(n)}) for n in range(3))
    for name, data in {
        "a.txt.gz": STORY,
        "b.html.gz": page(),
        "c.jsonl.zst": lines,
        "d.json": json.dumps({"text": STORY}),
    }.items():
        write(tmp_path / name, pack(data.encode()))
    found, errors, _ = read(tmp_path)
    assert not errors
    assert len(found) == 6
    assert found[0].text == STORY


@both
def test_members_one_after_the_other_are_one_file(tmp_path: Path, pack: Pack) -> None:
    path = write(tmp_path / "a", pack(STORY[:40].encode()) + pack(b"") + pack(STORY[40:].encode()))
    assert read(path)[0][0].text == STORY


def test_padding_and_rubbish_after_the_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a", gzip.compress(STORY.encode()) + b"\x00" * 512)
    assert read(path)[0][0].text == STORY
    path = write(tmp_path / "a", gzip.compress(STORY.encode()) + b"rubbish")
    found, errors, skipped = read(path)
    assert (len(found), errors, skipped) == (1, [], {"bytes after the end of gzip data": 1})


@both
def test_a_cut_file_is_one_error(tmp_path: Path, pack: Pack) -> None:
    data = pack(STORY.encode())
    for cut in range(len(data) - 1, 4, -7):
        found, (error,), _ = read(write(tmp_path / "a", data[:cut]))
        assert not found
        assert isinstance(error, Undecodable)
        assert "cut short" in str(error)


@both
def test_lines_before_a_cut_are_read(tmp_path: Path, pack: Pack) -> None:
    chance = random.Random(1)
    lines = "\n".join(json.dumps({"text": STORY + chance.randbytes(99).hex()}) for _ in range(3000))
    data = pack(lines.encode())
    found, errors, _ = read(write(tmp_path / "a.jsonl.gz", data[: len(data) // 2]))
    assert len(found) > 500
    assert "cut short" in str(errors[-1])


@both
@pytest.mark.parametrize("text", [b"a", b"the navy left ", b"a\n", b"\x00"])
def test_a_bomb_is_left(tmp_path: Path, pack: Pack, text: bytes) -> None:
    data = pack(text * (30_000_000 // len(text)))
    tracemalloc.start()
    found, errors, _ = read(write(tmp_path / "a", data), max_size=10_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not found
    assert isinstance(errors[0], TooLarge | Undecodable)
    assert peak < 60_000_000


def test_lines_that_never_end_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "BOMB_SIZE", 10_000_000)
    data = gzip.compress(b'{"text": "a"}\n' + b"a" * 60_000_000)
    _, errors, _ = read(write(tmp_path / "a", data), max_size=10_000)
    assert "bomb" in str(errors[-1])


def test_archives_inside_each_other(tmp_path: Path) -> None:
    data = STORY.encode()
    for _ in range(5):
        data = gzip.compress(data)
    assert len(read(write(tmp_path / "a", data))[0]) == 1
    for _ in range(30):
        data = gzip.compress(data)
    found, (error,), _ = read(write(tmp_path / "a", data))
    assert not found
    assert "inside each other" in str(error)


@pytest.mark.parametrize(("pack", "packing"), [(gzip.compress, gzip_packing), (zstandard.compress, zstd_packing)])
@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.binary(min_size=1, max_size=3000), min_size=1, max_size=4), size=st.integers(1, 5000))
def test_what_was_packed_comes_out(pack: Pack, packing: Callable[[], object], parts: list[bytes], size: int) -> None:
    stream = Unpacked(Rest(b"", io.BytesIO(b"".join(map(pack, parts)))), packing())  # type: ignore[arg-type]
    found = b""
    while chunk := stream.read(size):
        found += chunk
    assert found == b"".join(parts)
    assert stream.fault is None


def test_the_next_member_is_found_after_a_damaged_one() -> None:
    first, second = gzip.compress(bytes(range(256)) * 9), gzip.compress(b"second")
    data = bytearray(first + second)
    data[len(first) // 2] ^= 0xFF
    stream = Unpacked(Rest(b"", io.BytesIO(bytes(data))), gzip_packing())
    while stream.read(100):
        pass
    assert stream.fault == DAMAGED
    assert stream.resume()
    assert stream.read() == b"second"
    assert not stream.resume()


def test_a_cut_is_told_from_an_end() -> None:
    data = gzip.compress(b"x" * 1000)
    for cut in range(1, len(data)):
        stream = Unpacked(Rest(b"", io.BytesIO(data[:cut])), gzip_packing())
        while stream.read(64):
            pass
        assert stream.fault == CUT, cut
