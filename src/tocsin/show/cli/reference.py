"""The reference of the command line, `docs/cli.md`, made from the commands themselves:

python -m tocsin.show.cli.reference > docs/cli.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from typer.main import get_command

from tocsin import settings
from tocsin.show.cli.main import EXITS, SUMMARY, app

HEAD = f"""# The command line

<!-- made by `python -m tocsin.show.cli.reference > docs/cli.md`; do not edit -->

{SUMMARY}

{EXITS} Errors go to standard error, one line each, and say what to do; what can be read is read all the same.
"""

SETTINGS = """## Settings

A value comes from the command line, else from the environment, else from the settings file (TOML: `name = value`), else
it is the default. The file is `$TOCSIN_SETTINGS`, else `tocsin/settings.toml` in `$XDG_CONFIG_HOME` or `~/.config`.
"""

ENVIRONMENT = (
    ("TOCSIN_SETTINGS", "The settings file."),
    ("TOCSIN_DATA", "A folder of your own words, actors and rules, read after the package's."),
    ("TOCSIN_DEBUG", "With 1, an error shows where in the program it arose."),
    ("COLUMNS", "The width of the table, where it is not that of the terminal."),
    ("NO_COLOR", "Set to anything, the table has no colours."),
)


def reference() -> str:
    """The whole page, Markdown."""
    group: Any = get_command(app)
    parts = [HEAD, *(_command(name, command) for name, command in group.commands.items())]
    rows = ((f"`{row.name}`", f"`{row.variable}`", f"`{row.default}`", row.meaning) for row in settings.table())
    parts += [SETTINGS, _table(("setting", "variable", "default", "meaning"), rows)]
    parts += ["## Other variables\n", _table(("variable", "meaning"), ((f"`{n}`", m) for n, m in ENVIRONMENT))]
    return "\n".join(parts)


def _command(name: str, command: Any) -> str:
    """One command: what it does, its arguments and its options."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    usage = " ".join([f"tocsin {name}", *(one.metavar + "..." * (one.nargs == -1) for one in arguments), "[OPTIONS]"])
    rows = [*((f"`{one.metavar}`", one.help or "") for one in arguments), *map(_option, options)]
    return f"## tocsin {name}\n\n{command.help}\n\n```\n{usage}\n```\n\n{_table(('argument', 'meaning'), rows)}"


def _option(option: Any) -> tuple[str, str]:
    """An option as it is written, and what it means."""
    written = " ".join(part for part in (option.opts[-1], option.metavar) if part)
    return f"`{written}`".replace("|", "\\|"), (option.help or "").replace("|", "\\|")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    return "\n".join(_lines(list(head), rows)) + "\n"


def _lines(head: list[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    sys.stdout.write(reference())
