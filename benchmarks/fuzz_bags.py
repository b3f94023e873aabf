"""Bags and archives broken at random for as long as one likes: whatever ends in a traceback is kept as a file.

Run by hand: `python benchmarks/fuzz_bags.py SECONDS [SEED]`. Exit code 1 means that something was found; it lies in
the folder `found` and belongs into tests/bagging as a case.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from edition.bagging import FORMS, BagPlan, PayloadFile, serialise, stage, verify
from edition.errors import EditionError

TAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt", "fetch.txt")
PIECES = (
    *(b"\0", b"\r", b"\n", b"\xff", b"\xef\xbb\xbf", b"%", b"%25", b"../", b"/", b"~", b"C:\\", b" ", b":", b"*"),
    *(b"PK\1\2", b"PK\3\4", b"PK\5\6", b"\x1f\x8b", b"9" * 400, b"\xff" * 8, b"data/", "é".encode()),
)


def broken(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with a few of them changed, taken away, repeated or put in."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 2, 8, 100)))
        middle = chance.choice((b"", bytes([chance.randrange(256)]), chance.choice(PIECES), data[at:end] * 2))
        data = data[:at] + middle + data[end:]
    return data


def fails(bag: Path) -> str:
    """The traceback that verifying ends in; empty where it ends as it should."""
    try:
        list(verify(bag))
    except EditionError:
        return ""
    except Exception:  # noqa: BLE001 - this is what is looked for
        return traceback.format_exc()
    return ""


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    plan = BagPlan(
        (PayloadFile("source/é.xml", b"<TEI/>\n"), PayloadFile("50%.txt", b"x" * 600)),
        datetime(2026, 1, 22, tzinfo=UTC),
        (("Contact-Name", "Ёлкин " * 30),),
    )
    runs, found, end = 0, 0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as place, stage(plan, Path(place) / "bag") as staged:
        tags = {name: (staged.folder / name).read_bytes() for name in TAG_FILES if name != "fetch.txt"}
        tags["fetch.txt"] = b"https://archive.example/x 7 data/x\n"
        archives = {}
        for form in FORMS:
            with serialise(staged, form) as made:
                archives[form] = made.file.read_bytes()
        while time.monotonic() < end:
            name, data = chance.choice([*tags.items(), *archives.items()])
            bag = staged.folder if name in tags else Path(place) / f"bag.{name}"
            file = bag / name if name in tags else bag
            file.write_bytes(broken(data, chance))
            runs += 1
            if told := fails(bag):
                found += 1
                kept = Path("found") / f"{runs}-{name}"
                kept.parent.mkdir(exist_ok=True)
                kept.write_bytes(file.read_bytes())
                print(f"{kept}:\n{told}")
            file.write_bytes(data)
    print(f"{runs} broken bags, {found} tracebacks")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
