"""Promises about one's own time zone: told in a word, and then every hour is one's own."""

from datetime import UTC, datetime

import pytest

from bot.time.typed_zones import zone_named
from tests.chat import ANA, MODO, Chat
from tests.commands.meetups import flat, private, publishes


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Martinique", "America/Martinique"),
        ("en Guadeloupe", "America/Guadeloupe"),
        ("heure de La Réunion", "Indian/Reunion"),
        ("à la Réunion", "Indian/Reunion"),
        ("nouvelle calédonie", "Pacific/Noumea"),
        ("(heure de Nouméa)", "Pacific/Noumea"),
        ("Europe/Rome", "Europe/Rome"),
        ("chez moi", None),
        ("", None),
    ],
)
def test_a_zone_is_named_as_people_say_it(words: str, key: str | None) -> None:
    zone = zone_named(words)
    assert (zone and zone.key) == key


async def test_one_s_own_hour_comes_first_and_reminders_follow_it(chat: Chat) -> None:
    card = await publishes(chat, "!rdv nouveau Point mardi 12 janvier 14h 1h")
    await chat.reacts(ANA, "✅", card)
    await chat.says(ANA, "!moi fuseau chez moi")
    assert "Je ne connais pas le fuseau" in chat.last.text
    await chat.says(ANA, "!moi fuseau Martinique")
    assert "Martinique, où il est 5 h 00" in flat(chat.last.text)
    home = await chat.direct(ANA)
    await chat.says(ANA, "!rdv R-1", room=home)
    assert "Mardi 12 janvier, de 9 h 00 à 10 h 00 pour vous (Martinique)" in flat(chat.last.text)
    await chat.says(ANA, "!rdv", room=home)
    assert "de 9 h 00 à 10 h 00 pour vous (Martinique), soit de 14 h 00 à 15 h 00 à Paris" in flat(chat.last.text)
    await chat.says(ANA, "!rdv R-1")
    assert "pour vous" not in chat.last.text
    chat.forget()
    await chat.passes(days=6, hours=3, minutes=59)
    assert private(chat, ANA) == []
    await chat.passes(minutes=1)
    assert chat.now == datetime(2027, 1, 11, 13, tzinfo=UTC)
    assert [flat(said.lines[0])[:40] for said in private(chat, ANA)] == ["Rappel : Point, demain mardi 12 janvier,"]


async def test_a_meetup_of_another_zone_says_so_in_a_list(chat: Chat) -> None:
    await publishes(chat, "!rdv nouveau Point mardi 12 janvier 9h heure de la Martinique")
    await chat.says(MODO, "!rdv mois")
    assert "Point, mardi 12 janvier, de 9 h 00 à 10 h 00, heure de la Martinique" in flat(chat.last.text)
