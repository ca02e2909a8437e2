"""What the bot hears and does not keep, told by the bytes on its disk."""

from tests.e2e.town import PATIENCE, Town
from tests.servers.events import Event
from tests.servers.people import Person

NIR = "2 69 05 49 588 157 80"
"""The example that INSEE prints; it belongs to nobody."""


async def warning(town: Town, person: Person, since: int) -> Event:
    """The person joins the direct chat that the bot opens, and reads."""
    chat = await person.invited(within=PATIENCE, since=since)
    await person.join(chat)
    return await person.until(town.speaks(chat), within=PATIENCE, since=since)


async def test_a_patients_number_is_answered_in_private_and_once(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room("Numérique", members=[claire])
    before = len(await town.said(room))
    mark = claire.mark()
    await claire.say(room, f"Le dossier de {NIR} est incomplet")
    told = await warning(town, claire, mark)
    await claire.say(room, f"Je répète : {NIR}")
    await claire.until(lambda event: town.speaks(told.room_id)(event) and event != told, within=PATIENCE, since=mark)
    assert "Numérique" in told.body
    assert NIR not in told.body
    assert told.mentions == [claire.user_id]
    assert await claire.members(told.room_id) == {claire.user_id, town.bot.user_id}
    await town.fence(claire, room)
    assert len(await town.said(room)) == before + 1
    assert len(await town.said(told.room_id, claire)) == 2


async def test_nothing_of_what_was_said_is_on_the_disk(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    talk = "Mon collègue Hippolyte a encore renversé son café sur la gazinière"
    await claire.say(room, talk)
    mark = claire.mark()
    await claire.say(room, f"{NIR} tartempion")
    await warning(town, claire, mark)
    await town.asks(claire, room, "!doc messagerie saperlipopette")
    mark = claire.mark()
    await claire.say(room, f"!doc sécurisée {NIR} morbleu")
    await claire.until(lambda event: town.speaks()(event) and event.room_id != room, within=PATIENCE, since=mark)
    kept = ("Hippolyte", "gazini", "renvers", NIR, NIR.replace(" ", ""), "tartempion", "saperlipopette", "morbleu")

    def gone() -> bool:
        disk = town.bot.bytes_kept()
        return not any(word.encode() in disk for word in kept)

    await town.bot.until(gone, within=PATIENCE)
    assert room.encode() in town.bot.bytes_kept()


async def test_the_log_names_nobody_and_quotes_nothing(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    await town.asks(claire, room, "!doc messagerie cornegidouille")
    printed = town.bot.output.read_text(encoding="utf-8")
    for secret in ("cornegidouille", claire.user_id, town.bot.account.password):
        assert secret not in printed
