"""The command as a user meets it: a real process, its exit code, what it says, and what it leaves on the disk."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SELF = [sys.executable, "-m", "edition"]


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `edition` and hold it to what every run promises: a known exit code and no traceback."""
    done = subprocess.run(
        [*SELF, *arguments],
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 1, 2, 3), done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small edition, built once."""
    folder = tmp_path_factory.mktemp("editions") / "letters"
    assert run("init", str(folder), cwd=folder.parent).returncode == 0
    assert run("build", cwd=folder, TZ="Asia/Shanghai", LC_ALL="C").returncode == 0
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may break."""
    return shutil.copytree(built, tmp_path / "letters")


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its digest."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


# Exit codes


def test_a_clean_edition(home: Path) -> None:
    done = run("check", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No findings.")


def test_build_says_what_it_made(home: Path) -> None:
    done = run("build", cwd=home)
    assert done.returncode == 0
    for name in ("letters.pdf", "letters-report.json", "letters-bag"):
        assert str(Path("output") / name) in done.stderr
        assert (home / "output" / name).exists()
    assert run("verify", "output/letters-bag", cwd=home).returncode == 0


def test_findings_stop_a_build_and_leave_the_output(home: Path) -> None:
    before = tree(home / "output")
    file = home / "source" / "translation.xml"
    file.write_text(file.read_text(encoding="utf-8").replace('who="persons.xml#roth"', 'who="persons.xml#rott"', 1))
    done = run("build", cwd=home)
    assert done.returncode == 1
    assert "REF201" in done.stdout
    assert "Nothing was made" in done.stderr
    assert tree(home / "output") == before


def test_fail_on_and_ignore(home: Path) -> None:
    file = home / "source" / "translation.xml"
    file.write_text(file.read_text(encoding="utf-8").replace('xml:lang="en"', 'xml:lang="de"'), encoding="utf-8")
    assert run("check", cwd=home).returncode == 0
    assert run("check", "--fail-on", "warning", cwd=home).returncode == 1
    assert run("check", "--fail-on", "warning", "--ignore", "TRN102", cwd=home).returncode == 0
    assert run("check", "--fail-on", "warning", "--select", "SCH,REF", cwd=home).returncode == 0


USAGE = [
    (["check", "nowhere"], "nowhere"),
    (["check", "source"], "no edition.toml"),
    (["validate", "source/original.xml"], "--schema"),
    (["validate", "source/original.xml", "--schema", "edition.toml"], "edition.toml"),
    (["compare", "source/original.xml", "source/original.xml"], "twice"),
    (["check", "--select", "TRN999"], "TRN999"),
    (["check", "--select", "PDF"], "name some of XML, SCH, REF"),
    (["validate", "source/original.xml", "--schema", "schemas/edition.xsd", "--select", "TRN"], "name some of XML"),
    (["verify", "output/letters-bag", "--select", "TRN"], "name some of BAG"),
    (["verify", "output/letters-bag", "--select", "BAG8,BAG9"], "name some of BAG1"),
    (["check", "--format", "yaml"], "yaml"),
    (["explain", "TRN20"], "TRN20"),
    (["no-such-command"], "no-such-command"),
]


@pytest.mark.parametrize(("arguments", "named"), USAGE)
def test_wrong_usage_is_2_and_says_what_is_wrong(home: Path, arguments: list[str], named: str) -> None:
    done = run(*arguments, cwd=home)
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stdout == ""


def test_a_broken_file_is_no_pass_for_those_who_do_not_ask(home: Path) -> None:
    (home / "source" / "translation.xml").write_text("<TEI", encoding="utf-8")
    done = run("check", "--select", "TRN", cwd=home)
    assert done.returncode == 3
    assert "so it was not checked" in done.stderr
    assert done.stdout == ""


def test_an_unknown_key_is_2_and_names_the_line(home: Path) -> None:
    file = home / "edition.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("\ntitle", "\ntitel"), encoding="utf-8")
    done = run("check", cwd=home)
    assert done.returncode == 2
    line = file.read_text(encoding="utf-8").splitlines().index(next(_starts(file, "titel"))) + 1
    assert f"edition.toml:{line}:" in done.stderr
    assert "'title'" in done.stderr


def _starts(file: Path, word: str) -> Iterator[str]:
    return (line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(word))


def test_no_schema_at_all_is_never_a_pass(home: Path) -> None:
    file = home / "edition.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('[[schema]]\npath = "schemas/edition.xsd"', ""))
    done = run("check", cwd=home)
    assert done.returncode == 2
    assert "schema" in done.stderr


# Bad input


def test_a_missing_file(home: Path) -> None:
    (home / "source" / "translation.xml").unlink()
    done = run("check", cwd=home)
    assert done.returncode == 3
    assert "source/translation.xml" in done.stderr


def test_a_folder_for_a_file(home: Path) -> None:
    (home / "source" / "translation.xml").unlink()
    (home / "source" / "translation.xml").mkdir()
    done = run("check", cwd=home)
    assert done.returncode == 3
    assert "source/translation.xml" in done.stderr


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "XML101"),
        (b"<TEI>", "XML101"),
        (b"\x00\x01\x02", "XML101"),
        ("<TEI><text>Сталин: имеется две группы вопросов</text></TEI>".encode("cp1251"), "XML102"),
        (b'<!DOCTYPE TEI [<!ENTITY e SYSTEM "file:///etc/passwd">]><TEI>&e;</TEI>', "XML103"),
    ],
)
def test_files_that_are_not_xml(home: Path, content: bytes, code: str) -> None:
    (home / "source" / "translation.xml").write_bytes(content)
    done = run("check", "--format", "json", cwd=home)
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert (found["code"], found["path"]) == (code, "source/translation.xml")
    assert found["line"]


def test_utf_16(home: Path) -> None:
    file = home / "source" / "translation.xml"
    file.write_text(file.read_text(encoding="utf-8").replace("UTF-8", "UTF-16"), encoding="utf-16")
    assert run("check", cwd=home).returncode == 0


def test_an_edition_without_translation(home: Path) -> None:
    file = home / "edition.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("\ntranslation", "\n# translation"), encoding="utf-8")
    assert run("build", cwd=home).returncode == 0


def test_two_originals(home: Path) -> None:
    file = home / "edition.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("\noriginal", '\noriginal = "a.xml"\noriginal', 1))
    done = run("check", cwd=home)
    assert done.returncode == 2
    assert "edition.toml" in done.stderr


# Interruptions and disks


def test_the_same_date_gives_the_same_bytes(home: Path, tmp_path: Path) -> None:
    """`home` was built in Shanghai."""
    other = shutil.copytree(home, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("output"))
    os.utime(other / "source" / "original.xml", (0, 0))
    assert run("build", cwd=other, TZ="America/New_York", LC_ALL="C").returncode == 0
    assert tree(home / "output") == tree(other / "output")


@pytest.mark.parametrize("wait", [0.05, 0.3, 0.6, 0.9])
def test_ctrl_c_leaves_the_output_as_it_was(home: Path, wait: float) -> None:
    before = tree(home)
    process = subprocess.Popen([*SELF, "build"], cwd=home, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    if process.returncode == 130:
        assert "Traceback" not in said
        assert tree(home) == before
    else:  # it was done, or Python itself was still starting
        assert process.returncode in (0, -signal.SIGINT, 1)


def test_a_full_disk_leaves_the_output_as_it_was(home: Path, small_disk: Path) -> None:
    shutil.rmtree(home / "output")
    (small_disk / "letters.pdf").write_bytes(b"the old one")
    (small_disk / "filler").write_bytes(b"x" * 200_000)
    (home / "output").symlink_to(small_disk)
    done = run("build", cwd=home)
    assert done.returncode == 3
    assert "no space left" in done.stderr
    assert (small_disk / "letters.pdf").read_bytes() == b"the old one"
    assert len(list(small_disk.iterdir())) == 2


def test_an_output_that_cannot_be_written(home: Path, read_only_disk: Path) -> None:
    shutil.rmtree(home / "output")
    (home / "output").symlink_to(read_only_disk)
    done = run("build", cwd=home)
    assert done.returncode == 3
    assert "read-only" in done.stderr


# The command line itself


def test_a_report_goes_to_a_file(home: Path) -> None:
    done = run("check", "--format", "json", "--output", "report.json", cwd=home)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((home / "report.json").read_text(encoding="utf-8"))["command"] == "check"


def test_verbose_says_each_step_and_changes_no_report(home: Path) -> None:
    quiet, verbose = (run("check", "--format", "json", flag, cwd=home) for flag in ("--quiet", "--verbose"))
    assert quiet.stdout == verbose.stdout
    assert "source/original.xml" in verbose.stderr
    assert quiet.stderr == ""


@pytest.mark.parametrize(
    "command", ["init", "check", "validate", "compare", "pdf", "bag", "build", "verify", "explain"]
)
def test_every_help_shows_an_example(home: Path, command: str) -> None:
    done = run(command, "--help", cwd=home)
    assert done.returncode == 0
    assert f"edition {command}" in done.stdout.partition("Example:")[2]


def test_a_reader_who_has_read_enough(home: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m edition rules | head -n 1"],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_an_internal_error_is_one_line(home: Path, tmp_path: Path) -> None:
    broken = "import sys; from edition import cli, pipeline\n"
    broken += "def fails(*_): raise ZeroDivisionError('on purpose')\n"
    broken += "pipeline.check = fails; sys.exit(cli.main(sys.argv[1:]))"
    brief, full = (
        subprocess.run(
            [sys.executable, "-c", broken, "check", *more], cwd=home, capture_output=True, text=True, check=False
        )
        for more in ([], ["--verbose"])
    )
    assert brief.returncode == full.returncode == 3
    assert "ZeroDivisionError: on purpose" in brief.stderr
    assert "Traceback" not in brief.stderr
    assert "Traceback" in full.stderr


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="only Linux has a device that is always full")
def test_a_standard_output_that_is_full(home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*SELF, "check"], cwd=home, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert "standard output: no space left" in done.stderr
    assert "fault of ours" not in done.stderr
