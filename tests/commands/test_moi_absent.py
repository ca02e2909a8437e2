"""Promises of absences and hours: what would be noted otherwise than it was meant is asked about."""

import pytest

from tests.chat import BEN, Chat
from tests.help.people import volunteers

UNTIL = "Jusqu'à quel jour"


@pytest.mark.parametrize(
    ("days", "answer"),
    [
        ("à partir du 7 février", UNTIL),
        ("dès lundi", UNTIL),
        ("du 7 février", UNTIL),
        ("depuis lundi", UNTIL),
        ("from 7 February", UNTIL),
        ("tous les mercredis", "!moi horaires lun mar jeu ven 9h-17h"),
        ("un mercredi sur deux", "!moi horaires lun mar jeu ven 9h-17h"),
        ("des vacances", "Je n'ai pas compris ces jours"),
        ("du 7 au 20 février", "C'est noté"),
        ("à partir du 7 février jusqu'au 20 février", "C'est noté"),
        ("le 7 février", "C'est noté"),
        ("jusqu'au 12 février", "C'est noté"),
    ],
)
async def test_an_absence_without_an_end_or_that_repeats_is_not_taken_for_one_day(
    chat: Chat, days: str, answer: str
) -> None:
    await volunteers(chat, BEN)
    await chat.says(BEN, f"!moi absent {days}", room=await chat.direct(BEN))

    assert answer in chat.last.text
    [(first,)] = await chat.rows("SELECT absent_from FROM availability")
    assert (first is not None) is (answer == "C'est noté")


async def test_nine_to_five_is_asked_about_and_a_night_stays_possible(chat: Chat) -> None:
    await volunteers(chat, BEN)
    room = await chat.direct(BEN)
    await chat.says(BEN, "!moi horaires lun-ven 9-5", room=room)
    assert "!moi horaires lun-ven 9:00-17:00" in chat.last.lines[0]
    assert "!moi horaires nuit 21h-7h" in chat.last.lines[1]
    await chat.says(BEN, "oui", room=room)
    assert "du lundi au vendredi de 9\u00a0h\u00a000 à 17\u00a0h\u00a000" in chat.last.text

    await chat.says(BEN, "!moi horaires nuit 9-5", room=room)
    assert "toutes les nuits de 9\u00a0h\u00a000 à 5\u00a0h\u00a000" in chat.last.text
    await chat.says(BEN, "!me hours Mon-Fri 9am-5.30pm", room=room)
    assert "de 9\u00a0h\u00a000 à 17\u00a0h\u00a030" in chat.last.text
