"""The thanks of the month in the room's digest: only who agreed, no figure of anybody, no name that was withdrawn."""

from datetime import UTC, datetime

import pytest

from bot.digest.rules.month import is_first_of_month, month_before
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.digest.test_digests import digests, lives_until, turn
from tests.meetups.published import PARIS

FIRST = "Mercis du mois (janvier 2027)\u00a0: "


async def agrees(chat: Chat, person: str, answer: str = "oui") -> None:
    await chat.says(person, f"!moi accords remerciements {answer}", room=await chat.direct(person))


async def thanked(chat: Chat, *pairs: tuple[str, str]) -> None:
    await chat.passes(hours=2)
    await turn(chat, "hebdomadaire")
    for giver, receiver in pairs:
        await chat.says(giver, f"!merci {receiver[1:].partition(':')[0]}")


async def lines(chat: Chat) -> list[str]:
    return [line for said in await digests(chat) for line in said.lines if line.startswith("Mercis du mois")]


async def test_the_first_digest_of_a_month_names_who_agreed_by_the_alphabet_and_counts_nobody(chat: Chat) -> None:
    await thanked(chat, (ANA, CLEO), (MODO, CLEO), (ANA, BEN), (BEN, ANA))
    for person in (CLEO, BEN):
        await agrees(chat, person)
    await lives_until(chat, 26, 12)
    assert await lines(chat) == []
    await lives_until(chat, 16, 12, month=2)
    assert await lines(chat) == [f"{FIRST}Ben, Cleo"]


@pytest.mark.parametrize("people", [4, 5])
async def test_how_many_in_all_is_said_from_five_people_on(chat: Chat, people: int) -> None:
    pairs = [(BEN, ANA), (ANA, BEN), (ANA, CLEO), (ANA, MODO), (ANA, "@boss:example.org"), (CLEO, ANA)]
    await thanked(chat, *pairs[: people - 1], *pairs[people - 1 : people], pairs[-1])
    await lives_until(chat, 3, 12, month=2)
    assert await lines(chat) == ([f"{FIRST}6 mercis en tout"] if people == 5 else [])


async def test_who_left_or_takes_the_yes_back_is_named_no_more(chat: Chat) -> None:
    await thanked(chat, (ANA, BEN), (ANA, CLEO), (BEN, ANA))
    for person in (ANA, BEN, CLEO):
        await agrees(chat, person)
    await agrees(chat, CLEO, "non")
    chat.homeserver.member(chat.room, BEN, membership="leave")
    await chat.hears(chat.room)
    await lives_until(chat, 3, 12, month=2)
    assert await lines(chat) == [f"{FIRST}Ana"]


@pytest.mark.parametrize("how", ["no", "erased"])
async def test_a_name_is_taken_out_of_what_still_waits_to_be_sent(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    await thanked(chat, (ANA, BEN), (ANA, CLEO))
    for person in (BEN, CLEO):
        await agrees(chat, person)
    await lives_until(chat, 2, 7.5, month=2)

    sends = chat._sender.work

    async def away(lane: str) -> float | None:
        return None if lane == chat.room else await sends(lane)

    monkeypatch.setattr(chat._sender, "work", away)
    await lives_until(chat, 2, 9.5, month=2)
    assert await digests(chat) == []
    if how == "no":
        await agrees(chat, CLEO, "non")
    else:
        await chat.confirms(CLEO, "!moi oubli", room=await chat.direct(CLEO))
        await chat.passes(minutes=2)
    monkeypatch.setattr(chat._sender, "work", sends)
    chat.outgoing.wake(chat.room)
    await chat.settles()
    assert await lines(chat) == [f"{FIRST}Ben"]


def test_each_month_is_said_once() -> None:
    """Whether a digest is the first of its month, and the month of which it has the thanks."""
    rows = [
        ("2027-01-26T09:00Z", "2027-02-02T09:00Z", True),
        ("2027-02-02T09:00Z", "2027-02-09T09:00Z", False),
        ("2026-12-29T09:00Z", "2027-01-05T09:00Z", True),
        ("2027-01-31T23:30Z", "2027-02-02T09:00Z", False),  # in Paris it is February already
    ]
    wrong = [
        (since, now)
        for since, now, first in rows
        if is_first_of_month(datetime.fromisoformat(since), datetime.fromisoformat(now), PARIS) is not first
    ]
    assert wrong == []
    month = month_before(datetime(2027, 4, 6, 8, tzinfo=UTC), PARIS)
    assert (month.begin, month.end) == (datetime(2027, 2, 28, 23, tzinfo=UTC), datetime(2027, 3, 31, 22, tzinfo=UTC))
