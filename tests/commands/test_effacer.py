"""Promises of `!admin effacer`: the person decides; an administrator only for whoever cannot be reached."""

from bot.mailbox import direct_chats
from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.homeserver import BOT


async def known(chat: Chat, person: str) -> bool:
    return bool(await chat.rows(f"SELECT person FROM welcome WHERE person = '{person}'"))


async def out_of_reach(chat: Chat, person: str) -> None:
    async with chat.database.transaction() as tx:
        await direct_chats.impossible(tx, BOT, person)


async def test_the_person_is_asked_in_private_and_decides(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(MODO, f"!admin effacer {ANA}")
    preview = chat.last
    assert "lignes de ma base" in preview.text
    assert "Je lui demande d'abord" in preview.text
    await chat.reacts(MODO, "✅", preview)

    [asked] = [said for said in chat.messages if said.room_id == room]
    assert "!moi oubli" in asked.text
    await chat.passes(days=1)
    assert await known(chat, ANA)
    await chat.confirms(ANA, "!moi oubli", room=room)
    await chat.passes(minutes=2)
    assert not await known(chat, ANA)


async def test_for_whoever_cannot_be_reached_an_administrator_decides(chat: Chat) -> None:
    await out_of_reach(chat, ANA)
    await chat.says(MODO, f"!admin effacer {ANA}")
    assert "administrent le salon principal" in chat.last.text

    await chat.says(BOSS, f"!admin effacer {ANA}")
    assert "votre oui suffit" in chat.last.text
    await chat.reacts(BOSS, "✅", chat.last)
    await chat.passes(minutes=1)
    assert not await known(chat, ANA)
    assert await chat.rows(f"SELECT person FROM timer, direct_chat WHERE person = '{ANA}'") == []


async def test_an_administrator_erases_nobody_whom_another_community_knows(chat: Chat) -> None:
    await chat.opens("!rse:example.org", community="rse", members=(ANA, BOSS))
    await out_of_reach(chat, ANA)
    boss = "@dirige:example.org"
    chat.homeserver.member(chat.room, boss)
    chat.homeserver.event(chat.room, "m.room.power_levels", BOSS, {"users": {MODO: 50, boss: 100}}, state_key="")
    await chat.hears(chat.room)
    await chat.says(boss, f"!admin effacer {ANA}")
    assert "qui exploite" in chat.last.text or "réservée" in chat.last.text
    assert await known(chat, ANA)


async def test_what_is_refused_says_why_and_what_to_do(chat: Chat) -> None:
    table = (
        (MODO, MODO, "!moi oubli"),
        (MODO, "@nulle-part:example.org", "Je ne connais personne de ce nom"),
        (BEN, ANA, "réservée"),
    )
    for who, whom, words in table:
        await chat.says(who, f"!admin effacer {whom}")
        assert words in chat.last.text, (who, whom, chat.last.text)


async def test_who_leads_a_community_alone_is_not_erased(chat: Chat) -> None:
    chat.homeserver.event(chat.room, "m.room.power_levels", BOSS, {"users": {MODO: 50, BOSS: 0}}, state_key="")
    await chat.hears(chat.room)
    await chat.says(BOSS, f"!admin effacer {MODO}")
    assert "!admin équipe ajouter" in chat.last.text


async def test_who_leads_a_community_alone_by_appointment_reads_so_before_they_are_erased(chat: Chat) -> None:
    there = await chat.opens("!rse:example.org", community="rse", members=(ANA, BEN, BOSS), power={MODO: 0})
    await chat.confirms(BOSS, f"!admin équipe ajouter {ANA}", room=there)
    for person, said in ((ANA, True), (MODO, False)):
        await chat.says(person, "!moi oubli", room=await chat.direct(person))
        assert ("Personne d'autre n'anime Responsabilité sociétale" in chat.last.text) is said, person
        await chat.says(person, "non", room=await chat.direct(person))

    await chat.confirms(BOSS, f"!admin équipe ajouter {BEN}", room=there)
    await chat.says(ANA, "!moi oubli", room=await chat.direct(ANA))
    assert "Personne d'autre" not in chat.last.text
