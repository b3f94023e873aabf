"""The file for a printer, read again by pikepdf."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import ImageCms

from edition.config import Config
from edition.errors import ConfigError
from tests.printing.printed import codes, press_profile, printed, sample, with_print


def for_a_press(folder: Path, style: str = "") -> Config:
    config = with_print(sample(folder), press_profile="press.icc", stylesheets=("own.css",))
    (folder / "press.icc").write_bytes(press_profile())
    (folder / "own.css").write_text(style, "utf-8")
    return config


def test_the_profile_of_the_tests_is_one() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(press_profile()))
    assert profile.profile.xcolor_space == "CMYK"
    assert profile.profile.profile_description == "Test press"


def test_an_edition_with_a_press_gets_a_file_for_it(tmp_path: Path) -> None:
    rendering = printed(for_a_press(tmp_path))
    assert codes(rendering) == []
    assert rendering.printers is not None
    with pikepdf.open(io.BytesIO(rendering.printers)) as pdf:
        root: Any = pdf.Root
        (intent,) = root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "Test press")
        assert intent.DestOutputProfile.read_bytes() == press_profile()
        assert pdf.pdf_version == "1.6"
        assert len(pdf.pages) == rendering.pages
        for page in pdf.pages:
            media, bleed, trim = (
                [float(each) for each in page.obj[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")
            )
            assert [round((trim[at] - bleed[at]) / 72 * 25.4, 1) for at in range(4)] == [3, 3, -3, -3]
            assert [round((trim[at] - media[at]) / 72 * 25.4, 1) for at in range(4)] == [10, 10, -10, -10]
            assert "/Annots" not in page.obj
        operators = {
            (str(each.operator), *map(float, each.operands))
            for page in pdf.pages
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) in ("rg", "RG", "g", "G", "k", "K")
        }
    assert operators == {("k", 0, 0, 0, 1), ("K", 0, 0, 0, 1)}


def test_marks_lie_outside_the_bleed(tmp_path: Path) -> None:
    rendering = printed(for_a_press(tmp_path))
    assert rendering.printers is not None
    with pikepdf.open(io.BytesIO(rendering.printers)) as pdf:
        page = pdf.pages[0]
        left, low, right, high = (float(each) for each in page.obj.BleedBox)
        ends = [
            [float(each) for each in found.operands]
            for found in pikepdf.parse_content_stream(page)
            if str(found.operator) in ("m", "l")
        ][-16:]
    assert len(ends) == 16
    assert all(not (left <= x <= right and low <= y <= high) for x, y in ends)


def test_the_same_input_gives_the_same_file(tmp_path: Path) -> None:
    config = for_a_press(tmp_path)
    assert printed(config).printers == printed(config).printers


def test_the_archival_file_is_the_same_with_it_and_without(tmp_path: Path) -> None:
    config = for_a_press(tmp_path)
    assert printed(config).pdf == printed(with_print(config, press_profile=None)).pdf


@pytest.mark.parametrize("style", [".speaker { color: #b00 }", ".row { border-left: 1pt solid red }"])
def test_a_colour_of_the_screen_is_found(style: str, tmp_path: Path) -> None:
    assert "PDF501" in codes(printed(for_a_press(tmp_path, style)))


def test_what_is_no_profile_of_a_press_is_refused(tmp_path: Path) -> None:
    config = for_a_press(tmp_path)
    (tmp_path / "press.icc").write_bytes(b"no profile")
    with pytest.raises(ConfigError, match="no ICC profile of a CMYK press"):
        printed(config)
