"""What the parser has read leaves nothing behind, and changes nothing of what it reads next."""

from __future__ import annotations

import pytest

from tocsin.understand import pipeline
from tocsin.understand.pipeline import load, parse_many, prepare

SEEN = "The minister left Oslo on Monday."
INVENTED = "Quvexan brolted the zinqual of Vrestovia near Plimquar while thrandic gwelts snorfed."


def test_words_that_were_never_seen_are_forgotten_once_enough_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "KEPT_WORDS", 0)
    first = next(parse_many(load(), [(SEEN, prepare(SEEN))]))
    known = len(load().vocab.strings)
    parse = next(parse_many(load(), [(INVENTED, prepare(INVENTED))]))
    assert "Quvexan" in parse.word
    assert len(load().vocab.strings) == known
    assert next(parse_many(load(), [(SEEN, prepare(SEEN))])) == first
    assert next(parse_many(load(), [(INVENTED, prepare(INVENTED))])) == parse


def test_two_readings_may_go_on_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "KEPT_WORDS", 0)
    texts = [(text, prepare(text)) for text in (SEEN, INVENTED)]
    one, other = parse_many(load(), texts, 1), parse_many(load(), texts, 1)
    assert [pair[0] == pair[1] for pair in zip(one, other, strict=True)] == [True, True]
