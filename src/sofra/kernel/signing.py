"""The house's signing key: Ed25519, worked out of its secret key.

It is made, kept, carried by a backup and shared by several hosts with the secret key and in no other place. Whoever has that
key can sign as the house. What was signed is checked with the public half alone, on any machine.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

#: Parts the signing key from whatever else is worked out of the same secret.
PURPOSE = b"sofra signing key/1"


class BadKey(ValueError):  # noqa: N818 (an answer)
    """What was given is no public key of Ed25519."""


def sign(secret: str, message: bytes) -> str:
    """The signature of the house with that secret key, in base64. The same message gives the same signature."""
    return base64.b64encode(_private(secret).sign(message)).decode()


def public_of(secret: str) -> str:
    """The public half of the key that goes with a secret key: its 32 bytes in base64."""
    raw = _private(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def holds(public: str, message: bytes, signature: str) -> bool:
    """Whether a signature is of that message by that key. Raises BadKey."""
    key = _public(public)
    try:
        key.verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """What a key is called where people compare it: the SHA-256 of its 32 bytes, in groups of four. Raises BadKey."""
    raw = _public(public).public_bytes(Encoding.Raw, PublicFormat.Raw)
    digest = hashlib.sha256(raw).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def pem_of(public: str) -> str:
    """A public key as other programs read it. Raises BadKey."""
    return _public(public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def read_public(data: bytes) -> str:
    """A public key from a file: PEM, or its 32 bytes in base64. Raises BadKey."""
    written = data.strip()
    if not written.startswith(b"-----BEGIN"):
        try:
            public = written.decode("ascii")
        except UnicodeDecodeError as error:
            raise BadKey from error
        _public(public)
        return public
    try:
        key = load_pem_public_key(written)
    except ValueError as error:
        raise BadKey from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey
    return base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _private(secret: str) -> Ed25519PrivateKey:
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public(public: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise BadKey from error
