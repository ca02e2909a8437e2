"""The themes of a meet-up are chosen together: asked once, counted from the rows, said once."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import column, delete, table

from bot.meetups.rules import themes as rules
from bot.privacy.departures import MEMBER_LEFT
from tests.attacks.moves import closes, successor
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat, Said
from tests.commands.meetups import card_now, flat, publishes

DAY = '!rdv nouveau "Journée Grand Est" 14/1/2027 9h-17h Colmar 60 places'
ASK = "!rdv R-1 thèmes accueil, sorties, transports jusqu'au 11/1"


async def asked(chat: Chat, line: str = ASK) -> Said:
    await publishes(chat, DAY)
    await chat.says(MODO, line)
    card = next(said for said in chat.messages if "Quels thèmes" in said.text)
    chat.forget()
    return card


def results(chat: Chat) -> list[str]:
    return [flat(said.text) for said in chat.messages if "Les thèmes de" in said.text and not said.edits]


async def tally(chat: Chat) -> tuple[object, ...]:
    ((found, voted, status),) = await chat.rows("SELECT tally, voted, status FROM theme_poll")
    return (json.loads(found) if isinstance(found, str) else found, voted, status)


async def test_members_choose_by_numbers_and_the_result_is_said_once_and_is_what_the_rows_say(chat: Chat) -> None:
    card = await asked(chat)
    assert "à égalité, ils sont en tête ensemble" in flat(card.text)
    assert "lundi 11 janvier 2027, à 23 h 59" in flat(card.text)
    for person, emoji in ((ANA, "1️⃣"), (ANA, "2️⃣"), (BEN, "2️⃣"), (BEN, "2️⃣"), (CLEO, "1️⃣")):
        await chat.reacts(person, emoji, card)
    await chat.says(CLEO, "1 et 3", reply_to=card)
    gone = await chat.reacts(MODO, "3️⃣", card)
    await chat.redacts(MODO, gone)
    assert "1. accueil (2 personnes)" in card_now(chat, card)
    await chat.restarts()
    chat.forget()
    await chat.passes(days=7)
    (said,) = results(chat)
    assert "- accueil (2 personnes)\n- sorties (2 personnes)\n- transports (1 personne)" in said
    assert "En tête : accueil, sorties." in said
    assert "À égalité" in said
    assert "3 personnes ont voté" in said
    rows = await chat.rows("SELECT person, choice FROM theme_vote")
    assert await tally(chat) == (*rules.count([tuple(row) for row in rows], 3), "closed")
    await chat.reacts(BEN, "3️⃣", card)
    await chat.passes(days=1)
    assert await tally(chat) == ([2, 2, 1], 3, "closed"), "too late changes nothing"
    assert len(results(chat)) == 1
    await chat.says(MODO, ASK)
    assert "déjà été soumis au vote" in flat(chat.last.text)


async def test_who_left_before_the_end_does_not_count_even_unseen(chat: Chat) -> None:
    card = await asked(chat)
    for person in (ANA, BEN):
        await chat.reacts(person, "2️⃣", card)
    chat.homeserver.member(chat.room, ANA, "leave")
    await chat.hears(chat.room)
    async with chat.database.transaction() as tx:
        await tx.exec(delete(table("timer")).where(column("kind") == MEMBER_LEFT))
    await chat.passes(days=7)
    assert await tally(chat) == ([0, 1, 0], 1, "closed")


async def test_what_is_wrong_with_themes_is_said_and_only_whoever_leads_asks(chat: Chat) -> None:
    await publishes(chat, DAY)
    wrong = {}
    for words, why in {
        "accueil jusqu'au 11/1": "de 2 à 9 thèmes",
        ", ".join("abcdefghij") + " jusqu'au 11/1": "de 2 à 9 thèmes",
        "accueil, Accueil jusqu'au 11/1": "de 2 à 9 thèmes",
        "accueil, sorties": "Jusqu'à quand",
        "accueil, sorties jusqu'au 3/1/2027": "est passée",
        "accueil, sorties jusqu'au 15/1": "commence avant",
        f"accueil, {'s' * 81} jusqu'au 11/1": "80 caractères",
    }.items():
        await chat.says(MODO, f"!rdv R-1 thèmes {words}")
        if why not in flat(chat.last.text):
            wrong[words] = flat(chat.last.text)
    assert wrong == {}
    await chat.says(ANA, ASK)
    assert await chat.rows("SELECT id FROM theme_poll") == []
    await chat.says(ANA, "!rdv R-1 thèmes")
    assert "Aucun thème n'est proposé" in flat(chat.last.text)


async def test_a_cancelled_meetup_has_no_result_and_an_earlier_one_is_chosen_before(chat: Chat) -> None:
    card = await asked(chat)
    await chat.reacts(ANA, "1️⃣", card)
    await chat.confirms(MODO, "!rdv R-1 déplacer 8/1/2027 9h-17h")
    assert "vendredi 8 janvier 2027, à 9 h 00" in card_now(chat, card)
    await chat.confirms(MODO, "!rdv R-1 annuler")
    assert "annulée" in card_now(chat, card)
    chat.forget()
    await chat.passes(days=8)
    assert results(chat) == []
    assert await chat.rows("SELECT person FROM theme_vote") == []


@settings(max_examples=30)
@given(votes=st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 9)), max_size=30), choices=st.integers(2, 9))
def test_the_first_themes_are_all_that_are_level_and_no_vote_counts_twice(
    votes: list[tuple[str, int]], choices: int
) -> None:
    tally, voted = rules.count(votes, choices)
    assert sum(tally) == len({vote for vote in votes if vote[1] <= choices})
    assert voted == len({person for person, choice in votes if choice <= choices})
    best = rules.first(tally)
    assert all(tally[number - 1] == max(tally) for number in best)
    assert bool(best) == bool(voted)
    order = rules.ranked(tally)
    assert sorted(order) == list(range(1, choices + 1))
    assert order[: len(best)] == best


async def test_in_an_upgraded_room_the_themes_are_shown_anew_and_the_result_is_read_there(chat: Chat) -> None:
    await asked(chat)
    new = await successor(chat, BOSS, of=chat.room)
    for person in (ANA, BEN, MODO):
        chat.homeserver.member(new, person)
    await closes(chat, BOSS, chat.room, to=new)
    await chat.hears(new)
    home = await chat.direct(ANA)
    await chat.says(ANA, "!rdv R-1 thèmes", room=home)
    await chat.says(ANA, "1 et 3", room=home)
    alone = [flat(said.text) for said in chat.messages if said.room_id == home]
    assert alone[-1] == "C'est noté pour ces thèmes : accueil, transports.", "who votes in private knows"
    (card,) = [said for said in chat.messages if said.room_id == new and "Quels thèmes" in said.text and not said.edits]
    await chat.reacts(BEN, "1️⃣", card)
    assert "1. accueil (2 personnes)" in card_now(chat, card)
    await chat.passes(days=7)
    assert [said.room_id for said in chat.messages if "Les thèmes de" in said.text and not said.edits] == [new]
