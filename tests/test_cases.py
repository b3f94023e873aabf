"""Each rule shown at work: folders of data under tests/cases, run through the command line.

A case is `tests/cases/CODE/` or, where a rule has several, `tests/cases/CODE/VARIANT/`. It holds the files of a very
small edition, perhaps a file `command` (what stands after `edition`), and `expected.txt`, what the command prints.
A case raises the rule that it is named after and no other. `make expected` writes what is printed now.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edition import cli, families
from edition.cli.showing import finish
from edition.diagnostics import Report
from edition.reports import FORMATS

CASES = Path(__file__).parent / "cases"
EXPECTED = "expected.txt"
COMMAND = "command"

Run = Callable[[list[str]], tuple[int, str, str]]


def find_cases(cases: Path) -> list[Path]:
    """Every folder of a rule that has files of its own; of one that has none, its folders."""
    found: list[Path] = []
    for rule in sorted(path for path in cases.glob("*") if path.is_dir()):
        inside = sorted(path for path in rule.iterdir() if not path.name.startswith("."))
        found += [rule] if any(path.is_file() for path in inside) else inside
    return found


def name_of(case: Path) -> str:
    return case.relative_to(CASES).as_posix()


def command_of(case: Path) -> list[str]:
    """What the case runs: its own command line, else what suits the files that it has."""
    written = case / COMMAND
    if written.is_file():
        return shlex.split(written.read_text(encoding="utf-8"), comments=True)
    return ["check"] if (case / "edition.toml").is_file() else ["compare", "original.xml", "translation.xml"]


def steady(text: str) -> str:
    """A report without what is the same in most cases: the number of rules asked, and that there were links."""
    asked = re.sub(r"\b\d+ rules? asked", "N rules asked", text)
    return re.sub(r" Compared by (links|numbers), \d+% sure\.", "", asked)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `edition` in `tmp_path`, where no terminal and no date differs from case to case."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("NO_COLOR", "1")

    def run(arguments: list[str]) -> tuple[int, str, str]:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def finished(monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """The reports that commands end with, so that no PDF is set a second time to have its findings in JSON."""
    kept: list[Report] = []

    def keep(report: Report, *rest: Any) -> int:
        kept.append(report)
        return finish(report, *rest)

    monkeypatch.setattr("edition.cli.commands.finish", keep)
    return kept


@pytest.mark.parametrize("case", find_cases(CASES), ids=name_of)
def test_case(case: Path, tmp_path: Path, run: Run, finished: list[Report], pytestconfig: pytest.Config) -> None:
    shutil.copytree(case, tmp_path, symlinks=True, dirs_exist_ok=True)
    command = command_of(case)
    code, printed, said = run(command)
    assert code in (0, 1), said
    text = steady(printed)
    report = FORMATS["json"](finished[0]) if finished else run([*command, "--format", "json"])[1]

    raised = {found["code"] for found in json.loads(report)["diagnostics"]}
    expected = case.relative_to(CASES).parts[0]
    assert raised == {expected}, f"the case of {expected} raises {sorted(raised) or 'nothing'}:\n{text}"
    if pytestconfig.getoption("--update"):
        (case / EXPECTED).write_text(text, encoding="utf-8", newline="\n")
    assert (case / EXPECTED).is_file(), f"{name_of(case)} has no {EXPECTED}; `make expected` writes it:\n{text}"
    assert text == steady((case / EXPECTED).read_text(encoding="utf-8"))


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    declared = {rule.code for rule in families.all_rules()}
    shown = {case.relative_to(CASES).parts[0] for case in find_cases(CASES)}
    assert sorted(declared - shown) == [], "these rules have no case"
    assert sorted(shown - declared) == [], "these cases are of no rule"
