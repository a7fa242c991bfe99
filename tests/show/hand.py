"""Reports made by hand, without a parser."""

from __future__ import annotations

from typing import Any

from tocsin.model import Actor, Claim, Document, Figure, Mention, Place, Report, Source, Time

TEXT = (
    "SEOUL (Meridian) - The army said on Monday that at least 1,100 soldiers had been killed or wounded near Kursk.\n\n"
    "An official warned that the North could launch <missiles> & drones before the end of the year."
)


def at(words: str, text: str = TEXT) -> dict[str, Any]:
    """The fields of a mention of the words' first occurrence."""
    start = text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def document(**fields: Any) -> Document:
    return Document(**{"id": "army", "text": TEXT, "published": "2024-12-23", "title": "Losses", "body": 19} | fields)


def claim(trigger: str = "killed", text: str = TEXT, **fields: Any) -> Claim:
    empty: dict[str, Any] = dict.fromkeys(("actors", "recipients", "objects", "figures", "places", "sources"), ())
    start = text.index(trigger)
    sentence = next(part for part in text.split("\n\n") if trigger in part)
    given = empty | {
        "id": f"{start:016x}", "trigger": Mention(**at(trigger, text)), "type": "CASUALTIES", "mode": "combat",
        "status": "occurred", "time": None, "evidence": Mention(**at(sentence, text)), "confidence": 0.75,
        "made_by": "casualties.killed",
    }  # fmt: skip
    return Claim(**given | fields)


LOSSES = claim(
    "killed",
    recipients=(Actor(**at("soldiers"), country="PRK", sector="MIL"),),
    figures=(
        Figure(**at("at least 1,100"), what="killed_or_wounded", low=1100.0, high=None, qualifier="at_least"),
    ),
    places=(Place(**at("Kursk"), name="Kursk", country="RUS", country_name="Russia", lat=51.0, lon=36.25),),
    time=Time(**at("on Monday"), from_="2024-12-23", to="2024-12-23", timex="2024-12-23"),
    sources=(Source(**at("The army"), country="KOR", sector="MIL", level=0, manner="said", cue=Mention(**at("said"))),),
)  # fmt: skip

LAUNCH = claim(
    "launch",
    type="MOBILIZE", mode="test", status="possible",
    actors=(
        Actor(**at("the North"), name="North Korea", country="PRK", sector="GOV", antecedent=Mention(**at("North"))),
    ),
    objects=(Mention(**at("<missiles> & drones")),),
    time=Time(**at("before the end of the year"), from_=None, to="2024-12-31"),
    sources=(Source(**at("An official"), level=0, manner="warned", cue=Mention(**at("warned"))),),
)  # fmt: skip

REPORT = Report(document=document(), claims=(LOSSES, LAUNCH))
