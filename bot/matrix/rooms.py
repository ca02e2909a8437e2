"""The rooms the bot is in, from their state events as they come."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.communities.rules.roles import may_remove, missing_rights, parse_power
from bot.communities.rules.room_facts import RoomFacts
from bot.errors import Refused, TryLater
from bot.matrix.api import Api, Json, path
from bot.matrix.content import MARKER
from bot.text import foreign_names

Source = Mapping[str, Any]
FORBIDDEN = 403
MEMBERS_WITHIN = 10.0
"""Seconds for the homeserver to say who is in a room: a person's calendar request waits for it."""

POWER = "m.room.power_levels"
KEPT = frozenset(
    {
        "m.room.create",
        POWER,
        "m.room.name",
        "m.room.canonical_alias",
        "m.room.encryption",
        "m.room.tombstone",
    }
)
TAG, NOTICES = "m.tag", "m.server_notice"
ALONE = 2
MOST_NAMED = 2
"""Members by whom we name a room that has no name."""
GONE = ("leave", "ban")


PRODUCT = "Relais"
"""What we call ourselves in our sentences, whatever the account is called."""


class Room:
    """The state of one room, as far as Relais looks at it."""

    def __init__(self, room_id: str, me: str) -> None:
        self.room_id = room_id
        self._me = me
        self.state: dict[str, Source] = {}
        self._names: dict[str, str | None] = {}
        self._shown: dict[str, str] = {}
        self.joined: set[str] = set()
        self.gone: set[str] = set()
        self.invited: set[str] = set()
        self.knows_members = False
        self.hides_members = False
        """Whether the homeserver does not tell us who is in the room."""
        self.knows_everybody = False
        """Whether invited people are known too."""
        self.watching: list[dict[str, bool]] = []
        """For each request for the members that is under way: who came (True) or went (False) since."""
        self.counts: dict[str, int] = {}
        self.heroes: list[str] = []
        """The members by whom the server names the room if it has no name."""
        self.has_notices = False
        self._facts: RoomFacts | None = None

    def take(self, source: Source) -> None:
        """Apply a state event, or the removal of one; anything else, and anything malformed, changes nothing."""
        kind, state_key, content = source.get("type"), source.get("state_key"), source.get("content")
        if not isinstance(content, Mapping):
            return
        if kind == "m.room.redaction":
            self._reopen(content.get("redacts") or source.get("redacts"))
        if not isinstance(state_key, str):
            return
        self._facts = None
        if kind == "m.room.member":
            self._take_member(state_key, content)
        elif kind in KEPT and state_key == "":
            self.state[str(kind)] = source

    def _reopen(self, removed: object) -> None:
        """Open the room again if the removed event is the tombstone that closed it."""
        closing = self.state.get("m.room.tombstone", {}).get("event_id")
        if closing is not None and closing == removed:
            del self.state["m.room.tombstone"]
            self._facts = None

    def _take_member(self, member: str, content: Source) -> None:
        self.invited.discard(member)
        joins = content.get("membership") == "join"
        (self.gone.add if content.get("membership") in GONE else self.gone.discard)(member)
        for watched in self.watching:
            watched[member] = joins
        if joins:
            self._enters(member, content.get("displayname"))
        else:
            self.joined.discard(member)
        if content.get("membership") == "invite":
            self.invited.add(member)

    def name_of(self, member: str) -> str:
        """The member's display name, changed if it imitates one of ours."""
        name = self._shown.get(member)
        if name is None:
            own = () if member == self._me else (self.name_of(self._me), localpart(self._me), PRODUCT)
            name = self._shown[member] = foreign_names.person(member, self._names.get(member), but=own)
        return name

    def _enters(self, member: str, name: object) -> None:
        self.joined.add(member)
        self.gone.discard(member)
        self._names[member] = name[: foreign_names.READ] if isinstance(name, str) else None
        self._forget_shown(member)

    def _forget_shown(self, member: str) -> None:
        """A name is made harmless when it is first read: most of a large room are never named."""
        if member == self._me:
            self._shown.clear()
        else:
            self._shown.pop(member, None)

    def missed(self) -> None:
        """A part of the timeline is missing: forget that we know the members, for some may have come or gone in it."""
        self.knows_members = self.knows_everybody = False
        self.watching.clear()

    def take_members(self, joined: Mapping[str, Any], meanwhile: dict[str, bool]) -> None:
        """Replace the members by the homeserver's list, corrected by who came or went while we waited for it.

        The list counts as complete only if no part of the timeline was missed meanwhile.
        """
        self.joined.clear()
        for member, profile in joined.items():
            self._enters(member, profile.get("display_name") if isinstance(profile, Mapping) else None)
        self.joined |= {member for member, joins in meanwhile.items() if joins}
        self.joined -= {member for member, joins in meanwhile.items() if not joins}
        self.knows_members = any(watched is meanwhile for watched in self.watching)
        self._facts = None

    def take_counts(self, summary: Source) -> None:
        """How many have joined and are invited, and the heroes (Client-Server API, /sync, room summary)."""
        if isinstance(heroes := summary.get("m.heroes"), list):
            self.heroes, self._facts = [hero for hero in heroes if isinstance(hero, str)], None
        for name in ("m.joined_member_count", "m.invited_member_count"):
            if isinstance(summary.get(name), int) and self.counts.get(name) != summary[name]:
                self.counts[name] = summary[name]
                self._facts = None

    def take_own(self, source: Source) -> None:
        """Apply our own data about the room, which nobody else can write: whether the server tells us its news here."""
        content = source.get("content")
        tags = content.get("tags") if isinstance(content, Mapping) else None
        if source.get("type") == TAG and isinstance(tags, Mapping):
            self.has_notices, self._facts = NOTICES in tags, None

    @property
    def facts(self) -> RoomFacts:
        if self._facts is None:
            create, levels = self.state.get("m.room.create", {}), self.state.get(POWER)
            creator = _sender(create)
            power, encrypted = parse_power(create, levels), "m.room.encryption" in self.state
            name = foreign_names.room(self._text("m.room.name", "name"), self._text("m.room.canonical_alias", "alias"))
            missing = missing_rights(levels, power.power_of(self._me), encrypted=encrypted)
            self._facts = RoomFacts(
                room_id=self.room_id,
                power=power,
                members=sum(self.counts.values()) or len(self.joined),
                name=name,
                company=() if name else self._company(),
                encrypted=encrypted,
                missing=missing,
                may_remove=may_remove(levels, power.power_of(self._me), missing=missing),
                creator=creator,
                replaces=_predecessor(create),
                replacement=self._text("m.room.tombstone", "replacement_room"),
                closed_by=_sender(self.state.get("m.room.tombstone", {})),
                has_notices=self.has_notices,
                marker=self._text("m.room.create", MARKER) if creator == self._me else None,
            )
        return self._facts

    def _company(self) -> tuple[str, ...]:
        """The names of the heroes, else of the first members by id, without us (Client-Server API, "Calculating the
        display name for a room")."""
        named = self.heroes or sorted(self.joined | self.invited)
        return tuple(self.name_of(member) for member in [one for one in named if one != self._me][:MOST_NAMED])

    def _text(self, kind: str, name: str) -> str | None:
        value = self.state.get(kind, {}).get("content", {}).get(name)
        return value if isinstance(value, str) else None


class Rooms:
    """A `RoomDirectory` fed by the sync loop."""

    def __init__(self, api: Api, me: str) -> None:
        self._api = api
        self._me = me
        self._rooms: dict[str, Room] = {}
        self.power_changed: Callable[[str], None] = lambda room_id: None
        """Called with a room's id when its power levels have come."""

    def facts(self, room_id: str) -> RoomFacts | None:
        room = self._rooms.get(room_id)
        return room.facts if room else None

    def has_member(self, room_id: str, user_id: str) -> bool:
        room = self._rooms.get(room_id)
        return room is not None and user_id in room.joined

    def name_of(self, room_id: str, user_id: str) -> str:
        room = self._rooms.get(room_id) or Room(room_id, self._me)
        return room.name_of(user_id)

    def joined(self, room_id: str) -> frozenset[str]:
        room = self._rooms.get(room_id)
        return frozenset(room.joined) if room is not None else frozenset()

    def has_gone(self, room_id: str, user_id: str) -> bool:
        room = self._rooms.get(room_id)
        return room is not None and user_id in room.gone

    def knows_members(self, room_id: str) -> bool:
        room = self._rooms.get(room_id)
        return room is not None and room.knows_members

    def lacks_members(self, room_id: str) -> bool:
        room = self._rooms.get(room_id)
        return room is not None and not room.knows_members and not room.hides_members

    async def load_members(self, room_id: str) -> None:
        room = self._rooms.get(room_id)
        if room is None:
            return
        room.hides_members = False
        if not room.knows_members and room.facts.replaces in self._rooms:
            await self._ask_who_is_gone(room)
        meanwhile: dict[str, bool] = {}
        room.watching.append(meanwhile)
        try:
            answer = await self._api.request("GET", path("rooms", room_id, "joined_members"), within=MEMBERS_WITHIN)
            if not isinstance(joined := answer.get("joined"), Mapping):
                raise TryLater(200, "NOT_MATRIX", "members without a list")
            room.take_members(joined, meanwhile)
        except Refused as error:
            if error.status != FORBIDDEN:
                raise TryLater(error.status, error.errcode) from None
            room.missed()
            room.joined.clear()
            room.hides_members = True
        finally:
            room.watching = [watched for watched in room.watching if watched is not meanwhile]

    async def _ask_who_is_gone(self, room: Room) -> None:
        """Ask who has left: people of the replaced room either have not followed yet, or have left this one again."""
        try:
            page = await self._api.request(
                "GET", path("rooms", room.room_id, "members"), query={"not_membership": "join"}, within=MEMBERS_WITHIN
            )
        except Refused:
            return
        others = Room(room.room_id, self._me)
        for member in page.get("chunk", []):
            others.take(member)
        room.gone |= others.gone

    async def refresh(self, room_id: str, user_id: str) -> None:
        room = self._rooms.get(room_id)
        if room is None:
            return
        # m.room.create is not asked for: it cannot change, and /state would not say who sent it.
        power, membership = await asyncio.gather(
            self._state(room_id, POWER, ""),
            self._state(room_id, "m.room.member", user_id),
        )
        if power is not None:
            room.take({"type": POWER, "state_key": "", "content": power})
        room.take({"type": "m.room.member", "state_key": user_id, "content": membership or {}})

    async def is_alone_with(self, room_id: str, person: str) -> bool:
        """Whether nobody but the person and us is in the room or invited, as of the last sync.

        Asks the homeserver once; sync keeps the list up to date from then on. Raises TryLater.
        """
        room = self._rooms.get(room_id) or Room(room_id, self._me)  # made a moment ago: the sync will bring it
        if not room.knows_everybody and not await self._ask_for_everybody(room):
            return False
        return room.joined | room.invited <= {self._me, person} and sum(room.counts.values()) <= ALONE

    async def _ask_for_everybody(self, room: Room) -> bool:
        """Ask who is in the room and who is invited; False when the homeserver refuses."""
        try:
            page = await self._api.request(
                "GET", path("rooms", room.room_id, "members"), query={"not_membership": "leave"}
            )
        except Refused:
            return False
        room.joined, room.invited = set(), set()
        for member in page.get("chunk", []):
            room.take(member)
        room.knows_everybody = True
        return True

    def apply(
        self,
        room_id: str,
        *,
        events: Iterable[Source],
        summary: Source,
        limited: bool = False,
        own: Iterable[Source] = (),
    ) -> bool:
        """Apply what a sync brings for a joined room, and our `own` data about it; returns whether it is new to us.

        `limited`: the server left out a part of the timeline, and perhaps people who came and went.
        """
        new = room_id not in self._rooms
        room = self._rooms.setdefault(room_id, Room(room_id, self._me))
        before = room.state.get(POWER)
        if limited:
            room.missed()
        for source in events:
            room.take(source)
        room.take_counts(summary)
        for source in own:
            room.take_own(source)
        if room.state.get(POWER) is not before:
            self.power_changed(room_id)
        return new

    def may_write(self, room_id: str) -> bool:
        """Whether our power lets us write in the room; True for one that the sync has not brought."""
        room = self._rooms.get(room_id)
        return room is None or "write" not in room.facts.missing

    def left(self, room_id: str) -> None:
        """Forget a room that we are no longer in."""
        self._rooms.pop(room_id, None)

    def __len__(self) -> int:
        return len(self._rooms)

    async def _state(self, room_id: str, kind: str, state_key: str) -> Json | None:
        try:
            return await self._api.request("GET", path("rooms", room_id, "state", kind, state_key))
        except Refused:
            return None


def localpart(user_id: str) -> str:
    return user_id.partition(":")[0].removeprefix("@")


def _sender(source: Source) -> str | None:
    """Who sent a state event, from outside of its content, where the homeserver guarantees it."""
    sender = source.get("sender")
    return sender if isinstance(sender, str) else None


def _predecessor(create: Source) -> str | None:
    content = create.get("content")
    predecessor = content.get("predecessor") if isinstance(content, Mapping) else None
    room_id = predecessor.get("room_id") if isinstance(predecessor, Mapping) else None
    return room_id if isinstance(room_id, str) else None
