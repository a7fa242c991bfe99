"""A reading process: loads the model once, then reads one task after the other until its owner hangs up."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

import msgspec

from tocsin import process
from tocsin.batch.limits import hard
from tocsin.batch.messages import Answer, Orders, Read, Task
from tocsin.batch.process import parent
from tocsin.errors import TocsinError
from tocsin.model import Document, Report

GIVEN_BACK = 8
"""After so many tasks freed memory is given back to the system."""

Reader = Callable[[Sequence[Document], str], list[Read]]
"""Reads documents with a spaCy model; without documents it only loads it."""

encode = msgspec.msgpack.Encoder().encode
decode_task = msgspec.msgpack.Decoder(Task).decode


def main(read: Reader) -> None:
    """Serve the owner of this process with `read`."""
    process.tune()
    connection = parent()
    try:
        orders = msgspec.msgpack.decode(connection.recv_bytes(), type=Orders)
        serve(connection, orders, read)
    except (EOFError, OSError):
        return


def serve(connection: Connection, orders: Orders, read: Reader) -> None:
    """Say that the model is there, then answer every task."""
    try:
        read((), orders.model)
    except TocsinError as fault:
        connection.send_bytes(encode(Answer(broken=str(fault))))
        return
    connection.send_bytes(encode(Answer()))
    for count in itertools.count(1):
        if count % GIVEN_BACK == 0:
            process.give_back()
        task = decode_task(connection.recv_bytes())
        with hard(orders.limit):
            results = read(task.documents, orders.model)
        connection.send_bytes(encode(Answer(results=results)))


SENTENCE = Document(id="", text="Two people were killed near Berlin on Monday, police said.")
"""Reading it loads every table."""


def read_task(documents: Sequence[Document], model: str) -> list[Read]:
    """What each of the documents says; a fault in one leaves the others whole."""
    from tocsin.api import read_documents

    found: list[Read] = []
    if not documents:
        list(read_documents([SENTENCE], mentions=False, model=model))
    while len(found) < len(documents):
        try:
            found.extend(map(_read, read_documents(documents[len(found) :], mentions=False, model=model)))
        except Exception as fault:
            found.append(Read(reason=f"a fault in Tocsin ({type(fault).__name__}: {fault})"[:400]))
    return found


def _read(report: Report) -> Read:
    return Read(claims=report.claims)


if __name__ == "__main__":
    main(read_task)
