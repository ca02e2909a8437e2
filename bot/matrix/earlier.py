"""Finds what an earlier attempt to send a row left on the homeserver: what our account made under the row's key."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from bot.errors import Refused
from bot.events.room_actions import CreateRoom
from bot.mailbox import OutboxMessage
from bot.mailbox.sending.contents import act_of
from bot.matrix.api import Api, path
from bot.matrix.content import KEY
from bot.matrix.rooms import Room, Rooms

PAGE = 200


class Earlier:
    """Looks for the room or the event of a row. Never finds what anybody else made, even if it carries the key."""

    def __init__(self, api: Api, rooms: Rooms, *, account: str) -> None:
        self._api = api
        self._rooms = rooms
        self._account = account

    async def room_of(self, row: OutboxMessage) -> str | None:
        """The room that a row made, None if it made none; invites whoever the first attempt did not get to invite.

        Raises Refused when somebody may not be invited, as if the room could not be made; TryLater.
        """
        room_id = await self._made_with(row.txn_id)
        if room_id is not None:
            await self.invite_all(row, room_id)
        return room_id

    async def invite_all(self, row: OutboxMessage, room_id: str) -> None:
        """Invite whoever the server left out when it made the room. Raises as `room_of`."""
        act = act_of(row)
        for person in act.invite if isinstance(act, CreateRoom) else ():
            await self._invite(room_id, person)

    async def _made_with(self, key: str) -> str | None:
        answer = await self._api.request("GET", path("joined_rooms"))
        for room_id in answer.get("joined_rooms", []):
            if await self._key_of(str(room_id)) == key:
                return str(room_id)
        return None

    async def _key_of(self, room_id: str) -> str | None:
        """The key under which our account made this room; asks the server if the sync has not brought the room yet."""
        known = self._rooms.facts(room_id)
        return known.marker if known is not None else await self._key_asked_for(room_id)

    async def _key_asked_for(self, room_id: str) -> str | None:
        """Read the room's first event, which names its sender; /state gives content only, which anybody may write."""
        query = {"dir": "f", "limit": "1"}
        try:
            page = await self._api.request("GET", path("rooms", room_id, "messages"), query=query)
        except Refused:
            return None
        room = Room(room_id, self._account)
        for event in page.get("chunk", []):
            room.take(event)
        return room.facts.marker

    async def _invite(self, room_id: str, person: str) -> None:
        try:
            await self._api.request("GET", path("rooms", room_id, "state", "m.room.member", person))
        except Refused:
            await self._invite_now(room_id, person)

    async def _invite_now(self, room_id: str, person: str) -> None:
        try:
            await self._api.request("POST", path("rooms", room_id, "invite"), {"user_id": person})
        except Refused:
            with suppress(Refused):
                await self._api.request("POST", path("rooms", room_id, "leave"), {})
            raise

    async def event_of(self, row: OutboxMessage) -> str | None:
        """Reads the row's room back to the time when the row entered the outbox, looking for its event."""
        oldest = (row.entered_at - timedelta(minutes=5)).timestamp() * 1000
        token: str | None = None
        while True:
            query = {"dir": "b", "limit": str(PAGE)} | ({"from": token} if token else {})
            try:
                page = await self._api.request("GET", path("rooms", row.room_id or "", "messages"), query=query)
            except Refused:
                return None
            for event in page.get("chunk", []):
                if self._is_of(event, row):
                    return str(event["event_id"])
                if event.get("origin_server_ts", 0) < oldest:
                    return None
            token = page.get("end")
            if not token or not page.get("chunk"):
                return None

    def _is_of(self, event: Mapping[str, Any], row: OutboxMessage) -> bool:
        content = event.get("content")
        said = isinstance(content, Mapping) and content.get(KEY) == row.txn_id
        return said and event.get("sender") == self._account
