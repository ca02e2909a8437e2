"""`!diagnostic`: how Relais is, for those who wonder why it does not answer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.communities.rules.roles import Role
from bot.communities.rules.room_facts import RoomFacts
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.dispatch.watch.health import Health
from bot.events.text import bullets
from bot.i18n import N_, _, ngettext
from bot.mailbox.receiving import inbox, undecrypted
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import FAILED

command = Command(
    "diagnostic",
    aliases=("diag", "état"),
    summary=N_("see how I am"),
    role=Role.MODERATOR,
    anywhere=True,
    listed=False,
)
WELL_WITHIN = timedelta(minutes=2)
PARIS = "Europe/Paris"


@command.run()
async def diagnostic(ctx: Context) -> Reply:
    health, facts = ctx.health(), ctx.directory.facts(ctx.room_id)
    return say(
        bullets(
            _encryption(facts),
            _identity(health),
            await _unread(ctx),
            _server(health),
            await _reminders(ctx, health),
            await _failures(ctx),
            await _set_aside(ctx),
            _rights(facts),
        )
    )


def _encryption(facts: RoomFacts | None) -> str:
    if facts is not None and facts.encrypted:
        return _("Encryption: this room is encrypted, and so is what I write in it.")
    return _("Encryption: this room is not encrypted.")


def _identity(health: Health) -> str:
    if health.signed is None:
        return _("Identity: I have no keys, so I can read no encrypted room.")
    if health.signed:
        return _("Identity: signed. Applications that trust only signed devices trust me.")
    return _("Identity: not signed. Some applications will not let me read. Whoever runs me must look at the log.")


async def _unread(ctx: Context) -> str:
    count = await undecrypted.count(ctx.tx, ctx.account)
    if not count:
        return _("Messages that I could not read for want of their key since yesterday: none.")
    return ngettext(
        "{count} message since yesterday that I could not read for want of its key.",
        "{count} messages since yesterday that I could not read for want of their key.",
        count,
    ).format(count=count)


def _server(health: Health) -> str:
    if health.silent_for is None:
        return _("Server: it has not answered me yet.")
    seconds = int(health.silent_for.total_seconds())
    if health.silent_for <= WELL_WITHIN:
        return _("Server: it last answered me {seconds} s ago.").format(seconds=seconds)
    return _("Server: it has not answered me for {minutes} min. Messages reach me late.").format(minutes=seconds // 60)


async def _reminders(ctx: Context, health: Health) -> str:
    due_at = await ctx.timers.next_due(ctx.tx)
    last = _when(ctx, health.last_alarm) if health.last_alarm else _("none since I was started")
    coming = _when(ctx, due_at) if due_at else _("none is planned")
    return _("Reminders: the last one, {last}; the next one, {coming}.").format(last=last, coming=coming)


async def _failures(ctx: Context) -> str:
    count = await delivery.count(ctx.tx, ctx.account, FAILED)
    if not count:
        return _("Messages that could not be sent: none.")
    return ngettext("{count} message could not be sent.", "{count} messages could not be sent.", count).format(
        count=count
    )


async def _set_aside(ctx: Context) -> str:
    count = await inbox.set_aside(ctx.tx, ctx.account)
    if not count:
        return ""
    return ngettext(
        "{count} message stopped me each time I tried it: I set it aside. Whoever runs me must look at the log.",
        "{count} messages stopped me each time I tried them: I set them aside. Whoever runs me must look at the log.",
        count,
    ).format(count=count)


def _rights(facts: RoomFacts | None) -> str:
    missing = [_(RIGHTS[right]) for right in (facts.missing if facts else ())]
    if not missing:
        return _("Rights in this room: I have all those that I need.")
    return _("Rights that I lack in this room: {rights}. An administrator of the room can give them to me.").format(
        rights=", ".join(missing)
    )


RIGHTS = {
    "write": N_("to write"),
    "react": N_("to put reactions under my messages"),
    "remove": N_("to remove my own messages"),
}


def _when(ctx: Context, moment: datetime) -> str:
    zone = ZoneInfo(ctx.community.time_zone if ctx.community else PARIS)
    pattern = "EEEE d MMMM 'à' H 'h' mm" if ctx.language == "fr" else "EEEE d MMMM 'at' HH:mm"
    return format_datetime(moment.astimezone(zone), pattern, locale=ctx.language)
