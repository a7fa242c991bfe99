"""The contract of the ledger, the same on both engines: what goes in comes out, once, and nothing is rewritten."""

from __future__ import annotations

import concurrent.futures
import random

import msgspec
import pytest
from tests.ledger.conftest import Fresh
from tests.ledger.made import ARMY, FIRST, LAST, LATER, NEWER, READER, simple, with_claim

from tocsin.errors import LedgerError
from tocsin.ledger import Ledger, Query, document_id
from tocsin.model import Report


def add(ledger: Ledger, *reports: Report, seen: object = FIRST, reader: object = READER) -> list[str]:
    return [outcome.kind for outcome in ledger.add_many(reports, seen, reader=reader)]  # type: ignore[arg-type]


def changed(report: Report, **fields: object) -> Report:
    return msgspec.structs.replace(report, document=msgspec.structs.replace(report.document, **fields))


def test_an_empty_ledger_holds_nothing(ledger: Ledger) -> None:
    assert set(ledger.counts().values()) == {0}
    assert list(ledger.claims()) == []
    assert ledger.claims().page() == ([], None)
    assert ledger.add_many([], FIRST) == []


def test_a_report_comes_out_as_it_went_in(ledger: Ledger) -> None:
    outcome = ledger.add(ARMY, FIRST, reader=READER)
    assert outcome == ("new", document_id(ARMY.document), 2)
    assert [found.claim for found in ledger.claims()] == list(ARMY.claims)
    stored = ledger.document(outcome.document)
    assert stored is not None
    assert stored.document == ARMY.document
    assert (stored.version, stored.previous) == (1, None)
    assert stored.first_seen == stored.last_seen == "2026-01-01T12:00:00Z"
    assert ledger.document(ARMY.document.id) == stored
    assert ledger.document("none") is None
    assert list(ledger.documents()) == [stored]


def test_a_claim_is_found_by_its_id(ledger: Ledger) -> None:
    add(ledger, ARMY)
    for found in ledger.claims():
        assert ledger.claim(found.id) == found
        assert found.reader == READER.digest
        assert found.document.id == document_id(ARMY.document)
    assert ledger.claim("none") is None


def test_the_same_article_again_moves_last_seen_alone(ledger: Ledger) -> None:
    add(ledger, ARMY)
    before, counts = ledger.digest(), ledger.counts()
    assert add(ledger, ARMY, seen=LATER) == ["known"]
    assert (ledger.digest(), ledger.counts()) == (before, counts)
    stored = ledger.document(ARMY.document.id)
    assert stored is not None
    assert (stored.first_seen, stored.last_seen) == ("2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z")
    add(ledger, ARMY, seen=FIRST)
    again = ledger.document(ARMY.document.id)
    assert again == stored, "last_seen went back"


def test_the_same_article_twice_in_a_batch_is_one(ledger: Ledger) -> None:
    assert add(ledger, ARMY, ARMY) == ["new", "known"]
    assert ledger.counts()["documents"] == 1


def test_other_words_at_the_same_address_are_a_version(ledger: Ledger) -> None:
    one, two = simple(1), simple(1, "Troops shelled village 1 again.")
    assert add(ledger, one) == ["new"]
    assert add(ledger, two, seen=LATER) == ["updated"]
    first, second = ledger.versions(document_id(two.document))
    assert (first.document, second.document) == (one.document, two.document)
    assert (second.version, second.previous) == (2, first.id)
    assert ledger.versions(first.id) == [first, second]
    assert [found.claim.evidence.text for found in ledger.claims()] == ["Troops shelled village 1 again."]
    both = list(ledger.claims(Query(superseded=True)))
    assert sorted(str(found.superseded) for found in both) == ["None", "version"]


def test_three_versions_in_one_batch_make_a_chain(ledger: Ledger) -> None:
    texts = [f"Troops shelled village 1, report {n}." for n in range(3)]
    assert add(ledger, *(simple(1, text) for text in texts)) == ["new", "updated", "updated"]
    chain = ledger.versions(document_id(simple(1, texts[0]).document))
    assert [stored.version for stored in chain] == [1, 2, 3]
    assert [stored.previous for stored in chain] == [None, chain[0].id, chain[1].id]
    assert [found.document.version for found in ledger.claims()] == [3]


def test_the_same_words_at_another_address_are_another_document(ledger: Ledger) -> None:
    one = simple(1)
    assert add(ledger, one, changed(one, url="https://b.example/1"), changed(one, url=None)) == ["new"] * 3
    assert len(list(ledger.claims())) == 3


def test_reading_again_supersedes_and_keeps(ledger: Ledger) -> None:
    before = simple(1)
    after = with_claim(before, status="possible")
    add(ledger, before)
    old = next(iter(ledger.claims()))
    assert add(ledger, after, reader=NEWER) == ["known"], "only reread reads again"
    assert [outcome.kind for outcome in ledger.reread([after], LATER, reader=NEWER)] == ["reread"]
    new = next(iter(ledger.claims()))
    assert (new.claim.status, new.reader, new.superseded) == ("possible", NEWER.digest, None)
    kept = ledger.claim(old.id)
    assert kept is not None
    assert (kept.claim, kept.superseded) == (old.claim, "reread")
    assert {found.id for found in ledger.claims(Query(superseded=True))} == {old.id, new.id}


def test_reading_again_by_the_same_reader_changes_nothing(ledger: Ledger) -> None:
    add(ledger, ARMY)
    before = ledger.digest()
    assert [outcome.kind for outcome in ledger.reread([ARMY, ARMY], LATER, reader=READER)] == ["known", "known"]
    assert ledger.digest() == before


def test_what_is_read_again_twice_in_a_batch_is_read_once(ledger: Ledger) -> None:
    add(ledger, ARMY)
    assert [outcome.kind for outcome in ledger.reread([ARMY, ARMY], LATER, reader=NEWER)] == ["reread", "known"]
    assert ledger.counts()["readings"] == 2


def test_an_old_version_read_again_stays_superseded(ledger: Ledger) -> None:
    one, two = simple(1), simple(1, "Troops shelled village 1 again.")
    add(ledger, one, two)
    ledger.reread([one, two], LATER, reader=NEWER)
    found = list(ledger.claims())
    assert [(f.reader, f.document.version) for f in found] == [(NEWER.digest, 2)]
    assert len(list(ledger.claims(Query(superseded=True)))) == 4


def test_a_new_version_supersedes_what_was_read_again(ledger: Ledger) -> None:
    one, two = simple(1), simple(1, "Troops shelled village 1 again.")
    add(ledger, one)
    ledger.reread([one], LATER, reader=NEWER)
    add(ledger, two, seen=LAST, reader=NEWER)
    assert [found.document.version for found in ledger.claims()] == [2]


def test_reread_takes_in_what_is_new(ledger: Ledger) -> None:
    assert [outcome.kind for outcome in ledger.reread([ARMY], FIRST, reader=READER)] == ["new"]


def test_known_tells_what_need_not_be_read(ledger: Ledger) -> None:
    add(ledger, simple(1))
    assert ledger.known([simple(1).document, simple(2).document]) == [True, False]
    ledger.see([simple(1).document, simple(2).document], LATER)
    stored = ledger.document("d1")
    assert stored is not None
    assert stored.last_seen == "2026-01-02T12:00:00Z"


def test_batches_and_times_do_not_matter_to_the_digest(fresh: Fresh) -> None:
    reports = [simple(n % 20, f"Troops shelled village {n % 20}, {n % 3} times.") for n in range(60)]
    digests = set()
    for seed in range(3):
        cut = random.Random(seed)
        with Ledger.open(fresh()) as ledger:
            rest = list(reports)
            while rest:
                size = cut.randint(1, 25)
                add(ledger, *rest[:size], seen=cut.choice([FIRST, LATER]))
                rest = rest[size:]
            digests.add(ledger.digest())
    assert len(digests) == 1


@pytest.mark.parametrize(
    "other",
    [
        simple(2),
        changed(simple(1), publisher="Tribune"),
        with_claim(simple(1), status="planned"),
        with_claim(simple(1), confidence=0.51),
    ],
)
def test_the_digest_tells_ledgers_apart(fresh: Fresh, other: Report) -> None:
    with Ledger.open(fresh()) as one, Ledger.open(fresh()) as two:
        add(one, simple(1))
        add(two, other)
        assert one.digest() != two.digest()


def test_a_batch_goes_in_whole_or_not_at_all(ledger: Ledger) -> None:
    broken = simple(2, "Troops shelled village \x00 2.")
    with pytest.raises(LedgerError, match="NUL"):
        add(ledger, simple(1), broken)
    assert ledger.counts()["documents"] == 0


def test_half_a_character_is_refused_in_one_line(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="surrogate"):
        add(ledger, simple(1, "Troops shelled \ud800."))


def test_odd_values_come_back_as_they_were(ledger: Ledger) -> None:
    title = "A\ttitle “with” \u202e odd \U0001f680 characters\nand lines"
    report = changed(simple(1, "Troops shelled Łódź\u200b and 東京."), title=title, url="https://ä.example/?a='b\";--")
    add(ledger, report)
    stored = ledger.document("d1")
    assert stored is not None
    assert stored.document == report.document
    assert next(iter(ledger.claims())).claim == report.claims[0]


def test_many_writers_at_once_make_the_same_ledger(fresh: Fresh) -> None:
    reports = [simple(n % 15, f"Troops shelled village {n % 15}, {n % 2} times.") for n in range(60)]
    with Ledger.open(fresh()) as alone:
        add(alone, *reports)
        wanted = alone.digest()
    where = fresh()

    def ingest(_: int) -> None:
        with Ledger.open(where) as ledger:
            for start in range(0, len(reports), 7):
                add(ledger, *reports[start : start + 7])

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(ingest, range(4)))
    with Ledger.open(where) as ledger:
        assert ledger.digest() == wanted


def test_the_verbatim_check_finds_what_is_not_in_the_text(ledger: Ledger) -> None:
    good, bad = simple(1), with_claim(simple(2), trigger=msgspec.structs.replace(simple(2).claims[0].trigger, start=3))
    add(ledger, ARMY, good, bad)
    (fault,) = ledger.verify()
    assert fault.document == document_id(bad.document)
    assert (fault.mention.text, fault.found) == ("shelled", "ops shelled")


def test_undated_documents_are_kept_and_come_last(ledger: Ledger) -> None:
    add(ledger, changed(simple(1), published=None), simple(2), changed(simple(3), published="0001-01-01"),
        changed(simple(4), published="9999-12-31"), changed(simple(5), published="nonsense"))  # fmt: skip
    assert [found.claim.id for found in ledger.claims()] == ["c4", "c2", "c3", "c5", "c1"]
    dated = ledger.claims(Query(published_to="9999-12-31"))
    assert [found.claim.id for found in dated] == ["c4", "c2", "c3"]


def test_claims_of_a_document_come_in_the_order_of_its_text(ledger: Ledger) -> None:
    add(ledger, ARMY)
    assert [found.claim.trigger.text for found in ledger.claims()] == ["killed", "launch"]
