"""Promises of the exchange: a room for two, no text kept, and a kind end."""

from sqlmodel import select

from bot.help.tables import Satisfaction
from bot.mailbox.tables import InboxEvent
from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.help.people import asks, made_rooms, offers, request, to, volunteers


async def begun(chat: Chat) -> str:
    """Ben has accepted Ana's request, and both are in their room."""
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    card = next(card for card in offers(chat) if card.meant_for == [BEN])
    await chat.reacts(BEN, "✅", card)
    room = made_rooms(chat)[-1]
    for person in (ANA, BEN):
        chat.homeserver.member(room, person)
    await chat.hears(room)
    chat.forget()
    return room


def name_of(chat: Chat, room: str) -> str:
    return str(chat.homeserver.rooms[room].state["m.room.name", ""]["content"]["name"])


def introduction(chat: Chat, room: str) -> Said:
    source = next(event for event in chat.homeserver.rooms[room].timeline if event["type"] == "m.room.message")
    return Said(room, source)


async def test_both_are_invited_and_introduced(chat: Chat) -> None:
    room = await begun(chat)

    assert name_of(chat, room) == "D-1 interopérabilité, Ana et Ben"
    assert introduction(chat, room).lines[0] == "Bonjour. Ben accepte d'aider Ana (D-1)."
    assert set(introduction(chat, room).meant_for) == {ANA, BEN}
    assert ("m.room.encryption", "") in chat.homeserver.rooms[room].state


async def test_that_they_talk_is_seen_and_what_they_say_is_not(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(BEN, "Bonjour Ana, parlons du connecteur MSSanté", room=room)
    await chat.says(ANA, "Avec plaisir, quel connecteur ?", room=room)

    assert (await request(chat)).status == "under_way"
    assert chat.sent == []
    async with chat.database.reading() as tx:
        kept = [row for row in await tx.exec(select(InboxEvent)) if row.room_id == room]
    assert all("connecteur" not in str(row.details) for row in kept)


async def test_resolved_renames_the_room_leaves_it_and_asks_two_questions_in_turn(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(ANA, "Ce n'est pas encore résolu, merci", room=room)
    assert (await request(chat)).status != "resolved"
    await chat.says(ANA, "résolu", room=room)

    assert (await request(chat)).status == "resolved"
    assert name_of(chat, room) == "D-1 terminée (interopérabilité)"
    assert "@relais:example.org" not in chat.homeserver.members(room)
    first = to(chat, ANA)[-1]
    assert "L'échange s'est-il bien déroulé" in first.text
    await chat.reacts(ANA, "👍", first)
    second = to(chat, ANA)[-1]
    assert "a-t-il été utile" in second.text
    await chat.reacts(ANA, "👍", second)
    assert to(chat, ANA)[-1].text == "Merci, c'est noté."
    assert (await request(chat)).status == "closed"
    async with chat.database.reading() as tx:
        answers = [(one.went_well, one.was_useful) for one in await tx.exec(select(Satisfaction))]
    assert answers == [(True, True)]


async def test_a_blank_behind_the_mark_changes_nothing_where_the_word_counts_and_stays_talk_elsewhere(
    chat: Chat,
) -> None:
    room = await begun(chat)
    chat.forget()
    await chat.says(ANA, "! résolu")
    assert chat.sent == []
    assert (await request(chat)).status != "resolved"
    await chat.says(ANA, "! résolu", room=room)
    assert (await request(chat)).status == "resolved"


async def test_the_questions_come_at_most_once_a_month(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(ANA, "résolu", room=room)
    await asks(chat, ANA)
    card = next(card for card in offers(chat) if card.meant_for == [BEN])
    await chat.reacts(BEN, "✅", card)
    chat.forget()
    await chat.says(ANA, "!expert D-2 résolu", room=await chat.direct(ANA))

    assert all("déroulé" not in text for text in chat.texts)


async def test_a_request_that_has_its_answer_is_not_shown_as_open(chat: Chat) -> None:
    room = await begun(chat)
    direct = await chat.direct(ANA)
    await chat.says(ANA, "moi", room=direct)
    assert "(D-1)" in chat.last.text
    await chat.says(ANA, "résolu", room=room)

    await chat.says(ANA, "moi", room=direct)
    assert "demandes ouvertes" not in chat.last.text
    await chat.says(ANA, "expert mes", room=direct)
    assert chat.last.text.startswith("Vous n'avez pas de demande ouverte.")
    await chat.says(MODO, "!admin entraide")
    assert chat.last.lines[0].startswith("0 demande")


async def test_without_an_answer_it_closes_by_itself(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(BEN, "résolu", room=room)
    await chat.passes(days=8)

    assert (await request(chat)).status == "closed"


async def test_nothing_begun_is_a_nudge_then_a_proposal_then_a_question(chat: Chat) -> None:
    await begun(chat)
    await chat.passes(days=2)
    assert "Ana attend un premier mot de vous" in to(chat, BEN)[-1].text
    await chat.passes(days=4)
    assert "L'échange n'a pas commencé" in to(chat, BEN)[-1].text
    await chat.passes(days=9)
    assert "toujours utile" in to(chat, ANA)[-1].text


async def test_who_hands_over_is_not_asked_again_and_who_made_way_is(chat: Chat) -> None:
    room = await begun(chat)
    await volunteers(chat, MODO)
    await chat.reacts(BEN, "🔁", introduction(chat, room))

    assert (await request(chat)).status == "seeking"
    assert {card.meant_for[0] for card in offers(chat)} == {MODO, CLEO}
    assert "Ben ne peut plus aider" in to(chat, ANA)[-1].text
    assert "@relais:example.org" not in chat.homeserver.members(room)


async def test_a_detail_given_where_both_meet_is_an_answer(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(BEN, "Bonjour", room=room)
    await chat.says(BEN, "!expert D-1 préciser Quelle version ?", room=await chat.direct(BEN))
    await chat.says(BEN, "Prenez votre temps", room=room)
    assert (await request(chat)).status == "awaiting_requester"
    await chat.says(ANA, "La troisième", room=room)
    await chat.passes(days=20)

    assert (await request(chat)).status == "under_way"


async def test_a_detail_that_never_comes_is_no_answer(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(BEN, "Bonjour", room=room)
    await chat.says(BEN, "!expert D-1 préciser Quelle version ?", room=await chat.direct(BEN))
    await chat.passes(days=30)

    assert (await request(chat)).status == "closed"
    assert [said.lines[0] for said in chat.messages if said.room_id == room] == [
        "Je referme cette demande, sans réponse depuis dix jours ouvrés\u00a0: interopérabilité (D-1)."
    ]


async def test_only_who_helps_hands_over(chat: Chat) -> None:
    room = await begun(chat)
    await chat.reacts(ANA, "🔁", introduction(chat, room))

    assert (await request(chat)).expert == BEN


async def test_it_is_reopened_with_the_same_person_first(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(ANA, "résolu", room=room)
    await chat.passes(days=8)
    chat.forget()
    await chat.says(ANA, "!expert D-1 rouvrir", room=await chat.direct(ANA))

    assert (await request(chat)).status == "seeking"
    latest = await chat.rows("SELECT person FROM help_offer WHERE turn = 2 ORDER BY id")
    assert latest[0] == (BEN,)
    await chat.reacts(BEN, "✅", next(card for card in offers(chat) if card.meant_for == [BEN]))
    assert len(made_rooms(chat)) == 2


async def test_after_thirty_days_it_is_too_late_to_reopen(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(ANA, "résolu", room=room)
    await chat.passes(days=40)
    chat.forget()
    await chat.says(ANA, "!expert D-1 rouvrir", room=await chat.direct(ANA))

    assert chat.texts[-1].startswith("Il est trop tard pour cela.")


async def test_a_detail_that_never_comes_closes_it_kindly(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(BEN, "Bonjour", room=room)
    await chat.says(BEN, "!expert D-1 préciser Quelle version ?", room=await chat.direct(BEN))
    assert (await request(chat)).status == "awaiting_requester"
    assert "Quelle version ?" in to(chat, ANA)[-1].text
    await chat.passes(days=16)

    assert (await request(chat)).status == "closed"
    assert "sans réponse depuis dix jours ouvrés" in to(chat, ANA)[-1].text
    assert "sans réponse depuis dix jours ouvrés" in to(chat, BEN)[-1].text


async def test_the_team_closes_a_request_with_a_reason_that_is_told(chat: Chat) -> None:
    await begun(chat)
    await chat.says(MODO, "!expert D-1 annuler")
    assert "Dites pourquoi après le mot" in chat.last.text
    await chat.says(MODO, "!expert D-1 annuler hors du champ de la communauté")

    assert (await request(chat)).status == "cancelled"
    assert "Raison donnée\u00a0: hors du champ de la communauté" in to(chat, ANA)[-1].text


async def test_sent_away_the_bot_leaves_and_the_exchange_goes_on(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(ANA, "bot sortir", room=room)

    assert (await request(chat)).status == "under_way"
    assert "@relais:example.org" not in chat.homeserver.members(room)
    assert name_of(chat, room) == "D-1 interopérabilité, Ana et Ben"
    await chat.says(ANA, "!expert D-1 résolu", room=await chat.direct(ANA))
    assert (await request(chat)).status == "resolved"


async def test_the_card_of_an_earlier_search_counts_again_once_it_is_reopened(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    ben, cleo = (next(card for card in offers(chat) if card.meant_for == [who]) for who in (BEN, CLEO))
    await chat.reacts(BEN, "✅", ben)
    await chat.says(ANA, "!expert D-1 résolu", room=await chat.direct(ANA))
    await chat.passes(days=8)
    await chat.says(ANA, "!expert D-1 rouvrir", room=await chat.direct(ANA))
    await chat.reacts(CLEO, "✅", cleo)

    assert (await request(chat)).expert == CLEO
    assert len(made_rooms(chat)) == 2


async def test_help_in_their_room_is_what_the_two_may_write_there(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(ANA, "!aide", room=room)
    assert chat.last.lines == [
        "Voici ce que vous pouvez m'écrire dans ce salon (D-1)\u00a0:",
        "- résolu\u00a0: c'est réglé, je quitte le salon",
        "- passer 🔁\u00a0: Ben ne peut plus aider",
        "- bot sortir\u00a0: vous parlez sans moi",
        "Le reste, dans un salon de votre communauté ou en privé avec moi.",
    ]
    assert len(chat.sent) == 1
