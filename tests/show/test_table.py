from __future__ import annotations

import io

import msgspec
import pytest
from hand import LAUNCH, REPORT, document
from rich.cells import cell_len
from rich.console import Console

from tocsin.model import Report
from tocsin.show import table


def printed(report: Report, width: int, color: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, highlight=False, force_terminal=color, color_system="standard" if color else None
    )
    table.show(report, console)
    return out.getvalue()


@pytest.mark.parametrize("width", range(40, 201, 8))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = printed(REPORT, width).splitlines()
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 200])
def test_everything_that_a_claim_says_is_shown(width: int) -> None:
    shown = " ".join(printed(REPORT, width).split())
    for said in ("The army", "occurred", "killed", "casualties · combat", "23 Dec 2024", "possible", "launch"):
        assert said in shown
    for word in ("soldiers", "[PRK]", "1,100", "Kursk", "<missiles>", "(warned)", "until", "Korea"):
        assert word in shown


@pytest.mark.parametrize("width", [60, 80, 119])
def test_a_narrow_terminal_gets_two_or_three_lines_a_claim(width: int) -> None:
    lines = printed(REPORT, width).splitlines()
    assert "who says" not in "\n".join(lines)
    assert len(lines) <= 2 + 2 * (4 if width < 80 else 3) + 1


def test_a_wide_terminal_gets_the_eight_columns() -> None:
    head = printed(REPORT, 120).splitlines()[2]
    assert [name for name in table.COLUMNS if name in head] == list(table.COLUMNS)


def test_objects_stand_where_the_text_has_them() -> None:
    text = "Ships were turned back with their cargo."
    fields = {"trigger": LAUNCH.trigger, "objects": LAUNCH.objects}
    before = msgspec.structs.replace(
        LAUNCH,
        trigger=msgspec.structs.replace(fields["trigger"], text="turned back", start=11, end=22),  # type: ignore[type-var]
        objects=(msgspec.structs.replace(fields["objects"][0], text="Ships", start=0, end=5),),  # type: ignore[index]
    )
    assert text.startswith("Ships")
    assert table.deed(before).plain == "Ships turned back"
    assert table.deed(LAUNCH).plain == "launch <missiles> & drones"


def test_status_has_its_colour_only_on_a_terminal() -> None:
    assert "\x1b[32moccurred" in printed(REPORT, 80, color=True)
    assert "\x1b" not in printed(REPORT, 80)


def test_text_of_others_cannot_speak_to_the_terminal() -> None:
    evil = Report(document=document(title="\x1b]0;owned\x07 [bold]News[/bold]", notes=("a\x1b[2Jb",)), claims=())
    shown = printed(evil, 80)
    assert "\x1b" not in shown
    assert "[bold]News[/bold]" in shown


def test_an_article_without_claims_says_so_and_shows_its_notes() -> None:
    shown = printed(Report(document=document(published=None, notes=("no date is known",)), claims=()), 80)
    assert "no date · no claims" in shown
    assert "note: no date is known" in shown


def test_a_long_word_does_not_break_the_table() -> None:
    long = document(title="x" * 300)
    assert max(map(cell_len, printed(Report(document=long, claims=(LAUNCH,)), 80).splitlines())) <= 80
