"""To-device events that no honest client sends: sixty, each with what is wrong about it."""

import json
import secrets
from collections.abc import Iterator
from typing import Any

import vodozemac

from bot.matrix.keys.signatures import encode
from tests.keys.rooms import Ours
from tests.servers.client import at
from tests.servers.people import Person

OLM = "m.olm.v1.curve25519-aes-sha2"
MEGOLM = "m.megolm.v1.aes-sha2"
Hostile = tuple[str, str, Any]


class Stranger:
    """A device that shares no room with its victim, and speaks Olm well enough to lie in it."""

    def __init__(self, person: Person, victim: Ours, one_time_key: str) -> None:
        identity = victim.olm.account.identity_keys
        self._user_id, self._victim = person.user_id, victim.user_id
        self._curve, self._ed25519 = identity["curve25519"], identity["ed25519"]
        self._account = vodozemac.Account()
        self._session = self._open(one_time_key)

    def _open(self, one_time_key: str) -> vodozemac.Session:
        key = vodozemac.Curve25519PublicKey.from_base64
        return self._account.create_outbound_session(key(self._curve), key(one_time_key))

    def everything(self) -> Iterator[Hostile]:
        yield from self._shapes()
        yield from self._envelopes()
        yield from self._payloads()
        yield from self._room_keys()

    def _shapes(self) -> Iterator[Hostile]:
        """Not even encrypted, or not of the form that an encrypted event has."""
        contents: list[Any] = [{}, {"algorithm": OLM}, {"algorithm": 1}, {"algorithm": "m.none"}]
        ciphertexts: list[Any] = [[], "x", None, {}, 3]
        contents += [{"algorithm": OLM, "sender_key": "x", "ciphertext": text} for text in ciphertexts]
        contents += [{"algorithm": MEGOLM, "ciphertext": "x", "session_id": "x"}]
        yield from (("shape", "m.room.encrypted", content) for content in contents)
        yield "room key in clear", "m.room_key", {"algorithm": MEGOLM, "room_id": 1}
        yield "forwarded in clear", "m.forwarded_room_key", {"session_key": "x"}
        for action in ("request", "request_cancellation", "?", None):
            yield "key request", "m.room_key_request", {"action": action, "body": [], "request_id": 1}
        yield "key request", "m.room_key_request", {"action": "request", "request_id": "r"}
        for kind in ("start", "accept", "key", "mac", "cancel", "request", "ready", "done"):
            yield "verification", f"m.key.verification.{kind}", {"transaction_id": "t", "from_device": 7}
        yield "withheld", "m.room_key.withheld", {"room_id": [], "session_id": {}, "code": 4}
        yield "unknown", "org.example.nothing", {"deep": {"deep": [[[[]]]]}}

    def _envelopes(self) -> Iterator[Hostile]:
        """For our key, and not what Olm can open."""
        bodies = ["", "!!not base64!!", "AAAA", "é", encode(secrets.token_bytes(200)), "A" * 5000]
        for kind in (0, 1):
            yield from (("body", "m.room.encrypted", self._sealed(kind, body)) for body in bodies)
        good = self._said(self._payload())[1]
        for kind in (-1, 2, 2**40):
            yield "message type", "m.room.encrypted", self._sealed(kind, good)
        for sender_key in ("", "x", "A" * 43, "é" * 43):
            yield "sender key", "m.room.encrypted", self._sealed(0, good, sender_key)
        yield "other sender key", "m.room.encrypted", self._sealed(0, good, encode(secrets.token_bytes(32)))
        unknown = vodozemac.Account()
        unknown.generate_one_time_keys(1)
        session = self._open(next(iter(unknown.one_time_keys.values())).to_base64())
        kind, body = session.encrypt(b"{}").to_parts()
        yield "unknown one-time key", "m.room.encrypted", self._sealed(kind, encode(body))

    def _payloads(self) -> Iterator[Hostile]:
        """Opened well, and lying inside."""
        for text in ("", "not JSON", "[]", "3", "{}", '"text"', "\ud7ff"):
            yield "payload", "m.room.encrypted", self._sealed(*self._said(text))
        for name in ("type", "sender", "recipient", "keys", "recipient_keys", "content"):
            without = {key: value for key, value in self._payload().items() if key != name}
            yield f"no {name}", "m.room.encrypted", self._sealed(*self._said(without))
        changes: list[dict[str, Any]] = [
            {"recipient_keys": {}},
            {"keys": {}},
            {"type": 5},
            {"sender": "@a:b"},
        ]
        for change in changes:
            yield "wrong", "m.room.encrypted", self._sealed(*self._said(self._payload() | change))

    def _room_keys(self) -> Iterator[Hostile]:
        honest = {"algorithm": MEGOLM, "room_id": "!room:relais.test", "session_id": "s"}
        for key in ("", "garbage", "!", encode(secrets.token_bytes(229))):
            for kind in ("m.room_key", "m.forwarded_room_key"):
                content: dict[str, Any] = honest | {"session_key": key, "sender_key": "x"}
                content |= {"sender_claimed_ed25519_key": "x", "forwarding_curve25519_key_chain": []}
                yield "room key", "m.room.encrypted", self._sealed(*self._said(self._payload(kind, content)))

    def _payload(self, kind: str = "m.dummy", content: Any = None) -> dict[str, Any]:
        return {
            "type": kind,
            "sender": self._user_id,
            "sender_device": "STRANGE",
            "recipient": self._victim,
            "recipient_keys": {"ed25519": self._ed25519},
            "keys": {"ed25519": self._account.ed25519_key.to_base64()},
            "content": content if content is not None else {},
        }

    def _said(self, payload: Any) -> tuple[int, str]:
        text = payload if isinstance(payload, str) else json.dumps(payload)
        kind, body = self._session.encrypt(text.encode()).to_parts()
        return kind, encode(body)

    def _sealed(self, kind: int, body: str, sender_key: str | None = None) -> dict[str, Any]:
        own = self._account.curve25519_key.to_base64()
        ciphertext = {self._curve: {"type": kind, "body": body}}
        return {
            "algorithm": OLM,
            "sender_key": own if sender_key is None else sender_key,
            "ciphertext": ciphertext,
        }


async def claim(person: Person, victim: Ours) -> dict[str, Any] | None:
    """One key of the victim's, as anybody may take one; None if there is none."""
    wanted = {"one_time_keys": {victim.user_id: {victim.account.device_id: "signed_curve25519"}}}
    answer = await person.client.post(at("keys", "claim"), wanted)
    keys = answer["one_time_keys"].get(victim.user_id, {}).get(victim.account.device_id, {})
    return next(iter(keys.values()), None)
