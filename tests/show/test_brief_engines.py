"""The brief is the same whichever engine keeps the ledger."""

from __future__ import annotations

from brief_corpus import filled, gathered
from test_brief_golden import GOLDEN
from tests.ledger.conftest import fresh, ledger, postgres_server

from tocsin.ledger import Ledger
from tocsin.show.brief import markdown
from tocsin.show.brief.sections import brief_of

__all__ = ["fresh", "ledger", "postgres_server"]


def test_the_brief_is_that_of_the_other_engine(ledger: Ledger) -> None:
    assert markdown.render(brief_of(gathered(filled(ledger)))) == GOLDEN.read_text(encoding="utf-8")
