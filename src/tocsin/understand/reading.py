"""A document understood: its parse and what was found in it, before any claim is read."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.gazetteer import gazetteer
from tocsin.model import Document, Place, Time
from tocsin.understand.actors import Cast
from tocsin.understand.figures import FoundFigure, find_figures_with_tokens
from tocsin.understand.parse import Parse
from tocsin.understand.places import find_places
from tocsin.understand.times import find_times


@dataclass(frozen=True)
class Reading:
    """All that the claim stage looks at."""

    document: Document
    parse: Parse
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    figures: tuple[FoundFigure, ...]
    cast: Cast


def understand(document: Document, parse: Parse) -> Reading:
    """Find times, places, figures and actors in a parsed document."""
    places = tuple(find_places(parse, gazetteer(), document.dateline))
    return Reading(
        document=document,
        parse=parse,
        times=tuple(find_times(parse, document.published)),
        places=places,
        figures=tuple(find_figures_with_tokens(parse)),
        cast=Cast.of(parse, document.published, places),
    )
