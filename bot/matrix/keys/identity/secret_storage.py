"""Secrets that the account stores on its server, encrypted with the recovery key (specification, 11.12.7)."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from Crypto.Cipher import AES
from Crypto.Hash import SHA256
from Crypto.Protocol.KDF import HKDF

from bot.errors import MatrixError
from bot.matrix.keys.api import Api, Json, client_path
from bot.matrix.keys.errors import RecoveryRefused
from bot.matrix.keys.signatures import decode, encode

_ALGORITHM = "m.secret_storage.v1.aes-hmac-sha2"
_DEFAULT = "m.secret_storage.default_key"
_PREFIX = b"\x8b\x01"
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ZEROS = bytes(32)


def written(key: bytes) -> str:
    """The recovery key as people write it: base58 in groups of four."""
    raw = _PREFIX + key
    raw += bytes([_parity(raw)])
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _ALPHABET[digit] + text
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def read(text: str) -> bytes:
    """The 32 bytes of a recovery key as people write it. Raises RecoveryRefused."""
    number = 0
    for letter in "".join(text.split()):
        digit = _ALPHABET.find(letter)
        if digit < 0:
            raise RecoveryRefused("The recovery key has a character that none has: was it copied whole?")
        number = number * 58 + digit
    raw = number.to_bytes(max(35, (number.bit_length() + 7) // 8), "big")
    if len(raw) != 35 or raw[:2] != _PREFIX or _parity(raw):
        raise RecoveryRefused("The recovery key is mistyped or not whole.")
    return raw[2:34]


def _parity(raw: bytes) -> int:
    parity = 0
    for byte in raw:
        parity ^= byte
    return parity


def sealed(key: bytes, name: str, secret: bytes, iv: bytes | None = None) -> Json:
    """The secret, encrypted under its name."""
    start = bytearray(iv or secrets.token_bytes(16))
    start[8] &= 0x7F  # bit 63 is clear, for implementations that count in signed numbers
    aes, mac = _derived(key, name)
    ciphertext = _cipher(aes, bytes(start)).encrypt(secret)
    return {
        "iv": encode(bytes(start)),
        "ciphertext": encode(ciphertext),
        "mac": encode(_mac(mac, ciphertext)),
    }


def opened(key: bytes, name: str, box: Mapping[str, Any]) -> bytes:
    """The secret in the box. Raises RecoveryRefused."""
    aes, mac = _derived(key, name)
    try:
        ciphertext, iv, given = (decode(box[part]) for part in ("ciphertext", "iv", "mac"))
    except (KeyError, ValueError) as error:
        raise RecoveryRefused(f"The secret {name} on the server is malformed.") from error
    if not hmac.compare_digest(_mac(mac, ciphertext), given):
        raise RecoveryRefused(f"The recovery key does not open the secret {name}.")
    plain: bytes = _cipher(aes, iv).decrypt(ciphertext)
    return plain


def _cipher(key: bytes, iv: bytes) -> Any:
    return AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=iv)


def _derived(key: bytes, name: str) -> tuple[bytes, bytes]:
    both = HKDF(key, 64, _ZEROS, SHA256, context=name.encode())
    assert isinstance(both, bytes)
    return both[:32], both[32:]


def _mac(key: bytes, ciphertext: bytes) -> bytes:
    return hmac.new(key, ciphertext, hashlib.sha256).digest()


class SecretStorage:
    """The secret storage of one account."""

    def __init__(self, api: Api, user_id: str) -> None:
        self._api = api
        self._user_id = user_id

    async def key_id(self) -> str | None:
        """The id of the key in use, None if the account has no secret storage. Raises MatrixError."""
        default = await self._data(_DEFAULT)
        return default.get("key") or None if default else None

    async def opens(self, key: bytes) -> bool:
        """Whether this is the key in use. Raises MatrixError."""
        key_id = await self.key_id()
        try:
            await self._check(key, key_id or "")
        except RecoveryRefused:
            return False
        return key_id is not None

    async def store(self, key: bytes, secrets_by_name: Mapping[str, bytes]) -> None:
        """Sets secret storage up with this key, which becomes the account's only after all secrets are stored."""
        key_id = secrets.token_hex(16)
        check = sealed(key, "", _ZEROS)
        description = {"algorithm": _ALGORITHM, "iv": check["iv"], "mac": check["mac"]}
        await self._put(f"m.secret_storage.key.{key_id}", description)
        for name, secret in secrets_by_name.items():
            # The secrets are stored as their base64 text, not as the bytes.
            box = sealed(key, name, encode(secret).encode())
            await self._put(name, {"encrypted": {key_id: box}})
        await self._put(_DEFAULT, {"key": key_id})

    async def fetch(self, key: bytes, names: tuple[str, ...]) -> dict[str, bytes]:
        """Those of the secrets that are there. Raises RecoveryRefused if the key is not the account's."""
        key_id = await self.key_id()
        if key_id is None:
            raise RecoveryRefused("The account has nothing stored that a recovery key could open.")
        await self._check(key, key_id)
        found: dict[str, bytes] = {}
        for name in names:
            box = ((await self._data(name)) or {}).get("encrypted", {}).get(key_id)
            if box is not None:
                found[name] = _secret(opened(key, name, box))
        return found

    async def _check(self, key: bytes, key_id: str) -> None:
        description = await self._data(f"m.secret_storage.key.{key_id}") or {}
        if description.get("algorithm") != _ALGORITHM:
            raise RecoveryRefused("The account's secrets are stored in a way that Relais does not know.")
        if "mac" in description:
            check = sealed(key, "", _ZEROS, decode(description["iv"]))
            if decode(check["mac"]) != decode(description["mac"]):
                raise RecoveryRefused("The recovery key is not the one of this account.")

    async def _data(self, kind: str) -> Json | None:
        try:
            return await self._api.request("GET", self._path(kind))
        except MatrixError as error:
            if error.status == 404:
                return None
            raise

    async def _put(self, kind: str, content: Mapping[str, Any]) -> None:
        await self._api.request("PUT", self._path(kind), dict(content))

    def _path(self, kind: str) -> str:
        return client_path("user", self._user_id, "account_data", kind)


def _secret(text: bytes) -> bytes:
    try:
        return decode(text.decode("ascii"))
    except ValueError as error:
        raise RecoveryRefused("A secret of the account is malformed.") from error
