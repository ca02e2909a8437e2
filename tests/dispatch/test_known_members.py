"""After a restart the bot has been told of no member until they speak: it asks who is there before it needs to know."""

from tests.chat import ANA, BOSS, CLEO, MODO, Chat
from tests.commands.meetups import flat, private, publishes

LEO = "@leo.martin-chu-lyon.fr:example.org"


async def named(chat: Chat, person: str, name: str) -> None:
    chat.homeserver.member(chat.room, person, displayname=name)
    await chat.hears(chat.room)


async def quiet_restart(chat: Chat, *alone: str) -> list[str]:
    """The bot comes back, and nobody has spoken since; returns the conversations of these people, opened before."""
    rooms = [await chat.direct(person) for person in alone]
    await chat.restarts()
    assert chat._rooms.joined(chat.room) <= {"@relais:example.org"}
    chat.forget()
    return rooms


async def test_the_team_gets_what_a_member_proposes(chat: Chat) -> None:
    [alone] = await quiet_restart(chat, ANA)
    await chat.says(ANA, "!doc proposer https://exemple.fr/x Titre d'essai", room=alone)
    assert any("Une ressource est proposée" in said.text for said in private(chat, MODO)), chat.texts


async def test_the_team_is_counted_and_named(chat: Chat) -> None:
    await chat.does(BOSS, "m.room.power_levels", {"users": {MODO: 50, CLEO: 50}}, state_key="")
    await named(chat, MODO, "Inès Modérat")
    [alone] = await quiet_restart(chat, MODO)
    await chat.says(MODO, "!admin", room=alone)
    assert "2 personnes dans l'équipe" in flat(chat.last.text), chat.last.text
    await quiet_restart(chat)
    await chat.says(ANA, "!admin salon experts")
    assert "Inès Modérat" in chat.last.text


async def test_whoever_organises_is_not_said_to_have_left(chat: Chat) -> None:
    await publishes(chat, '!rdv nouveau "Zinnia" mercredi 6 janvier 14h')
    await quiet_restart(chat)
    await chat.says(ANA, "!rdv R-1 retex notre tri des déchets")
    assert "a quitté" not in chat.last.text, chat.last.text
    await quiet_restart(chat)
    await chat.passes(days=3)
    assert [text for text in chat.texts if "a quitté" in text] == []
    assert private(chat, MODO) != []


async def test_a_question_that_nobody_takes_reaches_the_team(chat: Chat) -> None:
    [alone] = await quiet_restart(chat, ANA)
    await chat.says(ANA, "!expert Comment choisir un DPI en EHPAD ?", room=alone)
    await chat.says(ANA, "oui", room=alone)
    assert private(chat, MODO) != [], chat.texts


async def test_names_are_those_that_people_show(chat: Chat) -> None:
    await chat.opens("!more:example.org", community="numerique", members=(LEO,))
    chat.homeserver.member(chat.room, LEO, displayname="Léo Martin")
    await chat.hears(chat.room)
    alone, mine = await quiet_restart(chat, LEO, MODO)
    await chat.says(LEO, "!aide", room=alone)
    await chat.confirms(MODO, f"!admin expert ajouter {LEO}", room=mine)
    assert "leo.martin" not in "\n".join(chat.texts).replace(LEO, ""), chat.texts


async def test_a_preview_counts_the_members(chat: Chat) -> None:
    [alone] = await quiet_restart(chat, MODO)
    await chat.says(MODO, '!rdv nouveau "Zinnia" mardi 19 janvier 14h', room=alone)
    assert "(5 membres)" in flat(chat.last.text)
