"""Who is meant: phrases by their words alone, and the cast of a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin import lexicon
from tocsin.countries import countries
from tocsin.errors import LexiconError
from tocsin.understand.actors import Cast, resolve
from tocsin.understand.actors_lexicon import fold, key_of, lore, singular
from tocsin.understand.actors_records import ActorFile
from tocsin.understand.parse import Parse
from tocsin.understand.phrases import head_of
from tocsin.understand.pipeline import load, parse_many, parse_text, prepare

TRAIN = Path(__file__).resolve().parents[3] / "shared" / "train"


def cast(text: str, on: str | None = "1998-05-01") -> tuple[Parse, Cast]:
    parsed = parse_text(load(), text)
    return parsed, Cast.of(parsed, on)


RESOLVED = [
    ("Israeli troops", None, "ISR", "MIL"),
    ("President Clinton", "1998-03-01", "USA", "GOV"),
    ("the Kremlin", "2024-01-01", "RUS", "GOV"),
    ("the Kremlin", "1988-01-01", "SUN", "GOV"),
    ("Soviet officials", "1989-01-01", "SUN", "GOV"),
    ("Pyongyang", "2024-12-23", "PRK", "GOV"),
    ("South Korea's acting president Han Duck-soo", "2024-12-23", "KOR", "GOV"),
    ("the new U.S. Forces Korea commander, Xavier T. Brunson", "2024-12-23", "USA", "MIL"),
    ("Uri Lubrani, Israel's top official for Lebanon affairs", "1998-03-01", "ISR", "GOV"),
    ("Kenyan Trade Minister Joseph Kamotho", "1998-08-08", "KEN", "GOV"),
    ("Turkish-backed Syrian rebels", "2019-01-01", "SYR", "REB"),
    ("an army spokesman", None, None, "MIL"),
    ("a spokesman for the rebels", None, None, "REB"),
    ("opposition lawmakers", None, None, "OPP"),
    ("a Hamas delegation", None, "PSE", "REB"),
    ("the U.S. embassies in Kenya and Tanzania", None, "USA", "GOV"),
    ("the ambassador to Kenya", None, None, "GOV"),
    ("NATO", None, "IGO", "IGO"),
    ("Unicef", None, "IGO", "IGO"),
    ("Amnesty International", None, None, "NGO"),
    ("the Democratic People's Republic of Korea", None, "PRK", "GOV"),
    ("the Palestinians", None, "PSE", "GOV"),
    ("Egyptians", None, "EGY", "CVL"),
    ("Bosnian Serbs", "1995-06-01", "BIH", "CVL"),
    ("the Taliban", "2010-01-01", "AFG", "REB"),
    ("the Taliban", "2023-01-01", "AFG", "GOV"),
    ("Secretary-General Mark Rutte", "2025-01-01", "IGO", "IGO"),
    ("Prime Minister Mark Rutte", "2018-01-01", "NLD", "GOV"),
    ("Georgian President Eduard Shevardnadze", None, "GEO", "GOV"),
    ("anti-racism protesters", None, None, "CVL"),
    ("students", None, None, "EDU"),
    ("ethnic Albanians", None, None, "CVL"),
    ("New Jersey officials", None, None, "GOV"),
    ("New Zealand police", None, "NZL", "COP"),
    ("a new British minister", None, "GBR", "GOV"),
    ("the united states", None, "USA", "GOV"),
    ("General Manager Ines Halloran", None, None, "BUS"),
    ("General Ines Halloran", None, None, "MIL"),
    ("the general in charge of the Kenyan barracks", None, "KEN", "MIL"),
    ("Postmaster General Otis Vane", None, None, "GOV"),
    ("the general secretary of the ruling party", None, None, "PTY"),
]


@pytest.mark.parametrize("text", ["Major creditors of Ruritania", "a private clinic", "General practitioners in Leeds"])
def test_a_rank_before_a_common_noun_is_an_adjective(text: str) -> None:
    assert resolve(text, None).sector is None


def test_neither_a_rank_nor_an_adjective_is_the_statesman_of_that_name() -> None:
    parsed, found = cast(
        "Ines Halloran waited in the rain. Major creditors met her. Major Ann Lee did not.", "1995-05-01"
    )
    assert found.actor(parsed.word.index("creditors")).country is None
    assert found.actor(parsed.word.index("Lee")).country is None


@pytest.mark.parametrize(("text", "on", "country", "sector"), RESOLVED, ids=[f"{r[0]} {r[1]}" for r in RESOLVED])
def test_resolve(text: str, on: str | None, country: str | None, sector: str) -> None:
    found = resolve(text, on)
    assert (found.country, found.sector) == (country, sector)
    assert found.why


NAMED = [
    ("President Clinton", "1998-03-01", "Bill Clinton"),
    ("President Bush", "1990-06-01", "George H.W. Bush"),
    ("President Bush", "2004-06-01", "George W. Bush"),
    ("Mr Erdogan", "2020-01-01", "Recep Tayyip Erdogan"),
    ("al-Assad", "1995-01-01", "Hafez al-Assad"),
    ("the Kremlin", "2024-01-01", "Russia"),
]


@pytest.mark.parametrize(("text", "on", "name"), NAMED, ids=[f"{r[0]} {r[1]}" for r in NAMED])
def test_a_surname_means_who_held_office_then(text: str, on: str, name: str) -> None:
    assert resolve(text, on).name == name


@pytest.mark.parametrize(
    "text", ["a border security force", "the report in time", "who is it", "Mr Bush-Whacker Smith"]
)
def test_plain_words_are_nobody_of_the_tables(text: str) -> None:
    assert resolve(text, "2004-06-01").country is None


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Kenya Ellis was hurt in Dallas on Friday, and the police of Dallas are looking for two men.", "Ellis", None),
        ("Police in Dallas said Chad Smith shot two men on Friday.", "Smith", None),
        ("Eric Jordan, 19, was hurt in Dallas. The mayor asked for help. Jordan died on Monday.", "Jordan", None),
        ("Amman in Jordan was calm. Eric Smith flew to Jordan on Monday.", "Jordan", "JOR"),
        ("Kenya President Daniel Moi met Clinton in Dallas on Friday.", "President", "KEN"),
    ],
)
def test_a_country_may_be_part_of_a_name(text: str, word: str, country: str | None) -> None:
    parsed, found = cast(text)
    last = len(parsed) - 1 - parsed.word[::-1].index(word)
    assert found.actor(last).country == country


def test_a_title_is_remembered_for_the_surname() -> None:
    parsed, found = cast(
        "Ruritanian officials waited. Kenyan Trade Minister Joseph Kamotho arrived on Monday. Kamotho said he was glad."
    )
    short = found.actor(len(parsed) - 1 - parsed.word[::-1].index("Kamotho"))
    assert (short.name, short.country, short.sector) == ("Joseph Kamotho", "KEN", "GOV")
    assert short.antecedent is not None
    assert short.antecedent.text == "Joseph Kamotho"


def test_an_acronym_in_brackets_stands_for_its_name() -> None:
    parsed, found = cast("The South Korean Joint Chiefs of Staff (JCS) met on Monday. The JCS saw drones.")
    short = found.actor(parsed.word.index("JCS", parsed.word.index(".")))
    assert (short.country, short.sector) == ("KOR", "MIL")
    assert short.antecedent is not None
    assert "Joint Chiefs" in short.antecedent.text


def test_a_role_without_a_country_is_of_the_country_that_the_text_is_about() -> None:
    parsed, found = cast("Protests went on in Kenya on Monday. Police fired at students in Nairobi.")
    police = found.actor(parsed.word.index("Police"))
    assert (police.country, police.sector) == ("KEN", "COP")


def test_what_is_of_no_one_country_gets_none() -> None:
    parsed, found = cast("Kenya and Uganda quarrelled. Western governments warned the two countries. Interpol waited.")
    assert found.actor(parsed.word.index("governments")).country is None
    assert found.actor(parsed.word.index("countries")).country is None


def test_a_text_all_in_capitals_is_read_alike() -> None:
    text = "The Salvadoran Army said FMLN guerrillas killed two soldiers."
    plain, capital = cast(text), cast(text.upper())
    for word in ("Army", "guerrillas", "soldiers"):
        one = plain[1].actor(plain[0].lower.index(word.lower()))
        other = capital[1].actor(capital[0].lower.index(word.lower()))
        assert (one.country, one.sector) == (other.country, other.sector)


def test_mentions_lie_on_the_text() -> None:
    parsed, found = cast("The  minister’s\nsoldiers of  Kenya left; “we” stay, he said.")
    for i in range(len(parsed)):
        actor = found.actor(i)
        assert parsed.text[actor.start : actor.end] == actor.text
        if actor.antecedent:
            assert parsed.text[actor.antecedent.start : actor.antecedent.end] == actor.antecedent.text


WORDS = ["the", "Kenyan", "president", "Clinton", ",", "(", ")", "UN", "of", "troops", "US-backed", "pro-Assad", "he",
         "his", "said", "Anna", "Kovac", "'s", "group", ".", '"', "we", "anti-", "-", "IRA", "Mr"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_any_words_give_an_actor_and_always_the_same(words: list[str]) -> None:
    text = " ".join(words)
    parsed, found = cast(text)
    _, again = cast(text)
    for i in range(len(parsed)):
        assert found.actor(i) == again.actor(len(parsed) - 1 - i if len(parsed) == 1 else i)
        assert found.actor(i).start <= found.actor(i).end
    resolve(text, "2001-02-03")


@given(st.text(max_size=40))
def test_any_text_resolves(text: str) -> None:
    resolve(text, "2011-02-03")
    assert fold(fold(text)) == fold(text)
    singular(text)


def test_the_tables_use_codes_that_exist() -> None:
    known = set(countries().by_code) | {"IGO", None}
    table = lore()
    for rows in (*table.people.values(), *table.bodies.values(), *table.acronyms.values()):
        for row in rows:
            assert row.country in known, row
            assert row.since is None or row.until is None or row.since <= row.until, row


def test_sectors_are_plovers() -> None:
    plover = {"GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL", "IGO", "NGO",
              "LAB", "REF", "REL", "SET", "UNS", "RAD"}  # fmt: skip
    table = lore()
    used = {role.sector for role in table.roles.values()} - {None}
    used |= {row.sector for rows in (*table.people.values(), *table.bodies.values()) for row in rows}
    assert used <= plover


def test_every_change_and_common_name_is_of_a_body_listed() -> None:
    table = lore()
    for file in lexicon.read_all("actors/*.yaml", ActorFile):
        for name in (*(change.name for change in file.changes), *file.common):
            assert key_of(name) in table.bodies or name in table.acronyms, name


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("persons: {USA: []}\n")
    with pytest.raises(LexiconError, match=r"mine\.yaml"):
        lexicon.read(tmp_path / "mine.yaml", ActorFile)


@pytest.mark.skipif(not TRAIN.is_dir(), reason="the annotated texts lie beside the repository, and are not here")
def test_countries_agree_with_the_annotated_ones() -> None:
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(TRAIN.glob("*.json"))[::6]]
    right = total = 0
    for gold, parsed in zip(golds, parse_many(load(), ((g["text"], prepare(g["text"])) for g in golds)), strict=True):
        found = Cast.of(parsed, gold["published"])
        for mention in (m for claim in gold["claims"] for role in ("actors", "recipients") for m in claim[role]):
            first, last = parsed.clean_at(mention["start"]), parsed.clean_at(mention["end"] - 1)
            if first is None or last is None or not mention.get("country"):
                continue
            head = head_of(parsed, parsed.token_at(first), parsed.token_at(last) + 1)
            right += found.actor(head).country == mention["country"]
            total += 1
    assert right / total >= 0.85
