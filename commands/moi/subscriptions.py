"""`!moi abonnements`: news of a community in private, for those who ask for them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities import Community, Topic, communities
from bot.communities.communities import name_in, spoken
from bot.communities.people import people
from bot.digest import Subscription, subscriptions
from bot.digest.due import OWN
from bot.digest.rules.wish import Wish, read_wish
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.text import Text, numbered, title
from bot.i18n import N_, _, language, ngettext
from bot.mailbox import direct_chats
from bot.meetups.texts import KINDS, kind_name
from bot.registers import typed_territory
from bot.text.numbers import whole
from bot.text.plain_text import fold
from bot.time.spoken_dates import say_moment
from bot.volunteers import topics as topics_named
from commands.digest.texts import wish_name
from commands.private import privately

command = Command(
    "abonnements",
    under="moi",
    aliases=("abonnement", "abonner", "subscriptions", "subscription", "subscribe"),
    summary=N_("choose the news that I send you in private"),
    examples=(N_("me subscriptions"), N_("me subscriptions training each month")),
)
ENDS = (
    "fin",
    "finir",
    "stop",
    "arreter",
    "non",
    "aucun",
    "aucune",
    "supprimer",
    "retirer",
    "end",
    "remove",
    "none",
    "no",
)
EVERYTHING = ("", "tout", "tous", "toutes", "all", "everything")


@command.run(usage=N_("me subscriptions training each month"), makes=quotas.SETTING)
async def mine(ctx: Context, words: Rest = NOTHING) -> Reply:
    """Lists them without words, ends some after `fin`, and begins one with any others."""
    first, _space, rest = words.strip().partition(" ")
    if not first:
        return await privately(ctx, lambda: _listed(ctx))
    if fold(first).text.strip(".,;:!?") in ENDS:
        return await _end(ctx, rest.strip(" .!?"))
    return await _begin(ctx, words)


async def _listed(ctx: Context) -> Text:
    rows = await subscriptions.of_person(ctx.tx, ctx.sender)
    names = [await _name(ctx, row) for row in rows]
    return Text.of(
        title(_("Your subscriptions")) if rows else _("You have no subscription: I send you no news."),
        numbered(names),
        _after_stop() if rows and await people.has_stopped(ctx.tx, ctx.sender) else "",
        _how_to_add(),
        _("To end the first: `me subscriptions end 1`") if rows else "",
    )


def _how_to_add() -> str:
    sentence = _(
        "To add one, write `me subscriptions` followed by meet-ups, resources, a kind ({kinds}), a topic or a region."
    )
    return sentence.format(kinds=", ".join(kind_name(kind) for kind in KINDS))


def _after_stop() -> str:
    return _("You wrote “stop” before: nothing comes until you write `start-again` to me in private.")


async def _name(ctx: Context, row: Subscription) -> str:
    topics = await communities.topics_of(ctx.tx, row.community)
    return await _in_its_community(ctx, wish_name(subscriptions.wish_of(row), topics), row.community)


async def _in_its_community(ctx: Context, what: str, slug: str) -> str:
    """The same with the name of the community, for whoever is in several."""
    found = await communities.get(ctx.tx, slug)
    if found is None or (len(ctx.communities) < 2 and found in ctx.communities):
        return what
    return _("{what} ({community})").format(what=what, community=name_in(found, ctx.language))


# ── begin ─────────────────────────────────────────────────────────────────────────────────────────────────


async def _begin(ctx: Context, words: str) -> Reply:
    community = the_community(ctx)
    topics = await communities.topics_of(ctx.tx, community.slug)
    wish = _wish(words, topics)
    await _refuse(ctx, community, wish, topics)
    zone = await subscriptions.zone_of(ctx.tx, ctx.sender, community.slug)
    due = await subscriptions.subscribe(ctx.tx, ctx.sender, community.slug, wish, zone=zone, now=ctx.now)
    stopped = await people.has_stopped(ctx.tx, ctx.sender)
    what = await _in_its_community(ctx, wish_name(wish, topics), community.slug)
    return say(
        _("Noted: I send you **{what}**, in private.").format(what=what),
        _first(due, zone),
        _after_stop() if stopped else "",
        _("To end it, answer “stop” to one of them, or: `!me subscriptions end`"),
    )


def _first(due: datetime, zone: ZoneInfo) -> str:
    day = say_moment(due, None, zone=zone, language=language())
    return _("The first ones: {day}, if something is new then.").format(day=day)


def _wish(words: str, topics: Sequence[Topic]) -> Wish:
    """What somebody wrote. Raises UserError for an unknown topic, several territories, and the room as the place."""
    read = read_wish(words)
    if read.in_room:
        raise UserError(_("I send your own news in private. What the room gets is chosen by its team: `!digest`"))
    place = typed_territory.only(read.territories).code if read.territories else ""
    if not read.topic_words:
        return replace(read.wish, territory=place)
    topic = topics_named.named(read.topic_words, topics)
    if topic is None:
        names = ", ".join(spoken(one.name, language()) for one in topics) or _("none")
        sentence = _("I know no topic and no territory “{words}” here. The topics: {topics}")
        raise UserError(sentence.format(words=read.topic_words[:40], topics=names))
    return replace(read.wish, topic=topic.slug, territory=place)


async def _refuse(ctx: Context, community: Community, wish: Wish, topics: Sequence[Topic]) -> None:
    """Raises UserError when nothing would change, or nothing could be sent."""
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        raise UserError(_("I cannot write to you in private. Open a conversation with me, then write it there."))
    same = await subscriptions.like(ctx.tx, ctx.sender, community.slug, wish)
    if same is not None and same.rhythm == wish.rhythm:
        raise UserError(_("You have that subscription already: {what}.").format(what=wish_name(wish, topics)))
    if same is None and len(await subscriptions.of_person(ctx.tx, ctx.sender, community.slug)) >= subscriptions.MOST:
        raise UserError(_("That would be too many. To end one: `!me subscriptions end 1`"))


# ── end ───────────────────────────────────────────────────────────────────────────────────────────────────


async def _end(ctx: Context, which: str) -> Reply:
    rows = await subscriptions.of_person(ctx.tx, ctx.sender)
    if not rows:
        return say(_("You have no subscription: there is nothing to end."))
    if fold(which).text in EVERYTHING:
        return _ended(await subscriptions.end(ctx.tx, ctx.sender))
    row = await _meant(ctx, rows, which)
    name = await _name(ctx, row)
    await subscriptions.end(ctx.tx, ctx.sender, only=row.id)
    return say(_("Ended: {what}.").format(what=name))


async def _meant(ctx: Context, rows: Sequence[Subscription], which: str) -> Subscription:
    """The subscription of this number, or to this. Raises UserError when there is none."""
    number = whole(which, most=len(rows))
    if number:
        return rows[number - 1]
    if not which.isdecimal():
        community = the_community(ctx)
        wish = _wish(which, await communities.topics_of(ctx.tx, community.slug))
        if (same := await subscriptions.like(ctx.tx, ctx.sender, community.slug, wish)) is not None:
            return same
    raise UserError(_("You have no such subscription. To see yours: `!me subscriptions`"))


def _ended(count: int) -> Reply:
    sentence = ngettext(
        "It is over: **{count} subscription ended**. I no longer send you news.",
        "It is over: **{count} subscriptions ended**. I no longer send you news.",
        count,
    )
    return say(sentence.format(count=count), _("To begin anew: `!me subscriptions`"))


# ── below a digest ────────────────────────────────────────────────────────────────────────────────────────


command.belongs(OWN, to=subscriptions.belongs_to)


@command.title(about=OWN)
async def named(_ctx: Context, _item: str) -> str:
    return _("your digest")


@command.answer("stop", "arrêter", "arrêtez", "fin", "end", "unsubscribe", about=OWN)
async def stop_in_words(ctx: Context, item: str, rest: str) -> Reply | None:
    return await stop(ctx, item)


@command.reaction(Gesture.NO, about=OWN)
async def stop(ctx: Context, item: str) -> Reply | None:
    """Ends what the digest was made of, in one step."""
    ended = [await subscriptions.end(ctx.tx, ctx.sender, community=slug) for slug in item.split(".")]
    return _ended(sum(ended)) if sum(ended) else say(_("You have no subscription: there is nothing to end."))
