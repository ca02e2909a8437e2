"""Promises of a community's first day: five steps in a list that follows what is done."""

from bot.resources.resources import Draft
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.test_doc import write
from tests.help.people import volunteers


async def test_the_list_of_first_steps_follows_what_is_done(chat: Chat) -> None:
    room = await chat.opens("!gestion:example.org", community="gestion")
    async with chat.database.transaction() as tx:
        await tx.run(lambda connection: connection.exec_driver_sql("DELETE FROM resource"))
    await chat.says(MODO, "!admin début", room=room)
    shown = chat.last
    assert shown.lines[0] == "Pour commencer\u00a0: 1 étape faite sur 5"
    assert shown.lines[1] == "1. Un salon relié\u00a0: fait"
    assert shown.lines[2:4] == ["2. Des ressources\u00a0: 0 sur 10", "!doc proposer <adresse> <titre>"]

    await chat.says(MODO, "!admin début annonce", room=room)
    assert "n'écrivez jamais" in chat.last.text.lower()
    await chat.passes(seconds=1)
    assert chat.last.edits == shown.event_id
    assert "5. Un mot aux membres\u00a0: fait" in chat.last.lines

    await write(chat, *(Draft(f"Page {n}", f"https://example.org/{n}") for n in range(9)), community="gestion")
    await volunteers(chat, BEN, CLEO, community="gestion")
    await chat.says(ANA, "!doc proposer https://example.org/neuf Une page", room=room)
    async with chat.database.reading() as tx:
        number = max([row[0] for row in await tx.run(lambda c: c.exec_driver_sql("SELECT id FROM resource").all())])
    await chat.confirms(MODO, f"!admin doc valider DOC-{number}", room=room)
    await chat.passes(seconds=1)
    assert chat.last.lines[0] == "Pour commencer\u00a0: 4 étapes faites sur 5"

    await chat.says(MODO, "!rdv nouveau «\u00a0Faisons connaissance\u00a0» mardi 19 janvier 14h", room=room)
    await chat.says(MODO, "oui", room=room)
    await chat.passes(seconds=1)
    edits = [said for said in chat.sent if said.edits == shown.event_id]
    assert edits[-1].lines[-1] == "Tout est fait. Pour voir ce que vous pouvez encore régler\u00a0: !admin"

    await chat.confirms(MODO, f"!admin doc archiver DOC-{number}", room=room)
    await chat.passes(minutes=1)
    assert [said for said in chat.sent if said.edits == shown.event_id] == edits
