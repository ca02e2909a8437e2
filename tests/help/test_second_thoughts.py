"""Promises to whoever answers against expectation: away, too early, or when everything has changed meanwhile."""

from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import made_rooms, offers, request, volunteers
from tests.help.test_answering import asked


async def goes_away(chat: Chat, person: str) -> None:
    """From today to the end of the week; what was proposed to them is withdrawn."""
    await chat.says(person, "!moi absence du 5 au 8 janvier", room=await chat.direct(person))
    await chat.passes(minutes=1)
    chat.forget()


async def test_who_is_away_and_says_yes_all_the_same_has_it(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await goes_away(chat, BEN)
    await chat.reacts(BEN, "✅", ben)

    assert (await request(chat)).expert == BEN
    assert len(made_rooms(chat)) == 1


async def test_who_is_away_reads_that_others_are_asked_and_how_to_help_all_the_same(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(BEN, "!moi absence du 5 au 8 janvier", room=await chat.direct(BEN))
    await chat.passes(minutes=1)

    card = [said for said in chat.sent if said.edits == ben.event_id][-1]
    assert card.lines == [
        "Votre absence commence\u00a0: je demande à d'autres. Vous n'avez rien à faire (D-1, interopérabilité).",
        "Pour aider quand même\u00a0: !expert D-1 prendre",
    ]
    await chat.says(BEN, "!expert D-1 prendre", room=ben.room_id)
    assert (await request(chat)).expert == BEN


async def test_who_is_away_is_not_asked_again_when_a_yes_is_taken_back(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    await goes_away(chat, BEN)
    yes = await chat.reacts(CLEO, "✅", cleo)
    chat.forget()
    await chat.redacts(CLEO, yes, room=cleo.room_id)

    assert (await request(chat)).status == "seeking"
    assert [said.text for said in chat.sent if said.edits == ben.event_id] == []


async def test_a_yes_removed_at_once_after_the_first_word_stays_and_the_way_out_is_told(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    yes = await chat.reacts(BEN, "✅", ben)
    room = made_rooms(chat)[0]
    chat.homeserver.member(room, BEN)
    await chat.says(BEN, "Bonjour Ana", room=room)
    chat.forget()
    await chat.redacts(BEN, yes, room=ben.room_id)

    assert (await request(chat)).status == "under_way"
    assert "!expert D-1 passer" in chat.last.text


async def test_a_yes_removed_after_the_end_is_left_alone(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    yes = await chat.reacts(BEN, "✅", ben)
    await chat.says(ANA, "!expert D-1 annuler", room=await chat.direct(ANA))
    chat.forget()
    await chat.redacts(BEN, yes, room=ben.room_id)
    await chat.reacts(BEN, "❌", ben)

    assert chat.texts == ["La demande D-1 (interopérabilité) a été refermée entre-temps. Merci d'avoir répondu."]


async def test_a_no_removed_after_the_end_leaves_nothing_to_answer(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    no = await chat.reacts(BEN, "❌", ben)
    await chat.says(ANA, "!expert D-1 annuler", room=await chat.direct(ANA))
    await chat.redacts(BEN, no, room=ben.room_id)
    await chat.says(BEN, "!expert offres", room=ben.room_id)

    assert chat.last.text == "Aucune demande ne vous est proposée en ce moment."


async def test_a_no_of_an_earlier_search_is_removed_without_a_fault(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    no = await chat.reacts(BEN, "❌", ben)
    await chat.reacts(CLEO, "✅", cleo)
    await volunteers(chat, MODO)
    await chat.says(CLEO, "!expert D-1 passer", room=cleo.room_id)
    await chat.reacts(MODO, "✅", next(card for card in offers(chat) if card.meant_for == [MODO]))
    chat.forget()
    await chat.redacts(BEN, no, room=ben.room_id)

    assert (await request(chat)).expert == MODO
    assert chat.messages == []
    assert await chat.rows("SELECT id FROM inbox WHERE status = 'failed'") == []


async def test_whoever_accepted_in_words_takes_it_back_in_words(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(BEN, "oui, je prends", room=ben.room_id, reply_to=ben)
    assert (await request(chat)).expert == BEN
    assert "répondez «\u00a0non\u00a0»" in "".join(said.text for said in chat.sent if said.edits == ben.event_id)
    await chat.says(BEN, "en fait je ne peux plus", room=ben.room_id)

    assert (await request(chat)).status == "seeking"


async def test_an_acknowledgement_after_a_no_is_no_yes(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(BEN, "non", room=ben.room_id)
    for said in ("d'accord", "ok merci", "c'est noté", "ça marche"):
        await chat.says(BEN, said, room=ben.room_id)
    assert (await request(chat)).expert is None

    await chat.says(BEN, "finalement oui, je prends", room=ben.room_id)
    assert (await request(chat)).expert == BEN


async def test_whoever_says_that_they_are_away_accepts_nothing(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    for said in ("je serai absente jeudi", "je serai au bloc", "je viens de voir", "je prends note", "please do not"):
        await chat.says(BEN, said, room=ben.room_id)
    assert (await request(chat)).expert is None
