import hashlib
import io
import json
import os
import pickle
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import NoArticle, NotEnglish, NotFound, SourceError, TooLarge, Undecodable, UsageError
from tocsin.model import Document
from tocsin.read import blob, documents, from_text

STORY = "VARNA (Reuters) – The minister said on Monday that all ships had left the harbour and would not come back.\n"
GERMAN = "Der Minister sagte am Montag, dass alle Schiffe den Hafen verlassen haben und nicht wieder kommen. " * 4
FRENCH = "Le ministre a déclaré lundi que tous les navires avaient quitté le port et qu'ils ne reviendraient pas. " * 4


def page(*, head: str = "", body: str | None = None) -> str:
    story = "".join(
        f"<p>The minister said on Monday that {n} ships had left the harbour, and that the crews would stay at sea.</p>"
        for n in range(3, 9)
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>Ships leave Varna</title>{head}</head>"
        "<body><nav><a href=/>Home</a></nav>"
        + (f"<article><h1>Ships leave Varna</h1>{story}</article>" if body is None else body)
        + "<footer>Contact us</footer></body></html>"
    )


def only(found: Iterable[Document | SourceError]) -> Document | SourceError:
    (one,) = found
    return one


def read_one(source: str | Path) -> Document:
    one = only(documents(str(source)))
    assert isinstance(one, Document), one
    return one


def fault(source: str | Path, **options: int) -> SourceError:
    one = only(documents(str(source), **options))  # type: ignore[arg-type]
    assert isinstance(one, SourceError), one
    assert "\n" not in str(one)
    assert str(one).startswith(str(source))
    return one


def test_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    found = read_one(path)
    assert found.text == STORY
    assert (found.agency, found.dateline, found.published) == ("Reuters", "VARNA", None)
    assert found.text[found.body :].startswith("The minister")
    assert any("--published" in note for note in found.notes)


def test_the_id_depends_on_the_text_and_not_on_the_path(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for path in (tmp_path / "a.txt", tmp_path / "deep" / "b"):
        path.write_text(STORY)
    assert read_one(tmp_path / "a.txt").id == read_one(tmp_path / "deep" / "b").id
    assert from_text(STORY).id == read_one(tmp_path / "a.txt").id != from_text(STORY + " ").id


def test_published_of_the_call_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": STORY, "published": "2024-12-23"}))
    found = only(documents(str(path), published="2024-12-24"))
    assert isinstance(found, Document)
    assert found.published == "2024-12-24"
    assert read_one(path).published == "2024-12-23"


def test_a_wrong_date_is_told_at_once() -> None:
    with pytest.raises(UsageError, match="yesterday"):
        documents("a.txt", published="yesterday")


def test_the_date_of_the_head_is_taken_last() -> None:
    found = from_text("Dec 23, 2024\n" + STORY)
    assert found.published == "2024-12-23"
    assert from_text("Dec 23, 2024\n" + STORY, published="2024-12-24").published == "2024-12-24"
    without = from_text("LIMA, August 8 (Xinhua) -- The minister said so.")
    assert without.published is None
    assert "no year" in without.notes[0]


def test_article_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    article = {
        "id": 7, "url": "http://example.org/a", "title": "Ships", "text": STORY,
        "published": "Mon, 23 Dec 2024 09:00:00 GMT", "publisher": "The Harbour Post", "claims": [1, {"x": None}],
    }  # fmt: skip
    path.write_text(json.dumps(article))
    found = read_one(path)
    assert (found.id, found.url, found.title, found.publisher) == ("7", article["url"], "Ships", "The Harbour Post")
    assert (found.published, found.text, found.notes) == ("2024-12-23", STORY, ())


def test_odd_fields_are_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": STORY, "published": "soon", "title": 1.5, "publisher": ""}))
    found = read_one(path)
    assert (found.published, found.title, found.publisher) == (None, None, None)
    assert any("'soon'" in note for note in found.notes)
    assert any("`title`" in note for note in found.notes)


def test_a_list_of_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": STORY}, {"text": 1}, 5, {"text": "  "}, {"text": STORY + "More."}]))
    found = list(documents(str(path)))
    assert [type(one) for one in found] == [Document, NoArticle, Undecodable, NoArticle, Document]
    assert str(found[1]).startswith(f"{path}[2]: ")


def test_json_lines_with_one_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "ten.jsonl"
    lines = [json.dumps({"id": str(n), "text": STORY + str(n)}) for n in range(1, 11)]
    lines[6] = lines[6][:30]
    path.write_text("\n".join(lines))
    found = list(documents(str(path)))
    assert [one.id for one in found if isinstance(one, Document)] == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]
    (broken,) = (one for one in found if isinstance(one, SourceError))
    assert str(broken).startswith(f"{path}:7: broken JSON")
    assert "\n" not in str(broken)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\r\n".join(json.dumps({"text": STORY + c}, ensure_ascii=False) for c in "äöü"), encoding=encoding)
    assert [one.text[-1] for one in documents(str(path)) if isinstance(one, Document)] == ["ä", "ö", "ü"]


def test_json_lines_may_be_longer_than_the_limit_of_one_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    texts = [STORY, STORY * 20, STORY, "x" * 60_000, STORY]
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts) + "\n\n")
    found = list(documents(str(path), max_size=2000))
    assert [type(one) for one in found] == [Document, TooLarge, Document, TooLarge, Document]
    assert [str(one).split(": ")[0] for one in found if isinstance(one, TooLarge)] == [f"{path}:2", f"{path}:4"]
    assert all("--max-size" in str(one) for one in found if isinstance(one, TooLarge))


def test_a_folder_in_order_and_its_other_files_left(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/d.html", "c/a.json", "z.TXT", "image.png", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text({"html": page(), "json": json.dumps({"text": STORY + name})}.get(name[-4:], STORY + name))
    found = list(documents(str(tmp_path)))
    assert [one.text[len(STORY) :] for one in found if isinstance(one, Document) and one.text.startswith(STORY)] == [
        "a.txt", "b.txt", "z.TXT", "c/a.json",
    ]  # fmt: skip
    assert len(found) == 5


def test_a_pattern(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(STORY + name)
    found = list(documents(str(tmp_path / "*.txt")))
    assert [one.text[-5:] for one in found if isinstance(one, Document)] == ["a.txt", "b.txt"]
    assert isinstance(fault(tmp_path / "*.zip"), NotFound)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(STORY.encode()))))  # type: ignore[type-var]
    assert read_one("-").text == STORY


def test_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    head = (
        '<meta name="author" content="Ann Poole"><meta property="og:site_name" content="The Harbour Post">'
        '<meta property="article:published_time" content="1998-10-23T10:00:00Z">'
    )
    path.write_text(page(head=head))
    found = read_one(path)
    assert (found.title, found.publisher, found.published) == ("Ships leave Varna", "The Harbour Post", "1998-10-23")
    assert found.byline == "Ann Poole"
    assert "3 ships had left" in found.text
    assert "Contact us" not in found.text
    assert found.text[found.body :].startswith("The minister")


def test_the_charset_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    story = "<p>The minister said on Monday that café owners – “all” of them – had left the old harbour.</p>" * 5
    text = page(head='<meta charset="windows-1252">', body=f"<article>{story}</article>")
    path.write_bytes(text.encode("cp1252"))
    assert "café owners – “all” of them" in read_one(path).text


def test_a_date_in_the_article_is_not_the_date_of_the_page(tmp_path: Path) -> None:
    story = "".join(f"<p>The minister said by 2024-12-01 some {n} ships would leave the harbour.</p>" for n in "345")
    path = write(tmp_path / "a.html", page(body=f"<article>{story}</article>"))
    assert read_one(path).published is None
    dated = page(head='<meta name="date" content="2024-12-01">', body=f"<article>{story}</article>")
    path = write(tmp_path / "b.html", dated)
    assert read_one(path).published == "2024-12-01"


def test_a_page_of_a_million_tags_is_refused(tmp_path: Path) -> None:
    assert isinstance(fault(write(tmp_path / "a.html", "<html><body>" + "<p>a" * 1_000_000)), TooLarge)


BAD_PAGES = [
    "<html></html>",
    "<html><body><form><input></form><a href=x>Login</a></body></html>",
    page(body="<ul><li><a href=/a>News</a></li><li><a href=/b>Sport</a></li></ul>"),
    "<html><body>" + "<div>" * 20000 + "x",
]


@pytest.mark.parametrize("text", BAD_PAGES, ids=["empty", "form", "menu", "deep"])
def test_a_page_without_an_article(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(text)
    assert isinstance(fault(path), NoArticle)


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


BAD_FILES = [
    (b"", NoArticle, "empty"),
    (b" \n\t ", NoArticle, "empty"),
    (b"\x7fELF\x02\x01", Undecodable, "program"),
    (bytes(range(256)) * 4, Undecodable, "binary"),
    (STORY.encode() * 200 + b"\x00", Undecodable, "binary"),
    (GERMAN, NotEnglish, "German"),
    (FRENCH, NotEnglish, "French"),
    ("Министр заявил в понедельник, что все корабли покинули порт и больше не вернутся. " * 5, NotEnglish, "Russian"),
    ('{"text": "a', Undecodable, "broken JSON"),
    ('[{"a": ' * 20_000, Undecodable, "broken JSON"),
    ('{"caption": "a"}', NoArticle, "`text`"),
    ("[]", NoArticle, "empty list"),
    ("<?xml version='1.0'?><rss/>", NoArticle, "without entries"),
    ("<?xml version='1.0'?><urlset/>", Undecodable, "<urlset>"),
]


@pytest.mark.parametrize(("data", "kind", "words"), BAD_FILES, ids=[f"{k.__name__}-{w}" for _, k, w in BAD_FILES])
def test_bad_files(tmp_path: Path, data: bytes | str, kind: type[SourceError], words: str) -> None:
    one = fault(write(tmp_path / "a.txt", data))
    assert isinstance(one, kind)
    assert words in str(one)


def test_short_texts_have_the_benefit_of_the_doubt(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "a.txt", "Schiffe verlassen den Hafen.")).language is None


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.write(STORY.encode() * 100)
        file.truncate(50_000_000)
    monkeypatch.setattr(blob, "CHUNK", -1)  # a read beyond the head would take the whole file
    tracemalloc.start()
    one = fault(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
    assert isinstance(one, TooLarge)
    assert "50,000,000 bytes" in str(one)
    assert "--max-size" in str(one)


def test_the_limit_can_be_raised(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", STORY * 20)
    assert isinstance(fault(path, max_size=1000), TooLarge)
    assert isinstance(only(documents(str(path), max_size=10_000)), Document)


def test_a_pipe_is_cut_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            buffer[:] = b"a " * (len(buffer) // 2) + b"a" * (len(buffer) % 2)
            return len(buffer)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    one = only(documents("-"))
    assert isinstance(one, TooLarge)
    assert str(one).startswith("standard input: ")


def test_what_is_not_there(tmp_path: Path) -> None:
    assert isinstance(fault(tmp_path / "none.txt"), NotFound)
    assert isinstance(fault(tmp_path), NoArticle)
    assert isinstance(fault("/dev/null"), NotFound)
    assert isinstance(fault("a\x00b"), NotFound)


def test_a_folder_without_permission_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    write(tmp_path / "a.txt", STORY)
    real = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(documents(str(tmp_path)))
    assert [type(one) for one in found] == [Document, NotFound]
    assert str(found[1]) == f"{closed}: this folder cannot be read: no permission to read it"


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", STORY)

    def closed(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert "no permission" in str(fault(path))


def test_errors_go_from_one_process_to_another(tmp_path: Path) -> None:
    one = fault(write(tmp_path / "a.txt", GERMAN))
    other = pickle.loads(pickle.dumps(one))
    assert type(other) is NotEnglish
    assert (str(other), other.source, other.raw_hash, other.raw_size) == (
        str(one), one.source, hashlib.blake2b(GERMAN.encode(), digest_size=16).hexdigest(), len(GERMAN.encode()),
    )  # fmt: skip


def test_what_a_folder_has_beside_is_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.PNG", "c.png", "LICENSE"):
        (tmp_path / name).write_text(STORY)
    skipped: Counter[str] = Counter()
    assert len(list(documents(str(tmp_path), skipped=skipped))) == 1
    assert skipped == {"file in a folder: .png": 2, "file in a folder: no suffix": 1}


def test_two_reads_give_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", page())
    assert msgspec.json.encode(read_one(path)) == msgspec.json.encode(read_one(path))


def test_gold_articles_are_read_as_they_are() -> None:
    folder = Path(__file__).resolve().parents[2] / "../shared/gold"
    if not folder.is_dir():
        pytest.skip("the gold articles are kept beside the repository, in ../shared/gold")
    for path in sorted(folder.glob("*.json")):
        found = read_one(path)
        written = json.loads(path.read_text())
        assert (found.text, found.id, found.published) == (written["text"], written["id"], written["published"])
        assert found.language == "en"
        assert all(claim["evidence"]["end"] > found.body for claim in written["claims"])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(["", "LIMA (AP) -- "]))
def test_text_in_hand_is_kept(words: str, head: str) -> None:
    text = head + words
    found = from_text(text)
    assert found.text == text
    assert 0 <= found.body <= len(text)
    assert found == from_text(text)


@given(st.binary(max_size=400))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes"
    path.write_bytes(data)
    for one in documents(str(path)):
        assert isinstance(one, Document | SourceError)


def test_a_pipe_in_a_folder_does_not_hold_the_others(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(STORY)
    skipped: Counter[str] = Counter()
    assert [one.text for one in documents(str(tmp_path), skipped=skipped) if isinstance(one, Document)] == [STORY]
    assert skipped == {"file in a folder: no file but a pipe or a device": 1}


def test_an_empty_name_is_not_the_folder_in_which_we_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    monkeypatch.chdir(tmp_path)
    one = only(documents(""))
    assert isinstance(one, NotFound)
    assert "an empty name" in one.reason


@pytest.mark.parametrize("source", ["ftp://post.example/a", "file:///tmp/a.txt"])
def test_other_addresses_are_called_so(source: str) -> None:
    assert "an address that is not http(s)" in fault(source).reason
