"""The order of the package: imports point one way, and what is heavy or forbidden stays where it belongs.

Read from the source with `ast`, so that an import inside a function counts as well.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import edition

PACKAGE = Path(edition.__file__).parent

# Each row may import from itself and from the rows above it; but the folders of features not from each other.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "caching", "diagnostics", "files", "model", "order"}),
    frozenset({"config", "exceptions", "processes", "rules", "side_by_side", "staging", "tables"}),
    frozenset({"baseline", "cluster", "gathering"}),
    frozenset({"tei"}),
    frozenset({"schema", "parity", "witness", "printing", "bagging", "provenance", "reports", "init"}),
    frozenset({"families", "packing", "told_once"}),
    frozenset({"replacing", "signing"}),
    frozenset({"pipeline", "verdicts"}),
    frozenset({"comparing", "corpus", "making"}),
    frozenset({"rebuilding"}),
    frozenset({"cli", "__main__"}),
)
FEATURES = LAYERS[4]

# Imported only inside the function that uses them: what a command does not need it does not pay for.
HEAVY = frozenset(
    {
        "bagit",
        "distributed",
        "fontpkg",
        "fontpkg_pt_serif",
        "fontTools",
        "minisign",
        "page",
        "pikepdf",
        "prov",
        "pydyf",
        "rich",
        "saxonche",
        "weasyprint",
        "xmlschema",
        "yaml",
    }
)
# Who may import what, wherever it stands.
ONLY_IN = {
    "click": {"cli"},
    "distributed": {"cluster"},
    "lxml": {"tei", "schema", "printing"},
    "weasyprint": {"printing"},
    "pikepdf": {"printing"},
}
NETWORK = frozenset({"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib3"})
CLOCKS = frozenset({"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"})


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, by its full name, and where it is imported."""

    module: str
    file: Path
    line: int
    at_top: bool

    @property
    def by(self) -> str:
        """The part of the package that imports: a folder or a module at its top."""
        return part_of(self.file)

    def __str__(self) -> str:
        return f"{self.file.relative_to(PACKAGE.parent)}:{self.line} imports {self.module}"


def part_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def sources() -> list[Path]:
    return [file for file in sorted(PACKAGE.rglob("*.py")) if file != PACKAGE / "__init__.py"]


def imports(file: Path) -> Iterator[Import]:
    """Every import of a file; those under `if TYPE_CHECKING` are not at the top, for they are never run."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    package = ["edition", *file.relative_to(PACKAGE).parts[:-1]]
    at_top = {id(node) for node in run_on_import(tree.body)}
    for node in ast.walk(tree):
        for module in imported(node, package):
            yield Import(module, file, getattr(node, "lineno", 0), id(node) in at_top)


def imported(node: ast.AST, package: list[str]) -> list[str]:
    """What one statement imports; `from edition import cli` counts as `edition.cli`."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom):
        base = [*package[: len(package) - node.level + 1]] if node.level else []
        module = ".".join([*base, *([node.module] if node.module else [])])
        return [f"{module}.{name.name}" if module == "edition" else module for name in node.names]
    return []


def run_on_import(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The statements that run when a module is imported: not those of functions, nor those for type checkers."""
    for node in body:
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from run_on_import(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.expr):
            yield from run_on_import(ast.iter_child_nodes(node))


@cache
def every_import() -> list[Import]:
    return [found for file in sources() for found in imports(file)]


def layer_of(part: str) -> int:
    """The row of a part; the topmost for one that has none, which another test tells."""
    return next((number for number, parts in enumerate(LAYERS) if part in parts), 0)


def test_every_part_has_a_layer() -> None:
    parts = {part_of(file) for file in sources()}
    assert parts - frozenset().union(*LAYERS) == set(), "say in LAYERS where it belongs"


def test_imports_point_one_way() -> None:
    wrong = []
    for found in every_import():
        if not found.module.startswith("edition."):
            continue
        part = found.module.split(".")[1]
        if part == "__version__" or part == found.by:
            continue
        above, below = layer_of(found.by), layer_of(part)
        if below > above or (below == above and part in FEATURES):
            wrong.append(str(found))
    assert wrong == []


@pytest.mark.parametrize(("module", "parts"), ONLY_IN.items())
def test_a_library_stays_where_it_belongs(module: str, parts: set[str]) -> None:
    assert [str(found) for found in every_import() if root(found) == module and found.by not in parts] == []


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    assert [str(found) for found in every_import() if found.at_top and root(found) in HEAVY] == []


def test_nothing_reaches_the_network() -> None:
    reaching = [found for found in every_import() if root(found) in NETWORK or found.module == "urllib.request"]
    assert [str(found) for found in reaching] == []


def test_only_provenance_reads_the_clock() -> None:
    reading = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}: {ast.unparse(node)}"
        for file in sources()
        if part_of(file) != "provenance"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in CLOCKS
    ]
    assert reading == []


def root(found: Import) -> str:
    return found.module.partition(".")[0]


@pytest.mark.parametrize(
    ("source", "module", "at_top"),
    [
        ("import lxml.etree", "lxml.etree", True),
        ("from edition import pipeline", "edition.pipeline", True),
        ("from . import names", "edition.tei", True),
        ("from .names import tei", "edition.tei.names", True),
        ("from ..rules import rule", "edition.rules", True),
        ("def f():\n    import yaml", "yaml", False),
        ("class C:\n    import yaml", "yaml", True),
        ("try:\n    import yaml\nexcept ImportError:\n    pass", "yaml", True),
        ("if TYPE_CHECKING:\n    import yaml", "yaml", False),
    ],
)
def test_imports_are_found(
    source: str, module: str, at_top: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    file = tmp_path / "tei" / "reading.py"
    file.parent.mkdir()
    file.write_text(source, encoding="utf-8")
    assert [(found.module, found.at_top) for found in imports(file)] == [(module, at_top)]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_help_loads_nothing_that_it_does_not_need(arguments: list[str]) -> None:
    asked = (
        "import sys; from edition.cli import main; code = main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", asked, *arguments], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert loaded & (HEAVY | {"lxml", "tomllib"}) == set()
    assert "click" in loaded
