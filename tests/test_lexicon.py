"""Knowledge files: strict, and the same whether their YAML is read or what the build compiled of it."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin import compiled, lexicon
from tocsin.errors import LexiconError


class Rule(lexicon.Entry, frozen=True, kw_only=True):
    id: str
    since: datetime.date | None = None
    words: tuple[str, ...] = ()
    weight: float = 1.0


GOOD = "id: a\nsince: 1962-10-22\nwords: [quay, 'no', \"1962-10-22\"]\nweight: 2\n"


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Compile to a folder of our own, and forget it after the test."""
    monkeypatch.setattr(lexicon, "COMPILED", tmp_path / "lexicon.msgpack")
    lexicon._compiled.cache_clear()
    yield
    lexicon._compiled.cache_clear()


def both_ways(path: Path, kind: type[Rule]) -> list[Rule | str]:
    """What reading a file gives, or the message of its fault, from YAML and compiled."""
    found: list[Rule | str] = []
    lexicon.COMPILED.unlink(missing_ok=True)
    for _ in range(2):
        lexicon._compiled.cache_clear()
        try:
            found.append(lexicon.read(path, kind))
        except LexiconError as fault:
            found.append(str(fault))
        compiled.write(lexicon.COMPILED, [path])
    return found


def test_compiled_and_yaml_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(GOOD)
    assert (
        both_ways(path, Rule)
        == [Rule(id="a", since=datetime.date(1962, 10, 22), words=("quay", "no", "1962-10-22"), weight=2.0)] * 2
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id: a\ncolour: red\n", "a.yaml: Object contains unknown field `colour`"),
        ("since: 1962-10-22\n", "a.yaml: Object missing required field `id`"),
        ("id: 1962-10-22\n", "a.yaml: Expected `str`, got `date` - at `$.id`"),
        ("id: a\nwords: [no]\n", "a.yaml: Expected `str`, got `bool` - at `$.words[0]`"),
    ],
)
def test_faults_are_told_alike(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    assert both_ways(path, Rule) == [fault] * 2


def test_what_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("id: [a\n")
    with pytest.raises(LexiconError, match=r"^a\.yaml: not YAML: "):
        lexicon.read(path, Rule)


def test_an_edited_file_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("id: a\n")
    compiled.write(lexicon.COMPILED, [path])
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "parse", None)  # what is compiled is not parsed again
        assert lexicon.read(path, Rule).id == "a"
    path.write_text("id: b\n")
    assert lexicon.read(path, Rule).id == "b"


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x93\x01\x02\x03", b"\x81\xa1a"])
def test_a_broken_compiled_file_costs_speed_only(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(GOOD)
    lexicon.COMPILED.write_bytes(content)
    assert lexicon.read(path, Rule).id == "a"


def test_all_files_of_the_package_compile(tmp_path: Path) -> None:
    target = tmp_path / "all.msgpack"
    paths = sorted(lexicon.PACKAGE.rglob("*.yaml"))
    compiled.write(target, paths)
    known = compiled.load(target)
    for path in paths:
        content = path.read_bytes()
        assert compiled.decode(known[compiled.key(content)]) == compiled.parse(content), path.name


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5) | st.integers(0, 99), inner),
    max_leaves=12,
)


@given(PLAIN)
def test_any_value_survives(value: Any) -> None:
    again = compiled.decode(compiled.encode(value))
    assert again == value
    assert type(again) is type(value)


def test_what_would_change_is_refused() -> None:
    with pytest.raises(TypeError, match="datetime"):
        compiled.encode([datetime.datetime(1962, 10, 22, 19, 0)])


def test_importing_the_package_parses_no_yaml() -> None:
    code = "import sys, tocsin; sys.exit('yaml' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(lexicon.PACKAGE.parents[1])}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_what_is_not_read_by_makes_no_other_reader() -> None:
    """Just the files that no stage before the linking loads are left out of the digest."""
    package = lexicon.PACKAGE.parent
    loads: dict[str, set[str]] = {}
    for module in package.rglob("*.py"):
        stage = module.relative_to(package).parts[0]
        for name in re.findall(r'"([\w/*]+\.yaml)"', module.read_text(encoding="utf-8")):
            if module != package / "lexicon.py":
                loads.setdefault(name, set()).add(stage)
    later = {name for name, stages in loads.items() if stages <= {"link", "watch", "show", "batch", "evaluate"}}
    assert {path.name for path in lexicon.PACKAGE.glob("*.yaml") if path.name in later} == lexicon.LATER


def test_an_indicator_of_ones_own_makes_no_other_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    before = lexicon.digest.__wrapped__()
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "mine.yaml").write_text("id: mine\n")
    assert lexicon.digest.__wrapped__() == before
    (tmp_path / "cues.yaml").write_text("{}\n")
    assert lexicon.digest.__wrapped__() != before
