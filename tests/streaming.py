"""The homeserver of the tests with a stream: /sync with gaps, /messages page by page."""

import asyncio
from typing import Any
from urllib.parse import unquote

from bot.errors import Refused
from bot.matrix.api import Json
from tests.homeserver import BOT, Homeserver, RoomOfTest

TIMELINE, PAGE = 4, 3
"""So few events in an answer that a small burst leaves a gap of several pages."""


class StreamingHomeserver(Homeserver):
    """Tokens are `s12`: up to the twelfth event; `t12`: before it. One bot listens."""

    latest = 0
    _news: asyncio.Event | None = None

    def event(self, room_id: str, kind: str, sender: str, content: Json, **fields: Any) -> Json:
        made = super().event(room_id, kind, sender, content, **fields)
        self.latest = _order(made)
        if self._news is not None:
            self._news.set()
        return made

    @property
    def heard_out(self) -> bool:
        """Whether the bot has heard everything and waits for more."""
        return self._news is not None and not self._news.is_set()

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: dict[str, str] | None = None,
        within: float = 0,
    ) -> Json:
        parts = [unquote(part) for part in path.split("/")[4:]]
        asked = query or {}
        match [method, *parts]:
            case ["GET", "sync"]:
                return await self._sync(asked)
            case ["GET", "rooms", room_id, "messages"] if asked["dir"] == "b":
                return self._page(self.rooms[room_id], asked)
            case ["GET", "rooms", room_id, "event", event_id]:
                return self._find(room_id, event_id)
        return await super().request(method, path, body, query=query, within=within)

    def redact(self, room_id: str, event_id: str, by: str) -> str:
        """Removes what an event said, as a server does."""
        self._find(room_id, event_id)["content"] = {}
        return str(self.event(room_id, "m.room.redaction", by, {"redacts": event_id})["event_id"])

    def _find(self, room_id: str, event_id: str) -> Json:
        for event in self.rooms[room_id].timeline:
            if event["event_id"] == event_id:
                return event
        raise Refused(404, "M_NOT_FOUND")

    async def _sync(self, asked: dict[str, str]) -> Json:
        since = int(asked.get("since", "s0")[1:])
        full = asked.get("full_state") == "true" or "since" not in asked
        self._news = asyncio.Event()
        if self.latest == since and asked["timeout"] != "0":
            await self._news.wait()
        self._news = None
        answer: Json = {"next_batch": f"s{self.latest}", "rooms": {"join": {}, "invite": {}, "leave": {}}}
        for room in self.rooms.values():
            self._tell(answer["rooms"], room, since, full=full)
        return answer

    def _tell(self, rooms: Json, room: RoomOfTest, since: int, *, full: bool) -> None:
        mine = room.state.get(("m.room.member", BOT))
        if mine is None:
            return
        membership, changed = mine["content"]["membership"], _order(mine) > since
        if membership == "join":
            fresh = [event for event in room.timeline if _order(event) > (0 if changed else since)]
            if fresh or full:
                rooms["join"][room.room_id] = _joined(room, fresh)
        elif membership == "invite" and changed:
            rooms["invite"][room.room_id] = {"invite_state": {"events": [mine]}}
        elif changed:
            rooms["leave"][room.room_id] = {"timeline": {"events": [mine]}}

    def _page(self, room: RoomOfTest, asked: dict[str, str]) -> Json:
        before = int(asked["from"][1:]) if "from" in asked else self.latest + 1
        after = int(asked.get("to", "s0")[1:])
        found = [event for event in reversed(room.timeline) if after < _order(event) < before]
        more = {"end": f"t{_order(found[PAGE - 1])}"} if len(found) > PAGE else {}
        return {"chunk": found[:PAGE]} | more


def _joined(room: RoomOfTest, fresh: list[Json]) -> Json:
    shown = fresh[-TIMELINE:]
    known = {event["event_id"] for event in shown}
    timeline: Json = {"events": shown, "limited": len(fresh) > len(shown)}
    if shown:
        timeline["prev_batch"] = f"t{_order(shown[0])}"
    state = [event for event in room.state.values() if event["event_id"] not in known]
    members = [key for (kind, key), event in room.state.items() if kind == "m.room.member" and _counts(event)]
    return {"timeline": timeline, "state": {"events": state}, "summary": {"m.joined_member_count": len(members)}}


def _counts(event: Json) -> bool:
    return event["content"].get("membership") in ("join", "invite")


def _order(event: Json) -> int:
    return int(event["event_id"].removeprefix("$event"))
