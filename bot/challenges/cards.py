"""What a room sees of a challenge and its solutions: a card each, which follow what becomes of them."""

from bot.challenges import authors, challenges, solutions, texts
from bot.challenges.rules.challenge import CHALLENGE
from bot.challenges.rules.solution import SOLUTION, Status
from bot.challenges.tables import Challenge, Solution
from bot.communities import rooms
from bot.communities.acting import Hands
from bot.communities.tell import Words, name
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.i18n import speaking
from bot.ideas import ideas


async def shown(hands: Hands, challenge: Challenge) -> texts.Shown:
    """A challenge as its readers see it."""
    sources = await ideas.of_challenge(hands.tx, challenge.id or 0)
    found = await solutions.of_challenge(hands.tx, challenge)
    zone = await challenges.zone_of(hands.tx, challenge)
    return texts.Shown(challenge, zone, [ideas.number(one) for one in sources], found)


async def put(hands: Hands, challenge: Challenge) -> bool:
    """Show it in its room, once; False while we may not write there."""
    key = f"challenge:{challenge.id}"
    with speaking(await _language(hands, challenge)):
        message = Message(texts.card(await shown(hands, challenge)), rings=True)
    about = Ref(CHALLENGE, str(challenge.id))
    await hands.outbox.say(hands.tx, message, key=key, to=challenge.room_id, now=hands.now, about=about, waits=True)
    challenge.card = key
    await challenges.write(hands.tx, challenge)
    return rooms.may_write(hands.directory, challenge.room_id)


async def refresh(hands: Hands, challenge: Challenge) -> None:
    """Its card in the room follows, by an edit."""
    if challenge.card is None or not await _may_show(hands, challenge):
        return
    challenge.edits += 1
    with speaking(await _language(hands, challenge)):
        message = Message(texts.card(await shown(hands, challenge)), rings=True)
    key = f"{challenge.card}:{challenge.edits}"
    await hands.outbox.edit(hands.tx, message, key=key, of=challenge.card, now=hands.now)
    await challenges.write(hands.tx, challenge)


async def announce(hands: Hands, challenge: Challenge, words: Words, *, key: str, waits: bool) -> None:
    """A message of its own in the room: the vote begins, or what came of it."""
    if not await _may_show(hands, challenge):
        return
    with speaking(await _language(hands, challenge)):
        message = Message(words(), rings=True)
    about = Ref(CHALLENGE, str(challenge.id)) if waits else None
    await hands.outbox.say(
        hands.tx,
        message,
        key=f"challenge:{challenge.id}:{key}",
        to=challenge.room_id,
        now=hands.now,
        about=about,
        waits=waits,
    )


async def say_below(hands: Hands, challenge: Challenge, words: Words, *, key: str, edits: int = 0) -> None:
    """A message in the thread of its card, once, or what it says from now on."""
    if not await _may_show(hands, challenge):
        return
    with speaking(await _language(hands, challenge)):
        text = words()
    if edits:
        await hands.outbox.edit(hands.tx, Message(text), key=f"{key}:{edits}", of=key, now=hands.now)
        return
    message = Message(text, thread=await _thread(hands, challenge))
    await hands.outbox.say(hands.tx, message, key=key, to=challenge.room_id, now=hands.now)


async def _thread(hands: Hands, challenge: Challenge) -> str | None:
    """Where things about it are said: below its card, if that is in its room."""
    root = await hands.outbox.row(hands.tx, challenge.card) if challenge.card is not None else None
    return root.event_id if root is not None and root.lane == challenge.room_id else None


# ── a solution ────────────────────────────────────────────────────────────────────────────────────────────


async def put_solution(hands: Hands, challenge: Challenge, solution: Solution) -> None:
    """Show it below the card of its challenge, once."""
    if not await _may_show(hands, challenge):
        return
    key = f"solution:{solution.id}"
    thread = await _thread(hands, challenge)
    message = Message(await solution_text(hands, challenge, solution), rings=True, thread=thread)
    about = Ref(SOLUTION, str(solution.id))
    await hands.outbox.say(hands.tx, message, key=key, to=challenge.room_id, now=hands.now, about=about, waits=True)
    solution.card = key
    await solutions.write(hands.tx, solution)


async def refresh_solution(hands: Hands, challenge: Challenge, solution: Solution) -> None:
    """Its card follows; once the vote by name begins, with ⭐ below it."""
    if solution.card is None or not await _may_show(hands, challenge):
        return
    solution.edits += 1
    message = Message(await solution_text(hands, challenge, solution), rings=True)
    key = f"{solution.card}:{solution.edits}"
    await hands.outbox.edit(hands.tx, message, key=key, of=solution.card, now=hands.now)
    await solutions.write(hands.tx, solution)
    if solution.status == Status.IN_VOTE and not challenge.discreet:
        await hands.outbox.wait_again(hands.tx, solution.card)
        star = (Gesture.SUPPORT,)
        await hands.outbox.place(hands.tx, star, key=solution.card, to=challenge.room_id, now=hands.now)


async def solution_text(hands: Hands, challenge: Challenge, solution: Solution) -> Text:
    """A solution with the names of those who sign it, in the language of the challenge's room."""
    community = await challenges.community_of(hands.tx, challenge)
    names = [name(hands, person, community) for person in await authors.signing(hands.tx, solution)]
    with speaking(await _language(hands, challenge)):
        return texts.solution(solution, challenge, names)


async def _may_show(hands: Hands, challenge: Challenge) -> bool:
    """Whether its room still belongs to its community, and we are in it."""
    there = hands.directory.facts(challenge.room_id) is not None
    return there and await rooms.belongs(hands.tx, challenge.room_id, challenge.community)


async def _language(hands: Hands, challenge: Challenge) -> str:
    binding = await rooms.binding(hands.tx, challenge.room_id)
    if binding is not None and binding.language is not None:
        return binding.language
    return (await challenges.community_of(hands.tx, challenge)).language
