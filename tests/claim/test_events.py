"""Events: what is found, of which type, who does it to whom; and the rules' own faults are refused by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.claim import arguments
from tocsin.claim.antecedents import antecedent
from tocsin.claim.events import Event, find_events
from tocsin.claim.inflect import noun_forms, verb_forms
from tocsin.claim.ontology import ontology
from tocsin.claim.triggers import Rule, compile_rule, index, rule_files
from tocsin.errors import LexiconError
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_text


@cache
def parse(text: str) -> Parse:
    return parse_text(load(), text)


def at(text: str, word: str) -> int:
    return parse(text).word.index(word)


def words(text: str, tokens: list[int]) -> list[str]:
    return [parse(text).word[k] for k in tokens]


def event(text: str, trigger: str) -> Event:
    found = [e for e in find_events(parse(text)) if parse(text).words(e.start, e.end) == trigger]
    assert len(found) == 1, find_events(parse(text))
    return found[0]


def fillers(text: str, trigger: str, role: str) -> list[str]:
    return [parse(text).word[k] for name, k in event(text, trigger).roles if name == role]


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Rebels attacked the town.", "attacked", ["Rebels"]),
        ("The town was attacked by rebels.", "attacked", ["rebels"]),
        ("The town was attacked.", "attacked", []),
        ("The army plans to attack the town.", "attack", ["army"]),
        ("The general ordered the soldiers to attack the town.", "attack", ["soldiers"]),
        ("The soldiers were ordered to attack the town.", "attack", ["soldiers"]),
        ("Troops began shelling the town.", "shelling", ["Troops"]),
        ("The rebels entered the town and killed nine people.", "killed", ["rebels"]),
        ("The soldiers who attacked the town fled.", "attacked", ["soldiers"]),
        ("The army shelled the camp, killing twelve people.", "killing", ["army"]),
        ("Police and soldiers attacked the crowd.", "attacked", ["Police", "soldiers"]),
        ("The town was taken by force.", "taken", []),
    ],
)
def test_subjects_see_through_voice_and_clauses(text: str, verb: str, expected: list[str]) -> None:
    assert words(text, arguments.subjects(parse(text), at(text, verb))) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Rebels attacked the town.", "attacked", ["town"]),
        ("The town was attacked by rebels.", "attacked", ["town"]),
        ("The soldiers killed in the raid were young.", "killed", ["soldiers"]),
        ("The mayor was arrested and deported.", "deported", ["mayor"]),
        ("They shot down hundreds of drones.", "shot", ["drones"]),
        ("The blast killed six people, including two children.", "killed", ["people", "children"]),
        ("The prisoners are to be released.", "released", ["prisoners"]),
    ],
)
def test_objects_see_through_voice_and_counting_words(text: str, verb: str, expected: list[str]) -> None:
    assert words(text, arguments.objects(parse(text), at(text, verb))) == expected


def test_prepositions_list_conjuncts() -> None:
    text = "The envoy spoke with ministers and generals."
    found = arguments.prepositions(parse(text), at(text, "spoke"))
    assert {name: words(text, heads) for name, heads in found.items()} == {
        "with": ["ministers", "generals"],
    }


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        ("The town mourned after the judge's murder.", "murder", [], ["judge"]),
        ("The town mourned after the rebels' murder of a judge.", "murder", ["rebels"], ["judge"]),
        ("The envoy's kidnapping by rebels was condemned.", "kidnapping", ["rebels"], ["envoy"]),
        ("The rebels' attack on the judge was condemned.", "attack", ["rebels"], ["judge"]),
        ("The gunmen took nine villagers as hostages.", "took", ["gunmen"], ["villagers"]),
        ("The kidnapping on Monday of the mayor shocked the country.", "kidnapping", [], ["mayor"]),
        ("The assassination in February of General Gustavo Alvarez was plotted.", "assassination", [], ["Alvarez"]),
        ("The murder in the city of Cali was reported.", "murder", [], []),
    ],
)
def test_whom_a_murder_befalls(text: str, trigger: str, actors: list[str], recipients: list[str]) -> None:
    assert (fillers(text, trigger, "actor"), fillers(text, trigger, "recipient")) == (actors, recipients)


def test_the_owner_stands_behind_a_deed() -> None:
    text = "Ministers condemned Israel's operation."
    found = arguments.owner(parse(text), at(text, "operation"))
    assert found is not None
    assert parse(text).word[found] == "Israel"


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "mode"),
    [
        ("The navy launched a missile on Monday.", "launched", "MOBILIZE", "test"),
        ("The navy launched a missile at the port.", "launched", "ASSAULT", "missile"),
        ("The company fired its director.", "fired", "SANCTION", "expel"),
        ("The miners struck for higher pay.", "struck", "PROTEST", "strike"),
        ("The kidnappers released the hostages.", "released", "RETREAT", "release"),
        ("The court charged him with murder.", "charged", "ACCUSE", "investigate"),
        ("The army conducted a nuclear test.", "nuclear test", "MOBILIZE", "test"),
        ("Three people died in the earthquake.", "died", "CASUALTIES", "disaster"),
        ("A drone strike hit the depot.", "drone strike", "ASSAULT", "drone"),
        ("The prime minister stepped down.", "stepped down", "RETREAT", "resign"),
    ],
)
def test_the_object_decides_the_type(text: str, trigger: str, kind: str, mode: str) -> None:
    found = event(text, trigger)
    assert (found.type, found.mode) == (kind, mode)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry released a statement.",
        "The company launched a website.",
        "They held a party on Friday.",
        "She studied military doctrine at school.",
        "The Ministry of Defence declined to comment.",
    ],
)
def test_what_is_outside_the_ontology_gives_no_sure_event(text: str) -> None:
    assert [e for e in find_events(parse(text)) if e.weight > 0.6] == []


def test_a_light_verb_gives_the_noun_its_actor() -> None:
    text = "The guerrillas carried out an attack on a bridge."
    assert fillers(text, "attack", "actor") == ["guerrillas"]
    assert fillers(text, "attack", "object") == ["bridge"]
    assert [e.type for e in find_events(parse(text))] == ["ASSAULT"]


def test_a_demonym_acts_and_a_building_does_not() -> None:
    assert fillers("An Israeli strike killed nine people.", "strike", "actor") == ["Israeli"]
    assert fillers("The embassy bombing killed nine people.", "bombing", "actor") == []


def test_both_sides_of_talks_are_actors() -> None:
    text = "Talks between Ethiopia and Egypt resumed on Monday."
    assert fillers(text, "Talks", "actor") == ["Ethiopia", "Egypt"]


def test_killed_and_wounded_are_one_event() -> None:
    text = "The bomb killed two soldiers and wounded four policemen."
    assert [parse(text).words(e.start, e.end) for e in find_events(parse(text)) if e.type == "CASUALTIES"] == ["killed"]
    assert fillers(text, "killed", "recipient") == ["soldiers", "policemen"]


def test_a_thing_does_not_act() -> None:
    assert fillers("The explosion killed two soldiers.", "killed", "actor") == []


def test_where_to_and_where_from() -> None:
    text = "The troops withdrew from Kherson to Crimea."
    assert fillers(text, "withdrew", "place_from") == ["Kherson"]
    assert fillers(text, "withdrew", "place_to") == ["Crimea"]


def test_an_upper_case_text_is_read() -> None:
    text = "REBELS ATTACKED THE TOWN AND KILLED NINE SOLDIERS."
    assert {e.type for e in find_events(parse(text))} >= {"ASSAULT", "CASUALTIES"}


PARTS = [
    "Rebels attacked the town", "nine people were killed", "the minister resigned", "talks", "because", "in Gaza",
    "Israeli strike", "called for", "hold", "who", "the army, which", "was ordered to", "to withdraw", ",", "and", "of",
    '"', "12",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=8))
def test_events_are_in_order_apart_and_in_bounds(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find_events(parse(text))
    assert found == find_events(parse(text))
    taken: set[int] = set()
    for e in found:
        span = set(range(e.start, e.end))
        assert 0 <= e.start <= e.head < e.end <= len(parse(text))
        assert not span & taken
        taken |= span
        assert 0 < e.weight <= 1
        assert e.type in ontology().types
        assert e.mode is None or e.mode in ontology().types[e.type].modes
        assert not span & {k for _, k in e.roles}
        assert len({k for _, k in e.roles}) == len(e.roles)
    assert [e.head for e in found] == sorted(e.head for e in found)


def test_nothing_in_nothing_out() -> None:
    assert find_events(parse("")) == []


def test_every_type_has_rules_and_every_extension_says_what_it_extends() -> None:
    known = ontology()
    assert {file.type for file in rule_files()} == set(known.types)
    assert len(known.types) == 19
    assert {name for name, t in known.types.items() if t.ours} == {"CASUALTIES", "STRENGTH", "DISASTER"}
    assert all(t.plover is None or t.plover in known.types for t in known.types.values())


def test_every_mode_can_be_given() -> None:
    given_modes = {
        (c.compiled.type, mode)
        for kinds in index().values()
        for found in kinds.values()
        for c in found
        for mode in [c.compiled.rule.mode, *(c.compiled.table.modes.values() if c.compiled.table else ())]
    }
    missing = [(n, m) for n, t in ontology().types.items() for m in t.modes if (n, m) not in given_modes]
    assert missing == []


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("stab", ("stab", "stabs", "stabbing", "stabbed")),
        ("raid", ("raid", "raids", "raiding", "raided")),
        ("rape", ("rape", "rapes", "raping", "raped")),
        ("deploy", ("deploy", "deploys", "deploying", "deployed")),
        ("flee", ("flee", "flees", "fleeing", "fled")),
        ("withdraw", ("withdraw", "withdraws", "withdrawing", "withdrew", "withdrawn")),
        ("vilify", ("vilify", "vilifies", "vilifying", "vilified")),
        ("expel", ("expel", "expels", "expelling", "expelled")),
        ("shell", ("shell", "shells", "shelling", "shelled")),
    ],
)
def test_inflection(lemma: str, forms: tuple[str, ...]) -> None:
    assert verb_forms(lemma) == forms


def test_plurals() -> None:
    assert noun_forms("casualty") == ("casualty", "casualties")
    assert noun_forms("clash") == ("clash", "clashes")


@pytest.mark.parametrize(
    ("kind", "changes", "fault"),
    [
        ("NOSUCH", {}, "no type 'NOSUCH'"),
        ("ASSAULT", {"mode": "nosuch"}, "has no mode 'nosuch'"),
        ("ASSAULT", {"frame": "nosuch"}, "no frame 'nosuch'"),
        ("ASSAULT", {"mode_by": "nosuch"}, "no mode table 'nosuch'"),
        ("ASSAULT", {"when": {"object": ("nosuch",)}}, "no class 'nosuch'"),
    ],
)
def test_a_faulty_rule_is_refused_by_name(kind: str, changes: dict[str, object], fault: str) -> None:
    fields: dict[str, object] = {"id": "test.rule", "frame": "harm", "verbs": ("zap",), **changes}
    with pytest.raises(LexiconError, match=fault):
        compile_rule(kind, Rule(**fields))  # type: ignore[arg-type]


def test_an_unknown_key_in_a_rule_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "triggers").mkdir()
    (tmp_path / "triggers" / "mine.yaml").write_text("type: ASSAULT\nrules: [{id: a, frame: harm, verbz: [zap]}]\n")
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    with pytest.raises(LexiconError, match=r"mine\.yaml.*verbz"):
        rule_files()


def test_a_users_own_rules_are_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "triggers").mkdir()
    rule = "{id: my.zap, frame: harm, verbs: [zap]}"
    (tmp_path / "triggers" / "mine.yaml").write_text(f"type: ASSAULT\nrules: [{rule}]\n")
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    assert "my.zap" in {rule.id for file in rule_files() for rule in file.rules}


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "mode"),
    [
        ("The state makes howitzers. Its rival fears that it will export them.", "export", "AID", "military"),
        ("The army bought 40 tanks and moved them to the border.", "moved", "MOBILIZE", "weapons"),
        ("The general praised the brigade before sending it to the front.", "sending", "MOBILIZE", "troops"),
        ("Iran built a new missile and tested it in the desert.", "tested", "MOBILIZE", "test"),
    ],
)
def test_a_pronoun_is_of_the_class_of_its_noun(text: str, trigger: str, kind: str, mode: str) -> None:
    found = event(text, trigger)
    assert (found.type, found.mode) == (kind, mode)


def test_a_pronoun_for_people_is_no_weapon() -> None:
    text = "The tanks passed. Soldiers met the children and fed them."
    assert antecedent(parse(text), at(text, "them")) is None


def test_a_pronoun_reaches_two_sentences_back_and_agrees_in_number() -> None:
    far = "The missiles came. It rained. It snowed. It froze. Nobody had seen them."
    near = "The missiles came. It rained. Nobody had seen them."
    one = "The missiles came with a launcher. It rained. Nobody had seen them."
    assert antecedent(parse(far), at(far, "them")) is None
    assert antecedent(parse(near), at(near, "them")) == at(near, "missiles")
    assert antecedent(parse(one), at(one, "them")) == at(one, "missiles")


def test_a_verb_taken_for_an_attribute_keeps_subject_and_object() -> None:
    text = "The air force scrambled jets at dawn."
    assert parse(text).dep[at(text, "scrambled")] == "amod"
    assert words(text, arguments.subjects(parse(text), at(text, "scrambled"))) == ["force"]
    assert words(text, arguments.objects(parse(text), at(text, "scrambled"))) == ["jets"]


def test_an_attribute_stays_one() -> None:
    text = "The captured soldiers were freed by rebels."
    assert not arguments.is_swallowed(parse(text), at(text, "captured"))


def test_a_hyphen_may_be_a_token_of_its_own() -> None:
    assert event("The army test-fired two missiles.", "test-fired").type == "MOBILIZE"
    assert event("The army staged live-fire drills off the coast.", "live-fire drills").mode == "exercise"


def test_no_word_of_a_phrase_keeps_its_quotation_marks() -> None:
    kinds = [kind for kinds in index().values() for found in kinds.values() for kind in found]
    assert [c.after for c in kinds if any('"' in word for word in c.after)] == []
