"""Files in which there is nothing to compare, told before a tree of them grows: of a large one that is gigabytes."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from edition.errors import EditionError
from edition.tei.names import TEI_NAMESPACE

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


def refuse_unfit(data: bytes, path: str) -> None:
    """Raise EditionError for a well-formed file without anything that units.units_in could give.

    Read no further than to the first of that. What is not well-formed or has a DOCTYPE is for the parser to judge.
    """
    seen = _Seen()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = seen.element
    parser.StartDoctypeDeclHandler = seen.doctype
    try:
        for start in range(0, len(data), _PIECE):
            parser.Parse(data[start : start + _PIECE], False)
            if seen.enough:
                return
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        return
    if not seen.enough:
        raise refusal(path, is_tei=seen.text)


@dataclass
class _Seen:
    """Whether a text was seen, and whether what was seen is enough to read the file."""

    text: bool = False
    enough: bool = False

    def element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if space != TEI_NAMESPACE:
            return
        self.text = self.text or local == "text"
        is_cited = local in _PASSAGES or (local == "div" and attributes.get("type") == "textpart")
        self.enough = self.enough or local in _SPEECHES or (is_cited and "n" in attributes)

    def doctype(self, *_: object) -> None:
        self.enough = True
