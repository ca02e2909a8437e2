"""`!récapitulatif`: what the digest of a community is, and what its team puts first in it with 📰."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities import Community, communities
from bot.communities.rules.roles import Role
from bot.communities.settings import settings
from bot.communities.settings.settings import undoable
from bot.communities.team import undo
from bot.communities.tell import language_of, tell
from bot.digest import picks, room_digests
from bot.digest.due import ROOM
from bot.digest.news import Minutes, Thing
from bot.digest.rules.rhythm import next_after
from bot.digest.settings import DIGEST, OFF, RHYTHMS
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import leads, reserved
from bot.dispatch.menu.command import Command
from bot.events.events import MessageReceived
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import N_, _, language, speaking
from bot.meetups import meetups
from bot.meetups.meetups import Meetup
from bot.resources.searches import FOUND
from bot.resources.texts import titled
from bot.time.spoken_dates import say_moment
from commands.digest.texts import minutes_of
from commands.doc.search import ONE, first_shown
from commands.rdv import which
from commands.rdv.texts import named

command = Command(
    "récapitulatif",
    aliases=("digest", "nouveautés"),
    summary=N_("what is new, in this room or in private"),
    listed=False,
)
TURN_OFF = "digest-off"


@command.run(usage=N_("digest"))
async def shown(ctx: Context) -> Reply:
    """When the room's digest comes, and how to get one of one's own."""
    community = the_community(ctx)
    rhythm = await settings.value(ctx.tx, community.slug, DIGEST)
    return say(
        _("The digest of this community: **{rhythm}**.").format(rhythm=DIGEST.kind.said(rhythm)),
        _next(community, rhythm, ctx.now),
        _("The team turns it on and off: `!admin setting digest weekly`"),
        _("To receive what is new yourself, in private: `!me subscriptions`"),
    )


def _next(community: Community, rhythm: str, now: datetime) -> str:
    if rhythm not in RHYTHMS:
        return ""
    zone = ZoneInfo(community.time_zone)
    day = say_moment(next_after(now, zone, RHYTHMS[rhythm]), None, zone=zone, language=language())
    return _("The next one: {day}, if something is new.").format(day=day)


# ── what the team puts first ──────────────────────────────────────────────────────────────────────────────


@command.reaction(Gesture.DIGEST, about=which.ABOUT, asks_rights=True, makes=quotas.TEAM)
async def pick_meetup(ctx: Context, item: str) -> Reply | None:
    found = await meetups.get(ctx.tx, int(item))
    return await pick(ctx, found.series.community, found) if found is not None and not found.cancelled else None


@command.reaction(Gesture.DIGEST, about=which.ABOUT_MINUTES, asks_rights=True, makes=quotas.TEAM)
async def pick_minutes(ctx: Context, item: str) -> Reply | None:
    found = await meetups.get(ctx.tx, int(item))
    return await pick(ctx, found.series.community, Minutes(found)) if found is not None else None


@command.reaction(Gesture.DIGEST, about=ONE, asks_rights=True, makes=quotas.TEAM)
@command.reaction(Gesture.DIGEST, about=FOUND, asks_rights=True, makes=quotas.TEAM)
async def pick_resource(ctx: Context, item: str) -> Reply | None:
    """Below a list it counts for the first result, as an opinion does."""
    found = await first_shown(ctx, item)
    return await pick(ctx, found.community, found) if found is not None else None


@command.reaction(Gesture.DIGEST, about=which.ABOUT, removed=True, asks_rights=True)
async def leave_out_meetup(ctx: Context, item: str) -> None:
    found = await meetups.get(ctx.tx, int(item))
    if found is not None:
        await leave_out(ctx, found.series.community, found)


@command.reaction(Gesture.DIGEST, about=which.ABOUT_MINUTES, removed=True, asks_rights=True)
async def leave_out_minutes(ctx: Context, item: str) -> None:
    found = await meetups.get(ctx.tx, int(item))
    if found is not None:
        await leave_out(ctx, found.series.community, Minutes(found))


@command.reaction(Gesture.DIGEST, about=ONE, removed=True, asks_rights=True)
@command.reaction(Gesture.DIGEST, about=FOUND, removed=True, asks_rights=True)
async def leave_out_resource(ctx: Context, item: str) -> None:
    found = await first_shown(ctx, item)
    if found is not None:
        await leave_out(ctx, found.community, found)


def _thing(found: Thing) -> Ref:
    kind = picks.MINUTES if isinstance(found, Minutes) else picks.RESOURCE
    return Ref(picks.MEETUP if isinstance(found, Meetup) else kind, str(found.id))


async def pick(ctx: Context, slug: str, found: Thing) -> Reply | None:
    """Put it first in the next digest. Whoever is not of the team learns that in words only."""
    community = await communities.get(ctx.tx, slug)
    in_words = isinstance(ctx.event, MessageReceived)
    if community is None or not await leads(ctx, community):
        if community is None or not in_words:
            return None
        raise await reserved(ctx, community, _("The community's team chooses what comes first in its digest."))
    new = await picks.pick(ctx.tx, slug, _thing(found), now=ctx.now)
    if in_words:
        return Reply(await _noted(ctx, community, found, new=new))
    with speaking(await language_of(ctx.tx, ctx.sender, community.language)):
        noted = await _noted(ctx, community, found, new=new)
    key = f"digest-pick:{ctx.event.event_id}"
    await tell(ctx, ctx.sender, lambda: noted, key=key, language=community.language, rings=False)
    return None


async def _noted(ctx: Context, community: Community, found: Thing, *, new: bool) -> Text:
    name = _called(found)
    rhythm = await settings.value(ctx.tx, community.slug, DIGEST)
    sentence = (
        _("“{title}” comes first in the next digest.")
        if new
        else _("“{title}” comes first in the next digest already.")
    )
    return Text.of(
        sentence.format(title=name),
        _next(community, rhythm, ctx.now)
        or _("The room gets no digest at present. To turn it on: `!admin setting digest weekly`"),
        _("To leave it out again, take your 📰 back."),
    )


def _called(found: Thing) -> str:
    if isinstance(found, Minutes):
        return minutes_of(found)
    return named(found) if isinstance(found, Meetup) else titled(found)


async def leave_out(ctx: Context, slug: str, found: Thing) -> None:
    """Put it first no more."""
    community = await communities.get(ctx.tx, slug)
    if community is not None and await leads(ctx, community):
        await picks.leave_out(ctx.tx, slug, _thing(found))


# ── the team ends it ──────────────────────────────────────────────────────────────────────────────────────


command.belongs(ROOM, to=room_digests.belongs_to)


@command.title(about=ROOM)
async def title(_ctx: Context, _item: str) -> str:
    return _("the digest")


@command.answer("stop", "arrêter", "arrêtez", "fin", "end", "unsubscribe", about=ROOM, asks_rights=True)
async def stop_in_words(ctx: Context, item: str, rest: str) -> Reply | None:
    community = await communities.get(ctx.tx, item)
    if community is None:
        return None
    if not await leads(ctx, community):
        sentence = _("This digest is for the whole room: the community's team turns it off.")
        raise await reserved(ctx, community, sentence)
    return await _turn_off(ctx, community)


@command.reaction(Gesture.NO, about=ROOM, asks_rights=True)
async def stop(ctx: Context, item: str) -> Reply | None:
    """By the team alone; any other ❌ changes nothing for the others of the room."""
    community = await communities.get(ctx.tx, item)
    return await _turn_off(ctx, community) if community is not None and await leads(ctx, community) else None


async def _turn_off(ctx: Context, community: Community) -> Reply | None:
    if await settings.value(ctx.tx, community.slug, DIGEST) == OFF:
        return say(_("The digest of this room is off already."))
    async with undo.noted(ctx, undoable(DIGEST), DIGEST.key, community=community.slug, role=Role.MODERATOR):
        await settings.put(ctx.tx, community.slug, DIGEST, OFF)
    return say(
        _("**The room no longer gets a digest.** Those who subscribed in private still get theirs."), undo.hint()
    )
