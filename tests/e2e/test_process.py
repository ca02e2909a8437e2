"""One process at a time, and a clear end."""

from tests.e2e.bot_process import BotProcess
from tests.e2e.town import PATIENCE, Town


async def test_a_second_process_waits_and_takes_over(own_town: Town) -> None:
    town = own_town
    room = await town.room(community=None)
    folder = town.bot.folder / "second"
    folder.mkdir()
    standby = BotProcess(town.people.homeserver, town.bot.account, folder=folder, data_dir=str(town.bot.data))
    standby.launch()
    await standby.logged("another process is active, waiting as standby")
    await town.asks(town.operator, room, "!ping")
    await town.bot.kill()
    asked = await town.operator.say(room, "!ping")
    await standby.logged("ready")
    await town.operator.answer(asked, within=PATIENCE)
    assert await standby.stop() == 0
    assert len([event for event in await town.said(room) if event.reply_to == asked]) == 1


async def test_a_wrong_password_is_one_sentence(town: Town) -> None:
    stranger = BotProcess(town.people.homeserver, town.bot.account, password="nein")
    try:
        stranger.launch()
        assert await stranger.ended() == 2
        assert stranger.printed.strip().endswith("see RELAIS_PASSWORD.")
        assert "Traceback" not in stranger.printed
    finally:
        await stranger.close()
