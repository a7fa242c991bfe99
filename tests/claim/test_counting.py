"""Which figures an event keeps, gets from another one, and leaves to it."""

from __future__ import annotations

import pytest

from tocsin.claim.counting import counted, own_figures, promised_sums
from tocsin.understand.figures import FoundFigure, find_figures_with_tokens
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_text


def read(text: str) -> tuple[Parse, list[FoundFigure]]:
    parse = parse_text(load(), text)
    return parse, find_figures_with_tokens(parse)


def texts(figures: tuple[FoundFigure, ...]) -> list[str]:
    return [found.figure.text for found in figures]


@pytest.mark.parametrize(
    ("text", "first", "kept"),
    [
        ("The council asked for a $2m (£1.5m) fee.", "$2m", ["$2m", "£1.5m"]),
        ("The firm will buy $15 million in grain and $4 million in oil.", "$15 million", ["$15 million", "$4 million"]),
        ("The council paid $15 million, and the firm lost $4 million.", "$15 million", ["$15 million"]),
        ("The march drew 300 people and 20 horses.", "300", ["300"]),
    ],
)
def test_an_amount_takes_with_it_what_is_added_to_it(text: str, first: str, kept: list[str]) -> None:
    parse, figures = read(text)
    chances = [1.0 if found.figure.text == first else 0.0 for found in figures]
    assert texts(counted(parse, figures, chances)) == kept


@pytest.mark.parametrize(
    ("text", "verbs", "kept"),
    [
        ("Seven people died and 35 were rescued.", ("died", "rescued"), [["Seven"], ["35"]]),
        ("Rebels killed and robbed 12 traders.", ("killed", "robbed"), [["12"], ["12"]]),
        ("The raid displaced 5,000 people and killed scores.", ("displaced", "killed"), [["5,000"], ["scores"]]),
    ],
)
def test_those_whom_the_next_verb_is_about_are_counted_there(
    text: str, verbs: tuple[str, ...], kept: list[list[str]]
) -> None:
    parse, figures = read(text)
    events = [parse.word.index(verb) for verb in verbs]
    assert [texts(own) for own in own_figures(parse, events, [tuple(figures)] * len(events))] == kept


@pytest.mark.parametrize(
    ("text", "verbs", "shared"),
    [
        ("Donors pledged $50 million to rebuild the town.", ("pledged", "rebuild"), ["$50 million"]),
        ("The firm seeks a $50 million fee to rebuild the town.", ("seeks", "rebuild"), []),
        ("Donors pledged 50 engineers to rebuild the town.", ("pledged", "rebuild"), []),
    ],
)
def test_money_is_promised_for_something(text: str, verbs: tuple[str, ...], shared: list[str]) -> None:
    parse, figures = read(text)
    promise, act = (parse.word.index(verb) for verb in verbs)
    assert texts(promised_sums(parse, [promise, act], [tuple(figures), ()])[1]) == shared
