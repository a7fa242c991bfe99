"""The library of indicators: the real reader reads every example, which must match, and every counter-example."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import tocsin
from tocsin.ledger import Ledger
from tocsin.ledger.alerts import Cited
from tocsin.ledger.sightings import Sightings
from tocsin.model import Document
from tocsin.watch.indicators import Indicator, marks, unmarked
from tocsin.watch.library import packs

SEEN = datetime.datetime(2024, 12, 24)
INDICATORS = [one for pack in packs().values() for one in pack.indicators]
EXAMPLES = [(one, text) for one in INDICATORS for text in one.examples]
COUNTERS = [(one, text) for one in INDICATORS for text in one.counter]


@pytest.fixture(scope="module")
def matches(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[Cited]]:
    """The claims of each sentence that an indicator finds; all sentences are read together."""
    texts = list(dict.fromkeys(unmarked(text) for _, text in EXAMPLES + COUNTERS))
    found: dict[tuple[str, str], list[Cited]] = {}
    documents = [
        Document(id=str(n), text=text, url=f"https://a.example/{n}", published="2024-12-23")
        for n, text in enumerate(texts)
    ]
    with Ledger.open(tmp_path_factory.mktemp("library") / "examples.db") as ledger:
        ledger.add_many(tocsin.read_documents(documents, mentions=False), SEEN)
        view = Sightings(ledger.engine, ledger.arrivals())
        of = dict(zip([document.url for document in documents], texts, strict=True))
        for one in INDICATORS:
            for cited in view.cited(view.arrived(one.queries, 0)):
                found.setdefault((one.id, of[cited.url]), []).append(cited)
    return found


def label(case: object) -> str:
    return case.id if isinstance(case, Indicator) else str(case)[:50]


@pytest.mark.parametrize(("one", "text"), EXAMPLES, ids=label)
def test_an_example_matches_with_its_words(
    matches: dict[tuple[str, str], list[Cited]], one: Indicator, text: str
) -> None:
    found = matches.get((one.id, unmarked(text)), [])
    assert found
    assert marks(text), "mark the trigger of the claim that is to match"
    for start, end in marks(text):
        assert any(cited.claim.trigger.start < end and start < cited.claim.trigger.end for cited in found)


@pytest.mark.parametrize(("one", "text"), COUNTERS, ids=label)
def test_a_counter_example_does_not_match(
    matches: dict[tuple[str, str], list[Cited]], one: Indicator, text: str
) -> None:
    assert (one.id, text) not in matches


def test_every_indicator_has_examples_and_counter_examples() -> None:
    assert [one.id for one in INDICATORS if not (one.examples and one.counter)] == []


def test_the_library_covers_its_fields() -> None:
    assert len(INDICATORS) >= 40
    assert set(packs()) >= {
        "arms-transfers", "troop-build-ups", "weapons-tests", "ceasefire-breakdown", "mass-atrocity", "coup",
        "election-violence", "displacement", "hostage-taking", "protest-repression", "cyber-and-sabotage", "sanctions",
        "nuclear", "disaster",
    }  # fmt: skip
    assert all(pack.source for pack in packs().values())
    kinds = {type(one.when).__name__ for one in INDICATORS}
    assert kinds == {"Match", "Claims", "Sources", "Moves", "Passes", "Surprise", "Silence"}


SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed" / "article.txt"


@pytest.mark.skipif(not SEED.exists(), reason=f"NOT TESTED ON THE SEED ARTICLE: {SEED} is missing")
def test_the_seed_rings_with_the_right_words(tmp_path: Path) -> None:
    report = tocsin.read(SEED, published="2024-12-23")
    with Ledger.open(tmp_path / "seed.db") as ledger:
        ledger.add(report, SEEN)
        rang = rang_on(ledger)
    arms = rang["arms-transfer-planned"]
    assert any("provide them to Russia" in evidence and status == "planned" for evidence, _, status in arms)
    tests = rang["weapon-test-expected"]
    assert any("hypersonic missile" in evidence and status == "possible" for evidence, _, status in tests)
    troops = rang["troops-move"]
    assert any("preparing to deploy additional troops" in evidence for evidence, _, _ in troops)
    assert any("deploy" in trigger for _, trigger, _ in troops)


def rang_on(ledger: Ledger) -> dict[str, list[tuple[str, str, str]]]:
    """What rings over a whole ledger: evidence, trigger, status of the claims, by indicator."""
    from tocsin.watch.rounds import look

    found: dict[str, list[tuple[str, str, str]]] = {}
    for alert in look(ledger, INDICATORS, (), SEEN.replace(tzinfo=datetime.UTC), "2024-12-24"):
        assert alert.reason
        assert alert.independent == 1
        for cited in alert.claims:
            claim = cited.claim
            found.setdefault(alert.indicator, []).append((claim.evidence.text, claim.trigger.text, claim.status))
    return found
