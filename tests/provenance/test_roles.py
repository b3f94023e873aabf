"""Whoever opens a bag reads what each file in it is."""

from __future__ import annotations

from dataclasses import replace

from edition.config import PrintSettings
from edition.provenance.crate_preview import page
from edition.provenance.roles import of_files
from tests.provenance.story import BARE, CONFIG, HISTORY


def test_every_file_that_is_named_or_made_has_a_role() -> None:
    printing = PrintSettings(fonts=("fonts/own.ttf",), stylesheets=("own.css",))
    whole = replace(CONFIG, printing=printing, bag=replace(CONFIG.bag, profile="profile.json"))
    found = of_files(whole, report="data/talks-report.json", pdf="data/talks.pdf")
    assert found.keys() == {f"data/{path}" for path in (*whole.files, "talks-report.json", "talks.pdf")}
    assert found["data/source/ru.xml"] == "The original"
    assert found["data/fonts/own.ttf"] == "A font of the print"


def test_an_edition_of_one_text() -> None:
    found = of_files(BARE, report=None, pdf=None)
    assert {path: role for path, role in found.items() if path != "data/edition.toml"} == {"data/a.xml": "The text"}


def test_the_page_of_the_crate_says_them() -> None:
    assert "<td>The translation</td><td>TEI XML</td>" in page(HISTORY)
