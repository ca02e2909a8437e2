"""The loop on a real homeserver, in encrypted rooms, with a kill -9 between its steps."""

from collections.abc import Callable
from contextlib import AsyncExitStack

from tests.e2e.bot_process import BotProcess
from tests.e2e.strangers import arrived, asks, room_with, said_by
from tests.e2e.town import PATIENCE
from tests.servers.people import People
from tests.servers.synapse import Synapse
from tests.strict_client import Seen, StrictPerson

SAID = "Chez nous, deux secrétariats tiennent un seul dossier partagé."


async def told(person: StrictPerson, bot: BotProcess, room: str, *words: str) -> Seen:
    """The message in which the bot says this."""
    says: Callable[[Seen], bool] = said_by(bot, room)
    return await person.until(lambda seen: says(seen) and all(word in seen.body for word in words), within=PATIENCE)


async def taps(person: StrictPerson, card: Seen | str, emoji: str, room: str) -> None:
    event_id = card if isinstance(card, str) else card.event_id
    relation = {"rel_type": "m.annotation", "event_id": event_id, "key": emoji}
    await person.send(room, "m.reaction", {"m.relates_to": relation})


async def dies(bot: BotProcess) -> None:
    await bot.kill()
    bot.launch()
    await bot.logged("ready")


async def test_what_somebody_wrote_is_found_by_the_next_and_its_author_told_once(
    synapse: Synapse, people: People
) -> None:
    async with AsyncExitStack() as stack:
        paul, claire = [await arrived(synapse.url, people, name) for name in ("paul", "claire")]
        for person in (paul, claire):
            stack.push_async_callback(person.close)
        bot = await stack.enter_async_context(
            BotProcess(synapse.url, await people.account("relais"), operators=paul.user_id)
        )
        main = await room_with(paul, bot, claire)
        await asks(paul, main, "!admin communauté lier numerique")
        with_paul, with_claire = [await room_with(person, bot, direct=True) for person in (paul, claire)]
        for person, room in ((paul, with_paul), (claire, with_claire)):
            await person.say(room, "!ping")
            await told(person, bot, room)

        said = await claire.say(main, SAID)
        await asks(claire, main, "!ping")
        await taps(paul, said, "📖", main)
        card = await told(claire, bot, with_claire, "serve à d'autres")
        assert card.encrypted
        assert SAID.encode() not in bot.bytes_kept()
        await dies(bot)
        await taps(claire, card, "✅", with_claire)
        await told(claire, bot, with_claire, "1 sur 3.")
        await claire.say(with_claire, "Les entrées en EHPAD étaient saisies deux fois.")
        await told(claire, bot, with_claire, "3 sur 3.")
        await dies(bot)
        await claire.say(with_claire, "Une heure gagnée par entrée.")
        preview = await told(claire, bot, with_claire, "Fiche à vérifier", SAID)
        await taps(claire, preview, "✅", with_claire)
        review = await told(paul, bot, with_paul, "Une fiche à relire", SAID)
        await taps(paul, review, "✅", with_paul)
        await told(claire, bot, with_claire, "Votre fiche est publiée")
        await dies(bot)
        found = await asks(paul, main, "!doc saisies entrées ehpad")
        assert "F-1" in found.body
        news = [seen for seen in claire.seen.values() if "Votre fiche est publiée" in (seen.body or "")]
        assert len(news) == 1
        await claire.say(with_claire, "!fiche F-1 exporter")
        file = await told(claire, bot, with_claire, "F-1-", ".pdf")
        assert file.encrypted
