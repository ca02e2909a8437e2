"""People of the tests of mutual help: who volunteers, who asks, and where they talk with the bot."""

from datetime import UTC, datetime, timedelta

from bot.help import requests
from bot.help.tables import HelpRequest
from bot.volunteers import availability, profiles
from bot.volunteers import volunteers as experts
from bot.volunteers.tables import Profile
from tests.chat import BEN, CLEO, Chat, Said

QUESTION = "Notre éditeur refuse l'interface d'interopérabilité, que pouvons-nous faire ?"
COMMUNITY = "numerique"
TOPIC = "interoperabilite"


async def volunteers(chat: Chat, *people: str, topic: str = TOPIC, community: str = COMMUNITY) -> None:
    """These people are volunteers: both agree, and their direct chat is there."""
    for person in people:
        await joins(chat, person)
        await chat.direct(person)
        async with chat.database.transaction() as tx:
            row = await experts.enter(tx, community, person, now=chat.now, proposed_by="@modo:example.org")
            await experts.agree(tx, row, own=True)
            await experts.change_topics(tx, row, add={topic})
    chat.forget()


async def sets(chat: Chat, person: str, **values: object) -> None:
    """What somebody has set about their availability."""
    async with chat.database.transaction() as tx:
        row = await availability.of(tx, person)
        for name, value in values.items():
            setattr(row, name, value)
        await availability.keep(tx, row)


async def works(chat: Chat, person: str, structure: str, department: str, establishment: str) -> None:
    """Where somebody works."""
    async with chat.database.transaction() as tx:
        await profiles.keep(
            tx,
            Profile(person=person, structure=structure, department=department, establishment=establishment),
        )


async def joins(chat: Chat, person: str) -> None:
    """Somebody comes into the community's main room."""
    if person not in chat.homeserver.members(chat.room):
        chat.homeserver.member(chat.room, person, displayname=person[1:].partition(":")[0].title())
        await chat.hears(chat.room)


async def asks(chat: Chat, person: str, question: str = QUESTION, *, options: str = "") -> None:
    """Somebody asks in private, and sends what they are shown."""
    await joins(chat, person)
    room = await chat.direct(person)
    await chat.says(person, f"!expert {options} {question}", room=room)
    await chat.reacts(person, "✅", chat.last)


async def request(chat: Chat, number: int = 1) -> HelpRequest:
    """A request as the database has it."""
    async with chat.database.reading() as tx:
        found = await requests.get(tx, number)
    assert found is not None
    return found


def shown(chat: Chat, person: str) -> Said:
    """What the bot wrote last to somebody in private, a new message or what became of an earlier one."""
    written = [said for said in chat.sent if said.people == (person,) and said.source["type"] == "m.room.message"]
    return written[-1]


def to(chat: Chat, person: str) -> list[Said]:
    """The messages that the bot sent to somebody in private since `forget`."""
    room = f"!direct-{person[1:].partition(':')[0]}:example.org"
    return [said for said in chat.messages if said.room_id == room]


def offers(chat: Chat) -> list[Said]:
    """The requests that were proposed since `forget`."""
    return [said for said in chat.messages if said.text.startswith("Une question pour vous")]


def made_rooms(chat: Chat) -> list[str]:
    """The private rooms that the bot opened for two."""
    return [
        room.room_id
        for room in chat.homeserver.rooms.values()
        if room.room_id.startswith("!made") and ("m.room.name", "") in room.state
    ]


def at(hour: int, minute: int = 0, *, day: int = 5, month: int = 1) -> datetime:
    """An instant of 2027 by the clock of Paris, in winter."""

    return datetime(2027, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


TWO = (BEN, CLEO)
