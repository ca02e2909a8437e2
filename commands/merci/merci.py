"""`!merci`: thank a colleague, or those who sign a thing; and see what one was thanked for."""

import re
from functools import partial
from zoneinfo import ZoneInfo

from bot import nouns, quotas
from bot.communities import Community
from bot.communities.contributed import Period
from bot.communities.tell import name
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.quota import today, within
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text, title
from bot.i18n import N_, _, ngettext
from bot.mailbox import direct_chats
from bot.text.patient_data import patient_data
from bot.thanks import of_things, passing_on, texts, thanks
from bot.thanks.planned import PASS_ON
from bot.thanks.rules import said
from bot.thanks.rules.refusal import LONGEST, Refusal, subject_of
from commands.admin.people import named
from commands.merci.phrases import THANK, names_somebody
from commands.private import privately

command = Command(
    "merci",
    aliases=("remercier", "thanks", "thank"),
    shown=N_("thanks"),
    summary=N_("thank a colleague, in private"),
    examples=(N_("thanks @claire for the review"), N_("thanks F-12")),
    listed=False,
    everyday=True,
)
ABOUT = "thanks"
_NUMBER = re.compile(r"([a-z])\s?-?\s?(\d{1,9})[.,:;]?(?:\s+|$)", re.IGNORECASE)
command.belongs(ABOUT, to=thanks.belongs_to)


@command.run(
    usage=N_("thanks <name> for …"),
    summary=N_("or in a reply, or 👏 on the message of a volunteer; alone: what you were thanked for"),
    phrases=THANK,
    fits=names_somebody,
)
async def merci(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    if ctx.replaces is not None:
        await _unsay(ctx, ctx.replaces)
    if (number := await _number_of_card(ctx)) is not None:
        words = Rest(f"{number} {words}")
    elif ctx.card is not None and not words:
        raise UserError(_(texts.REFUSED[Refusal.ROBOT]))
    message = ctx.quoted
    if not words and message is None:
        return await _mine(ctx)
    if message is None and not ctx.direct and said.says_what_for(words):
        return None  # « !Merci pour tout » is talk
    return await within(ctx, quotas.THANKS, partial(_thank, ctx, said.whom(words), message))


async def _number_of_card(ctx: Context) -> str | None:
    """The number of what the quoted card shows, if people sign such things."""
    about = ctx.card.about if ctx.card is not None else None
    known = ctx.menu.belonging(about.kind) if about is not None else None
    shows = known.also.get(of_things.ABOUT) if known is not None else None
    return await shows(ctx.tx, about.id) if shows is not None and about is not None else None


async def _unsay(ctx: Context, source: str) -> None:
    """What a message said before it was changed. Raises UserError for what was passed on already."""
    own = [row for row in await thanks.of_source(ctx.tx, source) if row.giver == ctx.sender]
    if any(row.informed_at is not None for row in own):
        raise UserError(_("These thanks were passed on already: they stay as they are. You may write others."))
    if own:
        await thanks.take_back(ctx.tx, source)


async def _thank(ctx: Context, words: str, message: str | None) -> Reply:
    found = _NUMBER.match(words)
    if found is not None and nouns.is_signed(found[1].upper()):
        number = f"{found[1].upper()}-{int(found[2])}"
        why_not = await thank_signers(ctx, number, _checked(words[found.end() :]), source=_source(ctx))
        return await _noted(ctx, why_not, _("those who wrote {number}").format(number=number))
    community = the_community(ctx)
    if message is not None and said.says_what_for(words):
        person, subject = _author(ctx, message), message
    else:
        (person, words), subject = _receiver(ctx, words), None
    why_not = await thanks.give(
        ctx,
        community,
        ctx.sender,
        person,
        subject=subject_of(subject, today=today(ctx.now, ZoneInfo(community.time_zone))),
        source=_source(ctx),
        words=_checked(words),
    )
    return await _noted(ctx, why_not, name(ctx, person, community))


def _receiver(ctx: Context, words: str) -> tuple[str, str]:
    """Whom the words name, and what for: us as well, who are thanked for nothing. Raises UserError."""
    first, _space, rest = words.partition(" ")
    return (first, rest) if first == ctx.account else named(ctx, words)


def _author(ctx: Context, message: str) -> str:
    """Who wrote a message, as the homeserver says: what a client says of it may be anything. Raises MessageUnread."""
    found = ctx.quotes.of(ctx.room_id, message)
    if found is None:
        raise UserError(_("I see no message of somebody there. Write the name: `!thanks @claire for …`"))
    return found.sender


def _checked(words: str) -> str:
    """What one thanks for, as it is passed on. Raises UserError."""
    what = said.what_for(words)
    if len(what) > LONGEST:
        sentence = _("That is {length} characters; {most} at most, so that it is read. Shorten it and send it again.")
        raise UserError(sentence.format(length=len(what), most=LONGEST))
    if patient_data.check(what):
        raise UserError(_("This seems to hold data about a patient: I note nothing of it. Thank without it."))
    return what


def _source(ctx: Context) -> str:
    return ctx.replaces or ctx.event.event_id


async def thank_signers(ctx: Context, number: str, words: str, *, source: str) -> Refusal | None:
    """Why not, if so. Raises UserError for what members of the sender's communities do not read."""
    thing = await nouns.signed(ctx.tx, number)
    if thing is None or not any(community.slug in thing.communities for community in ctx.communities):
        raise UserError(_("I know of no {number} here.").format(number=number))
    return await of_things.give(ctx, thing, ctx.sender, source=source, words=words)


async def _noted(ctx: Context, why_not: Refusal | None, whom: str) -> Reply:
    """What is answered; as a card, so that to edit the message changes it."""
    if why_not is not None:
        raise UserError(_(texts.REFUSED[why_not]))
    rows = await thanks.of_source(ctx.tx, _source(ctx))
    return Reply(texts.noted(whom), about=Ref(ABOUT, str(rows[0].id)))


@command.taken_back(ABOUT)
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message, or takes 👏 back, thanks no more."""
    gone = await thanks.take_back(ctx.tx, source)
    return Text.of(_("These thanks are taken back.")) if gone else None


@command.timer(PASS_ON, among=thanks.first_community)
async def pass_on(moment: Moment, item: str) -> None:
    await passing_on.pass_on(moment, item, nouns.signed)


# ── one's own ─────────────────────────────────────────────────────────────────────────────────────────────


async def _mine(ctx: Context) -> Reply:
    """What one was thanked for and has not read, and how often this year: for oneself alone."""
    community = the_community(ctx)
    waiting = await thanks.unknown_to(ctx.tx, ctx.sender, account=ctx.account)
    found = await passing_on.still_said(ctx, waiting, nouns.signed)
    if ctx.direct or await direct_chats.room_of(ctx.tx, ctx.account, ctx.sender) is not None:
        await thanks.informed(ctx.tx, waiting, now=ctx.now)
    never_here = _("I say it in private alone, and cannot write to you there. Open a conversation with me.")
    return await privately(ctx, partial(_listed, ctx, community, found), never_here=never_here)


async def _listed(ctx: Context, community: Community, found: list[texts.Said]) -> Text:
    zone = ZoneInfo(community.time_zone)
    year = today(ctx.now, zone).year
    count = await thanks.count(ctx.tx, ctx.sender, since=Period.of_year(year, zone, now=ctx.now).begin)
    return Text.of(
        title(_("Your thanks")),
        ngettext(
            "In {year} you were thanked {count} time. You alone see this number.",
            "In {year} you were thanked {count} times. You alone see this number.",
            count,
        ).format(year=year, count=count),
        _("New since you last read it:") if found else "",
        texts.listed(found),
        _("To thank somebody: `!thanks <name> for …`. For a document of your year: `!me certificate`"),
    )
