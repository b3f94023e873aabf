"""DTDs: the verdict and its places by libxml2, in our words.

A DTD may bring in others by external parameter entities; they are read where a catalog has them or from its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from edition.diagnostics import Diagnostic, Location, Related, Rule
from edition.errors import EditionError
from edition.schema.findings import MAX_FINDINGS
from edition.schema.rules import (
    ATTRIBUTE_MISSING,
    ATTRIBUTE_NOT_ALLOWED,
    BAD_VALUE,
    ELEMENT_MISSING,
    ELEMENT_NOT_ALLOWED,
    NOT_VALID,
    TEXT_NOT_ALLOWED,
)
from edition.schema.wording import listed, nearest, quoted
from edition.tei.doctype import entry, mapped
from edition.tei.names import XML_ID
from edition.tei.parse import Document, read_bytes

MAX_BYTES = 16 * 1024 * 1024  # of one file of a DTD

_UNLISTED = r'Value "(.*)" for attribute (\S+) of (\S+) is not among the enumerated set'
# What libxml2 says, the rule, and what we say of it; {0}, {1} are the groups. The first that fits is taken.
_PLAIN_WORDS: tuple[tuple[re.Pattern[str], Rule | None, str, str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), rule, message, hint)
    for pattern, rule, message, hint in (
        (r"No declaration for element (\S+)", ELEMENT_NOT_ALLOWED, "the DTD has no element <{0}>", "check its name"),
        (
            r"No declaration for attribute (\S+) of element (\S+)",
            ATTRIBUTE_NOT_ALLOWED,
            "the attribute {0} is not allowed on <{1}>",
            "check its name, or take it away",
        ),
        (
            r"Element (\S+) does not carry attribute (\S+)",
            ATTRIBUTE_MISSING,
            "<{0}> lacks the attribute {1}",
            'add {1}="…"',
        ),
        (
            r'Value for attribute (\S+) of (\S+) is different from default "(.*)"',
            BAD_VALUE,
            "{0} of <{1}> has another value than the only one that the DTD allows",
            'write {0}="{2}"',
        ),
        (r"Value for attribute \S+ of \S+ must be", None, "", ""),  # said before
        (
            _UNLISTED,
            BAD_VALUE,
            '{1}="{0}" of <{2}> is none of the values that the DTD lists',
            "",  # they are looked up
        ),
        (
            r"Syntax of value for attribute (\S+) of (\S+) is not valid",
            BAD_VALUE,
            "the value of {0} of <{1}> is not of the kind that the DTD asks for",
            "an id or a name begins with a letter and has no spaces",
        ),
        (
            r"Element (\S+) was declared EMPTY this one has content",
            TEXT_NOT_ALLOWED,
            "<{0}> has content, and must be empty",
            "write <{0}/>",
        ),
        (
            r"Element (\S+) is not declared in (\S+) list of possible children",
            ELEMENT_NOT_ALLOWED,
            "<{0}> is not allowed in <{1}>",
            "move it, or take another element",
        ),
        (
            r"Element (\S+) content does not follow the DTD, [Ee]xpecting (.*), got (\(.*\))",
            ELEMENT_NOT_ALLOWED,
            "the content of <{0}> is not what the DTD asks for: it has {2}",
            "expected: {1}",
        ),
        (r"Element (\S+) content does not follow the DTD", ELEMENT_MISSING, "<{0}> lacks content", "see the DTD"),
        (
            r'IDREFS? attribute (\S+) references an unknown ID "(.*)"',
            NOT_VALID,
            '{0}="{1}" points to an id that is not there',
            "check the spelling",
        ),
        (
            r"ID (\S+) already defined",
            NOT_VALID,
            'the id "{0}" is taken',
            "give one of them another, and change what points to it",
        ),
    )
)
_TAKEN = re.compile(r"ID (\S+) already defined")
_LONGEST_CONTENT = 200  # characters of a content model that a message shows


def load(file: Path, path: str) -> DtdSchema:
    """The DTD in `file`, which messages call `path`. Raises EditionError, with the line, for a broken one."""
    data = read_bytes(file, path)
    vetted = _Vetted(file, path, data)
    parser = etree.XMLParser(load_dtd=True, no_network=True, resolve_entities=False, huge_tree=False)
    parser.resolvers.add(vetted)
    try:
        stub = etree.fromstring(b'<!DOCTYPE x SYSTEM "dtd"><x/>', parser, base_url="stub:/")
    except etree.XMLSyntaxError as error:
        raise vetted.refused or _broken(path, parser.error_log) from error
    if vetted.refused:
        raise vetted.refused
    dtd = stub.getroottree().docinfo.externalDTD
    if dtd is None or not any(True for _ in dtd.iterelements()):
        raise EditionError(f"{path}: the DTD declares no element", advice="name a file with <!ELEMENT …>")
    return DtdSchema(path, dtd)


def _broken(path: str, log: Any) -> EditionError:
    entry = next((entry for entry in log if entry.level >= etree.ErrorLevels.ERROR), None)
    if entry is None:
        return EditionError(f"{path}: the DTD is broken, and libxml2 does not say why")
    return EditionError(f"{path}:{entry.line}: the DTD is broken: {entry.message.strip()}")


class _Vetted(etree.Resolver):
    """Gives libxml2 the DTD and what lies in its folder. What it may not have is told after the parse."""

    def __init__(self, file: Path, path: str, data: bytes) -> None:
        self._folder, self._path, self._data = file.resolve().parent, path, data
        self._folders = [self._folder]
        self._is_first = True
        self.refused: EditionError | None = None

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        if self._is_first:
            self._is_first = False
            base = (self._folder / "dtd").as_posix()
            return self.resolve_string(self._data, context, base_url=base)
        try:
            return self._further(system_url or "", public_id or "", context)
        except EditionError as error:
            self.refused = self.refused or error
            return self.resolve_string("", context)

    def _further(self, url: str, public: str, context: Any) -> Any:
        """Another file of the DTD: one that a catalog has, or one that lies in the folder of one that was read."""
        file = mapped(public, url)
        if file is not None:
            self._folders.append(file.resolve().parent)
        else:
            name = unquote(url.removeprefix("file://"))
            file = self._folder / name
            if "://" in name or "\0" in name or not any(map(file.resolve().is_relative_to, self._folders)):
                raise EditionError(
                    f"{self._path}: the DTD wants {quoted(url)}, which lies outside its folder",
                    advice=f"put the file beside the DTD, or give a catalog that has {entry(public, url)}; "
                    "nothing is fetched",
                )
        data = read_bytes(file, f"{self._path} wants {quoted(file.name)}")
        return self.resolve_string(data, context, base_url=file.resolve().as_posix())


class DtdSchema:
    """A DTD that was loaded."""

    def __init__(self, path: str, dtd: etree.DTD) -> None:
        self.path = path
        self._dtd = dtd

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Why a document is not valid, in reading order; nothing if it is, or if it could not be parsed."""
        root = document.root
        if root is None or self._dtd.validate(root.getroottree()):
            return
        log = list(self._dtd.error_log)
        firsts = self._firsts(root) if any(_TAKEN.match(entry.message) for entry in log) else {}
        told_here = (entry for entry in log if not _is_told_elsewhere(entry, root))
        found = [self._finding(entry, document.path, firsts) for entry in told_here]
        told = sorted(dict.fromkeys(each for each in found if each is not None), key=lambda each: each.reading_order)
        yield from told[:MAX_FINDINGS]
        if len(told) > MAX_FINDINGS:
            message = f"from here on {len(told) - MAX_FINDINGS} more errors are not listed"
            yield NOT_VALID.finding(
                message, told[MAX_FINDINGS].location, hint="correct the first ones and check again"
            )

    def _firsts(self, root: etree._Element) -> dict[str, etree._Element]:
        """By its ID, the first element that has it."""
        firsts: dict[str, etree._Element] = {}
        for element in root.iter(etree.Element):
            wanted = self._id_of.get(etree.QName(element).localname)
            for name, value in element.attrib.items() if wanted else ():
                if etree.QName(name).localname == wanted:
                    firsts.setdefault(value.strip(), element)
        return firsts

    def _finding(self, entry: etree._LogEntry, path: str, firsts: Mapping[str, etree._Element]) -> Diagnostic | None:
        """In our words; None for what libxml2 has said in others."""
        message, place = entry.message.strip(), Location(path, entry.line or None)
        for pattern, rule, ours, hint in _PLAIN_WORDS:
            found = pattern.match(message)
            if found and rule is None:
                return None
            if found and rule is not None:
                groups = [_short(group) for group in found.groups()]
                help_ = self._listed(*found.groups()) if pattern.pattern == _UNLISTED else hint.format(*groups)
                first = firsts.get(found[1]) if _TAKEN.match(message) else None
                related = [Related(Location(path, first.sourceline), "the other one")] if first is not None else []
                return rule.finding(ours.format(*groups), place, hint=help_, related=related)
        return NOT_VALID.finding(message, place)

    def _listed(self, value: str, attribute: str, element: str) -> str:
        """Which values the DTD lists for an attribute, the one first that may have been meant."""
        values = self._values.get((element, attribute), [])
        near = nearest(value, values)
        guess = f'did you mean "{near}"? ' if near is not None else ""
        return f"{guess}expected: {listed(values)}" if values else "see the DTD"

    @cached_property
    def _values(self) -> dict[tuple[str, str], list[str]]:
        """What is listed, by the names of element and attribute as libxml2 says them, without prefixes."""
        return {
            (str(element.name), str(attribute.name)): attribute.values()
            for element in self._dtd.iterelements()
            for attribute in element.iterattributes()
        }

    @cached_property
    def _id_of(self) -> dict[str, str]:
        """The attribute of each element that is its ID; there is one at most (XML 1.0, section 3.3.1)."""
        return {
            str(element.name): str(attribute.name)
            for element in self._dtd.iterelements()
            for attribute in element.iterattributes()
            if attribute.type == "id"
        }


def _is_told_elsewhere(entry: etree._LogEntry, root: etree._Element) -> bool:
    """An xml:id that is used twice: REF101 names both places."""
    taken = _TAKEN.match(entry.message)
    return taken is not None and any(element.get(XML_ID) == taken[1] for element in root.iter(etree.Element))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_CONTENT else f"{text[:_LONGEST_CONTENT]}…"
