"""What "Use it in CI" shows can be copied: every command of the page runs, and so do the action and the hooks."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from edition import cli
from edition.init import create

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^ *(?:- run: |- |entry: )?(edition (?:check|validate)[^\n]*)$", PAGE, re.MULTILINE)
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition under git whose texts lie in a folder of their own too, with a catalog."""
    create(tmp_path / "project")
    project = tmp_path / "project"
    (project / "texts").symlink_to("source")
    (project / "catalog.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        '<uri name="https://example.org/edition.xsd" uri="schemas/edition.xsd"/></catalog>',
        encoding="utf-8",
    )
    for text in (project / "source").iterdir():
        head, _, rest = text.read_text(encoding="utf-8").partition("<TEI")
        text.write_text(f'{head}<?xml-model href="https://example.org/edition.xsd"?>\n<TEI{rest}', encoding="utf-8")
    (project / "old-errors.json").write_text('{"version": 1, "findings": []}', encoding="utf-8")
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run(["git", *who, *arguments], cwd=project, check=True)
    monkeypatch.chdir(project)
    return project


def break_a_text(project: Path) -> int:
    """Misspell an element. Its line is given back."""
    text = project / "source" / "original.xml"
    whole = text.read_text(encoding="utf-8")
    text.write_text(whole.replace("<p>", "<q>", 1).replace("</p>", "</q>", 1), encoding="utf-8")
    return whole[: whole.index("<p>")].count("\n") + 1


def test_the_page_shows_commands() -> None:
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_runs(project: Path, command: str) -> None:
    arguments = shlex.split(command)[1:]
    assert cli.main(arguments) == 0
    break_a_text(project)
    assert cli.main(arguments) == (0 if "--update-baseline" in arguments else 1)


def test_the_page_names_inputs_and_hooks_that_there_are() -> None:
    used = [step for block in BLOCKS for job in block.get("jobs", {}).values() for step in job["steps"]]
    (ours,) = [step for step in used if "edition-toolkit@" in step.get("uses", "")]
    assert set(ours["with"]) <= set(ACTION["inputs"])
    named = re.search(r"Further\s+inputs: (.*?)\.\n", PAGE, re.DOTALL)
    assert named is not None
    assert {*re.findall(r"`([\w-]+)`", named[1]), *ours["with"]} == set(ACTION["inputs"])
    hooks = [hook["id"] for block in BLOCKS for repo in block.get("repos", []) for hook in repo["hooks"]]
    assert {"edition-validate", "edition-check"} == {hook["id"] for hook in HOOKS}
    assert {hook["id"] for hook in HOOKS} & set(hooks) == {"edition-validate"}


def run_action(project: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The last step of the action, as the runner would: inputs become variables, bash stops at errors."""
    step = ACTION["runs"]["steps"][-1]
    values = {name: inputs.pop(name.replace("-", "_"), each["default"]) for name, each in ACTION["inputs"].items()}
    assert not inputs
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda use: values[use[1]], value)
        for name, value in step["env"].items()
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=project / values["folder"],
        env={**os.environ, "PATH": path, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_checks_an_edition(project: Path) -> None:
    assert run_action(project).returncode == 0
    line = break_a_text(project)
    done = run_action(project)
    assert done.returncode == 1
    assert f"::error file=source/original.xml,line={line}," in done.stdout


def test_the_action_validates_files(project: Path) -> None:
    given = {"files": "texts\nsource/original.xml\n", "schemas": "schemas/edition.xsd\n"}
    assert run_action(project, **given).returncode == 0
    break_a_text(project)
    done = run_action(project, **given, format="sarif", output="edition.sarif")
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((project / "edition.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert run_action(project, since="HEAD", catalogs="catalog.xml").returncode == 1
    assert run_action(project, files="source/persons.xml", since="HEAD", catalogs="catalog.xml").returncode == 0


def test_blanks_and_line_ends_of_windows_around_inputs_do_no_harm(project: Path) -> None:
    given = {"files": "\r\n  source/original.xml \r\n\r\n", "schemas": " schemas/edition.xsd\r\n", "baseline": "\n"}
    assert run_action(project, **given).returncode == 0
    break_a_text(project)
    assert run_action(project, **given).returncode == 1
    assert run_action(project, files=" \n", output="report.txt\n").returncode == 1
    assert (project / "report.txt").read_text(encoding="utf-8").startswith("::error file=source/original.xml")


@pytest.mark.parametrize("files", ["", "original.xml\npersons.xml"])
@pytest.mark.parametrize("form", ["github", "sarif"])
def test_places_are_those_of_the_repository(
    project: Path, monkeypatch: pytest.MonkeyPatch, files: str, form: str
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.parent))
    break_a_text(project)
    schemas = "../schemas/edition.xsd" if files else ""
    folder = "project/source" if files else "project"
    done = run_action(project.parent, folder=folder, files=files, schemas=schemas, format=form)
    assert done.returncode == 1
    place = "file=project/source/original.xml," if form == "github" else '"uri": "project/source/original.xml"'
    assert place in done.stdout
    named = re.findall(r'(?:file=|"uri": ")([^,"]+)', done.stdout)
    assert [path for path in named if not path.startswith("project/")] == []


@pytest.mark.parametrize("name", ["schemas", "catalogs", "baseline"])
def test_the_action_passes_over_no_input(project: Path, name: str) -> None:
    done = run_action(project, **{name: "schemas/edition.xsd"})
    assert done.returncode == 2
    assert "::error" in done.stdout


def test_a_hook_validates_no_schemas() -> None:
    """They are XML too, and the schema that a text obeys is not one that a schema obeys."""
    (files,) = (re.compile(hook["files"]) for hook in HOOKS if hook["id"] == "edition-validate")
    assert files.search("texts/a.xml")
    assert not any(files.search(f"schemas/{name}") for name in ("a.xsd", "a.rng", "a.sch", "a.xml.bak"))


def test_nothing_in_an_input_is_run(project: Path) -> None:
    done = run_action(project, files="$(touch forged)\n`touch forged`; touch forged")
    assert done.returncode == 3, "there are no such files"
    assert not (project / "forged").exists()
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_hooks_run(project: Path, hook: dict[str, Any]) -> None:
    assert {"id", "name", "description", "entry", "language"} <= set(hook)
    arguments = shlex.split(hook["entry"])[1:]
    if hook.get("pass_filenames", True):
        arguments += ["--schema", "schemas/edition.xsd", "source/original.xml", "source/translation.xml"]
    assert cli.main(arguments) == 0
    break_a_text(project)
    assert cli.main(arguments) == 1
