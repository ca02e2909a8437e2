"""How the tests open themes, apply as a team, answer for its people, and see what is kept of it."""

from collections.abc import Sequence
from typing import Any

from bot.volunteers import profiles
from bot.volunteers.tables import Profile
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat, Said
from tests.help.people import joins, to

DIR = "@dir:example.org"
"""Who gives the management's agreement."""
JOBS = {ANA: "infirmier", BEN: "medecin", CLEO: "infirmier", BOSS: "qualite", DIR: "direction"}
NEED, PROJECT = "Les blocs commencent en retard.", "Un point de dix minutes la veille, suivi chaque semaine."


async def ready(chat: Chat, *people: str, theme: str = "Blocs opératoires", until: str = "") -> None:
    """The theme is open; these people are members with a profession and a private conversation."""
    for person in (ANA, BEN, CLEO, MODO, DIR, *people):
        await joins(chat, person)
        await chat.direct(person)
        await known(chat, person, JOBS.get(person, "informatique"), f"CH {person[1:4]}")
    await chat.confirms(MODO, f'!admin appui ouvrir "{theme}" {until}')
    chat.forget()


async def known(chat: Chat, person: str, profession: str | None, establishment: str | None) -> None:
    async with chat.database.transaction() as tx:
        await profiles.keep(tx, Profile(person=person, profession=profession, establishment=establishment))


async def applies(chat: Chat, *team: str, by: str = ANA, approver: str = DIR, theme: str = "blocs opératoires") -> None:
    """Somebody applies with a team, in private, and sends it."""
    room = await chat.direct(by)
    names = " ".join(team or (BEN, CLEO))
    await chat.says(by, f"!appui candidater {theme} {names} accord {approver}", room=room)
    for line in (NEED, PROJECT, "oui"):
        await chat.says(by, line, room=room)


async def answers(chat: Chat, person: str, emoji: str, words: str = "") -> None:
    """Somebody taps under the newest message to them that has these words."""
    asked = [said for said in to(chat, person) if words in said.text and said.text.rstrip().count("✅")]
    await chat.reacts(person, emoji, asked[-1])


async def complete(chat: Chat, *team: str, by: str = ANA, theme: str = "blocs opératoires") -> None:
    """An application to which everybody has said yes."""
    people = team or (BEN, CLEO)
    await applies(chat, *people, by=by, theme=theme)
    for person in (*people, DIR):
        await answers(chat, person, "✅")


async def decides(chat: Chat, words: str, *, by: str = MODO) -> None:
    """The community's team decides, after its preview; the bot comes into the rooms that it makes."""
    await chat.confirms(by, f"!admin appui {words}")
    await chat.hears(*(room for room in chat.homeserver.rooms if room.startswith("!made")))


async def kept(chat: Chat, number: int = 1) -> dict[str, Any]:
    """The application as it is."""
    names = ("status", "applicant", "approver", "approved_at", "need", "project", "reason", "challenge")
    (row,) = await chat.rows(f"SELECT {', '.join(names)} FROM support_application WHERE id = {number}")
    return dict(zip(names, row, strict=True))


async def status(chat: Chat, number: int = 1) -> str:
    return str((await kept(chat, number))["status"])


async def team(chat: Chat, number: int = 1) -> list[str]:
    """Who agreed to be in it."""
    query = f"SELECT person FROM support_member WHERE application = {number} AND agreed_at IS NOT NULL ORDER BY id"
    return [row[0] for row in await chat.rows(query)]


def read(chat: Chat, person: str) -> list[str]:
    """What somebody read in private since `forget`."""
    return [plain(said) for said in to(chat, person)]


def plain(said: Said) -> str:
    return said.text.replace("\u00a0", " ")


def having(texts: Sequence[str], words: str) -> int:
    return sum(words in text for text in texts)


def rooms_made(chat: Chat) -> list[str]:
    """The rooms that the bot made for the teams of a theme."""
    rooms = chat.homeserver.rooms.values()
    names = {room.room_id: room.state.get(("m.room.name", ""), {}).get("content", {}).get("name", "") for room in rooms}
    return [room_id for room_id, name in names.items() if "équipes accompagnées" in name]
