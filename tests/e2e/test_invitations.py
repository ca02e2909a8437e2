"""Who may take the bot where, and what it does when it is taken away."""

from tests.e2e.town import PATIENCE, Town
from tests.servers.events import Event


def membership(event: Event, member: str) -> str:
    """What an event says of somebody's membership, nothing when it says none."""
    mine = event.type == "m.room.member" and event.state_key == member
    return str(event.content["membership"]) if mine else ""


async def test_what_was_said_before_it_joined_is_not_answered(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await claire.create_room("Salle")
    early = [await claire.say(room, f"!ping {number}") for number in range(3)]
    mark = claire.mark()
    await claire.invite(room, town.bot.user_id)
    await town.arrival(room, claire, since=mark)
    await town.fence(claire, room)
    assert not [event for event in await town.said(room, claire) if event.reply_to in early]


async def test_an_invitation_from_elsewhere_is_declined(town: Town) -> None:
    stranger = await town.people.arrive("étranger")
    async with Town.founded(town.people, town.people.homeserver, invites_from="@somebody:relais.test") as strict:
        await strict.bot.start()
        mark = stranger.mark()
        room = await stranger.create_room("Piège", invite=[strict.bot.user_id])
        await stranger.until(
            lambda event: event.room_id == room and membership(event, strict.bot.user_id) == "leave",
            within=PATIENCE,
            since=mark,
        )
        await strict.room(community=None)
        assert await stranger.members(room) == {stranger.user_id}


async def test_removed_and_invited_again_it_works_again(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(community=None, owner=claire)
    await claire.kick(room, town.bot.user_id)
    unheard = await claire.say(room, "!ping")
    mark = claire.mark()
    await claire.invite(room, town.bot.user_id)
    await town.arrival(room, claire, since=mark)
    await town.fence(claire, room)
    assert not [event for event in await town.said(room, claire) if event.reply_to == unheard]


async def test_banned_it_is_silent_and_other_rooms_go_on(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room, other = await town.room(community=None, owner=claire), await town.room(community=None, owner=claire)
    await claire.ban(room, town.bot.user_id)
    await town.asks(claire, other, "!ping")
    await claire.unban(room, town.bot.user_id)
    mark = claire.mark()
    await claire.invite(room, town.bot.user_id)
    await town.arrival(room, claire, since=mark)
    await town.asks(claire, room, "!ping")


async def test_a_direct_chat_needs_no_prefix_and_gets_no_arrival_message(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await claire.create_room(invite=[town.bot.user_id], direct=True)
    await claire.until(
        lambda event: event.room_id == room and membership(event, town.bot.user_id) == "join", within=PATIENCE
    )
    await town.asks(claire, room, "ping")
    assert len(await town.said(room, claire)) == 1


async def test_a_chat_of_three_is_not_private(town: Town) -> None:
    claire, karim = await town.people.arrive("claire"), await town.people.arrive("karim")
    room = await town.room(members=[claire, karim])
    chat = await claire.create_room(invite=[town.bot.user_id], direct=True)
    await claire.until(
        lambda event: event.room_id == chat and membership(event, town.bot.user_id) == "join", within=PATIENCE
    )
    await town.asks(claire, chat, "ping")
    await claire.invite(chat, karim)
    await karim.join(chat)
    await town.fence(karim, chat)
    mark = claire.mark()
    await claire.say(room, "NIR 2 69 05 49 588 157 80")
    private = await claire.until(
        lambda event: event.room_id != chat and membership(event, claire.user_id) == "invite",
        within=PATIENCE,
        since=mark,
    )
    await town.fence(karim, chat)
    assert len(await town.said(chat, claire)) == 4  # the last says that the conversation is private no more
    assert private.sender == town.bot.user_id
