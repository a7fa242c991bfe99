"""One claim, with its evidence in the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.ledger import Found, Ledger, Query
from tocsin.model import Claim
from tocsin.show.desk.asked import address
from tocsin.show.desk.content.claims import Context, Shown, shown
from tocsin.show.desk.desk import Id, TheLedger, found
from tocsin.show.desk.rows import origin_parts, row_of
from tocsin.show.desk.templating import render
from tocsin.show.page import LEGEND, claim_view
from tocsin.show.plain import one_line
from tocsin.show.segments import Mark, Piece, cut, marks_of

router = APIRouter()

OTHERS = 5
"""So many claims that agree, and that disagree, are shown with their words; the situation has all."""


@router.get("/claims/{id}")
def show(request: Request, id: Id, ledger: TheLedger) -> Response:
    """The page."""
    held = found(shown(ledger, id), f"There is no claim {id}.")
    claim, origin = held.claim.claim, held.claim.document
    parts = {mark.part for mark in marks_of([claim])}
    return render(
        request,
        "claim.html",
        row=row_of(held.claim),
        view=claim_view(held.number or 0, claim),
        paragraphs=pieces(claim, held.context),
        legend=[(part, label) for part, label in LEGEND if part in parts],
        origin=origin,
        title=held.title,
        parts=origin_parts(origin),
        shown=held,
        links=dict(links(held)),
        agreeing=[row_of(one) for one in others(ledger, held, "agreeing")],
        contradicting=[row_of(one) for one in others(ledger, held, "contradicting")],
    )


def others(ledger: Ledger, held: Shown, stand: Literal["agreeing", "contradicting"]) -> list[Found]:
    """Claims of the same event that say what this one says, or otherwise, the first of them."""
    if held.situation is None or held.situation.corroboration is None:
        return []
    ids: tuple[str, ...] = getattr(held.situation.corroboration, stand)
    return ledger.claims_by_id(ids[:OTHERS])


def pieces(claim: Claim, context: Context) -> list[list[Piece]]:
    """The paragraphs around the evidence, cut where the parts of the claim begin and end."""
    length = context.end - context.start
    marks = [
        Mark(max(0, mark.start - context.start), min(length, mark.end - context.start), 1, mark.part)
        for mark in marks_of([claim])
        if mark.start < context.end and mark.end > context.start
    ]
    return list(cut(context.text, marks))


def links(held: Shown) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Where to look on from a claim, by the part of it that leads there."""
    claim = held.claim.claim
    names = [("a", "actor", claim.actors), ("r", "recipient", claim.recipients), ("s", "source", claim.sources)]
    for part, field, actors in names:
        named = dict.fromkeys(one_line(one.name or one.text) for one in actors if one.name or not one.antecedent)
        yield part, [(name, address("/find", Query(), **{field: name})) for name in named if name]
    places = dict.fromkeys(one_line(place.name or place.text) for place in claim.places)
    yield "p", [(name, address("/find", Query(), place=name)) for name in places if name]
