"""Promises of reminders: to the right people, in their own time, once, and never after the start."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.communities.tables import Person
from bot.volunteers.tables import Availability
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.meetups import LINE, card_now, flat, private, publishes
from tests.homeserver import BOT

PARIS = ZoneInfo("Europe/Paris")
LATER = '!rdv nouveau "Comité RSE" mardi 19 janvier 14h 1h30 visio https://visio.example.org/rse'


async def until(chat: Chat, day: int, hour: int, minute: int = 0, month: int = 1) -> None:
    moment = datetime(2027, month, day, hour, minute, tzinfo=PARIS)
    await chat.passes(seconds=(moment - chat.now).total_seconds())


async def lives_in(chat: Chat, person: str, zone: str) -> None:
    async with chat.database.transaction() as tx:
        await tx.merge(Person(mxid=person, time_zone=zone))


async def test_the_whole_ladder_of_a_meetup(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    await chat.reacts(BEN, "🤔", card)
    await chat.reacts(CLEO, "❌", card)
    await until(chat, 12, 13, 59)
    assert chat.messages == []

    await until(chat, 12, 14)
    assert [flat(text).split("\n")[0] for text in chat.texts] == [
        "Rappel : Comité RSE (R-1), mardi 19 janvier, de 14 h 00 à 15 h 30"
    ]
    chat.forget()
    await until(chat, 18, 14)
    assert [flat(text) for text in chat.texts] == [
        "Rappel : Comité RSE, demain mardi 19 janvier, de 14 h 00 à 15 h 30\n"
        "Rejoindre la visio\nhttps://visio.example.org/rse\n"
        "Vous aviez répondu « oui ». Si c'est toujours le cas, vous n'avez rien à faire.\n"
        "Un empêchement ? ❌ non",
        "Rappel : Comité RSE, demain mardi 19 janvier, de 14 h 00 à 15 h 30\n"
        "Rejoindre la visio\nhttps://visio.example.org/rse\n"
        "Vous aviez répondu « peut-être ». Si vous en savez plus : ✅ oui, ❌ non",
    ]
    assert (len(private(chat, ANA)), len(private(chat, BEN)), len(private(chat, CLEO))) == (1, 1, 0)
    chat.forget()
    await until(chat, 19, 13, 45)
    assert [(said.meant_for, flat(said.text)) for said in chat.messages] == [
        (
            [ANA],
            "Comité RSE commence dans 15 minutes, à 14 h 00.\nRejoindre la visio\nhttps://visio.example.org/rse",
        )
    ]
    chat.forget()
    await until(chat, 19, 15, 30)
    assert chat.messages == []


async def test_a_no_in_private_frees_the_place(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    await until(chat, 18, 14)
    reminder = private(chat, ANA)[0]
    chat.homeserver.member(reminder.room_id, ANA)
    await chat.hears(reminder.room_id)
    await chat.reacts(ANA, "❌", reminder)
    assert "0 personne inscrite" in card_now(chat, card)
    chat.forget()
    await until(chat, 19, 14)
    assert chat.messages == []


async def test_each_person_reads_their_own_hour_inside_their_own_hours(chat: Chat) -> None:
    for person, zone in ((ANA, "America/Martinique"), (BEN, "Pacific/Noumea"), (CLEO, "Indian/Reunion")):
        await lives_in(chat, person, zone)
    card = await publishes(chat, LATER)
    for person in (ANA, BEN, CLEO):
        await chat.reacts(person, "✅", card)
    await until(chat, 12, 15)
    chat.forget()
    sent: dict[str, tuple[str, str]] = {}
    while chat.now < datetime(2027, 1, 18, 23, tzinfo=PARIS):
        await chat.passes(minutes=30)
        for said in chat.messages:
            sent.setdefault(said.meant_for[0], (chat.now.astimezone(PARIS).strftime("%d %H:%M"), flat(said.lines[0])))
    assert sent[ANA] == (
        "18 14:00",
        "Rappel : Comité RSE, demain mardi 19 janvier, de 9 h 00 à 10 h 30 pour vous (Martinique), "
        "soit de 14 h 00 à 15 h 30 à Paris",
    )
    assert sent[CLEO][0] == "18 14:00"
    assert sent[BEN][0] == "18 08:30"
    assert "mercredi 20 janvier" in sent[BEN][1]
    assert "demain" not in sent[BEN][1]


async def test_a_whole_day_is_tomorrow_only_on_its_eve_wherever_one_reads_it(chat: Chat) -> None:
    await lives_in(chat, ANA, "America/Martinique")
    card = await publishes(chat, "!rdv nouveau Congrès mercredi 20 janvier")
    await chat.reacts(ANA, "✅", card)
    await until(chat, 19, 20)
    (said,) = private(chat, ANA)
    assert flat(said.lines[0]) == "Rappel : Congrès, mercredi 20 janvier"  # on Monday evening


async def test_one_s_own_hours_are_kept_and_a_rest_from_requests_silences_no_reminder(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    async with chat.database.transaction() as tx:
        tx.add(Availability(person=ANA, hours=[[0, 420, 600]], rest_until=date(2027, 1, 30)))
    await chat.reacts(ANA, "✅", card)
    await until(chat, 18, 9, 58)
    chat.forget()
    await until(chat, 18, 9, 59)
    assert [said.meant_for for said in chat.messages] == [[ANA]]


async def test_a_room_hears_at_most_two_things_a_day_that_nobody_asked_for(chat: Chat) -> None:
    for title in ("Un", "Deux", "Trois"):
        await publishes(chat, f'!rdv nouveau "{title}" mardi 19 janvier 14h')
    told = []
    for day in (12, 13, 14):
        await until(chat, day, 23)
        told.append(sum(said.text.startswith("Rappel") for said in chat.messages if said.room_id == chat.room))
        chat.forget()
    assert told == [2, 1, 0]


async def test_a_reminder_moved_from_sunday_to_friday_says_monday(chat: Chat) -> None:
    card = await publishes(chat, '!rdv nouveau "Point" lundi 18 janvier 10h 1h')
    await chat.reacts(ANA, "✅", card)
    await until(chat, 15, 18, 28)
    chat.forget()
    await until(chat, 15, 18, 29)
    assert flat(private(chat, ANA)[0].lines[0]) == ("Rappel : Point, lundi 18 janvier, de 10 h 00 à 11 h 00")


async def test_down_from_two_hours_to_ten_minutes_before(chat: Chat) -> None:
    """Answers given meanwhile count, the late reminder is adapted, nothing comes after the start."""
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    await until(chat, 19, 12)
    chat.forget()
    chat.now = datetime(2027, 1, 19, 13, 50, tzinfo=PARIS)
    await chat.restarts()
    await chat.reacts(BEN, "✅", card)
    await chat.passes(seconds=0)
    assert flat(private(chat, ANA)[0].lines[0]) == "Comité RSE commence dans 10 minutes, à 14 h 00."
    assert "2 personnes inscrites" in card_now(chat, card)
    chat.forget()
    await until(chat, 19, 16)
    assert chat.messages == []


async def test_down_until_after_the_start_nothing_is_sent_any_more(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    chat.forget()
    chat.now = datetime(2027, 1, 19, 14, 0, tzinfo=PARIS)
    await chat.restarts()
    await chat.passes(minutes=5)
    assert chat.messages == []


async def test_a_late_eve_reminder_is_dropped_once_the_last_one_says_more(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    await until(chat, 12, 15)
    chat.forget()
    chat.now = datetime(2027, 1, 19, 13, 46, tzinfo=PARIS)
    await chat.passes(seconds=0)
    assert [flat(text).split("\n")[0] for text in chat.texts] == ["Comité RSE commence dans 14 minutes, à 14 h 00."]


async def test_a_rung_that_is_over_when_somebody_answers_is_left_out(chat: Chat) -> None:
    card = await publishes(chat, '!rdv nouveau "Point" demain 14h')
    await chat.passes(hours=5)
    await chat.reacts(ANA, "✅", card)
    chat.forget()
    await chat.passes(hours=30)
    reminders = [flat(text).split("\n")[0] for text in chat.texts if "commence dans" in text or "Rappel" in text]
    assert reminders == ["Point commence dans 15 minutes, à 14 h 00."]


async def test_each_occurrence_of_a_series_is_announced_and_answered_by_itself(chat: Chat) -> None:
    """Across the change of the clocks the hour of the clock stays."""
    first = await publishes(chat, LINE)
    await chat.reacts(ANA, "✅", first)
    await chat.passes(days=100)
    cards = [
        flat(said.text).split("\n")[:2]
        for said in chat.messages
        if "Vous venez" in said.text and said.text.startswith("Comité")
    ]
    assert cards == [
        ["Comité RSE : déchets", "Mardi 2 février, de 14 h 00 à 15 h 30"],
        ["Comité RSE : déchets", "Mardi 2 mars, de 14 h 00 à 15 h 30"],
        ["Comité RSE : déchets", "Mardi 6 avril, de 14 h 00 à 15 h 30"],
    ]
    assert Counter(person for said in chat.messages for person in said.meant_for)[ANA] <= 2


async def test_an_offer_within_the_last_day_is_held_and_then_goes_on(chat: Chat) -> None:
    card = await publishes(chat, '!rdv nouveau "Petit groupe" mardi 12 janvier 14h 1h 1 place')
    for person in (ANA, BEN, CLEO):
        await chat.reacts(person, "✅", card)
    await until(chat, 11, 15)
    chat.forget()
    await chat.reacts(ANA, "❌", card)
    await chat.passes(seconds=1)
    offer = private(chat, BEN)[0]
    assert [flat(line) for line in offer.lines[1:]] == [
        "Elle vous est réservée jusqu'au lundi 11 janvier, à 18 h 00, puis proposée à la personne suivante.",
        "Vous la prenez ? ✅ oui, ❌ non",
    ]
    assert private(chat, CLEO) == []
    assert "0 place prise sur 1, 1 proposée, 1 en liste d'attente" in card_now(chat, card)
    await until(chat, 11, 18, 1)
    taken = private(chat, CLEO)[0]
    chat.homeserver.member(taken.room_id, CLEO)
    await chat.hears(taken.room_id)
    await chat.says(CLEO, "oui", room=taken.room_id, reply_to=taken)
    assert "1 place prise sur 1, 1 en liste d'attente" in card_now(chat, card)


async def test_a_room_that_refuses_us_keeps_nobody_from_their_own_reminder(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    chat.homeserver.member(chat.room, "@relais:example.org", "leave")
    await chat.hears(chat.room)
    chat.forget()
    await until(chat, 19, 13, 50)
    assert len(private(chat, ANA)) == 2


async def test_a_room_that_we_were_removed_from_is_left_alone_and_people_are_reminded(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    chat.homeserver.member(chat.room, BOT, "leave")
    await chat.hears(chat.room)
    chat._rooms.left(chat.room)
    chat.forget()
    await until(chat, 18, 14)
    assert [said.meant_for for said in chat.sent if said.room_id != chat.room and said.emoji is None] == [[ANA]]
    await chat.says(ANA, "rdv R-1 non", room=await chat.direct(ANA))
    await until(chat, 20, 9)
    assert [said for said in chat.sent if said.room_id == chat.room] == []


async def test_nothing_is_sent_twice_after_a_restart(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.reacts(ANA, "✅", card)
    for _ in range(4):
        await until(chat, 18, 14)
        await chat.restarts()
        await chat.passes(seconds=0)
    assert len(private(chat, ANA)) == 1
    assert chat.now - timedelta(seconds=1) < datetime(2027, 1, 18, 14, tzinfo=PARIS)


async def test_a_move_is_told_and_confirmed_or_becomes_a_maybe(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    for person in (ANA, BEN):
        await chat.reacts(person, "✅", card)
    await chat.says(MODO, "!rdv R-1 déplacer jeudi 21 janvier 10h")
    assert "Avant : mardi 19 janvier," in flat(chat.last.text)
    assert "Après : jeudi 21 janvier, de 10 h 00 à 11 h 30" in flat(chat.last.text)
    await chat.reacts(MODO, "✅", chat.messages[-1])
    told = private(chat, ANA)[0]
    assert flat(told.lines[0]).startswith("Comité RSE (R-1) change de date : jeudi 21 janvier,")
    chat.homeserver.member(told.room_id, ANA)
    await chat.hears(told.room_id)
    await chat.reacts(ANA, "✅", told)
    assert "Jeudi 21 janvier, de 10 h 00" in card_now(chat, card)
    chat.forget()
    await until(chat, 20, 11)
    assert "Vous aviez répondu « oui »" in flat(private(chat, ANA)[0].text)
    assert "j'ai noté « peut-être »" in flat(private(chat, BEN)[0].text)
    assert "1 personne inscrite, 1 peut-être" in card_now(chat, card)


async def test_whole_days_are_moved_as_days(chat: Chat) -> None:
    card = await publishes(chat, "!rdv nouveau Séminaire du 19 au 21 janvier")
    await chat.says(MODO, "!rdv R-1 déplacer 26 janvier 9h-17h")
    assert "dure des journées entières" in flat(chat.last.text)
    await chat.says(MODO, "!rdv R-1 déplacer du 26 au 27 janvier")
    assert "Après : du mardi 26 au mercredi 27 janvier\n" in flat(chat.last.text)
    await chat.reacts(MODO, "✅", chat.last)
    assert "Du mardi 26 au mercredi 27 janvier" in card_now(chat, card)


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("à 16h", "mardi 19 janvier, de 16 h 00 à 17 h 00"),
        ("16h30-18h", "mardi 19 janvier, de 16 h 30 à 18 h 00"),
        ("au mercredi 20 janvier 9h", "mercredi 20 janvier, de 9 h 00 à 10 h 00"),
    ],
)
async def test_an_hour_alone_moves_within_the_same_day(chat: Chat, words: str, when: str) -> None:
    await publishes(chat, "!rdv nouveau Point mardi 19 janvier 14h 1h")
    await chat.says(MODO, f"!rdv R-1 déplacer {words}")
    assert f"Après : {when}" in flat(chat.last.text)


async def test_the_link_that_follows_is_on_every_card_and_in_the_last_reminder(chat: Chat) -> None:
    card = await publishes(chat, "!rdv nouveau Point mardi 19 janvier 14h 1h visio")
    await chat.reacts(ANA, "✅", card)
    await chat.says(MODO, "!rdv R-1 lien javascript:x")
    assert "Je ne peux pas utiliser ce lien" in flat(chat.last.text)
    await chat.says(MODO, "!rdv R-1 lien https://visio.example.org/p")
    assert "Rejoindre la visio\nhttps://visio.example.org/p" in card_now(chat, card)
    assert b"https://visio.example.org/p" in chat.homeserver.files[-1]
    await until(chat, 19, 13, 46)
    assert "https://visio.example.org/p" in private(chat, ANA)[-1].text


async def test_a_cancelled_occurrence_is_told_and_reminds_nobody(chat: Chat) -> None:
    card = await publishes(chat, LINE)
    await chat.reacts(ANA, "✅", card)
    await chat.says(BEN, "!rdv R-1 annuler")
    assert "Seules la personne qui organise" in chat.last.text
    await chat.says(MODO, "!rdv R-1 annuler")
    await chat.reacts(MODO, "✅", chat.messages[-1])
    assert "Annulation" in private(chat, ANA)[0].text
    assert "Annulée : mardi 5 janvier" in card_now(chat, card)
    chat.forget()
    await chat.passes(days=20)
    assert private(chat, ANA) == []
    await chat.says(ANA, "!rdv")
    assert "R-2" in chat.last.text


async def test_a_whole_series_is_stopped(chat: Chat) -> None:
    await publishes(chat, LINE)
    await chat.says(MODO, "!rdv R-1 annuler série")
    await chat.reacts(MODO, "✅", chat.messages[-1])
    chat.forget()
    await chat.passes(days=120)
    assert [text for text in chat.texts if "Vous venez" in text] == []
    await chat.says(ANA, "!rdv")
    assert "Aucune rencontre n'est prévue" in chat.last.text


async def test_fewer_places_evict_nobody_and_more_places_fill_up(chat: Chat) -> None:
    card = await publishes(chat, '!rdv nouveau "Petit groupe" mardi 19 janvier 14h 2 places')
    for person in (ANA, BEN, CLEO):
        await chat.reacts(person, "✅", card)
    await chat.says(MODO, "!rdv R-1 places 1")
    assert "personne ne perd la sienne" in chat.last.text
    assert "2 personnes viennent, complet, 1 en liste d'attente" in card_now(chat, card)
    await chat.says(MODO, "!rdv R-1 places 3")
    assert "3 places prises sur 3" in card_now(chat, card)
    for words in ("0", "-1", "beaucoup"):
        await chat.says(MODO, f"!rdv R-1 places {words}")
        assert "Je ne peux pas prévoir" in chat.last.text
