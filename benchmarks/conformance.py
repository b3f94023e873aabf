"""RELAX NG against the public conformance suite of James Clark: each schema taken or refused, each document judged.

    python benchmarks/conformance.py spectest.xml

The suite is not part of this project: it is `mod/rng-validate/test/spectest.xml` among the sources of jing. Exit code
1 means that a case was judged otherwise, names apart that the fourth edition of XML 1.0 forbids and the fifth allows.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from edition.errors import EditionError
from edition.schema.relaxng import load
from edition.tei.parse import read

# SARA II, which begins no name in the fourth edition of XML 1.0. What the suite says of it is no fault of ours.
FOURTH_EDITION = "\u0e35"


def written(holder: etree._Element) -> str:
    """The schema or document within an element of the suite."""
    (inside,) = holder.iterchildren(etree.Element)
    return etree.tostring(inside, encoding="unicode", with_tail=False)


def lay_out(case: etree._Element, folder: Path) -> None:
    """Write the files that a schema includes."""
    for each in case.iterchildren("resource"):
        (folder / each.get("name", "")).write_text(written(each), encoding="utf-8")
    for each in case.iterchildren("dir"):
        inner = folder / each.get("name", "")
        inner.mkdir(exist_ok=True)
        lay_out(each, inner)


def faults(case: etree._Element, folder: Path) -> Iterator[str]:
    """What is judged otherwise than the suite says."""
    lay_out(case, folder)
    (holder,) = case.iterchildren("correct", "incorrect")
    schema = folder / "schema.rng"
    schema.write_text(written(holder), encoding="utf-8")
    try:
        loaded = load(schema, schema.name)
    except EditionError as error:
        if holder.tag == "correct":
            yield f"a correct schema is refused: {error}"
        return
    if holder.tag == "incorrect":
        yield "an incorrect schema is taken"
        return
    for kind in ("valid", "invalid"):
        for number, document in enumerate(case.iterchildren(kind)):
            file = folder / f"{kind}{number}.xml"
            file.write_text(document.get("dtd", "") + written(document), encoding="utf-8")
            if any(True for _ in loaded.check(read(file, file.name))) is (kind == "valid"):
                yield f"{kind}, but judged otherwise: {written(document)}"


def main() -> int:
    parser = etree.XMLParser(load_dtd=True, no_network=True)
    cases = list(etree.parse(sys.argv[1], parser).iter("testCase"))
    wrong = older = 0
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            found = list(faults(case, Path(folder)))
        if found and FOURTH_EDITION in etree.tostring(case, encoding="unicode"):
            older += 1
        elif found:
            wrong += 1
            print(f"section {case.findtext('section', '?')}: {'; '.join(found)}")
    documents = sum(len(case.findall(kind)) for case in cases for kind in ("valid", "invalid"))
    print(f"{len(cases)} cases with {documents} documents: {len(cases) - wrong - older} as the suite says,")
    print(f"{older} by the names of XML 1.0, fifth edition, {wrong} otherwise")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
