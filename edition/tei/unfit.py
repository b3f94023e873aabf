"""Files in which there is nothing to compare, told before a tree of them grows: of a large one that is gigabytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from edition.errors import EditionError
from edition.tei.names import TEI_NAMESPACE
from edition.tei.units import AUTOMATIC, SPEECHES

MOST_OUTSIDE = 400_000  # elements that are held beside the units of a text, which takes about 450 MB,
_BESIDE_EACH = 5  # or so many beside each unit
_TEXTPART = "div type='textpart'"
_PIECE = 64 * 1024  # bytes
_SPEECHES = frozenset(("sp", "u"))
_PASSAGES = frozenset(("p", "ab", "l"))


def refusal(path: str, *, is_tei: bool, units: str = "") -> EditionError:
    """What to say of a text without turns, or without the units that were asked for; `is_tei` is whether there is a
    text of TEI at all."""
    if is_tei and units in _PASSAGES:
        return EditionError(
            f"{path}: no <{units}> with n, so nothing could be compared",
            advice=f"number the passages (<{units} n=…>), or ask for other units by --units",
        )
    if is_tei:
        return EditionError(
            f"{path}: no turns, so nothing could be compared",
            advice="encode each as <sp> or <u>, or number the passages (<p n=…>, <div type='textpart' n=…>); "
            "--units says which of these are meant",
        )
    return EditionError(
        f"{path}: no text of TEI is in it, so nothing could be compared",
        advice='its root must be <TEI xmlns="http://www.tei-c.org/ns/1.0">, with <text> in it',
    )


def differently_cited(paths: tuple[str, str], kinds: Sequence[str]) -> EditionError:
    """What to say of two texts of which each is cited by another kind of unit."""
    ours, theirs = (f"<{_TEXTPART if kind == 'textpart' else kind} n=…>" for kind in kinds)
    return EditionError(
        f"{paths[0]} is divided into {ours}, {paths[1]} into {theirs}, so nothing could be compared",
        advice="number the same kind of passage in both",
    )


def refuse_unfit(data: bytes, path: str, units: str = AUTOMATIC) -> None:
    """Raise EditionError for a well-formed file without anything that units.units_in could give, or with so much
    beside it that the tree would be one of gigabytes.

    Read no further than to the first of that, unless there are very many elements. What is not well-formed is for the
    parser to judge, and so is whether there is anything in a file with a DOCTYPE.
    """
    seen = _Seen(units, goes_on=data.count(b"<") > MOST_OUTSIDE)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    parser.StartDoctypeDeclHandler = seen.doctype
    try:
        for start in range(0, len(data), _PIECE):
            parser.Parse(data[start : start + _PIECE], False)
            if seen.enough and not seen.goes_on:
                return
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        return
    if not seen.enough:
        raise refusal(path, is_tei=seen.text)
    what, found = seen.wanted
    if found.outside > max(MOST_OUTSIDE, _BESIDE_EACH * found.units):
        raise EditionError(
            f"{path}: {found.outside:,} elements are outside its {what}, of which it has {found.units:,}: too many",
            advice="take out of the file what is not to be compared, or name other units by --units",
        )


@dataclass
class _Units:
    """How many units of a kind there are, how many elements outside them, and how deep in one the reading is."""

    units: int = 0
    outside: int = 0
    depth: int = 0

    def start(self, is_unit: bool) -> None:
        if self.depth or is_unit:
            self.depth += 1
            self.units += is_unit
        else:
            self.outside += 1

    def end(self) -> None:
        self.depth = max(self.depth - 1, 0)


@dataclass
class _Seen:
    """Whether a text was seen, whether what was seen is enough to read the file, and what there is of either kind of
    unit, in a file so large that the reading `goes_on`."""

    asked: str
    goes_on: bool
    text: bool = False
    enough: bool = False
    speeches: _Units = field(default_factory=_Units)
    passages: _Units = field(default_factory=_Units)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        is_tei = space == TEI_NAMESPACE
        self.text = self.text or (is_tei and local == "text")
        is_speech = is_tei and local in _SPEECHES
        may_be_cited = local in _PASSAGES or (local == "div" and attributes.get("type") == "textpart")
        is_cited = is_tei and may_be_cited and "n" in attributes
        self.enough = self.enough or is_speech or is_cited
        self.speeches.start(is_speech)
        self.passages.start(is_cited)

    def end(self, _: str) -> None:
        self.speeches.end()
        self.passages.end()

    def doctype(self, *_: object) -> None:
        self.enough = True

    @property
    def wanted(self) -> tuple[str, _Units]:
        """What the text will be divided into, speeches if there are any, and how many of that were seen."""
        if self.asked in SPEECHES or (self.asked == AUTOMATIC and self.speeches.units):
            return "turns", self.speeches
        return "numbered passages", self.passages
