"""Promises around a meet-up: calendars, own reminders, programme, minutes, two taps, dates chosen together."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from bot.errors import Refused
from bot.mailbox import direct_chats
from bot.meetups import opinions
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.meetups import card_now, flat, private, publishes
from tests.homeserver import BOT

PARIS = ZoneInfo("Europe/Paris")
LATER = '!rdv nouveau "Comité RSE" mardi 19 janvier 14h 1h30'


async def until(chat: Chat, day: int, hour: int, minute: int = 0) -> None:
    moment = datetime(2027, 1, day, hour, minute, tzinfo=PARIS)
    await chat.passes(seconds=(moment - chat.now).total_seconds())


async def enters(chat: Chat, person: str, room_id: str) -> None:
    """The person accepts the bot's invitation to talk alone."""
    chat.homeserver.member(room_id, person)
    await chat.hears(room_id)


async def test_a_calendar_is_told_in_private_and_stops_when_asked(chat: Chat) -> None:
    chat.engine._dispatcher._contexts.public_url = "https://relais.example.org"
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    await chat.says(ANA, "!rdv ics")

    found = [re.search(r"/calendar/([\w-]+)\.ics", said.text) for said in chat.messages if said.room_id != chat.room]
    assert found[0] is not None
    token = found[0].group(1)
    assert token not in "".join(said.text for said in chat.messages if said.room_id == chat.room)
    content = await chat.engine.calendars.feed(token)
    assert content is not None
    assert [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(content).walk("VEVENT")] == ["Comité RSE"]
    await chat.says(ANA, "!rdv ics bidule")
    assert await chat.engine.calendars.feed(token) is not None
    await chat.says(ANA, "!rdv ics arrêter")
    assert await chat.engine.calendars.feed(token) is None


async def test_the_card_has_a_file_for_calendars_which_follows_each_change(chat: Chat) -> None:
    await chat.says(MODO, '!rdv nouveau "Comité A/B" mardi 19 janvier 14h 1h')
    await chat.reacts(MODO, "✅", chat.messages[-1])
    card = next(said for said in chat.messages if "Vous venez" in said.text)
    assert [(said.text, said.thread) for said in chat.files] == [("Comité A-B (R-1).ics", card.event_id)]
    for line in ("!rdv R-1 déplacer mercredi 20 janvier 15h", "!rdv R-1 annuler"):
        await chat.says(MODO, line)
        await chat.reacts(MODO, "✅", chat.messages[-1])
    read: list[Any] = [icalendar.Calendar.from_ical(data).walk("VEVENT")[0] for data in chat.homeserver.files]
    assert [(event["SEQUENCE"], event["STATUS"], f"{event['DTSTART'].dt:%d %H:%M}") for event in read] == [
        (0, "CONFIRMED", "19 14:00"),
        (1, "CONFIRMED", "20 15:00"),
        (2, "CANCELLED", "20 15:00"),
    ]
    assert len({str(event["UID"]) for event in read}) == 1
    assert {said.thread for said in chat.files} == {card.event_id}


async def test_a_server_that_takes_no_files_loses_nothing_else(chat: Chat) -> None:
    def refuse(_method: str, path: str) -> None:
        if path.startswith("/_matrix/media"):
            raise Refused(403, "M_FORBIDDEN")

    chat.homeserver.refuse = refuse
    card = await publishes(chat)
    await chat.reacts(ANA, "✅", card)
    assert "1 place prise sur 30" in card_now(chat, card)
    assert chat.files == []


async def test_only_the_team_gets_the_calendar_of_the_community(chat: Chat) -> None:
    await chat.says(ANA, "!rdv ics communauté")
    assert "Seule l'équipe de la communauté" in chat.last.text


async def test_a_habit_reminds_before_each_meetup_one_comes_to(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    await chat.says(ANA, "!rdv rappel J-4")
    await until(chat, 15, 13, 59)
    chat.forget()
    await until(chat, 15, 14)
    assert [flat(text).split("\n")[0] for text in chat.texts] == [
        "Rappel : Comité RSE, mardi 19 janvier, de 14 h 00 à 15 h 30"
    ]
    await chat.says(ANA, "!rdv rappel non")
    assert "sont retirés" in chat.last.text


async def test_a_bell_reminds_an_hour_before_unless_it_is_taken_back_or_one_says_no(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(BEN, "🔔", card)
    bell = await chat.reacts(CLEO, "🔔", card)
    await chat.redacts(CLEO, bell)
    await chat.reacts(ANA, "🔔", card)
    await chat.reacts(ANA, "❌", card)
    await until(chat, 18, 20)
    chat.forget()
    await until(chat, 19, 16)
    assert [(said.meant_for, flat(said.lines[0])) for said in chat.messages] == [
        ([BEN], "Comité RSE commence dans 60 minutes, à 14 h 00.")
    ]


async def test_a_reminder_for_oneself_comes_once_in_private(chat: Chat) -> None:
    await chat.says(ANA, "!rappel demain 9h envoyer le compte rendu")
    assert [flat(line) for line in chat.last.lines[:2]] == [
        "Je vous le rappellerai en privé mercredi 6 janvier, à 9 h 00 :",
        "envoyer le compte rendu",
    ]
    await chat.says(ANA, "!rappel demain 10h jeter ce papier")
    await chat.says(ANA, f"!rappel annuler {9 * 10**19}")
    assert flat(chat.last.text) == "Vous n'avez pas de rappel de ce numéro. Pour voir les vôtres : !rappel"
    await chat.says(ANA, "!rappel annuler 2")
    await chat.says(ANA, "!moi langue en")
    await chat.says(ANA, "!rappel demain 11h relire")
    chat.forget()
    await chat.passes(days=3)
    assert [(said.room_id != chat.room, flat(said.text)) for said in chat.messages] == [
        (True, "Reminder: envoyer le compte rendu"),
        (True, "Reminder: relire"),
    ]


async def test_a_reminder_is_removed_by_whoever_it_is_for_and_nobody_else(chat: Chat) -> None:
    await chat.says(ANA, "!rappel demain 9h jeter ce papier")
    chat.forget()
    await chat.passes(days=2)
    [reminder] = chat.messages
    chat.forget()
    await chat.reacts(BEN, "🗑️", reminder)
    assert chat.sent == []
    await chat.reacts(ANA, "🗑️", reminder)
    assert [said.content.get("redacts") for said in chat.sent] == [reminder.event_id]


@pytest.mark.parametrize(("direct", "told"), [(False, 1), (True, 0)])
async def test_who_declines_our_chat_learns_where_they_asked_that_a_reminder_was_due(
    chat: Chat, *, direct: bool, told: int
) -> None:
    await chat.says(ANA, "!rappel demain 9h jeter ce papier", room=await chat.direct(ANA) if direct else chat.room)
    async with chat.database.transaction() as tx:
        await direct_chats.opened(tx, BOT, ANA, "!declined:example.org", status=direct_chats.REFUSED)
    chat.forget()
    await chat.passes(days=1)

    heard = [said for said in chat.messages if said.room_id == chat.room]
    assert [flat(said.text) for said in heard] == [
        "Je n'ai pas pu vous donner un rappel demandé ici : je ne peux pas vous écrire en privé.\n"
        "Pour recevoir les suivants, ouvrez une conversation privée avec moi."
    ] * told
    assert [said.meant_for for said in heard] == [[ANA]] * told


async def test_a_reminder_for_the_room_is_the_team_s(chat: Chat) -> None:
    await chat.says(ANA, "!rappel salon demain 9h réunion")
    assert "Seule l'équipe" in chat.last.text
    await chat.says(MODO, "!rappel salon demain 9h envoyer les fiches")
    chat.forget()
    await chat.passes(days=1)
    assert [(said.room_id, flat(said.text)) for said in chat.messages] == [(chat.room, "Rappel : envoyer les fiches")]


async def test_a_reminder_that_was_missed_says_when_it_was_due(chat: Chat) -> None:
    await chat.says(ANA, "!rappel demain 9h envoyer le compte rendu")
    chat.forget()
    chat.now = datetime(2027, 1, 6, 11, tzinfo=PARIS)
    await chat.passes(seconds=0)
    assert flat(chat.last.text) == (
        "Rappel : envoyer le compte rendu\nIl était prévu mercredi 6 janvier, à 9 h 00 : j'étais à l'arrêt."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hier 9h jeter ce papier", "Cette date est passée."),
        ("30 février 9h payer", "Cette date ou cette heure n'existe pas."),
        ("demain payer", "À quelle heure demain ? Par exemple : 9h"),
        ("demain 9h", "Que faut-il rappeler ?"),
        ("tous les mardis 9h payer", "Un rappel n'a lieu qu'une fois."),
        ("bientôt payer", "Cette date est trop imprécise"),
        ("annuler 99", "Vous n'avez pas de rappel de ce numéro."),
        ("12/12/2029 9h payer", "C'est dans plus d'un an."),
    ],
)
async def test_a_reminder_that_cannot_be_is_explained(chat: Chat, words: str, said: str) -> None:
    await chat.says(ANA, f"!rappel {words}")
    assert flat(chat.last.text).startswith(said), chat.last.text


async def test_an_experience_is_proposed_accepted_and_on_the_programme(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(BEN, "✅", card)
    await chat.says(MODO, "!rdv R-1 odj le tri des déchets")
    await chat.says(ANA, "!rdv R-1 retex notre compost")
    asked = next(said for said in chat.messages if MODO in said.meant_for)
    assert "notre compost" in asked.text
    await enters(chat, MODO, asked.room_id)
    await chat.reacts(MODO, "✅", asked)
    assert any("est au programme" in text for text in chat.texts)
    assert "Au programme : le tri des déchets, notre compost." in card_now(chat, card)
    chat.forget()
    await until(chat, 18, 14)
    reminder = next(said for said in chat.messages if BEN in said.meant_for)
    assert "Au programme : le tri des déchets, notre compost." in flat(reminder.text)


async def test_whoever_proposed_an_experience_learns_once_that_nothing_became_of_it(chat: Chat) -> None:
    """The meet-up is cancelled before an answer came, or is over."""
    direct = await chat.direct(ANA)
    for number, ends, said in ((1, True, "est annulée"), (2, False, "est terminée")):
        await publishes(chat, f'!rdv nouveau "Comité RSE" mardi {12 + 7 * number} janvier 14h 1h30')
        await chat.says(ANA, f"!rdv R-{number} retex notre compost")
        if ends:
            await chat.confirms(MODO, f"!rdv R-{number} annuler")
        await until(chat, 13 + 7 * number, 14)
        found = [one.text for one in chat.messages if one.room_id == direct and "retour d'expérience" in one.text]
        assert [said in text for text in found] == [True], number


async def test_lines_noted_in_the_thread_become_minutes(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    thread = card.event_id
    await chat.says(ANA, "^décision Trois bacs par étage", thread=thread)
    await chat.says(BEN, "^action Ben commande les bacs pour vendredi", thread=thread)
    await chat.says(BEN, "^bof rien du tout", thread=thread)
    await chat.says(CLEO, "une phrase ordinaire", thread=thread)
    await chat.says(CLEO, "^décision hors du fil")
    assert [said.emoji for said in chat.sent if said.emoji == "📝"] == ["📝", "📝"]
    assert chat.texts == []
    await chat.says(ANA, "!rdv R-1 cr")
    assert "Seules la personne qui organise" in chat.last.text
    await chat.says(MODO, "!rdv R-1 présents 12")
    assert "n'a pas commencé" in chat.last.text
    await until(chat, 19, 16)
    await chat.says(MODO, "!rdv R-1 présents douze")
    assert "Combien" in chat.last.text
    await chat.says(MODO, "!rdv R-1 présents 012")
    assert chat.last.text.startswith("C'est noté\u00a0: 12 personnes")
    await chat.says(MODO, "!rdv R-1 cr")
    await chat.reacts(MODO, "✅", chat.messages[-1])
    published = next(text for text in chat.texts if text.startswith("Compte rendu"))
    assert flat(published).split("\n")[2:] == [
        "Décisions",
        "- Trois bacs par étage",
        "Actions",
        "- Ben commande les bacs pour vendredi",
    ]


async def test_an_action_with_a_date_is_recalled_once_to_whoever_noted_it(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.says(BEN, "^action commander les bacs pour vendredi 29 janvier", thread=card.event_id)
    await chat.says(ANA, "^action y penser bientôt", thread=card.event_id)
    await chat.says(ANA, "^action rappeler le fournisseur vendredi 29 janvier vers 15h", thread=card.event_id)
    for _ in range(2):
        await chat.says(MODO, "!rdv R-1 cr")
        assert "1 action a une date" in flat(chat.messages[-1].text)
        await chat.reacts(MODO, "✅", chat.messages[-1])
    await until(chat, 29, 8, 29)
    chat.forget()
    await until(chat, 29, 20)
    assert [(said.meant_for, flat(said.text)) for said in chat.messages] == [
        ([BEN], "Rappel : commander les bacs pour vendredi 29 janvier (Comité RSE, R-1)")
    ]


async def test_two_taps_say_how_it_was(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    await until(chat, 19, 14)
    chat.forget()
    await until(chat, 19, 17)
    first = next(said for said in chat.messages if "bien passé" in said.text)
    await enters(chat, ANA, first.room_id)
    await chat.reacts(ANA, "✅", first)
    second = next(said for said in chat.messages if "vous sert" in said.text)
    await chat.reacts(ANA, "❌", second)
    await chat.reacts(ANA, "✅", second)
    async with chat.database.reading() as tx:
        tally = await opinions.tally(tx, "numerique")
    assert (tally.asked, tally.went_well, tally.was_useful) == (1, (1, 1), (0, 1))
    assert any("Pour le compte rendu" in text for text in map(flat, chat.texts))


async def test_a_yes_in_private_is_not_taken_for_a_meetup_that_is_over(chat: Chat) -> None:
    await chat.reacts(BEN, "🤔", await publishes(chat, LATER))
    await until(chat, 19, 17)
    room = private(chat, BEN)[0].room_id
    await enters(chat, BEN, room)
    await publishes(chat, '!rdv nouveau "Point" mardi 26 janvier 14h')
    await chat.says(BEN, "!rdv R-2", room=room)
    await chat.says(BEN, "oui", room=room)
    assert any(flat(text).startswith("C'est noté, vous venez : Point (R-2)") for text in chat.texts)


async def test_an_organiser_who_left_is_replaced_by_the_team(chat: Chat) -> None:
    await publishes(chat, '!rdv nouveau "Comité" tous les mardis 14h 1h')
    chat.homeserver.member(chat.room, MODO, "leave")
    await chat.hears(chat.room)
    await chat.says(ANA, "!rdv R-2 retex notre compost")
    assert flat(chat.last.text).endswith("!rdv R-2 reprendre")
    assert not any(MODO in said.meant_for for said in chat.messages)
    await until(chat, 5, 17)
    said = next(said for said in chat.messages if "Pour le compte rendu" in flat(said.text))
    assert said.room_id == chat.room
    assert "n'est plus dans ce salon" in said.text
    await chat.says("@boss:example.org", "!rdv R-2 reprendre")
    assert flat(chat.last.text).startswith("Vous organisez « Comité »")


@pytest.mark.parametrize("title", ['"Pilotage"', "Pilotage :"])
async def test_a_date_is_chosen_together(chat: Chat, title: str) -> None:
    await chat.confirms(MODO, "!admin salon aide")
    await chat.says(ANA, f"!rdv dates {title} 12 janvier 14h, 14 janvier 10h, 15 janvier 9h")
    card = chat.messages[-1]
    await chat.says(ANA, "2")
    await chat.reacts(BEN, "2️⃣", card)
    one = await chat.reacts(BEN, "1️⃣", card)
    await chat.redacts(BEN, one)
    assert "2. Jeudi 14 janvier, à 10 h 00 (2 personnes)" in card_now(chat, card)
    assert "1. Mardi 12 janvier, à 14 h 00\n" in card_now(chat, card)
    await chat.says(ANA, "!rdv dates P-1 2")
    assert "Seule l'équipe" in chat.last.text
    await chat.says(MODO, "!rdv dates P-1 2")
    await chat.reacts(MODO, "✅", chat.messages[-1])
    assert any(flat(text).startswith("Pilotage\nJeudi 14 janvier") for text in chat.texts)


@pytest.mark.parametrize("words", ["", '"Pilotage"', '"Pilotage" 12 janvier 14h', '"P" 12 janvier 14h, 30 février 10h'])
async def test_a_choice_of_dates_that_cannot_be_is_explained(chat: Chat, words: str) -> None:
    await chat.says(ANA, f"!rdv dates {words}")
    assert "Quelle date pour" not in chat.last.text
    assert chat.last.text


async def test_an_address_that_cannot_be_told_in_private_is_not_made_and_ends_none(chat: Chat) -> None:
    chat.engine._dispatcher._contexts.public_url = "https://relais.example.org"
    await publishes(chat, LATER)
    room = await chat.direct(ANA)
    await chat.says(ANA, "rdv ics", room=room)
    found = re.search(r"/calendar/([\w-]+)\.ics", chat.last.text)
    assert found is not None
    async with chat.database.transaction() as tx:
        await direct_chats.refused(tx, BOT, room)
    await chat.says(ANA, "!rdv ics")

    assert chat.last.text.startswith("Je ne peux pas vous écrire en privé")
    assert await chat.engine.calendars.feed(found[1]) is not None
