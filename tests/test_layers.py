"""The order of the house: every module imports only its own stage and the stages before it, and stays small.

Imports are read from the syntax tree, so that one inside a function or under TYPE_CHECKING counts as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "tocsin"
MODULES = sorted(PACKAGE.rglob("*.py"))

GROUND = "ground"
"""The stage of every module that lies directly in the package, but for those of the face."""

GROUND_FOLDERS = {"gazetteer"}
"""Folders that belong to the ground: tables that every stage may look things up in."""

ORDER = (GROUND, "read", "understand", "claim", "ledger", "link", "watch", "show")
FACE = {"__init__", "__main__", "api", "component"}
"""Modules at the top that put stages together, and may import whatever they need."""

FREE = {"batch", "evaluate"}
"""Stages that wire others together; no stage of `ORDER` may import them, but the command line in `show/cli`."""

LONGEST_MODULE, LONGEST_FUNCTION = 400, 60
PRINTING = {"show", "evaluate"}


def stage(name: str) -> str:
    """The stage of a dotted module name such as `tocsin.read.html`; `face` for the package's own face."""
    parts = name.split(".")[1:]
    if not parts or parts[0] in FACE:
        return "face"
    if parts[0] in ORDER or parts[0] in FREE:
        return parts[0]
    if (PACKAGE / parts[0]).is_dir() and parts[0] not in GROUND_FOLDERS:
        raise AssertionError(f"{name}: the folder {parts[0]}/ has no place in the order; give it one in this file")
    return GROUND


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(path: Path) -> list[str]:
    """The dotted parts of the package that holds a module, from which relative imports count."""
    return list(path.relative_to(PACKAGE.parent).parent.parts)


def imported(tree: ast.AST, package: list[str]) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a module imports from Tocsin, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            if module == "tocsin":
                yield from ((node.lineno, f"tocsin.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def may_import(importer: str, target: str) -> bool:
    """Whether a module may import another, by the stages of both."""
    ours, theirs = stage(importer), stage(target)
    if ours == "face" or ours in FREE:
        return True
    if importer.startswith("tocsin.show.cli"):
        return True
    return theirs in ORDER and ORDER.index(theirs) <= ORDER.index(ours)


def faults(tree: ast.AST, path: Path) -> list[str]:
    """The imports of a module that break the order."""
    name = dotted(path)
    return [
        f"{path.relative_to(PACKAGE)}:{line}: {stage(name)} may not import {target} ({stage(target)})"
        for line, target in imported(tree, package_of(path))
        if (target == "tocsin" or target.startswith("tocsin.")) and not may_import(name, target)
    ]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def prints(tree: ast.AST) -> list[int]:
    """The lines on which a module calls `print`."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def test_no_module_imports_a_later_stage(trees: dict[Path, ast.Module]) -> None:
    found = [fault for path, tree in trees.items() for fault in faults(tree, path)]
    assert not found, "\n".join(found)


def test_nothing_is_printed_but_by_the_show(trees: dict[Path, ast.Module]) -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path, tree in trees.items()
        if stage(dotted(path)) not in PRINTING
        for line in prints(tree)
    ]
    assert not found, "print outside show/: " + ", ".join(found)


def test_modules_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    found = [f"{path.relative_to(PACKAGE)}: {n} lines" for path, n in lengths.items() if n >= LONGEST_MODULE]
    assert not found, "split: " + ", ".join(found)


def test_functions_are_short(trees: dict[Path, ast.Module]) -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.name} has {n} lines"
        for path, tree in trees.items()
        for node in functions(tree)
        if (n := (node.end_lineno or node.lineno) - node.lineno + 1) >= LONGEST_FUNCTION
    ]
    assert not found, "\n".join(found)


def test_the_code_knows_no_type_of_event_by_name(trees: dict[Path, ast.Module]) -> None:
    """Types live in data alone, so that an ontology of one's own needs no change of the code."""
    ontology = yaml.safe_load((PACKAGE / "data" / "ontology.yaml").read_text(encoding="utf-8"))
    types = set(ontology["types"])
    assert len(types) >= 16
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.value}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in types
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("read/text.py", "from tocsin.claim.build import claims"),
        ("read/text.py", "def f():\n    import tocsin.understand.parse"),
        ("read/text.py", "from ..understand import parse"),
        ("read/text.py", "from tocsin import api"),
        ("read/text.py", "import tocsin"),
        ("understand/times.py", "if TYPE_CHECKING:\n    from tocsin import claim"),
        ("model.py", "from .lexicon import read\nfrom .read import html"),
        ("show/terminal.py", "from tocsin.batch import local"),
        ("claim/build.py", "from tocsin.evaluate import scores"),
    ],
)
def test_a_breach_is_seen(importer: str, statement: str) -> None:
    assert faults(ast.parse(statement), PACKAGE / importer)


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("read/text.py", "from tocsin.model import Document\nfrom . import header\nimport json"),
        ("claim/build.py", "from tocsin.understand.parse import Parse\nfrom tocsin import errors"),
        ("show/cli/__init__.py", "from tocsin import api\nfrom tocsin.batch import local"),
        ("batch/local.py", "from tocsin.show import terminal"),
        ("api.py", "from tocsin.claim.build import claims"),
    ],
)
def test_what_keeps_the_order_passes(importer: str, statement: str) -> None:
    assert not faults(ast.parse(statement), PACKAGE / importer)


def test_a_print_is_seen() -> None:
    assert prints(ast.parse("def f():\n    print('x')")) == [2]
