"""Who is a member, when rooms are replaced by others, or the bot is removed from one of them."""

import pytest

from tests.attacks import attack
from tests.attacks.gone import SMALL, bans, seats, unseen, until
from tests.attacks.moves import SUCCESSOR, closes
from tests.attacks.next_door import OTHER, next_door
from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.commands.meetups import card_now, flat, private, publishes
from tests.homeserver import BOT

DORA = "@dora:example.org"
"""She is in a side room only."""
SIDE = "!annexe:example.org"


async def upgrade(chat: Chat, *followers: str) -> None:
    """The main room is replaced by another, into which these people go at once."""
    await chat.does(BOSS, "m.room.power_levels", {"users": {BOSS: 100, MODO: 50}}, state_key="")
    chat.homeserver.create(SUCCESSOR, BOSS, predecessor={"room_id": chat.room})
    for person in (BOSS, MODO, *followers):
        chat.homeserver.member(SUCCESSOR, person)
    await closes(chat, BOSS, chat.room)


async def restarts_among_the_silent(chat: Chat) -> None:
    """A sync names only who has spoken lately."""
    await chat.restarts()
    for room_id in (chat.room, SUCCESSOR):
        chat._rooms._rooms[room_id].joined.clear()


@attack(
    who="somebody thrown out of the room that took the place of another",
    tries="keeps all as a member of the old room, which nobody is made to leave",
    instead="whoever left the new room has not merely failed to follow",
)
@pytest.mark.parametrize("seen", [True, False])
async def test_the_old_room_keeps_nobody_in(chat: Chat, seen: bool) -> None:
    card = await seats(chat, BEN, ANA)
    await upgrade(chat, ANA, BEN)
    unseen(chat, BEN, room=SUCCESSOR, membership="leave")
    await (chat.hears(SUCCESSOR) if seen else chat.restarts())
    await until(chat, 18, 14)
    await chat.passes(hours=1)

    assert private(chat, BEN) == []
    assert "en liste d'attente" not in card_now(chat, card)


@attack(
    who="a member who has not followed an upgrade yet",
    tries="nothing: says in private that they cannot come, after a restart in which nobody spoke",
    instead="they are a member like the others, and the place is free",
)
async def test_who_has_not_followed_is_answered_in_private(chat: Chat) -> None:
    card = await seats(chat, ANA, BEN)
    await upgrade(chat, BEN)
    await until(chat, 18, 14)
    reminder = private(chat, ANA)[0]
    chat.homeserver.member(reminder.room_id, ANA)
    await chat.hears(reminder.room_id)
    await restarts_among_the_silent(chat)

    await chat.reacts(ANA, "❌", reminder)

    assert "vous ne venez pas" in flat(chat.messages[-1].text)
    assert "en liste d'attente" not in card_now(chat, card)


@attack(
    who="a member of two communities, banned from one",
    tries="stays in it through a linked room that claims to replace a room of the other",
    instead="a room is replaced only if it names its successor",
)
async def test_a_room_replaces_none_that_goes_on(chat: Chat) -> None:
    card = await seats(chat, ANA, BEN)
    await next_door(chat)
    chat.homeserver.member(OTHER, ANA)
    await chat.hears(OTHER)
    chat.homeserver.create(SIDE, BOSS, predecessor={"room_id": OTHER})
    for person in (BOSS, BOT):
        chat.homeserver.member(SIDE, person)
    await chat.hears(SIDE)
    await chat.says(BOSS, "!admin communauté lier numerique", room=SIDE)
    await bans(chat, ANA)
    await until(chat, 18, 14)

    assert private(chat, ANA) == []
    assert "en liste d'attente" not in card_now(chat, card)


@attack(
    who="whoever administers a side room",
    tries="removes the bot from it, so that its members seem to have left the community",
    instead="nobody loses anything while the bot cannot read that room, but for who was seen leaving another",
)
async def test_a_room_that_cannot_be_read_ends_nothing(chat: Chat) -> None:
    await chat.opens(SIDE, community="numerique", members=(DORA, BEN, BOSS))
    card = await publishes(chat, SMALL.replace("1 place", "3 places"))
    await chat.reacts(BEN, "✅", card)
    room = await chat.direct(DORA)
    await chat.says(DORA, "!rdv R-1", room=room)
    await chat.reacts(DORA, "✅", chat.last)
    assert "2 places prises" in card_now(chat, card)

    chat.homeserver.member(SIDE, BOT, "leave")
    await chat.hears(SIDE)
    chat._rooms.left(SIDE)
    await bans(chat, BEN)
    await until(chat, 18, 14)

    assert await chat.rows("SELECT person, status FROM rsvp") == [(DORA, "yes")]
