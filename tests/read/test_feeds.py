"""Feeds of every format, and lists of feeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.read.samples import read

from tocsin.errors import NoArticle, NotFound, SourceError, Undecodable
from tocsin.model import Document
from tocsin.read import documents
from tocsin.read.blob import Blob
from tocsin.read.options import Options
from tocsin.read.outline import Feed, feeds, listed

LINE = "The minister said on Monday that all ships had left the harbour and would not come back to it again. "
FULL = LINE * 8

RSS = f"""<?xml version="1.0" encoding="iso-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Post</title><link>https://post.example/</link>
<item><title>Ships &amp;amp; crews</title><link>/a/1</link><guid isPermaLink="false">x1</guid>
<pubDate>Mon, 23 Dec 2024 09:00:00 +0900</pubDate><dc:creator>Ann Poole</dc:creator>
<description>&lt;p&gt;Short, and a caf\xe9.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>{FULL}</p><script>x()</script><p>Second&nbsp;one,<br>two <b>lines</b>.</p>]]>
</content:encoded></item>
<item><title>Another</title><link>https://post.example/b</link><description>{LINE}A caf\xe9. [...]</description></item>
<item><title>Nothing</title><link>https://post.example/c</link></item>
</channel></rss>"""


def write(path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def test_rss(tmp_path: Path) -> None:
    path = write(tmp_path / "feed", RSS, "iso-8859-1")
    (full, short), (nothing,), _ = read(path)
    assert full.text == FULL.strip() + "\n\nSecond one,\ntwo lines."
    assert (full.title, full.url, full.published) == ("Ships & crews", "https://post.example/a/1", "2024-12-23")
    assert (full.publisher, full.byline, full.notes) == ("The Harbour Post", "Ann Poole", ())
    assert short.text == LINE + "A café. [...]"
    assert any("only the summary" in note for note in short.notes)
    assert short.published is None
    assert isinstance(nothing, NoArticle)
    assert str(nothing).startswith(f"{path}: entry 3: ")
    assert nothing.raw_hash


def test_the_address_of_a_feed_is_where_its_links_begin() -> None:
    import io

    from tocsin.read import read_blob

    found = list(read_blob(Blob("x", io.BytesIO(RSS.encode("iso-8859-1")), url="https://mirror.example/f/"), Options()))
    assert isinstance(found[0], Document)
    assert found[0].url == "https://mirror.example/a/1"


OLD = [
    f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old</title></channel>
    <item rdf:about="https://o.example/1"><title>t</title><link>https://o.example/1</link>
    <dc:date>2024-12-23T10:00:00Z</dc:date><description>{FULL}</description></item></rdf:RDF>""",
    f"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
    "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Old</title><item>
    <title>t</title><link>https://o.example/1</link><pubDate>Mon, 23 Dec 2024 10:00:00 GMT</pubDate>
    <description>{FULL}</description></item></channel></rss>""",
    f"""<!-- made by hand --><rss version="0.92"><channel><title>Old</title><item><title>t</title><link>https://o.example/1
    </link><pubDate>2024-12-23</pubDate><description><![CDATA[<div>{FULL}</div>]]></description></item></channel></rss>""",
    f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><entry><title type="html">&lt;i&gt;t&lt;/i&gt;
    </title><link rel="alternate" href="https://o.example/1"/><id>urn:1</id><published>2024-12-23T10:00:00Z</published>
    <updated>2024-12-25T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{FULL}</p>
    </div></content></entry></feed>""",
    json.dumps({
        "version": "https://jsonfeed.org/version/1", "title": "Old", "home_page_url": "https://o.example/", "items": [
            {"id": 7, "url": "/1", "title": "t", "content_html": f"<p>{FULL}</p>", "date_published": "2024-12-23"}
        ],
    }),
]  # fmt: skip


@pytest.mark.parametrize("text", OLD, ids=["rss 1.0", "rss 0.91", "rss 0.92", "atom", "json feed"])
def test_every_format_says_the_same(tmp_path: Path, text: str) -> None:
    ((one,), errors, _) = read(write(tmp_path / "feed", text))
    assert not errors
    assert (one.text, one.title, one.url) == (FULL.strip(), "t", "https://o.example/1")
    assert (one.publisher, one.published, one.notes) == ("Old", "2024-12-23", ())


def test_atom_with_the_day_of_the_last_change_alone(tmp_path: Path) -> None:
    text = OLD[3].replace("<published>2024-12-23T10:00:00Z</published>", "")
    ((one,), _, _) = read(write(tmp_path / "feed", text))
    assert one.published == "2024-12-25"
    assert any("last change" in note for note in one.notes)


def test_a_broken_feed_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write(tmp_path / "feed", RSS.replace("<title>Another</title>", "<title>Cat & Mouse</title>"), "iso-8859-1")
    found, _, _ = read(path)
    assert [one.title for one in found] == ["Ships & crews", "Cat & Mouse"]


def test_a_feed_that_is_cut_keeps_what_is_before_and_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "feed", RSS[: RSS.index("<item><title>Nothing")], "iso-8859-1")
    found, (error,), _ = read(path)
    assert len(found) == 2
    assert str(error) == f"{path}: after entry 2: cut short: the feed has no end"


@pytest.mark.parametrize("number", ["&#xD800;", "&#0;", "&#x110000;", "&#99999999;"])
def test_a_character_that_does_not_exist_costs_no_entry(tmp_path: Path, number: str) -> None:
    ((one,), _, _) = read(write(tmp_path / "feed", OLD[2].replace("<title>t", f"<title>t{number}")))
    assert one.text == FULL.strip()


BOMBS = [
    '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
    '<!DOCTYPE feed [<!ENTITY % a SYSTEM "http://x.example/a.dtd"> %a;]><feed/>',
    '<!DOCTYPE opml [<!ENTITY a "x">]><opml><body/></opml>',
    '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf>&a;</nitf>',
    '<?xml version="1.0"?><!DOCTYPE newsItem [<!ENTITY a "b">]><newsItem>&a;</newsItem>',
]


@pytest.mark.parametrize("text", BOMBS)
def test_entities_are_refused_in_one_line(tmp_path: Path, text: str) -> None:
    found, (error,), _ = read(write(tmp_path / "a.xml", text))
    assert not found
    assert isinstance(error, Undecodable)
    assert "entities" in error.reason
    assert "\n" not in str(error)


def test_an_opml_list(tmp_path: Path) -> None:
    text = """<opml version="2.0"><head><title>x</title></head><body><outline text="News"><outline text="A"
    xmlUrl="https://a.example/feed"/><outline title="B" text="b" xmlUrl="http://b.example/rss"/></outline>
    <outline xmlUrl="https://a.example/feed"/><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="http://["/></body></opml>"""
    path = write(tmp_path / "list.opml", text)
    (error,) = documents(str(path))
    assert isinstance(error, SourceError)
    assert "a list of 2 feeds" in str(error)
    with path.open("rb") as stream:
        assert feeds(Blob("x", stream), Options()) == (
            Feed("https://a.example/feed", "A"),
            Feed("http://b.example/rss", "B"),
        )


def test_which_feeds_a_user_names(tmp_path: Path) -> None:
    a, b = Feed("https://a.example/feed", None), Feed("https://b.example/feed", "B News")
    assert listed(a.url, Options()) == (a,)
    (tmp_path / "list.txt").write_text(f"# mine\n{a.url}\n\n{b.url} B News\n{a.url}\nnonsense\n")
    assert listed(str(tmp_path / "list.txt"), Options()) == (a, b)
    (tmp_path / "page.html").write_text("<html><body>x</body></html>")
    for name, kind in {"page.html": Undecodable, "none": NotFound}.items():
        with pytest.raises(kind):
            listed(str(tmp_path / name), Options())
    (tmp_path / "list.txt").write_text("# mine\n")
    with pytest.raises(NoArticle):
        listed(str(tmp_path / "list.txt"), Options())


def rss(entry: str) -> str:
    return f"<rss version='2.0'><channel><title>Post</title><item><title>Ships</title>{entry}</item></channel></rss>"


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("ann@post.example (Ann Poole)", "Ann Poole"),
        ("ann@post.london (Ann Poole)", "Ann Poole"),
        ("Ann Poole &lt;ann@post.media&gt;", "Ann Poole"),
        ("Ann Poole, Bob Roe", "Ann Poole, Bob Roe"),
        ("ann@post.example", None),
    ],
)
def test_the_author_beside_an_address(tmp_path: Path, author: str, byline: str | None) -> None:
    path = write(tmp_path / "a", rss(f"<author>{author}</author><description>{LINE}</description>"))
    ((one,), _, _) = read(path)
    assert one.byline == byline


def test_the_line_that_wordpress_adds_is_no_part_of_the_article(tmp_path: Path) -> None:
    footer = "<p>The post <a href='/1'>Ships</a> appeared first on <a href='/'>Post</a>.</p>"
    path = write(tmp_path / "a", rss(f"<description><![CDATA[<p>{FULL}</p>\n{footer}]]></description>"))
    ((one,), _, _) = read(path)
    assert one.text == FULL.strip()
    assert not one.notes or "summary" not in one.notes[0]


def test_a_summary_that_breaks_off_before_wordpress_s_line_is_a_summary(tmp_path: Path) -> None:
    footer = "<p>The post <a href='/1'>Ships</a> appeared first on <a href='/'>Post</a>.</p>"
    path = write(tmp_path / "a", rss(f"<description><![CDATA[<p>{FULL} [&#8230;]</p>\n{footer}]]></description>"))
    ((one,), _, _) = read(path)
    assert any("only the summary" in note for note in one.notes)
