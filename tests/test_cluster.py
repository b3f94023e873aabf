"""`edition validate --scheduler`: a real scheduler, two workers that may die, and nothing is lost."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from edition import cli, cluster
from edition.errors import EditionError
from edition.processes import Work

distributed = pytest.importorskip("distributed")

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a scheduler with two workers, each a process, which gives up what two workers died over."""
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as there,
    ):
        yield str(there.scheduler_address)


def twice_by(number: int) -> tuple[int, int]:
    time.sleep(0.01)
    return 2 * number, os.getpid()


def dies_of_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def lost(number: int) -> Any:
    return -number


def test_a_worker_that_is_killed_loses_nothing(address: str) -> None:
    results = cluster.over(Work(twice_by, lost), range(200), address)
    first, process = next(results)
    os.kill(process, signal.SIGKILL)
    assert [first, *(number for number, _ in results)] == [2 * n for n in range(200)]


def test_what_kills_worker_after_worker_is_lost_alone(address: str) -> None:
    results = cluster.over(Work(dies_of_seven, lost), range(40), address)
    assert list(results) == [-7 if n == 7 else 2 * n for n in range(40)]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "a.xsd").write_text(XSD, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    for number in range(40):
        content = {3: "<a>", 5: "<c/>"}.get(number, "<a/>")
        (tmp_path / "texts" / f"{number:02}.xml").write_text(content, encoding="utf-8")
    (tmp_path / "texts" / "21.gone.xml").symlink_to("nowhere.xml")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["validate", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_a_cluster_finds_what_one_process_does(
    corpus: Path, capsys: pytest.CaptureFixture[str], address: str, form: str
) -> None:
    asked = ("texts", "--schema", "a.xsd", "--format", form)
    alone = run(capsys, *asked, "--jobs", "1")
    assert alone[0] == 3
    assert run(capsys, *asked, "--scheduler", address) == alone


def test_a_worker_obeys_the_schema_as_it_is_now(
    corpus: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    asked = ("texts/05.xml", "--schema", "a.xsd", "--scheduler", address)
    assert run(capsys, *asked)[0] == 1
    (corpus / "a.xsd").write_text(XSD.replace('name="a"', 'name="c"'), encoding="utf-8")
    assert run(capsys, *asked)[0] == 0


def test_a_worker_with_another_version_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edition.__version__", "9.9")
    with pytest.raises(
        EditionError, match=r"the worker at tcp://127\.0\.0\.1:\d+ has edition [\d.]+, and here it is"
    ):
        next(cluster.over(Work(twice_by, lost), range(9), address))


def test_no_more_than_a_few_are_under_way(address: str, tmp_path: Path) -> None:
    files = [str(tmp_path / str(number)) for number in range(1000)]
    results = cluster.over(Work(_touch, _touch), files, address)
    assert next(results) == files[0]
    results.close()  # type: ignore[attr-defined]
    assert len(list(tmp_path.iterdir())) <= 2 * 4 * 16 + 16


def _touch(file: str) -> str:
    Path(file).touch()
    return file


def test_workers_that_do_not_see_the_files(
    corpus: Path, capsys: pytest.CaptureFixture[str], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "cwd", lambda: Path("/nowhere/at/all"))
    with pytest.raises(EditionError, match="cannot work in /nowhere/at/all: No such file") as raised:
        next(cluster.over(Work(twice_by, lost), range(9), address))
    assert "under the same paths" in raised.value.advice


def test_a_scheduler_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_TO_JOIN", 0.2)
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as empty:
        results = cluster.over(Work(twice_by, lost), range(9), empty.scheduler_address)
        with pytest.raises(EditionError, match="has had no worker") as raised:
            next(results)
    assert f"dask worker {empty.scheduler_address}" in raised.value.advice


def test_a_cluster_that_is_lost_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_TO_CONNECT", 0.5)
    with distributed.LocalCluster(n_workers=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as there:
        results = cluster.over(Work(twice_by, lost), range(200), there.scheduler_address)
        assert next(results)[0] == 0
        there.close()
        with pytest.raises(EditionError, match="was lost"):
            list(results)


def test_a_connection_that_distributed_has_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> NoReturn:
        raise distributed.client.ClosedClientError

    with distributed.LocalCluster(n_workers=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as there:
        results = cluster.over(Work(twice_by, lost), range(200), there.scheduler_address)
        assert next(results)[0] == 0
        monkeypatch.setattr(distributed.Client, "submit", closed)
        monkeypatch.setattr(distributed.Client, "cancel", closed)
        with pytest.raises(EditionError, match="was lost"):
            list(results)


def test_a_scheduler_that_is_not_there(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_TO_CONNECT", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        code, printed, said = run(capsys, "texts", "--schema", "a.xsd", "--scheduler", nobody)
    assert (code, printed) == (3, "")
    assert f"the scheduler at {nobody} cannot be reached" in said
    assert "dask scheduler" in said


@pytest.mark.parametrize("wrong", ["", "here", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://a b:1"])
def test_what_is_no_address(corpus: Path, capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    code, printed, said = run(capsys, "texts", "--schema", "a.xsd", "--scheduler", wrong)
    assert (code, printed) == (2, "")
    assert "this is not the address of a scheduler" in said


def test_jobs_and_a_scheduler(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, said = run(capsys, "texts", "--schema", "a.xsd", "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2")
    assert code == 2
    assert "leave one of them away" in said


def test_without_the_extra(corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, _, said = run(capsys, "texts", "--schema", "a.xsd", "--scheduler", "tcp://127.0.0.1:8786")
    assert code == 2
    assert "pip install 'edition-toolkit[cluster]'" in said
