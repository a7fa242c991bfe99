"""Finding: every field of a query against a plain reading of what it means, on both engines, by every way the query may
take through the database."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest
from tests.ledger.made import FIRST, LATER, NEWER, READER, actor, simple, with_claim

from tocsin.errors import UsageError
from tocsin.ledger import Found, Ledger, Query, find, ways
from tocsin.ledger.ways import Way, cheapest
from tocsin.model import Actor, Claim, Figure, Place, Report, Source, Time

COUNTRIES = ("PRK", "RUS", "USA", "KOR", None)
SECTORS = ("GOV", "MIL", "REB", None)
NAMES = ("Kim Jong Un", "Vladimir Putin", "the Quds Force", "Ōe Kenzaburō", "Kim Yo Jong")
PLACES = (("Kursk", "RUS", 51.7, 36.2), ("Pyongyang", "PRK", 39.0, 125.8), ("Suva", "FJI", -18.1, 178.4),
          ("Apia", "WSM", -13.8, -171.8), ("the border", None, None, None))  # fmt: skip
WORDS = ("missiles", "artillery", "drones", "soldiers", "launched", "café", "twelve")
TYPES = (("ASSAULT", "drone"), ("ASSAULT", "ground"), ("AID", "military"), ("REQUEST", None))
STATUSES = ("occurred", "ongoing", "planned", "possible", "denied")


def made(number: int, drawn: random.Random) -> Report:
    """An article whose claim has parts drawn at random."""
    words = drawn.sample(WORDS, 3)
    report = simple(
        number,
        f"Troops shelled village {number} with {' '.join(words)}. Later {drawn.choice(WORDS)} came.",
        published=drawn.choice([None, "2024-12-20", "2024-12-21", "2025-01-01", "2025-06-30"]),
        publisher=drawn.choice([None, "Tribune", "Herald"]),
        agency=drawn.choice([None, "Meridian"]),
    )
    kind, mode = drawn.choice(TYPES)
    evidence = msgspec.structs.replace(report.claims[0].evidence, text=report.document.text.split(".")[0])
    return with_claim(
        report, type=kind, mode=mode, status=drawn.choice(STATUSES), actors=people(drawn), recipients=people(drawn),
        sources=people(drawn, Source), places=tuple(map(place, drawn.sample(PLACES, drawn.randint(0, 2)))),
        time=time(drawn), figures=tuple(figure(drawn) for _ in range(drawn.randint(0, 2))), evidence=evidence,
        confidence=drawn.choice([None, 0.2, 0.5, 0.5, 0.9]),
    )  # fmt: skip


def people(drawn: random.Random, kind: type[Actor] = Actor) -> tuple[Any, ...]:
    more = {"level": 0, "manner": "said"} if kind is Source else {}
    return tuple(
        actor(
            said, kind, name=drawn.choice([said, None]), country=drawn.choice(COUNTRIES),
            sector=drawn.choice(SECTORS), **more,
        )
        for said in drawn.sample(NAMES, drawn.randint(0, 2))
    )  # fmt: skip


def place(known: tuple[Any, ...]) -> Place:
    name, country, lat, lon = known
    return Place(text=f"near {name}", start=0, end=5, name=name if country else None, country=country, lat=lat, lon=lon)


def time(drawn: random.Random) -> Time | None:
    days = sorted(drawn.sample(["2024-12-01", "2024-12-20", "2024-12-31", "2025-03-01", "2025-12-31"], 2))
    start, end = drawn.choice([days, [days[0], None], [None, days[1]], [None, None], [days[0], days[0]]])
    return None if drawn.random() < 0.3 else Time(text="then", start=0, end=4, from_=start, to=end)


def figure(drawn: random.Random) -> Figure:
    low = drawn.choice([None, 1.0, 10.0, 100.0])
    high = drawn.choice([low, None if low else 10.0, (low or 5.0) * 2])
    return Figure(
        text="some", start=0, end=4, what=drawn.choice(["killed", "troops"]), low=low, high=high, qualifier="exact"
    )


@pytest.fixture(scope="module")
def articles() -> list[Report]:
    drawn = random.Random(62)
    return [made(number, drawn) for number in range(240)]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stocked(
    request: pytest.FixtureRequest, articles: list[Report], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    """A ledger with all articles, some of them read again or replaced."""
    if request.param == "sqlite":
        where = str(tmp_path_factory.mktemp("find") / "find.db")
    else:
        server = request.getfixturevalue("postgres_server")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS tocsin_find WITH (FORCE)")
            connection.execute("CREATE DATABASE tocsin_find")
        where = f"{server}/tocsin_find"
    with Ledger.open(where) as ledger:
        ledger.add_many(articles[:200], FIRST, reader=READER)
        ledger.reread(articles[150:220], LATER, reader=NEWER)
        ledger.add_many(articles[220:], LATER, reader=NEWER)
        ledger.add(replaced(articles[0]), LATER, reader=NEWER)
        ledger.optimize()
        yield ledger


def replaced(report: Report) -> Report:
    """Another version of an article, without a claim."""
    document = msgspec.structs.replace(report.document, text="Nothing was shelled.")
    return msgspec.structs.replace(report, document=document, claims=())


# ---- what a query means, said plainly


def words_of(text: str) -> list[str]:
    text = text.lower().replace("é", "e").replace("ō", "o")
    return [re.sub(r"(ed|s|er)$", "", word) for word in re.findall(r"\w+", text)]


def named(actors: tuple[Actor, ...], name: str) -> bool:
    wanted = " ".join(words_of(name))
    return any(f" {wanted} " in f" {' '.join(words_of(one.name or one.text))} " for one in actors)


def overlaps(time: Time | None, start: str | None, end: str | None) -> bool:
    if time is None or (time.from_ is None and time.to is None):
        return False
    return (time.from_ or "0") <= (end or "9999-99") and (time.to or "9999-99") >= (start or "0")


def held(claim: Claim, condition: str) -> bool:
    what, operator, number = re.fullmatch(r"(\w+)([<>=]+)(\d+)", condition).groups()  # type: ignore[union-attr]
    test: dict[str, Callable[[Figure, float], bool]] = {
        ">=": lambda f, n: f.low is not None and f.low >= n,
        ">": lambda f, n: f.low is not None and f.low > n,
        "<=": lambda f, n: f.high is not None and f.high <= n,
        "<": lambda f, n: f.high is not None and f.high < n,
        "=": lambda f, n: f.low == n == f.high,
    }
    return any(f.what == what and test[operator](f, float(number)) for f in claim.figures)


def within(claim: Claim, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return any(
        p.lat is not None and p.lon is not None and south <= p.lat <= north
        and (west <= p.lon <= east if west <= east else p.lon >= west or p.lon <= east)
        for p in claim.places
    )  # fmt: skip


MEANING: dict[str, Callable[[Claim, Report, Any], bool]] = {
    "types": lambda c, r, v: c.type in v,
    "modes": lambda c, r, v: c.mode in v,
    "statuses": lambda c, r, v: c.status in v,
    "actor": lambda c, r, v: named(c.actors, v),
    "recipient": lambda c, r, v: named(c.recipients, v),
    "source": lambda c, r, v: named(c.sources, v),
    "actor_country": lambda c, r, v: any(a.country in v for a in c.actors),
    "actor_sector": lambda c, r, v: any(a.sector in v for a in c.actors),
    "recipient_country": lambda c, r, v: any(a.country in v for a in c.recipients),
    "recipient_sector": lambda c, r, v: any(a.sector in v for a in c.recipients),
    "source_country": lambda c, r, v: any(a.country in v for a in c.sources),
    "source_sector": lambda c, r, v: any(a.sector in v for a in c.sources),
    "place": lambda c, r, v: any(v in p.text for p in c.places),
    "place_country": lambda c, r, v: any(p.country in v for p in c.places),
    "bbox": lambda c, r, v: within(c, v),
    "time_from": lambda c, r, v: overlaps(c.time, v, None),
    "time_to": lambda c, r, v: overlaps(c.time, None, v),
    "published_from": lambda c, r, v: (r.document.published or "") >= v,
    "published_to": lambda c, r, v: r.document.published is not None and r.document.published <= v,
    "figures": lambda c, r, v: all(held(c, one) for one in v),
    "publishers": lambda c, r, v: r.document.publisher in v,
    "agencies": lambda c, r, v: r.document.agency in v,
    "min_confidence": lambda c, r, v: (c.confidence or 0) >= v,
    "words": lambda c, r, v: set(words_of(v)) <= set(words_of(c.evidence.text)),
}

VALUES: dict[str, list[Any]] = {
    "types": [("ASSAULT",), ("aid",), ("AID", "REQUEST")], "modes": [("drone",), ("military", "ground")],
    "statuses": [("planned",), ("occurred", "denied")], "actor": ["Kim Jong Un", "kim", "oe kenzaburo"],
    "recipient": ["Putin", "QUDS FORCE"], "source": ["Kim Yo-jong"], "actor_country": [("PRK",), ("prk", "KOR")],
    "actor_sector": [("MIL",)], "recipient_country": [("USA",)], "recipient_sector": [("GOV", "REB")],
    "source_country": [("RUS",)], "source_sector": [("mil",)], "place": ["Kursk", "border"],
    "place_country": [("RUS",), ("FJI", "WSM")],
    "bbox": [(36, 51, 37, 52), (170, -20, -170, -10), (-180, -90, 180, 90)],
    "time_from": ["2024-12-25", "2025-12-31"], "time_to": ["2024-12-10", "2025-01-31"],
    "published_from": ["2024-12-21"], "published_to": ["2024-12-21"],
    "figures": [("killed>=10",), ("troops<=10",), ("killed>1", "troops<200"), ("killed=10",)],
    "publishers": [("Tribune",), ("Tribune", "Herald")], "agencies": [("Meridian",)], "min_confidence": [0.5],
    "words": ["missile", "missiles drones", "cafe"],
}  # fmt: skip


def expected(articles: list[Report], fields: dict[str, Any]) -> set[str]:
    upper = {
        k: tuple(map(str.upper, v)) if "country" in k or "sector" in k or k == "types" else v for k, v in fields.items()
    }
    return {
        claim.id
        for report in articles[1:]
        for claim in report.claims
        if all(MEANING[name](claim, report, value) for name, value in upper.items())
    }


def ids(found: Iterator[Found] | list[Found]) -> list[str]:
    return [one.claim.id for one in found]


@pytest.fixture(params=["as it chooses", "gathered", "streamed", "kept", "walked"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which way each query is made to take, where there is such a one."""
    wanted: dict[str, Callable[[Way], bool]] = {
        "gathered": lambda way: way.gathered and not way.beside,
        "streamed": lambda way: way.leads is not None and not way.gathered,
        "kept": lambda way: bool(way.beside),
        "walked": lambda way: way.leads is None,
    }
    if request.param in wanted:

        def forced(found: Sequence[Way]) -> Way:
            return cheapest([way for way in found if wanted[request.param](way)] or found)

        monkeypatch.setattr(find, "cheapest", forced)
        monkeypatch.setattr(ways, "KEPT", -1e6 if request.param == "kept" else ways.KEPT)
    return str(request.param)


def test_every_field_alone(stocked: Ledger, articles: list[Report], way: str) -> None:
    assert set(VALUES) == set(MEANING)
    for name, values in VALUES.items():
        for value in values:
            found = ids(iter(stocked.claims(Query(**{name: value}))))
            wanted = expected(articles, {name: value})
            assert wanted, f"{name} {value}: nothing to find"
            assert len(wanted) < 239 or name == "bbox", f"{name} {value}: everything is found"
            assert len(found) == len(set(found)), f"{name} {value}: found twice"
            assert set(found) == wanted, f"{name} {value}"


def test_fields_together(stocked: Ledger, articles: list[Report], way: str) -> None:
    drawn = random.Random(way)
    hits = 0
    for _ in range(40):
        names = drawn.sample(sorted(VALUES), drawn.choice([2, 2, 3]))
        fields = {name: drawn.choice(VALUES[name]) for name in names}
        if {"published_from", "published_to"} <= set(names) or {"time_from", "time_to"} <= set(names):
            continue
        found = ids(iter(stocked.claims(Query(**fields))))
        assert set(found) == expected(articles, fields), fields
        hits += bool(found)
    assert hits > 10


SORTED: dict[str, Callable[[Found], Any]] = {
    "newest": lambda f: tuple(-ord(c) for c in f.document.published or " "),
    "oldest": lambda f: f.document.published or " ",
    "latest": lambda f: tuple(-ord(c) for c in (f.claim.time and f.claim.time.from_) or "0000-00-00"),
    "earliest": lambda f: (f.claim.time and f.claim.time.from_) or "0000-00-00",
    "confidence": lambda f: -(f.claim.confidence or 0),
}


@pytest.mark.parametrize("sort", SORTED)
@pytest.mark.parametrize(
    "fields", [{}, {"actor_country": ("PRK",)}, {"words": "missiles"}, {"place_country": ("RUS", "FJI")}]
)
def test_pages_join_to_the_whole_in_order(stocked: Ledger, way: str, sort: Any, fields: dict[str, Any]) -> None:
    query = Query(**fields, sort=sort, limit=7)
    whole = list(stocked.claims(msgspec.structs.replace(query, limit=None)))
    paged: list[Found] = []
    cursor = None
    for _ in itertools.count():
        page = stocked.claims(msgspec.structs.replace(query, cursor=cursor)).page()
        paged += page.claims
        cursor = page.cursor
        if cursor is None:
            break
        assert len(page.claims) == 7
    assert [f.id for f in paged] == [f.id for f in whole]
    keys = [SORTED[sort](f) for f in whole]
    assert keys == sorted(keys)
    assert len(whole) > 20


def test_a_stream_in_small_batches_is_the_same(stocked: Ledger) -> None:
    rows = stocked.claims(Query(statuses=("planned", "denied")))
    assert [f for batch in rows.batches(3) for f in batch] == list(rows)
    assert sum(len(batch) for batch in stocked.claims(Query(limit=10)).batches(3)) == 10


def test_words_in_the_article(stocked: Ledger, articles: list[Report], way: str) -> None:
    wanted = {r.claims[0].id for r in articles[1:] if "artiller" in r.document.text}
    assert set(ids(iter(stocked.claims(Query(words="artillery", scope="article"))))) == wanted
    assert wanted > set(ids(iter(stocked.claims(Query(words="artillery")))))
    some = set(ids(iter(stocked.claims(Query(words="artillery", scope="article", statuses=("planned",))))))
    assert some == wanted & expected(articles, {"statuses": ("planned",)})


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ('"village 17"', "Troops shelled village 17 "),
        ("villag* 17", "Troops shelled village 17 "),
        ("17 -missiles", "Troops shelled village 17 "),
        ("17 -nothing", "Troops shelled village 17 "),
        ('"shelled 17"', ""),
        ('17 -"village 17"', ""),
        ("troop shell villages 17", "Troops shelled village 17 "),
    ],
)  # fmt: skip
def test_the_language_of_words(stocked: Ledger, question: str, text: str) -> None:
    found = [one.claim.evidence.text for one in stocked.claims(Query(words=question))]
    if question == "17 -missiles":
        assert all("missiles" not in one for one in found)
    else:
        assert all(one.startswith(text) for one in found)
        assert len(found) == bool(text)


@pytest.mark.parametrize(
    "question", ["' OR 1=1 --", "evidence : x", "a & b | !c", "x:* <-> \\", "NEAR(a b)", "a^2", "$1 %s :x"]
)
def test_no_question_is_a_command(stocked: Ledger, question: str) -> None:
    assert list(stocked.claims(Query(words=question))) == []
    assert list(stocked.claims(Query(actor=question))) == []


@pytest.mark.parametrize("question", ["", "  ", "-missiles", '"missiles', "...", "-"])
def test_a_question_without_words_is_refused(question: str) -> None:
    with pytest.raises(UsageError):
        Query(words=question)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("die", {1, 2}), ("us", {3}), ("used", {4}), ("news", {5}), ("new", {6}), ("generals", {7}),
        ("generation", {8}), ("res*", {9}), ("gen*", {7, 8}), ("countries*", {10}), ("country*", {10, 11}),
        ("tromso", {12}), ("STRASSE", {13}), ('"dies in"', {1}),
    ],
)  # fmt: skip
def test_words_are_the_same_on_both_engines(ledger: Ledger, question: str, found: set[int]) -> None:
    texts = ("Kim died in June", "Kim lay dying", "US troops came", "It was used", "The news came", "A new village",
             "The general came", "A generation came", "A resolute man", "The country fell", "Countrymen fell",
             "Tromsø fell", "The Straße fell")  # fmt: skip
    reports = [simple(n, f"{said}, and Troops shelled it.") for n, said in enumerate(texts, 1)]
    ledger.add_many(reports, FIRST, reader=READER)
    names = {f"d{number}" for number in found}
    assert {one.document.name for one in ledger.claims(Query(words=question))} == names
    assert {one.document.name for one in ledger.claims(Query(words=question, scope="article"))} == names


def test_words_are_not_looked_for_in_what_is_known_of_places(ledger: Ledger) -> None:
    """The country of a town is none of the words of a claim."""
    kursk = Place(
        text="Kursk", start=0, end=5, role="at", name="Kursk", country="RUS", country_name="Russia", lat=51.7, lon=36.2
    )
    ledger.add(with_claim(simple(1, "Troops shelled Kursk."), places=(kursk,)), FIRST, reader=READER)
    assert ledger.claims(Query(words="Kursk")).count() == 1
    assert ledger.claims(Query(words="Russia")).count() == 0
    assert ledger.claims(Query(place="Russia")).count() == 1


def test_a_cursor_of_another_sort_is_refused(stocked: Ledger) -> None:
    cursor = stocked.claims(Query(limit=5)).page().cursor
    with pytest.raises(UsageError, match="sort"):
        Query(sort="oldest", cursor=cursor)


def test_superseded_claims_are_found_when_asked_for(stocked: Ledger) -> None:
    standing = ids(iter(stocked.claims()))
    every = ids(iter(stocked.claims(Query(superseded=True))))
    assert len(standing) == len(set(standing)) == 239
    assert len(every) == 240 + 50


def test_the_fields_are_all_tested(tmp_path: Path) -> None:
    beside = {"scope", "superseded", "sort", "limit", "cursor"}
    assert set(Query.__struct_fields__) == set(MEANING) | beside
