"""The contract of judgements, the same on both engines: the order of arrival does not matter, and what was replaced
takes no part."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text
from tests.ledger.conftest import Fresh
from tests.ledger.made import FIRST, LATER, NEWER, READER, Place, Time, actor, simple, with_claim

from tocsin.batch import kin
from tocsin.batch.linking import link, relink
from tocsin.errors import UsageError
from tocsin.ledger import Ledger, Query, SituationQuery, document_id, links
from tocsin.ledger.engine import reading, writing
from tocsin.ledger.links import DOCUMENTS, Filed
from tocsin.link import kinrules
from tocsin.model import Report

TOWNS = {"Arden": 10.0, "Belmont": 20.0, "Corrin": 30.0}
STORIES = {
    "Arden": "Government troops shelled the town of Arden for {hours} hours on Friday, governor Oskar Lindqvist said. "
    "He spoke of {dead} dead in the Karlsplatz market and blamed colonel Ismet Brandow. “We will rebuild the market "
    "before the winter comes,” Lindqvist told reporters. The hospital of Saint Verena took in {hurt} wounded, among "
    "them the teacher Pauline Ostrander. Residents dug in the rubble through the night while the guns across the river "
    "Sella were silent.",
    "Belmont": "Shells from the army's howitzers fell on Belmont before dawn on Friday; the mayor, Wilma Castellan, "
    "counted {dead} bodies in the brewery yard. Government troops shelled it {hours} times, she added. Monks of the "
    "abbey at Hollenfels buried {hurt} horses, the chronicler Anselm wrote, and the bridge to Port Marais broke up. "
    "“Nobody asked us for our names,” a ferryman called Tobias Renk recalled.",
    "Corrin": "It snowed on Corrin when Government troops shelled its airfield on Friday. Of {hurt} planes that stood "
    "there {dead} burned, according to pilots of the Ninth Squadron. Their commander Ludmila Havranek had asked the "
    "ministry in vain for {hours} batteries of guns. Smoke drifted to the vineyards of Upper Tressel, and the "
    "opera cancelled a gala for the visiting Archduke Leopold.",
}


def shelling(number: int, town: str, day: int, lead: str = "", **fields: object) -> Report:
    """An article that says that troops shelled a town, on a day of December 2024."""
    said = lead + STORIES[town].format(hours=number % 7 + 2, dead=number + 13, hurt=number + 31)
    place = Place(text=town, start=said.index(town), end=said.index(town) + len(town), name=town, country="UKR",
                  admin1=f"{town} Oblast", lat=TOWNS[town], lon=40.0)  # fmt: skip
    at = said.index("Friday")
    when = Time(text="Friday", start=at, end=at + 6, from_=f"2024-12-{day:02}", to=f"2024-12-{day:02}")
    start = said.index("Government troops")
    troops = actor("Government troops", start=start, end=start + 17, name="Ukrainian army", country="UKR", sector="MIL")
    about = {"published": f"2024-12-{day + number % 3:02}", "publisher": f"Paper {number % 5}"} | fields
    return with_claim(simple(number, said, **about), places=(place,), time=when, actors=(troops,))


def on_day(report: Report, day: int) -> Report:
    """The same article, published on another day of December 2024."""
    return msgspec.structs.replace(
        report, document=msgspec.structs.replace(report.document, published=f"2024-12-{day:02}")
    )


def corpus() -> list[Report]:
    """Three shellings, each told in reports of its own and in copies of them."""
    found: list[Report] = []
    for number, (town, day) in enumerate((("Arden", 3), ("Belmont", 12), ("Corrin", 20))):
        for copy in range(4):
            lead = f"Paper {copy} brings this from our own desk in the capital today. " * (copy > 0)
            found.append(shelling(100 * number, town, day, lead, id=f"copy-{number}-{copy}",
                                  url=f"https://a.example/{number}/copy/{copy}"))  # fmt: skip
        for own in range(3):
            text = f"Troops shelled {town} again. {own} Hundreds of families fled along the road to place number {own}."
            report = shelling(100 * number + own + 1, town, day)
            found.append(with_claim(simple(1000 + 10 * number + own, text, published=f"2024-12-{day + 1:02}"),
                                    places=report.claims[0].places, time=report.claims[0].time))  # fmt: skip
    return found


def taken_in(ledger: Ledger, reports: list[Report], batch: int) -> None:
    """Take reports in and link them, some at a time."""
    for at in range(0, len(reports), batch):
        ledger.add_many(reports[at : at + batch], FIRST, reader=READER)
        link(ledger)


@pytest.fixture
def linked(ledger: Ledger) -> Ledger:
    taken_in(ledger, corpus(), 100)
    return ledger


def test_copies_are_a_family_and_reports_of_ones_own_are_not(linked: Ledger) -> None:
    families = linked.families()
    assert [len(family.documents) for family in families] == [4, 4, 4]
    for family in families:
        assert family.id == family.documents[0]
        assert len(family.links) == 3
        assert all(link.parts for link in family.links)
        assert [linked.family(id) for id in family.documents] == [family] * 4
    alone = document_id(corpus()[-1].document)
    found = linked.family(alone)
    assert found is not None
    assert found.documents == (alone,)
    assert linked.family("none") is None


def test_a_situation_holds_what_tells_of_it(linked: Ledger) -> None:
    found = linked.situations(SituationQuery(min_documents=2)).situations
    assert {one.place.name for one in found if one.place} == set(TOWNS)
    for one in found:
        assert one.documents == 7
        assert one.families < one.documents
        assert [linked.situation_of(claim) for claim in one.claims] == [one] * len(one.claims)
        assert linked.situation(one.id) == one
        assert one.links
    assert linked.situation("none") is None


def test_every_claim_that_stands_is_told_in_one_situation(linked: Ledger) -> None:
    told = [claim for one in linked.situations(SituationQuery(limit=1000)).situations for claim in one.claims]
    assert sorted(told) == sorted(found.id for found in linked.claims())


def test_the_order_of_arrival_does_not_matter(fresh: Fresh) -> None:
    order = random.Random(5)
    digests, said = set(), set()
    for batch in (100, 4, 2):
        reports = corpus()
        if batch != 100:
            order.shuffle(reports)
        with Ledger.open(fresh()) as ledger:
            taken_in(ledger, reports, batch)
            digests.add(ledger.digest_of_judgements())
            said.add(ledger.digest())
            assert relink(ledger) == len(reports)
            digests.add(ledger.digest_of_judgements())
    assert len(said) == 1
    assert len(digests) == 1


def test_nor_whether_an_earlier_version_filed_the_events(fresh: Fresh) -> None:
    """It put an event's own key where now stands whether the event looks for others."""
    reports = corpus()
    with Ledger.open(fresh()) as ledger:
        taken_in(ledger, reports[::2], 100)
        with writing(ledger.engine) as connection:
            connection.execute(text("UPDATE blocks SET rank = claim"))
        taken_in(ledger, reports[1::2], 3)
        digest = ledger.digest_of_judgements()
        assert relink(ledger) == len(reports)
        assert ledger.digest_of_judgements() == digest


def test_nor_where_more_share_a_key_than_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes late pushes others out of sight, and these are compared again."""
    known = kinrules.rules()
    search = msgspec.structs.replace(known.search, holders=2, candidates=2)
    monkeypatch.setattr(kin, "rules", lambda: msgspec.structs.replace(known, search=search))
    copies = [report for report in corpus() if report.document.id.startswith("copy")]
    days = [on_day(report, 3 + number % 5) for number, report in enumerate(copies)]
    found = set()
    for seed in range(3):
        random.Random(seed).shuffle(days)
        with Ledger.open(tmp_path / f"{seed}.db") as ledger:
            taken_in(ledger, days, seed + 1)
            with reading(ledger.engine) as connection:
                names = dict(connection.execute(text("SELECT key, id FROM documents")).all())
                links_there = connection.execute(text("SELECT a, b FROM family_links")).all()
            found.add((ledger.digest_of_judgements(), tuple(sorted((names[a], names[b]) for a, b in links_there))))
    assert len(found) == 1


def test_the_digest_sees_a_difference(linked: Ledger) -> None:
    before = linked.digest_of_judgements()
    ledger_says = linked.digest()
    with writing(linked.engine) as connection:
        connection.execute(text("UPDATE families SET agency = 'Meridian' WHERE agency IS NULL"))
    assert linked.digest_of_judgements() != before
    assert linked.digest() == ledger_says


def test_a_later_version_takes_the_place_of_the_one_before(linked: Ledger) -> None:
    """The version that was replaced is in no family and no situation; those that it brought together part."""
    family = linked.families()[0]
    stored = linked.document(family.id)
    assert stored is not None
    changed = simple(7, "Nothing to do with it: a concert was shelled with tomatoes.", url=stored.document.url)
    linked.add(changed, LATER, reader=READER)
    assert linked.unlinked() == 2
    assert link(linked) == 2
    rest = linked.family(family.documents[1])
    assert rest is not None
    assert rest.documents == family.documents[1:]
    gone = linked.family(family.id)
    assert gone is not None
    assert gone.documents == (family.id,)
    told = {told.document for told in linked.told()}
    assert family.id not in told
    before = linked.digest_of_judgements()
    relink(linked)
    assert linked.digest_of_judgements() == before


def test_a_situation_hears_that_its_reports_are_kin_though_it_hears_nothing_else(ledger: Ledger) -> None:
    """A page that says nothing of the event holds two reports of it: so they come from one desk."""
    one, other = shelling(1, "Arden", 3), simple(7, STORIES["Belmont"].format(hours=3, dead=14, hurt=32))
    other = with_claim(other, places=one.claims[0].places, time=one.claims[0].time, actors=one.claims[0].actors)
    taken_in(ledger, [one, other], 2)
    (found,) = ledger.situations(SituationQuery(min_documents=2)).situations
    assert found.families == 2
    page = simple(8, f"{one.document.text}\n\n{other.document.text}", published="2024-11-01")
    taken_in(ledger, [msgspec.structs.replace(page, claims=())], 1)
    (found,) = ledger.situations(SituationQuery(min_documents=2)).situations
    assert found.families == 1
    digest = ledger.digest_of_judgements()
    relink(ledger)
    assert ledger.digest_of_judgements() == digest


def test_what_an_earlier_version_filed_goes_with_its_event(linked: Ledger) -> None:
    with writing(linked.engine) as connection:
        connection.execute(text("UPDATE blocks SET rank = claim"))
        before = connection.execute(text("SELECT count(*) FROM blocks")).scalar_one()
    one = corpus()[0]
    changed = shelling(0, "Arden", 6, "Updated. ", url=one.document.url)
    assert changed.document.text != one.document.text
    taken_in(linked, [changed], 1)
    stale = "SELECT count(*) FROM blocks WHERE claim NOT IN (SELECT claim FROM events)"
    with reading(linked.engine) as connection:
        assert connection.execute(text(stale)).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM blocks WHERE rank > 1")).scalar_one() < before


def test_a_later_reading_takes_the_place_of_the_one_before(linked: Ledger) -> None:
    report = corpus()[0]
    other = with_claim(report, type="AID", mode="military", time=None, places=(), actors=())
    linked.reread([other], LATER, reader=NEWER)
    link(linked)
    claims = list(linked.told(documents=[document_id(report.document)]))
    assert [told.claim.type for told in claims] == ["AID"]
    assert linked.situation_of(claims[0].id) is not None
    every = linked.claims(Query(superseded=True, published_to="2024-12-03"))
    replaced = next(f for f in every if f.superseded and f.document.id == document_id(report.document))
    assert linked.situation_of(replaced.id) is None
    before = linked.digest_of_judgements()
    relink(linked)
    assert linked.digest_of_judgements() == before


def test_linking_again_changes_nothing(linked: Ledger) -> None:
    counts, digest = linked.counts(), linked.digest_of_judgements()
    assert link(linked) == 0
    linked.add_many(corpus(), LATER, reader=READER)
    assert linked.unlinked() == 0
    assert (linked.counts(), linked.digest_of_judgements()) == (counts, digest)


def test_claims_as_links_are_made_from_them(linked: Ledger) -> None:
    every = list(linked.told())
    assert len(every) == linked.counts()["claims"]
    family = linked.families()[0]
    of_one = list(linked.told(documents=[family.documents[1]]))
    assert {told.family for told in of_one} == {family.id}
    ids = [told.id for told in every[:3]][::-1]
    assert [told.id for told in linked.told([*ids, "none"])] == ids
    assert [told.id for told in linked.told(query=Query(limit=2))] == [f.id for f in linked.claims(Query(limit=2))]


def test_the_agency_is_that_of_the_copy(ledger: Ledger) -> None:
    one, other = corpus()[0], corpus()[1]
    with_agency = simple(5, other.document.text, id="x", url="https://a.example/x", published="2024-12-03",
                         agency="Meridian")  # fmt: skip
    taken_in(ledger, [one, with_agency], 1)
    assert {told.agency for told in ledger.told()} == {"Meridian"}
    family = ledger.family(document_id(one.document))
    assert family is not None
    assert family.agency == "Meridian"


def test_papers_are_the_documents_that_stand(linked: Ledger) -> None:
    papers = list(linked.papers())
    assert sorted(paper.id for paper in papers) == sorted(stored.id for stored in linked.documents())
    assert [paper.published for paper in papers] == sorted(paper.published or "" for paper in papers)
    assert [paper.id for paper in linked.papers([papers[3].id])] == [papers[3].id]


@pytest.mark.parametrize(
    ("query", "towns"),
    [
        (SituationQuery(words="arden"), {"Arden"}),
        (SituationQuery(words="shelled -corrin"), {"Arden", "Belmont"}),
        (SituationQuery(types=("ASSAULT",), min_families=2), set(TOWNS)),
        (SituationQuery(types=("AID",)), set()),
        (SituationQuery(modes=("heavy-weapons",), statuses=("occurred",), countries=("UKR",)), set(TOWNS)),
        (SituationQuery(countries=("FRA",)), set()),
        (SituationQuery(time_from="2024-12-12"), {"Belmont", "Corrin"}),
        (SituationQuery(time_to="2024-12-12"), {"Arden", "Belmont"}),
        (SituationQuery(told_to="2024-12-10"), {"Arden"}),
        (SituationQuery(told_from="2024-12-10", told_to="2024-12-16"), {"Belmont"}),
        (SituationQuery(min_documents=50), set()),
    ],
)
def test_situations_are_found(linked: Ledger, query: SituationQuery, towns: set[str]) -> None:
    found = linked.situations(query).situations
    assert {one.place.name for one in found if one.place} == towns


@pytest.mark.parametrize("sort", ["newest", "latest", "earliest", "reports"])
def test_pages_of_situations_follow_each_other(linked: Ledger, sort: str) -> None:
    whole = linked.situations(SituationQuery(sort=sort, limit=100)).situations  # type: ignore[arg-type]
    assert len(whole) > 2
    paged, cursor = [], None
    for _ in whole:
        page = linked.situations(SituationQuery(sort=sort, limit=1, cursor=cursor))  # type: ignore[arg-type]
        paged += page.situations
        cursor = page.cursor
    assert cursor is None
    assert paged == whole


@pytest.mark.parametrize(
    "wrong",
    [{"time_from": "soon"}, {"time_from": "2025-01-02", "time_to": "2025-01-01"}, {"words": "-x"}, {"limit": 0},
     {"cursor": "x"}],
)  # fmt: skip
def test_a_question_that_cannot_be_meant(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        SituationQuery(**wrong)  # type: ignore[arg-type]


def test_what_is_filed_is_found_from_both_sides(linked: Ledger) -> None:
    """The last before a rank, and the first after it, of each key; the rank itself is neither."""
    with writing(linked.engine) as connection:
        some = connection.execute(text("SELECT key FROM documents ORDER BY key LIMIT 5")).scalars().all()
        links.file(connection, DOCUMENTS, [Filed(key, rank, member) for key in (1, 2) for rank, member in
                                           zip((10, 20, 20, 30, 40), some, strict=True)])  # fmt: skip
        asked = [(1, 30), (2, 10), (3, 99)]
        before = set(links.near(connection, DOCUMENTS, asked, 2))
        assert before == {(0, 20, some[1]), (0, 20, some[2])}
        after = set(links.near(connection, DOCUMENTS, asked, 3, after=True))
        assert after == {(0, 40, some[4]), (1, 20, some[1]), (1, 20, some[2]), (1, 30, some[3])}
        assert set(links.under(connection, DOCUMENTS, [2, 3], 30)) == {Filed(2, 30, some[3]), Filed(2, 40, some[4])}
        assert len(list(links.under(connection, DOCUMENTS, [1, 2]))) == 10
        links.unfile(connection, DOCUMENTS, [Filed(1, 40, some[4])])
        assert list(links.near(connection, DOCUMENTS, [(1, 30)], 3, after=True)) == []


def test_ranks_go_by_publication() -> None:
    ranks = [links.rank_of(day, id) for day, id in (("1962-10-22", "ff" * 8), ("1962-10-23", "00" * 8),
                                                    ("2024-12-23T10:00:00Z", "ab" * 8), (None, "00" * 8))]  # fmt: skip
    assert ranks == sorted(ranks)
    assert all(0 < rank < 1 << 63 for rank in ranks)
