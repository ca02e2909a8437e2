"""A team is formed for a retained solution: people of several professions, each asked once, in a room of their own."""

import pytest

from bot.mailbox import direct_chats
from tests.attacks.gone import bans
from tests.attacks.moves import is_linked
from tests.challenges.opening import closes, kept, opens, outcomes, votes_begin
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.people import sets, volunteers
from tests.teams.forming import (
    DORA,
    EVE,
    FINN,
    answers,
    ask_card,
    asked,
    begun,
    enter,
    plain,
    read,
    retained,
    rooms_made,
    said_in,
    seats,
    team,
    works_as,
)


async def test_each_is_asked_once_and_the_room_is_made_once_though_two_moderators_say_yes(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await chat.direct(ANA)
    for person, profession in ((ANA, "infirmier"), (BEN, "medecin"), (CLEO, "pharmacien")):
        await works_as(chat, person, profession)
    await retained(chat)
    homes = {moderator: await chat.direct(moderator) for moderator in (MODO, BOSS)}
    for moderator, home in homes.items():
        await chat.says(moderator, "!admin défi C-1 équipe rythme 1er mardi 14h", room=home)
        assert "3 personnes recevraient la question" in plain(chat.last)
        assert "Métiers : 3 métiers." in plain(chat.last)
    assert await chat.rows("SELECT id FROM team") == []
    assert read(chat, ANA) == []
    for moderator, home in homes.items():
        await chat.says(moderator, "oui", room=home)
    assert "!E-1" in plain(chat.last), "the second learns that it was done"
    assert await seats(chat) == {ANA: "asked", BEN: "asked", CLEO: "asked"}
    assert [len(read(chat, person)) for person in (ANA, BEN, CLEO)] == [1, 1, 1]
    assert "Vous avez proposé cette solution" in read(chat, ANA)[0]

    for person in (ANA, BEN, CLEO):
        await answers(chat, person)
        await answers(chat, person)
    assert await outcomes(chat) == {1: "accompanied", 2: "not_retained"}
    assert (await kept(chat))["status"] == "accompanied"
    await chat.restarts()
    room = await enter(chat, ANA, BEN, CLEO)
    assert chat.homeserver.members(room) == ["@relais:example.org", ANA, BEN, CLEO]
    assert await is_linked(chat, room)
    assert len(rooms_made(chat, "E-1")) == 1
    shown, rhythm = said_in(chat, room)
    assert "Cleo : pharmacienne ou pharmacien" in shown
    assert "Les planifier ?" in rhythm
    await chat.says(BEN, "!E-1", room=room)
    assert "Au travail, 3 personnes" in plain(chat.last)
    await chat.says(BEN, "!E-1")
    assert "Cleo" not in plain(chat.last), "others read how many they are"
    await chat.says(MODO, "!admin tableau", room=homes[MODO])
    assert "1 équipe : 1 au travail" in plain(chat.last)


async def test_its_meet_ups_are_planned_once_by_whoever_is_in_it(chat: Chat) -> None:
    room = await begun(chat, line="rythme 1er mardi 14h")
    card = next(one for one in chat.messages if "Les planifier" in one.text)
    for person in (MODO, BEN, CLEO):
        await chat.reacts(person, "✅", card)
    rows = await chat.rows("SELECT room_id, organiser FROM meetup_series")
    assert [tuple(row) for row in rows] == [(room, BEN)]
    await chat.says(CLEO, "!E-1 rythme quand on peut", room=room)
    assert "je n'y lis pas de rythme" in plain(chat.last)
    await chat.says(CLEO, "!rdv", room=room)
    assert "Équipe E-1" in plain(chat.last)
    await chat.says(CLEO, "!rdv")
    assert "Équipe E-1" not in plain(chat.last), "it is for its members"
    await chat.says(MODO, "!E-1 rythme 2e jeudi 13h")
    assert "Seules les personnes de cette équipe" in plain(chat.last)


async def test_nobody_is_named_who_may_not_be_asked(chat: Chat) -> None:
    """Paused, absent, out of reach, at the limit, no volunteer: none of them is proposed, but whoever was named is."""
    await volunteers(chat, BEN, CLEO, DORA, EVE, FINN)
    await sets(chat, CLEO, paused=True)
    await sets(chat, DORA, month_cap=0)
    await chat.says(FINN, "stop", room=await chat.direct(FINN))
    async with chat.database.transaction() as tx:
        await direct_chats.refused(tx, "@relais:example.org", await chat.direct(EVE))
    await retained(chat)
    await chat.says(MODO, "!admin défi C-1 équipe")
    shown = plain(chat.last)
    assert [name for name in ("Ana", "Ben", "Cleo", "Dora", "Eve", "Finn") if name in shown] == ["Ana", "Ben"]
    assert "Qui n'a pas précisé le sien" in shown
    await chat.says(MODO, "!admin défi C-1 équipe sans Ana avec Cleo")
    assert [name for name in ("Ana", "Ben", "Cleo") if f"- {name}" in plain(chat.last)] == ["Ben", "Cleo"]
    await chat.says(MODO, "!admin défi C-1 équipe avec Finn")
    assert "ne veut pas de message" in plain(chat.last)
    assert await chat.rows("SELECT id FROM team") == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("en couleurs", "Je ne comprends pas ce que « en couleurs »"),
        ("rythme quand on peut", "je n'y lis pas de rythme"),
        ("exception", "Dites pourquoi moins de métiers suffisent"),
        ("n° 2", "La solution 2 de C-1 n'est pas retenue"),
        ("avec @nobody:example.org", "Je ne vois pas cette personne"),
    ],
)
async def test_what_is_wrong_with_a_line_is_said(chat: Chat, line: str, why: str) -> None:
    await retained(chat)
    await chat.says(MODO, f"!admin défi C-1 équipe {line}")
    assert why in plain(chat.last)
    assert await chat.rows("SELECT id FROM team") == []


async def test_a_team_needs_a_retained_solution_and_a_moderator(chat: Chat) -> None:
    await opens(chat)
    await chat.says(MODO, "!admin défi C-1 équipe")
    assert "C-1 n'a pas de solution retenue" in plain(chat.last)
    await chat.says(ANA, "!admin défi C-1 équipe")
    assert "réservée à l'équipe" in plain(chat.last)
    await chat.says(ANA, "!E-1")
    assert "Je ne connais pas d'équipe E-1" in plain(chat.last)
    await chat.says(ANA, "!équipe")
    assert "Il n'y a pas encore d'équipe" in plain(chat.last)


async def test_one_profession_is_no_team_unless_a_moderator_says_why(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    home = await chat.direct(MODO)
    await asked(chat, BEN, CLEO)
    for person in (ANA, BEN, CLEO):
        await works_as(chat, person, "infirmier")
        await answers(chat, person)
    assert (await team(chat))["status"] == "forming"
    assert rooms_made(chat, "E-1") == []
    assert sum("n'est pas complète" in text for text in read(chat, MODO)) == 1
    await chat.says(MODO, "!E-1 commencer", room=home)
    assert "il faut au moins trois métiers" in plain(chat.last)
    await chat.says(MODO, "!E-1 commencer exception", room=home)
    assert "Dites pourquoi moins de métiers suffisent" in plain(chat.last)
    await chat.says(BEN, "!E-1 commencer exception je le veux")
    assert "Seule l'équipe de la communauté" in plain(chat.last)
    await chat.confirms(MODO, "!E-1 commencer exception seul ce métier y travaille")
    found = await team(chat)
    assert (found["status"], found["exception"]) == ("at_work", "seul ce métier y travaille")
    assert "team 1: exception by moderator" in caplog.text
    assert len(rooms_made(chat, "E-1")) == 1


async def test_a_profession_that_is_not_given_counts_for_none_until_it_is(chat: Chat) -> None:
    await asked(chat, BEN, CLEO)
    await works_as(chat, CLEO, None)
    for person in (ANA, BEN, CLEO):
        await answers(chat, person)
    assert "je ne peux pas le compter parmi ceux de l'équipe" in read(chat, CLEO)[-1]
    assert (await team(chat))["status"] == "forming"
    home = await chat.direct(CLEO)
    await chat.says(CLEO, "profession dompteur de lions", room=home)
    assert "Je ne connais pas ce métier" in read(chat, CLEO)[-1]
    await chat.says(CLEO, "pharmacienne", room=home)
    assert "C'est noté : pharmacienne ou pharmacien" in read(chat, CLEO)[-1]
    assert (await team(chat))["status"] == "at_work"


async def test_a_no_a_yes_taken_back_and_a_late_yes_are_all_welcome(chat: Chat) -> None:
    await volunteers(chat, DORA)
    await works_as(chat, DORA, "sage-femme")
    await asked(chat, BEN, CLEO)
    await answers(chat, BEN, "❌")
    await answers(chat, BEN, "❌")
    assert "Personne n'en connaît la raison" in read(chat, BEN)[-1]
    yes = await chat.reacts(CLEO, "✅", await ask_card(chat, CLEO))
    await chat.redacts(CLEO, yes, room=await chat.direct(CLEO))
    assert (await seats(chat))[CLEO] == "declined"
    await answers(chat, CLEO)
    for person in (ANA, DORA):
        await answers(chat, person)
    room = await enter(chat, ANA, CLEO, DORA)
    await answers(chat, BEN)
    await chat.hears(room)
    assert chat.homeserver.rooms[room].state["m.room.member", BEN]["content"]["membership"] == "invite"
    assert (await seats(chat))[BEN] == "in"


async def test_who_left_meanwhile_answers_nothing_and_is_not_invited(chat: Chat) -> None:
    await asked(chat, BEN, CLEO)
    card = await ask_card(chat, CLEO)
    await bans(chat, CLEO)
    await chat.reacts(CLEO, "✅", card)
    assert CLEO not in await seats(chat)
    for person in (ANA, BEN):
        await answers(chat, person)
    assert (await team(chat))["status"] == "forming"
    await chat.says(MODO, "!E-1 ajouter @ben:example.org")
    assert "a déjà reçu la question" in plain(chat.last)
    await chat.says(MODO, "!E-1 ajouter @cleo:example.org")
    assert "Je ne vois pas cette personne" in plain(chat.last)


async def test_people_are_asked_in_their_hours_and_their_silence_is_told_to_the_moderators(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await chat.direct(MODO)
    await retained(chat)
    await chat.passes(hours=12)
    chat.forget()
    await chat.confirms(MODO, "!admin défi C-1 équipe")
    assert read(chat, BEN) == []
    await chat.passes(hours=13)
    assert len(read(chat, BEN)) == 1
    await chat.restarts()
    await chat.passes(days=20)
    assert len(read(chat, BEN)) == 1
    assert sum("n'ont pas répondu" in text for text in read(chat, MODO)) == 1


async def test_a_solution_whose_team_is_asked_is_not_left_out_over_their_heads(chat: Chat) -> None:
    await chat.direct(ANA)
    first, second = await votes_begin(chat, ANA, BEN, rule="seuil 1")
    await chat.reacts(CLEO, "⭐", first)
    await chat.reacts(BOSS, "⭐", second)
    await closes(chat)
    await chat.confirms(MODO, f"!admin défi C-1 équipe 1 avec {CLEO} exception deux suffisent")
    choice = "!admin défi C-1 départager 2 moins de matériel"
    await chat.says(MODO, choice)
    assert "Mettez-y fin d'abord : !E-1 abandonner" in plain(chat.last)
    assert await outcomes(chat) == {1: "retained", 2: "retained"}
    await chat.confirms(MODO, "!E-1 abandonner trop tôt")
    await chat.confirms(MODO, choice)
    assert await outcomes(chat) == {1: "not_retained", 2: "retained"}


async def test_what_a_team_works_on_stays_level_with_the_others(chat: Chat) -> None:
    for person, profession in ((ANA, "infirmier"), (CLEO, "pharmacien")):
        await chat.direct(person)
        await works_as(chat, person, profession)
    cards = await votes_begin(chat, ANA, BEN, CLEO, rule="seuil 1, 2 retenues")
    for person, one in zip((BEN, CLEO, ANA), cards, strict=True):
        await chat.reacts(person, "⭐", one)
    await closes(chat)
    await chat.confirms(MODO, f"!admin défi C-1 équipe 1 avec {CLEO} exception deux suffisent")
    for person in (ANA, CLEO):
        await answers(chat, person)
    assert (await outcomes(chat))[1] == "accompanied"
    await chat.confirms(MODO, "!admin défi C-1 départager 1 et 3 moins de matériel")
    assert await outcomes(chat) == {1: "accompanied", 2: "not_retained", 3: "retained"}


async def test_a_no_after_a_yes_takes_it_back_and_once_the_team_is_at_work_says_how_to_leave(chat: Chat) -> None:
    await asked(chat, BEN, CLEO)
    await answers(chat, ANA)
    await answers(chat, ANA, "❌")
    assert "vous n'êtes pas dans l'équipe" in plain(chat.last)
    assert (await seats(chat))[ANA] == "declined"
    for person in (ANA, BEN, CLEO):
        await answers(chat, person)
    assert (await team(chat))["status"] == "at_work"
    chat.forget()
    await answers(chat, BEN, "❌")
    assert "Pour la quitter : !E-1 quitter" in plain(chat.last)
    assert (await seats(chat))[BEN] == "in"
