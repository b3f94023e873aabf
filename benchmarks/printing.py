"""How long the print of an edition takes, as its texts grow, beside a plain WeasyPrint render of the same words.

    python benchmarks/printing.py [TIMES...]      (default: 1 10 50)

Each length is printed in a process of its own, by us and plainly: both texts one after the other, notes after their
paragraphs, no facing pages, no tags, no check. Shown are seconds as they pass and as the processor works, the most
memory, milliseconds of work a page, the ratio of the two, and where our time goes. The goals: 10 s once, 240 s and
1.5 GB at fifty times, at most four times as long as plain, and a page at fifty times no more than half as long again
as at ten.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
BODY = "{http://www.tei-c.org/ns/1.0}body"
WITHIN = ("corresp", "target", "sameAs", "next", "prev")  # pointers between the parts that are repeated


def longer(folder: Path, times: int) -> None:
    """The edition of this repository with its texts repeated, each time with ids of their own."""
    for name in ("edition.toml", "CITATION.cff", "source/persons.xml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    for name in ("source/record.ru.xml", "source/record.en.xml"):
        tree = etree.parse(ROOT / name)
        body = tree.getroot().find(f".//{BODY}")
        assert body is not None
        once = list(body)
        for number in range(1, times):
            for part in once:
                body.append(renamed(deepcopy(part), f"-{number}"))
        tree.write(folder / name, encoding="utf-8", xml_declaration=True)


def renamed(part: etree._Element, suffix: str) -> etree._Element:
    for node in part.iter(etree.Element):
        if XML_ID in node.attrib:
            node.set(XML_ID, node.get(XML_ID, "") + suffix)
        for name in WITHIN:
            if name in node.attrib:
                node.set(name, " ".join(each + suffix for each in node.get(name, "").split()))
    return part


def ours(folder: Path) -> dict[str, object]:
    from edition import packing, printing
    from edition.config import load
    from edition.provenance import citation
    from edition.tei import parse
    from edition.tei.reading import read_edition

    config = load(folder)
    documents = {path: parse.read(config.root / path, path) for path in config.sources}
    original, translation, persons = (documents[path] for path in config.sources)
    edition = read_edition(original, translation, persons)
    cited = citation.read(config.root / config.citation, config.citation)[0] if config.citation else None
    imprint = replace(packing.imprint(config, edition, cited), date=datetime(2026, 1, 1, tzinfo=UTC))
    begun: list[tuple[str, float]] = []
    rendering = printing.render(
        printing.Copy(config, documents, edition, imprint), lambda what: begun.append((what, time.process_time()))
    )
    ends = [*(at for _, at in begun[1:]), time.process_time()]
    parts = {what: round(end - at, 1) for (what, at), end in zip(begun, ends, strict=True)}
    return {"pages": rendering.pages, "findings": len(rendering.diagnostics), "said": str(rendering), "parts": parts}


def plain(folder: Path) -> dict[str, object]:
    from weasyprint import HTML

    from edition.config import load
    from edition.printing.blocks import groups
    from edition.printing.fonts import faces, font_faces
    from edition.printing.inline import SERIES, called
    from edition.tei import parse

    config = load(folder)
    pieces = []
    for path, side in zip(config.sources, "ot", strict=False):
        for group in groups(parse.read(config.root / path, path), side, frozenset(SERIES)):
            for block in group.blocks:
                pieces.append(f'<p lang="{block.language}">{called(block.html, lambda _: "*")}</p>')
                pieces += (f"<p><small>{note.html}</small></p>" for note in block.notes)
    style = (
        font_faces(faces(config), config)
        + "@page { size: 170mm 240mm; margin: 21mm } p { margin: 0; text-align: justify; hyphens: auto }"
    )
    style += "html { font: 10pt/13.5pt 'PT Serif' }"
    document = HTML(string=f"<html lang=en><style>{style}</style>{''.join(pieces)}").render()
    document.write_pdf()
    return {"pages": len(document.pages)}


def measured(way: str, folder: Path) -> dict[str, object]:
    """What a process of its own says of one print."""
    program = [sys.executable, __file__, f"--{way}", str(folder)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def main(arguments: list[str]) -> None:
    if arguments and arguments[0].startswith("--"):
        begun = time.perf_counter()
        told = (ours if arguments[0] == "--ours" else plain)(Path(arguments[1]))
        told["seconds"] = time.perf_counter() - begun
        told["cpu"] = time.process_time()
        told["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(told))
        return
    for times in map(int, arguments or ("1", "10", "50")):
        with TemporaryDirectory() as name:
            longer(Path(name), times)
            show(times, measured("ours", Path(name)), measured("plain", Path(name)))


def show(times: int, own: dict[str, object], other: dict[str, object]) -> None:
    for way, told in (("edition", own), ("plain", other)):
        seconds, cpu, pages = float(str(told["seconds"])), float(str(told["cpu"])), int(str(told["pages"]))
        print(
            f"{times:3} times  {way:8} {seconds:7.1f} s ({cpu:.1f} s at work)  {told['megabytes']:>5} MB"
            f"  {pages:5} pages  {1000 * cpu / pages:5.0f} ms a page"
        )
    print(f"           ratio    {float(str(own['cpu'])) / float(str(other['cpu'])):7.1f}   {own['said']}")
    print(f"           {own['findings']} findings; seconds: {own['parts']}", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
