import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import Undecodable
from tocsin.read import READERS
from tocsin.read.decode import decode
from tocsin.read.detect import detect

NEWS = "The minister said on Monday that “all ships” had left the harbour – at a price of £20 – and would stay away. "


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (NEWS.encode(), NEWS),
        (codecs.BOM_UTF8 + NEWS.encode(), NEWS),
        (codecs.BOM_UTF16_LE + NEWS.encode("utf-16-le"), NEWS),
        (codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), NEWS),
        (codecs.BOM_UTF32_LE + NEWS.encode("utf-32-le"), NEWS),
        (NEWS.encode("cp1252"), NEWS),
        (b"One line.\r\nAnother\tone.\n", "One line.\r\nAnother\tone.\n"),
        (b"", ""),
    ],
)
def test_text_is_kept_as_decoded(data: bytes, text: str) -> None:
    assert decode(data, "x")[0] == text


def test_a_declared_charset_is_taken() -> None:
    text = "Премьер сказал, that the ships left."
    assert decode(text.encode("koi8-r"), "x", "koi8-r")[0] == text
    assert decode("café “so”".encode("cp1252"), "x", "iso-8859-1")[0] == "café “so”"


def test_utf8_goes_before_a_wrong_declaration() -> None:
    assert decode("Erdoğan – said".encode(), "x", "iso-8859-1")[0] == "Erdoğan – said"


def test_an_unknown_declaration_does_no_harm() -> None:
    assert decode("café".encode("cp1252"), "x", "no-such-charset")[0] == "café"


def test_an_old_encoding_is_guessed() -> None:
    text = "Министр заявил в понедельник, что все корабли покинули порт и больше не вернутся. " * 8
    found, notes = decode(text.encode("cp1251"), "x")
    assert found == text
    assert "cp1251" in notes[0]


def test_utf8_with_a_broken_end_stays_utf8() -> None:
    data = (NEWS * 3).encode()[:-1] + "–".encode()[:2]
    found, notes = decode(data, "x")
    assert found.startswith(NEWS)
    assert found.endswith("�")
    assert notes


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"text \x00 text", bytes(range(32)) * 20])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(Undecodable, match="binary"):
        decode(data, "x")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_whole(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode(), "x") == (text, ())


@given(st.binary(max_size=300))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        found, _ = decode(data, "x")
    except Undecodable:
        return
    assert isinstance(found, str)


FORMATS = [
    (b"The navy left.", "text"),
    (b"[Update] The navy left.", "text"),
    (b"{The navy left.}", "text"),
    (b"<The navy left.", "text"),
    (b'{"text": "The navy left."}', "json"),
    (b' \n{"text": "The navy left."}\n', "json"),
    (b'{\n  "id": "a",\n  "text": "The navy left."\n}\n', "json"),
    (b'{"id": "a",\n "text": "The navy left."}\n', "json"),
    (b'[\n {"text": "The navy left."}]', "json"),
    (b"[]", "json"),
    (b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
    (b'{"text": "a"\n{"text": "b"}\n', "jsonl"),
    (b'{"text": "' + b"a" * 9000 + b'"}', "jsonl"),
    (codecs.BOM_UTF8 + b'{"text": "a"}', "json"),
    (b"<!DOCTYPE html><html></html>", "html"),
    (b"\n<!-- saved --><html lang='en'>", "html"),
    (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "html"),
    (b"<p>The navy left.</p>", "html"),
    (codecs.BOM_UTF16_LE + "<html><body>".encode("utf-16-le"), "html"),
    (b"Saved from the web\n<html><head>", "html"),
    (b"\x1f\x8b\x08\x00", "gzip"),
    (b"\x28\xb5\x2f\xfd\x04", "zstd"),
    (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "warc"),
    (b'<?xml version="1.0"?><rss version="2.0">', "feed"),
    (b'<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?><!-- <p> --><rss version="0.91">', "feed"),
    (b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x"><rss version="0.91">', "feed"),
    (b'<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/">', "feed"),
    (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
    (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "feed"),
    (b'<opml version="2.0">', "opml"),
    (b'<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">', "newsml"),
    (b'<nar:newsMessage xmlns:nar="http://iptc.org/std/nar/2006-10-01/">', "newsml"),
    (b'<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf>', "nitf"),
    (b"From a@b.org Mon Dec 23 10:00:00 2024\nFrom: a@b.org\nSubject: x\n\n", "mbox"),
    (b"From: The Desk <a@b.org>\nTo: c@d.org\nMIME-Version: 1.0\nSubject: x\n\nText.", "email"),
    (b"From: The Desk\nSubject: a report\n\nThe navy left.", "text"),
    (b"From Varna on Monday the navy left.\nNote: it did.", "text"),
    (b"<!-- note -->The navy left.", "text"),
]


@pytest.mark.parametrize(("head", "format_"), FORMATS)
def test_formats(head: bytes, format_: str) -> None:
    assert detect(head).format == format_


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04abc", "office"),
        (b"\x89PNG\r\n", "image"),
        (b"\x00\x01\x02\x03", "binary"),
        (b'<?xml version="1.0"?><urlset xmlns="x">', "<urlset>"),
        (b"<!-- a --><sitemapindex>", "<sitemapindex>"),
    ],
)
def test_what_is_not_read_is_named(head: bytes, word: str) -> None:
    found = detect(head)
    assert found.format is None
    assert word in found.refusal


@given(st.binary(max_size=200))
def test_any_bytes_are_some_format(head: bytes) -> None:
    found = detect(head)
    assert found.format is None or found.format in READERS
    assert (found.format is None) == bool(found.refusal)


def test_of_two_charsets_the_one_that_fits_is_taken() -> None:
    words = "Lech Wałęsa met Václav Havel in Gdańsk – „Solidarność”. " * 3
    assert decode(words.encode("cp1250"), "a", "utf-8", "windows-1250") == (words, ())
    assert decode(words.encode("utf-8"), "a", "windows-1250", "utf-8") == (words, ())
