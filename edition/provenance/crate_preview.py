"""The crate as a page for people (RO-Crate 1.3, structure: RO-Crate Website): what the edition is, and what is in it.

One file without scripts and without anything from outside. Properties of schema.org are marked as microdata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote

from edition import __version__
from edition.provenance.description import Description
from edition.provenance.history import History
from edition.provenance.media_types import called

_STYLE = """
body { font: 1.0625rem/1.5 Georgia, "PT Serif", serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
h1 { font-size: 1.6rem; line-height: 1.25; text-wrap: balance } h2 { font-size: 1.15rem; margin-top: 2.2rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem } dt { color: #595959 } dd { margin: 0 }
table { border-collapse: collapse; width: 100% } th { text-align: left; font-weight: normal; color: #595959 }
td, th { border-bottom: 1px solid #ddd; padding: .3rem 1rem .3rem 0; vertical-align: top; overflow-wrap: anywhere }
td:last-child, th:last-child { padding-right: 0 } .number { text-align: right; white-space: nowrap }
a { color: #14509b } small { color: #595959 }
li { margin-bottom: .4rem } footer { margin-top: 2.5rem; color: #595959; font-size: .9rem }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }
@media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #161616 } a { color: #8ab8f5 }
  dt, th, small, footer { color: #a6a6a6 } td, th { border-color: #3a3a3a } }
"""


def page(history: History) -> str:
    """The page in HTML 5."""
    said = history.description
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(said.title)}</title><style>{_STYLE}</style></head>",
        '<body itemscope itemtype="http://schema.org/Dataset">',
        f'<h1 itemprop="name">{escape(said.title)}</h1>',
        *_facts(said),
        *([f'<p itemprop="description">{escape(said.abstract)}</p>'] if said.abstract else []),
        f'<h2>How to cite</h2><p itemprop="creditText">{_citation(said)}</p>',
        *_works(said),
        *_files(history),
        *_making(history),
        *_checks(history),
        f"<footer>Written by edition-toolkit {escape(__version__)} from the metadata of the edition; the same for "
        'programs: <a href="ro-crate-metadata.json">ro-crate-metadata.json</a>.</footer>',
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _facts(said: Description) -> Iterator[str]:
    rows = (
        ("By", "author", [escape(author.name) for author in said.authors]),
        ("With", "contributor", [f"{escape(each.name)} ({escape(each.role)})" for each in said.contributors]),
        ("Version", "version", [escape(said.version)]),
        ("Published", "datePublished", [f'<time datetime="{said.issued}">{said.issued}</time>']),
        ("Publisher", "publisher", [escape(said.publisher)]),
        ("Licence", "license", [_link(each.address, each.identifier or each.address) for each in said.licences]),
        ("Rights", "copyrightNotice", [escape(each) for each in said.terms]),
        ("Identifier", "identifier", [_link(f"https://doi.org/{said.doi}", said.doi)] if said.doi else []),
        ("Languages", "inLanguage", [escape(each) for each in said.languages]),
        ("About", "temporalCoverage", [escape(each) for each in said.covers]),
        ("Places", "spatialCoverage", [escape(place.name) for place in said.places]),
        ("Subjects", "keywords", [escape(each) for each in said.keywords]),
    )
    yield "<dl>"
    for term, name, values in rows:
        shown = [f'<span itemprop="{name}">{value}</span>' for value in dict.fromkeys(values) if value]
        if shown:
            yield f"<dt>{term}</dt><dd>{'; '.join(shown)}</dd>"
    yield "</dl>"


def _link(address: str, text: str) -> str:
    """A link where the address is one of the web's; what CITATION.cff says may be anything."""
    if address.startswith(("https://", "http://")):
        return f'<a href="{escape(address)}">{escape(text)}</a>'
    return escape(text)


def _citation(said: Description) -> str:
    authors = "; ".join(author.names[-1] for author in said.authors)
    version = f"Version {said.version}" if said.version else ""
    parts = [authors, said.title, version, said.publisher if said.publisher != authors else "", said.issued[:4]]
    text = escape(". ".join(part.rstrip(".") for part in parts if part) + ".")
    return f"{text} {_link(f'https://doi.org/{said.doi}', f'https://doi.org/{said.doi}')}" if said.doi else text


def _works(said: Description) -> Iterator[str]:
    if said.references or said.manuscripts:
        yield "<h2>What it rests on</h2><ul>"
        yield from (f"<li>{escape(manuscript)}</li>" for manuscript in said.manuscripts)
        for work in said.references:
            rest = ". ".join(part for part in (work.publisher, work.date) if part)
            yield f"<li><cite>{escape(work.title)}</cite>{'. ' if rest else ''}{escape(rest)}</li>"
        yield "</ul>"


def _files(history: History) -> Iterator[str]:
    yield "<h2>Files</h2>"
    yield '<table><tr><th>File</th><th>What it is</th><th>Kind</th><th class="number">Bytes</th></tr>'
    for file in sorted(history.files, key=lambda file: file.path):
        path = PurePosixPath(file.path).relative_to("data").as_posix()
        link = f'<a href="./{escape(quote(path))}">{escape(path)}</a>'
        size = f"{file.size:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
        cells = f"<td>{escape(history.roles.get(file.path, ''))}</td><td>{called(path)}</td>"
        yield f'<tr><td itemprop="hasPart">{link}</td>{cells}<td class="number">{size}</td></tr>'
    yield "</table>"


def _making(history: History) -> Iterator[str]:
    yield "<h2>How it was made</h2><ol>"
    for step in history.steps:
        software = (f"{one.name} {one.version}".strip() for one in history.software(step))
        made = f": {_listed(PurePosixPath(path).name for path in step.made)}" if step.made else ""
        using = "" if step.by_hand else f"<br><small>{_listed((f'edition-toolkit {__version__}', *software))}</small>"
        yield f"<li>{escape(step.description)}{made}{using}</li>"
    yield "</ol>"


def _checks(history: History) -> Iterator[str]:
    yield "<h2>What was checked</h2><table><tr><th>Check</th><th>Outcome</th></tr>"
    for check in history.checks:
        outcome = history.outcome(check)
        yield f"<tr><td>{escape(check.description)}</td><td>{outcome.word}; {escape(outcome.note)}</td></tr>"
    yield "</table>"


def _listed(values: Iterable[str]) -> str:
    return escape(", ".join(values))
