"""The first conversation, as people on a real homeserver have it."""

from tests.e2e.town import PATIENCE, Town


async def test_a_linked_room_looks_up_resources(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    answer = await town.asks(claire, room, "!doc messagerie securisee")
    assert "https://tchap.numerique.gouv.fr/" in answer.body
    assert answer.msgtype == "m.notice"
    assert answer.mentions == []
    assert '<a href="https://tchap.numerique.gouv.fr/">' in answer.html


async def test_an_answer_in_a_thread_stays_in_the_thread(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    first = await claire.say(room, "Une discussion à part")
    answer = await town.asks(claire, room, "!doc messagerie", thread=first)
    assert answer.thread == first
    assert answer.relation["is_falling_back"] is False
    outside = await town.asks(claire, room, "!ping")
    assert outside.thread is None


async def test_an_edited_command_changes_its_answer(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    asked = await claire.say(room, "!doc xyzzy")
    answer = await claire.answer(asked, within=PATIENCE)
    await claire.edit(room, asked, "!doc messagerie sécurisée")
    changed = await claire.until(lambda event: event.replaces == answer.event_id, within=PATIENCE)
    assert "https://tchap.numerique.gouv.fr/" in changed.content["m.new_content"]["body"]
    await town.fence(claire, room)
    assert [event.event_id for event in await town.said(room) if event.reply_to == asked] == [answer.event_id]


async def test_a_command_taken_back_takes_its_answer_with_it(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    asked = await claire.say(room, "!doc messagerie")
    answer = await claire.answer(asked, within=PATIENCE)
    await claire.redact(room, asked)
    await claire.until(
        lambda event: event.type == "m.room.redaction" and event.redacts == answer.event_id, within=PATIENCE
    )


async def test_answers_come_in_the_order_of_the_questions(town: Town) -> None:
    claire, karim = await town.people.arrive("claire"), await town.people.arrive("karim")
    room = await town.room(members=[claire, karim])
    asked = [await person.say(room, f"!doc mot{number}") for number in range(10) for person in (claire, karim)]
    await claire.answer(asked[-1], within=PATIENCE)
    answered = [event.reply_to for event in await town.said(room) if event.reply_to in asked]
    assert answered == asked


async def test_ordinary_talk_is_left_alone(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    before = len(await town.said(room))
    for text in (
        "Bonjour à tous",
        "Que pensez-vous de !doc ?",
        "!!! attention",
        "! ",
        "!inconnu mot",
        "relais, la course",
    ):
        await claire.say(room, text)
    await town.fence(claire, room)
    assert len(await town.said(room)) == before + 1


async def test_a_request_to_link_is_answered_by_a_reaction(own_town: Town) -> None:
    town = own_town
    claire, ines = await town.people.arrive("claire"), await town.people.arrive("inès")
    main = await town.room("Principale", members=[ines])
    await town.operator.set_power(main, ines, 50)
    second = await town.room("Seconde", community=None, owner=claire)
    mark = ines.mark()
    await town.asks(claire, second, "!admin communauté lier numerique")
    card = await ines.until(town.speaks(main), since=mark, within=PATIENCE)
    placed = await ines.count(lambda event: event.reacts_to == card.event_id, 2, within=PATIENCE)
    assert [event.emoji for event in placed] == ["✅", "❌"]
    mark = claire.mark()
    await ines.react(main, card, "✅")
    await claire.until(town.speaks(second), since=mark, within=PATIENCE)
    assert "https://" in (await town.asks(claire, second, "!doc messagerie")).body
