"""What a room sees of an irritant or an idea: one card, which follows what becomes of it."""

from collections.abc import Collection

from bot.communities import rooms
from bot.communities.acting import Hands
from bot.communities.tell import name
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.i18n import speaking
from bot.ideas import ideas, supports, texts
from bot.ideas.rules.idea import IDEA
from bot.ideas.tables import Idea

GESTURES = (Gesture.ME_TOO,)


async def shown(hands: Hands, idea: Idea) -> texts.Shown:
    """As its readers see it. Nobody's name is with what was reported discreetly, whoever reads it."""
    community = await ideas.community_of(hands.tx, idea)
    named = idea.author is not None and not idea.discreet
    author = name(hands, idea.author, community) if named and idea.author else ""
    return texts.Shown(idea, author, await supports.count(hands.tx, idea))


async def shown_each(hands: Hands, found: Collection[Idea]) -> list[texts.Shown]:
    """The same for a list, which names nobody."""
    counted = await supports.counts(hands.tx, found)
    return [texts.Shown(idea, "", counted.get(idea.id or 0, 0)) for idea in found]


async def put(hands: Hands, idea: Idea) -> bool:
    """Show it in its room, once; False while we may not write there."""
    key = f"idea:{idea.id}"
    with speaking(await _language(hands, idea)):
        message = Message(texts.card(await shown(hands, idea)), rings=True)
    about = Ref(IDEA, str(idea.id))
    await hands.outbox.say(
        hands.tx, message, key=key, to=idea.room_id, now=hands.now, about=about, waits=True, gestures=GESTURES
    )
    idea.card = key
    await ideas.write(hands.tx, idea)
    return rooms.may_write(hands.directory, idea.room_id)


async def refresh(hands: Hands, idea: Idea) -> None:
    """Its card in the room follows, by an edit."""
    if idea.card is None or hands.directory.facts(idea.room_id) is None:
        return
    idea.edits += 1
    with speaking(await _language(hands, idea)):
        message = Message(texts.card(await shown(hands, idea)), rings=True)
    await hands.outbox.edit(hands.tx, message, key=f"{idea.card}:{idea.edits}", of=idea.card, now=hands.now)
    await ideas.write(hands.tx, idea)


async def _language(hands: Hands, idea: Idea) -> str:
    binding = await rooms.binding(hands.tx, idea.room_id)
    if binding is not None and binding.language is not None:
        return binding.language
    return (await ideas.community_of(hands.tx, idea)).language
