"""Many commands in five rooms while the bot is killed: each must have one answer in the rooms' own history."""

import asyncio

from tests.demo.stage import Stage
from tests.servers.listening import NothingOfTheKind
from tests.traffic import Tally

ROUNDS, KILLS = 10, (5, 20)
"""Commands asked in each room; after how many answers the bot is killed."""
WITHIN = 240.0


async def storm(stage: Stage) -> None:
    """Says in the end how many commands and how many answers there were."""
    tally = Tally(stage.bot.user_id)
    await asyncio.gather(_ask(stage, tally), _kill(stage, tally))
    stage.screen.progress("waiting for the last answers")
    try:
        await tally.all_heard(stage["Paul"], within=WITHIN)
    except NothingOfTheKind:
        stage.screen.progress("not every answer came")
    found = await tally.read(stage["Paul"])
    stage.answers += found.answered
    stage.screen.good(
        f"{found.asked} commands in {len(stage.rooms)} rooms, {found.answered} of them answered, {found.lost} lost, "
        f"{found.repeated} answered twice; the bot was killed {len(KILLS)} times."
    )
    if found.lost or found.repeated:
        stage.fails(f"{found.lost} commands without an answer, {found.repeated} with more than one")


async def _ask(stage: Stage, tally: Tally) -> None:
    people = [stage[name] for name in ("Claire", "Karim", "Inès", "John")]
    for number in range(ROUNDS):
        for person, room in zip(people * 2, stage.rooms.values(), strict=False):
            await tally.ask(person, room.id, f"!doc question {number}")
        stage.screen.progress(f"{len(tally.asked)} commands asked, {tally.heard(stage['Paul'])} answered")


async def _kill(stage: Stage, tally: Tally) -> None:
    """As soon as some answers have come, with others on their way."""
    for answers in KILLS:
        await tally.some_heard(stage["Paul"], answers, within=WITHIN)
        await stage.bot.kill()
        stage.screen.note(f"kill -9 after {tally.heard(stage['Paul'])} answers to {len(tally.asked)} commands")
        await stage.bot.start()
        stage.screen.note("started again")
