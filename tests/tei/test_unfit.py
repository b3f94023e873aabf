"""Files in which nothing can be compared are refused before they are read, and no others are."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.errors import EditionError
from edition.tei import unfit
from edition.tei.reading import read_first
from edition.tei.unfit import refuse_unfit

TEXT = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{}</body></text></TEI>'


@pytest.mark.parametrize("body", ["", "<p>x</p>", "<div n='1'><p>x</p></div>", "<sp xmlns='urn:other' n='1'/>"])
def test_a_text_without_units_is_refused(body: str) -> None:
    for data in (TEXT.format(body).encode(), TEXT.format(body).encode("utf-16")):
        with pytest.raises(EditionError, match=r"^a\.xml: no turns"):
            refuse_unfit(data, "a.xml")


@pytest.mark.parametrize(
    "data", ["<a/>", "<TEI><text><sp/></text></TEI>", '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>']
)
def test_what_is_no_text_of_tei_is_called_so(data: str) -> None:
    with pytest.raises(EditionError, match="no text of TEI"):
        refuse_unfit(data.encode(), "a.xml")


@pytest.mark.parametrize(
    "body", ["<sp/>", "<u>x</u>", "<p n='1'>x</p>", "<l n='1'/>", "<ab n='2'/>", "<div type='textpart' n='1'/>"]
)
def test_whatever_may_be_a_unit_is_enough(body: str) -> None:
    refuse_unfit(TEXT.format("<p>x</p>" * 20_000 + body).encode(), "a.xml")


def test_it_looks_no_further_than_to_the_first() -> None:
    refuse_unfit(TEXT.format("<sp/>" + " " * 100_000 + "<broken").encode(), "a.xml")


@pytest.mark.parametrize(
    ("body", "units", "said"),
    [
        ("<sp><p/></sp>" + "<p/>" * 60, "auto", "63 elements are outside its turns, of which it has 1:"),
        ("<sp/>" + "<p n='1'/>" * 60, "auto", "63 elements are outside its turns, of which it has 1:"),
        ("<sp/>" + "<p n='1'><hi/></p>" * 60, "p", ""),
        ("<sp><p/></sp>" * 60, "p", "123 elements are outside its numbered passages, of which it has 0:"),
        ("<sp><p/></sp>" * 60, "auto", ""),
        ("<sp/>" * 12 + "<p/>" * 55, "auto", ""),
        ("<p/>" * 60 + "<p n='1'/>", "auto", "63 elements are outside its numbered passages, of which it has 1:"),
        ("<sp/>" + "<p/>" * 60 + "<broken", "auto", ""),
    ],
)
@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE TEI SYSTEM "tei.dtd">'])
def test_much_beside_few_units_is_refused(
    monkeypatch: pytest.MonkeyPatch, body: str, units: str, said: str, doctype: str
) -> None:
    monkeypatch.setattr(unfit, "MOST_OUTSIDE", 50)
    data = (doctype + TEXT.replace("<teiHeader/>", "").format(body)).encode()
    with pytest.raises(EditionError, match=rf"^a\.xml: {said}") if said else contextlib.nullcontext():
        refuse_unfit(data, "a.xml", units)


@pytest.mark.parametrize(("units", "said"), [("p", "no <p> with n"), ("l", "no <l> with n"), ("sp", "no turns")])
def test_the_units_that_were_asked_for_are_named(units: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(TEXT.format("<u>x</u>"), encoding="utf-8")
    with pytest.raises(EditionError, match=rf"^a\.xml: {said}"):
        read_first(file, "a.xml", units)


@given(st.binary() | st.text().map(lambda text: (TEXT.format("") + text).encode("utf-8", "surrogatepass")))
def test_what_is_not_well_formed_is_left_to_the_parser(data: bytes) -> None:
    with contextlib.suppress(EditionError):
        refuse_unfit(data, "a.xml")


@pytest.mark.parametrize("data", ["<TEI", "", "<!DOCTYPE a><a/>", "<?xml version='1.0' encoding='none'?><a/>"])
def test_what_the_parser_has_to_judge_is_not_refused(data: str) -> None:
    refuse_unfit(data.encode(), "a.xml")
