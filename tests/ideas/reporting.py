"""How the tests report irritants, and see what is kept of them."""

from typing import Any

from tests.chat import ANA, Chat, Said

DOUBLE = "Trop de doubles saisies à l'entrée en EHPAD"


async def reports(
    chat: Chat, person: str = ANA, text: str = DOUBLE, *, options: str = "", kind: str = "irritant"
) -> Said:
    """Somebody reports something in the room; the card that everybody reads."""
    await chat.confirms(person, f"!idée {kind} {options} {text}")
    return await card(chat)


async def reports_discreetly(chat: Chat, person: str = ANA, text: str = DOUBLE) -> Said:
    """The same in private, without a name."""
    await chat.confirms(person, f"!idée irritant discret {text}", room=await chat.direct(person))
    return await card(chat)


async def card(chat: Chat, number: int | None = None) -> Said:
    """The card of an idea in its room, as it is now; the newest by default."""
    where = f"WHERE id = {number}" if number else ""
    ((key,),) = await chat.rows(f"SELECT card FROM idea {where} ORDER BY id DESC LIMIT 1")
    ((event_id,),) = await chat.rows(f"SELECT event_id FROM outbox WHERE key = '{key}'")
    return next(said for said in chat._everything() if said.event_id == event_id)


async def now_reads(chat: Chat, said: Said) -> str:
    """What a message of the bot says after its edits."""
    edits = [one for one in chat._everything() if one.edits == said.event_id]
    return (edits[-1] if edits else said).text.replace("\u00a0", " ")


async def ideas(chat: Chat) -> list[dict[str, Any]]:
    """The rows of all ideas."""
    names = ("id", "kind", "author", "discreet", "territory", "text", "status", "merged_into", "challenge")
    rows = await chat.rows(f"SELECT {', '.join(names)} FROM idea ORDER BY id")
    return [dict(zip(names, row, strict=True)) for row in rows]


async def supporters(chat: Chat, number: int = 1) -> list[str]:
    """Whom it concerns as well."""
    rows = await chat.rows(f"SELECT person FROM idea_support WHERE idea = {number} ORDER BY id")
    return [person for (person,) in rows]
