"""Promises of volunteering: never without both agreements, and every setting is one's own."""

from datetime import timedelta

import pytest

from bot.volunteers import availability
from bot.volunteers import volunteers as experts
from bot.volunteers.tables import Availability, Expert
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import COMMUNITY, asks, made_rooms, offers, sets, to, volunteers


async def expert(chat: Chat, person: str) -> Expert | None:
    async with chat.database.reading() as tx:
        return await experts.get(tx, COMMUNITY, person)


async def settings(chat: Chat, person: str) -> Availability:
    async with chat.database.reading() as tx:
        return await availability.of(tx, person)


async def active(chat: Chat, person: str) -> bool:
    found = await expert(chat, person)
    return found is not None and experts.is_active(found)


async def test_volunteering_takes_topics_by_number_and_both_agreements(chat: Chat) -> None:
    room = await chat.direct(BEN)
    await chat.says(BEN, "!expert devenir")
    invitation = to(chat, BEN)[-1]
    assert "3. Interopérabilité" in invitation.text
    assert invitation.text.endswith("Répondez par exemple 1 3, ou tout")

    await chat.reacts(BEN, "✅", invitation)
    assert "Choisissez d'abord vos sujets" in chat.last.text
    await chat.says(BEN, "sujets 1 3", room=room)
    assert "interopérabilité" in chat.last.text
    assert "2 demandes par mois au plus" in chat.last.text
    await chat.reacts(BEN, "✅", chat.last)
    assert not await active(chat, BEN)
    question = next(said for said in chat.messages if said.room_id == chat.room and "Ben propose" in said.text)

    await chat.reacts(CLEO, "✅", question)
    assert not await active(chat, BEN)
    await chat.reacts(MODO, "✅", question)
    assert await active(chat, BEN)
    assert "Vous êtes maintenant volontaire." in to(chat, BEN)[-1].text


async def test_a_moderator_proposes_and_the_person_decides(chat: Chat) -> None:
    await chat.direct(BEN)
    await chat.says(MODO, f"!admin expert ajouter {BEN} interopérabilité")
    await chat.says(MODO, "oui")
    assert not await active(chat, BEN)
    await asks(chat, ANA)
    assert offers(chat) == []

    await chat.reacts(BEN, "✅", to(chat, BEN)[-1])
    assert await active(chat, BEN)


async def test_whoever_would_like_other_topics_than_the_team_proposed_sees_them_by_number(chat: Chat) -> None:
    room = await chat.direct(BEN)
    await chat.says(MODO, f"!admin expert ajouter {BEN} interopérabilité")
    await chat.says(MODO, "oui")
    await chat.says(BEN, "sujets", room=room)

    assert chat.last.lines[0] == "Vos sujets\u00a0: interopérabilité."
    assert "4. Messagerie sécurisée de santé" in chat.last.text
    await chat.says(BEN, "sujets -3", room=room)
    await chat.says(BEN, "sujets", room=room)
    assert "4. Messagerie sécurisée de santé" in chat.last.text
    assert "sujets 1 3" in chat.last.text


async def test_who_refuses_is_left_alone(chat: Chat) -> None:
    await chat.direct(BEN)
    await chat.says(MODO, f"!admin expert ajouter {BEN} 3")
    await chat.says(MODO, "oui")
    await chat.reacts(BEN, "❌", to(chat, BEN)[-1])

    assert await expert(chat, BEN) is None


async def test_an_invitation_not_accepted_in_a_day_is_recalled_in_the_thread(chat: Chat) -> None:
    command = await chat.says(BEN, "!expert devenir")
    chat.forget()
    await chat.passes(days=1)

    assert chat.last.thread == command
    assert chat.last.meant_for == [BEN]


async def test_members_may_neither_propose_nor_look_at_figures(chat: Chat) -> None:
    for command in (f"!admin expert ajouter {BEN} 3", "!admin simuler D-1", "!admin entraide"):
        chat.forget()
        await chat.says(ANA, command)
        assert "équipe" in chat.last.text
    assert await expert(chat, BEN) is None


@pytest.mark.parametrize(
    ("command", "field", "value"),
    [
        ("!moi pause", "paused", True),
        ("!moi charge 4", "open_cap", 4),
        ("!moi charge 3 par mois", "month_cap", 3),
        ("!moi horaires nuit 21h-7h", "hours", [[day, 1260, 1860] for day in range(7)]),
    ],
)
async def test_one_word_sets_what_one_wishes(chat: Chat, command: str, field: str, value: object) -> None:
    await volunteers(chat, BEN)
    await chat.says(BEN, command, room=await chat.direct(BEN))

    assert getattr(await settings(chat, BEN), field) == value


@pytest.mark.parametrize(
    "command",
    [
        "!moi charge beaucoup",
        "!moi charge 0",
        "!moi charge ²",
        "!moi horaires quand je veux",
        "!moi absent un jour ou l'autre",
    ],
)
async def test_what_cannot_be_understood_is_answered_by_an_example(chat: Chat, command: str) -> None:
    await volunteers(chat, BEN)
    await chat.says(BEN, command, room=await chat.direct(BEN))

    assert "par exemple\u00a0: !moi" in chat.last.text


async def test_a_break_keeps_requests_away_until_it_ends(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.says(BEN, "!moi pause", room=await chat.direct(BEN))
    await asks(chat, ANA)
    assert offers(chat) == []
    await chat.says(BEN, "!moi reprendre", room=await chat.direct(BEN))
    await asks(chat, ANA)
    assert len(offers(chat)) == 1


async def test_who_is_away_makes_way_and_comes_back_by_themselves(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO, MODO)
    await asks(chat, ANA)
    card = next(card for card in offers(chat) if card.meant_for == [BEN])
    chat.forget()
    await chat.says(BEN, "!moi absent du 5 au 8 janvier", room=await chat.direct(BEN))
    await chat.passes(minutes=1)
    assert any(said.edits == card.event_id for said in chat.sent)
    await asks(chat, ANA)
    assert [BEN] not in [said.meant_for for said in offers(chat)]

    chat.forget()
    await chat.passes(days=6)
    assert any(said.text.startswith("Bon retour.") for said in to(chat, BEN))
    assert (await settings(chat, BEN)).absent_to is None


async def test_an_absence_that_is_told_late_runs_from_today(chat: Chat) -> None:
    await volunteers(chat, BEN)
    began, ends = chat.now - timedelta(days=2), chat.now + timedelta(days=3)
    await chat.says(BEN, f"!moi absent du {began.day} au {ends.day}", room=await chat.direct(BEN))
    row = await settings(chat, BEN)
    assert (row.absent_from, row.absent_to) == (chat.now.date(), ends.date())


async def test_what_somebody_away_helps_with_is_handed_over_unless_they_keep_it(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    await volunteers(chat, CLEO)
    await chat.says(BEN, "!moi absent du 5 au 8 janvier", room=await chat.direct(BEN))
    await chat.passes(minutes=1)
    assert "Votre absence commence, et vous aidez Ana (D-1, interopérabilité)." in to(chat, BEN)[-1].text
    await chat.passes(days=1)

    assert [card.meant_for for card in offers(chat)] == [[CLEO]]
    assert len(made_rooms(chat)) == 1


async def test_a_delegate_is_asked_instead_and_a_circle_is_refused(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await volunteers(chat, CLEO, topic="rgpd")
    await chat.says(BEN, "!moi absent du 5 au 8 janvier remplacement @cleo", room=await chat.direct(BEN))
    assert "les demandes sont proposées à Cleo" in chat.last.text
    await chat.says(CLEO, "!moi absent du 6 au 7 janvier remplacement @ben", room=await chat.direct(CLEO))
    assert "Cette personne compte elle-même sur vous" in chat.last.text
    await asks(chat, ANA)

    assert [card.meant_for for card in offers(chat)] == [[CLEO]]


async def test_a_delegate_who_is_no_volunteer_is_refused(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.says(BEN, "!moi absent du 5 au 8 janvier remplacement @ana", room=await chat.direct(BEN))

    assert "nommez une personne également volontaire" in chat.last.text


async def test_simulating_says_who_and_why_without_figures_about_anybody(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await sets(chat, CLEO, paused=True)
    await asks(chat, ANA)
    await volunteers(chat, MODO)
    await chat.says(MODO, "!admin simuler D-1")

    assert "1. Modo\u00a0: ce sujet précis" in chat.last.text
    assert "Cleo\u00a0: en pause" in chat.last.text
    assert "Ben\u00a0: a déjà reçu la demande" in chat.last.text


async def test_figures_hide_what_few_people_said(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.passes(days=2)
    await chat.says(MODO, "!admin entraide")

    assert "1 demande ouverte, dont 1 sans personne pour y répondre." in chat.last.text
    assert "interopérabilité (D-1)\u00a0: 2 jours ouvrés" in chat.last.text
    assert "!admin tableau satisfaction" in chat.last.text


async def test_who_agrees_is_asked_by_other_communities_about_the_same_topics(chat: Chat) -> None:
    await chat.opens("!rse:example.org", community="rse", members=(BEN, CLEO))
    for person in (BEN, CLEO):
        await volunteers(chat, person, community="rse")
    room = await chat.direct(BEN)
    assert "Seule cette communauté" in await after(chat, BEN, "!moi ailleurs", room)
    await chat.says(BEN, "!moi ailleurs oui", room=room)
    await asks(chat, ANA)
    assert [card.meant_for for card in offers(chat)] == [[BEN]]

    assert "Seule cette communauté" in await after(chat, BEN, "!moi ailleurs non", room)
    chat.forget()
    await asks(chat, ANA)
    assert offers(chat) == []


async def after(chat: Chat, person: str, text: str, room: str) -> str:
    await chat.says(person, text, room=room)
    return chat.last.text


@pytest.mark.parametrize(
    ("words", "missing"), [((), "Vous n'avez pas encore de sujet."), (("1 3",), "Vos sujets\u00a0: dossier patient")]
)
async def test_whoever_stops_half_way_is_reminded_that_nothing_is_done(
    chat: Chat, words: tuple[str, ...], missing: str
) -> None:
    room = await chat.direct(BEN)
    for said in ("!expert devenir", *words):
        await chat.says(BEN, said, room=room)
    chat.forget()
    await chat.passes(days=1)

    assert chat.last.lines[0] == "Vous n'êtes pas encore volontaire (Numérique en santé)."
    assert chat.last.lines[1].startswith(missing)
