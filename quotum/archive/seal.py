"""Sealed JSON files of the archive: the last key is the digest of everything before it."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_SEAL = "seal"


def sealed_bytes(content: Mapping[str, Any]) -> bytes:
    """Returns the content of a file with its seal: the SHA-256 of the same text without it."""
    return _text({**content, _SEAL: sha256(_text(content)).hexdigest()})


def sealed_content(raw: bytes) -> dict[str, Any]:
    """Returns the content of a sealed file.

    Raises:
        ValueError: The file is not byte for byte what was sealed.
    """
    content = json.loads(raw)
    if not isinstance(content, dict) or content.pop(_SEAL, None) is None or sealed_bytes(content) != raw:
        raise ValueError("the seal does not fit")
    return content


def _text(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


__all__ = ["sealed_bytes", "sealed_content"]
