"""A card is answered by members of its community, as they are now, with the rights that they have there."""

import pytest

from bot.errors import Refused
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.help.exchange import satisfaction
from bot.volunteers import volunteers as experts
from bot.volunteers.signup import JOIN
from tests.attacks import attack
from tests.attacks.next_door import (
    OTHER,
    STRANGER,
    bans,
    learns_nothing,
    next_door,
    seats,
)
from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.commands.meetups import LINE, publishes
from tests.help.people import asks, made_rooms, offers, request, to, volunteers
from tests.homeserver import BOT


@attack(
    who="a banned person",
    tries="says “yes” to the copy of a meet-up's card in their private conversation",
    instead="no seat, and neither title nor hour",
)
@pytest.mark.parametrize("how", ["reply", "reaction", "alone"])
async def test_a_copy_serves_members_only(chat: Chat, how: str) -> None:
    await publishes(chat)
    room = await chat.direct(BEN)
    await chat.says(BEN, "!rdv R-1", room=room)
    copy = chat.last
    await bans(chat, BEN)

    if how == "reaction":
        await chat.reacts(BEN, "✅", copy)
    else:
        await chat.says(BEN, "oui", room=room, reply_to=copy if how == "reply" else None)

    assert await seats(chat) == []
    learns_nothing(chat, "déchets", "14 h", "R-1")


@attack(
    who="a person banned a moment ago",
    tries="answers before the bot's sync has told it",
    instead="the homeserver is asked first, and says no",
)
async def test_membership_is_asked_now(chat: Chat) -> None:
    await publishes(chat)
    room = await chat.direct(BEN)
    await chat.says(BEN, "!rdv R-1", room=room)
    copy = chat.last
    await bans(chat, BEN, heard=False)

    await chat.reacts(BEN, "✅", copy)

    assert await seats(chat) == []
    learns_nothing(chat, "déchets", "14 h", "R-1")


@attack(
    who="a member of a room from which the bot was removed unnoticed",
    tries="answers a copy while the homeserver refuses to say who is in that room",
    instead="whoever cannot be seen there is no member",
)
async def test_a_refused_request_makes_nobody_a_member(chat: Chat) -> None:
    await publishes(chat)
    room = await chat.direct(BEN)
    await chat.says(BEN, "!rdv R-1", room=room)
    copy = chat.last

    def refuse(method: str, path: str) -> None:
        if method == "GET" and "m.room.member" in path:
            raise Refused(403, "M_FORBIDDEN")

    chat.homeserver.refuse = refuse
    await chat.reacts(BEN, "✅", copy)

    assert await seats(chat) == []


@attack(
    who="a banned volunteer",
    tries="says yes after a restart to the offer of a request",
    instead="nobody is introduced to them",
)
async def test_a_ban_outlives_a_restart(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    card = offers(chat)[0]
    chat.homeserver.member(chat.room, BEN, "ban")
    await chat.restarts()
    chat.forget()

    await chat.says(BEN, "oui", room=card.room_id, reply_to=card)

    assert (await request(chat)).status == "seeking"
    learns_nothing(chat, "ana", "interop", "D-1")


@attack(
    who="a banned person with two open cards",
    tries="says “yes” alone, so that the bot asks which of them is meant",
    instead="no title of either is told",
)
async def test_which_one_tells_no_titles(chat: Chat) -> None:
    await publishes(chat)
    await publishes(chat, '!rdv nouveau "Atelier messagerie" mardi 19 janvier 14h')
    room = await chat.direct(BEN)
    for number in (1, 5):
        await chat.says(BEN, f"!rdv R-{number}", room=room)
    await bans(chat, BEN)

    await chat.says(BEN, "oui", room=room)

    learns_nothing(chat, "déchets", "messagerie", "R-")


@attack(
    who="a moderator who left the community",
    tries="confirms in private what they began as its moderator",
    instead="nothing is done, though they lead another community",
)
async def test_a_preview_ends_with_the_membership(chat: Chat) -> None:
    await next_door(chat)
    room = await chat.direct(MODO)
    await chat.says(MODO, "!admin synonyme DPI = dossier patient", room=room)
    chat.homeserver.event(OTHER, "m.room.power_levels", BOSS, {"users": {MODO: 50, BOSS: 100}}, state_key="")
    chat.homeserver.member(OTHER, MODO)
    chat.homeserver.member(chat.room, MODO, "leave")
    await chat.hears(OTHER, chat.room)
    chat.forget()

    await chat.says(MODO, "oui", room=room)

    assert await chat.rows("SELECT * FROM synonym") == []
    learns_nothing(chat, "DPI")


@attack(
    who="a moderator of a room",
    tries="keeps answering there once it was upgraded, though banned from the one that took its place",
    instead="the new room says who is a member",
)
async def test_a_former_room_proves_nothing(chat: Chat) -> None:
    old = await chat.opens("!second:example.org", community="numerique")
    await chat.says(MODO, LINE, room=old)
    await chat.says(MODO, "oui", room=old)
    card = next(said for said in chat.messages if said.text.startswith("Comité RSE"))
    room = chat.homeserver.create("!new:example.org", BOSS, predecessor={"room_id": old}).room_id
    for person, membership in ((ANA, "join"), (BEN, "ban"), (BOT, "join")):
        chat.homeserver.member(room, person, membership)
    await chat.does(BOSS, "m.room.tombstone", {"body": "", "replacement_room": room}, room=old, state_key="")
    await chat.hears(room)
    chat.homeserver.member(chat.room, BEN, "ban")
    await chat.hears(chat.room)

    for person in (ANA, BEN):
        await chat.reacts(person, "✅", card)

    assert await seats(chat) == [(ANA, "yes")]


@attack(
    who="a member who is banned from the community but not from the room of an exchange",
    tries="declares the request solved, or passes it on, in the private room of two",
    instead="the request stays as it is",
)
async def test_the_room_of_two_is_for_members(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    (room,) = made_rooms(chat)
    for person in (ANA, BEN):
        chat.homeserver.member(room, person)
    await chat.hears(room)
    await chat.says(BEN, "Bonjour", room=room)
    await bans(chat, ANA, heard=False)

    await chat.says(ANA, "résolu", room=room)

    assert (await request(chat)).status == "under_way"


@attack(
    who="the people of a room that was unlinked",
    tries="go on answering the cards that are still in it",
    instead="they count no more, and nothing is said",
)
async def test_a_room_linked_no_more_is_no_place_for_answers(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique")
    await chat.says(MODO, LINE, room=second)
    await chat.says(MODO, "oui", room=second)
    card = next(said for said in chat.messages if said.text.startswith("Comité RSE"))
    await chat.confirms(MODO, "!admin communauté délier", room=second)
    chat.forget()

    await chat.reacts(ANA, "✅", card)
    await chat.says(BEN, "oui", room=second, reply_to=card)

    assert await seats(chat) == []
    assert chat.messages == []


@attack(
    who="a community to which a room was given later",
    tries="answers the cards that the community before it left there",
    instead="they are still cards of the other one",
)
async def test_a_room_that_changed_hands_answers_no_old_cards(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique")
    await chat.says(MODO, LINE, room=second)
    await chat.says(MODO, "oui", room=second)
    card = next(said for said in chat.messages if said.text.startswith("Comité RSE"))
    await chat.confirms(MODO, "!admin communauté délier", room=second)
    await chat.says(BOSS, "!admin communauté lier rse", room=second)

    await chat.reacts(ANA, "✅", card)

    assert await seats(chat) == []


@attack(
    who="a person who was invited to volunteer and then banned",
    tries="gives their agreement in private",
    instead="they are no volunteer",
)
async def test_an_invitation_to_volunteer_ends_with_the_membership(chat: Chat) -> None:
    await chat.direct(BEN)
    async with chat.database.transaction() as tx:
        row = await experts.enter(tx, "numerique", BEN, now=chat.now, proposed_by=MODO)
        await experts.change_topics(tx, row, add={"interoperabilite"})
        text = Message(Text.of("Voulez-vous répondre à des questions ?"))
        about = Ref(JOIN, "numerique")
        await chat.outbox.say(tx, text, key="join", to=f"dm:{BEN}", now=chat.now, about=about, waits=True)
    await chat.settles()
    card = chat.last
    await bans(chat, BEN, heard=False)

    await chat.reacts(BEN, "✅", card)

    assert await chat.rows("SELECT own_yes FROM expert WHERE own_yes") == []


@attack(
    who="a stranger",
    tries="answers from a private conversation the question whether somebody's exchange went well",
    instead="the answer is not counted",
)
async def test_satisfaction_is_the_requester_s_own(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    await chat.says(ANA, "!expert D-1 résolu", room=await chat.direct(ANA))
    question = next(said for said in to(chat, ANA) if "bien déroulé" in said.text)
    await bans(chat, ANA, heard=False)

    await chat.says(STRANGER, "non", room=await chat.direct(STRANGER), reply_to=question)
    await chat.reacts(ANA, "❌", question)

    async with chat.database.reading() as tx:
        row = await satisfaction.of(tx, await request(chat))
    assert row is None or row.went_well is None
