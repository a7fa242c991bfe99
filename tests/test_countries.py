import pytest

from tocsin.countries import countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iraq", "IRQ"), ("Iraqis", "IRQ"), ("Iraqi", "IRQ"), ("a Briton", None), ("Britons", "GBR"),
        ("the Netherlands", "NLD"), ("Holland", "NLD"), ("Dutch", "NLD"), ("US", "USA"), ("us", None),
        ("the U.S.'s", "USA"), ("Kyrgyz", "KGZ"), ("Kosovo", "XKX"), ("Kosovars", "XKX"), ("DR Congo", "COD"),
        ("Niger", "NER"), ("Nigerian", "NGA"), ("Nigerien", "NER"), ("South Korean", "KOR"), ("DPRK", "PRK"),
        ("dprk", None), ("Czech Republic", "CZE"), ("Burma", "MMR"), ("Soviet", "SUN"), ("England", "GBR"),
        ("Côte d’Ivoire", "CIV"), ("Saudis", "SAU"), ("Emirati", "ARE"), ("East German", "DDR"), ("Atlantis", None),
    ],
)  # fmt: skip
def test_name_or_demonym_gives_the_code(text: str, code: str | None) -> None:
    assert countries().code_of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("the Kremlin", "RUS"), ("Pyongyang", "PRK"), ("Downing Street", "GBR"), ("the Blue House", "KOR"), ("Oz", None)],
)
def test_capital_or_seat_stands_for_the_government(text: str, code: str | None) -> None:
    assert countries().government_of(text) == code


def test_every_state_is_whole() -> None:
    table = countries()
    assert len(table.by_code) > 250
    for code, state in table.by_code.items():
        assert len(code) == 3
        assert code.isupper()
        assert table.names[state.name.lower().removeprefix("the ")] == code
        assert -90 <= state.point[0] <= 90
        assert -180 <= state.point[1] <= 180
        assert (state.years is None) == (state.now is None)
        if state.now:
            assert table.by_code[state.now].years is None


def test_no_two_states_claim_one_name() -> None:
    table = countries()
    for state in table.by_code.values():
        for name in (state.name, *state.names):
            assert table.names[name.lower().removeprefix("the ").replace("’", "'")] == state.code, name
