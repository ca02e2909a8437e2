"""A homeserver in memory, for tests of the conversation; what a real one does is tested on a real one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from bot.errors import Refused
from bot.events.events import Event
from bot.matrix.api import Json

BOT = "@relais:example.org"


@dataclass
class RoomOfTest:
    """State events by (type, key), and everything that was sent."""

    room_id: str
    state: dict[tuple[str, str], Json] = field(default_factory=dict)
    timeline: list[Json] = field(default_factory=list)
    own: list[Json] = field(default_factory=list)
    """The bot's own data about the room: its tags."""


@dataclass
class Past:
    """All that has happened on a homeserver: its rooms, what was sent by which transaction, how much was numbered."""

    rooms: dict[str, RoomOfTest] = field(default_factory=dict)
    transactions: dict[str, str] = field(default_factory=dict)
    numbered: int = 0


class Homeserver:
    """Answers the requests of `bot.matrix.sender`, and makes events as a server would.

    `refuse` may raise for a request, to play a server that says no or later.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.past = Past()
        self.aliases: dict[str, str] = {}
        self.files: list[bytes] = []
        self.to_devices: list[tuple[str, Json]] = []
        self.refuse: Callable[[str, str], None] = lambda method, path: None

    @property
    def rooms(self) -> dict[str, RoomOfTest]:
        return self.past.rooms

    def _number(self) -> int:
        self.past.numbered += 1
        return self.past.numbered

    def event(self, room_id: str, kind: str, sender: str, content: Json, **fields: Any) -> Json:
        """Put an event in a room's timeline."""
        made = {
            "type": kind,
            "sender": sender,
            "content": content,
            "event_id": f"$event{self._number()}",
            "origin_server_ts": int(self._now().timestamp() * 1000),
            **fields,
        }
        room = self.rooms[room_id]
        room.timeline.append(made)
        if "state_key" in made:
            room.state[kind, made["state_key"]] = made
        return made

    def create(self, room_id: str, creator: str, *, version: str = "11", **content: Any) -> RoomOfTest:
        """A room with nobody in it yet."""
        room = self.rooms[room_id] = RoomOfTest(room_id)
        self.event(room_id, "m.room.create", creator, {"room_version": version, **content}, state_key="")
        return room

    def member(self, room_id: str, user_id: str, membership: str = "join", **content: Any) -> Json:
        """Somebody joins, leaves, is invited."""
        before = self.rooms[room_id].state.get(("m.room.member", user_id), {}).get("content", {})
        return self.event(
            room_id,
            "m.room.member",
            user_id,
            {"membership": membership, **content},
            state_key=user_id,
            unsigned={"prev_content": before} if before else {},
        )

    def invite(self, room_id: str, user_id: str, *, by: str, **content: Any) -> Json:
        """Somebody asks somebody else in."""
        return self.event(room_id, "m.room.member", by, {"membership": "invite", **content}, state_key=user_id)

    def members(self, room_id: str) -> list[str]:
        return self._with(room_id, "join")

    def invited(self, room_id: str) -> list[str]:
        return self._with(room_id, "invite")

    def _with(self, room_id: str, membership: str) -> list[str]:
        state = self.rooms[room_id].state.items()
        members = ((person, event["content"]) for (kind, person), event in state if kind == "m.room.member")
        return [person for person, content in members if content.get("membership") == membership]

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: dict[str, str] | None = None,
        within: float = 0,
    ) -> Json:
        """As `bot.matrix.api.Api.request`."""
        self.refuse(method, path)
        parts = [unquote(part) for part in path.split("/")[4:]]
        match [method, *parts]:
            case ["PUT", "rooms", room_id, "send", kind, txn_id]:
                _rings_nobody_by_chance(kind, body or {})
                self._require_right(room_id, kind)
                return self._once(txn_id, lambda: self.event(room_id, kind, BOT, body or {}))
            case ["PUT", "sendToDevice", kind, txn_id]:
                self.to_devices.append((kind, body or {}))
                return {}
            case ["PUT", "rooms", room_id, "redact", target, txn_id]:
                return self._once(txn_id, lambda: self.event(room_id, "m.room.redaction", BOT, {"redacts": target}))
            case ["PUT", "rooms", room_id, "state", kind, *key]:
                return {"event_id": self.event(room_id, kind, BOT, body or {}, state_key="".join(key))["event_id"]}
            case ["GET", "rooms", room_id, "state", kind, *key]:
                return self._state(room_id, kind, "".join(key))
            case ["GET", "rooms", room_id, "joined_members"]:
                return {"joined": self._profiles(room_id)}
            case ["GET", "rooms", room_id, "members"]:
                return self._members(room_id, **(query or {}))
            case ["GET", "rooms", room_id, "messages"] if query is not None and query["dir"] == "f":
                return {"chunk": self.rooms[room_id].timeline[: int(query["limit"])]}
            case ["POST", "rooms", room_id, "join"] if room_id not in self.rooms:
                raise Refused(404, "M_NOT_FOUND")
            case ["POST", "rooms", room_id, "join"]:
                self.member(room_id, BOT)
                return {"room_id": room_id}
            case ["POST", "rooms", room_id, "leave"]:
                self.member(room_id, BOT, "leave")
                return {}
            case ["POST", "rooms", room_id, "invite"]:
                self.member(room_id, str((body or {})["user_id"]), "invite")
                return {}
            case ["POST", "createRoom"]:
                return {"room_id": self._create(body or {})}
            case ["GET", "directory", "room", alias]:
                if alias not in self.aliases:
                    raise Refused(404, "M_NOT_FOUND")
                return {"room_id": self.aliases[alias]}
            case ["GET", "joined_rooms"]:
                return {"joined_rooms": [room for room in self.rooms if BOT in self.members(room)]}
        raise AssertionError(f"the homeserver of the tests does not know {method} {path}")

    async def upload(self, data: bytes, *, media_type: str, within: float = 0) -> str:
        """As `bot.matrix.api.Api.upload`."""
        self.refuse("POST", "/_matrix/media/v3/upload")
        self.files.append(data)
        return f"mxc://example.org/file{len(self.files)}"

    def _require_right(self, room_id: str, kind: str) -> None:
        """As every homeserver: who has less power than an event needs may not send it."""
        levels = self.rooms[room_id].state.get(("m.room.power_levels", ""), {}).get("content", {})
        needed = levels.get("events", {}).get(kind, levels.get("events_default", 0))
        if levels.get("users", {}).get(BOT, levels.get("users_default", 0)) < needed:
            raise Refused(403, "M_FORBIDDEN")

    def _once(self, txn_id: str, make: Callable[[], Json]) -> Json:
        done = self.past.transactions
        if txn_id not in done:
            done[txn_id] = make()["event_id"]
        return {"event_id": done[txn_id]}

    def _state(self, room_id: str, kind: str, key: str) -> Json:
        event = self.rooms[room_id].state.get((kind, key))
        if event is None:
            raise Refused(404, "M_NOT_FOUND")
        return dict(event["content"])

    def _profiles(self, room_id: str) -> Json:
        members = self.members(room_id)
        if BOT not in members:
            raise Refused(403, "M_FORBIDDEN")
        state = self.rooms[room_id].state
        names = {person: state["m.room.member", person]["content"].get("displayname") for person in members}
        return {person: {"display_name": name} for person, name in names.items()}

    def _members(self, room_id: str, *, not_membership: str) -> Json:
        """As Synapse; who is not in a room is refused."""
        if BOT not in self.members(room_id):
            raise Refused(403, "M_FORBIDDEN")
        state = self.rooms[room_id].state.items()
        events = [event for (kind, _person), event in state if kind == "m.room.member"]
        return {"chunk": [event for event in events if event["content"].get("membership") != not_membership]}

    def _create(self, body: Json) -> str:
        if BOT in body.get("power_level_content_override", {}).get("users", {}):
            raise Refused(400, "M_UNKNOWN")  # as since room version 12, of whose creators the levels say nothing
        room_id = f"!made{self._number()}:example.org"
        self.create(room_id, BOT, **body.get("creation_content", {}))
        self.member(room_id, BOT)
        for state in body.get("initial_state", []):
            self.event(room_id, state["type"], BOT, state["content"], state_key=state["state_key"])
        if body.get("name"):
            self.event(room_id, "m.room.name", BOT, {"name": body["name"]}, state_key="")
        for person in body.get("invite", []):
            self.member(room_id, person, "invite", is_direct=bool(body.get("is_direct")))
        return room_id


def _rings_nobody_by_chance(kind: str, body: Json) -> None:
    """Without `m.mentions` clients look for names and `@room` in the words themselves."""
    if kind == "m.room.message":
        assert "m.mentions" in body, body
        assert "m.mentions" in body.get("m.new_content", body), body


class NoPast:
    """A `History` of rooms in which nothing was missed."""

    async def fill(self, room_id: str, **_limits: Any) -> Any:
        raise AssertionError("no gap was opened")

    async def event(self, room_id: str, event_id: str) -> Event | None:
        return None

    async def edits(self, room_id: str, event_id: str) -> list[Event]:
        return []

    async def marks(self, room_id: str, event_id: str) -> list[Event] | None:
        return []
