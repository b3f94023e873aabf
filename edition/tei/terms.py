"""Terms that a list gives in both languages: categories of a taxonomy, items of a list (TEI P5, 2.3.8, 10.1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from edition.model import Term
from edition.tei.names import XML_LANG, tei
from edition.tei.parse import Document
from edition.tei.words import as_read

_ENTRIES = (tei("category"), tei("item"))
_INNER = (tei("category"), tei("list"))


def listed_terms(documents: Iterable[Document], original: str | None, translation: str | None) -> tuple[Term, ...]:
    """The terms that have words in both languages, given by their tags; each word in the form that it is written."""
    if not original or not translation:
        return ()
    return tuple(
        Term(ours, theirs)
        for document in documents
        if document.root is not None
        for entry in document.root.iter(*_ENTRIES)
        if (ours := tuple(_words(entry, original))) and (theirs := tuple(_words(entry, translation)))
    )


def _words(entry: etree._Element, language: str) -> Iterator[str]:
    """The `term` elements of an entry in one language, without those of entries inside it."""
    for term in entry.iter(tei("term")):
        inner = next((node for node in term.iterancestors(*_ENTRIES, *_INNER)), None)
        if inner is entry and _primary(term.get(XML_LANG, "")) == _primary(language) and (words := as_read(term)):
            yield words


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()
