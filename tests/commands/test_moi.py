"""Promises about `!moi`: what matters to a person comes first, and all of it is read at a glance."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.meetups import flat, publishes
from tests.help.people import asks, volunteers
from tests.phone import lines_of


async def test_all_that_a_person_has_is_shown_in_at_most_twelve_lines(chat: Chat) -> None:
    home = await chat.direct(MODO)
    await volunteers(chat, BEN, MODO)
    for title in ("Un", "Deux", "Trois"):
        await publishes(chat, f'!rdv nouveau "{title}" mardi 19 janvier 14h')
    for number in (1, 2, 3):
        await chat.says(MODO, f"!rdv R-{number} oui")
        await chat.says(MODO, f"!rappel demain 9h point {number}", room=home)
    for question in ("Comment choisir un DPI en EHPAD ?", "Comment choisir un outil de télésanté ?", "Quel réseau ?"):
        await asks(chat, MODO, question)
    chat.forget()
    await chat.says(MODO, "!moi")
    assert [said.text for said in chat.messages if said.room_id == chat.room] == [
        "Je vous l'écris en conversation privée."
    ]
    [told] = [said for said in chat.messages if said.room_id == home]
    lines = flat(told.text).splitlines()
    assert lines[:3] == [
        "- Rôles : modération, volontaire",
        "- Sujets : interopérabilité",
        "- Horaires : du lundi au vendredi de 8 h 30 à 18 h 30",
    ]
    assert [line for line in lines if line.startswith(("Vos", "3 rappels"))] == [
        "Vos demandes en cours",
        "Vos prochaines rencontres (3)",
        "3 rappels, le prochain : mercredi 6 janvier, à 9 h 00",
    ]
    assert (len(lines) <= 12, lines_of(told.text) <= 30) == (True, True), told.text


async def test_a_pause_and_an_absence_stand_where_the_hours_are(chat: Chat) -> None:
    home = await chat.direct(BEN)
    await volunteers(chat, BEN)
    shown = []
    for line in ("moi absent du 4 au 8 janvier", "moi pause", "moi reprendre"):
        await chat.says(BEN, line, room=home)
        await chat.says(BEN, "moi", room=home)
        shown.append(flat(chat.last.text).splitlines()[2].partition(" :")[0])
    assert shown == ["- Absence", "- Pause", "- Horaires"]


async def test_who_has_nothing_reads_how_to_set_something(chat: Chat) -> None:
    await chat.says(ANA, "!moi")
    assert chat.last.room_id == chat.room
    assert "!moi profil" in chat.last.text
