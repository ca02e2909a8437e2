"""Departures of the attacks: seen by the bot or not, and what the people concerned had."""

from datetime import datetime
from zoneinfo import ZoneInfo

import icalendar

from bot.errors import TryLater
from bot.meetups import calendars
from tests.chat import Chat, Said
from tests.commands.meetups import publishes
from tests.homeserver import BOT

PARIS = ZoneInfo("Europe/Paris")
SMALL = '!rdv nouveau "Petit groupe" mardi 19 janvier 14h 1h 1 place visio https://visio.example.org/petit'
MEMBERS = "/joined_members"


async def until(chat: Chat, day: int, hour: int, minute: int = 0) -> None:
    moment = datetime(2027, 1, day, hour, minute, tzinfo=PARIS)
    await chat.passes(seconds=(moment - chat.now).total_seconds())


async def bans(chat: Chat, person: str, *, room: str | None = None, membership: str = "ban") -> None:
    """A moderator bans somebody, and the bot hears it."""
    unseen(chat, person, room=room, membership=membership)
    await chat.hears(room or chat.room)
    await chat.passes(seconds=1)


def unseen(chat: Chat, person: str, *, room: str | None = None, membership: str = "ban") -> None:
    """The same, and the sync does not tell it."""
    chat.homeserver.member(room or chat.room, person, membership)


def misses(chat: Chat) -> None:
    """The sync leaves out all that has happened in the room since the last."""
    chat._marks[chat.room] = len(chat.homeserver.rooms[chat.room].timeline)
    chat._rooms.apply(chat.room, events=[], summary={}, limited=True)


async def seats(chat: Chat, *people: str, line: str = SMALL) -> Said:
    """A meet-up, to which these people say yes; the later ones wait for a seat."""
    card = await publishes(chat, line)
    for person in people:
        await chat.reacts(person, "✅", card)
    chat.forget()
    return card


async def address(chat: Chat, person: str, community: str | None = None) -> str:
    async with chat.database.transaction() as tx:
        return await calendars.new_link(tx, account=BOT, now=chat.now, person=person, community=community)


async def titles(chat: Chat, token: str) -> list[str] | None:
    """What somebody's calendar shows; None where there is no such address."""
    feed = await chat.engine.calendars.feed(token)
    return None if feed is None else [str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(feed).walk("VEVENT")]


def asked(chat: Chat) -> list[str]:
    """From here on, the requests to the homeserver."""
    paths: list[str] = []
    chat.homeserver.refuse = lambda _method, path: paths.append(path)
    return paths


def goes_away(chat: Chat) -> None:
    def refuse(_method: str, _path: str) -> None:
        raise TryLater(502, "NOT_MATRIX")

    chat.homeserver.refuse = refuse


def comes_back(chat: Chat) -> None:
    chat.homeserver.refuse = lambda _method, _path: None
