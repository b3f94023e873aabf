"""The tags of a PDF: WeasyPrint would tag each box of each page, we tag the book.

WeasyPrint 70 leaves undone what no validator sees: running heads are content, nothing but the whole has a language,
notes are paragraphs, and a paragraph ends with its page. So it only marks what it paints, each page is read as soon
as it is painted, and the tree of `structure` is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING, Any, TypeAlias

from edition.errors import EditionError
from edition.printing.joining import BREAK, WORD_JOINER
from edition.printing.nodes import Html, Kid, Marked, Node, Target
from edition.printing.spelling import Speller
from edition.printing.structure import INLINE, SPOKEN, Reading

if TYPE_CHECKING:
    from weasyprint import Document, Page

_Box: TypeAlias = Any
_Thing: TypeAlias = Any  # a dictionary of the PDF
_Parents: TypeAlias = Mapping[Html, Html]

HYPHEN = "-"  # as hyphenate-character of book.css
_STRUCTURE = "/StructElem"
_LEADER = set(". ")
# Scripts whose glyphs are joined, stacked or in another order than their letters, and marks above any letter.
_SHAPED = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1700-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufefc"
    "\U00010800-\U00011fff\U0001e800-\U0001eeff]"
)
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
_UNHEARD = str.maketrans("", "", BREAK + WORD_JOINER)
_DRAWN_APART = EditionError(
    "text with opacity is drawn apart from its page, where no screen reader finds it",
    advice="use colours in its place in print.stylesheets",
)


@dataclass
class Tagger:
    """Reads the pages of a book while they are painted, and tags them when all are."""

    reading: Reading
    marks: list[int] = field(default_factory=list)  # of each page
    links: list[_Thing] = field(default_factory=list)
    _parents: dict[Html, _Parents] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Tagger:
        return cls(Reading(document.metadata.lang or ""))

    def read(self, page_box: _Box, painted: Mapping[_Box, int], stream: Any) -> None:
        """The next page: its boxes, the mark of each that was painted, and what was painted."""
        root = page_box.children[0].element
        if root not in self._parents:
            self._parents[root] = {child: parent for parent in root.iter() for child in parent}
        sheet = _Sheet(len(self.marks), _marks_of(stream.stream), self._parents[root], self, _spaces(stream._fonts))
        sheet.read(list(_pieces(page_box, painted)))
        self.marks.append(sheet.kept)

    def write(self, pdf: Any, order: str) -> None:
        """Tag a PDF whose pages were all read. `order` is one of `structure.ORDERS`."""
        _write(self.reading.arranged(order), pdf, self)


class Leaf:
    """A page that is read and packed as it is painted, and lets go of its boxes, which fill memory in long books."""

    def __init__(self, page: Page, tagger: Tagger, speller: Speller) -> None:
        self._page, self._tagger, self._speller = page, tagger, speller

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page as WeasyPrint does, with the marks that it makes for tags of its own."""
        stream._tags = {}
        self._page.paint(stream, scale)
        painted = {box: made["mcid"] for box, made in stream._tags.items()}
        self._tagger.read(self._page._page_box, painted, stream)
        self._speller.mend(stream._fonts)
        self._page._page_box = None
        _pack(stream)


def _pack(stream: Any) -> None:
    """Compress a stream once, for its data are asked for twice: to be written, and to give the file its ID."""
    _, _, content = stream.data.partition(b"\nstream\n")
    stream.stream, stream.compress = [content.removesuffix(b"\nendstream")], False
    stream.extra["Filter"] = "/FlateDecode"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A box that was painted, with its mark on the page, or one with an annotation, which has none."""

    box: _Box
    mark: int = -1
    in_margin: bool = False


def _pieces(box: _Box, painted: Mapping[_Box, int], *, in_margin: bool = False) -> Iterator[_Piece]:
    """What is to be tagged in a box, in the order of the text."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)  # of one that was placed out of the flow
    in_margin = in_margin or isinstance(box, boxes.MarginBox)
    if box.link_annotation and not isinstance(box, boxes.TextBox):
        yield _Piece(box)
    if box in painted:
        yield _Piece(box, painted[box], in_margin)
    for child in getattr(box, "children", ()):
        yield from _pieces(child, painted, in_margin=in_margin)


def _marks_of(content: list[Any]) -> dict[int, _Mark]:
    """The marks of the content of a page, by their numbers."""
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

    def add_space(self, spaces: Mapping[str, int]) -> None:
        """Let the text end with a space, as words do for who reads them in their order (ISO 32000-1, 14.8.2.5)."""
        end = self.content.index(b"EMC", self.at)
        shown = [at for at in range(self.at + 1, end) if self.content[at][-4:] == b"] TJ"]
        fonts = (each for each in reversed(self.content[: shown[-1]]) if each[-3:] == b" Tf") if shown else iter(())
        space = spaces.get(bytes(next(fonts, b"/ ")).split(b" ")[0][1:].decode("latin-1"))
        if space is not None:
            self.content[shown[-1]] = self.content[shown[-1]][:-4] + b"<%04x>] TJ" % space

    def is_artifact(self, kind: str) -> None:
        """Make it none of the book's content (ISO 32000-1, 14.8.2.2)."""
        self.content[self.at - 2] = "/Artifact"
        self.properties.clear()
        self.properties["Type"] = kind


@dataclass
class _Sheet:
    """One page: what of it is content, in which order, and what is only on paper. `kept` counts its marks.

    `spaces` are the glyphs of spaces by the names of fonts.
    """

    number: int
    marks: Mapping[int, _Mark]
    parents: _Parents
    tagger: Tagger
    spaces: Mapping[str, int]
    kept: int = 0

    def read(self, pieces: Sequence[_Piece]) -> None:
        """Put the content of the page into the reading."""
        reading = self.tagger.reading
        for piece, said in zip(pieces, self._texts(pieces), strict=True):
            element = piece.box.element
            if piece.mark < 0:
                reading.add(element, self.parents, self._target(piece.box))
            elif piece.in_margin or _is_label_in_margin(piece.box):
                self._mark(piece).is_artifact("/Pagination")
            elif _is_leader(piece.box):
                self._mark(piece).is_artifact("/Layout")
            else:
                reading.add(element, self.parents, self._kept(piece, said))

    def _target(self, box: _Box) -> Target:
        """The annotation of a link, which says in words where it leads (ISO 14289-1, 7.18.5)."""
        import pydyf

        annotation, element = box.link_annotation, box.element
        said = element.get(SPOKEN) or " ".join("".join(element.itertext()).translate(_UNHEARD).split())
        target = annotation["Dest"] if "Dest" in annotation else annotation["A"]["URI"]
        annotation["Contents"] = pydyf.String(said or target.string)
        self.tagger.links.append(annotation)
        return Target(self.number, annotation.reference, len(self.tagger.links) - 1)

    def _mark(self, piece: _Piece) -> _Mark:
        if piece.mark not in self.marks:
            raise _DRAWN_APART
        return self.marks[piece.mark]

    def _kept(self, piece: _Piece, said: _Said) -> Kid:
        """Content, with the text that it shows if it must be said.

        Of what runs from the right the tree says it: programs that look for text on the page turn it themselves, and
        would turn this too.
        """
        import pydyf

        properties, kept = self._mark(piece).properties, Marked(self.number, self.kept)
        properties["MCID"] = self.kept
        self.kept += 1
        if said.text is None:
            if said.lost_space:
                self._mark(piece).add_space(self.spaces)
            return kept
        text = said.text + " " * said.lost_space
        if _runs_from_the_right(piece.box):
            return Node("Span", kids=[kept], text=text)
        properties["ActualText"] = pydyf.String(text)
        return kept

    def _texts(self, pieces: Sequence[_Piece]) -> Iterator[_Said]:
        """What is to be said of the text of each piece."""
        words: dict[Html, _Words] = {}
        for piece, then in zip_longest(pieces, pieces[1:]):
            text = getattr(piece.box, "text", None)
            if text is None or piece.in_margin:
                yield _Said()
                continue
            if (
                "::" in piece.box.element_tag
            ):  # what the print adds, such as the number of an item: no words of a block
                yield _Said(text if _runs_from_the_right(piece.box) else None)
                continue
            block = self._block(piece.box.element)
            own = words.setdefault(block, _Words.of(block))
            without = own.without_hyphen(text)
            is_other = _SHAPED.search(text) or _runs_from_the_right(piece.box)
            said = text if without is None and is_other else without
            goes_on = then is not None and self._block(then.box.element) is block
            follows = getattr(then.box, "text", "") if goes_on else ""
            lost_space = own.is_between_words and not text[-1:].isspace() and not follows[:1].isspace()
            yield _Said(said and said.translate(_UNHEARD), lost_space)

    def _block(self, element: Html) -> Html:
        """The paragraph or the like that an element stands in."""
        while element in self.parents and element.tag in INLINE:
            element = self.parents[element]
        return element


@dataclass(frozen=True, slots=True)
class _Said:
    """The text of what does not show it letter by letter, and whether the space after it was lost at a line end.

    It ends with a hyphen which the text does not have, or its glyphs are not its letters in their order.
    """

    text: str | None = None
    lost_space: bool = False


@dataclass(slots=True)
class _Words:
    """The letters of a paragraph, and how many of them were set so far; on a new page that is not known at first.

    `ends` are the numbers of letters after which there is a space and another word.
    """

    letters: str
    ends: frozenset[int]
    reached: int = -1

    @classmethod
    def of(cls, block: Html) -> _Words:
        """The words of a paragraph, which may go on overleaf."""
        words = "".join(block.itertext()).split()
        goes_on = "cut" in (block.get("class") or "").split()
        ends = accumulate(map(len, words if goes_on else words[:-1]))
        return cls("".join(words), frozenset(ends))

    @property
    def is_between_words(self) -> bool:
        return self.reached in self.ends

    def without_hyphen(self, text: str) -> str | None:
        own = "".join(text.split())
        for said in (own, own.removesuffix(HYPHEN)):
            at = self.letters.find(said, max(self.reached, 0))
            if at >= 0 and (self.reached < 0 or at == self.reached):
                self.reached = at + len(said)
                return None if said == own else text.rstrip().removesuffix(HYPHEN)
        return None


def _spaces(fonts: Mapping[Any, Any]) -> dict[str, int]:
    """The glyph of the space in each font that has painted one."""
    return {font.hash: glyph for font in fonts.values() for glyph, text in font.to_unicode.items() if text == " "}


def _runs_from_the_right(box: _Box) -> bool:
    """Whether what a box shows is Hebrew, Arabic or the like, or goes the way of such a text."""
    return box.style["direction"] == "rtl" or _FROM_THE_RIGHT.search(box.text) is not None


def _is_label_in_margin(box: _Box) -> bool:
    classes = (box.element.get("class") or "").split()
    return "line-number" in classes or ("::" in box.element_tag and "stroke" in classes)


def _is_leader(box: _Box) -> bool:
    """The dots between a title and its page in the contents."""
    return "::" in box.element_tag and set(getattr(box, "text", "x")) <= _LEADER


def _write(root: Node, pdf: Any, read: Tagger) -> None:
    """Write the tree, and what leads to it from marks, annotations and ids (ISO 32000-1, 14.7)."""
    import pydyf

    tree, numbers = pydyf.Dictionary({"Type": "/StructTreeRoot"}), pydyf.Dictionary()
    for thing in (tree, numbers):
        pdf.add_object(thing)
    writer = _Writer(
        pdf, pdf.page_references, [[b"null"] * count for count in read.marks], [b"null"] * len(read.links)
    )
    tree["K"] = pydyf.Array([writer.add(root, tree.reference)])
    of_pages = [(number, pydyf.Array(page)) for number, page in enumerate(writer.by_mark)]
    of_links = list(enumerate(writer.by_link, len(of_pages)))
    for number, annotation in enumerate(read.links, len(of_pages)):
        annotation["StructParent"] = number
    for number, reference in enumerate(writer.pages):
        pdf.objects[int(reference.split()[0])].update(Tabs="/S", StructParents=number)
    numbers["Nums"] = pydyf.Array(each for pair in (*of_pages, *of_links) for each in pair)
    tree |= {"ParentTree": numbers.reference, "ParentTreeNextKey": len(of_pages) + len(of_links)}
    if writer.by_id:
        names = [
            each for name in sorted(writer.by_id, key=_bytes) for each in (pydyf.String(name), writer.by_id[name])
        ]
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
    pdf.catalog |= {
        "StructTreeRoot": tree.reference,
        "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
        "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
    }


def _bytes(name: str) -> bytes:
    """A string as it stands in a PDF, where those that are not ASCII come last (ISO 32000-1, 7.9.2.2)."""
    return name.encode("ascii") if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


@dataclass
class _Writer:
    """Writes tags; keeps what the tree of parents and that of ids need."""

    pdf: Any
    pages: Sequence[bytes]
    by_mark: list[list[bytes]]
    by_link: list[bytes]
    by_id: dict[str, bytes] = field(default_factory=dict)

    def add(self, node: Node, parent: bytes) -> bytes:
        """Write a node and all below it; gives the reference to it."""
        import pydyf

        first = next((kid for kid in node.kids if not isinstance(kid, Node)), None)
        tag = pydyf.Dictionary({"Type": _STRUCTURE, "S": f"/{node.role}", "P": parent})
        self.pdf.add_object(tag)
        if first is not None:
            tag["Pg"] = self.pages[first.page]
        if node.language:
            tag["Lang"] = pydyf.String(node.language)
        if node.spoken:
            tag["Alt"] = pydyf.String(node.spoken)
        if node.text:
            tag["ActualText"] = pydyf.String(node.text)
        if node.told:
            owner = "/List" if node.role == "L" else "/Table"
            tag["A"] = pydyf.Dictionary({"O": owner, **dict(node.told)})
        if node.id:
            tag["ID"] = pydyf.String(node.id)
            self.by_id[node.id] = tag.reference
        tag["K"] = pydyf.Array([self._kid(kid, tag, first.page if first else -1) for kid in node.kids])
        return bytes(tag.reference)

    def _kid(self, kid: Node | Marked | Target, tag: _Thing, page: int) -> Any:
        import pydyf

        if isinstance(kid, Node):
            return self.add(kid, tag.reference)
        place = self.pages[kid.page]
        if isinstance(kid, Target):
            self.by_link[kid.number] = tag.reference
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.reference, "Pg": place})
        self.by_mark[kid.page][kid.mark] = tag.reference
        return kid.mark if kid.page == page else pydyf.Dictionary({"Type": "/MCR", "Pg": place, "MCID": kid.mark})
