"""Plays a guide in a community of tests: a volunteer is there, and a meet-up is announced."""

from pathlib import Path

from bot.store.database import Database
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.guides.conversation import Player
from tests.help.people import volunteers

FOLDER = Path(__file__).parents[2] / "deploy" / "guides"
GUIDES = sorted(FOLDER.glob("*/*.md"))
MEETUP = "!rdv nouveau « Retours d'expérience » jeudi 21 janvier 14h 12 places"


def text_of(guide: Path) -> str:
    return guide.read_text(encoding="utf-8")


async def played(database: Database, guide: str) -> str:
    """The guide with what the bot says today."""
    async with Chat(database) as chat:
        for person in (ANA, BEN, CLEO, MODO, BOSS):
            await chat.direct(person)
        await volunteers(chat, BEN)
        await chat.confirms(MODO, MEETUP)
        return await Player(chat).play(guide)
