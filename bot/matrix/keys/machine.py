"""nio's Olm machine without its faults: no event stops it, and what it learns from one is saved whole.

Each override names what stock nio 0.26 does instead.
"""

import logging
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import peewee
from nio.crypto import InboundGroupSession, Olm, OlmDevice, OutboundSession
from nio.events import MegolmEvent
from nio.exceptions import EncryptionError

from bot.matrix.keys.decrypted_event import event_of
from bot.matrix.keys.errors import KeyStoreFailed
from bot.matrix.keys.store import KeyStore

logger = logging.getLogger(__name__)

MEGOLM = "m.megolm.v1.aes-sha2"
_SESSIONS_PER_DEVICE = 20
_STORE_ERRORS = (peewee.DatabaseError, sqlite3.Error, KeyStoreFailed)
RoomKey = tuple[str, str]


class Machine(Olm):
    """The keys of one device, in memory and in its store."""

    store: KeyStore

    def __init__(self, user_id: str, device_id: str, store: KeyStore) -> None:
        self.arrived: set[RoomKey] = set()
        super().__init__(user_id, device_id, store)

    # What arrives, device to device

    def receive(self, events: Sequence[Any]) -> list[Any]:
        """Takes the to-device events of one sync in, and returns them, decrypted where they can be.

        Stock: the first malformed one ends the loop, and an Olm session and the room key that came through it
        are two writes, between which a crash loses the key. Raises KeyStoreFailed, and then nothing was saved.
        """
        if not events:
            return []
        with self.store.batch():
            received = [self._receive_one(event) or event for event in events]
            self.save_account()
        return received

    def _receive_one(self, event: Any) -> Any:
        try:
            return self.handle_to_device_event(event)
        except _STORE_ERRORS:
            raise
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of the Rust side is not an Exception
            logger.warning("A to-device event was refused: %s", type(error).__name__)
            self._unwedge(event)
            return None
        finally:
            self._forget_old_sessions(getattr(event, "sender_key", None))

    def _unwedge(self, event: Any) -> None:
        sender, sender_key = getattr(event, "sender", None), getattr(event, "sender_key", None)
        if isinstance(sender, str) and isinstance(sender_key, str):
            self._mark_device_for_unwedging(sender, sender_key)

    def _forget_old_sessions(self, sender_key: Any) -> None:
        """Limits the Olm sessions of a device: a stranger may open any number, and each is tried for every message."""
        sessions = self.session_store[sender_key] if isinstance(sender_key, str) else []
        for session in sorted(sessions, key=lambda known: known.use_time)[:-_SESSIONS_PER_DEVICE]:
            sessions.remove(session)
            self.store.drop_session(session)
        if isinstance(sender_key, str) and not sessions:
            self.session_store._entries.pop(sender_key, None)

    # Room keys

    def create_group_session(
        self, sender_key: str, sender_fp_key: str, room_id: str, session_id: str, session_key: str
    ) -> None:
        """Saves a room key. Stock: a malformed key raises; a later key replaces a better one."""
        try:
            session = InboundGroupSession(session_key, sender_fp_key, sender_key, room_id)
        except ValueError:
            logger.warning("A room key was refused: it is malformed.")
            return
        if session.id == session_id:
            self.keep(session)

    def keep(self, session: InboundGroupSession) -> bool:
        """Saves a room key unless we have one that opens as much or more. Returns whether it is new."""
        known = self.inbound_group_store.get(session.room_id, session.sender_key, session.id)
        if known is not None and known.first_known_index <= session.first_known_index:
            return False
        self.inbound_group_store.add(session)
        self.save_inbound_group_session(session)
        return True

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        """Writes a room key to the store, from whatever source it came, and notes that it arrived."""
        self.store.save_inbound_group_session(session)
        self.arrived.add((session.room_id, session.id))

    def _should_accept_forward(self, sender: str, sender_key: str, event: Any) -> bool:
        """Accepts a requested key from own verified devices (as stock nio) or from the device that made it."""
        asked = self.outgoing_key_requests.get(event.session_id)
        if asked is None or (asked.room_id, asked.algorithm) != (event.room_id, event.algorithm):
            return False
        maker = self.device_store.device_from_sender_key(sender, sender_key)
        content = event.source["content"]
        if maker and content["sender_key"] == sender_key:
            return bool(maker.ed25519 == content["sender_claimed_ed25519_key"])
        return bool(super()._should_accept_forward(sender, sender_key, event))

    # Room messages

    def decrypt_megolm_event(self, event: MegolmEvent, room_id: str | None = None) -> Any:
        """Decrypts, and checks whose device made the key, which stock nio does not. Raises EncryptionError."""
        room_id = room_id or event.room_id
        senders = self.inbound_group_store._entries.get(room_id, {})
        session = senders.get(event.sender_key, {}).get(event.session_id)
        if session is None:
            self.check_if_wedged(event)
            raise EncryptionError("The key is not here.")
        try:
            plaintext, index = session.decrypt(event.ciphertext)
        except ValueError as error:
            raise EncryptionError("The key does not open the message.") from error
        if not self.message_index_ok(index, event):
            raise EncryptionError("The message was said before, under another event id.")
        self._check_sender(event, session)
        return event_of(plaintext, event, room_id)

    def _decrypt_megolm_no_error(self, event: MegolmEvent, room_id: str | None = None) -> Any:
        """Decrypts, or returns None. Stock: any error but EncryptionError ends the loop."""
        try:
            return self.decrypt_megolm_event(event, room_id)
        except _STORE_ERRORS:
            raise
        except (KeyboardInterrupt, SystemExit):
            raise
        except EncryptionError:
            return None
        except BaseException as error:  # a panic of the Rust side is not an Exception
            logger.warning("A room message could not be decrypted: %s", type(error).__name__)
            return None

    def _check_sender(self, event: MegolmEvent, session: InboundGroupSession) -> None:
        """Raises EncryptionError if we know that the key's device is not the sender's."""
        maker = self._device_of(event)
        if maker is not None and (maker.user_id, maker.ed25519) != (event.sender, session.ed25519):
            raise EncryptionError("The message was encrypted by somebody else's device.")
        own = event.sender_key == self.account.identity_keys["curve25519"]
        if own and event.sender != self.user_id:
            raise EncryptionError("The message was encrypted by our device, and not sent by us.")
        if maker is None and not own:
            self.users_for_key_query.add(event.sender)

    def _device_of(self, event: MegolmEvent) -> OlmDevice | None:
        theirs = self.device_store._entries.get(event.sender, {}).values()
        for device in theirs:
            if device.curve25519 == event.sender_key:
                return device
        return next((device for device in self.device_store if device.curve25519 == event.sender_key), None)

    def check_if_wedged(self, event: MegolmEvent) -> None:
        """Stock: queues a key request for each unreadable event. Here `Keys.request` makes them."""
        if event.device_id not in self.device_store._entries.get(event.sender, {}):
            self.users_for_key_query.add(event.sender)

    # Olm sessions that we open

    def create_session(self, one_time_key: str, curve_key: str) -> OutboundSession:
        """Opens a session. Stock: also writes the account each time, which this does not change."""
        session = OutboundSession(self.account, curve_key, one_time_key)
        self.session_store.add(curve_key, session)
        self.save_session(curve_key, session)
        return session

    def encrypt_for(
        self,
        devices: Iterable[OlmDevice],
        event_type: str,
        content: dict[str, Any],
        messages: dict[str, dict[str, Any]],
    ) -> None:
        """Adds the content, encrypted for each device, to the `messages` of a to-device request.

        The sessions are saved afterwards: if the request is not sent, a ratchet step is skipped, never repeated.
        """
        with self.store.batch():
            for device in devices:
                session = self.session_store.get(device.curve25519)
                sealed = self._olm_encrypt(session, device, event_type, content)
                messages.setdefault(device.user_id, {})[device.id] = sealed
