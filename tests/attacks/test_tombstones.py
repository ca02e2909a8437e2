"""Closing a room in favour of one's own."""

from bot.communities.people import people
from bot.communities.rules.roles import Role
from tests.attacks import attack
from tests.attacks.moves import MARIE, SUCCESSOR, closes, is_linked, main_room, private, successor
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.homeserver import BOT


@attack(
    who="a moderator (power 50)",
    tries="closes the main room in favour of one of their own",
    instead="the team is told, and nothing moves",
)
async def test_a_moderator_closes_the_main_room(chat: Chat) -> None:
    await successor(chat, MODO, of=chat.room)
    await closes(chat, MODO, chat.room)

    assert await main_room(chat) == chat.room
    assert BOT not in chat.homeserver.members(SUCCESSOR)
    assert chat.last.room_id == chat.room
    assert chat.last.lines[:2] == [
        "Ce salon a été déclaré fermé et un autre désigné à sa place. Je n'y vais pas, et rien ne change.",
        "Seule une personne qui administre le salon principal peut le déplacer.",
    ]


@attack(
    who="a moderator (power 50)",
    tries="closes the main room again and again in favour of ever new rooms",
    instead="the team is told once a day",
)
async def test_a_moderator_closes_the_main_room_again_and_again(chat: Chat) -> None:
    for number in range(5):
        await closes(chat, MODO, chat.room, to=f"!room{number}:example.org")

    assert len(chat.messages) == 1
    assert await main_room(chat) == chat.room


@attack(
    who="an administrator",
    tries="closes the main room in favour of a room that names no predecessor",
    instead="the team is told, nothing moves, and the bot leaves that room",
)
async def test_the_successor_names_no_predecessor(chat: Chat) -> None:
    await successor(chat, BOSS, of=None)
    await closes(chat, BOSS, chat.room)

    assert await main_room(chat) == chat.room
    assert BOT not in chat.homeserver.members(SUCCESSOR)
    assert "ne dit pas qu'il remplace l'ancien" in chat.last.text


@attack(
    who="a stranger",
    tries="creates a room that names the main room as its predecessor, and has it closed for that",
    instead="nothing moves: who closes a room has made its successor",
)
async def test_the_successor_is_somebody_elses(chat: Chat) -> None:
    await successor(chat, MARIE, of=chat.room)
    await closes(chat, BOSS, chat.room)

    assert await main_room(chat) == chat.room
    assert not await is_linked(chat, SUCCESSOR)


@attack(
    who="an administrator",
    tries="closes a room in favour of itself, or of something that is no room",
    instead="nothing moves, and nothing breaks",
)
async def test_the_successor_is_no_other_room(chat: Chat) -> None:
    for nonsense in (chat.room, "nonsense", "!", "@ana:example.org", "#alias:example.org"):
        await closes(chat, BOSS, chat.room, to=nonsense)

    assert await main_room(chat) == chat.room
    await chat.says(ANA, "!doc messagerie")
    assert "Tchap" in chat.last.text


@attack(
    who="an administrator",
    tries="names one successor, then another, before the bot is in either",
    instead="only the last word counts, and only where it is true",
)
async def test_two_successors(chat: Chat) -> None:
    await successor(chat, BOSS, of=chat.room)
    chat.homeserver.refuse = private
    await closes(chat, BOSS, chat.room)
    await closes(chat, BOSS, chat.room, to="!second:example.org")
    chat.homeserver.refuse = lambda method, path: None

    await chat.invites(BOSS, SUCCESSOR)
    await chat.hears(SUCCESSOR)
    assert await main_room(chat) == chat.room
    assert not await is_linked(chat, SUCCESSOR)


@attack(
    who="an administrator whose closing of the room was removed",
    tries="invites the bot into the successor after a restart",
    instead="the room stays where it is",
)
async def test_the_closing_was_removed(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique")
    await successor(chat, BOSS, of=second)
    chat.homeserver.refuse = private
    closing = await closes(chat, BOSS, second)
    chat.homeserver.refuse = lambda method, path: None
    await chat.redacts(MODO, closing, room=second)
    del chat.homeserver.rooms[second].state["m.room.tombstone", ""]
    await chat.restarts()

    await chat.invites(BOSS, SUCCESSOR)
    await chat.hears(SUCCESSOR)
    assert await is_linked(chat, second)
    assert not await is_linked(chat, SUCCESSOR)


@attack(
    who="a member",
    tries="closes a room beside the main one, where the server lets them",
    instead="the team is told in the main room, and nothing moves",
)
async def test_a_member_closes_a_side_room(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique", power={BEN: 50})
    await successor(chat, BEN, of=second)
    await closes(chat, BEN, second)

    assert await is_linked(chat, second)
    assert (chat.last.room_id, second in chat.last.text) == (chat.room, True)


@attack(
    who="an administrator, banned since",
    tries="closes the main room with the power that the levels still name",
    instead="nothing moves: power counts only for who is in the room",
)
async def test_a_banned_administrator_closes_the_main_room(chat: Chat) -> None:
    await successor(chat, BOSS, of=chat.room)
    await successor(chat, CLEO, of=chat.room, room_id="!cleo:example.org")
    levels = {"users": {MODO: 50, CLEO: 100}}
    await chat.does(BOSS, "m.room.power_levels", levels, state_key="")
    chat.homeserver.member(chat.room, CLEO, "ban")
    await closes(chat, CLEO, chat.room, to="!cleo:example.org")

    assert await main_room(chat) == chat.room


@attack(
    who="somebody appointed administrator by word only",
    tries="closes the main room without having power in it",
    instead="nothing moves: the room's own power decides",
)
async def test_an_appointed_administrator_closes_the_main_room(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        await people.appoint(tx, CLEO, "numerique", Role.ADMINISTRATOR, by=BOSS, now=chat.now)
    await successor(chat, CLEO, of=chat.room)
    await closes(chat, CLEO, chat.room)

    assert await main_room(chat) == chat.room


@attack(
    who="an administrator of the new room",
    tries="closes it in favour of the old one, so that the bot goes round for ever",
    instead="the room stays where it went",
)
async def test_a_loop(chat: Chat) -> None:
    await successor(chat, BOSS, of=chat.room)
    await closes(chat, BOSS, chat.room)
    assert await main_room(chat) == SUCCESSOR

    await closes(chat, BOSS, SUCCESSOR, to=chat.room)
    assert await main_room(chat) == SUCCESSOR
