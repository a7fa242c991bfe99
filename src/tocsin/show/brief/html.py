"""A brief as one web page that stands alone: no script, nothing loaded, light and dark, made for the printer too."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from pathlib import Path

import jinja2
from markupsafe import Markup

from tocsin.show.brief.days import day_out
from tocsin.show.brief.record import Brief, Note

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
"""The style that a chart brings along."""

TEMPLATES = Path(__file__).parents[1] / "templates"


def render(brief: Brief) -> str:
    """The whole page. Its policy forbids every load and every script."""
    style = (TEMPLATES / "brief.css").read_text(encoding="utf-8")
    drawn = "".join(part.drawing.svg for one in brief.sections for part in one.parts if part.drawing)
    styles = dict.fromkeys([style, *STYLE.findall(drawn)])
    return _template().render(brief=brief, style=Markup(style), hashes=Markup(" ".join(map(_hash, styles))))


def _hash(style: str) -> str:
    """How the page's policy names a style that it admits."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def address(note: Note) -> str | None:
    """The address of a reference, if it is one that a page may link to."""
    return note.url if note.url and note.url.lower().startswith(("http://", "https://")) else None


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day_out, "svg": Markup, "address": address}
    return environment.get_template("brief.html")
