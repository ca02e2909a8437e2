"""A room without a homeserver: tests talk to the whole bot as people do, and time passes when they say so."""

import asyncio
from collections.abc import Sequence
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cache
from types import TracebackType
from typing import Any, Self, cast

import commands
from bot import app, installation
from bot.communities.people import people
from bot.communities.rules.serving import Serving
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.menu import Menu
from bot.events.events import Invited
from bot.events.sync_batch import RoomBatch, SyncBatch
from bot.mailbox.receiving.keyed_workers import KeyedWorkers
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import Outbox
from bot.mailbox.timers import Timers
from bot.matrix import inbound
from bot.matrix.api import Api, Json
from bot.matrix.rate_limit import RateLimit
from bot.matrix.rooms import Rooms
from bot.matrix.sender import Plain, Sender
from bot.resources.library import Library
from bot.settings import Settings
from bot.store.database import Database
from tests import first_room, first_start
from tests.homeserver import BOT, Homeserver, NoPast, RoomOfTest
from tests.said import Said as Said

ANA, BEN, CLEO, MODO, BOSS = (f"@{name}:example.org" for name in ("ana", "ben", "cleo", "modo", "boss"))
"""Members, a moderator, the operator."""
MORNING = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
"""A Tuesday, 10 o'clock in Paris."""


@cache
def _menu(*more: Command) -> Menu:
    """Made once for all tests: to read every phrase of every command takes as long as a dialogue."""
    menu = Menu.of(commands)
    return Menu([*menu.commands, *more]) if more else menu


async def _opened(database: Database) -> Any:
    """What is known once the first room is open."""
    chat = Chat(database)
    await chat._begin()
    await chat._stop()
    return chat._known


class Chat:
    """The bot in rooms of the five communities. `now` is the present; only `passes` moves it.

    `more` are commands of the test itself, beside those of the menu; `serving` what the account serves, else all.
    """

    serving: Serving | None = None

    def __init__(self, database: Database, *, started_at: datetime = MORNING, more: Sequence[Command] = ()) -> None:
        self.database = database
        self._menu = copy(_menu(*more))  # a test may put something else in its place
        self.now = started_at
        self.homeserver = Homeserver(self.clock)
        self.room = "!numerique:example.org"
        self._api = cast(Api, self.homeserver)
        self._rooms = Rooms(self._api, BOT)
        self._batches = 0
        self._marks: dict[str, int] = {}
        self._seen = 0

    def clock(self) -> datetime:
        return self.now

    async def __aenter__(self) -> Self:
        if self.now == MORNING and self.serving is None:
            self._knows(await first_room.restore(self.database, _opened))
            await self._build()
            self.engine.intake._saved_at = self.now  # the sync goes on, as if the process were the same
        else:
            await self._begin()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    async def _begin(self) -> None:
        await first_start.write(self.database, now=MORNING)
        await self._build()
        await self.opens(self.room, community="numerique")

    @property
    def _known(self) -> Any:
        return self.homeserver.past, self._rooms._rooms, self._batches, self._marks, self._seen

    def _knows(self, known: Any) -> None:
        self.homeserver.past, self._rooms._rooms, self._batches, self._marks, self._seen = known

    async def _build(self) -> None:
        settings = Settings(
            homeserver="http://example.org", user_id=BOT, operators=(BOSS,), invites_from=("example.org",)
        )
        library = Library(installation.shipped_index())  # the first search fills it
        self.outgoing = KeyedWorkers("outbox", self._send)
        outbox = Outbox(BOT, "DEVICE", self.outgoing.wake)
        self.outbox = outbox
        self.timers = Timers(BOT, lambda: None)
        self.engine = app.Engine(
            settings,
            self.database,
            outbox,
            self.timers,
            library,
            self._rooms,
            NoPast(),
            clock=self.clock,
            sending=lambda: self.outgoing.at_work,
            menu=self._menu,
            serving=self.serving,
        )
        self._sender = Sender(
            self._api,
            self.database,
            account=BOT,
            device_id="DEVICE",
            clock=self.clock,
            rate_limit=RateLimit(0, asyncio.get_running_loop().time),
            encryptor=Plain(),
            rooms=self._rooms,
            fresh=outbox.fresh,
            settled=self.engine.intake.settled,
            wake=self.outgoing.wake,
            lost=lambda error: None,
        )
        self._rooms.power_changed = self._sender.power_changed
        await self.engine.intake.start()

    async def _send(self, lane: str) -> float | None:
        return await self._sender.work(lane)

    async def _stop(self) -> None:
        await self.engine.inbox.close()
        await self.outgoing.close()

    async def restarts(self) -> None:
        """The process ends and another takes its place; of the members it is told only itself, until they speak."""
        await self._stop()
        self._rooms = Rooms(self._api, BOT)
        await self._build()
        for room in self.homeserver.rooms.values():
            told = [source for (kind, who), source in room.state.items() if kind != "m.room.member" or who == BOT]
            self._rooms.apply(room.room_id, events=told, summary=self._summary(room.room_id), own=room.own)
        await self.engine.resume()
        async with self.database.reading() as tx:
            lanes = await delivery.lanes(tx, BOT)
        for lane in lanes:
            self.outgoing.wake(lane)
        await self.settles()

    # ── rooms ─────────────────────────────────────────────────────────────────────────────────────────────

    async def opens(
        self,
        room_id: str,
        *,
        community: str | None = None,
        members: Sequence[str] = (ANA, BEN, CLEO, MODO, BOSS),
        power: dict[str, int] | None = None,
        version: str = "11",
        creator: str = BOSS,
        newcomers: Sequence[str] = (),
    ) -> str:
        """A room that the bot is in; the operator links it to the community if one is named.

        Only the newcomers have not been welcomed there yet.
        """
        self.homeserver.create(room_id, creator, version=version)
        levels = {MODO: 50} | (power or {})
        self.homeserver.event(room_id, "m.room.power_levels", creator, {"users": levels}, state_key="")
        for person in (*members, *newcomers, BOT):
            self.homeserver.member(room_id, person, displayname=person[1:].partition(":")[0].title())
        await self.hears(room_id)
        if community is not None:
            async with self.database.transaction() as tx:
                for person in members:
                    await people.greet(tx, person, community, now=self.now)
            await self.says(BOSS, f"!admin communauté lier {community}", room=room_id)
        self.forget()
        return room_id

    async def direct(self, person: str) -> str:
        """The direct chat that a person opened with the bot."""
        room_id = f"!direct-{person[1:].partition(':')[0]}:example.org"
        if room_id in self.homeserver.rooms:
            return room_id
        self.homeserver.create(room_id, person)
        self.homeserver.member(room_id, person)
        await self.invites(person, room_id, direct=True)
        await self.hears(room_id)
        return room_id

    async def invites(self, person: str, room_id: str, *, direct: bool = False) -> None:
        """Somebody in a room asks the bot in; once it is there it has still to hear of that."""
        asked = self.homeserver.invite(room_id, BOT, by=person, is_direct=direct)["event_id"]
        invited = Invited(event_id=f"invite:{asked}", room_id=room_id, sender=person, sent_at=self.now, direct=direct)
        await self._take(RoomBatch(room_id, (invited,)))
        await self.settles()

    # ── what people do ────────────────────────────────────────────────────────────────────────────────────

    async def says(
        self,
        person: str,
        text: str,
        *,
        room: str | None = None,
        reply_to: "Said | str | None" = None,
        thread: str | None = None,
        mentions: Sequence[str] = (),
        **content: Any,
    ) -> str:
        """Somebody writes a message; returns its event id once the bot has nothing left to do."""
        body: Json = {"msgtype": "m.text", "body": text, "m.mentions": {"user_ids": list(mentions)}}
        relation: Json = {}
        if thread is not None:
            relation |= {"rel_type": "m.thread", "event_id": thread, "is_falling_back": reply_to is None}
        if reply_to is not None:
            relation |= {"m.in_reply_to": {"event_id": _id(reply_to)}}
        if relation:
            body["m.relates_to"] = relation
        return await self.does(person, "m.room.message", body | content, room=room)

    async def confirms(self, person: str, text: str, *, room: str | None = None) -> None:
        """A command, and yes to its preview."""
        for line in (text, "oui"):
            await self.says(person, line, room=room)

    async def reacts(self, person: str, emoji: str, to: "Said | str", *, room: str | None = None) -> str:
        """Somebody puts an emoji under a message; returns the reaction's event id."""
        place = room or (to.room_id if isinstance(to, Said) else None)
        relation = {"rel_type": "m.annotation", "event_id": _id(to), "key": emoji}
        return await self.does(person, "m.reaction", {"m.relates_to": relation}, room=place)

    async def edits(self, person: str, event_id: str, text: str, *, room: str | None = None) -> str:
        """Somebody changes their message, as Element does it."""
        body = {
            "msgtype": "m.text",
            "body": f"* {text}",
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event_id},
        }
        return await self.does(person, "m.room.message", body, room=room)

    async def redacts(self, person: str, event_id: str, *, room: str | None = None) -> str:
        """Somebody deletes a message, or takes a reaction back."""
        return await self.does(person, "m.room.redaction", {"redacts": event_id}, room=room)

    async def does(self, person: str, kind: str, content: Json, *, room: str | None = None, **fields: Any) -> str:
        """Any event at all."""
        room_id = room or self.room
        event = self.homeserver.event(room_id, kind, person, content, **fields)
        await self.hears(room_id)
        return str(event["event_id"])

    async def passes(self, **duration: float) -> None:
        """Time passes, and everything that is due meanwhile happens at its own instant."""
        until = self.now + timedelta(**duration)
        while (due_at := await self._next_due()) is not None and due_at <= until:
            self.now = max(self.now, due_at)
            await self.engine.alarms.drain()
            await self.settles()
        self.now = until
        await self.settles()

    async def _next_due(self) -> datetime | None:
        async with self.database.reading() as tx:
            return await self.timers.next_due(tx)

    # ── what the bot does ─────────────────────────────────────────────────────────────────────────────────

    async def hears(self, *room_ids: str) -> None:
        """The bot's sync brings what happened in these rooms since the last."""
        for room_id in room_ids:
            timeline = self.homeserver.rooms[room_id].timeline
            fresh = timeline[self._marks.get(room_id, 0) :]
            self._marks[room_id] = len(timeline)
            own, who = self.homeserver.rooms[room_id].own, self._who_speaks(room_id, fresh)
            self._rooms.apply(room_id, events=[*who, *fresh], summary=self._summary(room_id), own=own)
            facts = [inbound.event(source, room_id, BOT) for source in fresh]
            await self._take(RoomBatch(room_id, tuple(fact for fact in facts if fact is not None)))
        await self.settles()

    def _who_speaks(self, room_id: str, fresh: Sequence[Json]) -> list[Json]:
        """The members whose events these are, as lazy loading sends them along."""
        state, speakers = self.homeserver.rooms[room_id].state, dict.fromkeys(source["sender"] for source in fresh)
        members = (state.get(("m.room.member", speaker)) for speaker in speakers)
        return [source for source in members if source is not None and source not in fresh]

    async def hears_again(self, room_id: str) -> None:
        """A sync brings once more what came since the bot last spoke, as after a crash."""
        timeline = self.homeserver.rooms[room_id].timeline
        spoke = [index for index, source in enumerate(timeline) if source["sender"] == BOT]
        tail = timeline[max(0, spoke[-1] - 1) if spoke else 0 :]
        facts = [inbound.event(source, room_id, BOT) for source in tail]
        await self._take(RoomBatch(room_id, tuple(fact for fact in facts if fact is not None)))
        await self.settles()

    def _summary(self, room_id: str) -> Json:
        return {"m.joined_member_count": len(self.homeserver.members(room_id))}

    async def _take(self, room: RoomBatch) -> None:
        self._batches += 1
        await self.engine.intake.take(SyncBatch(f"s{self._batches}", (room,)))

    async def settles(self) -> None:
        """Until the bot has nothing left to do."""
        await self.engine.inbox.idle()
        await self.outgoing.idle()
        await self.engine.inbox.idle()

    async def rows(self, query: str) -> list[Any]:
        """What the database holds."""
        async with self.database.reading() as tx:
            return list(await tx.run(lambda connection: connection.exec_driver_sql(query).all()))

    def forget(self) -> None:
        """From here on `sent` counts what is new."""
        self._seen = len(self._everything())

    @property
    def sent(self) -> list[Said]:
        """All that the bot sent since `forget`, in order."""
        return self._everything()[self._seen :]

    @property
    def messages(self) -> list[Said]:
        """Its messages, without reactions, edits, files and removals."""
        return [said for said in self._written if not said.edits]

    @property
    def files(self) -> list[Said]:
        """The files that it attached."""
        return [said for said in self.sent if said.content.get("msgtype") == "m.file"]

    @property
    def _written(self) -> list[Said]:
        written = (said for said in self.sent if said.source["type"] == "m.room.message")
        return [said for said in written if said.content.get("msgtype") != "m.file"]

    @property
    def texts(self) -> list[str]:
        return [said.text for said in self.messages]

    @property
    def last(self) -> Said:
        """Its latest message or edit."""
        return self._written[-1]

    def _everything(self) -> list[Said]:
        kinds = ("m.room.message", "m.reaction", "m.room.redaction")
        everything = [
            Said(room.room_id, source, _people(room))
            for room in self.homeserver.rooms.values()
            for source in room.timeline
            if source["sender"] == BOT and source["type"] in kinds
        ]
        return sorted(everything, key=lambda said: int(said.event_id.removeprefix("$event")))


def _people(room: RoomOfTest) -> tuple[str, ...]:
    members = {
        who: event["content"].get("membership") for (kind, who), event in room.state.items() if kind == "m.room.member"
    }
    return tuple(who for who, membership in members.items() if who != BOT and membership in ("join", "invite"))


def _id(event: Said | str) -> str:
    return event.event_id if isinstance(event, Said) else event
