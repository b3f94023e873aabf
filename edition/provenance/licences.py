"""Licences as SPDX identifiers and as addresses: which of them say the same."""

from __future__ import annotations

import re

_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/licenses/(?P<kind>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>\d\.\d)(?:/(?P<port>[a-z]{2,3}))?"
)
_ADDRESSES = {
    "creativecommons.org/publicdomain/zero/1.0": "CC0-1.0",
    "opendatacommons.org/licenses/by/1-0": "ODC-By-1.0",
    "opendatacommons.org/licenses/odbl/1-0": "ODbL-1.0",
    "opendatacommons.org/licenses/pddl/1-0": "PDDL-1.0",
    "nationalarchives.gov.uk/doc/open-government-licence/version/3": "OGL-UK-3.0",
    "etalab.gouv.fr/licence-ouverte-open-licence": "etalab-2.0",
    "apache.org/licenses/license-2.0": "Apache-2.0",
}
_PAGES = re.compile(r"(/(deed|legalcode)(\.[a-z-]+)?|\.(html|txt))?/?$")
_SPDX_PAGES = re.compile(r"(?:spdx\.org|opensource\.org)/licenses?/([a-z0-9.+-]+)")
_SPDX_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*\+?")
_CC_FORM = re.compile(r"CC-BY(-NC)?(-ND|-SA)?-[1-4]\.[05](-[A-Z]{2,3})?|CC0-1\.0|CC-P[A-Z0-9.-]+")


def is_identifier(text: str) -> bool:
    """Whether a text has the form of an SPDX identifier; of the Creative Commons, which it is as well."""
    return bool((_CC_FORM if text.upper().startswith("CC") else _SPDX_FORM).fullmatch(text))


def likely_identifier(text: str) -> str | None:
    """What is meant by `CC BY 4.0`, `cc-by-4.0` or the address of a licence, if that is plain."""
    of_address = identifier(text)
    if of_address:
        return of_address
    guess = re.sub(r"[\s_-]+", "-", text.strip()).upper()
    return guess if guess.startswith("CC") and _CC_FORM.fullmatch(guess) else None


def identifier(address: str) -> str | None:
    """The SPDX identifier of the licence at an address, None where the address is none that we know."""
    plain = re.sub(r"^https?://(www\.)?", "", address.strip().lower())
    if plain == address.strip().lower():
        return None
    plain = _PAGES.sub("", plain)
    if found := _CREATIVE_COMMONS.fullmatch(plain):
        port = f"-{found['port'].upper()}" if found["port"] else ""
        return f"CC-{found['kind'].upper()}-{found['version']}{port}"
    if found := _SPDX_PAGES.fullmatch(plain):
        return found[1]
    return _ADDRESSES.get(plain)


def same(one: str, other: str) -> bool:
    """Whether two licences, each an identifier or an address, are one. Addresses that nobody knows are compared."""
    names = [(likely_identifier(text) or text).strip().rstrip("/").lower() for text in (one, other)]
    return names[0] == names[1]


def address(spdx: str) -> str:
    """Where the text of the licence with an SPDX identifier stands; empty for what is none or on no list."""
    if found := re.fullmatch(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-(\d\.\d)(?:-([A-Z]{2,3}))?", spdx):
        port = f"{found[3].lower()}/" if found[3] else ""
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/{port}"
    if spdx == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    is_listed = is_identifier(spdx) and not spdx.startswith("LicenseRef-")
    return f"https://spdx.org/licenses/{spdx}" if is_listed else ""
