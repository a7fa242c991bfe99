"""The heads and feet of wire stories. All stories here are invented."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.read.dates import Day
from tocsin.read.header import read_header
from tocsin.read.lore import lore

HEADS = [
    # text, where the report begins, dateline, agency, byline
    ("By Ann Poole\nVARNA (Reuters) – The ministry said", "The ministry", "VARNA", "Reuters", "By Ann Poole"),
    ("TUNIS, Tunisia (AP) _\n\nU.S. divers left", "U.S. divers", "TUNIS, Tunisia", "AP", None),
    ("AMMAN (AP)_ Some 1,500 drivers", "Some 1,500", "AMMAN", "AP", None),
    ("HAVANA (AP ) --\n\nThe grandmother", "The grandmother", "HAVANA", "AP", None),
    ("MACON, GA. (AP)--\n\nThree states", "Three states", "MACON, GA.", "AP", None),
    ("LISBON, August 8 (Xinhua) --\n\nThe cabinet", "The cabinet", "LISBON, August 8", "Xinhua", None),
    (
        "DENVER | Tue Aug 30, 2011 12:08 am EDT DENVER (Reuters) - Crews loyal",
        "Crews loyal", "DENVER | Tue Aug 30, 2011 12:08 am EDT", "Reuters", None,
    ),
    ("June 30 | Thu Jun 30, 2011 10:00 am EDT June 30 (Reuters) - Here are", "Here are",
     "June 30 | Thu Jun 30, 2011 10:00 am EDT", "Reuters", None),
    ("By Ann Poole ACCRA | Wed May 11, 2011 7:50 am EDT ACCRA (Reuters) - Rain fell", None,
     "ACCRA | Wed May 11, 2011 7:50 am EDT", "Reuters", "By Ann Poole"),
    ("LONDON, Oct 3 — The navy", "The navy", "LONDON, Oct 3", None, None),
    ("PARIS — The navy", "The navy", "PARIS", None, None),
    ("DETROIT - Detroit police", "Detroit police", "DETROIT", None, None),
    ("MADISON, Wis. -\n\nThe second ship", "The second ship", "MADISON, Wis.", None, None),
    ("BEIRUT, Lebanon – The navy", "The navy", "BEIRUT, Lebanon", None, None),
    ("Tunis, Tunisia – The navy", "The navy", "Tunis, Tunisia", None, None),
    ("(CNN) -- The navy", "The navy", None, "CNN", None),
    ("(Reuters) - The navy", "The navy", None, "Reuters", None),
    ("Washington (CNN)\nThe navy", "The navy", "Washington", "CNN", None),
    ("Washington (CNN)The navy", "The navy", "Washington", "CNN", None),
    ("Paris (AFP) – The navy", "The navy", "Paris", "AFP", None),
    ("Pyongyang, August 8 (KCNA) -- The navy", "The navy", "Pyongyang, August 8", "KCNA", None),
    ("By Ann Poole, CNN Divers have left", "Divers have", None, "CNN", "By Ann Poole, CNN"),
    ("By Ann Poole and Tom Reed, Special to CNN Divers have", "Divers have", None, "CNN",
     "By Ann Poole and Tom Reed, Special to CNN"),
    ("By the CNN Wire Staff Divers at a camp", "Divers at", None, "CNN", "By the CNN Wire Staff"),
    ("January 27, 2011 | By Ann Poole and Tom Reed, CNN Divers have", "Divers have", None, "CNN",
     "By Ann Poole and Tom Reed, CNN"),
    ("   SAN JOSE, 3 JAN 90 (ACAN-EFE) -- [TEXT] THE NAVY", "THE NAVY", "SAN JOSE, 3 JAN 90", "ACAN-EFE", None),
    ("   TOKYO (JAPAN), 7 DEC 89 (KYODO) -- [TEXT] THE NAVY", "THE NAVY", "TOKYO (JAPAN), 7 DEC 89", "Kyodo", None),
    ("   LIMA, 12 OCT 89 (RADIO DEL SOL) -- [PRESS TALK WITH\nTHE MINISTER] [TEXT]\nI SAY", "I SAY",
     "LIMA, 12 OCT 89", "RADIO DEL SOL", None),
    ("AMES, Iowa, Aug. 10 (UPI) — The mayor", "The mayor", "AMES, Iowa, Aug. 10", "UPI", None),
    ("EDMONTON, Ky (WBKO) -- One man", "One man", "EDMONTON, Ky", "WBKO", None),
    ("Salem, Ky. (November 28, 2016) – Police", "Police", "Salem, Ky.", None, None),
    ("SALEM, KY--(Marketwire - December 23, 2010) -  Ships", "Ships", "SALEM, KY", "Marketwire", None),
    ("MOSCOW, December 23. /TASS/. The navy", "The navy", "MOSCOW, December 23", "TASS", None),
    ("NEW DELHI, Aug 8 (PTI) The navy", "The navy", "NEW DELHI, Aug 8", "PTI", None),
    ("ISLAMABAD: The navy sailed", "The navy", "ISLAMABAD", None, None),
    ("December 23, 2024 (KHARTOUM) – The navy", "The navy", "December 23, 2024 (KHARTOUM)", None, None),
    ("DAR ES SALAAM, Tanzania (AP) _ The navy", "The navy", "DAR ES SALAAM, Tanzania", "AP", None),
    ("RIO de JANEIRO, Brazil (AP) - The navy", "The navy", "RIO de JANEIRO, Brazil", "AP", None),
    ("PORT-AU-PRINCE (AFP) – The navy", "The navy", "PORT-AU-PRINCE", "AFP", None),
    ("SÃO PAULO (Reuters) - The navy", "The navy", "SÃO PAULO", "Reuters", None),
    ("BEIRUT/AMMAN, Aug 5 (Reuters) - The navy", "The navy", "BEIRUT/AMMAN, Aug 5", "Reuters", None),
    ("HAVANA (Meridian) -- Soviet ships", "Soviet ships", "HAVANA", "Meridian", None),
    ("HAVANA, Oct. 22 (Meridian News) - Soviet ships", "Soviet ships", "HAVANA, Oct. 22", "Meridian News", None),
    ("By ANN POOLE, Associated Press Writer\n\nACCRA, Ghana (AP) — Rain", "Rain", "ACCRA, Ghana", "AP",
     "By ANN POOLE, Associated Press Writer"),
    ("By ANN POOLE\nAssociated Press Writer\nACCRA, Ghana (AP) — Rain", "Rain", "ACCRA, Ghana", "AP", "By ANN POOLE"),
    ("Dec 23, 2024\n\nThe navy", "The navy", None, None, None),
    ("GENEVA (8 August 2024) – The navy", "The navy", "GENEVA", None, None),
    ("LAHORE, Aug 8 (APP): The navy", "The navy", "LAHORE, Aug 8", "APP", None),
    ("TRIPOLI, Libya: The navy", "The navy", "TRIPOLI, Libya", None, None),
    ("MOSCOW. Dec 23 (Interfax) - The navy", "The navy", "MOSCOW. Dec 23", "Interfax", None),
    ("SALEM, Aug. 8, 2024 /PRNewswire/ -- The navy", "The navy", "SALEM, Aug. 8, 2024", "PRNewswire", None),
    ("NEW YORK--(BUSINESS WIRE)--The navy", "The navy", "NEW YORK", "Business Wire", None),
    ("Kyiv, 23 December 2024 – The navy", "The navy", "Kyiv, 23 December 2024", None, None),
    ("seoul (reuters) - the navy said that all of its ships had left the old harbour in the night, and more",
     "the navy", "seoul", "Reuters", None),
    ("By Ann Poole | Dec 23, 2024 | 10:15 am\nThe navy", "The navy", None, None, "By Ann Poole"),
    ("By Ann Poole, Reuters\n\nThe navy", "The navy", None, "Reuters", "By Ann Poole, Reuters"),
    ("Ships leave\n\nBy Atlas's harbour correspondent\n\nVARNA, Oct. 25 (Atlas) - The navy", "The navy",
     "VARNA, Oct. 25", "Atlas", "By Atlas's harbour correspondent"),
    ("From our wire services\n\nVARNA, Oct. 23 - The navy", "The navy", "VARNA, Oct. 23", None,
     "From our wire services"),
    ("By Ann Poole for CNN\nThe navy", "The navy", None, None, "By Ann Poole for CNN"),
    ("Ships leave the harbour\nDecember 23, 2024\nBy Ann Poole\n\nVARNA, Bulgaria — The navy", "The navy",
     "VARNA, Bulgaria", None, "By Ann Poole"),
    ("Tuesday 1 February 2005 02.38 GMT On the day", "On the day", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "begins", "dateline", "agency", "byline"), HEADS, ids=[h[0][:40] for h in HEADS])
def test_heads(text: str, begins: str | None, dateline: str | None, agency: str | None, byline: str | None) -> None:
    found = read_header(text)
    assert (found.dateline, found.agency, found.byline) == (dateline, agency, byline)
    if begins is not None:
        assert text[found.body :].startswith(begins)


PLAIN = [
    "NATO — The alliance met.",
    "FBI - The bureau said so.",
    "BREAKING — The navy sailed.",
    "EXCLUSIVE: The navy sailed.",
    "PLEASE NOTE: We are closed.",
    "By Monday, the ships had left the harbour.",
    "By Monday\nthe ships had left.",
    "By leaving the port, the navy made room.",
    "Joint Chiefs (JCS) - The ships left.",
    "Senator Poole (D) – He said so.",
    "The ministry (MOD) - which had ships - said so.",
    "ISIS — the group that holds the port — said so.",
    "POOLE: We are here.\nREED: Yes, we are.",
    "Venice, August 29 - September 8 Ships meet.",
    "The US - Iran talks (AP) went on.",
    "U.S. and British ships left — The Hague was told.",
    "On Tuesday 1 February 2005 the ships left.",
    "the navy (ap) - the oldest in the world - left the harbour in the night, it said in a statement today",
    "By the end of it the staff\nhad left the harbour.",
    "From the harbour came the news.\n\nThe navy said so.",
    "By Dec 23, 2024 the ships had left.",
    "The navy (8 August 2024) – The ships left.",
    "MINISTER: The ships left.\nREPORTER: All of them?",
    "Poole, Navy – He said so.",
    "Ann Poole, the minister – She said so.",
    "",
    " \n ",
    "(",
    "By",
    "By ",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_sentence_is_no_head(text: str) -> None:
    found = read_header(text)
    assert (found.body, found.dateline, found.byline, found.spans) == (0, None, None, ())


def test_what_stands_before_a_dateline_is_not_lost() -> None:
    text = "Ships leave the harbour as rain falls TUNIS | Fri Aug 5, 2011 8:12 am IST TUNIS (Reuters) - The navy said"
    found = read_header(text)
    assert found.body == 0
    assert found.agency == "Reuters"
    assert found.day == Day(2011, 8, 5)
    (span,) = found.spans
    assert text[span[0] : span[1]] == "TUNIS | Fri Aug 5, 2011 8:12 am IST TUNIS (Reuters) - "


def test_a_caption_above_the_dateline_is_kept_and_a_headline_is_not() -> None:
    caption = "A sailor stands on the pier of the old harbour and looks at ships that burn.\nTUNIS (Reuters) - The navy"
    assert read_header(caption).body == 0
    headline = "Ships burn in Tunis\n\nTUNIS (Reuters) - The navy said"
    found = read_header(headline)
    assert found.title == "Ships burn in Tunis"
    assert headline[found.body :] == "The navy said"


def test_a_known_title_is_head() -> None:
    text = "Ships burn, minister says.\nThe navy said so."
    assert read_header(text).body == 0
    assert text[read_header(text, "Ships burn, minister says.").body :] == "The navy said so."


DAYS = [
    ("LIMA, August 8 (Xinhua) -- The", Day(None, 8, 8)),
    ("LIMA, 3 JAN 90 (EFE) -- THE", Day(1990, 1, 3)),
    ("LIMA | Tue Aug 30, 2011 12:08 am EDT LIMA (Reuters) - The", Day(2011, 8, 30)),
    ("Dec 23, 2024\nThe navy", Day(2024, 12, 23)),
    ("2024-12-23\nThe navy", Day(2024, 12, 23)),
    ("Updated 3:15 PM EST, Mon December 23, 2024\nThe navy", Day(2024, 12, 23)),
    ("Published: 23 December 2024 14:02 GMT\nThe navy", Day(2024, 12, 23)),
    ("By Ann Poole | Dec 23, 2024 | 10:15 am\nThe navy", Day(2024, 12, 23)),
    ("GENEVA (8 August 2024) – The navy", Day(2024, 8, 8)),
    ("LIMA, February 30 (Xinhua) -- The", None),
    ("LIMA (Reuters) - The navy left on May 3, 2011.", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: Day | None) -> None:
    assert read_header(text).day == day


def test_the_foot_names_agency_and_writer() -> None:
    text = "The navy left.\n(Reporting by Ann Poole in Varna; Editing by Tom Reed)"
    found = read_header(text)
    assert (found.agency, found.byline, found.body) == ("Reuters", "Reporting by Ann Poole", 0)
    assert read_header("LIMA (EFE) -- The navy left. (AP)").agency == "EFE"


@pytest.mark.parametrize("number", range(len(lore().feet)))
def test_examples_of_feet(number: int) -> None:
    from tocsin.lexicon import read_all
    from tocsin.read.lore import File

    rule = [foot for part in read_all("agencies.yaml", File) for foot in part.feet][number]
    assert rule.examples
    for text in rule.examples:
        assert read_header("The navy left.\n" + text).agency is not None, text
    for text in rule.not_:
        assert read_header(text).agency is None, text


def test_every_agency_is_found_by_each_of_its_forms() -> None:
    for form, name in lore().names.items():
        assert lore().agency(form.upper()) == name


HOSTILE = [
    "A" * 5000, "A " * 5000, "AB, " * 3000, "A-" * 4000, "A.B." * 3000, "(" * 5000, "(A" * 4000,
    " " * 9000, "\n" * 9000,
    "By " * 3000, "By A B, " * 2000, "By Ann Poole and " * 2000, "LONDON, Oct " * 900, "1 May " * 2000, "A'" * 4000,
    "TITLE Case " * 900, "Aa-" * 3000, "A/" * 5000, "LONDON (" * 900, "[A] " * 3000, "-- " * 3000,
    "May 1, 2011 | " * 900,
    "LONDON | " * 900, "(c) Copyright © " * 900, "Reporting by A" * 900, "(Reporting by A; " * 900,
    "a b c " * 3000 + "(AP",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_no_head_is_slow(text: str) -> None:
    lore()
    began = time.perf_counter()
    read_header(text)
    assert time.perf_counter() - began < 0.25


PIECES = [
    "LONDON", "Paris", ", ", " (AP)", " -- ", "By Ann Poole", "\n", "Oct 3", "2011", " | ", "The navy", ".", "_", "(",
    ")",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join))
def test_any_text_has_a_head_within_it(text: str) -> None:
    found = read_header(text)
    assert 0 <= found.body <= len(text)
    assert all(0 <= start <= end <= len(text) for start, end in found.spans)
    assert found == read_header(text)
    if found.body < len(text):
        assert found.body == 0 or not text[found.body].isspace()
