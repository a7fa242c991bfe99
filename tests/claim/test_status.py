from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.claim.sources import Effect
from tocsin.claim.status import compose, form_of, forms
from tocsin.claim.vouching import standings
from tocsin.model import Status
from tocsin.understand.pipeline import load, parse_text

STATUSES = st.sampled_from(get_args(Status))

FORMS = [
    ("The army [attacked] the town.", "past", False),
    ("The army has [attacked] the town.", "perfect", False),
    ("The army is [attacking] the town.", "progressive", False),
    ("The army was [attacking] the town.", "past_progressive", False),
    ("The town was [attacked] by the army.", "past", False),
    ("The town is being [attacked] by the army.", "progressive", False),
    ("The army will not [attack] the town.", "future", True),
    ("The army may [attack] the town.", "possible", False),
    ("No soldiers [attacked] the town.", "past", True),
    ("The men [took] no money.", "past", True),
]

PLAIN = [
    ("Kenya would answer any rocket [fired] from the hills.", "possible"),
    ("The police held anyone who [fled].", "possible"),
    ("The rocket [fired] from the hills fell into the sea.", "occurred"),
    ("Soldiers [killed] ten people on Monday.", "occurred"),
    ("Army [kills] ten rebels in raid.", "occurred"),
    ("Troops are [shelling] the town.", "ongoing"),
    ("The soldiers [remain] in the valley.", "ongoing"),
    ("Troops [stationed] in the valley were paid.", "ongoing"),
    ("The army will [withdraw] next week.", "planned"),
    ("The army is preparing to [deploy] two brigades.", "planned"),
    ("Pyongyang is gearing up to [send] more drones.", "planned"),
    ("The president has ordered the army to [withdraw].", "planned"),
    ("Thousands of troops have been [deployed] since May.", "ongoing"),
    ("The army may [withdraw] next week.", "possible"),
    ("The army is likely to [withdraw] next week.", "possible"),
    ("The army refused to [withdraw].", "denied"),
    ("There is no evidence that the army [withdrew].", "denied"),
    ("The army stopped [shelling] the town.", "denied"),
    ("If the rebels [attacked] the town, the talks would end.", "possible"),
    ("The army did not [attack] the town.", "denied"),
    ("The army never [attacked] the town.", "denied"),
    ("The troops left without [firing] a shot.", "denied"),
    ("A planned [withdrawal] was discussed.", "planned"),
    ("Following an [attack] on the base, the road was closed.", "occurred"),
    ("The ongoing [withdrawal] worries the town.", "ongoing"),
    ("There was no [attack] on the base.", "denied"),
    ("The council discussed a plan for a [withdrawal].", "planned"),
    ("The council called for a [withdrawal] of the troops.", "possible"),
    (
        "The 1990 treaty calls for a withdrawal from the region it holds, and for the [deployment] of monitors.",
        "possible",
    ),
    ("The army may extend its [offensive] to the coast.", "possible"),
    ("The army extended its [offensive] to the coast.", "occurred"),
    ("Officials said that the [shelling] continued for a third day.", "ongoing"),
    ("The alleged [attack] is under review.", "possible"),
    ("The army [attacked] and burned the town.", "occurred"),
    ("The army will attack and [burn] the town.", "planned"),
    ("The army did not attack or [burn] the town.", "denied"),
    ("The men reportedly [attacked] the base.", "occurred"),
    ("The men allegedly [attacked] the base.", "possible"),
    ("Two of the men are known to have [attacked] the base.", "occurred"),
    ("Two of the men are believed to have [attacked] the base.", "possible"),
]


def at(text: str) -> tuple[str, int]:
    start = text.index("[")
    return text.replace("[", "").replace("]", ""), start


@pytest.mark.parametrize(("marked", "kind", "negated"), FORMS)
def test_forms(marked: str, kind: str, negated: bool) -> None:
    text, start = at(marked)
    parse = parse_text(load(), text)
    form = form_of(parse, parse.token_at(start), forms())
    assert (form.kind, form.negated) == (kind, negated)


@pytest.mark.parametrize(("marked", "status"), PLAIN)
def test_statuses(marked: str, status: str) -> None:
    text, start = at(marked)
    parse = parse_text(load(), text)
    assert standings(parse)[parse.token_at(start)].status == status


@given(effect=st.sampled_from(get_args(Effect)), own=st.one_of(st.none(), STATUSES), governor=STATUSES,
       negated=st.booleans())  # fmt: skip
def test_compose_is_total_and_never_firmer_than_possible_under_possible(
    effect: Effect, own: Status | None, governor: Status, negated: bool
) -> None:
    result = compose(effect, own, governor, negated)
    assert result is None or result in get_args(Status)
    if effect == "possible":
        assert result in ("possible", "denied")


def test_an_infinitive_says_nothing_by_itself() -> None:
    assert compose("fact", None, "occurred", False) is None
    assert compose("planned", None, "occurred", False) == "planned"
    assert compose("planned", None, "occurred", True) == "denied"
    assert compose("denied", None, "denied", True) == "occurred"
