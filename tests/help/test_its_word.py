"""Mutual help keeps its word: news that end, nothing promised that is used up, nothing that stays open in silence."""

from datetime import UTC, datetime

from bot.store.database import Database
from tests.chat import ANA, BEN, CLEO, MODO, MORNING, Chat
from tests.help.people import QUESTION, asks, at, made_rooms, offers, request, sets, shown, to, volunteers

NEWS, CHOICE, END = "Des nouvelles de votre demande", "Je ne trouve personne", "Comme annoncé, je referme"


def heard(chat: Chat, *beginnings: str) -> list[str]:
    return [word for said in to(chat, ANA) for word in beginnings if said.text.startswith(word)]


async def test_without_anybody_come_two_news_then_a_choice_then_the_announced_end(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    await chat.passes(days=40)

    assert heard(chat, NEWS, CHOICE, END) == [NEWS, NEWS, CHOICE, END]
    choice = next(said for said in to(chat, ANA) if said.text.startswith(CHOICE))
    end = next(said for said in to(chat, ANA) if said.text.startswith(END))
    assert choice.lines[-1].startswith("Sans réponse, je la referme ")
    assert "!expert D-1 rouvrir" in end.text
    assert (await request(chat)).status == "closed"


async def test_whoever_keeps_a_request_hears_news_again(chat: Chat) -> None:
    await asks(chat, ANA)
    await chat.passes(days=14)
    assert heard(chat, CHOICE) == [CHOICE]
    await chat.says(ANA, "garder", room=await chat.direct(ANA))
    assert chat.last.text.startswith("Je continue à chercher\u00a0: interopérabilité (D-1).")
    chat.forget()
    await chat.passes(days=14)

    assert heard(chat, NEWS, CHOICE, END) == [NEWS, NEWS, CHOICE]


async def test_a_request_that_ended_so_is_taken_up_again(chat: Chat) -> None:
    await asks(chat, ANA)
    await chat.passes(days=27)
    await volunteers(chat, BEN)
    await chat.says(ANA, "!expert D-1 rouvrir", room=await chat.direct(ANA))

    assert "Je cherche de nouveau quelqu'un." in to(chat, ANA)[0].text
    assert [card.meant_for for card in offers(chat)] == [[BEN]]


async def test_those_who_accepted_and_gave_it_back_are_not_forgotten_in_the_news(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    for person in (BEN, CLEO):
        await chat.reacts(person, "✅", [card for card in offers(chat) if card.meant_for == [person]][-1])
        await chat.says(person, "!expert D-1 passer", room=await chat.direct(person))
    await chat.passes(days=4)

    assert "J'ai écrit à 2 volontaires." in to(chat, ANA)[-1].text
    assert not any("Pas encore de volontaire" in said.text for said in chat.messages)


async def test_colleagues_who_are_asked_after_the_volunteers_do_not_promise_volunteers(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    for card in offers(chat):
        await chat.reacts(card.meant_for[0], "❌", card)
    await chat.says(ANA, "collègues", room=await chat.direct(ANA))

    assert "sans votre nom" in to(chat, ANA)[-1].text
    assert not any("j'écris à des volontaires" in said.text for said in chat.messages)


async def test_colleagues_who_are_asked_first_are_followed_by_volunteers(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA, options="collègues")

    assert "Sans réponse d'ici 1 jour ouvré, j'écris à des volontaires." in shown(chat, ANA).lines


async def test_asked_in_the_room_colleagues_are_not_promised_to_see_no_name(chat: Chat) -> None:
    await chat.says(ANA, f"!expert collègues {QUESTION}")
    assert "où l'on sait qu'elle est de vous" in chat.last.text
    await chat.says(ANA, "oui")

    assert not any("sans votre nom" in text for text in chat.texts)


async def test_what_a_colleague_writes_in_the_thread_is_news_and_the_author_closes(chat: Chat) -> None:
    await asks(chat, ANA, options="collègues")
    call = next(said for said in chat.messages if said.room_id == chat.room)
    await chat.passes(minutes=1)
    chat.forget()
    await chat.says(CLEO, "Nous sommes passés par un connecteur FHIR", thread=call.event_id)
    await chat.says(BEN, "Pareil chez nous", thread=call.event_id)

    (news,) = to(chat, ANA)
    assert news.text.startswith("Quelqu'un répond dans le fil de votre question")
    assert await chat.rows("SELECT details FROM inbox WHERE CAST(details AS TEXT) LIKE '%%connecteur%%'") == []
    await chat.reacts(ANA, "❌", news)
    await chat.says(CLEO, "Et un script de reprise", thread=call.event_id)
    assert len([said for said in to(chat, ANA) if said.text.startswith("Quelqu'un répond")]) == 2
    await chat.reacts(ANA, "✅", to(chat, ANA)[-1])

    assert (await request(chat)).status == "resolved"
    assert any(said.edits == call.event_id for said in chat.sent)


async def test_the_thread_is_followed_after_a_restart_and_not_for_the_author(chat: Chat) -> None:
    await asks(chat, ANA, options="collègues")
    call = next(said for said in chat.messages if said.room_id == chat.room)
    await chat.restarts()
    chat.forget()
    await chat.says(ANA, "Je précise que nous sommes un EHPAD", thread=call.event_id)
    assert to(chat, ANA) == []
    await chat.says(CLEO, "Un connecteur", thread=call.event_id)
    assert len(to(chat, ANA)) == 1


async def test_whoever_found_the_answer_elsewhere_closes_it(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.says(ANA, "résolu", room=await chat.direct(ANA))

    assert (await request(chat)).status == "resolved"


async def test_an_exchange_under_way_is_asked_about_and_ends_as_announced(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    room = made_rooms(chat)[0]
    for person in (ANA, BEN):
        chat.homeserver.member(room, person)
    await chat.hears(room)
    await chat.says(BEN, "Bonjour Ana", room=room)
    await chat.passes(days=15)
    question = to(chat, ANA)[-1]
    assert question.text.startswith("Votre demande est-elle toujours utile")
    assert question.lines[-1].startswith("Sans réponse, je la referme mardi 2 février")
    await chat.says(ANA, "garder", room=question.room_id)
    assert "l'échange continue" in chat.last.text
    await chat.passes(days=15)
    assert (await request(chat)).status == "under_way"
    chat.forget()
    await chat.passes(days=20)

    assert (await request(chat)).status == "closed"
    for person in (ANA, BEN):
        assert "!expert D-1 rouvrir" in to(chat, person)[-1].text


async def test_nothing_rings_at_midnight_when_an_absence_begins(database: Database) -> None:
    async with Chat(database, started_at=MORNING) as chat:
        await volunteers(chat, BEN)
        await asks(chat, ANA)
        await chat.reacts(BEN, "✅", offers(chat)[0])
        await chat.says(BEN, "!moi absent du 7 au 12 janvier", room=await chat.direct(BEN))
        chat.forget()
        await chat.passes(days=1, hours=9)
        (asked,) = to(chat, BEN)
        assert asked.text.startswith("Votre absence commence, et vous aidez Ana")
        assert datetime.fromtimestamp(asked.source["origin_server_ts"] / 1000, UTC) == at(18, 29, day=6)


async def test_a_nudge_waits_until_somebody_is_back(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    await sets(chat, BEN, absent_from=at(9, day=6).date(), absent_to=at(9, day=13).date())
    chat.forget()
    await chat.passes(days=8)
    assert to(chat, BEN) == []
    await chat.passes(days=1)

    assert any("attend un premier mot de vous" in said.text for said in to(chat, BEN))


async def test_what_cannot_be_is_said_before_the_yes(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert Qui peut nous aider à y voir plus clair ?", room=room)
    assert "Quel sujet" in chat.last.text
    assert [said.emoji for said in chat.sent if said.emoji] == []
    await chat.says(ANA, "3", room=room)
    assert "Sujet\u00a0: interopérabilité" in chat.last.text
    assert "Envoyer" in chat.last.lines[-1]


async def test_a_few_words_of_a_search_are_completed_by_the_next_message(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!doc FHIR", room=room)
    await chat.reacts(ANA, "🙋", chat.last)
    assert chat.last.text.startswith("Que voulez-vous demander")
    await chat.says(ANA, "Qui a déjà relié son logiciel de soins par cette norme ?", room=room)
    await chat.says(ANA, "interopérabilité", room=room)

    assert "«\u00a0FHIR Qui a déjà relié" in chat.last.text


async def test_a_community_without_topics_is_helped_too(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        await tx.run(lambda connection: connection.exec_driver_sql("DELETE FROM topic WHERE community = 'numerique'"))
    room = await chat.direct(CLEO)
    await chat.says(CLEO, "!expert devenir", room=room)
    await chat.says(CLEO, "oui", room=room)
    await chat.reacts(MODO, "✅", next(said for said in chat.messages if "Cleo propose" in said.text))
    chat.forget()
    await asks(chat, ANA)

    assert [card.lines[0] for card in offers(chat)] == ["Une question pour vous\u00a0: question générale (D-1)"]


async def test_in_private_the_word_alone_asks_for_the_question_and_the_next_message_is_it(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert", room=room)
    assert chat.last.text.startswith("Quelle est votre question")
    await chat.restarts()
    await chat.says(ANA, QUESTION, room=room)

    assert chat.last.text.startswith("À relire avant envoi")
    assert QUESTION.removesuffix(" ?") in chat.last.text


async def test_in_private_a_question_that_is_too_short_is_completed(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert interop svp", room=room)
    assert chat.last.text.startswith("Que voulez-vous demander")
    await chat.says(ANA, "Qui a déjà relié son logiciel de soins au DMP ?", room=room)

    assert "«\u00a0interop svp Qui a déjà relié" in chat.last.text


async def test_a_topic_is_changed_by_its_word_and_the_next_message(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, f"!expert {QUESTION}", room=room)
    await chat.says(ANA, "sujet", room=room)
    assert chat.last.text.startswith("Quel sujet")
    await chat.says(ANA, "oui", room=room)
    assert offers(chat) == []
    await chat.says(ANA, "cybersécurité", room=room)

    assert "Sujet\u00a0: cybersécurité" in chat.last.text
