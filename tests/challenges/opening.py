"""How the tests open challenges, give solutions and vote, and see what is kept of it."""

import json
from typing import Any

from tests.chat import ANA, BEN, MODO, Chat, Said

QUESTION = "Comment ne saisir qu'une fois ?"


async def opens(chat: Chat, *, rule: str = "", sources: str = "", until: str = "30/1/2027") -> Said:
    """The team opens a challenge; its card in the room."""
    await chat.confirms(MODO, f'!admin défi ouvrir "{QUESTION}" {sources} jusqu\'au {until} {rule}')
    return await card(chat, "challenge:1")


async def gives(chat: Chat, *people: str, number: int = 1) -> list[str]:
    """Each of them gives a solution in the room; the messages."""
    return [await chat.says(person, f"!idée C-{number} Solution de {person[1:4]}") for person in people]


async def votes_begin(chat: Chat, *people: str, rule: str = "", sources: str = "") -> list[Said]:
    """A challenge with a solution of each, in the vote; the cards of the solutions."""
    await opens(chat, rule=rule, sources=sources)
    await gives(chat, *(people or (ANA, BEN)))
    await chat.confirms(MODO, "!admin défi C-1 voter")
    return [await solution_card(chat, rank) for rank in range(1, 1 + len(people or (ANA, BEN)))]


async def closes(chat: Chat) -> None:
    """The team ends the vote."""
    await chat.confirms(MODO, "!admin défi C-1 clore")


async def card(chat: Chat, key: str) -> Said:
    """A message of the bot by its key in the outbox."""
    ((event_id,),) = await chat.rows(f"SELECT event_id FROM outbox WHERE key = '{key}'")
    return next(said for said in chat._everything() if said.event_id == event_id)


async def solution_card(chat: Chat, rank: int) -> Said:
    """The card of a solution, by its number."""
    ((key,),) = await chat.rows(f"SELECT card FROM solution WHERE rank = {rank}")
    return await card(chat, key)


async def stored(chat: Chat) -> list[tuple[int, str]]:
    """Who votes for which solution, by its number."""
    rows = await chat.rows(
        "SELECT s.rank, v.person FROM solution_vote v JOIN solution s ON s.id = v.solution ORDER BY s.rank, v.person"
    )
    return [tuple(row) for row in rows]


async def kept(chat: Chat, number: int = 1) -> dict[str, Any]:
    """The challenge as it is."""
    names = ("status", "tally", "voted", "votes_each", "threshold", "places", "discreet", "reason")
    (row,) = await chat.rows(f"SELECT {', '.join(names)} FROM challenge WHERE id = {number}")
    found = dict(zip(names, row, strict=True))
    return found | {"tally": json.loads(found["tally"]) if isinstance(found["tally"], str) else found["tally"]}


async def outcomes(chat: Chat) -> dict[int, str]:
    """The status of each solution, by its number."""
    return dict(tuple(row) for row in await chat.rows("SELECT rank, status FROM solution ORDER BY rank"))
