"""What a schema has of XPath and XSLT, as it may be run: it opens no files but through us, and writes none.

Other documents are had from our functions (see `prologue`); variables that two patterns call alike have names of
their own. What gets by this, Saxon refuses (see `saxon`).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping

from lxml import etree

from edition.errors import EditionError
from edition.schema.schematron.names import PLACE, XSL, place_of
from edition.schema.schematron.prologue import OURS

_REFUSED = frozenset(f"{XSL}{name}" for name in ("import", "include", "result-document", "evaluate", "use-package"))
# An answer in which anything could stand as it is would be no XML. XSLT lets a processor pass over these.
_PASSED_OVER = frozenset((PLACE, "disable-output-escaping", "_disable-output-escaping"))
# What is changed in expressions: doc and document, as functions, and variables. Strings and comments are passed over.
_CHANGED = re.compile(
    r"""\"[^\"]*\"|'[^']*'|\(:.*?:\)|(?<![\w.:$@/-])(?:fn:)?(?P<doc>doc|doc-available|document)(?=\s*\()"""
    r"""|\$\s*(?P<variable>[\w.:-]+)""",
    re.DOTALL,
)
_ENVIRONMENT = re.compile(r"\b(available-)?environment-variables?\b")


def xpath(node: etree._Element, expression: str, names: Mapping[str, str]) -> str:
    """An expression of the schema. `names` are the variables that have others. Raises EditionError."""
    if _ENVIRONMENT.search(expression):
        raise EditionError(f"{place_of(node)}: a schema cannot read the environment", advice="take it out")

    def changed(found: re.Match[str]) -> str:
        if found["variable"]:
            return f"${names.get(found['variable'], found['variable'])}"
        return f"__ed:{found['doc']}" if found["doc"] else found[0]

    return _CHANGED.sub(changed, expression)


def xslt(node: etree._Element, names: Mapping[str, str]) -> str:
    """XSLT of the schema, or elements that it makes. Raises EditionError for what reads or writes other files."""
    place, copied = place_of(node), copy.deepcopy(node)
    for inside in copied.iter(etree.Element):
        if inside.tag in _REFUSED:
            name = etree.QName(inside).localname
            raise EditionError(f"{place}: xsl:{name} is not allowed in a schema", advice="take it out")
        if inside.tag == f"{XSL}template" and "#all" in inside.get("mode", "").split():
            message = f"{place}: a template of all modes would stand in the way of the rules"
            raise EditionError(message, advice="give it a mode of its own")
        for name in _PASSED_OVER & {str(each) for each in inside.attrib}:
            del inside.attrib[name]
        for name, value in inside.attrib.items():
            inside.set(name, xpath(node, str(value), names))
    # Its prefixes may stand in expressions. A default would be put on what has no namespace.
    around = etree.Element("around", nsmap={name: uri for name, uri in node.nsmap.items() if name} | {"__ed": OURS})
    around.append(copied)
    return etree.tostring(copied, encoding="unicode", with_tail=False)
