"""People who talk in the rooms of a real homeserver, for the tests and the demonstration."""

import itertools
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from tests.servers.client import JSON, Account, Client, Refused, at, log_in, register
from tests.servers.events import Event
from tests.servers.listening import Ears

__all__ = ["Account", "Event", "People", "Person", "Refused"]


class Person:
    """Somebody with a Matrix client in hand, made by `People`. Verbs return the id of what they made."""

    def __init__(self, homeserver: str, name: str, account: Account) -> None:
        self.name = name
        self.account = account
        self.user_id = account.user_id
        self.client = Client(homeserver, account.access_token)
        self.ears = Ears(self.client, name)
        self.mark = self.ears.mark
        self.heard = self.ears.heard
        self.until = self.ears.until
        self.count = self.ears.count
        self._turns = itertools.count()
        self._run = secrets.token_hex(4)
        self._conversations: set[str] = set()

    async def listen(self) -> Self:
        """Starts to hear what is said from now on."""
        await self.ears.open()
        return self

    async def log_in_again(self, device_id: str | None = None) -> None:
        """Takes another token: on a new device, or on the one named. What was heard stays."""
        self.account = await log_in(self.client, self.user_id, self.account.password, device_id)
        self.client.access_token = self.account.access_token

    async def close(self) -> None:
        await self.ears.close()
        await self.client.close()

    # Rooms

    async def create_room(
        self,
        name: str = "",
        *,
        version: str | None = None,
        encrypted: bool = False,
        invite: Sequence["Person | str"] = (),
        direct: bool = False,
        public: bool = False,
        power_levels: Mapping[str, Any] | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> str:
        """Makes a room and returns its id. `power_levels` and the create event's `content` are merged in."""
        preset = "public_chat" if public else "trusted_private_chat" if direct else "private_chat"
        wanted: JSON = {"preset": preset, "is_direct": direct, "invite": _ids(invite), "initial_state": []}
        if name:
            wanted["name"] = name
        if version is not None:
            wanted["room_version"] = version
        if encrypted:
            algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
            wanted["initial_state"] = [{"type": "m.room.encryption", "state_key": "", "content": algorithm}]
        if power_levels is not None:
            wanted["power_level_content_override"] = dict(power_levels)
        if content is not None:
            wanted["creation_content"] = dict(content)
        room = str((await self.client.post(at("createRoom"), wanted))["room_id"])
        if direct:
            self._conversations.add(room)
        return room

    async def join(self, room: str) -> None:
        """Joins by id or alias."""
        await self.client.post(at("join", room), {})

    async def invite(self, room: str, whom: "Person | str") -> None:
        await self._in_room(room, "invite", user_id=_id(whom))

    async def leave(self, room: str) -> None:
        await self._in_room(room, "leave")

    async def kick(self, room: str, whom: "Person | str", reason: str = "") -> None:
        await self._in_room(room, "kick", user_id=_id(whom), reason=reason)

    async def ban(self, room: str, whom: "Person | str", reason: str = "") -> None:
        await self._in_room(room, "ban", user_id=_id(whom), reason=reason)

    async def unban(self, room: str, whom: "Person | str") -> None:
        await self._in_room(room, "unban", user_id=_id(whom))

    async def upgrade_room(self, room: str, version: str) -> str:
        """Closes the room with a tombstone and returns the id of its successor."""
        return str((await self._in_room(room, "upgrade", new_version=version))["replacement_room"])

    async def set_power(self, room: str, whom: "Person | str", level: int) -> None:
        """Gives somebody a power level in the room."""
        levels = await self.state(room, "m.room.power_levels")
        levels["users"] = levels.get("users", {}) | {_id(whom): level}
        await self.set_state(room, "m.room.power_levels", levels)

    # Words and gestures

    async def say(
        self,
        room: str,
        text: str,
        *,
        reply_to: Event | str | None = None,
        thread: Event | str | None = None,
        mention: Iterable["Person | str"] = (),
        formatted: str | None = None,
        msgtype: str = "m.text",
    ) -> str:
        """Says something, and returns its event id. Inside a thread, `reply_to` is a reply within it."""
        content: JSON = {"msgtype": msgtype, "body": text}
        if formatted is not None:
            content |= {"format": "org.matrix.custom.html", "formatted_body": formatted}
        if mentioned := _ids(mention):
            content["m.mentions"] = {"user_ids": mentioned}
        if relation := _relation(reply_to, thread):
            content["m.relates_to"] = relation
        return await self.send_event(room, "m.room.message", content)

    async def edit(self, room: str, event: Event | str, text: str) -> str:
        """Replaces the text of an own message."""
        content = {
            "msgtype": "m.text",
            "body": f"* {text}",
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": _event_id(event)},
        }
        return await self.send_event(room, "m.room.message", content)

    async def react(self, room: str, event: Event | str, emoji: str) -> str:
        """Puts a reaction under a message; redacting the id returned takes it away."""
        relation = {"rel_type": "m.annotation", "event_id": _event_id(event), "key": emoji}
        return await self.send_event(room, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room: str, event: Event | str, reason: str = "") -> str:
        """Removes a message or takes back a reaction."""
        path = at("rooms", room, "redact", _event_id(event), self._transaction())
        return str((await self.client.put(path, {"reason": reason} if reason else {}))["event_id"])

    async def send_event(
        self, room: str, kind: str, content: Mapping[str, Any], *, transaction: str | None = None
    ) -> str:
        """Sends any event as it is, malformed too if the server takes it."""
        path = at("rooms", room, "send", kind, transaction or self._transaction())
        return str((await self.client.put(path, dict(content)))["event_id"])

    async def send_to_device(self, kind: str, messages: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Sends to devices: user id, then device id (or `*`), then content."""
        path = at("sendToDevice", kind, self._transaction())
        await self.client.put(path, {"messages": messages})

    # What a person looks at

    async def state(self, room: str, kind: str, key: str = "") -> JSON:
        return await self.client.get(at("rooms", room, "state", kind) + "/" + key)

    async def set_state(self, room: str, kind: str, content: Mapping[str, Any], key: str = "") -> None:
        await self.client.put(at("rooms", room, "state", kind) + "/" + key, dict(content))

    async def members(self, room: str) -> set[str]:
        """Who is in the room now."""
        return set((await self.client.get(at("rooms", room, "joined_members")))["joined"])

    async def joined_rooms(self) -> list[str]:
        rooms: list[str] = (await self.client.get(at("joined_rooms")))["joined_rooms"]
        return rooms

    async def messages(self, room: str) -> list[Event]:
        """The room's whole history that she may see, oldest first."""
        history: list[Event] = []
        position: str | None = ""
        while position is not None:
            place = {"from": position} if position else {}
            page = await self.client.get(at("rooms", room, "messages"), dir="b", limit=500, **place)
            history += [Event.of(room, raw) for raw in page["chunk"]]
            position = page.get("end")
        return history[::-1]

    async def answer(self, to: str, *, within: float = 10.0, since: int = 0) -> Event:
        """The first message that replies to the event named; in a conversation of two that follows it, or
        after a yes or no the preview that is edited into what came of it."""
        return await self.until(
            lambda event: event.reply_to == to or self._follows(event, to), within=within, since=since
        )

    def _follows(self, event: Event, to: str) -> bool:
        """Whether it was said after the event named: in a conversation of two, or as the end of a preview."""
        heard = [each.event_id for each in self.ears.heard(event.room_id)]
        if event.sender == self.user_id or event.type != "m.room.message" or to not in heard:
            return False
        asked = self.ears.heard(event.room_id)[heard.index(to)]
        alone = event.room_id in self._conversations and not event.relation
        ends = event.replaces is not None and asked.body in ("oui", "non")
        return (alone or ends) and heard.index(to) < heard.index(event.event_id)

    async def invited(self, *, within: float = 10.0, since: int = 0) -> str:
        """The room that she is invited to."""
        event = await self.until(self._is_my_invitation, within=within, since=since)
        return event.room_id

    def _is_my_invitation(self, event: Event) -> bool:
        return event.state_key == self.user_id and event.content.get("membership") == "invite"

    async def _in_room(self, room: str, verb: str, **body: str) -> JSON:
        return await self.client.post(at("rooms", room, verb), body)

    def _transaction(self) -> str:
        return f"{self._run}-{next(self._turns)}"


class People:
    """The people of one test. Everybody gets a name of their own on the server and is gone at the end."""

    def __init__(self, homeserver: str, shared_secret: str) -> None:
        self.homeserver = homeserver
        self._secret = shared_secret
        self._registrar = Client(homeserver)
        self._present: list[Person] = []

    async def account(self, name: str, *, exact: bool = False, password: str = "", admin: bool = False) -> Account:
        """Registers somebody not played by us, such as the bot. `exact`: no random ending to the name."""
        localpart = name if exact else f"{_fold(name)}-{secrets.token_hex(3)}"
        return await register(self._registrar, self._secret, localpart, password=password, admin=admin, shown=name)

    async def arrive(self, name: str, *, exact: bool = False, admin: bool = False) -> Person:
        """Registers a person, who listens from now on."""
        person = Person(self.homeserver, name, await self.account(name, exact=exact, admin=admin))
        self._present.append(person)
        return await person.listen()

    async def close(self) -> None:
        for person in self._present:
            await person.close()
        await self._registrar.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.close()


def _relation(reply_to: Event | str | None, thread: Event | str | None) -> JSON:
    if thread is not None:
        answered = _event_id(reply_to) if reply_to is not None else _event_id(thread)
        return {
            "rel_type": "m.thread",
            "event_id": _event_id(thread),
            "is_falling_back": reply_to is None,
            "m.in_reply_to": {"event_id": answered},
        }
    return {"m.in_reply_to": {"event_id": _event_id(reply_to)}} if reply_to is not None else {}


def _fold(name: str) -> str:
    """The name as the part of a Matrix id before the colon."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9._=/-]+", "-", ascii_only.lower())


def _event_id(event: Event | str) -> str:
    return event.event_id if isinstance(event, Event) else event


def _id(person: Person | str) -> str:
    return person.user_id if isinstance(person, Person) else person


def _ids(people: Iterable[Person | str]) -> list[str]:
    return [_id(person) for person in people]
