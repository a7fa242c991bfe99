"""Documents cut into tasks: each once, in order, none too large, and the last ones small."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.batch.tasks import CHARACTERS, DOCUMENTS, FEW, Numbered, Tasks
from tocsin.model import Document


def numbered(sizes: list[int], first: int = 0) -> list[Numbered]:
    return [Numbered(first + at, Document(id=str(at), text="x" * size)) for at, size in enumerate(sizes)]


def taken(tasks: Tasks, *, full: bool = False) -> list[list[int]]:
    """The numbers in all tasks, one after the other."""
    found = []
    while task := tasks.take(full=full):
        found.append([one.number for one in task])
    return found


SIZES = st.lists(st.sampled_from([1, 200, 3_000, CHARACTERS // 2, CHARACTERS, 3 * CHARACTERS]), max_size=80)


@given(sizes=SIZES, jobs=st.integers(1, 9), last=st.booleans())
def test_every_document_is_in_one_task_and_in_order(sizes: list[int], jobs: int, last: bool) -> None:
    tasks = Tasks(jobs)
    tasks.put(numbered(sizes))
    tasks.last = last
    found = taken(tasks)
    assert [number for task in found for number in task] == list(range(len(sizes)))
    assert len(tasks) == 0
    for task in found:
        assert len(task) <= DOCUMENTS
        assert len(task) <= (FEW if last else 1) or sum(sizes[number] for number in task) <= CHARACTERS


def test_the_last_tasks_are_small_so_that_all_end_together() -> None:
    tasks = Tasks(2)
    tasks.put(numbered([100] * 100))
    tasks.last = True
    lengths = [len(task) for task in taken(tasks)]
    assert lengths[0] == DOCUMENTS
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-3] == FEW


def test_more_to_come_is_waited_for() -> None:
    tasks = Tasks(1)
    tasks.put(numbered([10] * (DOCUMENTS + 1)))
    assert taken(tasks, full=True) == [list(range(DOCUMENTS))]
    assert len(tasks) == 1
    assert taken(tasks) == [[DOCUMENTS]]


def test_one_alone_goes_first() -> None:
    tasks = Tasks(2)
    tasks.put(numbered([10] * 3))
    tasks.put_alone(numbered([10] * 2, first=7))
    assert taken(tasks, full=True) == [[7], [8]]
    assert taken(tasks) == [[0, 1, 2]]
