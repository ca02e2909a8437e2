"""The conversation with one person: made once, accepted, refused, left; and the other way when it cannot be had."""

from datetime import timedelta

import pytest

from bot.errors import Refused, TryLater
from bot.events.messages import Message
from bot.events.text import Text
from bot.mailbox.sending.outbox import Otherwise
from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.meetups import flat, publishes

IN_ROOM = Message(Text.of("Un message vous attend."), rings=True, mentioned=(ANA,))


async def notice(chat: Chat, key: str, *, otherwise: bool = True) -> None:
    async with chat.database.transaction() as tx:
        other = Otherwise(chat.room, IN_ROOM) if otherwise else None
        text = Message(Text.of("Bonjour Ana."), rings=True)
        await chat.outbox.say(tx, text, key=key, to=f"dm:{ANA}", now=chat.now, otherwise=other)
    await chat.settles()


def rooms_with(chat: Chat, person: str) -> list[str]:
    return [room_id for room_id, room in chat.homeserver.rooms.items() if (("m.room.member", person) in room.state)]


async def test_a_direct_chat_is_made_once(chat: Chat) -> None:
    await notice(chat, "one")
    await notice(chat, "two")

    assert [said.text for said in chat.messages] == ["Bonjour Ana."] * 2
    assert len({said.room_id for said in chat.messages}) == 1
    assert chat.messages[0].room_id != chat.room


async def test_the_chat_that_a_person_opened_is_used(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await notice(chat, "one")

    assert chat.last.room_id == room


async def test_who_declines_is_told_in_the_room_and_not_invited_again(chat: Chat) -> None:
    await notice(chat, "one")
    made = chat.last.room_id
    await chat.hears(made)
    chat.homeserver.member(made, ANA, "leave")
    await chat.hears(made)
    assert (chat.last.room_id, chat.last.text, chat.last.meant_for) == (chat.room, "Un message vous attend.", [ANA])

    before = len(rooms_with(chat, ANA))
    await notice(chat, "two")
    assert chat.last.room_id == chat.room
    await notice(chat, "three", otherwise=False)
    assert len(rooms_with(chat, ANA)) == before
    assert len(chat.messages) == 3


async def test_who_accepts_is_told_nothing_twice(chat: Chat) -> None:
    await notice(chat, "one")
    made = chat.last.room_id
    await chat.hears(made)
    chat.homeserver.member(made, ANA)
    await chat.hears(made)
    chat.homeserver.member(made, ANA, "leave")
    await chat.hears(made)

    assert len(chat.messages) == 1
    await notice(chat, "two")
    assert chat.last.room_id not in (made, chat.room)


async def test_who_declined_is_answered_once_and_promised_nothing_in_private(chat: Chat) -> None:
    await publishes(chat)
    await chat.says(MODO, "!rdv R-1 oui")
    await chat.says(MODO, "!moi")
    made = rooms_with(chat, MODO)[-1]
    await chat.hears(made)
    chat.homeserver.member(made, MODO, "leave")
    await chat.hears(made)

    for command, answer in {
        "!moi": "- Rôles\u00a0: modération",
        "!moi données": "Je ne peux pas vous joindre",
        "!rappel demain 9h le compte rendu": "Je ne peux pas vous écrire en privé",
        "!expert devenir": "Je ne peux pas vous inviter",
    }.items():
        chat.forget()
        await chat.says(MODO, command)
        assert [text.startswith(answer) for text in chat.texts] == [True], command


async def test_who_may_not_be_invited_is_told_in_the_room(chat: Chat) -> None:
    chat.homeserver.refuse = refuse_new_rooms
    await notice(chat, "one")
    await notice(chat, "two")

    assert [(said.room_id, said.text) for said in chat.messages] == [(chat.room, "Un message vous attend.")] * 2


async def test_who_declined_may_still_open_a_chat_themselves(chat: Chat) -> None:
    chat.homeserver.refuse = refuse_new_rooms
    await notice(chat, "one")
    room = await chat.direct(ANA)
    await notice(chat, "two")

    assert chat.last.room_id == room


def refuse_new_rooms(_method: str, path: str) -> None:
    if path.endswith("createRoom"):
        raise Refused(403, "M_FORBIDDEN")


async def test_what_is_said_in_a_room_is_kept_nowhere(chat: Chat) -> None:
    for text in ("Le rhododendron est en fleur", "!doc messagerie", "oui le rhododendron", "rhododendron ?"):
        await chat.says(ANA, text)

    for table in ("inbox", "outbox", "dialogue", "search_miss", "guard_incident"):
        assert "rhododendron" not in str(await chat.rows(f"SELECT * FROM {table}"))


# ── several conversations, and a third person ─────────────────────────────────────────────────────────────


async def another(chat: Chat, person: str, room: str = "!another:example.org") -> str:
    """A second direct chat that the person opened."""
    chat.homeserver.create(room, person)
    chat.homeserver.member(room, person)
    await chat.invites(person, room, direct=True)
    await chat.hears(room)
    return room


async def test_somebody_who_opened_two_conversations_is_answered_in_the_one_where_they_write(chat: Chat) -> None:
    first, second = await chat.direct(ANA), await another(chat, ANA)
    for room in (first, second, first):
        await chat.says(ANA, "aide", room=room)
        assert chat.last.room_id == room
    await notice(chat, "one")
    assert chat.last.room_id == second


async def test_who_leaves_one_of_two_conversations_is_written_to_in_the_other(chat: Chat) -> None:
    first, second = await chat.direct(ANA), await another(chat, ANA)
    chat.homeserver.member(second, ANA, "leave")
    await chat.hears(second)
    await notice(chat, "one")
    assert chat.last.room_id == first


async def test_who_declines_our_invitation_because_they_opened_a_conversation_is_not_lost(chat: Chat) -> None:
    await notice(chat, "one")
    made = chat.last.room_id
    await chat.hears(made)
    own = await another(chat, ANA)
    chat.homeserver.member(made, ANA, "leave")
    await chat.hears(made)
    await notice(chat, "two")
    assert chat.last.room_id == own


async def test_our_own_invitation_is_good_beside_a_conversation_that_they_opened(chat: Chat) -> None:
    await notice(chat, "one")
    made = chat.last.room_id
    await chat.hears(made)
    own = await another(chat, ANA)
    chat.homeserver.member(made, ANA)
    await chat.hears(made)
    for room in (made, own):
        await chat.says(ANA, "aide", room=room)
        assert chat.last.room_id == room


THREE = (
    "Nous ne sommes plus deux dans cette conversation : je n'y dis plus rien de privé et n'y réponds plus.",
    "Écrivez-moi dans une autre conversation privée. Celle-ci redevient privée quand nous n'y sommes plus que deux.",
)


async def comes(chat: Chat, room: str, membership: str, person: str = BEN) -> None:
    chat.homeserver.member(room, person, membership)
    await chat.hears(room)


@pytest.mark.parametrize("steps", [("invite", "leave"), ("invite", "join", "leave"), ("join", "ban")])
async def test_a_third_person_ends_what_is_private_until_they_leave(chat: Chat, steps: tuple[str, ...]) -> None:
    room = await chat.direct(ANA)
    chat.forget()
    for membership in steps[:-1]:
        await comes(chat, room, membership)
    assert [flat(text).split("\n") for text in chat.texts] == [list(THREE)]
    await chat.says(ANA, "aide", room=room)
    await notice(chat, "one")
    assert [said.text for said in chat.messages if said.room_id == room][1:] == []
    assert (chat.last.text, chat.last.meant_for) == ("Bonjour Ana.", [ANA])

    await comes(chat, room, steps[-1])
    assert flat(chat.last.text) == "Nous sommes de nouveau deux : cette conversation est privée et j'y réponds."
    await chat.says(ANA, "aide", room=room)
    assert (chat.last.room_id, chat.last.text.startswith("Voici ce que")) == (room, True)


async def test_the_conversation_stays_shared_through_a_restart(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await comes(chat, room, "join")
    await chat.restarts()
    chat.forget()
    await chat.says(ANA, "aide", room=room)
    assert chat.sent == []
    await comes(chat, room, "leave")
    await chat.says(ANA, "aide", room=room)
    assert chat.last.room_id == room


async def test_it_stays_shared_while_a_fourth_person_is_there_or_the_person_is_not(chat: Chat) -> None:
    room = await chat.direct(ANA)
    for person in (BEN, MODO):
        await comes(chat, room, "join", person)
    await comes(chat, room, "leave", BEN)
    chat.forget()
    await chat.says(ANA, "aide", room=room)
    assert chat.sent == []
    await comes(chat, room, "leave", ANA)
    await comes(chat, room, "leave", MODO)
    assert chat.sent == []


async def test_a_chat_that_cannot_be_had_for_days_is_given_up_and_tried_again_with_the_next_notice(chat: Chat) -> None:
    def later(_method: str, path: str) -> None:
        if path.endswith("createRoom"):
            chat.now += timedelta(days=1)
            raise TryLater(502, "NOT_MATRIX", "", 0.01)

    chat.homeserver.refuse = later
    await notice(chat, "one")
    assert (chat.last.room_id, chat.last.text) == (chat.room, "Un message vous attend.")

    chat.homeserver.refuse = lambda method, path: None
    await notice(chat, "two")
    assert chat.last.text == "Bonjour Ana."
