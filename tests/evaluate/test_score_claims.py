"""Claims against a small article of our own."""

from __future__ import annotations

import msgspec
import pytest

from tocsin.evaluate.claims import match, same_mention, score
from tocsin.evaluate.counts import Count
from tocsin.evaluate.gold import GoldArticle, GoldClaim, GoldMention
from tocsin.model import Actor, Claim, Figure, Mention, Report, Time
from tocsin.read import from_text

TEXT = "Arstotzka attacked Kolechia on Monday, killing 10. Kolechia protested."


def mention(words: str) -> GoldMention:
    start = TEXT.index(words)
    return GoldMention(text=words, start=start, end=start + len(words))


def at(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(text=words, start=start, end=start + len(words))


def actor(words: str, country: str | None = None) -> Actor:
    where = at(words)
    return Actor(text=words, start=where.start, end=where.end, country=country)


def gold(**changes: object) -> GoldArticle:
    attack = {
        "id": "g1", "optional": False, "trigger": mention("attacked"), "alt_triggers": [mention("killing")],
        "types": ["ASSAULT"], "modes": [None], "status": ["occurred"], "actors": [mention("Arstotzka")],
        "recipients": [mention("Kolechia")], "places": [], "time": {"from": "1982-11-22", "to": "1982-11-22"},
        "figures": [{"text": "10", "start": 47, "end": 49, "what": ["killed"], "low": 10, "high": 10}], "sources": [],
    }  # fmt: skip
    protest = attack | {
        "id": "g2", "optional": True, "trigger": mention("protested"), "alt_triggers": [], "types": ["PROTEST"],
        "figures": [], "time": None,
    }  # fmt: skip
    claims = [attack | changes, protest]
    return msgspec.convert(msgspec.to_builtins({"id": "a", "text": TEXT, "claims": claims}), GoldArticle)


def claim(trigger: str = "attacked", **changes: object) -> Claim:
    figure = Figure(text="10", start=47, end=49, what="killed", low=10, high=10, qualifier="exact")
    plain = Claim(
        id="c", trigger=at(trigger), type="ASSAULT", mode=None, status="occurred", actors=(actor("Arstotzka"),),
        recipients=(actor("Kolechia"),), objects=(), figures=(figure,), places=(),
        time=Time(text="Monday", start=31, end=37, from_="1982-11-22", to="1982-11-22"), sources=(), evidence=at(TEXT),
    )  # fmt: skip
    return msgspec.structs.replace(plain, **changes)


def report(*claims: Claim) -> Report:
    return Report(document=from_text(TEXT, id="a"), claims=claims)


def test_a_right_claim_is_whole() -> None:
    counts = score(gold(), report(claim())).counts
    assert counts["claims"] == Count(1, 1, 1)
    assert counts["whole"] == Count(1, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "planned"}, {"type": "PROTEST"}, {"actors": ()}, {"recipients": ()}, {"figures": ()}, {"time": None},
    ],
    ids=str,
)  # fmt: skip
def test_one_wrong_field_is_not_whole_and_is_told(wrong: dict[str, object]) -> None:
    found = score(gold(), report(claim(**wrong)))
    assert found.counts["claims"] == Count(1, 1, 1)
    assert found.counts["whole"] == Count(0, 1, 1)
    assert len(found.misses) == 1


def test_an_alternative_trigger_will_do() -> None:
    assert score(gold(), report(claim("killing"))).counts["claims"] == Count(1, 1, 1)


def test_an_optional_claim_is_no_false_alarm_and_no_miss() -> None:
    assert score(gold(), report(claim(), claim("protested", type="PROTEST"))).counts["claims"] == Count(1, 1, 1)


def test_a_false_alarm_and_a_miss_are_told() -> None:
    found = score(gold(), report(claim("Monday")))
    assert found.counts["claims"] == Count(0, 1, 1)
    assert {miss.kind for miss in found.misses} == {"false alarm", "not found"}


def test_a_claim_of_the_right_type_goes_first() -> None:
    wrong, right = claim(type="CONSULT"), claim("killing")
    article = gold()
    assert match([wrong, right], article.claims) == [(right, article.claims[0])]


def test_mentions_are_the_same_by_antecedent_or_by_name_and_country() -> None:
    there = GoldMention(text="Arstotzka", start=0, end=9, name="Arstotzka", country="ARS")
    away = Actor(text="it", start=60, end=62)
    assert not same_mention(away, there)
    assert same_mention(msgspec.structs.replace(away, antecedent=at("Arstotzka")), there)
    assert same_mention(msgspec.structs.replace(away, name="ARSTOTZKA", country="ARS"), there)
    assert not same_mention(msgspec.structs.replace(away, name="Arstotzka", country="KOL"), there)


def test_gold_claims_keep_their_alternatives() -> None:
    first: GoldClaim = gold().claims[0]
    assert [trigger.text for trigger in first.triggers] == ["attacked", "killing"]
