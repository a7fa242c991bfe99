from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hand import LAUNCH, REPORT, TEXT, claim, document

from tocsin.model import Report
from tocsin.show.page import TEMPLATES, render

EVIL = '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(1)>'
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Tree(HTMLParser):
    """Reads a page strictly: tags must close in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data

    def all(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


@pytest.fixture(scope="module")
def page() -> str:
    return render([REPORT])


@pytest.fixture(scope="module")
def tree(page: str) -> Tree:
    return Tree(page)


def test_the_page_asks_nothing_of_the_network(page: str, tree: Tree) -> None:
    assert not tree.all("src")
    assert not [tag for tag, _ in tree.tags if tag in ("link", "img", "iframe", "object", "embed", "form", "base")]
    assert "url(" not in page
    assert "@import" not in page
    assert "http" not in re.sub(r'http-equiv="', "", page)


def test_the_policy_admits_the_style_and_the_script_that_are_there_and_no_other(tree: Tree) -> None:
    policy = next(a["content"] or "" for tag, a in tree.tags if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(tree.text[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert len([one for one, _ in tree.tags if one == tag]) == 1
    assert not tree.all("style")
    assert not [name for _, attributes in tree.tags for name in attributes if name.startswith("on")]


def test_every_link_leads_to_one_element(tree: Tree) -> None:
    ids = tree.all("id")
    assert len(ids) == len(set(ids))
    for link in tree.all("href"):
        assert link.removeprefix("#") in ids
    assert {"d1c1", "d1t1", "d1c2", "d1t2"} <= set(ids)


def test_marks_name_claims_that_are_there(tree: Tree) -> None:
    ids = tree.all("id")
    marks = [mark for value in tree.all("data-m") for mark in value.split()]
    assert {mark[-1] for mark in marks} == set("etarofpwsc")
    assert {f"d1c{mark[:-1]}" for mark in marks} <= set(ids)


def test_text_of_others_stays_text() -> None:
    text = f"{EVIL} was launched."
    report = Report(
        document=document(text=text, body=0, title=EVIL, publisher=EVIL, notes=(EVIL,), url="javascript:alert(1)"),
        claims=(claim("launched", text=text, type=EVIL, made_by=EVIL),),
    )
    tree = Tree(render([report]))
    assert len([tag for tag, _ in tree.tags if tag == "script"]) == 1
    assert not [tag for tag, _ in tree.tags if tag == "img"]
    assert EVIL in tree.text["section"]
    assert "javascript" not in " ".join(tree.all("href"))


def test_the_article_is_on_the_page_word_for_word(tree: Tree) -> None:
    shown = re.sub(r"\s+", " ", tree.text["section"])
    for part in re.split(r"killed|launch|\n\n", TEXT):
        assert part.strip() in shown


def test_claims_over_the_same_words_each_have_their_place() -> None:
    both = Report(document=document(), claims=(LAUNCH, claim("launch", id="b"), claim("could launch", id="c")))
    tree = Tree(render([both]))
    assert {"d1t1", "d1t2", "d1t3"} <= set(tree.all("id"))
    assert len(tree.all("id")) == len(set(tree.all("id")))


def test_several_articles_have_contents() -> None:
    tree = Tree(render([REPORT, Report(document=document(id="b", title="Second"), claims=())]))
    assert ("nav", {"class": "contents", "aria-label": "Articles"}) in tree.tags
    assert {"#d1", "#d2"} <= set(tree.all("href"))
    assert "no claims" in tree.text["nav"]
    assert len([tag for tag, _ in tree.tags if tag == "h2"]) == 2


def test_one_article_has_no_contents_and_one_first_heading(tree: Tree) -> None:
    assert "nav" not in tree.text
    assert [tag for tag, _ in tree.tags if tag in ("h1", "h2")] == ["h1"]


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2."""
    full = color if len(color) == 7 else "#" + "".join(2 * c for c in color[1:])
    parts = [int(full[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes() -> list[dict[str, str]]:
    """The colours of the light and of the dark page."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in blocks]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_enough_for_reading(scheme: int) -> None:
    colors = palettes()[scheme]
    for ground in ("paper", "card"):
        for ink in ("ink", "quiet", "link", "occurred", "ongoing", "planned", "possible", "denied"):
            assert contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)
    for mark in (*"tscarofpw", "evidence"):
        assert contrast(colors["ink"], colors[mark]) >= 4.5, mark
    assert contrast(colors["chosen"], colors["paper"]) >= 3
