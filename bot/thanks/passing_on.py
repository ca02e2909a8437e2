"""Passing thanks on: all of a day together, in private, in the hours of whoever was thanked, once."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.communities.people import members, people
from bot.communities.tell import name, tell
from bot.mailbox import direct_chats
from bot.meetups.reminder_timers import hours_of
from bot.thanks import texts, thanks
from bot.thanks.of_things import Finds
from bot.thanks.planned import PASS_ON
from bot.thanks.tables import Thanks


async def pass_on(hands: Hands, receiver: str, find: Finds) -> None:
    """Inform a person of all that they have not read; nothing is lost if they want no message or have no chat with us:
    they may ask for it. `find` finds the things that they were thanked for."""
    waiting = await thanks.unknown_to(hands.tx, receiver, account=hands.account)
    if not waiting or not await _wants_to_know(hands, receiver):
        return
    community = await communities.get(hands.tx, waiting[0].community)
    assert community is not None
    hours = await hours_of(hands.tx, receiver, ZoneInfo(community.time_zone))
    if not hours.is_open(hands.now):
        await hands.timers.set(hands.tx, PASS_ON, receiver, due_at=hours.next_opening(hands.now))
        return
    if said := await still_said(hands, waiting, find):
        words, key, language = partial(texts.passed_on, said), f"thanks:{waiting[-1].id}", community.language
        await tell(hands, receiver, words, key=key, language=language, rings=False, unasked=True)
    await thanks.informed(hands.tx, waiting, now=hands.now)


async def _wants_to_know(hands: Hands, receiver: str) -> bool:
    """Whether they talk with us in private and have not asked for silence: thanks are no reason to invite anybody."""
    chat = await direct_chats.room_of(hands.tx, hands.account, receiver)
    return chat is not None and not await people.has_stopped(hands.tx, receiver)


async def still_said(hands: Hands, rows: Sequence[Thanks], find: Finds) -> list[texts.Said]:
    """Those of whose giver and receiver both are still members: of the community, or of one that reads the thing."""
    return [said for row in rows if (said := await _said(hands, row, find)) is not None]


async def _said(hands: Hands, row: Thanks, find: Finds) -> texts.Said | None:
    community = await communities.get(hands.tx, row.community)
    if community is None or row.giver is None:
        return None
    members.require(hands.directory, community.main_room)
    if await members.has_left(hands.tx, hands.directory, row.receiver, row.community):
        return None
    theirs = await _community_of(hands, row.giver, row, find)
    return texts.Said(name(hands, row.giver, theirs), row.words, row.subject) if theirs is not None else None


async def _community_of(hands: Hands, giver: str, row: Thanks, find: Finds) -> Community | None:
    """Where whoever thanked is still a member: there, or where the thing is read that they thanked for."""
    thing = await find(hands.tx, row.subject)
    for slug in dict.fromkeys((row.community, *(thing.communities if thing is not None else ()))):
        community = await communities.get(hands.tx, slug)
        if community is not None and not await members.has_left(hands.tx, hands.directory, giver, slug):
            return community
    return None
