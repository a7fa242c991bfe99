"""The commands across documents, as their users call them: on the example articles, and on the seed article where it
lies beside the project."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import text
from tests.show.conftest import Call

from tocsin.api import read_documents, read_many, read_sources
from tocsin.batch.linking import link
from tocsin.ledger import Ledger, SituationQuery
from tocsin.ledger.engine import writing
from tocsin.model import Report
from tocsin.read import from_text

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "october-1962"
SEED = ROOT.parent / "shared" / "seed" / "article.txt"

LAUNCHED = (
    "SEOUL - North Korea test launched a hypersonic intermediate-range missile into the sea on Tuesday, South Korea's "
    "military said. The missile flew about 1,100 km before it fell into the water."
)


def stocked(path: Path, reports: list[Report]) -> None:
    """A ledger of some reports, linked."""
    with Ledger.open(path) as ledger:
        ledger.add_many(reports, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        link(ledger)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the example articles, made once."""
    path = tmp_path_factory.mktemp("examples") / "tocsin.db"
    stocked(path, [report for report in read_many([EXAMPLES]) if isinstance(report, Report)])
    return path


@pytest.fixture
def crisis(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Iterator[Ledger]:
    """A ledger of the example articles where `tocsin` looks for one."""
    shutil.copy(examples, tmp_path / "tocsin.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    with Ledger.open("tocsin.db") as ledger:
        yield ledger


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Ledgers of the seed article and of a later report: of something else, and of the launch that was foretold."""
    if not SEED.exists():
        pytest.skip(f"NOT TESTED ON THE SEED ARTICLE: {SEED} is not there")
    said = [
        from_text(SEED.read_text(encoding="utf-8"), published="2024-12-23"),
        from_text(LAUNCHED, published="2024-12-31"),
        from_text("PARIS - Police arrested two men in Lyon on Monday, the prosecutor said.", published="2025-01-06"),
    ]
    seed, launched, other = read_documents(said, mentions=False)
    folder = tmp_path_factory.mktemp("seeds")
    stocked(folder / "without.db", [seed, other])
    stocked(folder / "with.db", [seed, launched, other])
    return folder / "without.db", folder / "with.db"


def narrow(out: str) -> bool:
    """Whether nothing runs over the edge of the terminal."""
    return all(len(line) <= 80 for line in out.splitlines())


# ---- families


def test_families_name_their_documents_and_why(crisis: Ledger, call: Call) -> None:
    done = call("families")
    assert (done.status, done.errors) == (0, [])
    (family,) = crisis.families()
    assert len(family.documents) == 3
    for id in family.documents:
        assert id in done.out
    assert "one copy, written by Meridian" in done.out
    assert "containment" in done.out
    assert narrow(done.out)


def test_a_family_is_found_by_any_of_its_documents_or_claims(crisis: Ledger, call: Call) -> None:
    (family,) = crisis.families()
    claim = next(iter(crisis.told(documents=[family.documents[1]])))
    for id in (*family.documents, claim.id):
        (found,) = json.loads(call("families", "--document", id, "--format", "json").out)
        assert [one["id"] for one in found["documents"]] == list(family.documents)
    alone = next(told.document for told in crisis.told() if told.document not in family.documents)
    assert "no other carries this copy" in call("families", "--document", alone).out
    wrong = call("families", "--document", "nothing")
    assert wrong.status == 1
    assert "no document" in wrong.errors[0]


# ---- situations


def test_situations_are_listed_and_go_on(crisis: Ledger, call: Call) -> None:
    first = call("situations", "--limit", 3)
    assert first.status == 0
    assert narrow(first.out)
    cursor = re.search(r"--cursor (\S+)", first.errors[-1])
    assert cursor
    second = call("situations", "--limit", 3, "--cursor", cursor[1])
    ids = re.compile(r"^\s+([0-9a-f]{16})  ", re.MULTILINE)
    assert len(set(ids.findall(first.out) + ids.findall(second.out))) == 6


def test_what_several_reports_tell_comes_first(crisis: Ledger, call: Call) -> None:
    done = call("situations", "--sort", "reports", "--articles", 2, "--independent", 2, "--format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert found
    counts = [one["families"] for one in found]
    assert counts == sorted(counts, reverse=True)
    assert all(one["documents"] >= 2 and one["families"] >= 2 for one in found)


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (["missiles"], lambda one: True),
        (["--type", "mobilize"], lambda one: one["type"] == "MOBILIZE"),
        (["--status", "denied"], lambda one: one["status"] == "denied"),
        (["--country", "Cuba"], lambda one: True),
        (["--from", "1962-10-24", "--to", "1962-10-25"], lambda one: (one["begins"] or "") <= "1962-10-25"),
    ],
)  # fmt: skip
def test_situations_are_chosen(crisis: Ledger, call: Call, arguments: list[str], holds: object) -> None:
    done = call("situations", *arguments, "--format", "json", "--limit", 200)
    found = json.loads(done.out)
    assert 0 < len(found) < crisis.counts()["situations"]
    assert all(holds(one) for one in found)  # type: ignore[operator]


def test_a_situation_is_shown_whole(crisis: Ledger, call: Call) -> None:
    one = max(crisis.situations(SituationQuery(limit=500)).situations, key=lambda found: len(found.claims))
    plain, told = call("situation", one.claims[-1]), call("situation", one.id, "--explain")
    for id in one.claims:
        assert id in plain.out
        assert id in told.out
    assert one.title[:40] in plain.out
    assert narrow(told.out)
    assert told.out.count("with ") >= len(one.claims) - 1
    assert "with " not in plain.out
    found = json.loads(call("situation", one.id, "--format", "json").out)
    assert [row["id"] for row in found["told"]] == list(one.claims)
    wrong = call("situation", "nothing")
    assert (wrong.status, len(wrong.errors)) == (1, 1)


def test_a_question_that_cannot_be_meant(crisis: Ledger, call: Call) -> None:
    for arguments in (["--from", "soon"], ["--type", "x"], ["--status", "x"], ["--country", "Nowhere"],
                      ["--cursor", "x"]):  # fmt: skip
        done = call("situations", *arguments)
        assert (done.status, len(done.errors)) == (2, 1), arguments
    for arguments in (["--due", "soon"], ["--on", "soon"], ["--state", "x"], ["--scale", "x"]):
        done = call("forecasts", *arguments)
        assert (done.status, len(done.errors)) == (2, 1), arguments


# ---- one claim among the others


def test_show_says_what_others_say(crisis: Ledger, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (family,) = crisis.families()
    claim = next(iter(crisis.told(documents=[family.id])))
    found = crisis.situation_of(claim.id)
    assert found is not None
    done = call("show", claim.id)
    assert "credibility" in done.out
    assert found.id in done.out
    assert "one copy in 3 documents" in " ".join(done.out.split())
    assert "reliability" not in done.out
    graded = tmp_path / "sources.yaml"
    graded.write_text("sources:\n- {pattern: '.', grade: C, why: for the sake of the test}\n", encoding="utf-8")
    monkeypatch.setenv("TOCSIN_RELIABILITY", str(graded))
    assert "C, fairly reliable" in " ".join(call("show", claim.id).out.split())
    plain = json.loads(call("show", claim.id, "--format", "json").out)
    assert plain["situation"]["id"] == found.id
    assert plain["corroboration"]["claim"] == claim.id
    assert plain["reliability"]["grade"] == "C"
    assert plain["family"]["id"] == family.id
    assert "family" in call("show", family.documents[1]).out


# ---- series


def test_series_of_a_situation_and_of_a_question(crisis: Ledger, call: Call) -> None:
    counted = [told for told in crisis.told() if any(f.what == "troops" for f in told.claim.figures)]
    assert counted
    done = call("series", "--figure", "troops>=1", "--explain")
    assert done.status == 0
    assert narrow(done.out)
    assert any(told.id in done.out for told in counted)
    found = json.loads(call("series", "--figure", "troops>=1", "--format", "json").out)
    assert {point["what"] for one in found for point in one["points"]} == {"troops"}
    of_one = crisis.situation_of(found[0]["points"][0]["claim"])
    assert of_one is not None
    same = json.loads(call("series", of_one.id, "--what", "troops", "--format", "json").out)
    assert all(point["claim"] in of_one.claims for one in same for point in one["points"])
    none = call("series", "--what", "abducted")
    assert none.status == 0
    assert "no figure" in none.errors[-1]


def test_a_series_is_drawn(crisis: Ledger, call: Call, tmp_path: Path) -> None:
    target = tmp_path / "troops.svg"
    assert call("series", "--what", "troops", "--format", "svg", "--out", target).status == 0
    assert ElementTree.fromstring(target.read_text(encoding="utf-8")).tag.endswith("svg")
    assert call("series", "--what", "troops", "--format", "svg").out.startswith("<svg")


# ---- forecasts


def test_a_forecast_comes_true_or_lapses(seeds: tuple[Path, Path], call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    without, launched = seeds
    for ledger, on, states in (
        (without, "2024-12-24", {"open"}),
        (without, "2025-01-07", {"lapsed"}),
        (launched, "2025-01-07", {"fulfilled"}),
        (launched, "2024-12-24", {"open"}),
    ):
        done = call("forecasts", "--ledger", ledger, "--on", on, "--format", "jsonl")
        due = [one for one in map(json.loads, done.out.splitlines()) if one["due"] == "2024-12-31"]
        assert {one["state"] for one in due} == states, (ledger.name, on)
    (one,) = due
    assert (one["source"], one["begins"], one["probability"]) == ("Joint Chiefs of Staff", "2024-12-16", 0.5)
    shown = call("forecasts", "--ledger", launched, "--on", "2025-01-07", "--explain")
    assert narrow(shown.out)
    assert "fulfilled by" in shown.out
    assert "8 days ahead" in " ".join(shown.out.split())


def test_forecasts_are_chosen(seeds: tuple[Path, Path], call: Call) -> None:
    def count(*arguments: object) -> int:
        done = call("forecasts", "--ledger", seeds[0], "--on", "2024-12-24", "--format", "jsonl", *arguments)
        assert done.status == 0
        return sum(json.loads(line)["due"] == "2024-12-31" for line in done.out.splitlines())

    assert count() == count("--due", "30d") == count("--due", "1w") == 1
    assert count("--due", "3d") == 0
    assert count("--source", "chiefs of staff") == count("--state", "open") == count("--scale", "kent1964") == 1
    assert count("--source", "chiefs staff") == count("--state", "lapsed") == 0


def test_each_source_has_a_record(seeds: tuple[Path, Path], call: Call) -> None:
    done = call("forecasts", "--ledger", seeds[1], "--on", "2025-01-07", "--records", "--format", "json")
    rows = {row["source"]: row for row in json.loads(done.out)}
    assert rows["Joint Chiefs of Staff"]["fulfilled"] == 1
    assert rows["Joint Chiefs of Staff"]["brier"] is None
    shown = call("forecasts", "--ledger", seeds[1], "--on", "2025-01-07", "--records")
    assert "Joint Chiefs of Staff" in shown.out


# ---- keeping up


def test_relink_comes_to_the_same(crisis: Ledger, call: Call) -> None:
    before = crisis.digest_of_judgements()
    with writing(crisis.engine) as connection:
        connection.execute(text("DELETE FROM families"))
    done = call("relink")
    assert done.status == 0
    assert done.out.startswith("18 documents linked")
    assert crisis.digest_of_judgements() == before


def test_what_is_not_linked_yet_is_told(crisis: Ledger, call: Call) -> None:
    with writing(crisis.engine) as connection:
        connection.execute(text("INSERT INTO unlinked SELECT max(key) FROM documents"))
    for command in ("families", "situations", "forecasts"):
        assert "1 document has still to be linked; tocsin relink does so" in call(command).errors[0]
    assert "1 still to be linked" in " ".join(call("doctor").out.split())


def test_doctor_checks_the_ledger_letter_by_letter(crisis: Ledger, call: Call) -> None:
    well = call("doctor")
    assert well.status == 0
    assert "all verbatim" in well.out
    with writing(crisis.engine) as connection:
        connection.execute(text("UPDATE documents SET text = 'x' || text WHERE key = (SELECT max(key) FROM documents)"))
    ill = call("doctor", "--ledger", "tocsin.db")
    assert ill.status == 1
    assert "not what the document says" in " ".join(ill.out.split())
    assert "none at other.db yet" in " ".join(call("doctor", "--ledger", "other.db").out.split())


def test_reading_takes_fields_and_counts_what_it_skips(tmp_path: Path) -> None:
    story = {"story": {"body": "Troops shelled Arden on Monday, the governor said. He spoke of 12 dead in the town."}}
    (tmp_path / "a.json").write_text(json.dumps(story), encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    skipped: Counter[str] = Counter()
    (outcome,) = read_sources([tmp_path], fields={"text": "story.body"}, skipped=skipped)
    assert isinstance(outcome.result, Report)
    assert outcome.result.text == story["story"]["body"]
    assert skipped == {"file in a folder: .png": 1}
