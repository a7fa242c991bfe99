"""Web archives of real shape, made with warcio, which is not what reads them."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.samples import page, read
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tocsin.errors import NoArticle, SourceError, TooLarge, Undecodable
from tocsin.model import Document
from tocsin.read import documents

HTML = "text/html"
DATE = "2024-12-24T08:00:00Z"


class Archive:
    """An archive in the making."""

    def __init__(self, packed: bool = True) -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=packed)
        self.ends: list[int] = []

    def add(
        self, kind: str, url: str, payload: bytes = b"", http: StatusAndHeaders | None = None, media: str = ""
    ) -> None:
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(payload),
            http_headers=http,
            warc_content_type=media,
            warc_headers_dict={"WARC-Date": DATE},
        )
        self.writer.write_record(record)
        self.ends.append(self.out.tell())

    def answer(self, url: str, body: bytes, media: str = HTML, status: str = "200 OK", **headers: str) -> None:
        sent = [("Content-Type", media), *((name.replace("_", "-"), value) for name, value in headers.items())]
        self.add("response", url, body, StatusAndHeaders(status, sent, protocol="HTTP/1.1"))

    def visit(self, number: int, body: bytes | None = None, media: str = "text/html; charset=utf-8") -> None:
        """What a crawler writes of one page."""
        url = f"https://news.example/{number}"
        asked = StatusAndHeaders(f"GET /{number} HTTP/1.1", [("Host", "news.example")], is_http_request=True)
        self.add("request", url, b"", asked)
        self.answer(url, page(number).encode() if body is None else body, media)
        self.add("metadata", url, b"fetchTimeMs: 12", media="application/warc-fields")

    @property
    def data(self) -> bytes:
        return self.out.getvalue()


def crawl(packed: bool = True) -> Archive:
    """All that a crawl has: three pages, and what is none."""
    archive = Archive(packed)
    archive.writer.write_record(archive.writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    archive.visit(1)
    archive.visit(2, page(2).encode("cp1252"), "text/html; charset=windows-1252")
    archive.visit(3, page(3, charset="windows-1252").encode("cp1252"), HTML)
    archive.answer("https://news.example/logo.png", b"\x89PNG\r\n", "image/png")
    archive.answer("https://news.example/robots.txt", b"User-agent: *\nDisallow:\n", "text/plain")
    archive.answer("https://news.example/gone", b"<html>gone</html>", HTML, "404 Not Found")
    archive.answer("https://news.example/api", b'{"a": 1}', "application/json")
    archive.answer("https://news.example/map.xml", b'<?xml version="1.0"?><urlset/>', "text/xml")
    archive.writer.write_record(
        archive.writer.create_revisit_record("https://news.example/1", "sha1:A", "https://news.example/1", DATE)
    )
    return archive


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "no-suffix-at-all"])
def test_a_whole_crawl(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(crawl(packed=name == "a.warc.gz").data)
    found, errors, skipped = read(path)
    assert not errors
    assert [one.url for one in found] == [f"https://news.example/{n}" for n in (1, 2, 3)]
    for number, one in enumerate(found, 1):
        assert f"3 of {number} ships had left the café’s harbour – “all” of them." in one.text
        assert one.published == "2024-12-23"
    assert skipped == {
        "web archive: warcinfo record": 1, "web archive: request record": 3, "web archive: metadata record": 3,
        "web archive: revisit record": 1, "web archive: image/png": 1, "web archive: robots.txt": 1,
        "web archive: answer with status 404": 1, "web archive: application/json": 1,
        "web archive: answer that is no page": 1,
    }  # fmt: skip


def test_the_day_of_the_fetch_is_noted_where_the_page_has_none(tmp_path: Path) -> None:
    archive = Archive()
    archive.visit(1, page(1).replace("2024-12-23T10:00:00Z", "").encode())
    (tmp_path / "a").write_bytes(archive.data)
    (one,), _, _ = read(tmp_path / "a")
    assert one.published is None
    assert "the page was fetched on 2024-12-24" in one.notes


def test_every_cut_keeps_what_is_before_it(tmp_path: Path) -> None:
    archive = Archive()
    for number in (1, 2, 3):
        archive.visit(number)
    path = tmp_path / "a.warc.gz"
    answers = archive.ends[1::3]
    for cut in range(30, len(archive.data), 97):
        path.write_bytes(archive.data[:cut])
        found, errors, _ = read(path)
        assert len(found) >= sum(end <= cut for end in answers)
        assert len(errors) == (cut not in archive.ends), cut
        assert all("cut short" in one.reason for one in errors)


def test_a_cut_names_its_place(tmp_path: Path) -> None:
    archive = Archive()
    archive.visit(1)
    archive.visit(2)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive.data[: archive.ends[4] - 40])
    found, errors, _ = read(path)
    assert [one.url for one in found] == ["https://news.example/1"]
    assert str(errors[0]).startswith(f"{path}: record 5: cut short")


@pytest.mark.parametrize("packed", [True, False])
def test_damage_in_the_middle_costs_one_record(tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed)
    for number in range(1, 6):
        archive.visit(number)
    data = bytearray(archive.data)
    begin = archive.ends[6]  # the answer of the third visit
    data[begin + 30 : begin + 60] = b"\xff" * 30 if packed else b"\n" * 30
    if not packed:
        data[begin : begin + 4] = b"CRAW"
    path = tmp_path / "a.warc"
    path.write_bytes(bytes(data))
    found, errors, _ = read(path)
    assert [one.url for one in found] == [f"https://news.example/{n}" for n in (1, 2, 4, 5)]
    assert len(errors) == 1
    assert "damaged" in str(errors[0])


def chunked(data: bytes) -> bytes:
    parts = [data[at : at + 700] for at in range(0, len(data), 700)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


CODINGS: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("Content_Encoding", "gzip", gzip.compress),
    ("Content_Encoding", "deflate", zlib.compress),
    ("Content_Encoding", "deflate", deflate),
    ("Content_Encoding", "br", brotli.compress),
    ("Transfer_Encoding", "chunked", chunked),
    ("Content_Encoding", "gzip", bytes),
    ("Content_Encoding", "deflate", bytes),
    ("Content_Encoding", "br", bytes),
    ("Transfer_Encoding", "chunked", bytes),
    ("X_Crawl_Content_Encoding", "gzip", bytes),
    ("Content_Encoding", "made-up", bytes),
]


@pytest.mark.parametrize(("header", "value", "pack"), CODINGS)
def test_bodies_are_unpacked_where_they_are_packed(
    tmp_path: Path, header: str, value: str, pack: Callable[[bytes], bytes]
) -> None:
    archive = Archive()
    archive.answer("https://news.example/1", pack(page(1).encode()), HTML, **{header: value})
    archive.visit(2)
    (tmp_path / "a").write_bytes(archive.data)
    found, errors, _ = read(tmp_path / "a")
    assert not errors
    assert ["of 1 ships" in found[0].text, "of 2 ships" in found[1].text] == [True, True]


def test_chunks_and_compression_together(tmp_path: Path) -> None:
    archive = Archive()
    both = {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}
    archive.answer("https://news.example/1", chunked(gzip.compress(page(1).encode())), HTML, **both)
    (tmp_path / "a").write_bytes(archive.data)
    assert len(read(tmp_path / "a")[0]) == 1


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"a" * 40_000_000)),
        ("br", brotli.compress(b"a" * 40_000_000, quality=5)),
        ("deflate", zlib.compress(b"a" * 40_000_000)),
        ("identity", b"a " * 200_000),
    ],
)
def test_what_swells_is_refused_in_its_place(tmp_path: Path, coding: str, body: bytes) -> None:
    archive = Archive()
    archive.answer("https://news.example/1", body, HTML, Content_Encoding=coding)
    archive.visit(2)
    (tmp_path / "a").write_bytes(archive.data)
    tracemalloc.start()
    found, errors, _ = read(tmp_path / "a", max_size=30_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.url for one in found] == ["https://news.example/2"]
    assert [type(one) for one in errors] == [TooLarge]
    assert errors[0].source.endswith(": record 1")
    assert peak < 25_000_000


def test_what_holds_no_article_keeps_the_hash_of_its_bytes(tmp_path: Path) -> None:
    archive = Archive()
    archive.visit(1, b"<html><body><a href=x>Menu</a></body></html>")
    archive.add("resource", "https://news.example/2", page(2).encode(), media=HTML)
    (tmp_path / "a").write_bytes(archive.data)
    found, (error,), _ = read(tmp_path / "a")
    assert len(found) == 1
    assert isinstance(error, NoArticle)
    assert (error.raw_size, len(error.raw_hash or "")) == (44, 32)


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        archive = Archive()
        archive.visit(0)
        for number in range(count):
            archive.answer(f"https://news.example/{number}.png", bytes([number % 256]) * 100_000, "image/png")
        (tmp_path / "a").write_bytes(archive.data)
        tracemalloc.start()
        for _ in documents(str(tmp_path / "a")):
            pass
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    peak(1)
    assert peak(400) < peak(20) + 2_000_000


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    archive = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(archive) - 1))
        archive[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    path = tmp_path_factory.getbasetemp() / "fuzz"
    path.write_bytes(bytes(archive))
    for one in documents(str(path)):
        assert isinstance(one, Document | SourceError)


def _small() -> bytes:
    archive = Archive(packed=False)
    for number in range(3):
        archive.answer(f"https://news.example/{number}", b"<p>no article</p>")
    return archive.data


SMALL = _small()


def test_an_archive_without_an_end_of_its_header(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\n")
    _, errors, _ = read(tmp_path / "a")
    assert [type(one) for one in errors] == [Undecodable]
