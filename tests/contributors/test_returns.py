"""Promises to whoever gave something: one message at each end of it, in private, and to nobody who is gone."""

from bot.contributors import returns
from bot.mailbox import direct_chats
from bot.resources import resources
from bot.resources.resources import Draft
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.test_doc import write
from tests.commands.test_doc_team import PAGE, proposed
from tests.homeserver import BOT


def heard(chat: Chat, person: str) -> list[str]:
    """What a person got alone since `forget`, the first line of each message."""
    alone = f"!direct-{person[1:].partition(':')[0]}:example.org"
    return [said.lines[0].replace("\u00a0", " ") for said in chat.messages if said.room_id == alone]


async def given(chat: Chat) -> int:
    """A proposal of Ana, who talks to the bot in private."""
    number = await proposed(chat)
    await chat.direct(ANA)
    chat.forget()
    return number


async def test_whoever_proposed_a_page_learns_once_that_it_is_published(chat: Chat) -> None:
    number = await given(chat)
    await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
    await chat.hears_again(chat.room)
    published = (
        f"« Choisir un pansement (DOC-{number}) », que vous aviez proposée, est désormais dans les ressources. Merci."
    )
    assert heard(chat, ANA) == [published]
    assert not [said for said in chat.messages if said.room_id == chat.room and "proposée" in said.text]

    await chat.confirms(MODO, "!admin annuler")
    await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
    assert heard(chat, ANA) == [published]


async def test_whoever_proposed_a_page_reads_why_it_was_refused_and_the_team_sees_it_before(chat: Chat) -> None:
    number = await given(chat)
    await chat.says(MODO, f"!admin doc refuser DOC-{number}")
    assert f"!admin doc archiver DOC-{number} <raison>" in chat.last.text
    await chat.says(MODO, f"!admin doc refuser DOC-{number} Trop ancienne, et sans auteur")
    assert "Trop ancienne, et sans auteur" in chat.last.text
    assert heard(chat, ANA) == []
    await chat.says(MODO, "oui")

    assert heard(chat, ANA) == [
        f"L'équipe de la communauté n'a pas retenu « Choisir un pansement (DOC-{number}) », que vous aviez proposée."
    ]
    assert any("Trop ancienne, et sans auteur" in said.text for said in chat.messages if said.room_id != chat.room)


async def test_whoever_proposed_or_reported_a_page_learns_what_replaced_it(chat: Chat) -> None:
    (kept,) = await write(chat, Draft("Les pansements", "https://example.org/autre"))
    number = await given(chat)
    await chat.confirms(MODO, f"!admin doc fusionner DOC-{kept} DOC-{number}")

    assert [f"DOC-{kept}" in line for line in heard(chat, ANA)] == [True]


async def test_whoever_proposed_a_page_learns_once_that_an_import_published_it(chat: Chat) -> None:
    """`relais import` is another process, which writes to nobody."""
    number = await given(chat)
    await chat.engine.routine.look_around()
    await chat.passes(minutes=1)
    assert heard(chat, ANA) == []
    async with chat.database.transaction() as tx:
        await resources.write(tx, "numerique", [Draft("Choisir un pansement", PAGE, source="HAS")], now=chat.now)
    await chat.restarts()
    for _again in range(2):
        await chat.engine.routine.look_around()
        await chat.passes(minutes=30)
    assert [f"DOC-{number}" in line and "désormais dans les ressources" in line for line in heard(chat, ANA)] == [True]


async def test_all_who_reported_a_page_learn_once_that_it_was_looked_at_or_archived(chat: Chat) -> None:
    (number,) = await write(chat, Draft("Choisir un pansement", PAGE))
    for person in (ANA, BEN, MODO):
        await chat.direct(person)
    for ending, said in (
        (f"!doc DOC-{number} à jour", "a été vérifiée"),
        (f"!admin doc archiver DOC-{number}", "archivée"),
    ):
        for person in (ANA, BEN, ANA, MODO):
            await chat.says(person, f"!doc DOC-{number} périmé")
        chat.forget()
        await chat.says(MODO, ending)
        await chat.says(MODO, "oui")
        for person, times in ((ANA, 1), (BEN, 1), (MODO, 0)):
            assert [said in line for line in heard(chat, person)] == [True] * times, (ending, person)


async def test_nobody_is_informed_who_left_was_erased_or_declined_private_conversations(chat: Chat) -> None:
    for title, goes in (("pansement", "left"), ("attelle", "erased"), ("orthèse", "declined")):
        number = await proposed(chat, f"Choisir {title}", f"https://example.org/{title}")
        if goes == "left":
            await chat.direct(ANA)
            chat.homeserver.member(chat.room, ANA, "leave")
            await chat.hears(chat.room)
        elif goes == "erased":
            await chat.confirms(ANA, "oublie-moi", room=await chat.direct(ANA))
        else:
            async with chat.database.transaction() as tx:
                await direct_chats.impossible(tx, BOT, ANA)
        await chat.passes(minutes=2)
        chat.forget()
        await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
        assert not [said for said in chat.messages if "que vous aviez proposée" in said.text], goes
        chat.homeserver.member(chat.room, ANA)
        await chat.hears(chat.room)


async def test_what_people_gave_is_shown_to_them_and_forgotten_in_the_end(chat: Chat) -> None:
    await proposed(chat)
    await chat.says(CLEO, "!moi données", room=await chat.direct(CLEO))
    assert "ce que vous avez proposé" not in chat.messages[-1].text
    await chat.says(ANA, "!moi données", room=await chat.direct(ANA))
    assert "ce que vous avez proposé ou signalé" in chat.messages[-1].text
    async with chat.database.transaction() as tx:
        assert await returns.forget_old(tx, now=chat.now + returns.KEPT) == 0
    await chat.passes(days=1)
    async with chat.database.transaction() as tx:
        assert await returns.forget_old(tx, now=chat.now + returns.KEPT) == 1
