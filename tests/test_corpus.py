"""`edition validate` over many files: nothing stops the rest, and the number of processes changes nothing."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from edition import cli
from edition import corpus as judging
from edition.tei import parse
from edition.tei.written import UnsureError

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType>
<xs:sequence><xs:element name="b" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
</xs:complexType></xs:element></xs:schema>"""


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("XML_CATALOG_FILES", raising=False)
    (tmp_path / "a.xsd").write_text(XSD, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    for number in range(40):
        content = {3: "<a>", 5: "<a><c/></a>", 17: "<a>x</a>"}.get(number, "<a><b/></a>")
        (tmp_path / "texts" / f"{number:02}.xml").write_text(content, encoding="utf-8")
    return tmp_path


Run = tuple[int, str, str]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Run:
    code = cli.main(["validate", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_one_bad_file_never_stops_the_rest(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(corpus / "texts" / "20.fifo.xml")
    (corpus / "texts" / "21.gone.xml").symlink_to("nowhere.xml")
    code, printed, _ = run(capsys, "texts", "--schema", "a.xsd")
    assert code == 3
    assert "39.xml" not in printed
    assert "not judged: texts/20.fifo.xml: not a regular file" in printed
    assert "not judged: texts/21.gone.xml: there is no such file" in printed
    assert printed.endswith("42 files: 37 valid, 3 invalid, 2 not judged.\n")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif", "junit", "github", "html"])
def test_the_number_of_processes_changes_nothing(corpus: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    (corpus / "texts" / "21.gone.xml").symlink_to("nowhere.xml")
    alone = run(capsys, "texts", "--schema", "a.xsd", "--format", form, "--jobs", "1")
    assert alone[0] == 3
    assert run(capsys, "texts", "--schema", "a.xsd", "--format", form, "--jobs", "3") == alone
    code, printed, _ = run(capsys, "texts", "--schema", "a.xsd", "--format", form, "--output", "report")
    assert (code, printed) == (3, "")
    assert (corpus / "report").read_text(encoding="utf-8") == alone[1], "streamed or whole, it is the same"


def test_json_lines(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "texts" / "39.xml").unlink()
    (corpus / "texts" / "39.xml").mkdir()
    (corpus / "list").write_text("texts/05.xml\ntexts/39.xml/..\ntexts/no.xml\n", encoding="utf-8")
    _, printed, _ = run(capsys, "--files-from", "list", "--schema", "a.xsd", "--format", "jsonl")
    lines = [json.loads(line) for line in printed.splitlines()]
    assert lines[1]["path"] == "texts/05.xml"
    assert [line["failure"]["path"] for line in lines if "failure" in line] == ["texts/no.xml"]
    assert lines[-1]["files"] == {"valid": 36, "invalid": 3, "unreadable": 1}
    assert lines[-1]["summary"] == {"error": 3, "warning": 0, "note": 0}


def test_without_a_schema_nothing_is_called_valid(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, said = run(capsys, "texts/00.xml")
    assert (code, printed) == (2, "")
    assert "--schema" in said
    code, printed, _ = run(capsys, "texts")
    assert code == 2
    assert "39 not judged" in printed


def test_each_file_obeys_the_schema_that_it_names(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (corpus / "texts").iterdir():
        file.write_text('<?xml-model href="https://example.org/a.xsd"?>' + file.read_text(encoding="utf-8"))
    code, printed, _ = run(capsys, "texts", "--jobs", "2")
    assert code == 2
    assert "nothing is fetched from the network" in printed
    (corpus / "catalog.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        '<uri name="https://example.org/a.xsd" uri="a.xsd"/></catalog>',
        encoding="utf-8",
    )
    code, printed, _ = run(capsys, "texts", "--catalog", "catalog.xml", "--jobs", "2")
    assert code == 1
    assert printed.endswith("40 files: 37 valid, 3 invalid.\n")


def test_catalogs_of_the_environment(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "one.xml").write_text('<?xml-model href="urn:a" type="application/xml-dtd"?><a/>', encoding="utf-8")
    (corpus / "a.dtd").write_text("<!ELEMENT a EMPTY>", encoding="utf-8")
    (corpus / "catalog.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><uri name="urn:a" uri="a.dtd"/></catalog>',
        encoding="utf-8",
    )
    assert run(capsys, "one.xml")[0] == 2
    monkeypatch.setenv("XML_CATALOG_FILES", f"nowhere.xml {(corpus / 'catalog.xml').as_uri()}")
    assert run(capsys, "one.xml")[0] == 0


def test_statistics(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, _ = run(capsys, "texts", "--schema", "a.xsd", "--statistics")
    assert code == 1
    assert "       1      1  SCH101 element-not-allowed" in printed.splitlines()
    counted = json.loads(run(capsys, "texts", "--schema", "a.xsd", "--statistics", "--format", "json")[1])
    assert [(each["code"], each["findings"], each["files"]) for each in counted["statistics"]] == [
        ("SCH101", 1, 1),
        ("SCH106", 1, 1),
        ("XML101", 1, 1),
    ]
    assert run(capsys, "texts", "--schema", "a.xsd", "--statistics", "--format", "sarif")[0] == 2


def test_statistics_are_of_all_findings(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "many.xml").write_text(f"<a>{'<c/>' * 250}</a>", encoding="utf-8")
    _, printed, _ = run(capsys, "many.xml", "--schema", "a.xsd", "--statistics")
    assert "     250      1  SCH101 element-not-allowed" in printed.splitlines()
    assert "\n250 errors. " in printed
    assert "101 errors. " in run(capsys, "many.xml", "--schema", "a.xsd")[1], (
        "of which 100 are listed, and the rest at once"
    )


def test_a_baseline_lets_be_what_was_there(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("texts", "--schema", "a.xsd", "--baseline", "old.json")
    code, _, said = run(capsys, *given)
    assert code == 2
    assert "--update-baseline" in said
    code, printed, said = run(capsys, *given, "--update-baseline")
    assert (code, said) == (0, "edition: old.json: the baseline holds 3 findings now\n")
    assert run(capsys, *given)[::2] == (0, "")

    (corpus / "texts" / "05.xml").write_text("\n\n<a><c/><d/></a>", encoding="utf-8")
    (corpus / "texts" / "17.xml").write_text("<a/>", encoding="utf-8")
    code, printed, said = run(capsys, *given)
    assert code == 1
    assert "<d>" in printed
    assert "<c>" not in printed.splitlines()[0]
    assert "1 finding of the baseline" in said

    assert run(capsys, "texts", "--schema", "a.xsd", "--update-baseline")[0] == 2
    for content in ("[]", "{", '{"findings": [{}]}', '{"findings": 1}', "[" * 100_000):
        (corpus / "old.json").write_text(content, encoding="utf-8")
        assert run(capsys, *given)[0] == 2


def test_memory_is_flat(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = f"<a>{'<b/>' * 100_000}</a>"
    (corpus / "large").mkdir()
    (corpus / "large" / "0.xml").write_text(one, encoding="utf-8")
    run(capsys, "large", "--schema", "a.xsd", "--jobs", "1")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(1, 20):
        (corpus / "large" / f"{number}.xml").write_text(one, encoding="utf-8")
    assert run(capsys, "large", "--schema", "a.xsd", "--jobs", "1")[0] == 0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000, "KiB; each file takes some 15,000"


CONTENT = """<zeroOrMore><choice><text/><element><anyName><except><name>wrong</name></except></anyName>
<zeroOrMore><attribute><anyName/></attribute></zeroOrMore><ref name="any"/></element></choice></zeroOrMore>"""
ANY = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"><start>
<element name="TEI"><ref name="any"/></element></start><define name="any">{CONTENT}</define></grammar>"""
PREFIX = '<prefixDef ident="p" matchPattern="([a-z]+)" replacementPattern="p.xml#$1"/>'
HEAD = f"<teiHeader><encodingDesc>{PREFIX}</encodingDesc></teiHeader>"


@pytest.mark.parametrize(
    ("content", "is_clean"),
    [
        ('<sp xml:id="a" who="p:mao #a p.xml http://a.b"/><x:y xmlns:x="u" n="#no"/>', True),
        ("<sp\nxml:id = 'a'\nn='&lt;&quot;\"' who='\n#&#97;\n'></sp ><!-- <wrong> --><?p <wrong>?><p>></p>", True),
        ("<p><![CDATA[<wrong/></a></b>]]></p>\r\n<p/>", True),
        ('<sp xml:id="é" who="#%C3%A9"/>', True),
        ('<sp who="p:mao2"/>', False),
        ('<sp who="p:maoo"/>', False),
        ('<sp who="#a"/>', False),
        ('<sp who="no.xml"/>', False),
        ('<sp who="file:///a"/>', False),
        ('<sp who="#"/>', False),
        ('<sp xml:id="a"/><sp xml:id="a"/>', False),
        ('<sp xml:id="1"/>', False),
        ("<p><wrong/></p>", False),
        ("<p>", False),
        ("<p>&e;</p>", False),
    ],
)
@pytest.mark.parametrize("prologue", ["", "<!DOCTYPE TEI>", '<?xml version="1.0" encoding="UTF-16"?>'])
def test_a_file_is_judged_as_it_is_written_as_its_tree_is(
    corpus: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    prologue: str,
    content: str,
    is_clean: bool,
) -> None:
    (corpus / "any.rng").write_text(ANY, encoding="utf-8")
    (corpus / "p.xml").write_text('<p xml:id="mao"/>', encoding="utf-8")
    text = f'{prologue}<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEAD}{content}</TEI>'
    (corpus / "one.xml").write_text(text, encoding="utf-8")
    given = ("one.xml", "--schema", "any.rng", "--no-cache", "--format", "json")
    trees, parsed = [], parse.parsed

    def noted(data: bytes, file: Path, path: str) -> parse.Document:
        trees.append(path)
        return parsed(data, file, path)

    monkeypatch.setattr(parse, "parsed", noted)
    written = run(capsys, *given)
    assert ("one.xml" in trees) == bool(written[0] or prologue)
    assert (written[0] == 0) == (is_clean and "UTF" not in prologue)
    with monkeypatch.context() as patch:
        patch.setattr(judging, "LARGE", 0)
        assert run(capsys, *given) == written
    monkeypatch.setattr(judging, "Written", unsure)
    assert run(capsys, *given) == written


def unsure(data: bytes) -> None:
    raise UnsureError


@pytest.mark.parametrize(
    "content",
    [
        '<x:y xmlns:x="u" who="#no"/>',
        '<x:prefixDef xmlns:x="u" ident="p" matchPattern="no" replacementPattern="no"/><sp who="p:mao"/>',
        '<prefixDef ident="p" matchPattern="no" replacementPattern="no"/><sp who="p:mao"/>',
        '<sp n="a>b"/>',
        f'<sp n="{"x" * 11_000}"/>',
        f"{'<p>' * 253}{'</p>' * 253}",
    ],
)
def test_what_is_not_sure_as_it_is_written_is_clean_as_a_tree(
    corpus: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (corpus / "any.rng").write_text(ANY, encoding="utf-8")
    (corpus / "p.xml").write_text('<p xml:id="mao"/>', encoding="utf-8")
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEAD}{content}</TEI>'
    (corpus / "one.xml").write_text(text, encoding="utf-8")
    assert run(capsys, "one.xml", "--schema", "any.rng", "--no-cache")[0] == 0


def test_what_a_verdict_rests_on_is_remembered(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "any.rng").write_text(ANY, encoding="utf-8")
    (corpus / "p.xml").write_text('<p xml:id="mao"/>', encoding="utf-8")
    text = '<?xml-model href="any.rng"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><p who="p.xml#mao"/>{}</TEI>'
    (corpus / "one.xml").write_text(text.format(" " * 20_000), encoding="utf-8")
    assert run(capsys, "one.xml")[0] == 0
    with monkeypatch.context() as patch:
        patch.setattr(judging, "all_accept", None)  # nobody is asked again
        assert run(capsys, "one.xml")[0] == 0
    (corpus / "p.xml").write_text('<p xml:id="maoo"/>', encoding="utf-8")
    assert run(capsys, "one.xml")[0] == 1
    (corpus / "p.xml").write_text('<p xml:id="mao"/>', encoding="utf-8")
    (corpus / "any.rng").write_text(ANY.replace("wrong", "p"), encoding="utf-8")
    assert run(capsys, "one.xml")[0] == 1


def test_hostile_files_end_in_findings_in_every_form(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bomb = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    hostile = {
        "attribute": (f'<a x="{"y" * 10_500_000}"/>', "XML101"),
        "bomb": (f'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{bomb}]><a>&i;</a>', "XML103"),
        "deep": ("<a>" * 10_000 + "</a>" * 10_000, "XML101"),
        "entity": ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "XML103"),
        "line\nfeed": ("<a><c/></a>", "SCH101"),
        "нова назва": ("<a><c/></a>", "SCH101"),
    }
    (corpus / "hostile").mkdir()
    for name, (content, _) in hostile.items():
        (corpus / "hostile" / f"{name}.xml").write_text(content, encoding="utf-8")
    (corpus / "hostile" / "dtd.xml").write_text(
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', encoding="utf-8"
    )
    (corpus / "hostile" / "utf16.xml").write_text(
        '<?xml version="1.0" encoding="UTF-16"?>\r\n<a/>', encoding="utf-16"
    )
    for form in ("json", "jsonl", "sarif", "junit", "github", "text", "html"):
        code, printed, _ = run(capsys, "hostile", "--schema", "a.xsd", "--format", form)
        assert code == 1, form
        if form == "json":
            found = {Path(each["path"]).stem: each["code"] for each in json.loads(printed)["diagnostics"]}
            assert found == {name: code for name, (_, code) in hostile.items()}


def test_an_interruption_leaves_no_process_and_no_traceback(corpus: Path) -> None:
    (corpus / "many").mkdir()
    for number in range(3000):
        (corpus / "many" / f"{number}.xml").write_text("<a><c/></a>", encoding="utf-8")
    asked = [sys.executable, "-m", "edition", "validate", "many", "--schema", "a.xsd", "--jobs", "2"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as started:
        assert started.stdout is not None
        started.stdout.readline()
        os.killpg(started.pid, signal.SIGINT)  # as Ctrl-C does
        _, said = started.communicate(timeout=60)
    assert started.returncode == 130
    assert said.decode().strip() == "edition: interrupted"
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)


RULES = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="a"><zeroOrMore>
<element name="b"><empty/></element></zeroOrMore></element></start>{}</grammar>"""
RULE = """<s:pattern xmlns:s="http://purl.oclc.org/dsdl/schematron"><s:rule context="a">
<s:assert test="b">a b</s:assert></s:rule></s:pattern>"""


def test_rules_in_a_grammar_that_nobody_asks_are_remarked(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "rules.rng").write_text(RULES.format(RULE), encoding="utf-8")
    (corpus / "plain.rng").write_text(RULES.format("<!-- no s:rule -->"), encoding="utf-8")
    remark = "edition: rules.rng has Schematron rules too; --schematron rules.rng asks them\n"
    assert run(capsys, "texts/01.xml", "--schema", "rules.rng") == (0, "No findings. 18 rules asked.\n", remark)
    assert run(capsys, "texts/01.xml", "--schema", "rules.rng", "--schematron", "rules.rng")[2] == ""
    assert run(capsys, "texts/01.xml", "--schema", "plain.rng")[2] == ""
    assert run(capsys, "texts/01.xml", "--schema", "rules.rng", "--select", "SCH1")[2] == ""
