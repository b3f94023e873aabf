"""Bags and all that is read beside them, broken at random for as long as one likes: what ends in a traceback is kept.

Tag files of bags in every version, archives, profiles, keys, signatures, statements and records of provenance. Run
by hand: `python benchmarks/fuzz_bags.py SECONDS [SEED]`. Exit code 1 means that something was found; it lies in the
folder `found` and belongs into tests/bagging or tests/provenance as a case.
"""

from __future__ import annotations

import io
import json
import random
import sys
import tarfile
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from minisign import KeyPair

from edition.bagging import FORMS, Asked, BagPlan, PayloadFile, Staged, load_profile, serialise, stage, verify
from edition.bagging.seal import sealed
from edition.errors import EditionError
from edition.provenance.keys import signing_key, verifying_key
from edition.provenance.prov import read as read_record
from edition.provenance.statement import PREDICATE, STATEMENT, subjects

VERSIONS = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
PIECES = (
    *(b"\0", b"\r", b"\n", b"\xff", b"\xef\xbb\xbf", b"%", b"%25", b"../", b"/", b"~", b"C:\\", b" ", b":", b"*"),
    *(b"PK\1\2", b"PK\3\4", b"PK\5\6", b"\x1f\x8b", b"9" * 400, b"\xff" * 8, b"data/", "é".encode()),
    *(b"[", b"{", b'"', b"null", b"-1", b"1e999", b"GNU.sparse.major=1", b"GNU.sparse.map=1,1", b"S", b"x"),
)
PROFILE = {
    "BagIt-Profile-Info": {
        "BagIt-Profile-Identifier": "https://archive.example/profile.json",
        "Source-Organization": "The archive",
        "External-Description": "What the archive accepts",
        "Version": "1",
    },
    "Bag-Info": {"Contact-Name": {"required": True, "values": ["Ёлкин"], "repeatable": False}},
    "Manifests-Required": ["sha512"],
    "Tag-Files-Required": ["bag-info.txt"],
    "Payload-Files-Allowed": ["data/source/*", "data/50%.txt"],
    "Accept-BagIt-Version": ["1.0"],
    "Accept-Serialization": ["application/zip"],
    "Serialization": "optional",
}
RECORD = {
    "entity": {"this:bag": {"edition:sourceDate": {"$": "2026-01-22T00:00:00+00:00", "type": "xsd:dateTime"}}},
    "agent": {"this:a": {"foaf:name": "lxml", "edition:version": "6", "prov:type": {"$": "prov:SoftwareAgent"}}},
}
STATED = {
    "_type": STATEMENT,
    "subject": [{"name": "data/a", "digest": {"sha512": "00"}}],
    "predicateType": PREDICATE,
}


@dataclass(frozen=True, slots=True)
class Target:
    """Bytes that are read: what they are, the file that holds them, and who reads it."""

    name: str
    file: Path
    data: bytes
    read: Callable[[], object]


def broken(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with a few of them changed, taken away, repeated or put in."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 2, 8, 100)))
        middle = chance.choice((b"", bytes([chance.randrange(256)]), chance.choice(PIECES), data[at:end] * 2))
        data = data[:at] + middle + data[end:]
    return data


def fails(read: Callable[[], object]) -> str:
    """The traceback that reading ends in; empty where it ends as it should."""
    try:
        read()
    except EditionError:
        return ""
    except Exception:  # noqa: BLE001 - this is what is looked for
        return traceback.format_exc()
    return ""


def of_bags(staged: Staged, place: Path) -> list[Target]:
    """Every tag file of a bag, and the bag in every form."""
    bag, profile = staged.folder, place / "held.json"
    profile.write_text(json.dumps(PROFILE), encoding="utf-8")
    asked = Asked(profile=load_profile(str(profile)))

    def read(bag: Path) -> Callable[[], object]:
        return lambda: (list(verify(bag, asked)), sealed(bag))

    (bag / "fetch.txt").write_bytes(b"https://archive.example/x 7 data/x\n")
    tags = sorted(file for file in bag.iterdir() if file.is_file())
    found = [Target(file.name, file, file.read_bytes(), read(bag)) for file in tags]
    for form in FORMS:
        with serialise(staged, form) as made:
            file = place / f"bag.{form}"
            found.append(Target(form, file, made.file.read_bytes(), read(file)))
    return found


def of_holes(place: Path) -> Target:
    """A tar with sparse files in the forms of pax headers."""
    file, out = place / "holes.tar", io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as made:
        for said, data in (
            ({"GNU.sparse.size": "3000", "GNU.sparse.map": "0,5,1000,5"}, b"xxxxxyyyyy"),
            ({"GNU.sparse.major": "1", "GNU.sparse.realsize": "3000"}, b"1\n9\n5\n".ljust(512, b"\0") + b"zzzzz"),
        ):
            entry = tarfile.TarInfo(f"holes/{len(data)}")
            entry.size, entry.pax_headers = len(data), said
            made.addfile(entry, io.BytesIO(data))
    return Target(file.name, file, out.getvalue(), lambda: list(verify(file)))


def of_what_lies_beside(place: Path) -> list[Target]:
    """Profiles, keys, signatures, statements and records of provenance."""
    pair, signed = KeyPair.generate(), b"what is signed"
    public, signature = bytes(pair.public_key), bytes(pair.secret_key.sign(signed, prehash=True))
    key = verifying_key(pair.public_key.to_base64().decode())

    def target(name: str, data: bytes, read: Callable[[Path], object]) -> Target:
        return Target(name, place / name, data, lambda: read(place / name))

    def refused(read: Callable[[bytes], object]) -> Callable[[Path], object]:
        """A reader that says by a ValueError what is none of its own."""

        def reading(file: Path) -> object:
            try:
                return read(file.read_bytes())
            except ValueError:
                return None

        return reading

    return [
        target("profile.json", json.dumps(PROFILE).encode(), lambda file: load_profile(str(file))),
        target("secret.key", bytes(pair.secret_key), lambda file: signing_key(file, lambda: "")),
        target("public.key", public, lambda file: verifying_key(str(file))),
        target("signature", signature, lambda file: key.trouble(signed, file.read_bytes())),
        target("statement.json", json.dumps(STATED).encode(), refused(subjects)),
        target("prov.json", json.dumps(RECORD).encode(), refused(read_record)),
    ]


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    plan = BagPlan(
        (PayloadFile("source/é.xml", b"<TEI/>\n"), PayloadFile("50%.txt", b"x" * 600)),
        datetime(2026, 1, 22, tzinfo=UTC),
        (("Contact-Name", "Ёлкин " * 30),),
        algorithms=("sha512", "md5"),
    )
    runs, found, end = Counter[str](), 0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as name, stage(plan, Path(name) / "bag") as staged:
        targets = [*of_bags(staged, Path(name)), of_holes(Path(name)), *of_what_lies_beside(Path(name))]
        bagit_txt = staged.folder / "bagit.txt"
        while time.monotonic() < end:
            target = chance.choice(targets)
            bagit_txt.write_text(
                f"BagIt-Version: {chance.choice(VERSIONS)}\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8"
            )
            target.file.write_bytes(broken(target.data, chance))
            runs[target.name] += 1
            if told := fails(target.read):
                found += 1
                kept = Path("found") / f"{runs.total()}-{target.name}"
                kept.parent.mkdir(exist_ok=True)
                kept.write_bytes(target.file.read_bytes())
                print(f"{kept}:\n{told}", flush=True)
            target.file.write_bytes(target.data)
    print(", ".join(f"{name} {count}" for name, count in sorted(runs.items())))
    print(f"{runs.total()} broken, {found} tracebacks")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
