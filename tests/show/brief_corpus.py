"""Some passages of the example reports (`examples/october-1962`), their claims read by hand, so that a brief of them
does not depend on what the reader makes of them; and what is judged of them across documents."""

from __future__ import annotations

import datetime
from typing import NamedTuple

import msgspec
from marked import claim, plain
from tests.ledger.made import READER

from tocsin.judgement import Situation, Turn
from tocsin.ledger import Found, Ledger
from tocsin.ledger.alerts import Alert, Cited
from tocsin.model import Claim, Document, Report, Status
from tocsin.show.brief.gather import Ask, Gathered, gather

SEEN = datetime.datetime(1962, 10, 29, tzinfo=datetime.UTC)
UNTIL = "1962-10-28"
CUBA = "Cuba;Cuba;22.0;-79.5"


class Passage(NamedTuple):
    """A sentence of a report, marked, and what the claim is."""

    marked: str
    kind: str
    mode: str | None = None
    status: Status = "occurred"


REPORTS: dict[tuple[str, str, str, str, str], tuple[Passage, ...]] = {
    ("gromyko-visit", "The Northmoor Chronicle", "Atlas", "1962-10-18", "Gromyko assures Kennedy on Cuba"): (
        Passage("[a:Soviet Foreign Minister Andrei Gromyko] [t:met] [a:President Kennedy] at the White House "
                "[w:on Thursday=1962-10-18] and assured him that Soviet aid to Cuba was solely for the defence of the "
                "island, [s:American officials] [c:said].", "CONSULT", "visit"),
        Passage("A [t:meeting] between [a:Kennedy] and [a:Premier Nikita Khrushchev] is possible "
                "[w:later this year=1962-10-18..1962-12-31], [s:a diplomat] [c:said] on condition of anonymity.",
                "CONSULT", None, "possible"),
    ),
    ("pentagon-denial", "The Potomac Courier", "Meridian", "1962-10-19", "Pentagon denies reports of missiles"): (
        Passage("[s:The Defense Department~denied] [c:denied] on Friday that [a:the armed forces] were "
                "[t:preparing] [o:emergency measures] against [r:Cuba].", "MOBILIZE", None, "denied"),
        Passage("Off Puerto Rico, Hurricane Ella has held up an [t:exercise] in which "
                "[f:about 7,500=troops about 7500] [a:Marines] were to land on "
                "[p:Vieques=Vieques;Puerto Rico;18.12;-65.44], [c:according to] [s:naval officers].",
                "MOBILIZE", "exercise", "planned"),
    ),
    ("quarantine-ordered", "The Potomac Courier", "Meridian", "1962-10-22", "Kennedy orders quarantine of Cuba"): (
        Passage("[s:President Kennedy] [c:said] on Monday that [a:the Soviet Union] was [t:building] [o:bases] for "
                f"nuclear missiles in [p:Cuba={CUBA}], and he ordered a naval quarantine of the island until the "
                "weapons were withdrawn.", "MOBILIZE", "fortify", "ongoing"),
        Passage("[s:President Kennedy] [c:said] on Monday that the Soviet Union was building bases for nuclear "
                "missiles in Cuba, and [a:he=President Kennedy] [t:ordered] a naval quarantine of [r:the island] until "
                "the weapons were withdrawn.", "COERCE", "restrict", "planned"),
        Passage("Ships carrying offensive weapons to Cuba will be [t:turned back].", "COERCE", "restrict", "planned"),
    ),
    ("quarantine-reprint", "The Bayside Examiner", "Meridian", "1962-10-23", "Quarantine of Cuba"): (
        Passage("Ships carrying offensive weapons to Cuba will be [t:turned back].", "COERCE", "restrict", "planned"),
    ),
    ("troop-estimate", "The Northmoor Chronicle", "Halcyon", "1962-10-23", "Twice as many Russians as thought"): (
        Passage("[f:Between 8,000 and 10,000=troops range 8000..10000] [a:Soviet troops and technicians] are "
                f"[t:stationed] in [p:Cuba={CUBA}], about twice as many as Washington believed three weeks ago, "
                "[s:U.S. officials who declined to be named] [c:said] on Tuesday.", "STRENGTH", "deployed", "ongoing"),
        Passage("[s:The State Department~estimated] had [c:put] the number of [a:Soviet technicians] [t:there] at "
                "[f:4,500=troops exact 4500] on Oct. 3.", "STRENGTH", "deployed", "ongoing"),
        Passage("[s:Defense Secretary Robert McNamara] [c:told] reporters on Monday night that some 25 Soviet ships "
                "were on their way to Cuba and that [a:the Navy] would [t:use force] if they refused to stop.",
                "ASSAULT", None, "possible"),
    ),
    ("line-is-drawn", "The Western Ledger", "Meridian", "1962-10-24", "Some Soviet ships change course"): (
        Passage("[a:The United States Navy] began to [t:blockade] "
                f"[p:Cuba={CUBA}] [w:at 10 a.m. on Wednesday=1962-10-24], and some of the Soviet ships that were "
                "steaming toward the island appeared to have changed course or stopped, "
                "[s:the Defense Department] [c:said].", "COERCE", "restrict"),
        Passage("The first of them could [t:reach] the line within hours, [s:officials~warned] had "
                "[c:warned] on Tuesday.",
                "MOBILIZE", "weapons", "possible"),
    ),
    ("ships-turn-back", "The Harbour Gazette", "Halcyon", "1962-10-25", "Half the Soviet ships turn back"): (
        Passage("[f:At least 12=vehicles at_least 12..] of the 25 [a:Soviet ships] that were bound for Cuba have "
                "[t:turned back], presumably because they carry weapons, [s:the Pentagon] [c:said] Thursday.",
                "RETREAT", "withdraw"),
        Passage("A few of the sites could be fully [t:operational] by [w:the weekend=..1962-10-28], "
                "[s:he~warned=a spokesman] [c:warned].", "MOBILIZE", "weapons", "possible"),
    ),
    ("plane-shot-down", "The Bayside Examiner", "Halcyon", "1962-10-28", "Pilot lost over Cuba"): (
        Passage("[o:A U.S. reconnaissance plane] was [t:lost] over "
                f"[p:Cuba={CUBA}] [w:on Saturday=1962-10-27] and its pilot is presumed dead, "
                "[s:the Defense Department] [c:said].", "CASUALTIES", "combat"),
        Passage("However, [s:Cuba] [c:said] that its anti-aircraft units had [t:opened fire] on [o:planes] that "
                "violated its airspace.", "ASSAULT", "firearms"),
        Passage("[s:It=Cuba] did not [c:say] whether a Soviet or a Cuban crew had [t:fired] [o:the missile].",
                "ASSAULT", "missile", "possible"),
        Passage("In Bermuda, [o:an RB-47 jet] that was to search for Soviet ships [t:crashed] on take-off "
                "[w:on Saturday=1962-10-27], killing all [f:four=killed exact 4] of its crew, "
                "[c:according to] [s:an Air Force spokesman].", "CASUALTIES", "accident"),
    ),
}  # fmt: skip


def reports() -> list[Report]:
    """The reports, each with its claims."""
    made = []
    for (name, publisher, agency, published, title), passages in REPORTS.items():
        sentences = list(dict.fromkeys(plain(one.marked) for one in passages))
        text = "\n\n".join(sentences)
        document = Document(
            id=name, text=text, title=title, publisher=publisher, agency=agency, published=published, language="en",
            url=f"https://www.{publisher.removeprefix('The ').replace(' ', '-').lower()}.example/{name}",
        )  # fmt: skip
        made.append(Report(document=document, claims=tuple(_claim(one, text) for one in passages)))
    return made


def _claim(passage: Passage, text: str) -> Claim:
    at = text.index(plain(passage.marked))
    return claim(passage.marked, passage.status, passage.kind, passage.mode, at=at)


def filled(ledger: Ledger) -> Ledger:
    """The ledger with the reports."""
    ledger.add_many(reports(), SEEN, reader=READER)
    return ledger


def gathered(ledger: Ledger) -> Gathered:
    """What a brief of two weeks needs, with judgements made by hand."""
    plain_ = gather(ledger, Ask(days=14, until=UNTIL))
    by_words = {one.claim.trigger.text: one for one in plain_.found}
    force = _situation("Blockade of Cuba", plain_, by_words["ordered"], by_words["blockade"])
    reprint = [one for one in plain_.found if one.claim.trigger.text == "turned back" and one.claim.type == "COERCE"]
    turned = _situation("Ships turned back", plain_, *reprint)
    told = {id: msgspec.structs.replace(one, family=reprint[0].document.id)
            if one.document == reprint[1].document.id else one for id, one in plain_.told.items()}  # fmt: skip
    alert = _alert(by_words["building"])
    return msgspec.structs.replace(plain_, situations=(force, turned), told=told, alerts=(alert,))


def _situation(title: str, of: Gathered, *found: Found) -> Situation:
    first = found[0].claim
    turns = tuple(Turn(on=one.document.published, status=one.claim.status, claim=one.id) for one in found)
    return Situation(
        id=found[0].id, title=title, type=first.type, mode=first.mode, status=found[-1].claim.status, begins=None,
        ends=None, place=None, claims=tuple(one.id for one in found), documents=len(found), families=len(found),
        history=turns, links=(),
    )  # fmt: skip


def _alert(found: Found) -> Alert:
    cited = Cited(id=found.id, claim=found.claim, document=found.document.id, family=found.document.id)
    return Alert(
        id="0" * 16, indicator="fortified", pack="build-up", title="Bases are built", why="", level="high", rank=3,
        about="SUN", day="1962-10-22", reason="1 claim in 7 days, at least 1 was asked for", claims=(cited,), count=1,
        documents=1, independent=1, sources=("Meridian",),
    )  # fmt: skip
