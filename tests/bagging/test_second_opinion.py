"""What LoC's bagit says becomes one finding, whether it complains or falls over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from edition.bagging import BagPlan, PayloadFile, ask_bagit, stage, verify

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


@pytest.fixture
def with_percent(tmp_path: Path, plan: BagPlan) -> Path:
    files = (PayloadFile("50%.xml", b"x"), PayloadFile("a%0Ab/50%25.xml", b"y"))
    with stage(replace(plan, payload=(*plan.payload, *files)), tmp_path / "percent") as staged:
        staged.publish()
    return tmp_path / "percent"


def test_a_percent_sign_that_it_does_not_read(with_percent: Path) -> None:
    assert list(verify(with_percent)) == []
    (found,) = ask_bagit(with_percent)
    assert found.rule.code == "BAG506"
    assert found.message.startswith("bagit will not find data/50%.xml, data/a%0Ab/50%25.xml: ")


def test_what_is_wrong_beside_a_percent_sign(with_percent: Path) -> None:
    (with_percent / "data" / "50%.xml").write_bytes(b"z")
    (found,) = ask_bagit(with_percent)
    assert found.rule.code == "BAG504"
    assert "data/50%.xml sha512 validation failed" in found.message


def test_logging_is_as_before(bag: Path) -> None:
    logger = logging.getLogger("bagit")
    assert not logger.disabled
    ask_bagit(bag)
    assert not logger.disabled
