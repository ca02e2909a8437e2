"""Ed25519 signatures over canonical JSON, as Matrix signs its objects (specification, appendices).

vodozemac verifies, because it is faster; pycryptodome signs, because vodozemac does not give out secret keys.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa
from vodozemac import Ed25519PublicKey, Ed25519Signature

UNSIGNED = ("signatures", "unsigned")


def encode(raw: bytes) -> str:
    """Base64 without padding, as keys and signatures are written."""
    return base64.b64encode(raw).decode().rstrip("=")


def decode(text: str) -> bytes:
    """The bytes of base64 with or without padding. Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, TypeError, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error


def canonical(value: Mapping[str, Any]) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.encode()


def signed_part(value: Mapping[str, Any]) -> bytes:
    """The bytes of the object that a signature covers."""
    return canonical({name: part for name, part in value.items() if name not in UNSIGNED})


def public_key(seed: bytes) -> str:
    """The public key of a 32-byte seed."""
    raw: bytes = _private(seed).public_key().export_key(format="raw")
    return encode(raw)


def sign(value: Mapping[str, Any], user_id: str, seed: bytes) -> dict[str, Any]:
    """The object with one signature more, by the key of the seed; other signatures stay."""
    signature = encode(eddsa.new(_private(seed), "rfc8032").sign(signed_part(value)))
    return with_signature(value, user_id, f"ed25519:{public_key(seed)}", signature)


def with_signature(value: Mapping[str, Any], user_id: str, key_id: str, signature: str) -> dict[str, Any]:
    """The object with the signature put where Matrix wants it."""
    signatures = {signer: dict(keys) for signer, keys in value.get("signatures", {}).items()}
    signatures.setdefault(user_id, {})[key_id] = signature
    return {**value, "signatures": signatures}


def verified(value: Any, user_id: str, key_id: str, key: str) -> bool:
    """Whether the object carries a good signature of that key. Never raises, whatever the object is."""
    try:
        signature = Ed25519Signature.from_base64(value["signatures"][user_id][key_id])
        Ed25519PublicKey.from_base64(key).verify_signature(signed_part(value), signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return True


def signed_by(value: Any, user_id: str, key: str) -> bool:
    """Whether the cross-signing key (named by its own public part) has signed the object."""
    return verified(value, user_id, f"ed25519:{key}", key)


def _private(seed: bytes) -> ECC.EccKey:
    return ECC.construct(curve="Ed25519", seed=seed)
