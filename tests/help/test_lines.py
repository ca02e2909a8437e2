"""What mutual help takes of a phone: each message has a budget, and so has the way to somebody who accepts."""

import pytest

from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.help.people import asks, made_rooms, offers, to, volunteers, works
from tests.phone import lines_of


def lines(said: Said) -> int:
    return lines_of(said.text)


async def test_from_a_question_to_somebody_who_accepts_its_author_reads_at_most_36_lines(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    await asks(chat, ANA)
    preview = to(chat, ANA)[0]
    assert "DOC-" in preview.text
    assert lines(preview) <= 14
    assert lines(offers(chat)[0]) <= 14
    await chat.reacts(BEN, "✅", next(card for card in offers(chat) if card.meant_for == [BEN]))

    introduced = [said for said in chat.messages if said.room_id in made_rooms(chat)]
    sent = next(said for said in chat.sent if said.edits == preview.event_id)
    read = [preview, sent, *to(chat, ANA)[1:], *introduced]
    assert len(read) == 4
    assert sum(map(lines, read)) <= 36, [(lines(said), said.text) for said in read]


async def test_whoever_volunteers_reads_at_most_16_lines_at_a_time(chat: Chat) -> None:
    room = await chat.direct(CLEO)
    for words in ("!expert devenir", "1 3", "oui"):
        await chat.says(CLEO, words, room=room)
    await chat.reacts(MODO, "✅", next(said for said in chat.messages if "Cleo propose" in said.text))

    read = to(chat, CLEO)
    assert "Vous êtes maintenant volontaire" in read[-1].text
    assert max(map(lines, read)) <= 16, [(lines(said), said.text) for said in read]


async def test_that_nobody_is_available_takes_at_most_9_lines(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    await asks(chat, MODO, "Comment choisir un outil de télésanté en EHPAD ?")
    chat.forget()
    await chat.passes(days=4)

    for person in (ANA, MODO):
        assert all(lines(said) <= 9 for said in to(chat, person)), [(lines(s), s.text) for s in to(chat, person)]


@pytest.mark.parametrize("words", ["!expert mes", "!admin entraide", "!admin simuler D-1"])
async def test_where_requests_stand_is_a_short_list(chat: Chat, words: str) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    person = ANA if "mes" in words else MODO
    await chat.says(person, words, room=await chat.direct(person))

    assert lines(chat.last) <= 12, chat.last.text
    assert "<li>" in chat.last.html
