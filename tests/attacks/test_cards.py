"""A card is answered where it is, or on the person's own copy: nothing that is said elsewhere counts."""

from bot.errors import Refused
from tests.attacks import attack
from tests.attacks.next_door import (
    CHIEF,
    NEIGHBOUR,
    OTHER,
    POLL,
    STRANGER,
    bans,
    call,
    learns_nothing,
    next_door,
    seats,
)
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.meetups import publishes
from tests.help.people import QUESTION, made_rooms, offers, request, volunteers

# ── from another room ─────────────────────────────────────────────────────────────────────────────────────


@attack(
    who="a banned person",
    tries="replies “I can help” in private to the card of an anonymous request",
    instead="no name, no room: one sentence that says nothing of it",
)
async def test_help_is_not_offered_from_a_private_conversation(chat: Chat) -> None:
    room = await chat.direct(BEN)
    card = await call(chat)
    await bans(chat, BEN)

    await chat.says(BEN, "je peux aider", room=room, reply_to=card)

    assert (await request(chat)).expert is None
    assert made_rooms(chat) == []
    learns_nothing(chat, "ana", "éditeur", "D-1")


@attack(
    who="a moderator of another community",
    tries="has a message removed by replying “remove” in their own room",
    instead="the message stays",
)
async def test_nothing_is_removed_from_next_door(chat: Chat) -> None:
    await next_door(chat)
    await chat.says(ANA, "!doc messagerie")
    card = chat.last
    chat.forget()

    await chat.says(CHIEF, "retirer", room=OTHER, reply_to=card)
    await chat.reacts(CHIEF, "🗑️", card, room=OTHER)
    await chat.says(CHIEF, "retirer", room=await chat.direct(CHIEF), reply_to=card)

    assert [said for said in chat.sent if said.source["type"] == "m.room.redaction"] == []


@attack(
    who="a stranger",
    tries="signs up for a meet-up by replying “yes” from a private conversation",
    instead="no seat, and neither title nor hour",
)
async def test_a_stranger_has_no_seat(chat: Chat) -> None:
    card = await publishes(chat)
    room = await chat.direct(STRANGER)
    chat.forget()

    await chat.says(STRANGER, "oui", room=room, reply_to=card)

    assert await seats(chat) == []
    learns_nothing(chat, "déchets", "14 h", "R-1")


@attack(
    who="a member of another community",
    tries="signs up for a meet-up by replying in a room of theirs",
    instead="no seat, no word, the card keeps its count",
)
async def test_a_neighbour_has_no_seat(chat: Chat) -> None:
    await next_door(chat)
    card = await publishes(chat)

    await chat.says(NEIGHBOUR, "oui", room=OTHER, reply_to=card)
    await chat.says(NEIGHBOUR, "!rdv oui", room=OTHER, reply_to=card)

    assert await seats(chat) == []
    assert "Comité RSE" not in str(chat.texts)


@attack(
    who="a person of a server that checks nothing",
    tries="reacts in another room to a card, and takes it back",
    instead="neither the reaction nor its removal counts",
)
async def test_a_reaction_of_another_room_counts_for_nothing(chat: Chat) -> None:
    await next_door(chat)
    card = await publishes(chat)
    await chat.reacts(ANA, "✅", card)

    forged = await chat.reacts(NEIGHBOUR, "✅", card, room=OTHER)
    assert await seats(chat) == [(ANA, "yes")]
    assert (NEIGHBOUR,) not in await chat.rows("SELECT sender FROM reaction")

    await chat.redacts(NEIGHBOUR, forged, room=OTHER)
    assert await seats(chat) == [(ANA, "yes")]


@attack(
    who="a moderator of another community",
    tries="takes back in their own room the reaction by which somebody signed up",
    instead="the seat stays",
)
async def test_a_reaction_is_not_taken_back_from_next_door(chat: Chat) -> None:
    await next_door(chat)
    card = await publishes(chat)
    mark = await chat.reacts(ANA, "✅", card)

    await chat.redacts(CHIEF, mark, room=OTHER)

    assert await seats(chat) == [(ANA, "yes")]


@attack(
    who="a moderator of another community",
    tries="deletes in their own room a command of a member, so that our answer goes",
    instead="the answer stays",
)
async def test_an_answer_is_not_removed_by_a_deletion_next_door(chat: Chat) -> None:
    await next_door(chat)
    asked = await chat.says(ANA, "!doc messagerie")
    chat.forget()

    await chat.redacts(CHIEF, asked, room=OTHER)

    assert chat.sent == []


@attack(
    who="a member of another community",
    tries="edits from their own room a command of somebody, so that our answer changes",
    instead="the answer stays; the edit is a command of their own room",
)
async def test_a_command_is_not_edited_from_next_door(chat: Chat) -> None:
    await next_door(chat)
    asked = await chat.says(ANA, "!doc messagerie")
    chat.forget()

    await chat.edits(ANA, asked, "!doc ségur", room=OTHER)

    assert [said for said in chat.sent if said.room_id == chat.room] == []


@attack(
    who="a member of the room",
    tries="edits the line that somebody else noted for the minutes into a command",
    instead="only its author changes it; nothing is answered",
)
async def test_a_command_is_changed_by_its_author_alone(chat: Chat) -> None:
    card = await publishes(chat)
    noted = await chat.says(ANA, "^décision Le comité se réunit chaque mois", thread=card.event_id)
    chat.forget()

    await chat.edits(BEN, noted, "!doc messagerie")

    assert chat.sent == []


@attack(
    who="a member of another community",
    tries="notes a decision in the minutes, in a thread of their own room that names the card",
    instead="the minutes hold nothing of it",
)
async def test_minutes_are_not_written_from_next_door(chat: Chat) -> None:
    await next_door(chat)
    card = await publishes(chat)

    await chat.says(NEIGHBOUR, "^décision Le comité est supprimé", thread=card.event_id, room=OTHER)

    assert await chat.rows("SELECT text FROM meetup_note") == []


@attack(
    who="a member of another community",
    tries="votes for a date by replying with its number from their own room",
    instead="the vote is not counted",
)
async def test_a_date_is_not_chosen_from_next_door(chat: Chat) -> None:
    await next_door(chat)
    await chat.says(MODO, POLL)
    card = next(said for said in chat.messages if "Quelle date" in said.text)

    for person, room in ((NEIGHBOUR, OTHER), (NEIGHBOUR, await chat.direct(NEIGHBOUR))):
        await chat.says(person, "1", room=room, reply_to=card)

    assert await chat.rows("SELECT person FROM date_vote") == []


@attack(
    who="a person who may talk in no room of the community",
    tries="speaks elsewhere in a thread with the root of two people's exchange, so that it seems to have begun",
    instead="the exchange waits for its own first word",
)
async def test_a_thread_is_one_of_its_room(chat: Chat) -> None:
    await next_door(chat)
    await volunteers(chat, BEN)
    chat.homeserver.refuse = _no_new_rooms
    question = await chat.says(ANA, f"!expert {QUESTION}")
    await chat.reacts(ANA, "✅", chat.last)
    await chat.reacts(BEN, "✅", offers(chat)[0])

    await chat.says(NEIGHBOUR, "Bonjour à vous deux", thread=question, room=OTHER)
    await chat.says(BEN, "Bonjour Ana, parlons du connecteur", thread=question)

    assert (await request(chat)).status == "under_way"


def _no_new_rooms(_method: str, path: str) -> None:
    if path.endswith("createRoom"):
        raise Refused(403, "M_FORBIDDEN")


# ── what belongs to somebody else ─────────────────────────────────────────────────────────────────────────


@attack(
    who="a stranger",
    tries="replies from a private conversation with the number of a list that somebody else was shown",
    instead="nothing of the list is shown",
)
async def test_a_list_is_its_reader_s_own(chat: Chat) -> None:
    await chat.says(ANA, "!doc logiciel")
    card = chat.last
    room = await chat.direct(STRANGER)
    chat.forget()

    await chat.says(STRANGER, "1", room=room, reply_to=card)

    learns_nothing(chat, "http", "DOC-")


@attack(
    who="a third person in a private conversation",
    tries="signs up there with a copy of the card that was sent to the other",
    instead="no seat: that room proves no membership",
)
async def test_a_copy_is_of_the_person_alone(chat: Chat) -> None:
    await publishes(chat)
    room = await chat.direct(BEN)
    await chat.says(BEN, "!rdv R-1", room=room)
    copy = chat.last
    for person in (STRANGER, CLEO):
        chat.homeserver.member(room, person)
    await chat.hears(room)

    for person in (STRANGER, CLEO):
        await chat.reacts(person, "✅", copy)
        await chat.says(person, "oui", room=room, reply_to=copy)

    assert await seats(chat) == []
