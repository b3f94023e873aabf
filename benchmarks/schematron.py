"""Schematron against Saxon's own identity transform of the same file, and one small file after start-up.

Needs a Schematron schema and a TEI file of your own, which is made larger for the second measurement:

    python benchmarks/schematron.py tei_all.isosch.sch play.xml

The promise: a file of 100 KB in at most 0.1 s, and 10 MB within three times the time of an identity transform, both
with the reading of the file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from saxonche import PySaxonProcessor

from edition.schema.schematron import engine as schematron
from edition.tei.parse import read

SIZE = 10_600_000  # characters of the large file
RUNS = 5
IDENTITY = """<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="3.0">
<xsl:mode on-no-match="shallow-copy"/></xsl:stylesheet>"""


def best(run: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs: what else the machine does only ever adds."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return min(times)


def enlarged(text: str) -> str:
    """The text with its body repeated until it is of SIZE."""
    start, end = text.index("<body>") + len("<body>"), text.rindex("</body>")
    return text[:start] + text[start:end] * (SIZE // (end - start)) + text[end:]


def main(schema_file: str, text_file: str) -> int:
    schema = schematron.load(Path(schema_file), schema_file)
    small = Path(text_file)
    saxon = PySaxonProcessor(license=False)
    identity = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_text=IDENTITY)

    def copy(file: Path) -> object:
        return identity.transform_to_string(xdm_node=saxon.parse_xml(xml_file_name=str(file)))

    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.xml"
        large.write_text(enlarged(small.read_text(encoding="utf-8")), encoding="utf-8")
        for name, file in (("small", small), ("large", large)):
            ours = best(lambda file=file: list(schema.check(read(file, file.name))))  # type: ignore[misc]
            theirs = best(lambda file=file: copy(file))  # type: ignore[misc]
            size = file.stat().st_size / 1e6
            print(f"{name} {size:5.1f} MB: rules {ours:.3f} s, identity {theirs:.3f} s, {ours / theirs:.2f} times")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
