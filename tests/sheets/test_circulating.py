"""An evaluated sheet is offered to another community, whose team takes it up or says why not."""

import asyncio

import pytest

from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.commands.meetups import LINE
from tests.help.test_own_data import erases
from tests.sheets.writing import DONE, RESULT, answers, kept, publishes, shown, still_read, submits, to

N = "\u00a0"
DUO, ELSE, THERE = "@duo:example.org", "@else:example.org", "!rse:example.org"
TITLE = "Les entrées en EHPAD étaient saisies deux fois (F-1)"


async def evaluated(chat: Chat) -> None:
    """Ana's sheet, of which somebody said what came of it; and another community with a team of its own."""
    await chat.opens(THERE, community="rse", members=(DUO, ELSE), power={DUO: 50, MODO: 0})
    await chat.direct(DUO)
    await publishes(chat)
    await answers(chat, BEN, "!fiche F-1 évaluer Quarante minutes de moins par dossier")
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    await chat.passes(hours=1)
    chat.forget()


async def offers(chat: Chat, person: str = ANA) -> None:
    await answers(chat, person, "!fiche F-1 diffuser rse", "oui")


async def test_taken_up_it_is_found_there_posted_once_and_its_author_told_once(chat: Chat) -> None:
    await evaluated(chat)
    await offers(chat)
    card = shown(chat, DUO)
    assert card.text.startswith("Une fiche pour votre communauté")
    chat.forget()
    await chat.restarts()
    for _again in range(2):
        await chat.reacts(DUO, "✅", card)

    posted = [said.text for said in chat.messages if said.room_id == THERE]
    assert [text.partition(N)[0] for text in posted] == [
        "Une pratique de la communauté Numérique en santé, pour vous aussi"
    ]
    assert [said.lines[0] for said in to(chat, ANA)] == [f"Votre fiche va plus loin{N}: {TITLE}."]
    await chat.says(ELSE, "!doc saisie entrée ehpad", room=THERE)
    assert "F-1" in chat.last.text
    await chat.says(ELSE, "!F-1", room=THERE)
    assert RESULT in chat.last.text
    await chat.reacts(ELSE, "✅", chat.last)
    assert await chat.rows("SELECT person, community FROM sheet_trial WHERE person LIKE '@else%%'") == [(ELSE, "rse")]
    await chat.says(ELSE, "!fiche F-1 retirer", room=THERE)
    assert (await kept(chat))["status"] == "published"
    await chat.says(BEN, "!F-1")
    assert "aussi dans" in chat.last.text


async def test_of_two_who_answer_at_once_the_second_learns_that_it_is_answered(chat: Chat) -> None:
    """A review, a result and an offer each go to a whole team; what comes of it is said and done once."""
    late = "Il n'y a plus de réponse à donner ici"
    await chat.opens(THERE, community="rse", members=(DUO, ELSE), power={DUO: 50, ELSE: 50, MODO: 0})
    await chat.does(BOSS, "m.room.power_levels", {"users": {MODO: 50, CLEO: 50}}, state_key="")
    for person in (MODO, CLEO, DUO, ELSE):
        await chat.direct(person)
    await submits(chat)
    await at_once(chat, MODO, CLEO)
    assert [late in said.text for said in (to(chat, MODO)[-1], to(chat, CLEO)[-1])].count(True) == 1
    assert len([said for said in to(chat, ANA) if said.text.startswith("Votre fiche est publiée")]) == 1
    await answers(chat, BEN, "!fiche F-1 évaluer Quarante minutes de moins par dossier")
    await at_once(chat, MODO, CLEO)
    assert [late in said.text for said in (to(chat, MODO)[-1], to(chat, CLEO)[-1])].count(True) == 1
    for words in ("!fiche F-1 diffuser rse", "oui"):
        for person in (ANA, MODO):
            await answers(chat, person, words)
    assert chat.last.text.startswith("Elle est déjà proposée à Responsabilité sociétale"), "two circulations at once"
    await at_once(chat, DUO, ELSE)
    assert [late in said.text for said in (to(chat, DUO)[-1], to(chat, ELSE)[-1])].count(True) == 1
    assert len([said for said in chat.messages if said.room_id == THERE]) == 1


async def at_once(chat: Chat, *people: str) -> None:
    """Each says yes to what they were shown last, before any of them is answered."""
    cards = {person: shown(chat, person) for person in people}
    await asyncio.gather(*(chat.reacts(person, "✅", card) for person, card in cards.items()))


async def test_a_no_comes_with_a_reason_that_is_passed_on_without_a_name(chat: Chat) -> None:
    await evaluated(chat)
    await offers(chat)
    await chat.reacts(DUO, "❌", shown(chat, DUO))
    await answers(chat, DUO, "Nous n'avons pas d'EHPAD")

    told = to(chat, ANA)[-1]
    assert told.lines[1] == "Nous n'avons pas d'EHPAD"
    assert "Duo" not in told.text
    await chat.says(ELSE, "!doc saisie entrée ehpad", room=THERE)
    assert "F-1" not in chat.last.text
    await offers(chat)
    await chat.reacts(DUO, "✅", shown(chat, DUO))
    assert await chat.rows("SELECT status, turn FROM sheet_circulation") == [("accepted", 2)]


async def test_the_reason_of_a_no_is_gone_once_it_is_deleted(chat: Chat) -> None:
    await evaluated(chat)
    await offers(chat)
    await chat.reacts(DUO, "❌", shown(chat, DUO))
    room = await chat.direct(DUO)
    why = await chat.says(DUO, "Nous n'avons pas d'EHPAD", room=room)
    assert len(still_read(chat, "pas d'EHPAD")) == 1
    await chat.restarts()
    await chat.redacts(DUO, why, room=room)

    assert still_read(chat, "pas d'EHPAD") == []
    assert await chat.rows("SELECT status, reason FROM sheet_circulation") == [("declined", "")]


async def test_not_evaluated_it_stays_in_its_community(chat: Chat) -> None:
    await chat.opens(THERE, community="rse", members=(DUO,), power={DUO: 50})
    await publishes(chat)
    await answers(chat, ANA, "!fiche F-1 diffuser rse")
    assert chat.last.text.startswith(f"{TITLE} reste dans sa communauté tant qu'elle n'est pas évaluée")
    await chat.says(DUO, "!F-1", room=THERE)
    assert chat.last.text == "Je ne connais pas de fiche F-1 ici."


@pytest.mark.parametrize("before", [True, False], ids=["offered", "taken up"])
async def test_withdrawn_it_is_found_nowhere(chat: Chat, before: bool) -> None:
    await evaluated(chat)
    await offers(chat)
    card = shown(chat, DUO)
    if not before:
        await chat.reacts(DUO, "✅", card)
    await chat.says(BEN, "!F-1")
    if not before:
        await chat.says(ELSE, "!F-1", room=THERE)
    assert len(still_read(chat, RESULT)) > 3
    await answers(chat, ANA, "!fiche F-1 retirer", "oui")
    assert still_read(chat, RESULT) == [await chat.direct(ANA)], "the preview that its author read"
    assert still_read(chat, "Une pratique de la communauté") == []
    chat.forget()
    if before:
        await chat.reacts(DUO, "✅", card)

    assert await chat.rows("SELECT status FROM sheet_circulation") == [("ended",)]
    assert [said for said in chat.messages if said.room_id == THERE] == []
    await chat.says(ELSE, "!doc saisie entrée ehpad", room=THERE)
    assert "F-1" not in chat.last.text


async def test_who_may_not_who_did_and_who_is_not_there_is_said(chat: Chat) -> None:
    await evaluated(chat)
    await chat.opens("!gestion:example.org", community="gestion", members=(CLEO,), power={MODO: 0})
    lines = {
        (CLEO, "rse"): "Seules les personnes qui la signent",
        (ANA, "jardin"): "À quelle communauté",
        (ANA, "immobilier"): "aucune équipe à qui demander",
        (ANA, "rse stop"): "Elle n'est pas dans la communauté",
    }
    wrong = []
    for (person, words), sentence in lines.items():
        await answers(chat, person, f"!fiche F-1 diffuser {words}")
        if sentence not in chat.last.text:
            wrong.append((words, chat.last.text))
    assert wrong == []
    await answers(chat, ANA, "!fiche F-1 diffuser rse")
    await answers(chat, MODO, "!fiche F-1 diffuser rse", "oui")
    await answers(chat, ANA, "oui")
    assert "déjà proposée" in chat.last.text
    await chat.reacts(CLEO, "✅", shown(chat, DUO), room=shown(chat, DUO).room_id)
    assert await chat.rows("SELECT status FROM sheet_circulation") == [("proposed",)]


async def test_a_team_that_is_gone_or_silent_leaves_the_offer_without_an_answer(chat: Chat) -> None:
    await evaluated(chat)
    await offers(chat)
    card = shown(chat, DUO)
    chat.homeserver.member(THERE, DUO, "ban")
    await chat.hears(THERE)
    await chat.reacts(DUO, "✅", card)
    chat.forget()
    await chat.passes(days=31)

    assert await chat.rows("SELECT status FROM sheet_circulation") == [("unanswered",)]
    assert "n'a pas répondu" in [said for said in to(chat, ANA) if "F-1" in said.text][-1].text


async def test_either_team_ends_it_and_a_change_reaches_both(chat: Chat) -> None:
    await evaluated(chat)
    await offers(chat)
    await chat.reacts(DUO, "✅", shown(chat, DUO))
    await answers(chat, ANA, "!fiche F-1 réviser", "!fiche F-1 titre Un seul dossier", "!fiche F-1 soumettre")
    await answers(chat, MODO, "!fiche F-1 publier")
    assert (
        await chat.rows("SELECT title, state FROM resource WHERE origin = 'F-1'")
        == [("Un seul dossier", "published")] * 2
    )
    await chat.says(DUO, "!fiche F-1 diffuser rse stop", room=THERE)
    rows = "SELECT community, state FROM resource WHERE origin = 'F-1' ORDER BY community"
    assert await chat.rows(rows) == [("numerique", "published"), ("rse", "archived")]
    await chat.says(ELSE, "!F-1", room=THERE)
    assert chat.last.text == "Je ne connais pas de fiche F-1 ici."


async def test_an_adaptation_names_its_parent_and_the_other_way_round(chat: Chat) -> None:
    await evaluated(chat)
    await offers(chat)
    await chat.reacts(DUO, "✅", shown(chat, DUO))
    await answers(chat, ANA, "!fiche F-1 adapter")
    assert chat.last.text.startswith("C'est votre propre fiche")
    chat.forget()
    await chat.direct(ELSE)
    await chat.says(ELSE, "!fiche F-1 adapter", room=THERE)
    await chat.reacts(ELSE, "✅", to(chat, ELSE)[-1])
    assert (await kept(chat, 2))["done"] == ""
    await answers(chat, ELSE, "Nos entrées étaient saisies trois fois", DONE, RESULT, "oui")
    assert [said.text for said in to(chat, ANA)] == []
    await chat.reacts(DUO, "✅", shown(chat, DUO))
    await chat.passes(minutes=1)
    assert [said.lines[0] for said in to(chat, ANA)] == [f"Ce que vous avez écrit est adapté ailleurs{N}: {TITLE}."]
    await chat.says(BEN, "!F-1")
    assert f"Adaptée ailleurs{N}: 1 dans une autre communauté" in chat.last.text
    await chat.says(ELSE, "!F-2", room=THERE)
    assert f"Adaptée de {TITLE}" in chat.last.text
    await answers(chat, ANA, "!fiche F-1 retirer", "oui")
    await chat.says(ELSE, "!F-2", room=THERE)
    assert f"Adaptée de F-1{N}: retirée" in chat.last.text


async def test_whoever_withdrew_a_sheet_reads_nothing_of_what_others_make_of_it(chat: Chat) -> None:
    await evaluated(chat)
    await answers(chat, BEN, "!fiche F-1 adapter", "Nos entrées étaient saisies trois fois", DONE, RESULT, "oui")
    review = shown(chat, MODO)
    await answers(chat, ANA, "!fiche F-1 retirer", "oui")
    chat.forget()
    await chat.reacts(MODO, "✅", review)
    await chat.passes(minutes=1)
    assert (await kept(chat, 2))["status"] == "published"
    assert [said.text for said in to(chat, ANA)] == []


async def test_those_who_took_it_up_thank_its_authors_and_it_counts_among_their_sheets(chat: Chat) -> None:
    await evaluated(chat)
    await answers(chat, ANA, "!fiche F-1 réviser", "!fiche F-1 ingrédient 4", "!fiche F-1 soumettre")
    await answers(chat, MODO, "!fiche F-1 publier")
    await offers(chat)
    await chat.reacts(DUO, "✅", shown(chat, DUO))
    await chat.says(ELSE, "!F-1", room=THERE)
    assert "Écrite dans la communauté Numérique en santé" in chat.last.text
    card = chat.last
    chat.forget()
    await chat.reacts(ELSE, "👏", card)
    assert [said for said in chat.messages if said.room_id == THERE] == []
    await chat.says(DUO, "!merci F-1 pour le dossier partagé", room=THERE)
    assert chat.last.text.startswith("Votre merci")
    await chat.restarts()
    await chat.passes(days=2)
    [thanks] = [said.text for said in to(chat, ANA) if "mercis pour vous" in said.text]
    assert f"Duo, pour F-1{N}: «{N}le dossier partagé{N}»" in thanks
    assert "Else, pour F-1" in thanks

    await answers(chat, DUO, "!fiche", "Nos entrées étaient saisies trois fois", DONE, RESULT)
    await answers(chat, DUO, "!fiche F-2 ingrédient 4", "!fiche F-2 soumettre")
    await chat.says(BOSS, "!fiche F-2 publier", room=THERE)
    await chat.says(ELSE, "!fiche synthèse territoire", room=THERE)
    assert "2 fiches publiées" in chat.last.text
    await chat.says(BEN, "!fiche synthèse territoire")
    assert "il y en a une sur ce sujet" in chat.last.text


async def test_presented_at_a_meet_up_of_those_who_took_it_up_it_is_valued(chat: Chat) -> None:
    await evaluated(chat)
    await chat.direct(ELSE)
    await offers(chat)
    await chat.reacts(DUO, "✅", shown(chat, DUO))
    await chat.says(DUO, LINE, room=THERE)
    await chat.reacts(DUO, "✅", chat.last)
    await chat.says(ELSE, "!rdv R-1 retex la fiche F-1 chez nous", room=THERE)
    await chat.reacts(DUO, "✅", shown(chat, DUO))
    chat.forget()
    await chat.passes(days=40)
    assert [said.lines[0] for said in to(chat, ANA) if "valorisé" in said.text] == [
        f"Ce que vous avez écrit est valorisé{N}: {TITLE}."
    ]


async def test_where_the_bot_may_not_write_it_is_found_and_not_posted(chat: Chat) -> None:
    await evaluated(chat)
    levels = {"users": {DUO: 50}, "events_default": 50}
    await chat.does(BOSS, "m.room.power_levels", levels, room=THERE, state_key="")
    await offers(chat)
    await chat.reacts(DUO, "✅", shown(chat, DUO))

    assert [said for said in chat.messages if said.room_id == THERE] == []
    assert await chat.rows("SELECT state FROM resource WHERE origin = 'F-1' AND community = 'rse'") == [("published",)]


async def test_when_its_author_is_erased_a_sheet_and_what_others_made_of_it_stay(chat: Chat) -> None:
    await evaluated(chat)
    await offers(chat)
    await chat.reacts(DUO, "✅", shown(chat, DUO))
    await answers(
        chat, BEN, "!fiche F-1 adapter", "Nos entrées étaient saisies trois fois", "Un autre fait", RESULT, "oui"
    )
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    await chat.passes(hours=1)
    await erases(chat, ANA)
    await chat.passes(hours=1)
    await chat.says(BEN, "!F-1")
    lines = ("par un ancien membre", DONE, "évaluée par 1 structure", "Adaptée ailleurs", "saisies trois fois (F-2)")
    assert [line for line in lines if line not in chat.last.text] == []
    await chat.says(BEN, "!F-2")
    assert f"Adaptée de {TITLE}" in chat.last.text
    await chat.says(ELSE, "!F-1", room=THERE)
    assert DONE in chat.last.text
    assert await chat.rows("SELECT author FROM sheet ORDER BY id") == [(None,), (BEN,)]
