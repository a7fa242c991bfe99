from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.claim.attribution import find_attributions
from tocsin.claim.vouching import standings
from tocsin.understand.pipeline import load, parse_text

POLNEAR = Path(__file__).resolve().parents[3] / "shared" / "bench" / "polnear_train.jsonl"

FOUND = [
    ("The ministry said that rebels attacked the town.", "ministry", "said", "that rebels attacked the town"),
    ("Rebels attacked the town, the ministry said.", "ministry", "said", "Rebels attacked the town"),
    ('"We will fight on," said the colonel.', "colonel", "said", '"We will fight on,"'),
    (
        '"No," the colonel said, "we will never leave."',
        "colonel",
        "said",
        '"No," the colonel said, "we will never leave."',
    ),
    ("According to the army, ten rebels died.", "army", "According to", "ten rebels died"),
    ("Ten rebels died, according to the army.", "army", "according to", "Ten rebels died"),
    ("The bishop condemned the attack.", "bishop", "condemned", "the attack"),
    ("The mayor called for an inquiry.", "mayor", "called for", "an inquiry"),
]

CHAINS = [
    ("The ministry said that rebels [attacked] the town.", [["ministry"]]),
    ("Seoul, Washington and Kyiv have estimated that thousands [died].", [["Seoul", "Washington", "Kyiv"]]),
    (
        "An official confirmed that North Korea has expressed its intention to [provide] drones.",
        [["official"], ["Korea"]],
    ),
    ("The newspaper quoted a minister as saying that the army [withdrew].", [["newspaper"], ["minister"]]),
    ('"The army [withdrew] on Monday. The town is quiet," the mayor said.', [["mayor"]]),
    ('The mayor spoke on Monday. "The army has left," he said. "It [burned] the bridge."', [["he"]]),
    ("Witnesses said the bridge, which was [built] in 1950, collapsed.", []),
    ("The army [withdrew] on Monday, according to the mayor.", [["mayor"]]),
    ("The bishop condemned the [attack].", []),
    ("The mayor demanded an inquiry into the [shooting].", []),
    ("In a statement, the ministry said the army [withdrew].", [["ministry"]]),
    ('She told a guard at the gate, "they [beat] me".', [["She"]]),
    ('The army, the mayor said, has left. "Ten houses [burned]," read the statement. "We regret it."', [["statement"]]),
    ('"We are grateful for their assurance that the men would be [released]," she said.', [["she"], ["their"]]),
    ('In the [clashes], he says, "we lost ten men".', [["he"]]),
    ("A bomb went off in the market, police said, [killing] two people.", [["police"]]),
    ("The men are free, the company said, a week after they [vanished].", [["company"]]),
    ("Ten people [died] and five were rescued, according to officials, some of whom were tired.", [["officials"]]),
    ("The army says it killed Omar Said, a commander who had [attacked] the port.", []),
    ("The council [banned] the paper, citing a law on the press.", []),
    ("The radio reported that ten people [died], citing the police.", [["radio"], ["police"]]),
    ("Officials say the four are alive One of them was [wounded] in the town.", []),
    ("Rebel leader: The army [shelled] the market.", [["leader"]]),
    ("By early reports, ten people [died].", [["reports"]]),
    ("There were only statements that ten soldiers had [died].", [["statements"]]),
    ("The resolution calls for a truce and for the [withdrawal] of the army.", [["resolution"]]),
    ("The general is considering urging the king to [order] a march.", []),
    ("Governments that might have agreed to [withdraw] kept silent.", []),
    ("The minister sought an assurance that the men would not be [executed].", []),
    ("The council has been tracking reports of [attacks] on the town.", [["reports"]]),
    ("The witness told the agency of [attacks] on the town.", [["witness"]]),
    ("It is wrong to report that the army [left].", []),
    ('He says, "we see a pattern" in the [attacks].', [["He"]]),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), FOUND)
def test_attributions(text: str, source: str, cue: str, content: str) -> None:
    parse = parse_text(load(), text)
    rows = [
        (parse.word[row.source_head], parse.words(*row.cue) if row.cue else None, parse.words(*row.content))
        for row in find_attributions(parse)
    ]
    assert (source, cue, content) in rows


@pytest.mark.parametrize(("marked", "chain"), CHAINS)
def test_chains(marked: str, chain: list[list[str]]) -> None:
    start = marked.index("[")
    parse = parse_text(load(), marked.replace("[", "").replace("]", ""))
    standing = standings(parse)[parse.token_at(start)]
    assert [[parse.word[voucher.head] for voucher in level] for level in standing.chain] == chain


def test_will_is_a_plan_of_the_speaker_and_a_forecast_of_others() -> None:
    own = parse_text(load(), "Turkey said it will attack the town.")
    other = parse_text(load(), "Turkey said Syria will attack the town.")
    assert standings(own)[own.word.index("attack")].status == "planned"
    assert standings(other)[other.word.index("attack")].status == "possible"


def test_the_time_of_saying_belongs_to_the_source() -> None:
    parse = parse_text(load(), "The ministry said on Monday that rebels attacked the town.")
    [[voucher]] = standings(parse)[parse.word.index("attacked")].chain
    assert voucher.said_on is not None
    assert parse.word[voucher.said_on] == "Monday"


def test_no_attribution_without_assertion() -> None:
    parse = parse_text(load(), "The ministry did not say that rebels left the town.")
    assert find_attributions(parse) == []


def test_standings_share_objects_and_cover_all_tokens() -> None:
    parse = parse_text(load(), "The ministry said that rebels attacked the town and burned the bridge.")
    found = standings(parse)
    assert len(found) == len(parse)
    assert found[parse.word.index("attacked")] is found[parse.word.index("burned")]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([
    "said", "the army", '"', "that", "rebels", "left.", ",", "according to", "may", "citing", "not", ":", "He", "told",
    "if", "a plan to", "withdraw", "was reported", "\n\n", "claims", "of", "seems", "who",
]), max_size=18))  # fmt: skip
def test_any_words_give_ranges_inside_the_text(parts: list[str]) -> None:
    parse = parse_text(load(), " ".join(parts))
    n = len(parse)
    assert len(standings(parse)) == n
    for row in find_attributions(parse):
        assert -1 <= row.source_head < n
        assert 0 <= row.content[0] < row.content[1] <= n
        assert row.cue is None or 0 <= row.cue[0] < row.cue[1] <= n


@pytest.mark.skipif(not POLNEAR.exists(), reason="the annotated set polnear_train is not beside the repository")
def test_contents_of_a_sample_of_polnear() -> None:
    lines = POLNEAR.read_text(encoding="utf-8").splitlines()[:12]
    hit = ours = theirs = 0
    for doc in map(json.loads, lines):
        parse = parse_text(load(), doc["text"])
        gold = [
            (min(a for a, _ in x["content"]), max(b for _, b in x["content"]))
            for x in doc["attributions"]
            if x["content"]
        ]
        mine = [parse.tokens(*row.content) for row in find_attributions(parse)]
        ours, theirs = ours + len(mine), theirs + len(gold)
        for mention in mine:
            match = next((g for g in gold if mention.start < g[1] and g[0] < mention.end), None)
            if match:
                gold.remove(match)
                hit += 1
    assert 2 * hit / (ours + theirs) > 0.70
