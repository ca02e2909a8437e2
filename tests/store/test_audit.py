"""What went from one status to another is found in the log, without anybody's name, and only if it was kept."""

import logging

import pytest

from bot.metrics import REGISTRY
from bot.store import audit
from bot.store.database import Database
from tests.chat import ANA, BEN, CLEO, Chat
from tests.help.people import asks, offers, volunteers
from tests.meetups.published import answers, published


def steps(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == audit.logger.name]


async def test_every_step_of_a_request_and_its_offers_is_logged_and_names_nobody(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger=audit.logger.name)
    before = REGISTRY.get_sample_value("relais_transitions_total", {"noun": "request", "status": "accepted"}) or 0
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", next(card for card in offers(chat) if card.meant_for == [BEN]))

    assert steps(caplog) == [
        "request 1: draft to open by requester",
        "request 1: open to seeking by system",
        "request 1: seeking to accepted by offered",
        "offer 1: sent to accepted",
        "offer 2: sent to withdrawn",
    ]
    after = REGISTRY.get_sample_value("relais_transitions_total", {"noun": "request", "status": "accepted"})
    assert after == before + 1


async def test_an_answer_to_a_meet_up_is_logged_by_its_number(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger=audit.logger.name)
    [meetup] = await published(chat, "14/1 18h Café, 1 place")
    await answers(chat, meetup, ANA)
    await answers(chat, meetup, ANA, n=1)
    await answers(chat, meetup, BEN, n=2)

    assert steps(caplog) == ["rsvp 1: none to yes", "rsvp 2: none to waiting"]


async def test_what_is_not_kept_was_never_done(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger=audit.logger.name)
    with pytest.raises(ZeroDivisionError):
        await _fails(database)
    assert steps(caplog) == []


async def _fails(database: Database) -> None:
    async with database.transaction() as tx:
        audit.moved(tx, "request", 1, "draft", "open")
        raise ZeroDivisionError
