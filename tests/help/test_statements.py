"""How much the database is asked when a volunteer says yes: the busiest moment of mutual help."""

from typing import Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.store.database import Database
from tests.chat import ANA, BEN, CLEO, Chat
from tests.help.people import asks, offers, request, volunteers


class Statements(NamedTuple):
    """Those of the transaction that reads the event and answers, and all until what follows from it is committed.

    To send what was kept asks the database again, for each message.
    """

    answering: list[str]
    in_all: list[str]


async def statements_of_a_yes(chat: Chat) -> Statements:
    """What the database is asked for the ✅ of one of two volunteers, where the room's members are known."""
    await chat._rooms.load_members(chat.room)
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    await chat.says(BEN, "!ping")  # whoever turns to us for the first time is looked up once
    card = next(card for card in offers(chat) if card.meant_for == [BEN])
    asked: list[tuple[Any, str]] = []

    def note(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append((connection, " ".join(statement.split())))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await chat.reacts(BEN, "✅", card)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert (await request(chat)).expert == BEN
    last = next(place for place, (_one, said) in enumerate(asked) if said.startswith("UPDATE inbox"))
    kept, answers = asked[: last + 1], asked[last][0]
    return Statements([said for one, said in kept if one is answers], [said for _one, said in kept])


async def test_a_yes_asks_the_database_little(database: Database) -> None:
    """SQLite, with which the process is alone, is not asked again for the small tables that nobody has written."""
    async with Chat(database) as chat:
        asked = await statements_of_a_yes(chat)

    most = (36, 45) if database.is_sqlite else (45, 60)
    assert (len(asked.answering), len(asked.in_all)) <= most, "\n".join(asked.answering)
    assert len(asked.in_all) <= most[1], "\n".join(asked.in_all)
