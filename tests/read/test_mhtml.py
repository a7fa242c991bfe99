"""Pages that a browser saved in one file."""

from __future__ import annotations

import quopri
import re
from pathlib import Path

import pytest
from tests.read.samples import page, read

BOUNDARY = "----MultipartBoundary--x7----"
AT = "https://post.example/ships"
PICTURE = f"Content-Type: image/png\r\nContent-Location: {AT}.png\r\n\r\niVBORw0KGgo=\r\n"


def saved(html: str, top: str, at: str = AT, pictures: int = 1) -> bytes:
    """As Chrome and Internet Explorer write it."""
    head = (
        f"From: <Saved by {top}\r\nSubject: =?utf-8?Q?Ships=20leave?=\r\nDate: Wed, 25 Dec 2024 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        f'\tboundary="{BOUNDARY}"\r\n\r\n\r\n'
        f"--{BOUNDARY}\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {at}\r\n\r\n"
    )
    rest = "".join(f"\r\n--{BOUNDARY}\r\n{PICTURE}" for _ in range(pictures)) + f"\r\n--{BOUNDARY}--\r\n"
    body = quopri.encodestring(html.encode()).replace(b"\n", b"\r\n")
    return head.encode() + body + rest.encode()


@pytest.mark.parametrize("top", [f"Blink>\r\nSnapshot-Content-Location: {AT}", "Microsoft Internet Explorer 11>"])
@pytest.mark.parametrize("pictures", [1, 300])
def test_a_page_saved_in_one_file_is_read_as_the_page(tmp_path: Path, top: str, pictures: int) -> None:
    (tmp_path / "a.mhtml").write_bytes(saved(page(2), top, pictures=pictures))
    (tmp_path / "b.html").write_text(page(2), "utf-8")
    ((one, other), errors, _) = read(tmp_path)
    assert not errors
    assert one.text == other.text
    assert (one.url, one.title, one.published) == (AT, "Ships leave Varna", "2024-12-23")
    assert one.publisher != "Saved by Blink"


def test_the_day_on_which_it_was_saved_is_not_that_of_publication(tmp_path: Path) -> None:
    html = re.sub("<meta property[^>]*>", "", page(2))
    (tmp_path / "a.mht").write_bytes(saved(html, f"Blink>\r\nSnapshot-Content-Location: {AT}"))
    ((one,), _, _) = read(tmp_path)
    assert one.published is None
    assert any("2024-12-25" in note for note in one.notes)


def test_a_letter_with_pictures_stays_a_letter(tmp_path: Path) -> None:
    raw = (
        saved(page(2), "x>")
        .replace(f"Content-Location: {AT}\r\n".encode(), b"", 1)
        .replace(b"<Saved by x>", b"Post <a@post.example>")
    )
    (tmp_path / "a.eml").write_bytes(raw)
    ((one,), errors, _) = read(tmp_path)
    assert not errors
    assert (one.publisher, one.published) == ("Post", "2024-12-25")
