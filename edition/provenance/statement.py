"""What a signature of an edition states: an in-toto Statement with SLSA provenance as its predicate.

In-toto Attestation Framework 1.1 (Statement v1), SLSA Provenance v1. The subject is the payload of the bag by its
digests; the predicate says from what, with what and how it was built. Its dates are those of the edition, never the
clock's, so that the same edition gives the same statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from platform import python_version
from urllib.parse import quote

from edition import __version__
from edition.provenance.history import History

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"

# Names in an archive (Internet-Draft draft-soilandreyes-arcp), as in the record of provenance.
_BUILD_TYPE = "arcp://name,edition-toolkit/build/v1"
_BUILDER = "arcp://name,edition-toolkit/builder/v1"

Digests = Mapping[str, Mapping[str, str]]


def write(history: History, payload: Digests) -> bytes:
    """The statement on a bag whose payload has these digests, by path and algorithm."""
    statement = {
        "_type": STATEMENT,
        "subject": [{"name": path, "digest": dict(sorted(payload[path].items()))} for path in sorted(payload)],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": _BUILD_TYPE,
                "externalParameters": {"configuration": "data/edition.toml"},
                "internalParameters": {"SOURCE_DATE_EPOCH": str(int(history.made_at.timestamp()))},
                "resolvedDependencies": list(_dependencies(history)),
            },
            "runDetails": {
                "builder": {
                    "id": _BUILDER,
                    "version": {"edition-toolkit": __version__, "python": python_version()},
                },
            },
        },
    }
    return (json.dumps(statement, ensure_ascii=False, indent=2) + "\n").encode()


def _dependencies(history: History) -> Iterator[dict[str, object]]:
    """What went in: the sources, the commit that holds them, the software. Their descriptors are in-toto's."""
    made = {path for step in history.steps if not step.by_hand for path in step.made}
    for file in sorted(history.files, key=lambda file: file.path):
        if file.path not in made:
            yield {"name": file.path, "digest": {"sha512": file.sha512}}
    if history.commit:
        yield {"name": "the sources in git", "digest": {"gitCommit": history.commit}}
    engines = {engine.name for engine in history.engines}
    used = {one.name: one for step in history.steps for one in history.software(step) if one.name != "Python"}
    for name in sorted(used, key=str.lower):
        kind = "generic" if name in engines else "pypi"
        version = f"@{quote(used[name].version, safe='')}" if used[name].version else ""
        yield {"name": name, "uri": f"pkg:{kind}/{quote(name.lower(), safe='')}{version}"}


class NotAStatementError(ValueError):
    """Bytes that are no statement of provenance. The message says why."""


def subjects(data: bytes) -> dict[str, dict[str, str]]:
    """The digests by path that a statement vouches for. Raises NotAStatementError."""
    try:
        statement = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAStatementError("it is not JSON") from error
    if not isinstance(statement, dict) or statement.get("_type") != STATEMENT:
        raise NotAStatementError(f"it does not say that it is a {STATEMENT}")
    if statement.get("predicateType") != PREDICATE:
        raise NotAStatementError(f"its predicate is not {PREDICATE}")
    listed = statement.get("subject")
    if not isinstance(listed, list) or not all(_is_subject(each) for each in listed):
        raise NotAStatementError("its subjects are not names with digests")
    return {each["name"]: each["digest"] for each in listed}


def _is_subject(each: object) -> bool:
    if not isinstance(each, dict) or not isinstance(each.get("name"), str):
        return False
    digest = each.get("digest")
    return isinstance(digest, dict) and bool(digest) and all(isinstance(value, str) for value in digest.values())
