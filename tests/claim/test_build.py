"""Readings into claims: offsets slice to the text, the same text gives the same claims, roles and chains come out."""

from __future__ import annotations

import msgspec
import pytest

import tocsin
from tocsin.model import Claim, Mention, Report

STORY = (
    "NAIROBI, Kenya (AP) _ Rebels killed at least 12 soldiers and wounded five in an ambush near Goma on Monday, "
    "the army said. A spokesman for the U.N. mission said the government was preparing to deploy 2,000 troops "
    "to the border next week. “We will not withdraw,” he added.\n\n"
    "The rebels denied that they had attacked the convoy."
)


@pytest.fixture(scope="module")
def report() -> Report:
    return tocsin.read(STORY, published="2019-05-14")


def claim(report: Report, word: str) -> Claim:
    return next(c for c in report.claims if c.trigger.text == word)


def mentions(found: Claim) -> list[Mention]:
    single = [found.trigger, found.evidence, *([found.time] if found.time else [])]
    cues = [source.cue for source in found.sources if source.cue]
    several = [*found.actors, *found.recipients, *found.objects, *found.figures, *found.places, *found.sources]
    return [*single, *cues, *several]


def test_every_mention_slices_to_its_text(report: Report) -> None:
    assert report.claims
    for found in report.claims:
        for mention in mentions(found):
            assert STORY[mention.start : mention.end] == mention.text


def test_the_same_text_gives_the_same_bytes(report: Report) -> None:
    again = tocsin.read(STORY, published="2019-05-14")
    assert msgspec.json.encode(again) == msgspec.json.encode(report)


def test_killed_and_wounded_are_one_claim_with_two_figures(report: Report) -> None:
    killed = claim(report, "killed")
    assert killed.status == "occurred"
    assert {(f.what, f.low, f.high) for f in killed.figures} == {("killed", 12, None), ("wounded", 5, 5)}
    assert [source.text for source in killed.sources] == ["the army"]
    assert not [c for c in report.claims if c.trigger.text == "wounded"]


def test_what_is_prepared_is_planned(report: Report) -> None:
    deploy = claim(report, "deploy")
    assert deploy.status == "planned"
    assert [actor.text for actor in deploy.actors] == ["the government"]
    assert (deploy.time and (deploy.time.from_, deploy.time.to)) == ("2019-05-20", "2019-05-26")


def test_ids_are_distinct(report: Report) -> None:
    assert len({found.id for found in report.claims}) == len(report.claims)
