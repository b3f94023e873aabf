"""A large XSD is built once for explanations; what was kept is read only if it is the same, whole and our own."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from edition import caching
from edition.schema import xsd_keeping, xsd_reading
from edition.schema.xsd import load
from edition.tei.parse import read

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
OWN = f'<xs:schema {XS}><xs:include schemaLocation="b.xsd"/><xs:element name="a" type="t"/></xs:schema>'
INCLUDED = f"""<xs:schema {XS}><!--{"x" * xsd_keeping.MIN_BYTES}--><xs:complexType name="t"><xs:sequence>
<xs:element name="b" type="xs:date"/></xs:sequence></xs:complexType></xs:schema>"""

Explain = Callable[[], tuple[list[str], int]]


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Explain:
    """Explains a file by a schema that is loaded anew; gives back the messages and how often the schema was built."""
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.xsd").write_text(OWN, encoding="utf-8")
    (tmp_path / "b.xsd").write_text(INCLUDED, encoding="utf-8")
    (tmp_path / "a.xml").write_text("<a><b>1.5.2020</b></a>", encoding="utf-8")
    built: list[Path] = []
    whole = xsd_reading.build

    def build(file: Path, mapped: Mapping[str, Path], *, strict: bool) -> object:
        built.append(file)
        return whole(file, mapped, strict=strict)

    monkeypatch.setattr(xsd_reading, "build", build)

    def explain() -> tuple[list[str], int]:
        built.clear()
        found = load(tmp_path / "a.xsd", "a.xsd").check(read(tmp_path / "a.xml", "a.xml"))
        return [f"{each.message}: {each.hint}" for each in found], len(built)

    said, times = explain()
    assert times == 1
    assert "date" in said[0]
    assert explain() == (said, 0), "what was kept says the same"
    return explain


def kept(tmp_path: Path) -> Path:
    (entry,) = (each for each in (tmp_path / "cache" / "xsd").rglob("*") if each.is_file())
    return entry


def test_a_file_that_changed(explain: Explain, tmp_path: Path) -> None:
    (tmp_path / "b.xsd").write_text(INCLUDED.replace("xs:date", "xs:integer"), encoding="utf-8")
    said, times = explain()
    assert times == 1
    assert "date" not in said[0]


@pytest.mark.parametrize(
    "harm", [lambda data: b"", lambda data: data[:-1], lambda data: data[:80] + b"x" + data[81:]]
)
def test_what_is_damaged_is_built_anew(explain: Explain, tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    entry = kept(tmp_path)
    entry.write_bytes(harm(entry.read_bytes()))
    assert explain()[1] == 1
    assert explain()[1] == 0


@pytest.mark.parametrize("depth", range(4))
def test_what_others_may_write_is_not_read(explain: Explain, tmp_path: Path, depth: int) -> None:
    entry = kept(tmp_path)
    place = [entry, *entry.parents][depth]
    place.chmod(place.stat().st_mode | 0o020)
    assert explain()[1] == 1


def test_a_link_is_not_read(explain: Explain, tmp_path: Path) -> None:
    entry = kept(tmp_path)
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    assert explain()[1] == 1
    assert not entry.is_symlink()


def test_what_is_no_schema_is_built_anew(explain: Explain, tmp_path: Path) -> None:
    entry = kept(tmp_path)
    key = f"{entry.parent.name}{entry.name}"
    for body in (b"", b"no pickle", pickle.dumps(None)[:-1]):
        caching.put_own("xsd", key, body)
        assert explain()[1] == 1


def test_others_may_not_look_into_the_cache(explain: Explain, tmp_path: Path) -> None:
    entry = kept(tmp_path)
    assert entry.stat().st_mode & 0o077 == 0
    assert [each.stat().st_mode & 0o077 for each in list(entry.parents)[:3]] == [0, 0, 0]


def test_a_small_schema_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.xsd").write_text(f'<xs:schema {XS}><xs:element name="a"/></xs:schema>', encoding="utf-8")
    xsd_keeping.build([tmp_path / "a.xsd"], {})
    assert not (tmp_path / "cache").exists()
