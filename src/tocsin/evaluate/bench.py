"""Speed, start-up and memory, as ratios to a bare pass of the same spaCy model, as docs/bench.md shows them.

Absolute times do not travel between machines, so reading is timed beside the bare pass in the same process, the two
in turn, and each by the best of its runs. Start-up and memory are taken in fresh processes.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tocsin.errors import MissingPart
from tocsin.evaluate.accuracy import installed
from tocsin.evaluate.sets import REPOSITORY, members
from tocsin.model import Document
from tocsin.read import documents
from tocsin.understand.pipeline import DEFAULT_MODEL

RUNS = 3
BATCH = 64
BARE = ("tok2vec", "tagger", "parser", "ner")
READ_AT_MOST, COMPUTED_AT_MOST, START_AT_MOST, MEMORY_AT_MOST = 1.6, 2.0, 3.0, 900.0

MODEL_CODE = """
import time
start = time.perf_counter()
import spacy
spacy.load({model!r})
print(time.perf_counter() - start)
"""

START_CODE = """
import time
start = time.perf_counter()
import tocsin
tocsin.read("Rebels killed at least ten soldiers in the north on Monday, the army said.\\n", published="2024-12-23")
print(time.perf_counter() - start)
"""

MEMORY_CODE = """
from pathlib import Path
from tocsin.evaluate.bench import peak_megabytes, texts
from tocsin.evaluate.parts import reader
for report in reader()(texts(Path({folder!r}))):
    pass
print(peak_megabytes())
"""


class Line(NamedTuple):
    """One line of the table: what was measured, the figure, what it may be at most, and how it came about."""

    what: str
    value: float
    at_most: float
    unit: str
    detail: str

    @property
    def passes(self) -> bool:
        """Whether the target holds."""
        return self.value <= self.at_most


def texts(folder: Path) -> list[Document]:
    """The corpus: the annotated training articles of the shared folder, or the examples of the project."""
    found = members(folder, "train")
    sources = [str(path) for path in found] or [str(REPOSITORY / "examples")]
    read = [document for source in sources for document in documents(source) if isinstance(document, Document)]
    if not read:
        raise MissingPart(f"there is nothing to read in {folder / 'train'} or {REPOSITORY / 'examples'}")
    return read


def peak_megabytes() -> float:
    """The most memory that this process has held at once, in MB (10⁶ bytes)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


class Spent(NamedTuple):
    """Seconds by the clock, and of processor time."""

    clock: float
    computed: float


def timed(work: Callable[[], object]) -> Spent:
    """How long `work` takes."""
    clock, computed = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - clock, time.process_time() - computed)


def fresh(code: str) -> float:
    """The number that a fresh Python process prints last when it runs `code`."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment, timeout=900
    )
    if done.returncode:
        raise MissingPart(f"a measuring process failed: {done.stderr.strip().splitlines()[-1:]}")
    return float(done.stdout.split()[-1])


def reading(corpus: Sequence[Document]) -> list[Line]:
    """What reading costs beside the bare pass, as `tocsin read` does it when nothing else is asked: by the clock, and
    by processor time, since the encoder may run on two threads."""
    import spacy

    from tocsin.api import read_documents

    nlp = spacy.load(DEFAULT_MODEL)
    nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in BARE])
    plain = [document.text[document.body :] for document in corpus]

    def bare() -> None:
        for _ in nlp.pipe(plain, batch_size=BATCH):
            pass

    def ours(documents: Sequence[Document] = corpus) -> None:
        for _ in read_documents(documents, mentions=False):
            pass

    ours(corpus[:4])
    times = [(timed(bare), timed(ours)) for _ in range(RUNS)]
    words = sum(len(text.split()) for text in plain)
    lines = []
    for what, at_most, k in (("", READ_AT_MOST, 0), (", by processor time", COMPUTED_AT_MOST, 1)):
        one, other = (min(pair[side][k] for pair in times) for side in (0, 1))
        detail = f"{len(corpus)} texts, {words:,} words; bare {one:.2f} s, reading {other:.2f} s, best of {RUNS}"
        lines.append(Line(f"reading, to a bare spaCy pass{what}", other / one, at_most, "×", detail))
    return lines


def starting() -> Line:
    """What it takes to start and read one short text, beside the model's own load."""
    model = min(fresh(MODEL_CODE.format(model=DEFAULT_MODEL)) for _ in range(RUNS))
    ours = min(fresh(START_CODE) for _ in range(RUNS))
    detail = f"fresh processes: model {model:.2f} s, start and one short text {ours:.2f} s, best of {RUNS}"
    return Line("start-up, to the model's own load", ours / model, START_AT_MOST, "×", detail)


def memory(folder: Path, size: int) -> Line:
    """The peak memory of a fresh process that reads the corpus."""
    peak = fresh(MEMORY_CODE.format(folder=str(folder)))
    return Line("peak memory", peak, MEMORY_AT_MOST, "MB", f"a fresh process that reads the {size} texts")


def run(folder: Path, say: Callable[[str], None]) -> list[Line]:
    """All measurements, one after the other."""
    corpus = texts(folder)
    lines: list[Line] = []
    work: Callable[[], list[Line]]
    for told, work in (
        ("start-up", lambda: [starting()]),
        ("memory", lambda: [memory(folder, len(corpus))]),
        ("reading", lambda: reading(corpus)),
    ):
        say(f"measuring {told}")
        lines += work()
    return lines


def page(lines: Sequence[Line], on: date) -> str:
    """docs/bench.md."""
    rows = [
        f"| {line.what} | {line.value:.2f} {line.unit} | {line.at_most:g} {line.unit} "
        f"| {'PASS' if line.passes else 'FAIL'} | {line.detail} |"
        for line in lines
    ]
    return "\n".join(
        [
            "# Speed and memory",
            "",
            "Made by `make bench` (`python -m tocsin.evaluate bench`); never edited by hand.",
            "",
            f"Measured on {on.isoformat()}, version {installed()}, Python {platform.python_version()}, "
            f"{platform.machine()}, {os.cpu_count()} cores.",
            "",
            "| what | measured | at most | | how |",
            "| --- | ---: | ---: | --- | --- |",
            *rows,
            "",
        ]
    )
