"""Files of indicators, of levels and of channels: what they mean, and the one line for what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import LexiconError, UsageError
from tocsin.ledger.query import Query
from tocsin.watch.channels import Webhook, channels_of
from tocsin.watch.criteria import Sources
from tocsin.watch.indicators import marks, parse_indicator, unmarked
from tocsin.watch.levels import levels
from tocsin.watch.library import chosen, pack_of, packs

GOOD = """
id: arms-to-russia
title: Arms to Russia
why: They count.
query: {types: AID, modes: military, actor_country: [North Korea, IRN], statuses: [planned]}
when: {kind: sources, independent: 2, within: 7}
level: watch
"""


def test_an_indicator_is_what_its_file_says() -> None:
    one = parse_indicator(GOOD)
    assert one.queries == (
        Query(types=("AID",), modes=("military",), actor_country=("PRK", "IRN"), statuses=("planned",)),
    )
    assert one.when == Sources(independent=2, within=7)
    assert (one.pack, one.level, one.per, one.quiet, one.escalate) == ("own", "watch", (), 7, True)


def test_countries_may_come_in_any_role() -> None:
    one = parse_indicator(GOOD.replace("actor_country: [North Korea, IRN], ", "countries: Sudan, "))
    assert [(q.actor_country, q.recipient_country, q.place_country) for q in one.queries] == [
        (("SDN",), (), ()), ((), ("SDN",), ()), ((), (), ("SDN",)),
    ]  # fmt: skip


def test_several_queries_are_alternatives() -> None:
    text = GOOD.replace(
        "query: {types: AID, modes: military, actor_country: [North Korea, IRN], statuses: [planned]}",
        "query: [{types: AID}, {words: missiles}]",
    )
    assert parse_indicator(text).queries == (Query(types=("AID",)), Query(words="missiles"))


def test_the_definition_is_what_decides_when_it_rings() -> None:
    one = parse_indicator(GOOD)
    assert one.definition == parse_indicator(GOOD + "examples: [They sent arms.]\n").definition
    assert one.definition != parse_indicator(GOOD.replace("within: 7", "within: 8")).definition


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("level: watch", "level: loud"), "level: no level “loud”; there are note, watch, warning, critical"),
        (("types: AID", "types: AIDE"), "query: no type AIDE; there are AGREE, "),
        (("modes: military", "modes: miltary"), "query: no mode miltary of AID; there are economic, humanitarian"),
        (("statuses: [planned]", "statuses: [plan]"), "query: statuses[0]: Invalid enum value 'plan'"),
        (("North Korea", "Northern Korea"), "query: “Northern Korea” is no country that is known"),
        (("North Korea", "no"), "query: False is no country; give its English name or its ISO code, in quotation"),
        (("types: AID", "typos: AID"), "query: Object contains unknown field `typos`"),
        (("types: AID", "sort: newest"), "query: sort has no place in an indicator"),
        (("types: AID", "figures: killed>many"), "query: figure: “killed>many” is no condition"),
        (("types: AID", "countries: Sudan"), "query: give countries or actor_country, not both"),
        (("kind: sources", "kind: rumours"), "when.kind: Invalid value 'rumours'"),
        ((", within: 7", ""), "when: Object missing required field `within`"),
        (("independent: 2", "independent: 0"), "when.independent: Expected `int` >= 1"),
        (("why: They count.", ""), "Object missing required field `why`"),
        (("level: watch", "level: watch\nquite: 3"), "Object contains unknown field `quite`"),
        (("level: watch", "level: watch\nper: [continent]"), "per[0]: Invalid enum value 'continent'"),
        (("{kind: sources, independent: 2, within: 7}", "{kind: status, to: [denied]}"), "when: “denied” is no step"),
        (("{kind: sources, independent: 2, within: 7}", "{kind: figure, what: [killed]}"), "when: a figure needs just"),
    ],
)
def test_a_fault_is_one_line_that_names_the_indicator(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(LexiconError) as caught:
        parse_indicator(GOOD.replace(*change), file="mine.yaml")
    said = str(caught.value)
    assert said.startswith(f"mine.yaml: arms-to-russia: {fault}")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[]", "mine.yaml: an indicator without an id: Expected `object`, got `array`"),
        ("id: [", "mine.yaml: not YAML: "),
        (GOOD.replace("arms-to-russia", "Arms to Russia"), "mine.yaml: Arms to Russia: id: Expected `str` matching"),
    ],
)
def test_what_is_no_indicator(text: str, fault: str) -> None:
    with pytest.raises(LexiconError) as caught:
        parse_indicator(text, file="mine.yaml")
    assert str(caught.value).startswith(fault)
    assert "\n" not in str(caught.value)


def test_a_file_is_a_pack_or_one_indicator(tmp_path: Path) -> None:
    one, pack, twice = tmp_path / "one.yaml", tmp_path / "pack.yaml", tmp_path / "twice.yaml"
    one.write_text(GOOD)
    entry = "".join(f"    {line}\n" for line in GOOD.strip().splitlines())
    pack.write_text("pack: mine\ntitle: Mine\nindicators:\n  -\n" + entry)
    twice.write_text("pack: mine\ntitle: Mine\nindicators:\n  -\n" + entry + "  -\n" + entry)
    assert [(found.id, found.pack) for found in chosen([str(one)])] == [("arms-to-russia", "own")]
    assert pack_of(pack).indicators[0].pack == "mine"
    with pytest.raises(UsageError, match="two indicators have this id"):
        chosen([str(one), str(pack)])
    with pytest.raises(LexiconError, match=r"twice\.yaml: arms-to-russia: this id comes twice"):
        pack_of(twice)


def test_a_name_that_is_no_pack_and_no_file() -> None:
    with pytest.raises(UsageError, match="no pack and no file of this name; tocsin watch --list"):
        chosen(["arms"])


def test_own_files_join_and_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "indicators"
    folder.mkdir()
    (folder / "a.yaml").write_text(GOOD)
    (folder / "b.yaml").write_text(GOOD.replace("arms-to-russia", "arms-to-iran"))
    entry = "".join(f"    {line}\n" for line in GOOD.strip().splitlines()).replace("arms-to-russia", "mine")
    (folder / "c.yaml").write_text("pack: nuclear\ntitle: Mine\nindicators:\n  -\n" + entry)
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    packs.cache_clear()
    try:
        assert [one.id for one in packs()["own"].indicators] == ["arms-to-russia", "arms-to-iran"]
        assert [one.id for one in packs()["nuclear"].indicators] == ["mine"]
    finally:
        monkeypatch.undo()
        packs.cache_clear()


def test_marks_of_an_example() -> None:
    text = "It [sent] arms and [fired] shells."
    assert unmarked(text) == "It sent arms and fired shells."
    assert [unmarked(text)[start:end] for start, end in marks(text)] == ["sent", "fired"]


def test_levels_are_in_order() -> None:
    assert levels().at_least("warning") == ("warning", "critical")
    with pytest.raises(UsageError, match="no level “loud”"):
        levels().rank("loud")


CHANNELS = """
channels:
  - {id: desk, kind: webhook, url: "https://a.example/hook", secret_env: HOOK, level: warning, packs: [coup]}
  - {id: log, kind: jsonl, file: alerts.jsonl}
"""


def test_channels_are_what_their_file_says(tmp_path: Path) -> None:
    path = tmp_path / "channels.yaml"
    path.write_text(CHANNELS)
    found = channels_of(path, {"HOOK": "secret"})
    assert [one.id for one in found] == ["desk", "log"]
    assert isinstance(found[0], Webhook)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("HOOK", "OTHER"), "desk: secret_env: $OTHER is not set"),
        (("secret_env: HOOK", "secret: ''"), "desk: secret: empty"),
        (("secret_env: HOOK, ", ""), "desk: give either secret or secret_env"),
        (("https://a.example/hook", "ftp://a.example"), "desk: url: “ftp://a.example” is no web address"),
        (("level: warning", "level: loud"), "desk: level: no level “loud”"),
        (("kind: webhook", "kind: pigeon"), "desk: Invalid value 'pigeon'"),
        (("id: log", "id: desk"), "desk: this id comes twice"),
        (("{id: log, kind: jsonl, file: alerts.jsonl}", "{kind: jsonl}"), "a channel without an id: Object missing"),
        (("kind: jsonl, file: alerts.jsonl", "kind: apprise, url: 'nonsense://x'"), "log: url: apprise takes no"),
    ],
)
def test_a_bad_channel_is_one_line(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    path = tmp_path / "channels.yaml"
    path.write_text(CHANNELS.replace(*change))
    with pytest.raises(LexiconError) as caught:
        channels_of(path, {"HOOK": "secret"})
    assert str(caught.value).startswith(f"channels.yaml: {fault}")
    assert "\n" not in str(caught.value)
