"""nio's client for a loop that is not nio's: one `sync` a turn, no callbacks, the rest by `keyring`."""

import logging
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import nio
from nio.events import BadEvent, MegolmEvent, UnknownBadEvent
from nio.rooms import MatrixRoom

from bot.matrix.keys.machine import MEGOLM, Machine
from bot.matrix.keys.store import KeyStore, damaged, open_store

# nio's own log lines carry MXIDs and, for malformed events, what was said.
logging.getLogger("nio").setLevel(logging.CRITICAL + 1)


def _quiet() -> nio.AsyncClientConfig:
    """Errors come back at once: waiting and trying again is the caller's loop, which knows how long."""
    return nio.AsyncClientConfig(max_limit_exceeded=0, max_timeouts=0, store_sync_tokens=False)


class KeyedClient(nio.AsyncClient):
    """The client of one device, with its keys loaded.

    `sync`, `room_messages` and `room_get_event` return decrypted events; one that cannot be decrypted stays a
    MegolmEvent. What stock nio does by itself while sending or in `sync_forever` is refused, because of what
    it does when the server fails: `Keys` does it.
    """

    olm: Machine
    store: KeyStore | None
    access_token: str
    encrypted_rooms: set[str]

    def __init__(
        self,
        homeserver: str,
        *,
        user_id: str,
        device_id: str,
        token: str,
        folder: Path,
        may_create: bool,
        config: nio.AsyncClientConfig | None = None,
    ) -> None:
        """Opens the key store in the folder. Raises KeysLocked, KeysDamaged, KeysLost (see `open_store`)."""
        self._folder = folder
        self._may_create = may_create
        self.key_count: int | None = None
        self.unused_fallback: list[str] | None = None
        self.members_moved: set[str] = set()
        super().__init__(homeserver, user_id, device_id, str(folder), config or _quiet())
        self.restore_login(user_id, device_id, token)

    def load_store(self) -> None:
        """Stock: makes a new account in silence when the old one is gone, and knows no lock."""
        if self.store is not None:
            return
        store = open_store(self._folder, self.user_id, self.device_id, may_create=self._may_create)
        try:
            self.olm = Machine(self.user_id, self.device_id, store)
        except ValueError as error:  # vodozemac cannot read a pickle
            store.close()
            raise damaged(store.database_path, error) from error
        except BaseException:
            store.close()
            raise
        self.store = store
        self.encrypted_rooms = store.load_encrypted_rooms()

    async def close(self) -> None:
        """Ends the connections and lets another process have the keys."""
        await super().close()
        if self.store is not None:
            self.store.close()

    # What a sync brings

    async def parse_body(self, transport_response: Any) -> dict[Any, Any]:
        """Keeps of a sync what nio's own response drops or reads wrong (a count of zero, fallback keys)."""
        body: dict[Any, Any] = await super().parse_body(transport_response)
        counts = body.get("device_one_time_keys_count")
        if isinstance(counts, dict) and "next_batch" in body:
            self.key_count = counts.get("signed_curve25519", 0)
            self.unused_fallback = body.get("device_unused_fallback_key_types")
        return body

    async def receive_response(self, response: nio.Response) -> None:
        """Stock: a soft logout empties the access token, and the next call raises something unrelated."""
        token = self.access_token
        await super().receive_response(response)
        self.access_token = token

    async def _handle_to_device(self, response: nio.SyncResponse) -> None:
        response.to_device_events = self.olm.receive(response.to_device_events)

    async def _handle_joined_rooms(self, response: nio.SyncResponse) -> None:
        await super()._handle_joined_rooms(response)
        for room_id, joined in response.rooms.join.items():
            if joined.timeline.limited:
                # With lazily loaded members, who came and left in the gap is not told.
                self.rooms[room_id].members_synced = False
        for room_id in response.rooms.leave:
            self.rooms.pop(room_id, None)

    def _handle_timeline_event(self, event: Any, room_id: str, room: Any, encrypted_rooms: set[str]) -> Any:
        event = self._completed(event, room_id)
        decrypted: Any = None
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            decrypted = super()._handle_timeline_event(event, room_id, room, encrypted_rooms)
        return decrypted or (event if isinstance(event, MegolmEvent) else None)

    def _completed(self, event: Any, room_id: str) -> Any:
        """A message without the deprecated `sender_key` and `device_id`, which nio requires."""
        if isinstance(event, (BadEvent, UnknownBadEvent)) and event.source.get("type") == "m.room.encrypted":
            return self.megolm_event(event.source, room_id) or event
        return event

    def megolm_event(self, raw: dict[str, Any], room_id: str) -> MegolmEvent | None:
        """nio's form of an encrypted event of that room, None if it is no well-formed one."""
        content = raw.get("content")
        if not isinstance(content, dict) or content.get("algorithm") != MEGOLM:
            return None
        sender_key = content.get("sender_key") or self._sender_key(room_id, content.get("session_id"))
        filled = {**content, "sender_key": sender_key, "device_id": content.get("device_id") or ""}
        event = MegolmEvent.from_dict({**raw, "content": filled, "room_id": room_id})
        return event if isinstance(event, MegolmEvent) else None

    def _sender_key(self, room_id: str, session_id: Any) -> str:
        """The device that the session came from, empty as long as it did not come."""
        for sender_key, sessions in self.olm.inbound_group_store[room_id].items():
            if session_id in sessions:
                return str(sender_key)
        return ""

    def _handle_olm_events(self, response: nio.SyncResponse) -> None:
        """Stock: takes a count of zero for no count; looks for changed users among lazily loaded members."""
        self.olm.uploaded_key_count = self.key_count
        known = self.olm.tracked_users | set(self.olm.device_store.users)
        self.olm.add_changed_users(known.intersection(response.device_list.changed))
        self.olm.tracked_users.difference_update(response.device_list.left)

    def _invalidate_session_for_member_event(self, room_id: str) -> None:
        """Leaves the room's key alone: who may hold it is decided from the members when something is sent."""
        self.members_moved.add(room_id)

    def known_room(self, room_id: str) -> MatrixRoom:
        """The room, also one that no sync of this process has shown yet (members are fetched when needed)."""
        if room_id not in self.rooms:
            self.rooms[room_id] = MatrixRoom(room_id, self.user_id, room_id in self.encrypted_rooms)
        return self.rooms[room_id]

    # What stock nio would do by itself

    async def sync_forever(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError(
            "Call sync once a turn: nio's own loop turns without a pause when the server fails."
        )

    async def room_send(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError("Encrypt with Keys.encrypt and send the result.")

    async def share_group_session(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError("Keys.encrypt shares the key: nio takes a failed upload for a success.")

    def add_event_callback(self, *_: Any) -> NoReturn:
        raise NotImplementedError(
            "Read the events of the sync response: a callback that raises loses the batch."
        )

    add_ephemeral_callback = add_event_callback
    add_to_device_callback = add_event_callback
    add_presence_callback = add_event_callback
    add_response_callback = add_event_callback
    add_global_account_data_callback = add_event_callback
    add_room_account_data_callback = add_event_callback
