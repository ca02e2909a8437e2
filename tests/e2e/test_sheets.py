"""The loop on a real homeserver, in encrypted rooms, with a kill -9 between every two steps: all is said, and once."""

import json
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.time.public_holidays import is_public_holiday
from tests.e2e.bot_process import BotProcess
from tests.e2e.strangers import arrived, asks, room_with, said_by
from tests.e2e.town import PATIENCE
from tests.servers.people import People
from tests.servers.synapse import Synapse
from tests.strict_client import Seen, StrictPerson

LATER = ("UPDATE timer SET due_at = '2026-01-01 00:00:00.000000' WHERE kind LIKE 'sheet-tr%'", ())
"""Two months pass: what waits for somebody who tries a sheet is due."""
SAID = "Chez nous, deux secrétariats tiennent un seul dossier partagé."


async def told(person: StrictPerson, bot: BotProcess, room: str, *words: str) -> Seen:
    """The message in which the bot says this."""
    says: Callable[[Seen], bool] = said_by(bot, room)
    return await person.until(lambda seen: says(seen) and all(word in seen.body for word in words), within=PATIENCE)


async def taps(person: StrictPerson, card: Seen | str, emoji: str, room: str) -> None:
    event_id = card if isinstance(card, str) else card.event_id
    relation = {"rel_type": "m.annotation", "event_id": event_id, "key": emoji}
    await person.send(room, "m.reaction", {"m.relates_to": relation})


async def dies(bot: BotProcess, *meanwhile: tuple[str, tuple[str, ...]]) -> None:
    """The process is killed, and another takes its place; `meanwhile` its database is changed."""
    await bot.kill()
    with closing(sqlite3.connect(bot.database)) as database, database:
        for statement, values in meanwhile:
            database.execute(statement, values)
    bot.launch()
    await bot.logged("ready")


async def cut(bot: BotProcess, gesture: Awaitable[object]) -> None:
    """Somebody does something, and the process is killed while it answers, or before."""
    await gesture
    await dies(bot)


def said_twice(bot: BotProcess, *people: StrictPerson) -> list[str]:
    """What the bot said more than once in a room, whatever it was."""
    said = {
        (seen.room_id, seen.event_id): seen.body
        for person in people
        for seen in person.seen.values()
        if seen.sender == bot.user_id and seen.body
    }
    each = Counter((room, body) for (room, _event), body in said.items())
    return [body for (_room, body), count in each.items() if count > 1]


def always_at_work(person: StrictPerson) -> tuple[str, tuple[str, ...]]:
    """Somebody may be written to at any hour, and lives where today is no holiday."""
    zones = ("Europe/Paris", "Pacific/Auckland", "Pacific/Honolulu")
    zone = next(zone for zone in zones if not is_public_holiday(datetime.now(ZoneInfo(zone)).date()))
    hours = json.dumps([[day, 0, 1440] for day in range(7)])
    columns = "person, hours, time_zone, open_cap, month_cap, paused, unanswered"
    return f"INSERT INTO availability ({columns}) VALUES (?, ?, ?, 2, 2, 0, 0)", (person.user_id, hours, zone)


@pytest.mark.timeout(300)  # three people with strict clients, and a life of a process for each step
async def test_what_somebody_wrote_is_found_tried_evaluated_and_taken_up_elsewhere_and_each_told_once(
    synapse: Synapse, people: People
) -> None:
    async with AsyncExitStack() as stack:
        paul, claire, dora = [await arrived(synapse.url, people, name) for name in ("paul", "claire", "dora")]
        for person in (paul, claire, dora):
            stack.push_async_callback(person.close)
        bot = await stack.enter_async_context(
            BotProcess(synapse.url, await people.account("relais"), operators=paul.user_id)
        )
        main, other = await room_with(paul, bot, claire, dora), await room_with(dora, bot, paul)
        await asks(paul, main, "!admin communauté lier numerique")
        await asks(paul, other, "!admin communauté lier rse")
        alone = {person: await room_with(person, bot, direct=True) for person in (paul, claire, dora)}
        for person, room in alone.items():
            await person.say(room, "!ping")
            await told(person, bot, room)

        said = await claire.say(main, SAID)
        await asks(claire, main, "!ping")
        await cut(bot, taps(paul, said, "📖", main))
        card = await told(claire, bot, alone[claire], "serve à d'autres")
        assert card.encrypted
        assert SAID.encode() not in bot.bytes_kept()
        await cut(bot, taps(claire, card, "✅", alone[claire]))
        await told(claire, bot, alone[claire], "1 sur 3.")
        await cut(bot, claire.say(alone[claire], "Les entrées en EHPAD étaient saisies deux fois."))
        await told(claire, bot, alone[claire], "3 sur 3.")
        await cut(bot, claire.say(alone[claire], "Une heure gagnée par entrée."))
        preview = await told(claire, bot, alone[claire], "Fiche à vérifier", SAID)
        await cut(bot, taps(claire, preview, "✅", alone[claire]))
        review = await told(paul, bot, alone[paul], "Une fiche à relire", SAID)
        await cut(bot, taps(paul, review, "✅", alone[paul]))
        await told(claire, bot, alone[claire], "Votre fiche est publiée")
        found = await asks(paul, main, "!doc saisies entrées ehpad")
        assert "F-1" in found.body
        await cut(bot, claire.say(alone[claire], "!fiche F-1 exporter"))
        file = await told(claire, bot, alone[claire], "F-1-", ".pdf")
        assert file.encrypted
        await cut(bot, dora.say(alone[dora], "!fiche F-1 essayer"))
        await told(dora, bot, alone[dora], "vous essayez")
        await dies(bot, LATER, always_at_work(dora))
        card = await told(dora, bot, alone[dora], "Cela vous a aidé")
        await told(claire, bot, alone[claire], "Quelqu'un essaie")
        await cut(bot, taps(dora, card, "✅", alone[dora]))
        await told(dora, bot, alone[dora], "Qu'est-ce que cela a donné")
        await cut(bot, dora.say(alone[dora], "Quarante minutes de moins par dossier."))
        result = await told(paul, bot, alone[paul], "Ce qu'une fiche a donné", "Quarante minutes")
        await cut(bot, taps(paul, result, "✅", alone[paul]))
        await told(claire, bot, alone[claire], "Votre fiche est évaluée")
        await cut(bot, claire.say(alone[claire], "!fiche F-1 diffuser rse"))
        await cut(bot, taps(claire, await told(claire, bot, alone[claire], "Je proposerais"), "✅", alone[claire]))
        offered = await told(dora, bot, alone[dora], "Une fiche pour votre communauté")
        await cut(bot, taps(dora, offered, "✅", alone[dora]))
        await told(dora, bot, other, "Une pratique de la communauté")
        await told(claire, bot, alone[claire], "Votre fiche va plus loin")
        assert "F-1" in (await asks(dora, other, "!doc saisies entrées")).body
        news = [seen.body or "" for seen in claire.seen.values() if seen.room_id == alone[claire]]
        once = ("Votre fiche est publiée", "Quelqu'un essaie", "Votre fiche est évaluée", "Votre fiche va plus loin")
        assert [sum(text in body for body in news) for text in once] == [1] * len(once)
        assert said_twice(bot, paul, claire, dora) == []
