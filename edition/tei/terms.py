"""Terms that a list gives in both languages: categories of a taxonomy, items of a list (TEI P5, 2.3.8, 10.1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from edition.model import Term
from edition.tei.names import XML_LANG, tei
from edition.tei.parse import Document
from edition.tei.words import as_read

ENTRIES = (tei("category"), tei("item"))
_INNER = (tei("category"), tei("list"))


Entry = Mapping[str, tuple[str, ...]]  # the words of an entry by language, of which only the primary subtag is kept


def listed_terms(documents: Iterable[Document], original: str | None, translation: str | None) -> tuple[Term, ...]:
    """The terms that have words in both languages, given by their tags; each word in the form that it is written."""
    entries = (entry for document in documents if document.root is not None for entry in entries_of(document.root))
    return terms_of(entries, original, translation)


def terms_of(entries: Iterable[Entry], original: str | None, translation: str | None) -> tuple[Term, ...]:
    """The terms of entries that have words in both languages."""
    if not original or not translation:
        return ()
    ours, theirs = _primary(original), _primary(translation)
    return tuple(Term(entry[ours], entry[theirs]) for entry in entries if ours in entry and theirs in entry)


def entries_of(root: etree._Element) -> Iterator[Entry]:
    """What the entries of lists say in each language, without those that have no words."""
    for element in root.iter(*ENTRIES):
        entry: dict[str, tuple[str, ...]] = {}
        for term in element.iter(tei("term")):
            language, inner = term.get(XML_LANG), next((node for node in term.iterancestors(*ENTRIES, *_INNER)), None)
            if language and inner is element and (words := as_read(term)):
                entry[_primary(language)] = (*entry.get(_primary(language), ()), words)
        if entry:
            yield entry


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()
