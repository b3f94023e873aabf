"""The definitions of a grammar, with those of the files that it includes (RELAX NG 4.7, 4.17)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from edition.schema.files import Files, SchemaFile
from edition.schema.relaxng.characters import BLANK
from edition.schema.relaxng.patterns import Pattern
from edition.schema.relaxng.syntax import COMPONENTS, PATTERNS, Scope, broken, children, inner, kind, name_of, only
from edition.schema.wording import quoted


@dataclass(frozen=True, eq=False, slots=True)
class Definition:
    """One `define` or `start`. `combine` is "" where it has none."""

    combine: str
    node: etree._Element
    scope: Scope


@dataclass(eq=False)
class Grammar:
    """One `grammar` with its definitions by name; the start has no name."""

    parent: Grammar | None
    definitions: dict[str, list[Definition]] = field(default_factory=dict)
    patterns: dict[str, Pattern] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)  # names that are being read now


@dataclass
class Collecting:
    """Collects definitions from files. `opening` are the files that are being read, one for the other."""

    files: Files
    opening: list[SchemaFile]

    def collect(
        self, node: etree._Element, scope: Scope, into: dict[str, list[Definition]], *, nested: bool = True
    ) -> None:
        """Add the definitions of a grammar, and of what it includes. Unless `nested`, it is an include's own."""
        found = children(node)
        only(node, found, COMPONENTS if nested else COMPONENTS - {"include"}, scope)
        for child in found:
            name, within = kind(child), inner(child, scope)
            if name == "div":
                self.collect(child, within, into, nested=nested)
            elif name == "include":
                self._include(child, within, into)
            else:
                into.setdefault(name_of(child) if name == "define" else "", []).append(_definition(child, within))

    def _include(self, node: etree._Element, scope: Scope, into: dict[str, list[Definition]]) -> None:
        """Another file's definitions, those given in the `include` instead of its own (4.7)."""
        file = self.opened(node, scope)
        root = file.root
        if kind(root) != "grammar":
            raise broken(node, scope, f"{file.path} holds <{kind(root)}>, and only a <grammar> can be included")
        instead: dict[str, list[Definition]] = {}
        self.collect(node, scope, instead, nested=False)
        theirs: dict[str, list[Definition]] = {}
        self.opening.append(file)
        self.collect(root, inner(root, Scope(file, scope.grammar, scope.namespace, sound=scope.sound)), theirs)
        self.opening.pop()
        for name in instead:
            if name not in theirs:
                what = f"{quoted(name)}" if name else "<start>"
                raise broken(instead[name][0].node, scope, f"{file.path} has no {what} that could be replaced")
        for name, several in {**theirs, **instead}.items():
            into.setdefault(name, []).extend(several)

    def opened(self, node: etree._Element, scope: Scope) -> SchemaFile:
        """The file that an element names in `href`. Raises EditionError, also for one that is open already."""
        if "#" in node.get("href", ""):
            raise broken(
                node, scope, f"href={quoted(node.get('href', ''))} names a part of a file", "write the file alone"
            )
        file = self.files.follow(scope.file, node, "href")
        if file in self.opening:
            raise broken(node, scope, f"{file.path} includes itself, by this or other files")
        return file


def _definition(node: etree._Element, scope: Scope) -> Definition:
    combine = node.get("combine", "choice").strip(BLANK)
    if combine not in ("choice", "interleave"):
        raise broken(node, scope, f"combine={quoted(combine)} is neither choice nor interleave")
    found = children(node)
    if not found:
        raise broken(node, scope, f"<{kind(node)}> is empty", "put a pattern into it")
    only(node, found, PATTERNS, scope)
    if kind(node) == "start" and len(found) > 1:
        raise broken(found[1], scope, "<start> holds one pattern only", "put a <choice> around them")
    return Definition(combine if "combine" in node.attrib else "", node, scope)


def check_combining(name: str, several: list[Definition]) -> None:
    """Raises EditionError where several definitions of a name do not say how they go together (4.17)."""
    what = f"the definition of {quoted(name)}" if name else "<start>"
    without = [each for each in several if not each.combine]
    if len(without) > 1:
        last = without[1]
        raise broken(last.node, last.scope, f"{what} stands here a second time", 'add combine="choice"')
    ways = [each for each in several if each.combine]
    other = next((each for each in ways if each.combine != ways[0].combine), None)
    if other is not None:
        raise broken(other.node, other.scope, f"{what} is combined in two ways")
