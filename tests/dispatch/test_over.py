"""Promises to those who answer late: what is over waits for nothing, and nothing that is still open is lost."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import commands
from bot.challenges.rules.solution import SAID as SOLUTION_SAID
from bot.digest.due import OWN as OWN_DIGEST
from bot.digest.due import ROOM as ROOM_DIGEST
from bot.dispatch.menu.menu import Menu
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.programmes.rules.application import APPLICATION
from bot.resources.contributions import PROPOSAL
from bot.resources.searches import FOUND
from bot.sheets.rules.sheet import SHEET
from bot.teams.rules.team import NOTED
from commands import rappel
from commands.doc.propose import SAID as PROPOSED
from commands.doc.search import ONE
from commands.merci import merci
from commands.rdv.day.contributions import NOTED as CONTRIBUTED
from commands.rdv.programme import SAID
from commands.rdv.which import ABOUT_MINUTES
from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.commands.meetups import publishes
from tests.help.people import QUESTION, asks, offers, request, to, volunteers
from tests.house.trees import nodes
from tests.test_house import ROOT, shipped

NEVER_WAIT = {
    FOUND,
    ONE,
    rappel.ABOUT,
    SAID,
    PROPOSED,
    ROOM_DIGEST,
    OWN_DIGEST,
    SHEET,
    merci.ABOUT,
    ABOUT_MINUTES,
    PROPOSAL,
    SOLUTION_SAID,
    APPLICATION,
    NOTED,
    CONTRIBUTED,
}
"""What is shown for as long as it is read, and what a message made, as long as it stands; what is no card."""
WORDS = Message(Text.of("Bonjour"))

LATE = "Je n'attends pas de réponse de vous en ce moment."


async def asked(chat: Chat) -> tuple[Said, Said]:
    """A request that Ben and Cleo were asked about: their cards."""
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    ben, cleo = (next(card for card in offers(chat) if card.meant_for == [who]) for who in (BEN, CLEO))
    chat.forget()
    return ben, cleo


async def waiting(chat: Chat, kind: str) -> int:
    """How many cards of a kind wait for somebody."""
    found = await chat.rows("SELECT about FROM outbox WHERE open AND about IS NOT NULL")
    return sum(about.partition(":")[0] == kind for (about,) in found)


async def days(chat: Chat, count: int) -> None:
    """Days pass in one step, with what is done every night."""
    chat.now += timedelta(days=count)
    await chat.engine.routine.forget_old()


async def test_yes_forty_days_later_does_not_answer_a_cancelled_request(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(ANA, "!expert D-1 annuler", room=await chat.direct(ANA))
    await days(chat, 40)
    chat.forget()

    await chat.says(BEN, "oui", room=ben.room_id)

    assert [said.text.startswith(LATE) for said in to(chat, BEN)] == [True]


async def test_yes_to_an_old_card_does_not_hide_the_new_one(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(ANA, "!expert D-1 annuler", room=await chat.direct(ANA))
    await asks(chat, ANA, f"{QUESTION} Encore.")
    chat.forget()

    await chat.says(BEN, "oui", room=ben.room_id)

    assert (await request(chat, 2)).expert == BEN


async def test_whoever_made_way_is_waited_for_no_more_and_again_once_the_yes_is_removed(chat: Chat) -> None:
    ben, cleo = await asked(chat)
    yes = await chat.reacts(BEN, "✅", ben)
    assert await waiting(chat, "offer") == 1  # the winner's, for five minutes

    await chat.redacts(BEN, yes, room=ben.room_id)
    assert await waiting(chat, "offer") == 2
    await chat.says(CLEO, "oui", room=cleo.room_id)
    assert (await request(chat)).expert == CLEO


async def test_a_late_yes_to_an_open_request_stays_welcome(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.passes(days=14)
    await chat.engine.routine.forget_old()

    await chat.says(BEN, "oui", room=ben.room_id)

    assert (await request(chat)).expert == BEN


async def test_the_question_afterwards_waits_for_a_month(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.reacts(BEN, "✅", ben)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert D-1 résolu", room=room)
    went = to(chat, ANA)[-1]
    assert await waiting(chat, "went") == 1

    await days(chat, 31)
    assert await waiting(chat, "went") == 0
    chat.forget()
    await chat.says(ANA, "oui", room=room)
    assert [said.text.startswith(LATE) for said in to(chat, ANA)] == [True]
    assert went.room_id == room


async def test_one_candidate_who_answers_does_not_close_the_invitation_of_another(chat: Chat) -> None:
    for person in (BEN, CLEO):
        await chat.direct(person)
        await chat.says(person, "!expert devenir")
    await chat.says(BEN, "non", room=await chat.direct(BEN))

    await chat.says(CLEO, "non", room=await chat.direct(CLEO))

    assert "C'est noté" in to(chat, CLEO)[-1].text
    assert await waiting(chat, "join") == 0


async def test_a_meetup_four_months_ahead_is_answered_until_it_begins(chat: Chat) -> None:
    card = await publishes(chat, '!rdv nouveau "Séminaire annuel" 11 mai 2027 14h 2h')
    await days(chat, 100)

    await chat.reacts(ANA, "✅", card)
    assert len(await chat.rows("SELECT id FROM rsvp")) == 1

    await days(chat, 40)
    assert await waiting(chat, "meetup") == 0


async def test_a_choice_of_dates_ends_with_its_last_date(chat: Chat) -> None:
    await chat.says(MODO, "!rdv dates « Bilan » 12 janvier 14h, 14 janvier 10h")
    await chat.reacts(ANA, "1️⃣", chat.messages[-1])
    assert await waiting(chat, "date-poll") == 1

    await days(chat, 10)

    assert await waiting(chat, "date-poll") == 0
    assert await chat.rows("SELECT person FROM date_vote") == []


async def test_a_preview_that_waited_too_long_says_so_even_to_a_tap(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!moi oubli", room=room)
    preview = chat.messages[-1]
    await days(chat, 40)
    chat.forget()

    await chat.reacts(ANA, "✅", preview, room=room)

    assert [said.text.startswith(LATE) for said in to(chat, ANA)] == [True]


async def test_words_to_a_card_that_is_over_get_one_sentence_in_private_and_taps_none(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.says(ANA, "!expert D-1 annuler", room=await chat.direct(ANA))
    chat.forget()

    await chat.reacts(BEN, "❌", ben)
    assert to(chat, BEN) == []
    await chat.says(BEN, "non", room=ben.room_id, reply_to=ben)
    assert [said.text.startswith(LATE) for said in to(chat, BEN)] == [True]


async def test_threads_in_which_nothing_waits_are_forgotten(chat: Chat) -> None:
    await chat.says(ANA, f"!expert {QUESTION}", thread="$talk")
    assert chat.outbox.threads.has(chat.room, "$talk")

    await chat.says(ANA, "annuler", thread="$talk")

    assert not chat.outbox.threads.any


async def test_a_restart_follows_the_threads_in_which_something_waits_and_no_others(chat: Chat) -> None:
    await chat.says(ANA, f"!expert {QUESTION}", thread="$talk")
    await chat.restarts()
    assert chat.outbox.threads.has(chat.room, "$talk")

    await days(chat, 2)
    await chat.says(ANA, "annuler", thread="$talk")
    await chat.restarts()
    assert not chat.outbox.threads.any


async def test_cards_of_whatever_kind_are_closed_once_what_they_are_about_is_no_more(chat: Chat) -> None:
    """No kind of card waits for ever: not for a thing that is gone, nor of a kind that this version does not know."""
    async with chat.database.transaction() as tx:
        for number, kind in enumerate(sorted({*kinds(), "unknown"})):
            ref, to = Ref(kind, "999999"), chat.room
            await chat.outbox.say(tx, WORDS, key=f"old:{number}", to=to, now=chat.now, about=ref, waits=True, asker=ANA)
    await chat.settles()
    await days(chat, 91)

    assert await chat.rows("SELECT about FROM outbox WHERE about IS NOT NULL") == []


def test_every_kind_of_card_says_how_long_it_waits() -> None:
    menu = Menu.of(commands)
    silent = {kind for kind in kinds() if not menu.passing(kind) and not _waits(menu, kind)}

    assert silent == NEVER_WAIT


def _waits(menu: Menu, kind: str) -> bool:
    found = menu.belonging(kind)
    return found is not None and found.waits is not None


def kinds() -> set[str]:
    """Every kind of card that the program puts: the first argument of `Ref`, where that is a name."""
    return {kind for path in shipped() for kind in _kinds_in(path)}


def _kinds_in(path: Path) -> Iterator[str]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for node in nodes(path):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Ref" and isinstance(node.args[0], ast.Name):
            kind = getattr(import_module(module), node.args[0].id, None)
            if isinstance(kind, str):
                yield kind


async def test_a_hundred_days_later_no_name_is_left_of_what_is_over(chat: Chat) -> None:
    ben, _cleo = await asked(chat)
    await chat.reacts(CLEO, "🤔", ben)
    await chat.says(ANA, "!expert D-1 annuler", room=await chat.direct(ANA))
    await publishes(chat)
    await chat.says(MODO, "!rdv dates « Bilan » 12 janvier 14h, 14 janvier 10h")
    await chat.reacts(ANA, "1️⃣", chat.messages[-1])
    await chat.says(ANA, "!moi oubli", room=await chat.direct(ANA))
    await chat.says(CLEO, "!expert devenir")
    await days(chat, 140)

    names: list[Any] = await chat.rows(
        "SELECT kind, key, about, recipient, asker, open FROM outbox "
        "WHERE (recipient IS NOT NULL OR asker IS NOT NULL) AND kind != 'create' AND status != 'pending'"
    )
    assert names == []
    assert await chat.rows("SELECT sender FROM reaction") == []
