"""Promises of the search: groups in working time, nobody in limbo, nobody asked more than they wished."""

from datetime import UTC, datetime

from sqlmodel import col, select

from bot.help.tables import HelpOffer
from bot.mailbox import direct_chats
from bot.store.database import Database
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import asks, at, offers, request, sets, shown, to, volunteers
from tests.homeserver import BOT

CREW = tuple(f"@crew{number}:example.org" for number in range(6))
NIGHT = [[day, 21 * 60, 31 * 60] for day in range(7)]


async def asked_at(chat: Chat) -> list[datetime]:
    async with chat.database.reading() as tx:
        return [one.asked_at for one in await tx.exec(select(HelpOffer).order_by(col(HelpOffer.id)))]


async def starting(database: Database, moment: datetime) -> Chat:
    return Chat(database, started_at=moment)


async def test_after_two_three_more_are_asked_and_late_answers_stay_welcome(chat: Chat) -> None:
    await volunteers(chat, *CREW)
    await asks(chat, ANA)
    first = offers(chat)
    assert len(first) == 2
    await chat.passes(days=1)
    assert len(offers(chat)) == 5

    await chat.reacts(first[0].meant_for[0], "✅", first[0])
    assert (await request(chat)).expert == first[0].meant_for[0]


async def test_a_request_of_friday_evening_moves_on_monday_at_the_same_time(database: Database) -> None:
    async with await starting(database, at(17, 30, day=8)) as chat:
        await volunteers(chat, *CREW)
        await asks(chat, ANA)
        await chat.passes(days=4)
        assert sorted(set(await asked_at(chat))) == [at(17, 30, day=8), at(17, 30, day=11)]


async def test_or_on_tuesday_when_monday_is_a_holiday(database: Database) -> None:
    friday = datetime(2027, 3, 26, 16, 30, tzinfo=UTC)  # Easter Monday is 29 March; clocks change on the 28th
    async with await starting(database, friday) as chat:
        await volunteers(chat, *CREW)
        await asks(chat, ANA)
        await chat.passes(days=5)
        assert max(await asked_at(chat)) == datetime(2027, 3, 30, 15, 30, tzinfo=UTC)


async def test_with_four_working_hours_it_moves_on_monday_at_half_past_eleven(database: Database) -> None:
    async with await starting(database, at(17, 30, day=8)) as chat:
        await volunteers(chat, *CREW)
        await chat.confirms(MODO, "!admin entraide délai 4 h")
        await asks(chat, ANA)
        await chat.passes(days=3)
        assert sorted(set(await asked_at(chat)))[:2] == [at(17, 30, day=8), at(11, 30, day=11)]


async def test_at_night_it_is_acknowledged_at_once_and_volunteers_sleep(database: Database) -> None:
    async with await starting(database, at(23, 0, day=5)) as chat:
        await volunteers(chat, BEN, CLEO)
        await asks(chat, ANA)
        assert offers(chat) == []
        assert "J'écris à des volontaires mercredi 6 janvier à 8\u00a0h\u00a030" in shown(chat, ANA).text
        await chat.passes(hours=9)
        assert offers(chat) == []
        await chat.passes(minutes=30)
        assert len(offers(chat)) == 2


async def test_who_works_at_night_is_asked_at_night(database: Database) -> None:
    async with await starting(database, at(23, 0, day=5)) as chat:
        await volunteers(chat, BEN, CLEO)
        await sets(chat, BEN, hours=NIGHT)
        await asks(chat, ANA)
        assert [said.meant_for for said in offers(chat)] == [[BEN]]
        await chat.passes(hours=10)
        assert [said.meant_for for said in offers(chat)] == [[BEN], [CLEO]]


async def test_when_all_of_a_group_decline_the_next_is_asked_at_once(chat: Chat) -> None:
    await volunteers(chat, *CREW)
    await asks(chat, ANA)
    for card in offers(chat):
        await chat.reacts(card.meant_for[0], "❌", card)

    assert len(offers(chat)) == 5


async def test_without_anybody_the_truth_is_told_and_the_team_knows(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    chat.forget()
    await chat.passes(days=1)

    truth = to(chat, ANA)[0].text
    assert truth.startswith("Personne n'est encore disponible\u00a0: interopérabilité (D-1).")
    assert "J'ai écrit à 2 volontaires." in truth
    assert "nouvelles au plus tard lundi 11 janvier à 18\u00a0h\u00a000." in truth
    team = next(said for said in chat.messages if said.meant_for == [MODO])
    assert "Volontaires à qui j'ai écrit\u00a0: 2. Pas cette fois\u00a0: 0. Sans réponse\u00a0: 2." in team.text
    assert (await request(chat)).status == "untaken"


async def test_where_nobody_volunteers_at_all_it_is_said_at_once(chat: Chat) -> None:
    await asks(chat, ANA)

    assert (await request(chat)).status == "untaken"
    (said,) = [said.text for said in to(chat, ANA) if "À relire avant envoi" not in said.text]
    assert said.count("disponible") == 1
    assert any("Personne n'est encore disponible" in text for text in chat.texts)


async def test_another_topic_with_nobody_either_is_noted_and_tells_nobody_again(chat: Chat) -> None:
    await asks(chat, ANA)
    room = await chat.direct(ANA)
    team = len(to(chat, MODO))
    await chat.says(ANA, "!expert D-1 sujet télésanté", room=room)
    assert "D-1" in chat.last.text
    assert await chat.rows("SELECT topic, status FROM help_request") == [("telesante", "untaken")]
    assert len(to(chat, MODO)) == team


async def test_who_volunteers_later_is_asked_when_news_are_due(chat: Chat) -> None:
    await asks(chat, ANA)
    await volunteers(chat, BEN)
    await chat.passes(days=4)

    assert [card.meant_for for card in offers(chat)] == [[BEN]]
    assert "J'ai écrit à 1 volontaire" in to(chat, ANA)[0].text


async def test_colleagues_who_were_asked_are_not_proposed_again(chat: Chat) -> None:
    await asks(chat, ANA)
    await chat.says(ANA, "collègues", room=await chat.direct(ANA))
    chat.forget()
    await chat.passes(days=2)

    assert "Personne n'est encore disponible" in to(chat, ANA)[0].text
    assert "collègues" not in to(chat, ANA)[0].text


async def test_who_declined_the_direct_chat_is_passed_over(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    async with chat.database.transaction() as tx:
        await direct_chats.refused(tx, BOT, await chat.direct(BEN))
    await asks(chat, ANA)
    await chat.says(MODO, "!admin simuler D-1")

    assert [card.meant_for for card in offers(chat)] == [[CLEO]]
    assert "Ben\u00a0: n'a pas de conversation privée avec moi" in chat.last.text


async def test_only_a_group_that_is_not_the_last_hears_that_others_follow(chat: Chat) -> None:
    await volunteers(chat, *CREW)
    await asks(chat, ANA)
    await chat.passes(days=1)

    promised = ["mercredi 6 janvier à 10\u00a0h\u00a000, j'écrirai à d'autres" in card.text for card in offers(chat)]
    assert promised == [True, True, False, False, False]
    assert not any("j'écrirai à d'autres" in card.text for card in offers(chat)[2:])


async def test_a_late_yes_is_welcome_even_then(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    card = offers(chat)[0]
    await chat.passes(days=2)
    assert (await request(chat)).status == "untaken"
    await chat.reacts(BEN, "✅", card)

    assert (await request(chat)).expert == BEN


async def test_news_come_at_the_promised_hour_though_nothing_happened(chat: Chat) -> None:
    await volunteers(chat, *CREW)
    await asks(chat, ANA)
    await chat.passes(days=2, hours=20)
    until = (await request(chat)).news_at
    assert until is not None
    chat.forget()
    await chat.passes(days=7)

    assert any("Des nouvelles de votre demande" in said.text for said in to(chat, ANA))
    later = (await request(chat)).news_at
    assert later is not None
    assert later > until


async def test_three_offers_without_an_answer_propose_a_pause_once(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await sets(chat, BEN, month_cap=9, open_cap=9)
    for person in (ANA, CLEO, MODO):
        await asks(chat, person)
    chat.forget()
    await chat.passes(days=3)

    pauses = [said.text for said in to(chat, BEN) if "!moi pause" in said.text]
    assert len(pauses) == 1
    assert "cela arrive à tout le monde" in pauses[0]


async def test_nobody_is_asked_more_in_a_month_than_they_wished(chat: Chat) -> None:
    await volunteers(chat, BEN)
    for person in (ANA, CLEO, MODO):
        await asks(chat, person)

    assert len(offers(chat)) == 2


async def test_a_restart_between_asking_and_answering_loses_nothing(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    card = offers(chat)[0]
    await chat.restarts()
    chat.forget()
    await chat.reacts(card.meant_for[0], "✅", card)

    assert (await request(chat)).expert == card.meant_for[0]
