"""Promises about the holidays of one's own territory: nobody is asked on them, and no news is promised for them."""

from datetime import UTC, datetime

import pytest

from bot.store.database import Database
from tests.chat import ANA, BEN, CLEO, Chat
from tests.help.people import asks, offers, volunteers

THURSDAY_EVENING = datetime(2027, 3, 25, 19, tzinfo=UTC)
"""The eve of Good Friday, when the hours of the day are over; Easter Monday is a holiday everywhere."""


@pytest.mark.parametrize(
    ("place", "asked_on", "news"),
    [("Ain", 26, "jeudi 1er avril"), ("Moselle", 30, "vendredi 2 avril")],
)
async def test_good_friday_is_no_working_day_in_moselle(
    database: Database, place: str, asked_on: int, news: str
) -> None:
    async with Chat(database, started_at=THURSDAY_EVENING) as chat:
        for person in (ANA, BEN):
            await chat.says(person, f"moi profil territoire {place}", room=await chat.direct(person))
        await volunteers(chat, BEN)
        await asks(chat, ANA)
        assert news in chat.last.text.replace("\u00a0", " ")
        while not offers(chat):
            await chat.passes(hours=1)
        assert chat.now.day == asked_on


async def test_the_holiday_of_one_is_none_of_another(database: Database) -> None:
    async with Chat(database, started_at=THURSDAY_EVENING) as chat:
        await chat.says(BEN, "moi profil territoire 68", room=await chat.direct(BEN))
        await volunteers(chat, BEN, CLEO)
        await asks(chat, ANA)
        await chat.passes(hours=14)
        assert [said.people for said in offers(chat)] == [(CLEO,)]
