"""Sends the digests that are due: to a community's room, to people who subscribed; asks teams whether they want one."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.communities import Community, communities, rooms
from bot.communities.people import members, people
from bot.communities.tell import tell, tell_team
from bot.digest import Subscription, news, room_digests, subscriptions, thanks
from bot.digest.due import OFFER, OWN, ROOM
from bot.digest.news import News
from bot.digest.rules.month import is_first_of_month
from bot.digest.rules.rhythm import is_missed, may_leave, until
from bot.dispatch.answer.context import Moment
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.i18n import DEFAULT, _, speaking
from bot.mailbox.sending import daily_limit
from bot.mailbox.sending.outbox import BULK
from commands.digest import texts
from commands.digest.digest import command

# ── to a room ─────────────────────────────────────────────────────────────────────────────────────────────


@command.timer(ROOM)
async def send_to_room(moment: Moment, item: str) -> None:
    """Send the digest of a community; what cannot leave now is tried again at the next half hour, then left to the
    next digest."""
    community, row = await communities.get(moment.tx, item), await room_digests.of(moment.tx, item)
    if community is None or row.due_at is None or row.since is None or row.due_at > moment.now:
        return
    zone = ZoneInfo(community.time_zone)
    if is_missed(row.due_at, moment.now):
        await room_digests.go_on(moment.tx, row, zone=zone, now=moment.now, sent=False)
    elif may_leave(row.due_at, moment.now, zone) and await _has_its_turn(moment, community, zone):
        ahead = until(moment.now, row.rhythm)
        found = await news.of(moment.tx, item, since=row.since, now=moment.now, ahead=ahead)
        thanked = await _thanks(moment, community, since=row.since)
        if found or thanked:
            await _say_in_room(moment, community, found, due=row.due_at, thanked=thanked)
        await room_digests.go_on(moment.tx, row, zone=zone, now=moment.now, sent=True)


async def _has_its_turn(moment: Moment, community: Community, zone: ZoneInfo) -> bool:
    """Whether we are in the main room, may write there, and have not said enough unasked today."""
    room_id = community.main_room
    if room_id is None or moment.directory.facts(room_id) is None or not rooms.may_write(moment.directory, room_id):
        return False
    turn = await daily_limit.next_turn(moment.tx, moment.account, room_id, now=moment.now, zone=zone)
    return turn is None


async def _thanks(moment: Moment, community: Community, *, since: datetime) -> str:
    """Those of the month before, in the first digest of a month; in the language of the room."""
    if not is_first_of_month(since, moment.now, ZoneInfo(community.time_zone)):
        return ""
    with speaking(await _language(moment, community)):
        return await thanks.of_month(moment, community, at=moment.now)


async def _language(moment: Moment, community: Community) -> str:
    own = await rooms.language(moment.tx, community.main_room) if community.main_room else None
    return own or community.language


async def _say_in_room(moment: Moment, community: Community, found: News, *, due: datetime, thanked: str) -> None:
    assert community.main_room is not None
    zone = ZoneInfo(community.time_zone)
    with speaking(await _language(moment, community)):
        text = Text.of(
            texts.digest(community, found, now=moment.now),
            thanked,
            texts.late(due, moment.now, zone),
            _("For your own choice of news, in private: `!me subscriptions`"),
        )
    await moment.outbox.say(
        moment.tx,
        Message(text),
        key=f"{daily_limit.PREFIX}{ROOM}:{community.slug}:{due.isoformat()}",
        to=community.main_room,
        now=moment.now,
        about=Ref(ROOM, community.slug),
        priority=BULK,
    )


# ── to a person ───────────────────────────────────────────────────────────────────────────────────────────


@command.timer(OWN, among=subscriptions.first_community)
async def send_to_person(moment: Moment, item: str) -> None:
    """Send one digest with the news of all communities for which one is due."""
    found = await subscriptions.due(moment.tx, item, now=moment.now)
    rows = [row for row in found if await rooms.is_served(moment.tx, row.community, account=moment.account)]
    if not rows:
        return
    due, zone = min(row.due_at for row in rows), await subscriptions.zone_of(moment.tx, item, rows[0].community)
    missed = is_missed(due, moment.now)
    if not missed and not may_leave(due, moment.now, zone):
        return
    own = {
        slug: [row for row in rows if row.community == slug] for slug in dict.fromkeys(row.community for row in rows)
    }
    parts = {} if missed else {slug: part for slug, of in own.items() if (part := await _for_person(moment, slug, of))}
    if parts:
        await _say_in_private(moment, item, parts, due=due, zone=zone)
    for row in rows:
        await subscriptions.go_on(moment.tx, row, zone=zone, now=moment.now, sent=not missed)


async def _for_person(moment: Moment, slug: str, rows: Sequence[Subscription]) -> News | None:
    """What a member subscribed to and is new; nothing for somebody who is no member any more."""
    community = await communities.get(moment.tx, slug)
    if community is None:
        return None
    members.require(moment.directory, community.main_room)
    if not await members.is_member(moment.tx, moment.directory, rows[0].person, slug):
        return None
    topics, parts = await communities.topics_of(moment.tx, slug), []
    for row in rows:
        ahead = until(moment.now, row.rhythm)
        found = await news.of(moment.tx, slug, since=row.since, now=moment.now, ahead=ahead)
        parts.append(news.wanted(found, subscriptions.wish_of(row), topics))
    return news.together(parts) or None


async def _say_in_private(
    moment: Moment, person: str, parts: dict[str, News], *, due: datetime, zone: ZoneInfo
) -> None:
    found = [(await communities.get(moment.tx, slug), part) for slug, part in parts.items()]
    own = await people.zone_of(moment.tx, person)
    clock = ZoneInfo(own) if own else None

    def words() -> Text:
        return Text.of(
            *(texts.digest(one, part, now=moment.now, own=clock) for one, part in found if one is not None),
            texts.late(due, moment.now, zone),
            _("To stop receiving it: answer “stop” to this message, or ❌. To change it: `me subscriptions`"),
        )

    language = next((one.language for one, _part in found if one is not None), DEFAULT)
    slugs = ".".join(parts)
    key, about = f"{OWN}:{due.isoformat()}:{slugs}:{person}", Ref(OWN, slugs)
    await tell(moment, person, words, key=key, language=language, about=about, waits=False, rings=False, unasked=True)


# ── to a team ─────────────────────────────────────────────────────────────────────────────────────────────


@command.timer(OFFER)
async def offer(moment: Moment, item: str) -> None:
    """Ask a team, once, whether its room wants a digest."""
    community = await communities.get(moment.tx, item)
    if community is not None and await room_digests.note_offer(moment.tx, item, now=moment.now):
        await tell_team(moment, community, partial(_offered, community), key=f"{OFFER}:{item}")


def _offered(community: Community) -> Text:
    return Text.of(
        _("Would your room like a **digest**? Each Tuesday at 10: new resources, next meet-ups, what you recommend."),
        _("When nothing is new, I write nothing."),
        _("To turn it on: `!admin setting digest weekly`, in a room of the community"),
        _("Without an answer it stays off, and I do not ask again."),
    )
