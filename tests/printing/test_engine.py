"""What the records name as setting the type beside Python's libraries."""

from __future__ import annotations

import re

from edition.printing import engine


def test_each_library_has_its_version() -> None:
    versions = dict(engine.versions())
    assert versions.keys() == {"Pango", "HarfBuzz", "HarfBuzz-Subset"}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    assert versions["HarfBuzz"] == versions["HarfBuzz-Subset"]
    assert tuple(map(int, versions["HarfBuzz"].split("."))) >= (4, 1, 0)  # what WeasyPrint asks for
