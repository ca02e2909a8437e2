"""Under the rules of the shipped unit the bot comes back by itself, and only by itself."""

import os
import signal

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People
from tests.servers.supervisor import Supervisor
from tests.servers.synapse import Synapse, free_port

HURRY = 4.0


async def test_a_bot_that_hangs_is_replaced_and_answers(synapse: Synapse, people: People) -> None:
    async with Town.founded(people, synapse.url) as town:
        supervisor = Supervisor(town.bot, town.bot.folder / "notify", hurry=HURRY)
        town.bot.inherits(supervisor.environment)
        async with supervisor.watching():
            await supervisor.until(lambda: supervisor.status == "ready", PATIENCE)
            room = await town.room(community=None)
            os.kill(town.bot.pid, signal.SIGSTOP)
            asked = await town.operator.say(room, "!ping")
            await town.operator.answer(asked, within=PATIENCE)
            assert (supervisor.starts, supervisor.killed) == (2, 1)


async def test_a_bot_without_its_database_stays_and_says_so(synapse: Synapse, people: People) -> None:
    nobody = f"postgresql://relais@127.0.0.1:{free_port()}/relais"
    async with Town.founded(people, synapse.url, database_url=nobody) as town:
        supervisor = Supervisor(town.bot, town.bot.folder / "notify", hurry=HURRY)
        town.bot.inherits(supervisor.environment)
        async with supervisor.watching():
            await supervisor.until(lambda: supervisor.status == "the database does not answer", PATIENCE)
            assert (supervisor.starts, town.bot.running) == (1, True)


async def test_a_bot_with_a_wrong_setting_is_not_started_again(synapse: Synapse, people: People) -> None:
    async with Town.founded(people, synapse.url, trust="nobody") as town:
        supervisor = Supervisor(town.bot, town.bot.folder / "notify", hurry=HURRY)
        async with supervisor.watching():
            await supervisor.until(lambda: supervisor.starts == 1 and not town.bot.running, PATIENCE)
            assert await town.bot.ended() == 2
        assert supervisor.starts == 1
