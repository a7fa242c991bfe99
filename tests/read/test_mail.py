"""Newsletters: messages and mailboxes."""

from __future__ import annotations

import mailbox
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.read.samples import read

from tocsin.errors import NoArticle, NotEnglish, TooLarge
from tocsin.read import documents

LINE = "The minister said on Monday that all ships had left the café’s harbour and would not come back. "
GERMAN = "Der Minister sagte am Montag, dass alle Schiffe den Hafen verlassen haben und nicht wieder kommen. "


def letter(
    plain: str | None = LINE, page: str | None = None, subject: str = "Ships leave – all of them"
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = '"The Harbour Post" <news@post.example>'
    made["To"] = "desk@news.example"
    made["Subject"] = subject
    made["Date"] = "Mon, 23 Dec 2024 23:30:00 -0500"
    made["Message-ID"] = "<1@post.example>"
    made["Archived-At"] = "<https://post.example/1>"
    if plain is not None:
        made.set_content(plain)
    if page is not None:
        made.add_alternative(page, subtype="html") if plain is not None else made.set_content(page, subtype="html")
    return made


def test_a_message(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(letter().as_bytes())
    ((one,), errors, _) = read(tmp_path / "a.eml")
    assert not errors
    assert one.text.strip() == LINE.strip()
    assert (one.title, one.publisher, one.published) == ("Ships leave – all of them", "The Harbour Post", "2024-12-23")
    assert one.url == "https://post.example/1"


@pytest.mark.parametrize(
    ("plain", "page", "text"),
    [
        (
            None,
            f"<style>p {{}}</style><table><tr><td><p>{LINE}</p><p>Two.</p></td></tr></table>",
            f"{LINE.strip()}\n\nTwo.",
        ),
        ("View this in your browser.", f"<p>{LINE * 3}</p>", (LINE * 3).strip()),
        (LINE, f"<p>Menu {LINE}</p>", LINE.strip()),
    ],
    ids=["page alone", "a stub beside the page", "both"],
)
def test_which_part_is_read(tmp_path: Path, plain: str | None, page: str, text: str) -> None:
    (tmp_path / "a").write_bytes(letter(plain, page).as_bytes())
    assert read(tmp_path / "a")[0][0].text.strip() == text


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_encodings(tmp_path: Path, encoding: str, charset: str) -> None:
    made = letter(None)
    made.set_content(LINE, charset=charset, cte=encoding)
    (tmp_path / "a").write_bytes(made.as_bytes())
    assert read(tmp_path / "a")[0][0].text.strip() == LINE.strip()


def test_an_attachment_is_counted(tmp_path: Path) -> None:
    made = letter()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    (tmp_path / "a").write_bytes(made.as_bytes())
    found, _, skipped = read(tmp_path / "a")
    assert len(found) == 1
    assert skipped == {"mail: attachment application/pdf": 1}


def test_a_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "letters"
    box = mailbox.mbox(path)
    quoted = f"{LINE}\n\nFrom Varna the ships went out.\n\nFrom here on nothing is known.\n"
    for made in (letter(subject="1"), letter(quoted, subject="2"), letter(GERMAN * 4), letter(""), letter(subject="5")):
        box.add(made)
    box.close()
    found, errors, _ = read(path)
    assert [one.title for one in found] == ["1", "2", "5"]
    assert found[1].text == quoted
    assert [type(one) for one in errors] == [NotEnglish, NoArticle]
    assert [one.source for one in errors] == [f"{path}: message 3", f"{path}: message 4"]
    assert all(one.raw_hash for one in errors)


def test_a_large_message_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "letters"
    box = mailbox.mbox(path)
    for made in (letter(), letter(LINE * 3000), letter("x" * 300_000), letter()):
        box.add(made)
    box.close()
    found, errors, _ = read(path, max_size=10_000)
    assert len(found) == 2
    assert [type(one) for one in errors] == [TooLarge, TooLarge]


def test_memory_does_not_grow_with_the_mailbox(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        raw = letter(LINE * 60).as_bytes()
        path = tmp_path / f"{count}"
        path.write_bytes((b"From a@b.example Mon Dec 23 10:00:00 2024\n" + raw + b"\n") * count)
        tracemalloc.start()
        assert sum(1 for _ in documents(str(path))) == count
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    peak(2)
    assert peak(120) < peak(40) + 150_000


BROKEN = [
    "From: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\n\n--\nx",
    "From: =?utf-8?b?!!!?=\nMIME-Version: 1.0\nDate: never\nSubject: =?x?q?\n\nThe navy left.",
    "From: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=no-such\nContent-Transfer-Encoding: base64\n\n!!!!",
    "From: x\nSubject: =?ÿþ-8?q?a?=\nMIME-Version: 1.0\n\nThe navy left.",
    "From: <<>>\nMIME-Version: 1.0\nContent-Type: \x01\n\nThe navy left.",
]


@pytest.mark.parametrize("text", BROKEN)
def test_broken_headers_do_no_harm(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").write_text(text)
    (one,) = documents(str(tmp_path / "a"))
    assert "a fault in reading" not in str(one)


def test_thousands_of_parts_are_refused(tmp_path: Path) -> None:
    head = "From: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    (tmp_path / "a").write_text(head + "--b\nContent-Type: text/plain\n\nx\n" * 20_000)
    (one,) = documents(str(tmp_path / "a"))
    assert "more than 200 parts" in str(one)


def test_headers_as_they_are_in_the_wild(tmp_path: Path) -> None:
    sender, subject = "Café News <n@x.example>", "=?iso-8859-1?q?Caf=E9?= =?utf-8?b?w6k=?=\n plain"
    (tmp_path / "a").write_text(f"From: {sender}\nSubject: {subject}\nMIME-Version: 1.0\n\n{LINE}", encoding="utf-8")
    ((one,), _, _) = read(tmp_path / "a")
    assert (one.title, one.publisher) == ("Caféé plain", "Café News")
