"""How the tests form teams: a retained solution, people with professions, their answers, the team's room."""

from collections.abc import Sequence
from typing import Any

from bot.volunteers import Profile, profiles
from tests.challenges.opening import card, closes, votes_begin
from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.help.people import to, volunteers

DORA, EVE, FINN, GAEL = (f"@{name}:example.org" for name in ("dora", "eve", "finn", "gael"))
PROFESSIONS = {ANA: "infirmier", BEN: "medecin", CLEO: "pharmacien"}


async def works_as(chat: Chat, person: str, profession: str | None, *, territory: str | None = None) -> None:
    """What somebody does, and that they agree to be found by it."""
    async with chat.database.transaction() as tx:
        await profiles.keep(tx, Profile(person=person, profession=profession, territory=territory, directory=True))


async def retained(chat: Chat, *authors: str) -> None:
    """A challenge whose vote retained the first solution, which ANA gave."""
    first, *_others = await votes_begin(chat, *(authors or (ANA, MODO)), rule="seuil 1")
    await chat.reacts(CLEO, "⭐", first)
    await closes(chat)
    chat.forget()


async def asked(chat: Chat, *people: str, line: str = "") -> None:
    """A team for it: its author and these volunteers are asked."""
    await volunteers(chat, *people)
    for person in (ANA, *people):
        await chat.direct(person)
        await works_as(chat, person, PROFESSIONS.get(person))
    await retained(chat)
    await chat.confirms(MODO, f"!admin défi C-1 équipe {line}")


async def answers(chat: Chat, person: str, emoji: str = "✅", *, number: int = 1) -> None:
    """Somebody answers the card by which they are asked."""
    await chat.reacts(person, emoji, await ask_card(chat, person, number=number))


async def ask_card(chat: Chat, person: str, *, number: int = 1) -> Said:
    ((identity,),) = await chat.rows(f"SELECT id FROM team_member WHERE person = '{person}' AND team = {number}")
    return await card(chat, f"team:{number}:ask:{identity}")


async def begun(chat: Chat, *, line: str = "") -> str:
    """A team of three professions at work; its room, which all have entered."""
    await asked(chat, BEN, CLEO, line=line)
    for person in (ANA, BEN, CLEO):
        await answers(chat, person)
    return await enter(chat, ANA, BEN, CLEO)


async def enter(chat: Chat, *people: str, number: int = 1) -> str:
    """The team's room: these people come in, and the bot knows."""
    (room,) = rooms_made(chat, f"E-{number}")
    for person in people:
        chat.homeserver.member(room, person, displayname=person[1:].partition(":")[0].title())
    await chat.hears(room)
    await chat.passes(seconds=1)
    return room


def rooms_made(chat: Chat, number: str) -> list[str]:
    """The rooms that the bot made whose name begins with a team's number."""
    return [
        room_id
        for room_id, room in chat.homeserver.rooms.items()
        if str(room.state.get(("m.room.name", ""), {}).get("content", {}).get("name", "")).startswith(f"{number} ")
    ]


async def team(chat: Chat, number: int = 1) -> dict[str, Any]:
    """The team as it is."""
    names = ("status", "before", "after", "unmeasured", "exception", "room_id", "sheet", "unanswered", "name")
    (row,) = await chat.rows(f"SELECT {', '.join(names)} FROM team WHERE id = {number}")
    return dict(zip(names, row, strict=True))


async def seats(chat: Chat, number: int = 1) -> dict[str, str]:
    """Who stands where."""
    rows = await chat.rows(f"SELECT person, status FROM team_member WHERE team = {number} ORDER BY id")
    return {str(person): str(status) for person, status in rows}


def read(chat: Chat, person: str) -> list[str]:
    """What somebody read alone."""
    return [plain(said) for said in to(chat, person)]


def plain(said: Said) -> str:
    return said.text.replace("\u00a0", " ").replace("\u202f", " ")


def said_in(chat: Chat, room: str) -> Sequence[str]:
    """What the bot said in a room."""
    return [plain(one) for one in chat.messages if one.room_id == room]
