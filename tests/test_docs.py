"""The documents keep to the tree: links lead somewhere, targets and dependencies exist, README's code runs."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tocsin

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")
MAKE = re.compile(r"\bmake ([a-z]+)\b")
TARGET = re.compile(r"^([a-z]+):.*?## ", re.MULTILINE)
PATH = re.compile(r"`((?:src|tests|docs|scripts|examples)/[\w./-]+)`")
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9._-]+")
COMMAND = re.compile(r"(?:^|/)tocsin ([a-z]+)\b", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return [code for said, code in FENCE.findall(text) if said == language]


def code_in(text: str) -> str:
    """What a document sets as code, in spans and in blocks."""
    return "\n".join([*(code for _, code in FENCE.findall(text)), *re.findall(r"`([^`\n]+)`", FENCE.sub("", text))])


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    return {plain(found.group()) for line in requirements if (found := NAME.match(line))}


def declared() -> Iterator[tuple[str, set[str]]]:
    """Each place of pyproject.toml that names dependencies, with their names."""
    project = PROJECT["project"]
    yield "dependencies", named(project["dependencies"])
    for extra, lines in project["optional-dependencies"].items():
        yield extra, named(lines)
    for group, lines in PROJECT["dependency-groups"].items():
        yield group, named(lines)
    yield "build-system", named(PROJECT["build-system"]["requires"])


def pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall(read(name)):
        found.setdefault(plain(package), set()).add(version)
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    """The first names of all modules that a module imports by their full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_there_are_documents() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in DOCUMENTS}
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/dependencies.md"} <= names


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_relative_links_and_paths_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = [link for link in LINK.findall(FENCE.sub("", text)) if not re.match(r"[a-z]+:|#", link)]
    missing = [link for link in links if not (path.parent / link.split("#")[0]).exists()]
    missing += [name for name in PATH.findall(text) if not (ROOT / name).exists()]
    assert not missing


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_make_target_named_exists(path: Path) -> None:
    targets = set(TARGET.findall(read("Makefile")))
    assert set(MAKE.findall(code_in(path.read_text(encoding="utf-8")))) <= targets


def test_makefile_has_what_it_promises() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert phony
    assert set(phony.group(1).split()) == set(TARGET.findall(read("Makefile")))
    assert {"demo", "test", "lint", "bench", "accuracy", "clean", "help"} <= set(phony.group(1).split())


def test_every_dependency_is_explained_and_none_besides() -> None:
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \| ([^|]+) \|$", read("docs/dependencies.md"), re.MULTILINE)
    explained = {plain(name) for name, _, _ in rows if name not in ("package", "---")}
    assert explained == set().union(*(names for _, names in declared()))


def test_nothing_is_imported_that_is_not_declared() -> None:
    """A package that another one happens to bring may go away with it."""
    owners = importlib.metadata.packages_distributions()
    runtime = dict(declared())["dependencies"]
    known = sys.stdlib_module_names | {"tocsin"}
    found = set()
    for path in (ROOT / "src" / "tocsin").rglob("*.py"):
        if "evaluate" in path.parts:
            continue
        for module in imported(ast.parse(path.read_text(encoding="utf-8"))):
            if module not in known and not {plain(name) for name in owners.get(module, [])} & runtime:
                found.add(f"{path.name}: {module}")
    assert found == set()


@pytest.mark.parametrize(("lock", "place"), [(LOCKS[0], "dependencies"), (LOCKS[1], "build"), (LOCKS[2], "dev")])
def test_the_lock_files_name_every_dependency(lock: str, place: str) -> None:
    assert dict(declared())[place] <= set(pins(lock))


def test_the_build_group_installs_what_the_build_system_needs() -> None:
    places = dict(declared())
    assert places["build-system"] <= places["build"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_names_versions_markers_and_hashes_alone(lock: str) -> None:
    pin = re.compile(r"[a-z0-9][a-z0-9.-]*==[\w.+!]+(?: ; [\w .<>=!'()]+)? \\")
    digest = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?")
    lines = [line for line in read(lock).splitlines() if not line.startswith("#")]
    assert [line for line in lines if not pin.fullmatch(line) and not digest.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS[:2])
def test_the_lock_files_agree(lock: str) -> None:
    whole = pins("requirements-dev.lock")
    assert {name: versions for name, versions in pins(lock).items() if versions != whole.get(name)} == {}


def test_the_changelog_has_a_place_for_this_version() -> None:
    heads = re.findall(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert heads[0] in ("Unreleased", PROJECT["project"]["version"])
    assert tocsin.__version__ == PROJECT["project"]["version"]


def test_every_command_named_exists() -> None:
    texts = [code_in(path.read_text(encoding="utf-8")) for path in DOCUMENTS]
    called = sorted({name for text in texts for name in COMMAND.findall(text)})
    assert "read" in called
    start = [sys.executable, "-c", "from tocsin.show.cli import main; main()"]
    here = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    for command in called:
        asked = [*start, command, "--help"]
        done = subprocess.run(asked, capture_output=True, text=True, env=here, timeout=60, check=False)
        assert done.returncode == 0, f"tocsin {command}: {done.stderr}"


def test_the_architecture_names_every_part_and_none_besides() -> None:
    package = ROOT / "src" / "tocsin"
    text = read("docs/architecture.md")
    parts = {f"{path.name}/" for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"}
    parts |= {path.name for path in package.glob("*.py")} - {"__main__.py"}
    assert {part for part in parts if f"`{part}" not in text} == set()
    named_modules = re.findall(r"`([\w/]+\.py)`", text)
    assert [name for name in named_modules if not any((place / name).exists() for place in (package, ROOT))] == []


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    examples = blocks(read("README.md"), "python")
    assert len(examples) >= 3
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    for code in examples:
        exec(compile(code, "README.md", "exec"), names)
    assert names["report"].claims
    assert names["summary"]
    assert names["claims"]
