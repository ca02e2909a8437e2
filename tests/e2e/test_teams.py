"""A team on a real homeserver: one room though the bot is killed while it makes it; only the bot lets people in."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.e2e.test_votes import confirms, rows, solution_card
from tests.e2e.town import PATIENCE, Town
from tests.servers.events import Event
from tests.servers.people import Person, Refused

NOW = "UPDATE timer SET due_at = '2026-01-01 00:00:00.000000' WHERE kind = 'team-invites'"
"""It is morning: people may be asked."""


async def dies(town: Town, statement: str = "SELECT 1") -> None:
    await town.bot.kill()
    with closing(sqlite3.connect(town.bot.database)) as database, database:
        database.execute(statement)
    town.bot.launch()
    await town.bot.logged("ready")


async def says_yes(town: Town, person: Person, *, since: int) -> None:
    """Somebody comes into the bot's private conversation, and taps the yes that is placed below its card."""
    home = await person.invited(within=PATIENCE, since=since)
    await person.join(home)
    tap = await person.until(partial(_is_yes, town.bot.user_id, home), within=PATIENCE)
    await person.react(home, tap.content["m.relates_to"]["event_id"], "✅")


def _is_yes(bot: str, room: str, event: Event) -> bool:
    relation = event.content.get("m.relates_to", {})
    return (event.room_id, event.sender, event.type) == (room, bot, "m.reaction") and relation.get("key") == "✅"


async def test_a_team_has_one_room_though_the_bot_is_killed_and_only_the_bot_lets_people_in(own_town: Town) -> None:
    town, operator = own_town, own_town.operator
    claire, karim, lena = [await town.people.arrive(name) for name in ("claire", "karim", "lena")]
    room = await town.room(members=[claire, karim, lena])
    mark = {person: person.mark() for person in (claire, karim, lena)}
    until = datetime.now(UTC) + timedelta(days=20)
    await confirms(town, operator, room, f'!admin défi ouvrir "Une seule saisie ?" jusqu\'au {until:%d/%m/%Y}, seuil 1')
    await town.asks(claire, room, "!idée C-1 Un seul outil")
    await town.asks(operator, room, "!idée C-1 Un tableau")
    await confirms(town, operator, room, "!admin défi C-1 voter")
    await karim.react(room, await solution_card(town, room, 1), "⭐")
    await confirms(town, operator, room, "!admin défi C-1 clore")
    line = f"!admin défi C-1 équipe avec {karim.user_id} {lena.user_id} exception deux suffisent"
    await confirms(town, operator, room, line)
    await dies(town, NOW)

    for person in (claire, karim):
        await says_yes(town, person, since=mark[person])
    await town.fence(operator, room)
    later = {person: person.mark() for person in (claire, karim)}
    preview = await town.asks(operator, room, "!E-1 commencer")
    await operator.say(room, "oui", reply_to=preview)
    await dies(town)
    (theirs,) = {await person.invited(within=PATIENCE, since=later[person]) for person in (claire, karim)}
    for person in (claire, karim):
        await person.join(theirs)
    await town.fence(operator, room)
    assert [row[0] for row in rows(town, "SELECT room_id FROM team")] == [theirs]
    assert (await town.asks(claire, theirs, "!E-1")).room_id == theirs
    with pytest.raises(Refused):
        await claire.invite(theirs, operator)

    await says_yes(town, lena, since=mark[lena])
    await lena.until(lambda event: event.room_id == theirs and event.state_key == lena.user_id, within=PATIENCE)
    await town.asks(operator, room, f"!E-1 retirer {karim.user_id}")
    await town.fence(claire, theirs)
    assert karim.user_id not in await claire.members(theirs)
