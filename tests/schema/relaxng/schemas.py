"""Short ways to write schemas and documents, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path
from weakref import WeakKeyDictionary

from edition.diagnostics import Diagnostic
from edition.schema.languages import Schema
from edition.schema.piecewise import sifted
from edition.schema.relaxng import load
from edition.schema.relaxng.schema import RelaxNgSchema
from edition.tei.parse import Document, read
from edition.tei.written import UnsureError, Written
from tests.schema.relaxng.compacting import compacted

RNG = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
A = "http://relaxng.org/ns/compatibility/annotations/1.0"
OPENING = f'xmlns="{RNG}" xmlns:a="{A}" datatypeLibrary="{XSD}"'


def grammar(*components: str, attributes: str = "") -> str:
    return f"<grammar {OPENING} {attributes}>\n{chr(10).join(components)}\n</grammar>"


def start(inside: str) -> str:
    """A start with an element r that holds this."""
    return f'<start><element name="r">{inside}</element></start>'


def element(name: str, inside: str = "<empty/>") -> str:
    return f'<element name="{name}">{inside}</element>'


def attribute(name: str, inside: str = "<text/>") -> str:
    return f'<attribute name="{name}">{inside}</attribute>'


def schema(folder: Path, text: str, name: str = "s.rng") -> RelaxNgSchema:
    """A schema, written into `folder`; one element of a grammar is made a whole one."""
    if not text.startswith("<grammar"):
        text = grammar(start(text))
    (folder / name).write_text(text, encoding="utf-8")
    found = load(folder / name, name)
    compact = Path(name).with_suffix(".rnc")
    (folder / compact).write_text(compacted(text), encoding="utf-8")
    _compact[found] = load(folder / compact, compact.name)
    return found


_compact: WeakKeyDictionary[Schema, Schema] = WeakKeyDictionary()  # the same in the other syntax


def findings(of: Schema, folder: Path, document: str) -> list[Diagnostic]:
    """What is found by a schema, and by its like in the compact syntax as well, and as in a large document."""
    (folder / "d.xml").write_text(document, encoding="utf-8")
    found = list(of.check(read(folder / "d.xml", "d.xml")))
    assert found_in_parts(of, folder / "d.xml") in (found, None)
    if of in _compact:
        assert list(_compact[of].check(read(folder / "d.xml", "d.xml"))) == found
    return found


def found_in_parts(of: Schema, file: Path) -> list[Diagnostic] | None:
    """What is found if no tree of the whole is made; None where nobody can tell without."""
    try:
        return list(of.check(sifted([of], Written(file.read_bytes()), Document(file.name, file, None), None)))
    except UnsureError:
        return None


def told(of: Schema, folder: Path, document: str) -> list[str]:
    """The findings, each as `CODE message`."""
    return [f"{each.rule.code} {each.message}" for each in findings(of, folder, document)]
