"""Results in order, whatever dies."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from edition.processes import Work


def twice(number: int) -> int:
    return 2 * number


def dies_of_seven(number: int) -> int:
    if number % 10 == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def lost(number: int) -> int:
    return -number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    assert list(Work(twice, lost).over(range(100), jobs)) == [2 * n for n in range(100)]


def test_a_process_that_dies_takes_one_thing_with_it() -> None:
    expected = [-n if n % 10 == 7 else 2 * n for n in range(40)]
    assert list(Work(dies_of_seven, lost).over(range(40), 2)) == expected


def test_no_more_than_a_few_are_under_way(tmp_path: Path) -> None:
    def note(number: int) -> int:
        (tmp_path / str(number)).touch()
        return number

    results = Work(note, lost).over(range(1000), 2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert len(list(tmp_path.iterdir())) <= 2 * 4 * 16 + 16
