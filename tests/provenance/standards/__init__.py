"""The schemas of all records that a bag holds, offline: of W3C where a package ships them, else from the standards.

W3C's schemas of PROV-XML and PROV-JSON come with `prov`. The others lie here, written from the standards for the part
of each that a record of an edition may use, and stricter where no record of ours needs what is allowed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

HERE = Path(__file__).parent
OF_PROV = Path(str(files("prov"))) / "tests" / "schemas"

Judge = Callable[[bytes], list[str]]  # what is wrong with a record; nothing where it is valid


def _xsd(file: Path) -> Judge:
    schema = etree.XMLSchema(etree.parse(file))

    def judge(record: bytes) -> list[str]:
        return [] if schema.validate(etree.fromstring(record)) else [str(error) for error in schema.error_log]

    return judge


def _json_schema(file: Path, kind: type[Draft4Validator] | type[Draft202012Validator]) -> Judge:
    said = json.loads(file.read_text(encoding="utf-8"))
    kind.check_schema(said)
    return lambda record: [error.message for error in kind(said).iter_errors(json.loads(record))]


JUDGES = {
    "metadata/premis.xml": _xsd(HERE / "premis-3.0.xsd"),
    "metadata/datacite.xml": _xsd(HERE / "datacite-4.7.xsd"),
    "metadata/dc.xml": _xsd(HERE / "oai_dc.xsd"),
    "metadata/prov.xml": _xsd(OF_PROV / "prov.xsd"),
    "metadata/prov.json": _json_schema(OF_PROV / "prov-json.schema.json", Draft4Validator),
    "data/ro-crate-metadata.json": _json_schema(HERE / "ro-crate-1.3.schema.json", Draft202012Validator),
}
