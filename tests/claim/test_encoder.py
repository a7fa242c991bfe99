"""The encoder of the package: how a document is cut into windows, and that what it says does not depend on that."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.claim import encoder, linear
from tocsin.claim.attribution import scan
from tocsin.claim.encoder import BATCH, WINDOW, Window, batches, windows
from tocsin.claim.events import find_events
from tocsin.claim.ontology import ontology
from tocsin.claim.vouching import standings
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_text

SHORT = "Rebels shelled the port on Monday, killing three sailors. The army denied that it had lost the town."
PLAIN = "The harbour is old and its cranes are painted blue. "


@pytest.fixture(scope="module")
def long() -> Parse:
    return parse_text(load(), SHORT + " " + PLAIN * 30 + "Two men were arrested. " + PLAIN * 30 + SHORT)


def test_every_event_stands_on_its_own_word_in_one_window(long: Parse) -> None:
    vocabulary = encoder.load().vocabulary
    events = find_events(long)
    seen = []
    for window in windows(long, events, vocabulary):
        assert len(window.pieces) <= WINDOW
        assert all(window.pieces[piece] == vocabulary.pieces(long.word[token])[0] for token, piece in window.tokens)
        assert (window.pieces[0], window.pieces[-1]) == (vocabulary.start, vocabulary.end)
        for number, piece in window.events:
            assert window.pieces[piece] == vocabulary.pieces(long.word[events[number].head])[0]
            seen.append(number)
    assert sorted(seen) == list(range(len(events)))
    assert len(seen) > 4


def test_a_sentence_longer_than_a_window_is_cut_and_loses_no_event() -> None:
    parse = parse_text(load(), "Police said that " + "in the old town by the river " * 40 + "three men were shot dead.")
    events = find_events(parse)
    found = list(windows(parse, events, encoder.load().vocabulary))
    assert all(len(window.pieces) <= WINDOW for window in found)
    assert sorted(number for window in found for number, _ in window.events) == list(range(len(events)))


def test_batches_hold_all_windows_and_no_more_than_they_may() -> None:
    found = [Window([0] * size, [(size, 0)], []) for size in (5, 120, 128, 60, 128, 90, 128, 128, 128, 128, 128, 7)]
    made = list(batches(iter(found)))
    assert sorted(len(w.pieces) for batch in made for w in batch) == sorted(len(w.pieces) for w in found)
    assert all(max(len(w.pieces) for w in batch) * len(batch) <= BATCH for batch in made)
    assert len(made) > 1


def test_opinions_are_chances_and_the_same_again() -> None:
    parse = parse_text(load(), SHORT)
    events = find_events(parse)
    stands = standings(parse, scan(parse))
    first = encoder.load().opinions(parse, events, stands)
    again = encoder.load().opinions(parse, events, stands)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert np.allclose(np.exp(first.types).sum(axis=1), 1.0, atol=1e-4)
    assert np.allclose(np.exp(first.statuses).sum(axis=1), 1.0, atol=1e-4)
    by_word = {parse.word[event.head]: k for k, event in enumerate(events)}
    assert first.claim[by_word["shelled"]] > 0
    assert all(first.vectors[event.head].any() for event in events)
    tables = encoder.load().tables
    assert tables.statuses[int(first.statuses[by_word["lost"]].argmax())] == "denied"


def test_a_text_without_events_has_no_opinions() -> None:
    parse = parse_text(load(), PLAIN)
    found = encoder.load().opinions(parse, [], standings(parse, scan(parse)))
    assert found.claim.shape == (0,)
    assert len(found.types) == len(found.statuses) == 0
    assert not found.vectors.any()


def test_the_tables_know_the_ontology_and_the_package_stays_small() -> None:
    assert set(encoder.load().tables.types) <= set(ontology().types)
    assert sum(path.stat().st_size for path in linear.MODELS.iterdir()) < 30_000_000


@pytest.mark.parametrize(("allowed", "threads"), [("1", 1), ("8", 2), ("", 2), ("a lot", 2)])
def test_threads_are_few_and_as_the_surroundings_allow(
    monkeypatch: pytest.MonkeyPatch, allowed: str, threads: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    monkeypatch.setenv("OMP_NUM_THREADS", allowed)
    assert encoder.threads() == threads


def test_what_is_said_does_not_depend_on_the_threads(monkeypatch: pytest.MonkeyPatch, long: Parse) -> None:
    events, stands = find_events(long), standings(long, scan(long))
    said = []
    for threads in (1, 2):
        monkeypatch.setattr(encoder, "threads", lambda threads=threads: threads)
        said.append(encoder.load.__wrapped__().opinions(long, events, stands))
    assert all(np.array_equal(one, other) for one, other in zip(*said, strict=True))
