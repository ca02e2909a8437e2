"""Whoever leaves a community, or is banned from it, keeps no seat and is reminded of nothing."""

from datetime import timedelta

import pytest

from tests.attacks import attack
from tests.attacks.gone import SMALL, address, bans, comes_back, goes_away, misses, seats, titles, unseen, until
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.commands.meetups import card_now, flat, private, publishes

# ── seats and reminders ───────────────────────────────────────────────────────────────────────────────────


@attack(
    who="a banned member with a seat",
    tries="keeps it, and waits for the link",
    instead="the next one has the seat and is told; nothing is sent to the banned one",
)
async def test_a_ban_frees_the_seat(chat: Chat) -> None:
    card = await seats(chat, ANA, BEN)
    await bans(chat, ANA)

    assert "Une place s'est libérée" in flat(private(chat, BEN)[0].text)
    assert "1 place prise sur 1 (R-" in card_now(chat, card)
    await until(chat, 19, 15)
    assert private(chat, ANA) == []
    assert "https://visio.example.org/petit" in private(chat, BEN)[-1].text


@attack(
    who="a member who left while the bot was down",
    tries="is reminded with the link",
    instead="the reminder looks first: the seat goes to whoever waits",
)
async def test_somebody_left_while_the_bot_was_down(chat: Chat) -> None:
    card = await seats(chat, ANA, BEN)
    unseen(chat, ANA, membership="leave")
    await chat.restarts()
    await until(chat, 18, 14)

    assert private(chat, ANA) == []
    await chat.passes(hours=1)
    assert len(private(chat, BEN)) >= 1
    assert "en liste d'attente" not in card_now(chat, card)


@attack(
    who="a member whose ban the sync left out",
    tries="keeps a seat until their own reminder is due",
    instead="the first question about the room finds it",
)
async def test_a_ban_is_hidden_in_a_gap(chat: Chat) -> None:
    first = await seats(chat, ANA, BEN, line=SMALL.replace("19 janvier", "26 janvier"))
    await seats(chat, CLEO)
    unseen(chat, ANA)
    misses(chat)
    await until(chat, 18, 14, 1)  # Cléo's reminder

    assert len(private(chat, CLEO)) == 1
    assert "1 place prise sur 1 (R-" in card_now(chat, first)
    assert len(private(chat, BEN)) == 1
    assert private(chat, ANA) == []


@attack(
    who="somebody banned while the homeserver was away",
    tries="gets the reminder that fell due meanwhile",
    instead="it waits until the members are known, and is not sent",
)
async def test_the_ban_falls_between_due_and_sent(chat: Chat) -> None:
    await seats(chat, ANA, line=SMALL.replace("1 place", "9 places"))
    await until(chat, 19, 13, 44)
    chat.forget()
    goes_away(chat)
    chat.now += timedelta(minutes=1, seconds=1)
    await chat.engine.alarms.drain()
    unseen(chat, ANA)
    comes_back(chat)
    await chat.passes(minutes=5)

    assert private(chat, ANA) == []


@attack(
    who="somebody banned when the day of the meet-up begins",
    tries="comes with the link of a quarter of an hour before",
    instead="nothing is sent that day",
)
async def test_the_ban_comes_at_midnight(chat: Chat) -> None:
    await seats(chat, ANA)
    await until(chat, 19, 0)
    chat.forget()
    unseen(chat, ANA)
    await until(chat, 19, 14)

    assert private(chat, ANA) == []


@attack(
    who="a banned member with a bell of their own",
    tries="is reminded without ever having said yes",
    instead="their own reminder of a meet-up ends as well",
)
async def test_one_s_own_reminder_of_a_meetup_ends(chat: Chat) -> None:
    card = await publishes(chat, SMALL)
    await chat.reacts(ANA, "🔔", card)
    unseen(chat, ANA)
    await until(chat, 19, 14)

    assert private(chat, ANA) == []


@attack(
    who="a member who was banned unseen",
    tries="learns the new date of a meet-up",
    instead="members are asked for before they are told of a move",
)
async def test_a_move_is_told_to_members_only(chat: Chat) -> None:
    await seats(chat, ANA, BEN, line=SMALL.replace("1 place", "9 places"))
    unseen(chat, ANA)
    await chat.confirms(MODO, "!rdv R-1 déplacer jeudi 21 janvier 10h")

    assert private(chat, ANA) == []
    assert len(private(chat, BEN)) == 1


@attack(
    who="a member who was banned unseen, in the gap of a sync",
    tries="learns that a meet-up is cancelled",
    instead="members are asked for before they are told",
)
async def test_a_cancellation_is_told_to_members_only(chat: Chat) -> None:
    await seats(chat, ANA, BEN, line=SMALL.replace("1 place", "9 places"))
    unseen(chat, ANA)
    misses(chat)
    await chat.confirms(MODO, "!rdv R-1 annuler")

    assert private(chat, ANA) == []
    assert len(private(chat, BEN)) == 1


@attack(
    who="the first of the waiting list, banned unseen",
    tries="moves up when a seat becomes free",
    instead="the second one moves up",
)
async def test_only_a_member_moves_up(chat: Chat) -> None:
    card = await seats(chat, ANA, BEN, CLEO)
    unseen(chat, BEN)
    await chat.reacts(ANA, "❌", card)
    await chat.passes(seconds=2)

    assert private(chat, BEN) == []
    assert "Une place s'est libérée" in flat(private(chat, CLEO)[0].text)


@attack(
    who="two members banned at the same moment",
    tries="keep one seat between them",
    instead="both seats go to those who wait",
)
async def test_two_are_banned_at_once(chat: Chat) -> None:
    card = await seats(chat, ANA, BEN, CLEO, MODO, line=SMALL.replace("1 place", "2 places"))
    for person in (ANA, BEN):
        unseen(chat, person)
    await chat.hears(chat.room)
    await chat.passes(seconds=1)

    assert "2 places prises sur 2 (R-" in card_now(chat, card)
    assert [len(private(chat, person)) for person in (ANA, BEN, CLEO, MODO)] == [0, 0, 1, 1]


@attack(
    who="a banned member",
    tries="signs up from their private conversation",
    instead="the seat is refused with the reason",
)
async def test_who_left_signs_up_in_private(chat: Chat) -> None:
    direct = await chat.direct(ANA)
    card = await seats(chat, ANA)
    await until(chat, 18, 15)
    reminder = next(said for said in chat.messages if said.room_id == direct)
    await bans(chat, ANA)
    chat.forget()
    await chat.reacts(ANA, "✅", reminder)

    assert "0 place prise sur 1" in card_now(chat, card)


@attack(
    who="somebody who was banned and is back",
    tries="has everything as before",
    instead="nothing comes back by itself; they may sign up again",
)
async def test_coming_back_restores_nothing(chat: Chat) -> None:
    card = await seats(chat, ANA)
    token = await address(chat, ANA)
    await bans(chat, ANA)
    await bans(chat, ANA, membership="join")

    assert "0 place prise sur 1" in card_now(chat, card)
    assert await titles(chat, token) is None
    await chat.reacts(ANA, "✅", card)
    assert "1 place prise sur 1" in card_now(chat, card)


# ── several rooms ─────────────────────────────────────────────────────────────────────────────────────────


@attack(
    who="a member of two rooms, thrown out of one",
    tries="nothing: they are still in the other",
    instead="they keep all, and lose it with the last room",
)
@pytest.mark.parametrize("membership", ["leave", "ban"])
async def test_one_room_of_the_community_is_enough(chat: Chat, membership: str) -> None:
    side = await chat.opens("!annexe:example.org")
    await chat.confirms(BOSS, "!admin communauté lier numerique")
    await chat.says(BOSS, "!admin communauté lier numerique", room=side)
    card = await seats(chat, ANA, BEN)
    await bans(chat, ANA, membership=membership)
    assert "1 en liste d'attente" in card_now(chat, card)

    await bans(chat, ANA, room=side)
    assert "1 place prise sur 1 (R-" in card_now(chat, card)
    assert len(private(chat, BEN)) == 1


@attack(
    who="a member who has not followed an upgrade yet",
    tries="nothing: their room was replaced",
    instead="they keep their seat, until the new room bans them",
)
async def test_an_upgrade_empties_no_seat(chat: Chat) -> None:
    card = await seats(chat, ANA, BEN)
    new = "!neuf:example.org"
    chat.homeserver.create(new, BOSS, predecessor={"room_id": chat.room})
    chat.homeserver.event(new, "m.room.power_levels", BOSS, {"users": {MODO: 50}}, state_key="")
    for person in (BOSS, MODO, BEN):
        chat.homeserver.member(new, person)
    await chat.does(BOSS, "m.room.tombstone", {"replacement_room": new}, state_key="")
    await chat.hears(new)
    await until(chat, 18, 14)
    assert len(private(chat, ANA)) == 1

    await bans(chat, ANA, room=new)
    await chat.passes(hours=2)
    assert "en liste d'attente" not in card_now(chat, card)
