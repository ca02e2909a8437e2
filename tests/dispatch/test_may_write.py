"""Rooms in which the bot may not write: it says so beforehand, and what it has for them waits for the right."""

from typing import Any

import pytest

from bot.mailbox.sending import delivery, held
from bot.mailbox.sending.outbox import HELD
from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.commands.meetups import flat
from tests.homeserver import BOT

LINE = '!rdv nouveau "Zinnia" mardi 19 janvier 14h'
LACKS = (
    "Je n'ai pas le droit d'écrire dans le salon conversation avec Ana, Ben et 3 autres : ce que j'ai à y dire attend. "
    "Une personne qui administre ce salon peut me donner ce droit, « Envoyer des messages »."
)


async def levels(chat: Chat, *, bot: int = 0, heard: bool = True, **content: Any) -> None:
    """The room's administrator gives, or takes away, the right to write; `heard`: the sync has brought it."""
    users = {BOSS: 100, MODO: 50, BOT: bot}
    chat.homeserver.event(chat.room, "m.room.power_levels", BOSS, {"users": users} | content, state_key="")
    if heard:
        await chat.hears(chat.room)


async def closes(chat: Chat, *, heard: bool = True) -> None:
    await levels(chat, events_default=50, heard=heard)


async def publishes(chat: Chat) -> str:
    """A moderator announces a meet-up in private; returns that conversation."""
    alone = await chat.direct(MODO)
    chat.forget()
    await chat.confirms(MODO, LINE, room=alone)
    return alone


def cards(chat: Chat) -> list[str]:
    return [said.text for said in chat.messages if said.room_id == chat.room and "Zinnia" in said.text]


@pytest.mark.parametrize("how", [{"events_default": 50}, {"events": {"m.room.message": 50}}])
async def test_it_is_said_before_and_the_card_comes_with_the_right(chat: Chat, how: dict[str, Any]) -> None:
    await levels(chat, **how)
    await publishes(chat)

    assert LACKS in flat(chat.messages[0].text)
    assert flat(chat.last.text).startswith("C'est noté, pas encore annoncé : Zinnia (R-1).")
    assert LACKS in flat(chat.last.text)
    assert cards(chat) == []
    await levels(chat, bot=50, **how)
    assert len(cards(chat)) == 1
    assert [said.emoji for said in chat.sent if said.room_id == chat.room and said.emoji] == ["✅", "🤔", "❌"]


async def test_the_card_waits_through_a_restart(chat: Chat) -> None:
    await closes(chat)
    await publishes(chat)
    await chat.restarts()
    assert cards(chat) == []
    await levels(chat, bot=50)
    assert len(cards(chat)) == 1


async def test_the_right_that_came_while_the_bot_was_down_counts(chat: Chat) -> None:
    await closes(chat)
    await publishes(chat)
    await levels(chat, bot=50, heard=False)
    await chat.restarts()
    assert len(cards(chat)) == 1


async def test_a_right_taken_away_just_now_loses_nothing(chat: Chat) -> None:
    alone = await chat.direct(MODO)
    await chat.says(MODO, LINE, room=alone)
    await closes(chat, heard=False)
    await chat.says(MODO, "oui", room=alone)
    async with chat.database.reading() as tx:
        assert await held.rooms(tx, BOT) == {chat.room}
    await chat.hears(chat.room)
    await levels(chat, bot=50)
    assert len(cards(chat)) == 1


async def test_the_card_shows_the_meet_up_as_it_is_when_the_right_comes(chat: Chat) -> None:
    await closes(chat)
    alone = await publishes(chat)
    await chat.confirms(MODO, "!rdv R-1 déplacer mercredi 20 janvier 15h", room=alone)
    await levels(chat, bot=50)
    assert len(cards(chat)) == 1
    assert "Mercredi 20 janvier" in flat(cards(chat)[0])
    assert [said for said in chat.sent if said.edits and said.room_id == chat.room] == []


async def test_a_meet_up_that_was_cancelled_or_is_over_is_not_announced_any_more(chat: Chat) -> None:
    await closes(chat)
    alone = await publishes(chat)
    await chat.confirms(MODO, "!rdv R-1 annuler", room=alone)
    await chat.confirms(MODO, '!rdv nouveau "Zinnia" mercredi 6 janvier 14h', room=alone)
    await chat.passes(days=3)
    await levels(chat, bot=50)
    assert [said for said in chat.sent if said.room_id == chat.room] == []


async def test_the_reminder_of_a_week_before_comes_once_the_right_is_there(chat: Chat) -> None:
    await publishes(chat)
    await closes(chat)
    await chat.passes(days=9)
    chat.forget()
    await levels(chat, bot=50)
    await chat.passes(days=1)
    assert [flat(text).split("\n")[0] for text in cards(chat)] == [
        "Rappel : Zinnia (R-1), mardi 19 janvier, de 14 h 00 à 15 h 00"
    ]


async def test_no_reminder_of_a_week_before_comes_the_day_before(chat: Chat) -> None:
    await publishes(chat)
    await closes(chat)
    await chat.passes(days=13)
    chat.forget()
    await levels(chat, bot=50)
    await chat.passes(days=5)
    assert cards(chat) == []


async def test_what_a_room_was_to_read_an_hour_ago_is_not_said_there_any_more(chat: Chat) -> None:
    await chat.says(MODO, "!rappel salon demain 9h relancer")
    await closes(chat)
    await chat.passes(days=2)
    chat.forget()
    await levels(chat, bot=50)
    assert chat.sent == []


async def test_colleagues_are_not_asked_where_nobody_would_read_it(chat: Chat) -> None:
    await closes(chat)
    alone = await chat.direct(ANA)
    await chat.says(ANA, "!expert Comment choisir un DPI en EHPAD ?", room=alone)
    await chat.says(ANA, "collègues", room=alone)
    assert "Je n'ai pas le droit d'écrire dans le salon" in flat(chat.last.text)


async def test_a_command_in_such_a_room_is_answered_in_private_once_a_day(chat: Chat) -> None:
    await closes(chat)
    chat.forget()
    await chat.says(BEN, "!doc messagerie")
    await chat.says(BEN, "!rappel demain 9h relancer")
    told = [said for said in chat.messages if BEN in said.meant_for]
    assert [said.room_id for said in chat.messages] == [told[0].room_id]
    assert flat(told[0].text).split("\n") == [
        "Je n'ai pas le droit d'écrire dans le salon conversation avec Ana, Ben et 3 autres : je n'y ai donc rien fait"
        " de ce que vous m'avez demandé.",
        "Écrivez-le-moi ici.",
        "Une personne qui administre ce salon peut me donner ce droit, « Envoyer des messages ».",
    ]
    assert await chat.rows("SELECT id FROM reminder") == []
    await chat.passes(days=1)
    await chat.says(BEN, "!doc messagerie")
    assert len([said for said in chat.messages if BEN in said.meant_for]) == 2


async def test_the_team_is_asked_in_private_where_its_room_is_closed_to_the_bot(chat: Chat) -> None:
    await closes(chat)
    room = await chat.opens("!second:example.org", power={ANA: 100})
    await chat.says(ANA, "!admin communauté lier numerique", room=room)
    card = next(said for said in chat.messages if said.room_id != room and MODO in said.meant_for)
    await chat.reacts(MODO, "✅", card)
    assert "Ce salon est relié" in flat([said.text for said in chat.messages if said.room_id == room][-1])


async def test_a_room_that_hears_later_that_it_is_linked_is_named_to_whoever_linked_it(chat: Chat) -> None:
    room = await chat.opens("!second:example.org", power={ANA: 100})
    await chat.says(ANA, "!admin communauté lier numerique", room=room)
    card = next(said for said in chat.messages if said.room_id == chat.room)
    await chat.does(BOSS, "m.room.power_levels", {"users": {ANA: 100}, "events_default": 50}, room=room, state_key="")
    await chat.reacts(MODO, "✅", card)
    assert "ce que j'ai à y dire attend" in flat(chat.last.text)
    await chat.does(BOSS, "m.room.power_levels", {"users": {ANA: 100}}, room=room, state_key="")
    assert "Ce salon est relié" in flat([said.text for said in chat.messages if said.room_id == room][-1])


async def test_what_waits_is_dropped_when_the_bot_is_removed(chat: Chat) -> None:
    await closes(chat)
    await publishes(chat)
    await chat.does(BOSS, "m.room.member", {"membership": "leave"}, state_key=BOT)
    async with chat.database.reading() as tx:
        assert await delivery.count(tx, BOT, HELD) == 0
