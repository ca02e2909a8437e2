"""Who speaks to us in a room, and who only replies to a post of ours: clients list its author as mentioned."""

from typing import Any

from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.meetups import publishes
from tests.homeserver import BOT

TALK = (
    "Super, je serai en retard de 10 minutes",
    "Rappel : apportez vos badges",
    "Question : qui anime ?",
    "aide",
    "Le relais sera fait par Karim, bonne journée",
)
"""What people say to each other below a post of ours."""
HELP = "Voici ce que vous pouvez m'écrire"
LINK = "https://matrix.to/#/@relais:example.org"


def html(text: str) -> dict[str, Any]:
    return {"format": "org.matrix.custom.html", "formatted_body": text}


async def test_talk_below_a_post_of_ours_gets_silence_and_is_not_kept(chat: Chat) -> None:
    card = await publishes(chat)
    for kind in ("main", "entraide"):
        if kind == "entraide":
            await chat.confirms(MODO, "!admin salon entraide")
        chat.forget()
        before = await chat.rows("SELECT COUNT(*) FROM inbox")
        for said in TALK:
            await chat.says(ANA, said, reply_to=card, mentions=[BOT])
            assert chat.sent == [], (kind, said)
        assert await chat.rows("SELECT COUNT(*) FROM inbox") == before, kind


async def test_a_word_that_answers_the_card_still_counts(chat: Chat) -> None:
    card = await publishes(chat)

    await chat.says(ANA, "oui", reply_to=card, mentions=[BOT])

    assert await chat.rows("SELECT status FROM rsvp") == [("yes",)]


async def test_a_mention_that_is_written_in_a_reply_counts(chat: Chat) -> None:
    card = await publishes(chat)
    pill = html(f'<mx-reply>…</mx-reply><a href="{LINK}">Relais</a> aide')
    for text, more in (("Relais: aide", {}), ("Relais, aide", {}), ("@relais aide", {}), ("Relais aide", pill)):
        chat.forget()
        await chat.says(ANA, text, reply_to=card, mentions=[BOT], **more)
        assert HELP in chat.last.text, text


async def test_a_pill_in_what_a_reply_quotes_is_no_mention(chat: Chat) -> None:
    card = await publishes(chat)
    quoted = html(f'<mx-reply><a href="{LINK}">Relais</a></mx-reply>Merci à tous')

    await chat.says(ANA, "> <@relais:example.org> Rencontre\n\nMerci à tous", reply_to=card, mentions=[BOT], **quoted)

    assert chat.sent == []


async def test_a_pill_counts_where_the_client_lists_nobody(chat: Chat) -> None:
    for link in (LINK, LINK.replace("@", "%40").replace(":example", "%3Aexample")):
        pill = html(f'<a href="{link}">Relais</a>: aide')
        for text, more in (("Relais: aide", pill), (f"Relais ({link}): aide", {}), (f"[Relais]({link}): aide", {})):
            content = {"msgtype": "m.text", "body": text} | more
            for sent in (content, content | {"m.mentions": {}}):
                chat.forget()
                await chat.does(ANA, "m.room.message", sent)
                assert HELP in chat.last.text, sent


async def test_our_name_on_another_server_is_somebody_else(chat: Chat) -> None:
    for text in ("@relais:autre.fr peux-tu venir ?", "@relais:autre.fr aide", f"{BOT}:8448 aide"):
        await chat.says(ANA, text)
        assert chat.sent == [], text


async def test_behind_our_name_the_same_word_is_a_word(chat: Chat) -> None:
    await chat.says(ANA, "@relais doc équipe relais handicaps rares")

    assert "équipe relais handicaps" in chat.last.text  # the search puts the last word right


async def test_yes_in_a_thread_that_was_opened_on_a_card_answers_it(chat: Chat) -> None:
    card = await publishes(chat)
    await chat.says(BEN, "Merci pour l'organisation", thread=card.event_id)
    assert chat.sent == []

    await chat.says(BEN, "oui", thread=card.event_id)

    assert await chat.rows("SELECT person, status FROM rsvp") == [(BEN, "yes")]
