"""A bot with its operator and rooms, as a scenario finds them."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from tests.e2e.bot_process import BotProcess
from tests.said import WELCOME
from tests.servers.events import Event
from tests.servers.people import People, Person

PATIENCE = 60.0
"""Seconds that a busy machine may take for what usually takes a tenth of one."""


@dataclass(frozen=True, slots=True)
class Town:
    """`bot` serves these people; `operator` may do everything."""

    people: People
    operator: Person
    bot: BotProcess

    @classmethod
    @asynccontextmanager
    async def founded(cls, people: People, homeserver: str, **settings: str) -> AsyncIterator[Self]:
        """A bot with a new account and folder, not started yet. It is closed at the end."""
        operator = await people.arrive("paul")
        account = await people.account("relais")
        bot = BotProcess(homeserver, account, folder=None, **({"operators": operator.user_id} | settings))
        try:
            yield cls(people, operator, bot)
        finally:
            await bot.close()

    async def room(
        self,
        name: str = "Salle",
        *,
        community: str | None = "numerique",
        members: Sequence[Person] = (),
        owner: Person | None = None,
        **wishes: Any,
    ) -> str:
        """A room with the bot and these members in it, linked by the operator if a community is named."""
        owner = owner or self.operator
        mark = owner.mark()
        room = await owner.create_room(name, invite=[self.bot.user_id], **wishes)
        for member in {*members, self.operator} - {owner}:
            await owner.invite(room, member)
            await member.join(room)
        await self.arrival(room, owner, since=mark)
        if community is not None:
            await self.link(room, community)
        return room

    async def link(self, room: str, community: str) -> Event:
        """The operator links a room that the bot is in."""
        return await self.asks(self.operator, room, f"!admin communauté lier {community}")

    async def arrival(self, room: str, witness: Person, *, since: int = 0) -> Event:
        """The message by which the bot says that it has arrived."""
        return await witness.until(self.speaks(room), since=since, within=PATIENCE)

    def speaks(self, room: str | None = None) -> Callable[[Event], bool]:
        """Whether an event is a message of the bot, readable or encrypted, in one room or any."""

        def mine(event: Event) -> bool:
            here = room is None or event.room_id == room
            return here and event.sender == self.bot.user_id and event.type in ("m.room.message", "m.room.encrypted")

        return mine

    async def asks(self, person: Person, room: str, text: str, **how: Any) -> Event:
        """Somebody writes to the bot; returns its answer."""
        return await person.answer(await person.say(room, text, **how), within=PATIENCE)

    async def fence(self, person: Person, *rooms: str) -> None:
        """When this returns, whatever was said before in these rooms has had its answer, or will have none."""
        asked = [await person.say(room, "!ping") for room in rooms]
        for event in asked:
            await person.answer(event, within=PATIENCE)

    async def said(self, room: str, witness: Person | None = None) -> list[Event]:
        """Every message of the bot in a room, from the homeserver's own history, but the welcome that a person gets
        behind their first answer."""
        history = await (witness or self.operator).messages(room)
        return [event for event in history if self.speaks()(event) and WELCOME not in event.body]
