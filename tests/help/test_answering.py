"""Promises of answering an offer: one winner, no reproach, a polite word for whoever comes too late."""

import asyncio

from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.help.people import QUESTION, asks, made_rooms, offers, request, sets, to, volunteers


async def asked(chat: Chat) -> tuple[Said, Said]:
    """A request that Ben and Cleo were asked about: their cards."""
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    ben, cleo = (next(card for card in offers(chat) if card.meant_for == [who]) for who in (BEN, CLEO))
    chat.forget()
    return ben, cleo


async def test_an_offer_rings_in_private_and_says_what_happens_if_nothing_is_done(chat: Chat) -> None:
    ben, _cleo = await asked(chat)

    assert ben.rings
    assert ben.lines[0] == "Une question pour vous\u00a0: interopérabilité (D-1)"
    assert "mercredi 6 janvier à 10\u00a0h\u00a000, j'écrirai à d'autres." in ben.text
    assert len(ben.lines) <= 12


async def test_the_first_yes_wins_and_the_other_card_changes_quietly(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    await chat.reacts(BEN, "✅", ben)

    assert (await request(chat)).expert == BEN
    assert len(made_rooms(chat)) == 1
    edit = next(said for said in chat.sent if said.edits == cleo.event_id)
    assert edit.text.startswith("Ben s'occupe de cette demande")
    assert not edit.rings
    assert to(chat, CLEO) == []
    assert "Bonne nouvelle, Ana\u00a0: Ben accepte de vous aider (D-1, interopérabilité)." in to(chat, ANA)[0].text


async def test_whoever_comes_too_late_is_thanked_once(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    await chat.reacts(BEN, "✅", ben)
    chat.forget()
    await chat.reacts(CLEO, "✅", cleo)
    await chat.reacts(CLEO, "👍", cleo)

    assert chat.texts == ["Ben s'occupe déjà de cette demande\u00a0: interopérabilité (D-1). Merci d'avoir répondu."]
    assert len(made_rooms(chat)) == 1


async def test_two_at_once_have_one_winner_and_one_room(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    await asyncio.gather(chat.reacts(BEN, "✅", ben), chat.reacts(CLEO, "✅", cleo))

    assert (await request(chat)).expert in (BEN, CLEO)
    assert len(made_rooms(chat)) == 1


async def test_a_typed_yes_counts_like_the_gesture(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(BEN, "oui, volontiers".replace("oui, ", ""), room=ben.room_id, reply_to=ben)

    assert (await request(chat)).expert == BEN


async def test_the_word_after_the_number_counts_too(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(BEN, "!expert D-1 prendre", room=ben.room_id)

    assert (await request(chat)).expert == BEN


async def test_a_no_needs_no_reason_and_can_be_taken_back(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    no = await chat.reacts(BEN, "❌", ben)
    assert chat.texts[-1].startswith("C'est noté, merci d'avoir répondu.")

    await chat.redacts(BEN, no, room=ben.room_id)
    await chat.reacts(BEN, "✅", ben)
    assert (await request(chat)).expert == BEN


async def test_of_yes_and_no_the_latest_counts(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    await chat.reacts(BEN, "✅", ben)
    await chat.reacts(BEN, "❌", ben)
    assert (await request(chat)).expert is None

    await chat.reacts(CLEO, "❌", cleo)
    await chat.reacts(CLEO, "✅", cleo)
    assert (await request(chat)).expert == CLEO


async def test_a_yes_removed_within_five_minutes_reopens_for_the_others(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    yes = await chat.reacts(BEN, "✅", ben)
    room = made_rooms(chat)[0]
    await chat.passes(minutes=4)
    chat.forget()
    await chat.redacts(BEN, yes, room=ben.room_id)

    assert (await request(chat)).status == "seeking"
    assert any(said.edits == cleo.event_id and QUESTION in said.text for said in chat.sent)
    assert "Ben n'est finalement pas disponible" in to(chat, ANA)[0].text
    assert "relais" not in "".join(chat.homeserver.members(room))
    await chat.reacts(CLEO, "✅", cleo)
    assert (await request(chat)).expert == CLEO
    assert len(made_rooms(chat)) == 2


async def test_a_yes_removed_later_stays_and_the_way_out_is_told(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    yes = await chat.reacts(BEN, "✅", ben)
    await chat.passes(minutes=6)
    chat.forget()
    await chat.redacts(BEN, yes, room=ben.room_id)

    assert (await request(chat)).expert == BEN
    assert "!expert D-1 passer" in chat.last.text


async def test_a_no_long_after_the_yes_says_how_to_hand_over(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.reacts(BEN, "✅", ben)
    await chat.passes(minutes=6)
    chat.forget()
    await chat.reacts(BEN, "❌", ben)

    assert chat.texts == ["Vous aidez déjà sur la demande D-1. Pour passer la main\u00a0: !expert D-1 passer"]


async def test_a_gesture_after_the_end_changes_nothing(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert D-1 annuler", room=room)
    chat.forget()
    await chat.reacts(BEN, "✅", ben)
    await chat.reacts(CLEO, "❌", cleo)

    assert (await request(chat)).status == "cancelled"
    assert chat.texts == ["La demande D-1 (interopérabilité) a été refermée entre-temps. Merci d'avoir répondu."]


async def test_gestures_of_others_and_of_the_bot_itself_count_for_nothing(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    chat.homeserver.member(ben.room_id, MODO)
    await chat.reacts(MODO, "✅", ben)
    await chat.reacts("@relais:example.org", "✅", ben)

    assert (await request(chat)).status == "seeking"
    assert [said.meant_for for said in chat.messages] == [[]]  # that a third person reads along is all that is said
    assert made_rooms(chat) == []


async def test_a_gesture_on_a_card_that_was_removed_changes_nothing_wrongly(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.reacts(BEN, "🗑️", ben)
    chat.forget()
    await chat.reacts(CLEO, "✅", ben, room=ben.room_id)

    assert (await request(chat)).status == "seeking"


async def test_nobody_carries_more_than_they_wished(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await sets(chat, BEN, open_cap=1)
    await asks(chat, ANA)
    await asks(chat, CLEO)
    first, second = offers(chat)
    await chat.reacts(BEN, "✅", first)
    chat.forget()
    await chat.reacts(BEN, "✅", second)

    assert (await request(chat, 2)).expert is None
    assert chat.last.text.startswith("Vous aidez déjà autant de personnes que souhaité.")


async def test_a_question_before_deciding_is_passed_on_without_a_name(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.reacts(BEN, "🤔", ben)
    assert "Quelle est votre question" in chat.last.text
    chat.forget()
    await chat.says(BEN, "!expert D-1 préciser Quel éditeur utilisez-vous ?", room=ben.room_id)

    question = to(chat, ANA)[0]
    assert "Quel éditeur utilisez-vous ?" in question.text
    assert "Ben" not in question.text
    chat.forget()
    await chat.says(ANA, "!expert D-1 répondre Un éditeur régional", room=question.room_id)
    assert "Un éditeur régional" in to(chat, BEN)[0].text
    assert "Un éditeur régional" in to(chat, CLEO)[0].text
    assert all("Ana" not in said.text for said in [*to(chat, BEN), *to(chat, CLEO)])


async def test_somebody_who_volunteers_no_more_is_told_how_to_come_back(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(MODO, f"!admin expert retirer {BEN}")
    await chat.says(MODO, "oui")
    chat.forget()
    await chat.reacts(BEN, "✅", ben)

    assert (await request(chat)).expert is None
    assert chat.texts == ["Vous n'êtes plus volontaire ici. Pour le redevenir\u00a0: !expert devenir"]


async def test_whoever_volunteers_elsewhere_only_takes_part_here_no_more(chat: Chat) -> None:
    """Unless they wished to be asked by other communities too."""
    ben, _cleo = await asked(chat)
    await volunteers(chat, BEN, community="rse")
    await chat.says(MODO, f"!admin expert retirer {BEN}")
    await chat.says(MODO, "oui")
    chat.forget()
    await chat.reacts(BEN, "✅", ben)

    assert (await request(chat)).expert is None
    assert chat.texts == ["Vous n'êtes plus volontaire ici. Pour le redevenir\u00a0: !expert devenir"]
