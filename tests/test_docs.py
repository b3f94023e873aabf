"""What is written about the toolkit keeps up with it: commands, keys of edition.toml, libraries, links."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import click
import pytest

from edition import cli
from edition.config import load
from edition.errors import ConfigError
from edition.init import create

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

# A whole edition.toml in which one table has a key that nobody knows.
TABLES = {
    "edition": "[texts]\noriginal = 'o.xml'\n[edition]",
    "texts": "[texts]\noriginal = 'o.xml'",
    "schema": "[texts]\noriginal = 'o.xml'\n[[schema]]\npath = 's.xsd'",
    "witness": "[texts]\noriginal = 'o.xml'\n[[witness]]\npath = 'w.txt'",
    "witness.set-aside": (
        "[texts]\noriginal = 'o.xml'\n[[witness]]\npath = 'w.txt'\n[[witness.set-aside]]\nlines = '1'\nreason = 'r'"
    ),
    "exception": ("[texts]\noriginal = 'o.xml'\n[[exception]]\ncode = 'TRN201'\nturn = 't1'\nreason = 'r'"),
    "term": "[texts]\noriginal = 'o.xml'\n[[term]]\noriginal = ['a']\ntranslation = ['b']",
    "check": "[texts]\noriginal = 'o.xml'\n[check]",
    "print": "[texts]\noriginal = 'o.xml'\n[print]",
    "bag": "[texts]\noriginal = 'o.xml'\n[bag]",
}


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def plain(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503), without its version or extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name, maxsplit=1)[0]).lower()


@pytest.mark.parametrize("table", TABLES)
def test_every_key_of_edition_toml_is_documented(table: str, tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text(f"{TABLES[table]}\nqqqqqqqq = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown key 'qqqqqqqq'") as raised:
        load(tmp_path)
    keys = raised.value.advice.removeprefix("known there: ").split(", ")
    documented = re.findall(r"`\[*([\w.-]+)\]*`", text("docs/own-edition.md"))
    assert [key for key in keys if key not in documented and f"{table}.{key}" not in documented] == []


def test_every_command_is_documented_and_shows_an_example() -> None:
    for name, command in cli.edition.commands.items():
        assert f"`edition {name}" in text("docs/commands.md")
        assert f"`edition {name}" in text("README.md")
        assert f"Example: edition {name}" in (command.help or "")


def test_every_shared_option_is_documented() -> None:
    check = cli.edition.commands["check"]
    options = [option.opts[0] for option in check.params if isinstance(option, click.Option)]
    assert options
    assert [option for option in options if f"| `{option}" not in text("docs/commands.md")] == []


def test_every_library_is_documented_and_held_to_an_exact_version() -> None:
    runtime = [plain(name) for name in PROJECT["dependencies"]]
    development = [plain(name) for name in PROJECT["optional-dependencies"]["dev"]]
    held = {plain(line) for line in CONSTRAINTS}
    documented = {plain(word) for word in re.findall(r"[A-Za-z][\w.-]*\w", text("docs/dependencies.md"))}
    assert {*runtime, *development} - held == set()
    assert {*runtime, *development} - documented == set()


def test_documented_versions_are_those_installed() -> None:
    held = dict(line.lower().split("==") for line in CONSTRAINTS if "==" in line)
    rows = re.findall(r"^\| \[([\w-]+)\]\(.*?\|.*?\|.*?\| ([\d.]+)", text("docs/dependencies.md"), re.MULTILINE)
    assert len(rows) == len(PROJECT["dependencies"])
    assert [(name, version) for name, version in rows if held[name.lower()] != version] == []


def test_constraints_are_names_and_versions_and_nothing_else() -> None:
    comment, *lines = CONSTRAINTS
    assert comment.startswith("# ")
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_finding_shown_in_the_documentation_is_what_a_reader_gets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    create(tmp_path)
    translation = tmp_path / "source" / "translation.xml"
    whole = translation.read_text(encoding="utf-8")
    translation.write_text(re.sub(r' *<sp xml:id="e4".*?</sp>\n', "", whole, flags=re.DOTALL), encoding="utf-8")

    assert cli.main(["check", str(tmp_path)]) == 1
    printed = capsys.readouterr().out.splitlines()
    lines = re.findall(r"^    (.*(?:error TRN201|in the original|hint: ).*)$", text("docs/rules.md"), re.MULTILINE)
    assert len(lines) == 3
    assert [line for line in lines if line not in printed] == []
    cli.main(["check", str(tmp_path), "--format", "json"])
    shown = re.search(r"```json\n(.*?)```", text("docs/commands.md"), re.DOTALL)
    assert shown is not None
    report, example = json.loads(capsys.readouterr().out), json.loads(shown[1])
    report["rules"] = [rule for rule in report["rules"] if rule["code"] == "TRN201"]
    assert report == example
