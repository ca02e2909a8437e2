"""Promises of erasure: who asked hears from us, nobody waits for somebody who is gone, and no row names them."""

import pytest
from sqlmodel import SQLModel, select

from bot.help import requests
from bot.help.tables import HelpOffer, HelpRequest
from bot.privacy import privacy
from bot.volunteers.tables import Availability, Expert, ExpertTopic, Profile
from tests.chat import ANA, BEN, CLEO, Chat
from tests.help.people import asks, offers, request, to, volunteers, works
from tests.test_privacy_schema import hands


async def erases(chat: Chat, person: str) -> None:
    async with hands(chat) as own:
        await privacy.erase(own, person)
    await chat.settles()


async def named(chat: Chat, person: str) -> list[SQLModel]:
    found: list[SQLModel] = []
    async with chat.database.reading() as tx:
        for table in (Expert, ExpertTopic, Availability, Profile, HelpOffer, HelpRequest):
            found += [row for row in await tx.exec(select(table)) if person in str(row.model_dump())]
    return found


async def test_an_expert_erased_after_accepting_is_replaced(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    await volunteers(chat, CLEO)
    await erases(chat, BEN)

    assert [card.meant_for for card in offers(chat)] == [[CLEO]]
    assert "Je cherche une autre personne." in to(chat, ANA)[-1].text
    assert await named(chat, BEN) == []


async def test_an_expert_erased_while_asked_makes_way(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await volunteers(chat, CLEO)
    await erases(chat, BEN)

    assert [card.meant_for for card in offers(chat)] == [[CLEO]]
    assert await named(chat, BEN) == []


async def test_what_an_erased_person_asked_is_given_up_and_no_longer_read(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    await asks(chat, ANA)
    card = offers(chat)[0]
    await erases(chat, ANA)

    assert any(said.edits == card.event_id and "refermée" in said.text for said in chat.sent)
    async with chat.database.reading() as tx:
        request = await requests.get(tx, 1)
    assert request is not None
    assert (request.status, request.requester, request.text) == ("cancelled", None, "")
    assert await named(chat, ANA) == []


@pytest.mark.parametrize("membership", ["leave", "ban"])
async def test_who_left_the_community_is_asked_no_more_and_others_take_over(chat: Chat, membership: str) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    card = offers(chat)[0]
    await chat.reacts(BEN, "✅", card)
    await volunteers(chat, CLEO)
    chat.homeserver.member(chat.room, BEN, membership)
    await chat.hears(chat.room)
    await chat.passes(minutes=1)

    assert [said.meant_for for said in offers(chat)] == [[CLEO]]
    chat.forget()
    await chat.reacts(BEN, "✅", card)
    assert [said.room_id for said in chat.messages] == [card.room_id]
    assert (await request(chat)).expert is None
