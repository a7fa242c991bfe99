"""JSON that holds many values: lists of any length, objects one behind the other, and where they break."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.read.samples import STORY, read

from tocsin.errors import NoArticle, TooLarge, Undecodable
from tocsin.read import documents
from tocsin.read.blob import Blob
from tocsin.read.options import Options
from tocsin.read.values import values

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def put(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def article(number: int) -> dict[str, object]:
    return {
        "id": f"a{number}",
        "text": f'{STORY} The [{number}], {{men}} and "{number}" \\ ships.',
        "tags": [{"n": [number]}],
    }


@given(st.lists(PLAIN, min_size=1, max_size=6), st.sampled_from([None, 1]), st.booleans())
def test_every_item_of_a_list_is_cut_out_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, items: list[object], indent: int | None, ascii: bool
) -> None:
    path = put(
        tmp_path_factory.mktemp("v") / "a",
        json.dumps(items, indent=indent, ensure_ascii=ascii).encode("utf-8", "replace"),
    )
    with path.open("rb") as stream:
        cut = [json.loads(value.raw) for value in values(Blob("a", stream), Options())]
    assert cut == json.loads(path.read_text("utf-8"))


def test_a_list_larger_than_any_article_may_be_is_read_item_by_item(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("w") as stream:
        stream.write("[")
        for number in range(6_000):
            stream.write(json.dumps(article(number) | {"more": "x" * 2_000}) + ("," if number < 5_999 else "]"))
    assert os.path.getsize(path) > 10_000_000
    tracemalloc.start()
    ids = [one.id for one in documents(str(path))]  # type: ignore[union-attr]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ids == [f"a{number}" for number in range(6_000)]
    assert peak < 8_000_000


def test_a_list_that_is_cut_short_keeps_all_before_the_cut(tmp_path: Path) -> None:
    whole = json.dumps([article(number) for number in range(20)])
    found, (error,), _ = read(put(tmp_path / "a.json", whole[: len(whole) // 2]))
    assert [one.id for one in found] == [f"a{number}" for number in range(len(found))]
    assert len(found) >= 9
    assert isinstance(error, Undecodable)
    assert error.source == f"{tmp_path}/a.json[{len(found) + 1}]"
    assert "cut short" in error.reason


def test_a_broken_item_is_one_error_and_no_more(tmp_path: Path) -> None:
    whole = json.dumps([article(number) for number in range(5)]).replace('"id": "a2"', '"id" "a2"')
    found, (error,), _ = read(put(tmp_path / "a.json", whole))
    assert [one.id for one in found] == ["a0", "a1", "a3", "a4"]
    assert error.source.endswith("a.json[3]")
    assert error.raw_hash


@pytest.mark.parametrize("between", ["\n", "", ",\n", "\r\n\r\n"])
@pytest.mark.parametrize("indent", [None, 2])
def test_objects_one_behind_the_other(tmp_path: Path, between: str, indent: int | None) -> None:
    text = between.join(json.dumps(article(number), indent=indent) for number in range(4)) + between
    found, errors, _ = read(put(tmp_path / "a.json", text))
    assert not errors
    assert [one.id for one in found] == ["a0", "a1", "a2", "a3"]


def test_the_marks_of_json_text_sequences(tmp_path: Path) -> None:
    text = "".join(f"\x1e{json.dumps(article(number))}\n" for number in range(3))
    found, errors, _ = read(put(tmp_path / "a.json", text))
    assert not errors
    assert len(found) == 3


@pytest.mark.parametrize("form", ["[%s]", "%s\n"])
def test_what_python_and_r_write_for_the_unknown_is_null(tmp_path: Path, form: str) -> None:
    one = json.dumps(article(1) | {"score": float("nan"), "title": float("inf")})
    ((found,), errors, _) = read(put(tmp_path / "a.json", form % one))
    assert not errors
    assert (found.id, found.title) == ("a1", None)


def test_an_item_that_is_too_large_does_not_hide_the_next(tmp_path: Path) -> None:
    text = json.dumps([{"text": "x " * 600_000}, article(1)])
    (found,), (error,), _ = read(put(tmp_path / "a.json", text))
    assert found.id == "a1"
    assert isinstance(error, TooLarge)


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ('[{"text": "' + "x" * 11_000_000, TooLarge, "too large"),
        ("[]", NoArticle, "an empty list"),
        ('[{"a": ' * 20_000, Undecodable, "cut short"),
        ("[" + '{"a": ' * 20_000 + "1" + "}" * 20_000 + "]", Undecodable, "broken JSON"),
    ],
)
def test_what_gives_nothing(tmp_path: Path, text: str, kind: type[Exception], reason: str) -> None:
    found, (error,), _ = read(put(tmp_path / "a.json", text))
    assert not found
    assert isinstance(error, kind)
    assert reason in error.reason
    assert "\n" not in str(error)


def test_more_behind_a_list_is_told(tmp_path: Path) -> None:
    found, (error,), _ = read(put(tmp_path / "a.json", json.dumps([article(1)]) + " and so on"))
    assert [one.id for one in found] == ["a1"]
    assert "behind the end" in error.reason
