"""Two bare files: what cannot be compared is refused, and a comparison that compared nothing is no success."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import comparing
from edition.diagnostics import Report
from edition.errors import EditionError, UsageError
from edition.rules import Selection

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text xml:lang="{}"><body>'
TAIL = "</body></text></TEI>"


def play(language: str, seed: int, links: str = "") -> str:
    """Thirty linked turns of two speakers."""
    turns = (
        f'<sp xml:id="t{n}"{links.format(n)}><speaker>{"AB"[n * seed % 3 % 2]}</speaker>'
        f"<p>{'wort ' * (n * seed * 13 % 47 + 1)}</p></sp>"
        for n in range(1, 31)
    )
    return HEAD.format(language) + "\n".join(turns) + TAIL


@pytest.fixture
def strangers(tmp_path: Path) -> tuple[str, str]:
    """Two works, each turn of one linked to one of the other."""
    ours, theirs = tmp_path / "o.xml", tmp_path / "t.xml"
    ours.write_text(play("de", 1), encoding="utf-8")
    theirs.write_text(play("en", 5, ' corresp="o.xml#t{}"'), encoding="utf-8")
    return str(ours), str(theirs)


def compared(files: tuple[str, str], *, select: str = "", ignore: str = "") -> Report:
    return comparing.compare(*files, Selection(tuple(select.split()), tuple(ignore.split()))).report


def test_two_linked_works_are_one_finding(strangers: tuple[str, str]) -> None:
    assert [found.rule.code for found in compared(strangers).diagnostics] == ["TRN105"]


@pytest.mark.parametrize("chosen", [{"select": "VAL TRN2"}, {"ignore": "TRN"}])
def test_nobody_is_told_nothing_of_them(strangers: tuple[str, str], chosen: dict[str, str]) -> None:
    with pytest.raises(EditionError, match=r"no translation of .*o\.xml, so nothing was compared") as refused:
        compared(strangers, **chosen)
    assert refused.value.exit_code == 3
    assert "--ignore TRN105" in refused.value.advice


@pytest.mark.parametrize("name", ["TRN105", "not-the-same-text", "trn105"])
def test_who_ignores_the_rule_has_them_compared(strangers: tuple[str, str], name: str) -> None:
    report = compared(strangers, ignore=name)
    assert str(report.compared) == "by links, 0% sure"


@pytest.mark.parametrize("chosen", [{"select": "XML"}, {"select": "SCH"}, {"ignore": "TRN ATT VAL"}])
def test_some_rule_must_compare(strangers: tuple[str, str], chosen: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="one of this command's") as refused:
        compared(strangers, **chosen)
    assert "TRN, ATT, VAL" in refused.value.advice


def test_a_broken_file_is_refused_where_no_rule_would_tell(strangers: tuple[str, str]) -> None:
    Path(strangers[1]).write_text(play("en", 5).removesuffix("</TEI>"), encoding="utf-8")
    assert [found.rule.code for found in compared(strangers).diagnostics] == ["XML101"]
    with pytest.raises(EditionError, match="nothing was compared"):
        compared(strangers, select="TRN")


def test_paths_can_be_opened_from_where_one_is(
    strangers: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {}
    for folder in (tmp_path, tmp_path / "elsewhere"):
        folder.mkdir(exist_ok=True)
        monkeypatch.chdir(folder)
        (found,) = compared(strangers).diagnostics
        places[folder.name] = found.location.path, found.related[0].location.path
    assert places.pop("elsewhere") == strangers[::-1]
    assert list(places.values()) == [("t.xml", "o.xml")]


def test_a_pointer_is_followed_from_folder_to_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "o.xml").write_text(play("ru", 1), encoding="utf-8")
    (tmp_path / "t.xml").write_text(play("en", 1, ' corresp="here/o.xml#t{}"'), encoding="utf-8")
    monkeypatch.chdir(here)
    assert str(compared(("o.xml", "../t.xml")).compared) == "by links, 100% sure"


def test_entities_of_a_dtd_that_a_catalog_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doctype = '<!DOCTYPE TEI PUBLIC "-//A//B" "http://a.b/c.dtd">'
    turn = '<sp xml:id="t{0}"{1}><speaker>Anna</speaker><p>{2} &year;</p></sp>'
    for name, language, link in (("o.xml", "de", ""), ("t.xml", "en", ' corresp="o.xml#t{}"')):
        turns = "".join(turn.format(n, link.format(n), "wort" * n) for n in range(1, 4))
        (tmp_path / name).write_text(doctype + HEAD.format(language) + turns + TAIL, encoding="utf-8")
    (tmp_path / "c.dtd").write_text('<!ENTITY year "1950">', encoding="utf-8")
    entry = '<public publicId="-//A//B" uri="c.dtd"/>'
    catalog = f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{entry}</catalog>'
    (tmp_path / "catalog.xml").write_text(catalog, encoding="utf-8")
    files = str(tmp_path / "o.xml"), str(tmp_path / "t.xml")
    monkeypatch.delenv("XML_CATALOG_FILES", raising=False)
    without = comparing.compare(*files, Selection())
    assert {found.rule.code for found in without.report.diagnostics} == {"XML103"}
    monkeypatch.setenv("XML_CATALOG_FILES", str(tmp_path / "catalog.xml"))
    beside = comparing.compare(*files, Selection()).beside
    assert beside is not None
    assert "1950" in repr(beside)


@pytest.mark.parametrize("turn", ["<p/>", "<p> </p>", "<p><note>Eins</note></p>", "<stage>Pause</stage>", "<list/>"])
def test_turns_without_words_are_no_comparison(turn: str, tmp_path: Path) -> None:
    files = tmp_path / "o.xml", tmp_path / "t.xml"
    for file in files:
        file.write_text(HEAD.format("de") + f'<sp xml:id="t1">{turn}</sp>' * 2 + TAIL, encoding="utf-8")
    with pytest.raises(EditionError, match=r"no turn or passage has words, so nothing could be compared") as refused:
        compared((str(files[0]), str(files[1])))
    assert refused.value.exit_code == 3


def test_texts_that_are_cited_differently_are_told_apart(tmp_path: Path) -> None:
    bodies = '<p n="1">Eins</p><p n="2">Zwei</p>', '<div type="textpart" n="1"><p>One</p></div>'
    files = tmp_path / "o.xml", tmp_path / "t.xml"
    for file, body in zip(files, bodies, strict=True):
        file.write_text(HEAD.format("de") + body + TAIL, encoding="utf-8")
    with pytest.raises(
        EditionError, match=r"o\.xml is divided into <p n=…>, .*t\.xml into <div type='textpart' n=…>"
    ):
        compared((str(files[0]), str(files[1])))
