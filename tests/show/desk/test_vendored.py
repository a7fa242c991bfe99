"""What was taken from others is as it was taken, has its licence beside it, and asks nothing of another host."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = (ROOT / "src/tocsin/show/desk/static/vendor", ROOT / "tests/show/desk/vendor")
STYLES = sorted((ROOT / "src/tocsin/show/desk/static/map").glob("*.json"))


def manifest(folder: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return held


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_file_is_the_one_that_was_written(folder: Path) -> None:
    held = manifest(folder)
    assert sorted(held) == sorted(path.name for path in folder.iterdir() if path.name != "manifest.json")
    changed = [
        name for name in held if hashlib.sha256((folder / name).read_bytes()).hexdigest() != held[name]["sha256"]
    ]
    assert changed == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_package_has_its_licence_beside_it_and_is_named_in_the_documents(folder: Path) -> None:
    told = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    held = manifest(folder)
    for entry in held.values():
        if entry["package"] != "tocsin":
            files = [name for name, other in held.items() if other["package"] == entry["package"]]
            assert any(name.endswith("LICENSE") for name in files)
            assert f"{entry['package']} {entry['version']}" in told.replace("MapLibre GL JS", "maplibre-gl").replace(
                "htmx ", "htmx.org "
            )


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_the_style_of_the_map_takes_all_it_shows_from_the_desk(path: Path) -> None:
    style = json.loads(path.read_text(encoding="utf-8"))
    assert not {"glyphs", "sprite"} & style.keys()
    for source in style["sources"].values():
        assert (ROOT / "src/tocsin/show/desk" / source["data"].lstrip("/")).is_file()


def test_light_and_dark_differ_in_colours_alone() -> None:
    light, dark = (json.loads(path.read_text(encoding="utf-8")) for path in (STYLES[1], STYLES[0]))
    assert [layer["id"] for layer in light["layers"]] == [layer["id"] for layer in dark["layers"]]
    assert light["sources"] == dark["sources"]
