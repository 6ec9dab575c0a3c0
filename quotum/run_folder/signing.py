"""Signing runs with an Ed25519 key: the signature is over the tag manifest, which covers all that is sealed.

The library `cryptography` is the extra `sign` and is loaded only when a key is named.
"""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from quotum.errors import WrongUse

_MAKE = "`openssl genpkey -algorithm ed25519 -out KEY` makes one, `openssl pkey -in KEY -pubout` its public key"


def _library() -> tuple[ModuleType, ModuleType]:
    try:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 (an extra)
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 (the same)
    except ImportError as error:
        raise WrongUse("signatures need the library cryptography: install quotum with its extra `sign`") from error
    return serialization, ed25519


def signer(key: Path) -> Callable[[bytes], bytes]:
    """What signs with a private key; the same bytes and key give the same signature.

    Args:
        key: Private Ed25519 key as PEM, without passphrase.

    Raises:
        WrongUse: The key cannot be read or is no such key, or the library is not there.
    """
    serialization, ed25519 = _library()
    try:
        private = serialization.load_pem_private_key(_key_bytes(key), password=None)
    except (ValueError, TypeError) as error:
        raise WrongUse(f"{key} is no private key in PEM without passphrase; {_MAKE}") from error
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise WrongUse(f"{key} is no Ed25519 key; {_MAKE}")
    return lambda content: bytes(private.sign(content))


def signed_by(key: Path, signature: bytes, content: bytes) -> bool:
    """Whether a signature over some bytes was made with the private key that belongs to a public key.

    Args:
        key: Public Ed25519 key as PEM.
        signature: The signature.
        content: What it is over.

    Raises:
        WrongUse: The key cannot be read or is no such key, or the library is not there.
    """
    serialization, ed25519 = _library()
    try:
        public = serialization.load_pem_public_key(_key_bytes(key))
    except (ValueError, TypeError) as error:
        raise WrongUse(f"{key} is no public key in PEM; {_MAKE}") from error
    if not isinstance(public, ed25519.Ed25519PublicKey):
        raise WrongUse(f"{key} is no Ed25519 key; {_MAKE}")
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 (an extra)

    try:
        public.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _key_bytes(key: Path) -> bytes:
    try:
        return key.read_bytes()
    except OSError as error:
        raise WrongUse(f"{key} cannot be read: {error.strerror}") from error


__all__ = ["signed_by", "signer"]
