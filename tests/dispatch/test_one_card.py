"""What a bare word, a number or a reply answers: one table (`bot.dispatch.answer.meanings`), one promise per row."""

from collections.abc import Sequence

import pytest

from bot.events.messages import Message, Ref
from bot.events.text import Text
from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.commands.meetups import publishes
from tests.dispatch.trial_command import done
from tests.help.people import QUESTION, asks, request, to, volunteers

WAITS_FOR_NOTHING = "Je n'attends pas de réponse de vous en ce moment."
UNKNOWN = "Comment fait-on pour le truc du machin de la semaine ?"
"""What we do not understand, and would search for."""


async def says(chat: Chat, person: str, *lines: str) -> str:
    """Somebody writes to us in private; returns the last answer."""
    room = await chat.direct(person)
    for line in lines:
        await chat.says(person, line, room=room)
    return to(chat, person)[-1].text


async def comes(chat: Chat, person: str, *names: str) -> Sequence[Said]:
    """Cards that nobody asked for come at the same time in somebody's private conversation."""
    room, before = await chat.direct(person), len(chat.messages)
    async with chat.database.transaction() as tx:
        for name in names:
            said = Message(Text.of(f"Venez à {name} ?"))
            about = Ref("place", name)
            await chat.outbox.say(tx, said, key=f"comes:{name}", to=room, now=chat.now, about=about, waits=True)
    await chat.settles()
    return chat.messages[before:]


async def offered(chat: Chat) -> Said:
    """A request is proposed to Ben: its card."""
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    return next(said for said in to(chat, BEN) if "Une question pour vous" in said.text)


# ── the rows ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_reply_is_for_the_card_that_it_quotes_however_old(trying: Chat) -> None:
    first, _second = await comes(trying, ANA, "7", "8")
    await says(trying, ANA, "essai apercu Eau")

    await trying.says(ANA, "oui", room=first.room_id, reply_to=first)

    assert done == [(ANA, "+", "yes", "7")]


async def test_a_bare_word_is_for_the_newest_that_waits_for_it(trying: Chat) -> None:
    await says(trying, ANA, "essai apercu Eau", "essai carte 7", "oui")
    assert done == [(ANA, "+", "yes", "7")]

    await says(trying, ANA, "essai carte 8", "essai apercu Air", "oui")
    assert done[1:] == [{"title": "Air"}]

    await says(trying, ANA, "peut-être")
    assert done[2:] == [(ANA, "+", "maybe", "8")], "the newest that takes just this"


async def test_a_number_is_for_the_newest_list(trying: Chat) -> None:
    assert await says(trying, ANA, "essai liste", "essai carte 7", "2") == "2 choisi"


async def test_a_number_is_for_the_topics_that_were_asked_for_last(chat: Chat) -> None:
    await says(chat, ANA, "!doc dossier patient")
    assert (await says(chat, ANA, "!expert devenir", "1")).startswith("Vos sujets")

    asked = await says(chat, ANA, "!doc dossier patient", f"!expert {UNKNOWN}", "3")
    assert "Interopérabilité" in asked or "interopérabilité" in asked

    await says(chat, ANA, "non")
    assert "DOC-" in await says(chat, ANA, "!expert devenir", "!doc dossier patient", "2"), "the list came later"


async def test_among_people_a_number_is_for_ones_own_draft_that_asks_for_a_topic(chat: Chat) -> None:
    await chat.says(ANA, "!doc dossier patient")
    await chat.says(ANA, f"!expert {UNKNOWN}")
    await chat.says(ANA, "3")

    assert (await request(chat)).topic == "interoperabilite"


async def test_two_cards_of_one_kind_that_come_at_once_are_asked_about(trying: Chat) -> None:
    await comes(trying, ANA, "7", "8")

    asked = await says(trying, ANA, "oui")
    assert asked.split("\n") == ["Pour laquelle\u00a0? Répondez par son numéro.", "1. Rencontre 8", "2. Rencontre 7"]
    assert done == []

    await says(trying, ANA, "2")
    assert done == [(ANA, "+", "yes", "7")]


async def test_of_two_that_come_one_after_the_other_the_newest_is_meant(trying: Chat) -> None:
    await comes(trying, ANA, "7")
    await trying.passes(hours=1)
    await comes(trying, ANA, "8")

    await says(trying, ANA, "oui")

    assert done == [(ANA, "+", "yes", "8")]


async def test_a_suggestion_yields_to_any_card(trying: Chat) -> None:
    await says(trying, ANA, UNKNOWN)
    await comes(trying, ANA, "7")
    await trying.passes(minutes=1)

    await says(trying, ANA, "oui")
    assert done == [(ANA, "+", "yes", "7")]


async def test_a_suggestion_is_not_made_while_something_waits(trying: Chat) -> None:
    for shown in ("essai apercu Eau", "essai carte 7"):
        answer = await says(trying, ANA, shown, UNKNOWN)
        assert "attend toujours votre réponse" in answer, shown

        await says(trying, ANA, "non")


async def test_a_preview_whose_time_is_over_is_said_to_be_so_once_and_takes_nothing_more(trying: Chat) -> None:
    await comes(trying, ANA, "7")
    await says(trying, ANA, "essai apercu Eau")
    await trying.passes(minutes=11)

    await says(trying, ANA, "oui")
    assert done == [(ANA, "+", "yes", "7")], "what waits still comes first"

    await says(trying, BEN, "essai apercu Eau")
    await trying.passes(minutes=11)
    assert "attendu votre réponse trop longtemps" in await says(trying, BEN, "oui")
    assert (await says(trying, BEN, "oui")).startswith(WAITS_FOR_NOTHING)


async def test_what_is_cancelled_is_not_among_what_is_asked_about(chat: Chat) -> None:
    await volunteers(chat, BEN)
    for number in (1, 2, 3):
        await asks(chat, ANA, f"{QUESTION} {number}")
    await says(chat, ANA, "!expert D-2 annuler")

    answer = await says(chat, BEN, "oui")

    assert "Pour laquelle" not in answer or "D-2" not in answer
    assert (await request(chat, 2)).expert is None


# ── what was lost ─────────────────────────────────────────────────────────────────────────────────────────


async def test_yes_sends_the_request_and_not_the_search_that_was_suggested_before_it(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await says(chat, ANA, UNKNOWN, f"!expert {QUESTION}", "oui")

    assert (await request(chat)).sent_at is not None


async def test_topics_are_chosen_by_their_name_or_number_alone_and_yes_is_for_them(chat: Chat) -> None:
    answer = await says(chat, ANA, "!expert devenir", "interopérabilité")
    assert "Vos sujets" in answer

    assert "Vos sujets" in await says(chat, ANA, "3")
    assert "Vos sujets" in await says(chat, ANA, "sujets 4")
    assert "L'équipe de la communauté doit encore donner son accord" in await says(chat, ANA, "oui")


async def test_a_preview_that_failed_takes_no_second_answer(trying: Chat) -> None:
    await comes(trying, MODO, "7")
    await says(trying, MODO, "!essai rate")

    assert await says(trying, MODO, "oui") == "La salle est prise."
    await says(trying, MODO, "oui")

    assert done == [(MODO, "+", "yes", "7")]


async def test_an_open_preview_is_not_lost_by_words_that_are_not_understood(chat: Chat) -> None:
    room = await chat.direct(MODO)
    for words in ("attends, je corrige", "rdvv", "!rdvv"):
        await chat.says(MODO, '!rdv nouveau "Point hebdo" 12/01/2027 14h 1h', room=room)
        preview = to(chat, MODO)[-1]
        await says(chat, MODO, words)
        chat.forget()

        await chat.says(MODO, "non", room=room, reply_to=preview)
        assert "je ne fais rien" in to(chat, MODO)[-1].text, words


async def test_words_that_are_not_understood_do_not_take_the_yes_to_an_offer(chat: Chat) -> None:
    await offered(chat)

    await says(chat, BEN, "c'est pour quand exactement, vous savez ?", "oui")

    assert (await request(chat)).expert == BEN


async def test_an_offer_that_is_accepted_leaves_the_next_yes_to_the_other(chat: Chat) -> None:
    await offered(chat)
    await chat.passes(hours=1)
    await asks(chat, CLEO, f"{QUESTION} Encore.")

    await says(chat, BEN, "oui", "oui")

    assert [(await request(chat, number)).expert for number in (1, 2)] == [BEN, BEN]


async def test_words_that_are_not_understood_do_not_take_the_answer_about_satisfaction(chat: Chat) -> None:
    card = await offered(chat)
    await chat.reacts(BEN, "✅", card)
    await says(chat, ANA, "!expert D-1 résolu")

    await says(chat, ANA, "un instant, on m'appelle au secrétariat", "oui", "oui")

    assert await chat.rows("SELECT went_well, was_useful FROM satisfaction") == [(1, 1)]


@pytest.mark.parametrize("words", ["je viendrai", "I will come", "I'll be there"])
async def test_whoever_says_that_they_will_come_gives_no_opinion_of_an_exchange(chat: Chat, words: str) -> None:
    await publishes(chat)
    card = await offered(chat)
    await chat.reacts(BEN, "✅", card)
    await says(chat, ANA, "!expert D-1 résolu", words, "1")

    assert await chat.rows("SELECT went_well FROM satisfaction") == [(None,)]
    assert await chat.rows("SELECT person, status FROM rsvp") == [(ANA, "yes")]


async def test_a_seat_is_given_up_by_a_word_though_another_was_not_understood(chat: Chat) -> None:
    await publishes(chat)
    await says(chat, ANA, "!rdv R-1 oui", "!rdv R-1")

    answer = await says(chat, ANA, "zut, j'ai la commission qualité à cette heure-là", "non")

    assert "vous ne venez pas" in answer
