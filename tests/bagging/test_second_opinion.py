"""What LoC's bagit says becomes one finding, whether it complains or falls over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from edition.bagging import ask_bagit

from .conftest import Picture


def test_a_valid_bag(bag: Path, picture: Callable[[Path], Picture]) -> None:
    before = picture(bag)
    assert ask_bagit(bag) == ()
    assert picture(bag) == before


def test_a_complaint(bag: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    (bag / "data" / "edition.toml").unlink()
    with caplog.at_level(logging.DEBUG):
        (found,) = ask_bagit(bag)
    assert (found.rule.code, found.location.path) == ("BAG504", "bagit.txt")
    assert found.message.startswith("bagit refuses the bag: Payload-Oxum validation failed.")
    assert str(bag) not in found.message
    assert "\n" not in found.message
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bagit.txt", b"\xff\xfe"),
        ("manifest-sha512.txt", b"\xff data/x\n"),
        ("bag-info.txt", b"Payload-Oxum: many\n"),
    ],
)
def test_where_it_falls_over(bag: Path, name: str, data: bytes) -> None:
    (bag / name).write_bytes(data)
    (found,) = ask_bagit(bag)
    assert found.message.startswith("bagit refuses the bag: ")


def test_a_percent_sign_is_named_as_the_likely_cause(bag: Path) -> None:
    (bag / "data" / "50%.xml").write_text("x", encoding="utf-8")
    (found,) = ask_bagit(bag)
    assert found.hint.endswith("rename data/50%.xml")


def test_logging_is_as_before(bag: Path) -> None:
    logger = logging.getLogger("bagit")
    assert not logger.disabled
    ask_bagit(bag)
    assert not logger.disabled
