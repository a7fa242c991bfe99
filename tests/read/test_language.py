import sys

import pytest

from tocsin.read.language import CLEAR, WORD, language
from tocsin.read.lore import lore

OTHERS = {
    "de": "Der Minister sagte am Montag, dass alle Schiffe den Hafen verlassen haben und nicht wieder kommen. ",
    "nl": "De minister zei maandag dat alle schepen de haven hadden verlaten en dat het niet zeker was of ze komen. ",
    "da": "Ministeren sagde, at alle skibe havde forladt havnen, og at de ikke vil vende hjem for at have ro. ",
    "fr": "Le ministre a déclaré lundi que tous les navires avaient quitté le port et qu'ils ne reviendraient pas. ",
    "es": "El ministro dijo el lunes que todos los barcos han salido del puerto y que no van a volver a la ciudad. ",
    "tr": "Bakan pazartesi günü bütün gemilerin limandan ayrıldığını ve bir daha geri dönmeyeceklerini söyledi. ",
}
ENGLISH = "The minister said on Monday that all ships had left the harbour and would not come back to it. "


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages(code: str) -> None:
    text = OTHERS[code] * 4
    words = WORD.findall(text.lower())
    assert sum(word in lore().english for word in words) < 0.8 * CLEAR * len(words)
    assert language(text) == code
    assert language(text.upper()) == code


def test_english_is_known_without_the_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid", None)  # an import of it would fail
    assert language(ENGLISH * 4) == language(ENGLISH.upper() * 4) == "en"


def test_a_short_text_is_not_judged() -> None:
    assert language(OTHERS["de"]) is None
    assert language("") is None
