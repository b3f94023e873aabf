"""The compact syntax of a schema that is written in the XML syntax, so that one test asks both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
JOINED = {"group": ", ", "choice": " | ", "interleave": " & "}
REPEATED = {"optional": "?", "zeroOrMore": "*", "oneOrMore": "+"}
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"


@dataclass(frozen=True)
class Scope:
    ns: str = ""
    library: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)  # of namespaces; as a datatype library, their own

    def prefix(self, uri: str) -> str:
        return self.prefixes.setdefault(uri, f"p{len(self.prefixes)}")

    def name(self, uri: str, local: str) -> str:
        return f"{self.prefix(uri)}:{local}" if uri else f"{self.prefix('')}:{local}"


def compacted(text: str) -> str:
    """A schema in the compact syntax."""
    root = etree.fromstring(text.encode())
    scope = Scope(ns=root.get("ns", ""))
    body = component_text(root, scope) if root.tag == f"{RNG}grammar" else pattern(root, scope)
    declared = "".join(f"namespace {prefix} = {literal(uri)}\n" for uri, prefix in scope.prefixes.items())
    bound = {prefix: uri for node in root.iter() for prefix, uri in node.nsmap.items() if prefix and prefix != "xml"}
    own = "".join(f"namespace {prefix} = {literal(uri)}\n" for prefix, uri in bound.items())
    default = f"default namespace = {literal(scope.ns)}\n"
    return f"{default}{declared}{own}datatypes d = {literal(XSD)}\n{body}\n"


def component_text(grammar: etree._Element, scope: Scope) -> str:
    return "\n".join(components(grammar, inner(grammar, scope)))


def inner(node: etree._Element, scope: Scope) -> Scope:
    library = node.get("datatypeLibrary", scope.library)
    return replace(scope, ns=node.get("ns", scope.ns), library=library)


def kids(node: etree._Element) -> list[etree._Element]:
    return [child for child in node if isinstance(child.tag, str) and child.tag.startswith(RNG)]


def local(node: etree._Element) -> str:
    return str(node.tag).removeprefix(RNG)


def components(node: etree._Element, scope: Scope) -> Iterator[str]:
    for child in kids(node):
        within, name = inner(child, scope), local(child)
        assign = {"choice": "|=", "interleave": "&=", "": "="}[child.get("combine", "").strip()]
        if name == "start":
            yield f"start {assign} {together(child, within)}"
        elif name == "define":
            yield f"\\{child.get('name', '').strip()} {assign} {together(child, within)}"
        elif name == "div":
            yield f"div {{ {component_text(child, scope)} }}"
        else:
            inherit = f" inherit = {scope.prefix(within.ns)}"
            yield f"include {literal(child.get('href', ''))}{inherit} {{ {component_text(child, scope)} }}"


def together(node: etree._Element, scope: Scope, joiner: str = ", ") -> str:
    parts = [pattern(child, scope) for child in kids(node) if local(child) not in NAMES_ONLY]
    return joiner.join(parts) if len(parts) < 2 else f"({joiner.join(parts)})"


NAMES_ONLY = ("name", "anyName", "nsName")


def pattern(node: etree._Element, outer: Scope) -> str:
    notes = "".join(
        f"\n## {line}" for note in node.iterchildren(DOCUMENTATION) for line in str(note.text).split("\n")
    )
    return f"{notes}\n{bare(node, inner(node, outer))}" if notes else bare(node, inner(node, outer))


def bare(node: etree._Element, scope: Scope) -> str:
    name = local(node)
    if name in JOINED:
        return f"({JOINED[name].join(pattern(child, scope) for child in kids(node))})"
    if name in REPEATED:
        return f"({together(node, scope)}){REPEATED[name]}"
    if name in ("list", "mixed"):
        return f"{name} {{ {together(node, scope)} }}"
    if name in ("element", "attribute"):
        return named(node, scope)
    if name == "grammar":
        return f"grammar {{ {component_text(node, scope)} }}"
    if name in ("ref", "parentRef"):
        return f"{'parent ' if name == 'parentRef' else ''}\\{node.get('name', '').strip()}"
    if name == "externalRef":
        return f"external {literal(node.get('href', ''))} inherit = {scope.prefix(scope.ns)}"
    return valued(node, scope) if name in ("value", "data") else name


def named(node: etree._Element, scope: Scope) -> str:
    written, found = node.get("name"), kids(node)
    if written is not None:
        ns = scope.ns if local(node) == "element" else node.get("ns", "")
        names = qualified(node, written.strip(), replace(scope, ns=ns))
    else:
        names = name_class(found[0], scope)
        found = found[1:]
    content = ", ".join(pattern(child, scope) for child in found)
    return f"{local(node)} {names} {{ {content or 'text'} }}"


def qualified(node: etree._Element, written: str, scope: Scope) -> str:
    prefix, colon, name = written.rpartition(":")
    if prefix == "xml":
        return written
    return scope.name(str(node.nsmap[prefix]) if colon else scope.ns, name)


def name_class(node: etree._Element, outer: Scope) -> str:
    scope, name = inner(node, outer), local(node)
    if name == "name":
        return qualified(node, "".join(map(str, node.itertext())).strip(), scope)
    if name == "choice":
        return f"({' | '.join(name_class(child, scope) for child in kids(node))})"
    wild = "*" if name == "anyName" else f"{scope.prefix(scope.ns)}:*"
    excepts = [
        f" - ({' | '.join(name_class(child, inner(each, scope)) for child in kids(each))})" for each in kids(node)
    ]
    return f"({wild}{''.join(excepts)})"


def valued(node: etree._Element, scope: Scope) -> str:
    kind = node.get("type", "").strip()
    library = "d:" if scope.library and kind else ""
    if local(node) == "value":
        return f"{library}{kind} {literal(''.join(map(str, node.itertext())))}"
    text = f"{library}{kind}"
    params = [child for child in kids(node) if local(child) == "param"]
    if params:
        written = " ".join(
            f"{child.get('name', '').strip()} = {literal(''.join(map(str, child.itertext())))}" for child in params
        )
        text += f" {{ {written} }}"
    excepts = [child for child in kids(node) if local(child) == "except"]
    if excepts:
        inside = " | ".join(pattern(child, inner(excepts[0], scope)) for child in kids(excepts[0]))
        return f"({text} - ({inside}))"
    return text


def literal(text: str) -> str:
    """A literal, whose breaks and quotes are escaped or put into other quotes."""
    parts = [f"'{part}'" if '"' in part else f'"{part}"' for part in text.replace("'", "\0'\0").split("\0")]
    return " ~ ".join(parts).replace("\n", "\\x{A}").replace("\r", "\\x{D}")
