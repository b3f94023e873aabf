"""Which values are URIs (XSD part 2, 3.2.17): references of RFC 2396 with the brackets of RFC 2732.

Whatever else may not stand in a URI would be escaped, spaces and letters of all scripts among it, and so may stand.
"""

from __future__ import annotations

import re

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^#].*", re.DOTALL)
_HOST = re.compile(r"(?:[^@\[\]]*@)?\[([^%\[\]]*)(?:%[A-Za-z0-9_.]+)?\](?::([0-9]*))?", re.ASCII)
_BYTE = re.compile("0*(?:[01]?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])", re.ASCII)
_HIGHEST_PORT = 2**31 - 1  # what programs have room for; TCP has less
_LONGEST_PORT = 30  # digits


def is_uri(value: str) -> bool:
    """Whether a value is a URI, or a reference to one."""
    if value.count("#") > 1:
        return False
    before = re.split("[/?#]", value, maxsplit=1)[0]
    if ":" in before and not _SCHEME.fullmatch(value):
        return False
    rest = value.partition(":")[2] if ":" in before else value
    if ":" in before and not rest.startswith("/"):  # an opaque part may hold brackets
        return _is_escaped(value)
    authority = ""
    if rest.startswith("//"):
        authority = re.split("[/?#]", rest[2:], maxsplit=1)[0]
        rest = rest[2 + len(authority) :]
        if not authority and not rest:
            return False
    if "[" in authority or "]" in authority:
        return _is_host(authority) and _is_escaped(rest) and _has_no_brackets(rest)
    return _is_escaped(authority + rest) and _has_no_brackets(rest)


def _is_escaped(text: str) -> bool:
    return not re.search("%(?![0-9A-Fa-f]{2})", text)


def _has_no_brackets(rest: str) -> bool:
    """Whether none are in a path; in what follows it they may stand."""
    return not re.search(r"[\[\]]", re.split("[?#]", rest, maxsplit=1)[0])


def _is_host(authority: str) -> bool:
    found = _HOST.fullmatch(authority)
    if found is None or len(found[2] or "") > _LONGEST_PORT:
        return False
    return _is_address(found[1]) and int(found[2] or 0) <= _HIGHEST_PORT


def _is_address(text: str) -> bool:
    """Whether this is an address of IPv6 (RFC 2373, 2.2): eight groups, the last two perhaps as an IPv4 address.

    Once, two colons may stand for groups of zeros.
    """
    *others, last = text.split(":")
    if "." in last:
        numbers = last.split(".")
        if len(numbers) != 4 or not all(map(_BYTE.fullmatch, numbers)):
            return False
        text = ":".join((*others, "0", "0"))
    before, zeros, after = text.partition("::")
    groups = [group for part in (before, after) if part for group in part.split(":")]
    is_full = len(groups) < 8 if zeros else len(groups) == 8
    return is_full and all(re.fullmatch("[0-9A-Fa-f]{1,4}", group) for group in groups)
