"""Why a document is not valid: the faults that its elements have by themselves, else the place that does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from edition.schema.explain import explain
from edition.schema.faults import Fault
from edition.schema.places import Spot
from edition.schema.relaxng.declaring import Declaring
from edition.schema.relaxng.grammar import Reader
from edition.schema.relaxng.tokens import Misfit
from edition.schema.relaxng.verdict import Judge
from edition.schema.rules import BAD_VALUE, ELEMENT_MISSING, ELEMENT_NOT_ALLOWED, NOT_VALID, TEXT_NOT_ALLOWED
from edition.schema.wording import Names, listed, quoted
from edition.tei.names import XML_ID
from edition.tei.pointers import is_id
from edition.tei.shells import Shells
from edition.tei.written import UnsureError


class Explaining:
    """Explains by one schema, which is read whole for it."""

    def __init__(self, reader: Reader, judge: Judge) -> None:
        reader.read_all()
        self._declaring = Declaring(reader, judge)

    def faults(self, root: etree._Element, misfit: Misfit) -> Iterator[Fault]:
        """Those of a document whose tree is there as a whole."""
        found = False
        for fault in explain(self._declaring.declarations(str(root.tag)), root):
            found = True
            yield fault
        if not found:
            yield from _plain(root, misfit)

    def faults_within(self, root: etree._Element, shells: Shells) -> list[Fault]:
        """Those of a large document. Raises UnsureError where its elements have none by themselves."""
        found = list(explain(self._declaring.declarations(str(root.tag)), root, shells=shells))
        for fault in found:
            shells.open(fault.spot.element)
        if not found:
            raise UnsureError
        return found


def _plain(root: etree._Element, misfit: Misfit) -> Iterator[Fault]:
    """The place alone, where every element is sound by itself and only together they are not."""
    element = next(islice(root.iter(etree.Element), misfit.number, None))
    names = Names.of(root, [etree.QName(root).namespace or ""])
    tag, parent = names.tag(str(element.tag)), element.getparent()
    hint = f"expected: {listed([names.tag(name) for name in misfit.expected])}" if misfit.expected else ""
    if misfit.child is not None and not len(element):
        message = f"{quoted((element.text or '').strip())} in {tag} is not valid"
        yield Fault(BAD_VALUE, Spot(element), message, "see what the schema asks for")
    elif misfit.child is not None:
        message = f"the text may not stand at this place in {tag}"
        yield Fault(TEXT_NOT_ALLOWED, Spot(element, misfit.child), message, hint or "take it away")
    elif misfit.ends:
        yield Fault(ELEMENT_MISSING, Spot(element), f"{tag} ends too early", hint)
    elif parent is not None and element.tag not in misfit.expected:
        is_first = next(element.itersiblings(etree.Element, preceding=True), None) is None
        place = "here in {}" if is_first else "in {} after what stands before it"
        message = f"{tag} may not stand {place.format(names.tag(str(parent.tag)))}"
        yield Fault(ELEMENT_NOT_ALLOWED, Spot(element), message, hint or "take it away")
    elif is_id(element.get(XML_ID, "x")):  # else REF102 tells it
        message = f"{tag} does not fit here, with these attributes and contents"
        yield Fault(NOT_VALID, Spot(element), message, "see what the schema says of it")
