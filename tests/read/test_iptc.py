"""The agencies' formats."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.read.samples import read

from tocsin.errors import NoArticle, Undecodable
from tocsin.read.iptc import day

LINE = "The minister said on Monday that all ships had left the harbour."

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.4/specification/dtd/nitf-3-4.dtd">
<nitf><head><title>In the head</title><docdata><date.issue norm="20241223T101500Z"/></docdata>
<pubdata name="The Harbour Post" date.publication="20241224"/></head>
<body><body.head><hedline><hl1>Ships <em>leave</em>
Varna</hl1></hedline><byline>By Ann Poole</byline><dateline><location>VARNA, Bulgaria</location></dateline></body.head>
<body.content><block><p>{LINE}</p><p>A caf&eacute; &mdash; of <money>&#163;20</money> &amp; more.</p>
<media media-type="image"><media-caption>A caption.</media-caption></media></block></body.content></body></nitf>"""


def newsitem(content: str, *, status: str = "stat:usable", kind: str = "ninat:text", prefix: str = "") -> str:
    n = f"{prefix}:" if prefix else ""
    xmlns = f"xmlns:{prefix}" if prefix else "xmlns"
    return f"""<{n}newsItem {xmlns}="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><{n}itemMeta>
    <{n}itemClass qcode="{kind}"/><{n}provider literal="post.example"/>
    <{n}versionCreated>2024-12-24T10:00:00Z</{n}versionCreated><{n}firstCreated>2024-12-23T10:00:00Z</{n}firstCreated>
    <{n}pubStatus qcode="{status}"/></{n}itemMeta><{n}contentMeta><{n}by>Ann Poole</{n}by>
    <{n}dateline>VARNA</{n}dateline><{n}headline>Ships leave</{n}headline></{n}contentMeta>
    <{n}contentSet>{content}</{n}contentSet></{n}newsItem>"""


XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title></head>
<body><p>VARNA (Reuters) - {LINE}</p><p>Two.</p></body></html></inlineXML>"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_nitf(tmp_path: Path) -> None:
    ((one,), errors, _) = read(write(tmp_path / "a.xml", NITF))
    assert not errors
    assert one.text == f"{LINE}\n\nA café — of £20 & more."
    assert (one.title, one.byline, one.dateline) == ("Ships leave Varna", "By Ann Poole", "VARNA, Bulgaria")
    assert (one.published, one.publisher) == ("2024-12-23", "The Harbour Post")


def test_nitf_in_utf16(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(NITF.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"))
    assert "café — of £20" in read(path)[0][0].text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (XHTML, f"VARNA (Reuters) - {LINE}\n\nTwo."),
        (f"<inlineXML>{NITF[NITF.index('<nitf>') :].replace('&eacute;', 'é').replace('&mdash;', '—')}</inlineXML>",
         f"{LINE}\n\nA café — of £20 & more."),
        (f"<inlineData contenttype='text/plain'>{LINE}\n  Two.</inlineData>", f"{LINE}\n  Two."),
        (f"<inlineData><![CDATA[<p>{LINE}</p><p>Two.</p>]]></inlineData>", f"{LINE}\n\nTwo."),
        (f"<remoteContent href='a.jpg'/><inlineData>{LINE}</inlineData>", LINE),
    ],
    ids=["xhtml", "nitf", "text", "html as data", "a picture first"],
)  # fmt: skip
def test_newsml(tmp_path: Path, content: str, text: str) -> None:
    ((one,), errors, _) = read(write(tmp_path / "a", newsitem(content)))
    assert not errors
    assert one.text == text
    assert (one.title, one.byline, one.dateline) == ("Ships leave", "Ann Poole", "VARNA")
    assert (one.published, one.publisher) == ("2024-12-23", "post.example")


def test_a_message_of_many_items(tmp_path: Path) -> None:
    items = [
        newsitem(XHTML),
        newsitem("<remoteContent/>", kind="ninat:picture"),
        newsitem(XHTML, status="stat:canceled"),
        newsitem("<inlineData/>"),
        newsitem(f"<n:inlineData>{LINE}</n:inlineData>", prefix="n"),
    ]
    text = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{"".join(items)}</itemSet></newsMessage>'
    path = write(tmp_path / "a", text)
    found, (error,), skipped = read(path)
    assert len(found) == 2
    assert str(error) == f"{path}: item 4: no text in it"
    assert error.raw_hash
    assert skipped == {"NewsML: item of class picture": 1, "NewsML: item with status canceled": 1}


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        (newsitem(XHTML, kind="ninat:picture"), NoArticle, "picture"),
        ('<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', NoArticle, "without a news item"),
        (NITF[:-30], Undecodable, "broken XML"),
        ("<nitf><body><body.content/></body></nitf>", NoArticle, "no text"),
        ("<nitf>" + "<p>" * 5000, Undecodable, "broken XML"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, text: str, kind: type, word: str) -> None:
    found, (error,), _ = read(write(tmp_path / "a", text))
    assert not found
    assert isinstance(error, kind)
    assert word in str(error)
    assert error.raw_size == len(text.encode())


@pytest.mark.parametrize(
    ("value", "iso"),
    [("20241223T101500Z", "2024-12-23"), ("20241223", "2024-12-23"), ("2024-12-23T10:00:00+01:00", "2024-12-23"),
     ("20249999", None), ("", None), (None, None)],
)  # fmt: skip
def test_days(value: str | None, iso: str | None) -> None:
    assert day(value) == iso
