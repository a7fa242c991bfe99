from __future__ import annotations

from pathlib import Path

import pytest
from tests.claim.examples import parse_example

from tocsin import lexicon
from tocsin.claim.sources import CueFile, Predicate, compile_words, cues, frames_of
from tocsin.claim.status import StatusFile
from tocsin.claim.vouching import standings
from tocsin.errors import LexiconError
from tocsin.understand.pipeline import load, parse_text

FILES = [("cues.yaml", CueFile), ("status.yaml", StatusFile)]


def examples() -> list[tuple[str, str]]:
    return [
        (entry.id, line)
        for name, kind in FILES
        for file in lexicon.read_all(name, kind)
        for entry in (*file.verbs, *file.nouns, *file.adjectives)
        for line in entry.examples
    ]


@pytest.mark.parametrize(("entry", "line"), examples(), ids=lambda value: value[:60])
def test_examples_of_the_lexicon(entry: str, line: str) -> None:
    example = parse_example(line)
    parse = parse_text(load(), example.text)
    standing = standings(parse)[parse.token_at(example.start)]
    assert standing.status == example.status, entry
    if example.silent:
        assert standing.chain == ()
    if example.source:
        assert [parse.word[voucher.head] for voucher in standing.chain[-1]] == [example.source]


def test_no_predicate_is_without_effect() -> None:
    for name, kind in FILES:
        for file in lexicon.read_all(name, kind):
            for entry in (*file.verbs, *file.nouns, *file.adjectives):
                assert entry.frames or entry.mentions or entry.subject or entry.speech, entry.id
                assert len(set(entry.words)) == len(entry.words), f"{entry.id}: a word twice"


def test_only_narrows_a_word_to_its_frames() -> None:
    entry = Predicate(id="x", words=("say", "own"), frames={"clause": "fact", "object": "fact"}, manner="said",
                      only={"own": ("clause",)})  # fmt: skip
    assert set(frames_of(entry, "say")) == {"clause", "object"}
    assert set(frames_of(entry, "own")) == {"clause"}


def test_only_for_a_word_that_is_not_there_is_refused() -> None:
    entry = Predicate(id="x", words=("say",), frames={"clause": "fact"}, only={"own": ("clause",)})
    with pytest.raises(LexiconError, match="x: `only` names words"):
        compile_words([entry])


def test_first_entry_wins() -> None:
    first = Predicate(id="a", words=("say",), frames={"clause": "possible"})
    second = Predicate(id="b", words=("say",), frames={"clause": "fact", "to": "planned"})
    row = compile_words([first, second])["say"]
    assert row["clause"].effect == "possible"
    assert row["to"].effect == "planned"


def test_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text("verbs: [{id: a, words: [say], frames: {clause: fact}, colour: red}]")
    with pytest.raises(LexiconError, match="colour"):
        lexicon.read(path, CueFile)


def test_the_lexicon_is_broad() -> None:
    table = cues()
    assert len(table.verbs) > 500
    assert len(table.speech) > 100
    assert table.verbs["say"]["clause"].vouches
    assert not table.verbs["condemn"]["object"].vouches
