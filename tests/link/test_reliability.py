"""The user's grades of sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.link.claimed import claim, source, told

from tocsin.errors import LexiconError
from tocsin.link.reliability import MEANINGS, NOTHING, load
from tocsin.link.voices import voice_of

FILE = """
sources:
- {name: South Korea's Joint Chiefs of Staff, grade: B, why: counts with care}
- {name: The Associated Press, grade: A, why: corrects its errors in the open}
- {pattern: state (media|television), grade: D, why: says what it is told to say}
- {pattern: media, grade: E, why: never names its own sources}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "grades.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("Seoul's Joint Chiefs of Staff (JCS)", "B"),
        ("AP", "A"),
        ("North Korean state media", "D"),
        ("local media", "E"),
        ("Reuters", None),
    ],
)
def test_a_source_has_its_grade(file: Path, name: str, grade: str | None) -> None:
    found = load(file).of_name(name)
    assert (found.grade if found else None) == grade
    assert found is None or found.means == MEANINGS[found.grade]


def test_a_voice_has_the_grade_of_whom_it_means(file: Path) -> None:
    text = "The JCS said that ten were killed."
    one = told(claim(text, "killed", sources=(source(text, "The JCS", country="KOR"),)), "a", "2020-01-02")
    found = load(file).of(voice_of(one))
    assert found is not None
    assert (found.grade, found.why) == ("B", "counts with care")


def test_without_a_file_nobody_has_a_grade() -> None:
    assert load(None) is NOTHING
    assert load("").of_name("AP") is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{name: AP, grade: G, why: x}", r"grades.yaml: Invalid enum value 'G' - at `\$.sources\[0\].grade`"),
        ("{name: AP, grade: A}", "missing required field `why`"),
        ("{name: AP, grade: A, why: x, since: 1999}", "unknown field `since`"),
        ("{grade: A, why: x}", "source 1: give either a name or a pattern"),
        ("{name: AP, pattern: AP, grade: A, why: x}", "source 1: give either a name or a pattern"),
        ("{pattern: '(', grade: A, why: x}", "source 1: '\\(' is not a regular expression"),
        ("{name: AP, grade: A, why: x}\n- {name: Associated Press, grade: B, why: y}", "source 2: .* graded twice"),
    ],
)
def test_a_fault_is_one_line_with_its_place(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "grades.yaml"
    path.write_text(f"sources:\n- {row}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=message) as caught:
        load(path)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.yaml: cannot be read"):
        load(tmp_path / "none.yaml")
