"""Keys and signatures of minisign: Ed25519 (RFC 8032) over the BLAKE2b digest of what is signed.

The signatures can be checked with minisign itself. A secret key is read where it lies and kept nowhere: neither its
bytes nor its password come into messages, records or files.
"""

from __future__ import annotations

import re
import stat
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.errors import EditionError, UsageError
from edition.files import Kind, read_bytes

if TYPE_CHECKING:
    from minisign import PublicKey, SecretKey

KEY = Kind("the file of a key of minisign", 16 * 1024, "name the file of a key of minisign")
_PUBLIC_KEY = re.compile(r"RW[A-Za-z0-9+/]{54}")  # as minisign prints it: `Ed`, an identifier and the key, in Base64
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

AskPassword = Callable[[], str]


_SEED = slice(62, 94)  # of the bytes of a secret key of minisign: behind algorithms, salt, limits and number


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A secret key, ready to sign. `is_open` says that others than its owner may read or change its file."""

    file: Path
    is_open: bool
    _secret: SecretKey
    _written: bytes

    def __repr__(self) -> str:
        return f"SigningKey({str(self.file)!r})"

    def sign(self, data: bytes, name: str, seconds: int) -> bytes:
        """The signature of a file of this name; its trusted comment, as minisign writes it, says name and date."""
        said = f"timestamp:{seconds}\tfile:{name}\thashed"
        return bytes(self._secret.sign(data, prehash=True, trusted_comment=said)) + b"\n"

    def stands_in(self, data: bytes) -> bool:
        """Whether these bytes hold the key, as its file writes it or decoded."""
        return self._written in data or b64decode(self._written)[_SEED] in data


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key."""

    _public: PublicKey

    def trouble(self, data: bytes, signature: bytes) -> str:
        """Why a signature is none of these bytes by this key; empty where it is."""
        minisign = _library()
        try:
            self._public.verify(data, minisign.Signature.from_bytes(signature))
        except minisign.ParseError as error:
            return f"it is no signature of minisign: {error}"
        except minisign.VerifyError as error:
            other = "identifiers" in str(error)
            return "it was made with another key" if other else "it was made for something else, or was changed"
        return ""


def signing_key(file: Path, ask: AskPassword) -> SigningKey:
    """The secret key in a file; `ask` gives the password of one that has a password.

    Raises UsageError for what is no such key or has another password, EditionError where it cannot be read.
    """
    minisign = _library()
    data = read_bytes(file, str(file), KEY)
    try:
        secret = minisign.SecretKey.from_bytes(data)
        if secret.is_encrypted():
            secret.decrypt(ask())
    except minisign.ParseError as error:
        advice = "make one with `minisign -G`; the secret key is the file that is not called .pub"
        raise UsageError(f"{file}: no secret key of minisign", advice=advice) from error
    except minisign.Error as error:
        raise UsageError(f"{file}: {error}", advice="give the password that the key was made with") from error
    return SigningKey(file, bool(file.stat().st_mode & _OTHERS), secret, data.splitlines()[1])


def verifying_key(said: str) -> VerifyingKey:
    """The public key in a file, or the key itself as minisign prints it. Raises UsageError."""
    minisign = _library()
    try:
        if _PUBLIC_KEY.fullmatch(said):
            return VerifyingKey(minisign.PublicKey.from_base64(said))
        return VerifyingKey(minisign.PublicKey.from_bytes(read_bytes(Path(said), said, KEY)))
    except minisign.ParseError as error:
        raise UsageError(f"{said}: no public key of minisign", advice="name the file that is called .pub") from error


def _library() -> Any:
    """The library that knows the format; it is an extra, for it brings a whole library of cryptography along."""
    try:
        import minisign
    except ImportError as error:
        advice = "install it with: pip install 'edition-toolkit[sign]'"
        raise EditionError("signatures need py-minisign, which is not installed", advice=advice) from error
    return minisign
