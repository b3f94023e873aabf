"""Bags as other tools write them, of every version: what is right passes, at most with warnings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from edition.bagging import verify
from edition.diagnostics import Severity

PAYLOAD = {"data/report.pdf": b"%PDF-1.4\n", "data/scans/leaf 01.tif": b"II*\0"}
INFO = "Bagging-Date: 2015-03-02\nPayload-Oxum: {oxum}\n"


@dataclass(frozen=True, slots=True)
class Made:
    """How a tool writes bags: version, tag files, and the lines of its manifests."""

    version: str = "0.97"
    bagit: str = "BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n"
    info: str = INFO
    info_name: str = "bag-info.txt"
    algorithms: tuple[str, ...] = ("sha256",)
    tag_algorithms: tuple[str, ...] | None = None
    line: str = "{digest}  {path}"
    end: str = "\n"
    encoding: str = "UTF-8"
    payload: dict[str, bytes] = field(default_factory=lambda: PAYLOAD)
    others: dict[str, bytes] = field(default_factory=dict)

    def write(self, bag: Path) -> Path:
        oxum = f"{sum(map(len, self.payload.values()))}.{len(self.payload)}"
        tags = self.others | {
            "bagit.txt": self._encoded(self.bagit.format(version=self.version), "UTF-8"),
            self.info_name: self._encoded(self.info.format(oxum=oxum), self.encoding),
        }
        tags |= self._manifests("manifest", self.algorithms, self.payload)
        given = self.algorithms if self.tag_algorithms is None else self.tag_algorithms
        for path, data in (self.payload | tags | self._manifests("tagmanifest", given, tags)).items():
            (bag / path).parent.mkdir(parents=True, exist_ok=True)
            (bag / path).write_bytes(data)
        (bag / "data").mkdir(exist_ok=True)
        return bag

    def _manifests(self, kind: str, algorithms: tuple[str, ...], files: dict[str, bytes]) -> dict[str, bytes]:
        return {
            f"{kind}-{name.replace('_', '')}.txt": self._encoded(
                "".join(self._line(name, path, data) for path, data in files.items()), self.encoding
            )
            for name in algorithms
        }

    def _line(self, algorithm: str, path: str, data: bytes) -> str:
        digest = hashlib.new(algorithm, data).hexdigest()
        return self.line.format(digest=digest, upper=digest.upper(), path=path) + "\n"

    def _encoded(self, text: str, encoding: str) -> bytes:
        return text.replace("\n", self.end).encode(encoding)


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        pytest.param(Made(algorithms=("sha256", "sha512")), "", id="bagit-python"),
        pytest.param(Made(algorithms=("md5",)), "BAG304", id="bagit-python before 1.6"),
        pytest.param(
            Made(
                version="0.96",
                algorithms=("md5",),
                end="\r\n",
                info="Organization-Address: 101 Independence Ave\n     Washington\nContact-Phone: \nContact-Email:\n"
                + INFO,
            ),
            "BAG304",
            id="Bagger on Windows",
        ),
        pytest.param(
            Made(bagit="BagIt-Version : 0.97\nTag-File-Character-Encoding : UTF-8\n"), "BAG111", id="bagit-java 5"
        ),
        pytest.param(
            Made(
                version="1.0",
                algorithms=("md5", "sha256"),
                line="{digest} {path}",
                others={"aptrust-info.txt": b"Title: A\nAccess: Consortia\n"},
            ),
            "",
            id="DART",
        ),
        pytest.param(Made(tag_algorithms=("md5",), others={"README.html": b"<p/>"}), "", id="Archivematica"),
        pytest.param(
            Made(algorithms=("sha1", "md5"), line="{digest} {path}", others={"fetch.txt": b""}), "BAG304", id="Ruby"
        ),
        pytest.param(
            Made(
                version="0.93",
                algorithms=("md5",),
                info_name="package-info.txt",
                info="Packing-Date: 2008-01-15\nPackage-Size: 260 GB\nPayload-Oxum: {oxum}\n",
            ),
            "BAG304",
            id="0.93",
        ),
        pytest.param(
            Made(version="0.95", algorithms=("md5",), info_name="package-info.txt", tag_algorithms=()),
            "BAG109 BAG304",
            id="0.95 without a tag manifest",
        ),
        pytest.param(Made(version="1.0", line="{upper}\t{path}"), "", id="large digits, a tab"),
        pytest.param(Made(version="1.0", line="{digest} \t {path}", end="\r"), "", id="blanks, CR"),
        pytest.param(Made(line="{digest} *{path}"), "BAG110", id="md5sum of DOS"),
        pytest.param(Made(line="{digest}  ./{path}", tag_algorithms=()), "BAG109 BAG110", id="find ."),
        pytest.param(Made(line="{digest}  {path}\n"), "BAG110", id="empty lines"),
        pytest.param(Made(version="1.0", algorithms=("sha3_512",), payload={}), "", id="no payload, SHA-3"),
        pytest.param(
            Made(
                bagit="BagIt-Version: 0.97\nTag-File-Character-Encoding: ISO-8859-1\n",
                info="Contact-Name: Müller\n" + INFO,
                payload={"data/Müller.txt": b"x"},
                encoding="ISO-8859-1",
            ),
            "BAG108",
            id="Latin-1",
        ),
        pytest.param(
            Made(version="1.0", info="Contact-Name: A\nContact-Name: B\npayload-oxum:   {oxum}  \n"),
            "",
            id="repeated",
        ),
        pytest.param(
            Made(version="1.0", others={"fetch.txt": b"https://a.example/r 9 data/report.pdf\n"}), "", id="fetched"
        ),
    ],
)
def test_a_good_bag_of_another_tool_is_valid(made: Made, codes: str, tmp_path: Path) -> None:
    found = list(verify(made.write(tmp_path / "bag")))
    assert {each.rule.code for each in found} == set(codes.split())
    assert all(each.severity < Severity.ERROR for each in found)


@pytest.mark.parametrize("made", [Made(line="{digest}  {path}\n", version="1.0"), Made(line="# {digest}  {path}")])
def test_what_no_version_has_is_an_error(made: Made, tmp_path: Path) -> None:
    found = list(verify(made.write(tmp_path / "bag")))
    assert "BAG105" in {each.rule.code for each in found}


def test_a_path_of_windows_says_what_to_write(tmp_path: Path) -> None:
    bag = Made(payload={"data/report.pdf": b"x"}, tag_algorithms=()).write(tmp_path / "bag")
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text("utf-8").replace("data/", "data\\"), encoding="utf-8")
    (found,) = (each for each in verify(bag) if each.rule.code == "BAG208")
    assert found.hint == "write the path with forward slashes, on Windows too"
