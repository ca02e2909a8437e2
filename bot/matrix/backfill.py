"""Reads what a sync left out of a room's timeline, page by page, back to a known event or one too old to answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import Refused
from bot.events.events import Event
from bot.matrix import inbound
from bot.matrix.api import Api, Json, path
from bot.matrix.sync import arrived, echoes

PAGE = 250


@dataclass(frozen=True, slots=True)
class Filled:
    """A gap's events, oldest first; `complete` unless the age or number limit cut it short."""

    events: tuple[Event, ...]
    echoes: dict[str, str]
    complete: bool


class Backfill:
    """Asks /messages backwards (Client-Server API, "Syncing", limited timelines).

    `decrypt(raw, room)` gives the readable form of an encrypted event, or None.
    """

    def __init__(self, api: Api, me: str, decrypt: Callable[[Json, str], Json | None] | None = None) -> None:
        self._api = api
        self._me = me
        self._decrypt = decrypt

    async def fill(self, room_id: str, *, from_token: str, to_token: str | None, oldest: datetime, most: int) -> Filled:
        """Events between the tokens, at most `most` of them, none older than `oldest`. Raises TryLater."""
        found: list[Mapping[str, Any]] = []
        complete = False
        token: str | None = from_token
        while token is not None and len(found) < most:
            page = await self._page(room_id, token, to_token)
            chunk = _events(page)
            token = page.get("end") if chunk else None
            complete = token is None
            for source in chunk:
                found.append(source)
                if arrived(source, self._me):
                    complete, token = True, None
                    break
                if _too_old(source, oldest):
                    token = None
                    break
        return self._filled(room_id, found[:most], complete=complete)

    async def _page(self, room_id: str, token: str, to_token: str | None) -> Json:
        query = {"dir": "b", "from": token, "limit": str(PAGE)}
        if to_token is not None:
            query["to"] = to_token
        try:
            return await self._api.request("GET", path("rooms", room_id, "messages"), query=query)
        except Refused:
            return {}

    def _filled(self, room_id: str, newest_first: list[Mapping[str, Any]], *, complete: bool) -> Filled:
        sources = newest_first[::-1]
        facts = [self._fact(source, room_id) for source in sources]
        return Filled(tuple(fact for fact in facts if fact is not None), echoes(sources, self._me), complete)

    async def event(self, room_id: str, event_id: str) -> Event | None:
        """One event by its id, None when the server does not show it to us. Raises TryLater."""
        try:
            source = await self._api.request("GET", path("rooms", room_id, "event", event_id))
        except Refused:
            return None
        return self._fact(source, room_id)

    def _fact(self, source: Mapping[str, Any], room_id: str) -> Event | None:
        readable: Mapping[str, Any] | None = None
        if self._decrypt is not None and source.get("type") == "m.room.encrypted":
            readable = self._decrypt(dict(source), room_id)
        return inbound.event(readable or source, room_id, self._me)

    async def marks(self, room_id: str, event_id: str) -> list[Event] | None:
        """The reactions under an event now (Client-Server API, /relations), page by page.

        None when the homeserver does not say: that is not the same as none. Raises TryLater.
        """
        return await self._related(room_id, event_id, "m.annotation")

    async def edits(self, room_id: str, event_id: str) -> list[Event]:
        """What anybody put in the place of an event; none if the homeserver does not say. Raises TryLater."""
        return await self._related(room_id, event_id, "m.replace") or []

    async def _related(self, room_id: str, event_id: str, relation: str) -> list[Event] | None:
        target = path("rooms", room_id, "relations", event_id, relation, under="/_matrix/client/v1")
        found: list[Event | None] = []
        query: dict[str, str] | None = {"dir": "f", "limit": str(PAGE)}
        while query is not None:
            try:
                page = await self._api.request("GET", target, query=query)
            except Refused:
                return None
            found += [self._fact(source, room_id) for source in _events(page)]
            token = page.get("next_batch")
            query = query | {"from": token} if isinstance(token, str) and token != query.get("from") else None
        return [fact for fact in found if fact is not None]


def _events(page: Json) -> list[Mapping[str, Any]]:
    chunk = page.get("chunk")
    return [event for event in chunk if isinstance(event, Mapping)] if isinstance(chunk, list) else []


def _too_old(source: Mapping[str, Any], oldest: datetime) -> bool:
    stamp = source.get("origin_server_ts")
    return isinstance(stamp, int) and stamp < oldest.timestamp() * 1000
