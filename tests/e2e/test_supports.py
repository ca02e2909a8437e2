"""A support on a real homeserver: the room of a theme is one, though the bot is killed while it makes it."""

from functools import partial

from tests.e2e.test_real_rooms import alone_with
from tests.e2e.test_votes import confirms, rows
from tests.e2e.town import PATIENCE, Town
from tests.servers.events import Event
from tests.servers.people import Person


async def says_yes(town: Town, person: Person, home: str, *, since: int) -> None:
    """Somebody taps the yes that is placed below the bot's card."""
    tap = await person.until(partial(_is_yes, town.bot.user_id, home), since=since, within=PATIENCE)
    await person.react(home, tap.content["m.relates_to"]["event_id"], "✅")
    await town.fence(person, home)


def _is_yes(bot: str, room: str, event: Event) -> bool:
    relation = event.content.get("m.relates_to", {})
    return (event.room_id, event.sender, event.type) == (room, bot, "m.reaction") and relation.get("key") == "✅"


async def test_the_teams_of_a_theme_are_invited_to_one_room_though_the_bot_is_killed(own_town: Town) -> None:
    town, operator = own_town, own_town.operator
    claire, karim, lena, head = [await town.people.arrive(name) for name in ("claire", "karim", "lena", "dir")]
    room = await town.room(members=[claire, karim, lena, head])
    home = {person: await alone_with(town, person) for person in (claire, karim, lena, head)}
    for person, job in ((claire, "infirmière"), (karim, "médecin"), (lena, "cadre"), (head, "direction")):
        await town.asks(person, home[person], f"!moi profil métier {job}")
    mark = {person: person.mark() for person in home}
    await confirms(town, operator, room, "!admin appui ouvrir stérilisation")
    line = f"!appui candidater stérilisation {karim.user_id} {lena.user_id} accord {head.user_id}"
    for words in (line, "Des boîtes manquent.", "Un point la veille.", "oui"):
        await town.asks(claire, home[claire], words)
    for person in (karim, lena, head):
        await says_yes(town, person, home[person], since=mark[person])
    assert rows(town, "SELECT status FROM support_application") == [("submitted",)]

    later = {person: person.mark() for person in home}
    preview = await town.asks(operator, room, "!admin appui P-1 accepter")
    await operator.say(room, "oui", reply_to=preview)
    await town.bot.kill()
    town.bot.launch()
    await town.bot.logged("ready")
    await town.fence(operator, room)
    made = rows(town, "SELECT event_id FROM outbox WHERE kind = 'create' AND key LIKE 'support-theme:%'")
    assert len(made) == 1
    theirs = str(made[0][0])
    for person in (claire, karim, lena):
        await person.until(partial(_invites, person, theirs), since=later[person], within=PATIENCE)
        await person.join(theirs)
    assert head.user_id not in await claire.members(theirs)
    assert len(await town.said(theirs, claire)) == 1, "what it is for, once"


def _invites(person: Person, room: str, event: Event) -> bool:
    return (event.room_id, event.state_key) == (room, person.user_id)
