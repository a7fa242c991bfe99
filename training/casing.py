"""How words are usually written, counted in news, for texts that come in one case only (`understand/casing.py`).

    python training/casing.py [--shared DIR]

Writes `src/tocsin/data/casing.txt`: words, and pairs of words, as they are written in mid-sentence. Only words are
kept, each from several documents; no text can be made of them again.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SETS = ("polnear_train", "timex_timebank", "timex_aquaint", "stories_t17", "stories_guardian", "stories_wikinews",
        "stories_wcep", "stories_gva", "geo_trnews", "geo_lgl", "gvdb", "re3d_docs")  # fmt: skip
DOCUMENTS, PAIR_DOCUMENTS = 3, 3
"""In so many documents at least a word, a pair of words, must stand."""
MOST_TITLE = 0.5
"""A line with a larger share of capitals is a headline, where every word has one."""
TARGET = Path(__file__).resolve().parents[1] / "src" / "tocsin" / "data" / "casing.txt"


def texts(shared: Path) -> Iterator[str]:
    """All texts that are not in one case."""
    for path in sorted((shared / "train").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))["text"]
    for name in SETS:
        with (shared / "bench" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def inside(text: str) -> Iterator[list[str]]:
    """The runs of words in mid-sentence: what follows the first word of each."""
    for line in re.split(r"\n|(?<=[.!?:;]) |[\"“”‘`()\[\]]", text):
        words = WORD.findall(line)
        capitals = sum(word[0].isupper() for word in words)
        if len(words) > 3 and capitals <= MOST_TITLE * len(words):
            yield words[1:]


def counted(shared: Path) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """In how many documents each word, and each pair of words, is written how."""
    singles: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts(shared):
        runs = list(inside(text))
        for word in {word for run in runs for word in run}:
            singles[word.lower()][word] += 1
        for pair in {f"{a} {b}" for run in runs for a, b in pairwise(run)}:
            pairs[pair.lower()][pair] += 1
    return singles, pairs


def usual(forms: Counter[str]) -> str:
    """The form that is met with most; of equals the first by the alphabet."""
    return min(forms, key=lambda form: (-forms[form], form))


def main() -> None:
    """Count and write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    singles, pairs = counted(options.parse_args().shared)
    words = sorted(usual(forms) for forms in singles.values() if sum(forms.values()) >= DOCUMENTS)
    known = {word.lower(): word for word in words}
    joined = sorted(
        usual(forms)
        for pair, forms in pairs.items()
        if sum(forms.values()) >= PAIR_DOCUMENTS
        and (usual(forms).islower() or all(word[0].isupper() for word in usual(forms).split(" ")))
        and usual(forms) != " ".join(known.get(word, word) for word in pair.split(" "))
        and forms[usual(forms)] * 2 > sum(forms.values())
    )
    TARGET.write_text("\n".join([*words, *joined]) + "\n", encoding="utf-8")
    print(f"{len(words)} words, {len(joined)} pairs")


if __name__ == "__main__":
    main()
