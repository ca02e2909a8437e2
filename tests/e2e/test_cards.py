"""A real homeserver passes on a reply to an event of any room: that a card is answered where it is, the bot sees to."""

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import Person


async def private(town: Town, person: Person) -> str:
    """A private conversation of that person with the bot."""
    chat = await person.create_room(invite=[town.bot.user_id], direct=True)
    await person.until(
        lambda event: (
            (event.room_id, event.state_key, event.content.get("membership")) == (chat, town.bot.user_id, "join")
        ),
        within=PATIENCE,
    )
    return chat


async def test_a_banned_person_takes_no_anonymous_request_from_a_private_conversation(own_town: Town) -> None:
    town = own_town
    ana, ben = await town.people.arrive("ana"), await town.people.arrive("ben")
    room = await town.room(members=[ana, ben])
    hers, his = await private(town, ana), await private(town, ben)
    question = "Notre éditeur refuse l'interface d'interopérabilité, que pouvons-nous faire ?"
    preview = await town.asks(ana, hers, f"!expert collègues anonyme {question}")
    await town.fence(ana, hers)
    mark = ben.mark()
    await ana.say(hers, "oui", reply_to=preview)
    card = await ben.until(
        lambda event: town.speaks(room)(event) and question in event.body, since=mark, within=PATIENCE
    )
    await town.operator.ban(room, ben)

    answer = await town.asks(ben, his, "je peux aider", reply_to=card)

    assert "ana" not in answer.body.lower()
    assert "éditeur" not in answer.body
    await town.fence(ana, hers)
    assert set(await ben.joined_rooms()) == {his}
    assert not any("accepte de vous aider" in said.body for said in await town.said(hers, ana))


async def test_a_moderator_of_another_community_removes_nothing(town: Town) -> None:
    claire, karim = await town.people.arrive("claire"), await town.people.arrive("karim")
    room = await town.room(members=[claire])
    theirs = await town.room("Voisins", owner=karim, community="rse")
    card = await town.asks(claire, room, "!doc messagerie")

    await karim.say(theirs, "retirer", reply_to=card)
    await town.fence(karim, theirs)
    await town.fence(claire, room)

    shown = [said for said in await town.said(room) if said.event_id == card.event_id]
    assert [said.body for said in shown] == [card.body]
