"""Keys and signatures of minisign: those of others, ours, and what is none."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from minisign import KeyPair

from edition.errors import EditionError, UsageError
from edition.provenance.keys import SigningKey, signing_key, verifying_key

# The example that minisign's author publishes with his libraries.
PUBLIC = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
SIGNATURE = b"""untrusted comment: signature from minisign secret key
RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
trusted comment: timestamp:1633700835\tfile:test\tprehashed
wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==
"""


def nobody() -> str:
    raise AssertionError("nobody should be asked for a password")


def write(file: Path, data: bytes, mode: int = 0o600) -> Path:
    file.write_bytes(data + b"\n")
    file.chmod(mode)
    return file


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    return KeyPair.generate()


@pytest.fixture
def key(tmp_path: Path, pair: KeyPair) -> SigningKey:
    return signing_key(write(tmp_path / "letters.key", bytes(pair.secret_key)), nobody)


def public(pair: KeyPair) -> str:
    return str(pair.public_key.to_base64().decode())


def test_a_signature_of_minisign_is_verified() -> None:
    assert verifying_key(PUBLIC).trouble(b"test", SIGNATURE) == ""
    assert verifying_key(PUBLIC).trouble(b"Test", SIGNATURE) == "it was made for something else, or was changed"


def test_ours_is_verified_and_the_same_each_time(key: SigningKey, pair: KeyPair) -> None:
    signature = key.sign(b"words", "tagmanifest-sha512.txt", 1700000000)
    assert verifying_key(public(pair)).trouble(b"words", signature) == ""
    assert b"trusted comment: timestamp:1700000000\tfile:tagmanifest-sha512.txt\thashed\n" in signature
    assert signature == key.sign(b"words", "tagmanifest-sha512.txt", 1700000000)


def test_every_changed_byte_is_noticed(key: SigningKey, pair: KeyPair) -> None:
    signature = key.sign(b"words", "a", 1)
    first = signature.index(b"\n") + 1  # the first line is not signed, and says so
    for at in range(first, len(signature) - 1):
        if chr(signature[at]) in "048":  # where it ends a line of Base64 the next digit may mean the same
            continue
        changed = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
        assert verifying_key(public(pair)).trouble(b"words", changed), at


def test_another_key_is_noticed(key: SigningKey) -> None:
    trouble = verifying_key(PUBLIC).trouble(b"words", key.sign(b"words", "a", 1))
    assert trouble == "it was made with another key"


@pytest.mark.parametrize("data", [b"", b"\xff\n\n\n\n", b"a\nb\nc\nd\n", SIGNATURE[:-40]])
def test_what_is_no_signature(data: bytes) -> None:
    assert verifying_key(PUBLIC).trouble(b"test", data).startswith("it is no signature of minisign")


@given(st.binary(max_size=400), st.sampled_from([0, 54, 156, 218]))
def test_whatever_bytes_they_are_there_is_an_answer(data: bytes, at: int) -> None:
    damaged = SIGNATURE[:at] + data + SIGNATURE[at + len(data) :]
    trouble = verifying_key(PUBLIC).trouble(b"other", damaged)
    assert trouble


def test_a_key_with_a_password(tmp_path: Path) -> None:
    pair = KeyPair.generate()
    pair.secret_key.encrypt("geheim", opslimit=32768, memlimit=1 << 21)
    file = write(tmp_path / "letters.key", bytes(pair.secret_key))
    signature = signing_key(file, lambda: "geheim").sign(b"words", "a", 1)
    assert verifying_key(public(pair)).trouble(b"words", signature) == ""
    with pytest.raises(UsageError, match="wrong password") as raised:
        signing_key(file, lambda: "falsch")
    assert "falsch" not in f"{raised.value} {raised.value.advice}"


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_who_may_read_the_key(tmp_path: Path, pair: KeyPair, mode: int, is_open: bool) -> None:
    assert signing_key(write(tmp_path / "k", bytes(pair.secret_key), mode), nobody).is_open is is_open


def test_the_key_is_never_shown(key: SigningKey, pair: KeyPair) -> None:
    secret = pair.secret_key.to_base64().decode()
    assert secret not in repr(key)
    assert secret not in f"{key!s}"
    assert repr(key).startswith("SigningKey('")


def test_the_key_is_found_in_other_files(key: SigningKey, pair: KeyPair) -> None:
    assert key.stands_in(b"before\n" + bytes(pair.secret_key) + b"\nafter")
    line = bytes(pair.secret_key).splitlines()[1]
    assert key.stands_in(line)
    assert key.stands_in(b64decode(line))
    assert not key.stands_in(bytes(pair.public_key))


@pytest.mark.parametrize("data", [b"", b"no key", b"\xff\xfe\n\x00", SIGNATURE])
def test_what_is_no_key(tmp_path: Path, data: bytes) -> None:
    file = write(tmp_path / "k", data)
    with pytest.raises(UsageError, match="no secret key"):
        signing_key(file, nobody)
    with pytest.raises(UsageError, match="no public key"):
        verifying_key(str(file))


def test_the_public_key_in_place_of_the_secret_one(tmp_path: Path, pair: KeyPair) -> None:
    with pytest.raises(UsageError, match="no secret key") as raised:
        signing_key(write(tmp_path / "letters.pub", bytes(pair.public_key)), nobody)
    assert ".pub" in raised.value.advice


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="no such file"):
        signing_key(tmp_path / "none", nobody)
    with pytest.raises(EditionError, match="larger than"):
        verifying_key(str(write(tmp_path / "large", b"x" * 20_000)))


def test_the_library_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "minisign", None)
    with pytest.raises(EditionError, match="not installed") as raised:
        verifying_key(PUBLIC)
    assert "edition-toolkit[sign]" in raised.value.advice
