"""`python -m tests.bench.encrypted [rounds]`: how much longer an answer takes in an encrypted room."""

import asyncio
import statistics
import sys

from tests.e2e.bot_process import BotProcess
from tests.e2e.strangers import answer, arrived, room_with
from tests.servers import leftovers
from tests.servers.people import People
from tests.servers.synapse import Synapse
from tests.strict_client import StrictPerson

AT_MOST = 1.6


async def ratio(synapse: Synapse, rounds: int) -> tuple[float, float]:
    """Median milliseconds on the server's clock from question to answer, in clear and encrypted, turn by turn."""
    async with People(synapse.url, synapse.shared_secret) as people:
        person = await arrived(synapse.url, people, "claire")
        try:
            async with BotProcess(synapse.url, await people.account("relais")) as bot:
                return await _measured(person, bot, rounds)
        finally:
            await person.close()


async def _measured(person: StrictPerson, bot: BotProcess, rounds: int) -> tuple[float, float]:
    plain = str(await person.ask("createPlainRoom", invite=[bot.user_id]))
    rooms = {"clear": plain, "encrypted": await room_with(person, bot)}
    await person.until(lambda seen: seen.room_id == plain and seen.sender == bot.user_id and bool(seen.body))
    delays: dict[str, list[int]] = {name: [] for name in rooms}
    for _ in range(rounds + 1):
        for name, room in rooms.items():
            delays[name].append(await _delay(person, room))
    clear, encrypted = (statistics.median(delays[name][1:]) for name in rooms)
    return clear, encrypted


async def _delay(person: StrictPerson, room: str) -> int:
    asked = await person.say(room, "!ping")
    answered = await answer(person, asked)
    return answered.at - int(await person.ask("receivedAt", room=room, event=asked))


def main() -> int:
    """Exit code 0 when the promise is kept."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    leftovers.sweep()
    clear, encrypted = asyncio.run(_run(rounds))
    sys.stdout.write(
        f"answer, median of {rounds}: {clear:.0f} ms in clear, {encrypted:.0f} ms encrypted, "
        f"ratio {encrypted / clear:.2f} (at most {AT_MOST})\n"
    )
    return 0 if encrypted <= AT_MOST * clear else 1


async def _run(rounds: int) -> tuple[float, float]:
    async with Synapse() as synapse:
        return await ratio(synapse, rounds)


if __name__ == "__main__":
    sys.exit(main())
