"""Rights as the homeserver tells them at this moment, in rooms of every version."""

import pytest

from tests.e2e.town import PATIENCE, Town


@pytest.mark.parametrize("version", ["11", "12"])
async def test_whoever_moderates_the_main_room_may_unlink_it(town: Town, version: str) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(owner=town.operator, version=version, members=[claire], community=None)
    refused = await town.asks(claire, room, "!admin communauté délier")
    linked = await town.asks(town.operator, room, "!admin communauté lier sante-mentale")
    assert linked.body != refused.body
    kept = await town.asks(claire, room, "!admin communauté délier")
    assert "réservé à la modération" in kept.body
    await town.asks(town.operator, room, "!admin communauté délier")
    await town.asks(town.operator, room, "oui")
    assert "https://" not in (await town.asks(claire, room, "!aide")).body


@pytest.mark.parametrize("version", ["11", "12"])
async def test_the_creator_of_the_main_room_moderates_until_that_ends(own_town: Town, version: str) -> None:
    """In version 12 a creator stands above every level and cannot be demoted; below it the level counts."""
    town = own_town
    ines, karim = await town.people.arrive("inès"), await town.people.arrive("karim")
    room = await town.room(owner=ines, members=[karim], version=version, community="rse")
    await ines.set_power(room, karim, 50)
    second = await town.room("Seconde", owner=karim, community=None)
    card = await town.asks(karim, second, "!admin communauté lier rse")
    await karim.count(lambda event: event.reacts_to == card.event_id, 2, within=PATIENCE)
    await ines.set_power(room, karim, 0)
    await karim.react(second, card, "✅")
    await town.fence(karim, second)
    assert "https://" not in (await town.said(second, karim))[-1].body
    assert "réservé" in (await town.asks(karim, room, "!admin communauté délier")).body
    await town.asks(ines, room, "!admin communauté délier")
    assert "n'est plus" in (await town.asks(ines, room, "oui")).body


async def test_an_upgraded_room_is_followed(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire], version="11")
    successor = await town.operator.upgrade_room(room, "12")
    mark = town.operator.mark()
    await town.operator.invite(successor, town.bot.user_id)
    await town.arrival(successor, town.operator, since=mark)
    assert "https://" in (await town.asks(town.operator, successor, "!doc messagerie")).body


async def test_an_administrator_takes_the_bot_along_though_their_server_may_not_invite_it(town: Town) -> None:
    stranger = await town.people.arrive("étranger")
    async with Town.founded(town.people, town.people.homeserver, invites_from="@nobody:relais.test") as strict:
        await strict.bot.start()
        room = await strict.room(members=[stranger], version="11")
        await strict.operator.set_power(room, stranger, 100)
        mark = stranger.mark()
        successor = await stranger.upgrade_room(room, "12")
        await stranger.invite(successor, strict.bot.user_id)
        await strict.arrival(successor, stranger, since=mark)
        assert "https://" in (await strict.asks(stranger, successor, "!doc messagerie")).body
