"""Every example and counter-example that a trigger rule carries is read, and must come out as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from tocsin.claim.events import Event, find_events
from tocsin.claim.triggers import Rule, rule_files
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_many, prepare

MARK = re.compile(r"\[([^\]|]+)(?:\|([^\]]+))?\]")


def examples() -> Iterator[tuple[str, Rule, str]]:
    for file in rule_files():
        for rule in file.rules:
            for text in rule.examples:
                yield file.type, rule, text


def counters() -> Iterator[tuple[str, Rule, str]]:
    for file in rule_files():
        for rule in file.rules:
            for text in rule.counter:
                yield file.type, rule, text


@cache
def parses() -> dict[str, Parse]:
    """All sentences of the rules, parsed in one pass."""
    plain = [MARK.sub(r"\1", text) for _, _, text in [*examples(), *counters()]]
    unique = list(dict.fromkeys(plain))
    return dict(zip(unique, parse_many(load(), ((t, prepare(t)) for t in unique)), strict=True))


def read(text: str) -> tuple[Parse, list[Event]]:
    parse = parses()[text]
    return parse, find_events(parse)


def label(case: tuple[str, Rule, str]) -> str:
    return f"{case[1].id}: {case[2]}"


@pytest.mark.parametrize("case", list(examples()), ids=label)
def test_an_example_gives_its_type_and_mode(case: tuple[str, Rule, str]) -> None:
    kind, _, text = case
    plain = MARK.sub(r"\1", text)
    parse, events = read(plain)
    for mark in MARK.finditer(text):
        start = len(MARK.sub(r"\1", text[: mark.start()]))
        end = start + len(mark.group(1))
        found = [e for e in events if parse.start[e.start] < end and start < parse.end[e.end - 1]]
        assert [e.type for e in found] == [kind], f"{plain!r}: {found}"
        if mark.group(2):
            assert found[0].mode == mark.group(2)


@pytest.mark.parametrize("case", list(counters()), ids=label)
def test_a_counter_example_does_not_fire_its_rule(case: tuple[str, Rule, str]) -> None:
    _, rule, text = case
    _, events = read(text)
    assert rule.id not in [e.rule for e in events]


def test_every_rule_has_words() -> None:
    bare = [r.id for f in rule_files() for r in f.rules if not (r.verbs or r.nouns or r.adjectives or r.phrases)]
    assert bare == []


def test_no_rule_names_a_word_twice() -> None:
    twice = [
        (rule.id, word)
        for file in rule_files()
        for rule in file.rules
        for words in (rule.verbs, rule.nouns, rule.adjectives, rule.phrases)
        for word in sorted({w for w in words if words.count(w) > 1})
    ]
    assert twice == []
