"""Whoever leaves a community, or is banned from it, reads no calendar of it, and leaves nothing behind that acts."""

from datetime import timedelta

import pytest

from bot.errors import TryLater
from bot.meetups import calendars
from tests.attacks import attack
from tests.attacks.gone import MEMBERS, SMALL, address, asked, bans, goes_away, seats, titles, unseen, until
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.commands.meetups import flat
from tests.help.people import asks, offers, volunteers

# ── calendars ─────────────────────────────────────────────────────────────────────────────────────────────


@attack(
    who="a banned member",
    tries="reads the calendar whose address they have",
    instead="it shows nothing of the community, and then is no address any more",
)
async def test_a_calendar_is_read_after_the_ban(chat: Chat) -> None:
    await seats(chat, ANA)
    token = await address(chat, ANA)
    assert await titles(chat, token) == ["Petit groupe"]
    unseen(chat, ANA)
    chat.now += timedelta(minutes=2)

    assert await titles(chat, token) == []
    await chat.hears(chat.room)
    await chat.passes(seconds=1)
    assert await titles(chat, token) is None


@attack(
    who="a member who was banned while the bot was down",
    tries="reads in their calendar the link that was set after the ban",
    instead="who is in the room is asked before anything is shown",
)
async def test_a_link_is_set_after_the_ban(chat: Chat) -> None:
    await seats(chat, ANA, line=SMALL.replace("https://visio.example.org/petit", ""))
    token = await address(chat, ANA)
    unseen(chat, ANA)
    await chat.restarts()
    await chat.says(MODO, "!rdv R-1 lien https://visio.example.org/secret")
    chat._rooms.apply(chat.room, events=[], summary={}, limited=True)

    feed = await chat.engine.calendars.feed(token)
    assert feed is None or b"secret" not in feed


@attack(
    who="a former moderator",
    tries="goes on reading the team's calendar",
    instead="its address stops with the role of whoever asked for it",
)
async def test_the_team_s_calendar_ends_with_the_role(chat: Chat) -> None:
    await seats(chat, ANA)
    token = await address(chat, MODO, "numerique")
    assert await titles(chat, token) == ["Petit groupe"]
    await chat.does(BOSS, "m.room.power_levels", {"users": {MODO: 0}}, state_key="")

    assert await titles(chat, token) is None


@attack(
    who="a banned moderator whose power level was forgotten",
    tries="goes on reading the team's calendar",
    instead="power counts only in a room where one is",
)
async def test_the_team_s_calendar_ends_with_the_membership(chat: Chat) -> None:
    await seats(chat, ANA)
    token = await address(chat, MODO, "numerique")
    unseen(chat, MODO)
    await chat.restarts()

    assert await titles(chat, token) is None


@attack(
    who="a banned moderator, still in the power levels, after a restart in which nobody spoke",
    tries="receives what is for the team",
    instead="members are asked for first: the team gets it, silent or not, and nobody else",
)
async def test_notices_go_to_the_present_team(chat: Chat) -> None:
    await chat.does(BOSS, "m.room.power_levels", {"users": {MODO: 50, CLEO: 50}}, state_key="")
    unseen(chat, CLEO)
    await chat.restarts()
    chat._rooms._rooms[chat.room].joined.clear()
    async with chat.database.transaction() as tx:
        await chat.timers.set(tx, calendars.ENDED, "numerique", due_at=chat.now)
    await chat.passes(seconds=1)

    assert {person for said in chat.messages for person in said.meant_for} == {MODO}


@attack(
    who="a calendar that asks every second",
    tries="makes us ask the homeserver each time",
    instead="it is asked at most once a minute for a room",
)
async def test_many_readings_make_one_request(chat: Chat) -> None:
    await seats(chat, ANA)
    token = await address(chat, ANA)
    paths = asked(chat)
    for _ in range(30):
        assert await titles(chat, token) == ["Petit groupe"]
        chat.now += timedelta(seconds=1)

    assert [path for path in paths if path.endswith(MEMBERS)] == [path for path in paths if MEMBERS in path][:1]
    goes_away(chat)
    chat.now += timedelta(minutes=5)
    assert await titles(chat, token) == ["Petit groupe"]


@attack(
    who="a banned member, the bot just started and the homeserver away",
    tries="reads their calendar before the bot can know",
    instead="the answer is: later",
)
async def test_a_calendar_waits_for_the_first_list(chat: Chat) -> None:
    await seats(chat, ANA)
    token = await address(chat, ANA)
    await chat.restarts()
    goes_away(chat)

    for _ in range(2):
        with pytest.raises(TryLater):
            await chat.engine.calendars.feed(token)


# ── the rest ──────────────────────────────────────────────────────────────────────────────────────────────


@attack(
    who="a banned member who had asked for help",
    tries="has volunteers go on with the question",
    instead="the request is given up, and nobody is asked any more",
)
async def test_a_request_of_somebody_banned_is_given_up(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    assert len(offers(chat)) == 1
    await bans(chat, ANA)

    assert await chat.rows("SELECT status FROM help_request") == [("cancelled",)]
    assert await chat.rows("SELECT status FROM help_offer WHERE status = 'sent'") == []


@attack(
    who="a volunteer thrown out while the bot was down",
    tries="keeps the request that was proposed to them",
    instead="the offer is withdrawn once the members are known again",
)
async def test_an_offer_to_somebody_gone_is_withdrawn(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await seats(chat, CLEO)
    unseen(chat, BEN, membership="leave")
    await chat.restarts()
    await chat.engine.membership.ask({"numerique"}, since=chat.now)
    await chat.passes(seconds=1)

    assert await chat.rows("SELECT status FROM help_offer WHERE status = 'sent'") == []
    assert await chat.rows("SELECT person FROM expert") == []


@attack(
    who="a banned moderator",
    tries="has the room reminded of something, as planned before",
    instead="what was for the room ends; what they asked for themselves is still told to them",
)
async def test_a_planned_reminder_of_the_room_ends(chat: Chat) -> None:
    await chat.says(MODO, "!rappel salon demain 9h revenez me voir")
    await chat.says(MODO, "!rappel demain 9h mes courses")
    await bans(chat, MODO)
    chat.forget()
    await until(chat, 6, 9, 1)

    assert [flat(text) for text in chat.texts] == ["Rappel : mes courses"]


@attack(
    who="a banned member who voted on a date",
    tries="weighs on the choice",
    instead="the vote is gone",
)
async def test_a_vote_goes_with_the_voter(chat: Chat) -> None:
    await chat.says(ANA, '!rdv dates "Pilotage" 12 janvier 14h, 14 janvier 10h')
    await chat.reacts(BEN, "1️⃣", chat.messages[-1])
    await bans(chat, BEN)

    assert await chat.rows("SELECT person FROM date_vote") == []


@attack(
    who="an appointed moderator who left and comes back",
    tries="is of the team again",
    instead="the appointment ended with the membership",
)
async def test_an_appointment_ends_with_the_membership(chat: Chat) -> None:
    await chat.confirms(BOSS, f"!admin équipe ajouter {CLEO}")
    await bans(chat, CLEO)
    await bans(chat, CLEO, membership="join")
    await chat.says(CLEO, "!rdv ics communauté")

    assert "Seule l'équipe de la communauté" in chat.last.text


@attack(
    who="a moderator in the middle of a preview",
    tries="publishes it in private after the ban",
    instead="the preview is over",
)
async def test_a_preview_ends_with_the_membership(chat: Chat) -> None:
    direct = await chat.direct(MODO)
    await chat.says(MODO, f"rdv nouveau {SMALL.partition('nouveau ')[2]}", room=direct)
    await bans(chat, MODO)
    await chat.says(MODO, "oui", room=direct)

    assert await chat.rows("SELECT id FROM meetup") == []
    assert await chat.rows("SELECT id FROM dialogue WHERE status = 'open' AND kind = 'form'") == []
