"""Promises of what a team sets of mutual help: the request goes on by it, and what is said of it is true."""

from datetime import datetime

from sqlmodel import col, select

from bot.help.tables import HelpOffer
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import asks, at, offers, sets, shown, volunteers


async def asked_at(chat: Chat) -> list[datetime]:
    async with chat.database.reading() as tx:
        return list(await tx.exec(select(HelpOffer.asked_at).order_by(col(HelpOffer.id))))


async def test_as_many_are_asked_as_the_team_set(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin réglage vague1 1")
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    assert len(offers(chat)) == 1
    await chat.passes(days=1)
    assert len(offers(chat)) == 2


async def test_volunteers_are_asked_in_the_community_s_hours_unless_they_set_their_own(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin réglage heures ouvrées lun-ven 13h-18h")
    await volunteers(chat, BEN, CLEO)
    await sets(chat, CLEO, hours=[[day, 8 * 60, 12 * 60] for day in range(5)])
    await asks(chat, ANA)
    await chat.passes(hours=4)
    assert await asked_at(chat) == [at(10, 0, day=5), at(13, 0, day=5)]


async def test_nobody_has_more_requests_than_the_team_allows_even_who_wished_for_more(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin réglage mois-max 1")
    await volunteers(chat, BEN, CLEO)
    await sets(chat, BEN, month_cap=5, open_cap=5)
    await asks(chat, ANA)
    await asks(chat, ANA, "Comment tester une interface d'interopérabilité avant la mise en service ?")
    assert sorted(person for said in offers(chat) for person in said.meant_for) == [BEN, CLEO]
    await chat.says(BEN, "!moi charge", room=await chat.direct(BEN))
    assert "Dans cette communauté\u00a0: au plus 20 à la fois, et 1 par mois." in chat.last.lines


async def test_colleagues_are_waited_for_as_long_as_it_is_said(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin réglage délai-collègues 2")
    await volunteers(chat, BEN)
    await asks(chat, ANA, options="collègues")
    assert "Sans réponse d'ici 2 jours ouvrés, j'écris à des volontaires." in shown(chat, ANA).text
    await chat.passes(days=1)
    assert offers(chat) == []
    await chat.passes(days=1)
    assert len(offers(chat)) == 1
