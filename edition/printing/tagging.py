"""The tags of a PDF, made anew: WeasyPrint tags each box of each page, we tag the book.

WeasyPrint 70 leaves undone what no validator sees: running heads are content, nothing but the whole has a language,
notes are paragraphs, and a paragraph ends with its page. Its tags are used to find which mark on a page is the text
of which box, for both are made in the same order; then they are cleared, and the tree of `structure` is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from edition.errors import EditionError
from edition.printing.structure import INLINE, SPOKEN, Html, Marked, Node, Reading, Target

if TYPE_CHECKING:
    from weasyprint import Document

_Box: TypeAlias = Any
_Thing: TypeAlias = Any  # a dictionary of the PDF
_Parents: TypeAlias = Mapping[Html, Html]

HYPHEN = "-"  # as hyphenate-character of book.css
_STRUCTURE = "/StructElem"
_LEADER = set(". ")
_DRAWN_APART = EditionError(
    "text with opacity is drawn apart from its page, where no screen reader finds it",
    advice="use colours in its place in print.stylesheets",
)
_NOT_UNDERSTOOD = EditionError(
    "the tags of this PDF are not understood", advice="install the versions that constraints.txt names"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that WeasyPrint has tagged: its box with its mark on the page, or with its annotation as a link."""

    box: _Box
    mark: int = -1
    link: bytes = b""
    in_margin: bool = False


def tag(document: Document, pdf: Any, order: str) -> None:
    """Give a PDF that WeasyPrint has tagged the tags of a book. `order` is one of `structure.ORDERS`."""
    old = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == _STRUCTURE]
    tags = _Tags(iter(old[1:]), pdf)  # the first is that of the document
    reading = Reading(document.metadata.lang or "")
    parents: dict[Html, _Parents] = {}
    marks: list[int] = []
    for number, page in enumerate(document.pages):
        root = page._page_box.children[0].element
        if root not in parents:
            parents[root] = {child: parent for parent in root.iter() for child in parent}
        sheet = _Sheet(number, _marks_of(pdf, number), parents[root], tags)
        marks.append(sheet.read(page._page_box, reading))
    if next(tags.rest, None) is not None:
        raise _NOT_UNDERSTOOD
    _write(reading.arranged(order), pdf, old, marks)


@dataclass(frozen=True, slots=True)
class _Tags:
    """WeasyPrint's tags, one after the other in the order in which it goes through the boxes."""

    rest: Iterator[_Thing]
    pdf: Any

    def pieces(self, box: _Box, above: str = "", *, in_margin: bool = False) -> Iterator[_Piece]:
        """What is tagged in a box. `above` is the role of the tag above it."""
        from weasyprint.formatting_structure import boxes

        box = getattr(box, "_box", box)  # of one that was placed out of the flow
        in_margin = in_margin or isinstance(box, boxes.MarginBox)
        name = None if box.element is None else box.element_tag
        without = name in ("html", "body") or isinstance(box, boxes.PageBox | boxes.MarginBox)
        if without and isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox):
            for child in box.children:
                yield from self.pieces(child, above, in_margin=in_margin)
            return
        tag = self._next()
        if name in ("li", "dt", "dd") and tag["S"] == "/LI" and above not in ("/LI", "/LBody") and _is_wrapped(box):
            tag = self._next()
        if box.link_annotation:
            yield _Piece(box, link=box.link_annotation.reference)
        own = iter([each for each in tag["K"] if isinstance(each, int)])
        for child in getattr(box, "children", ()):
            for each in child.children if isinstance(child, boxes.LineBox) else (child,):
                if isinstance(each, boxes.TextBox):
                    mark = next(own) if tag["S"] == "/Link" else self._next()["K"][0]
                    yield _Piece(each, mark, in_margin=in_margin)
                else:
                    yield from self.pieces(each, tag["S"], in_margin=in_margin)
        if isinstance(box, boxes.ReplacedBox):
            yield _Piece(box, tag["K"][-1], in_margin=in_margin)

    def _next(self) -> _Thing:
        tag = next(self.rest, None)
        if tag is None:
            raise _NOT_UNDERSTOOD
        return tag


def _is_wrapped(box: _Box) -> bool:
    """Whether WeasyPrint makes two tags of an item of a list: it does where it has no bullet."""
    return "list-item" not in box.style["display"] or box.style["list_style_type"] == "none"


def _marks_of(pdf: Any, page: int) -> dict[int, _Mark]:
    """The marks of the content of a page, by their numbers."""
    reference = pdf.pages["Kids"][3 * page]
    content = pdf.objects[int(pdf.objects[reference]["Contents"].split()[0])].stream
    return {
        content[at - 1]["MCID"]: _Mark(content, at)
        for at, operator in enumerate(content)
        if operator == b"BDC" and "MCID" in content[at - 1]
    }


@dataclass(frozen=True, slots=True)
class _Mark:
    """The beginning of marked content: the operator at a place in a stream, after its role and its properties."""

    content: list[Any]
    at: int

    @property
    def properties(self) -> _Thing:
        return self.content[self.at - 1]

    def is_artifact(self, kind: str) -> None:
        """Make it none of the book's content (ISO 32000-1, 14.8.2.2)."""
        self.content[self.at - 2] = "/Artifact"
        self.properties.clear()
        self.properties["Type"] = kind


@dataclass
class _Sheet:
    """One page: what of it is content, in which order, and what is only on paper."""

    number: int
    marks: Mapping[int, _Mark]
    parents: _Parents
    tags: _Tags
    kept: int = 0

    def read(self, page_box: _Box, reading: Reading) -> int:
        """Put the content of the page into the reading; gives how many marks it has now."""
        pieces = list(self.tags.pieces(page_box))
        for piece, text in zip(pieces, self._hyphens(pieces), strict=True):
            element = piece.box.element
            if piece.link:
                reading.add(element, self.parents, self._target(piece))
            elif piece.in_margin or _is_label_in_margin(piece.box):
                self._mark(piece).is_artifact("/Pagination")
            elif _is_leader(piece.box):
                self._mark(piece).is_artifact("/Layout")
            else:
                self._keep(piece, text)
                reading.add(element, self.parents, Marked(self.number, self.kept - 1))
        return self.kept

    def _target(self, piece: _Piece) -> Target:
        """The annotation of a link, which says in words where it leads (ISO 14289-1, 7.18.5)."""
        import pydyf

        element = piece.box.element
        annotation = self.tags.pdf.objects[int(piece.link.split()[0])]
        said = element.get(SPOKEN) or " ".join("".join(element.itertext()).split())
        annotation["Contents"] = pydyf.String(said or annotation["Contents"].string)
        return Target(self.number, piece.link, annotation["StructParent"])

    def _mark(self, piece: _Piece) -> _Mark:
        if piece.mark not in self.marks:
            raise _DRAWN_APART
        return self.marks[piece.mark]

    def _keep(self, piece: _Piece, text: str | None) -> None:
        import pydyf

        properties = self._mark(piece).properties
        properties["MCID"] = self.kept
        if text is not None:
            properties["ActualText"] = pydyf.String(text)
        self.kept += 1

    def _hyphens(self, pieces: Sequence[_Piece]) -> Iterator[str | None]:
        """For each piece that ends with a hyphen which the text does not have, its text without it."""
        words: dict[Html, _Words] = {}
        for piece in pieces:
            text = getattr(piece.box, "text", None)
            if text is None or piece.in_margin or "::" in piece.box.element_tag:
                yield None
                continue
            block = self._block(piece.box.element)
            yield words.setdefault(block, _Words("".join("".join(block.itertext()).split()))).without_hyphen(text)

    def _block(self, element: Html) -> Html:
        """The paragraph or the like that an element stands in."""
        while element in self.parents and element.tag in INLINE:
            element = self.parents[element]
        return element


@dataclass(slots=True)
class _Words:
    """The letters of a paragraph, and how many of them were set so far; on a new page that is not known at first."""

    letters: str
    reached: int = -1

    def without_hyphen(self, text: str) -> str | None:
        own = "".join(text.split())
        for said in (own, own.removesuffix(HYPHEN)):
            at = self.letters.find(said, max(self.reached, 0))
            if at >= 0 and (self.reached < 0 or at == self.reached):
                self.reached = at + len(said)
                return None if said == own else text.rstrip().removesuffix(HYPHEN)
        return None


def _is_label_in_margin(box: _Box) -> bool:
    classes = (box.element.get("class") or "").split()
    return "line-number" in classes or ("::" in box.element_tag and "stroke" in classes)


def _is_leader(box: _Box) -> bool:
    """The dots between a title and its page in the contents."""
    return "::" in box.element_tag and set(getattr(box, "text", "x")) <= _LEADER


def _write(root: Node, pdf: Any, old: Sequence[_Thing], marks: Sequence[int]) -> None:
    """Write the tree in place of the old one; what is left of that stays empty, for objects are known by numbers."""
    import pydyf

    free = iter(old)
    for each in old:
        each.clear()
    writer = _Writer(pdf, pdf.page_references, free, [[b"null"] * count for count in marks])
    top = next(free)
    writer.fill(top, root, pdf.catalog["StructTreeRoot"])
    parents = pydyf.Array()
    for number, page in enumerate(writer.by_mark):
        parents += [number, pydyf.Array(page)]
    for number, reference in sorted(writer.by_link.items()):
        parents += [number, reference]
    tree = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    pdf.objects[int(tree["ParentTree"].split()[0])]["Nums"] = parents
    tree["ParentTreeNextKey"] = len(parents) // 2
    tree["K"] = pydyf.Array([top.reference])
    if writer.by_id:
        names = [
            each for name in sorted(writer.by_id, key=_bytes) for each in (pydyf.String(name), writer.by_id[name])
        ]
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def _bytes(name: str) -> bytes:
    """A string as it stands in a PDF, where those that are not ASCII come last (ISO 32000-1, 7.9.2.2)."""
    return name.encode("ascii") if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


@dataclass
class _Writer:
    """Fills tags; keeps what the tree of parents and that of ids need."""

    pdf: Any
    pages: Sequence[bytes]
    free: Iterator[_Thing]
    by_mark: list[list[bytes]]
    by_link: dict[int, bytes] = field(default_factory=dict)
    by_id: dict[str, bytes] = field(default_factory=dict)

    def fill(self, tag: _Thing, node: Node, parent: bytes) -> None:
        import pydyf

        first = next((kid for kid in node.kids if not isinstance(kid, Node)), None)
        tag |= {"Type": _STRUCTURE, "S": f"/{node.role}", "P": parent}
        if first is not None:
            tag["Pg"] = self.pages[first.page]
        if node.language:
            tag["Lang"] = pydyf.String(node.language)
        if node.spoken:
            tag["Alt"] = pydyf.String(node.spoken)
        if node.id:
            tag["ID"] = pydyf.String(node.id)
            self.by_id[node.id] = tag.reference
        tag["K"] = pydyf.Array([self._kid(kid, tag, first.page if first else -1) for kid in node.kids])

    def _kid(self, kid: Node | Marked | Target, tag: _Thing, page: int) -> Any:
        import pydyf

        if isinstance(kid, Node):
            below = self._free()
            self.fill(below, kid, tag.reference)
            return below.reference
        place = self.pages[kid.page]
        if isinstance(kid, Target):
            self.by_link[kid.number] = tag.reference
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.reference, "Pg": place})
        self.by_mark[kid.page][kid.mark] = tag.reference
        return kid.mark if kid.page == page else pydyf.Dictionary({"Type": "/MCR", "Pg": place, "MCID": kid.mark})

    def _free(self) -> _Thing:
        import pydyf

        tag = next(self.free, None)
        if tag is None:
            tag = pydyf.Dictionary()
            self.pdf.add_object(tag)
        return tag
