"""What belongs together, on a terminal: families, situations, who bears a claim out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from tocsin.judgement import Corroboration, Family, Link, Paper, Situation, Told
from tocsin.link.reliability import Reliable
from tocsin.link.voices import Voice, voices
from tocsin.show.plain import one_line, shorten
from tocsin.show.table import STATUS, deed, people
from tocsin.show.words import day_words, figure_words, place_words, time_words


def _grid(width: int) -> Table:
    """Two columns: a label of so many characters, and what belongs to it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=width, no_wrap=True)
    table.add_column(overflow="fold")
    return table


# ---- families


def families(found: Iterable[Family], papers: Mapping[str, Paper], width: int) -> Table:
    """Each family with its documents, the earliest first, and why each is of it."""
    table = _grid(16)
    for family in found:
        table.add_row(Text(counted(len(family.documents), "document"), style="bold"), _copy_of(family))
        reasons = {id: link for link in family.links for id in (link.a, link.b)}
        for id in family.documents:
            link = reasons.get(id) if id != family.id else None
            table.add_row(Text(id, style="cyan"), _document(papers[id], link, width - 18))
        table.add_row("", "")
    return table


def _copy_of(family: Family) -> Text:
    if len(family.documents) == 1:
        return Text("no other carries this copy", style="dim")
    return Text(f"one copy, written by {one_line(family.agency)}" if family.agency else "one copy")


def _document(paper: Paper, link: Link | None, width: int) -> Text:
    """Where and when a document stood, what it is called, and why it is kin."""
    day = day_words(paper.published) if paper.published else "no date"
    text = Text(" · ".join(one_line(part) for part in (paper.publisher or paper.agency, day) if part))
    title = one_line(paper.title) if paper.title else shorten(paper.text[paper.body :][:400], width)
    text.append(f"\n{title}", style="default")
    if link is not None:
        text.append(f"\n{link.score:.0%} with the first: {parts_words(link)}", style="dim")
    return text


def parts_words(link: Link) -> str:
    """The parts of a link's score, in one line: `containment 0.93, days 0`."""
    return ", ".join(f"{part.name} {part.value:.2f}".rstrip("0").rstrip(".") for part in link.parts)


def counted(number: int, noun: str) -> str:
    """`1 document`, `2 documents`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# ---- situations


def situations(found: Iterable[Situation]) -> Table:
    """Three lines a situation: what it is, the kind of it, who tells it."""
    table = _grid(8)
    for one in found:
        text = Text.assemble((one_line(one.title), "bold"), "\n", kind_words(one), "\n", (one.id, "cyan"))
        text.append(f"  {told_words(one)}", style="dim")
        table.add_row(Text(one.status, style=STATUS[one.status]), text)
    return table


def kind_words(one: Situation) -> Text:
    """Type and mode, place and time in one line."""
    kind = " · ".join(part.lower().replace("_", " ") for part in (one.type, one.mode) if part)
    parts = [Text(kind, style="dim")]
    if one.place is not None:
        country = f" [{one.place.country}]" if one.place.country else ""
        parts.append(Text(f"{one_line(one.place.name or one.place.text)}{country}"))
    if one.begins or one.ends:
        parts.append(Text(span_words(one.begins, one.ends)))
    return Text(" | ", style="bright_black").join(parts)


def span_words(begins: str | None, ends: str | None) -> str:
    """An interval of days: `7 Aug 1998`, `since 1 Aug 1998`, `1998-08-01…1998-08-07`."""
    if begins == ends and begins is not None:
        return day_words(begins)
    if ends is None:
        return f"since {day_words(begins or '')}"
    return f"{begins}…{ends}" if begins else f"until {day_words(ends)}"


def told_words(one: Situation) -> str:
    """How many claims, articles and independent reports tell of it."""
    said = f"{counted(len(one.claims), 'claim')} in {counted(one.documents, 'article')}"
    return said if one.documents == 1 else f"{said}, {one.families:,} independent"


def situation(one: Situation, tolds: Sequence[Told], width: int, explain: bool) -> Iterator[Text | Table]:
    """A situation whole: its head, its history, its claims by source; with `explain` why each claim is of it."""
    yield Text(one_line(one.title), style="bold")
    yield kind_words(one)
    yield Text(f"{one.id}  {told_words(one)}", style="dim")
    yield Text()
    yield _history(one)
    reasons = _reasons(one) if explain else {}
    by_claim = voices(tolds)
    for voice, said in _by_voice(tolds, by_claim):
        yield Text()
        yield Text.assemble((one_line(voice.name), "bold"), (_whose(voice), "dim"))
        yield _claims(said, width, reasons)


def _history(one: Situation) -> Table:
    """How it was told to stand, turn by turn."""
    table = _grid(12)
    for turn in one.history:
        words = Text.assemble((turn.status, STATUS[turn.status]), (f"  by {turn.claim}", "dim"))
        table.add_row(Text(day_words(turn.on) if turn.on else "no date", style="dim"), words)
    return table


def _by_voice(tolds: Sequence[Told], by_claim: Mapping[str, Voice]) -> list[tuple[Voice, list[Told]]]:
    """The claims by who gives them: who says most first, of equals who said so first."""
    found: dict[str, list[Told]] = {}
    for told in tolds:
        found.setdefault(by_claim[told.id].key, []).append(told)
    rows = [(by_claim[said[0].id], said) for said in found.values()]
    return sorted(rows, key=lambda row: (row[0].by == "document", -len(row[1])))


def _whose(voice: Voice) -> str:
    """What of a source is not in its name."""
    kind = {"agency": "agency", "publisher": "paper", "document": "names nobody"}.get(voice.by, "")
    return "  " + " ".join(part for part in (voice.country, voice.sector, kind) if part)


def _claims(said: Sequence[Told], width: int, reasons: Mapping[str, Link]) -> Table:
    """One line or two a claim, under its status."""
    table = _grid(8)
    for told in said:
        table.add_row(Text(told.claim.status, style=STATUS[told.claim.status]), _claim(told, reasons.get(told.id)))
    return table


def _claim(told: Told, link: Link | None) -> Text:
    """Who does what to whom; how many, where, when; where it stands, and why it is told of the same."""
    claim = told.claim
    first = Text(" ").join(part for part in (people(claim.actors, ", "), deed(claim)) if part)
    if claim.recipients:
        first = Text(" ▸ ").join([first, people(claim.recipients, ", ")])
    details = [*map(figure_words, claim.figures), *map(place_words, claim.places)]
    if claim.time:
        details.append(time_words(claim.time))
    if details:
        first.append(f"\n{' | '.join(details)}")
    where = [told.publisher or told.agency, day_words(told.published) if told.published else "no date"]
    first.append(f"\n{told.id}", style="cyan")
    first.append("  " + " · ".join(one_line(part) for part in where if part), style="dim")
    if link is not None:
        other = link.a if link.b == told.id else link.b
        first.append(f"\nwith {other}, {link.score:.2f}: {_signed(link)}", style="dim")
    return first


def _signed(link: Link) -> str:
    """The parts of a score with what each added."""
    return ", ".join(f"{part.name} {part.value:+.2f}".rstrip("0").rstrip(".") for part in link.parts)


def _reasons(one: Situation) -> dict[str, Link]:
    """The link by which each claim of a situation is of it: that to a claim told before it."""
    place = {id: at for at, id in enumerate(one.claims)}
    found: dict[str, Link] = {}
    for link in one.links:
        later = max((link.a, link.b), key=lambda id: place.get(id, -1))
        found.setdefault(later, link)
    return found


# ---- one claim among the others


def borne_out(found: Corroboration, voice: Voice, graded: Reliable | None) -> list[tuple[str, str]]:
    """Who else says what a claim says, and how reliable the user holds its source to be: rows of a label and words."""
    rows = [("credibility", f"{found.credibility} of 6: {found.why}")]
    if graded is not None:
        rows.append(("reliability", f"{one_line(voice.name)}: {graded.grade}, {graded.means} ({one_line(graded.why)})"))
    if found.agreeing:
        rows.append(("says so too", _ids(found.agreeing)))
    if found.contradicting:
        rows.append(("against it", _ids(found.contradicting)))
    return rows


def _ids(ids: Sequence[str], most: int = 8) -> str:
    more = len(ids) - most
    return ", ".join(ids[:most]) + (f" and {more} more" if more > 0 else "")
