"""`!rappel demain 9h …`: a reminder for oneself or for the room."""

import re
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities import people, rooms
from bot.communities.tell import aloud
from bot.communities.tell import tell as write
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights import leads, reserved
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.messages import Message
from bot.events.text import Text
from bot.i18n import N_, _, language, speaking
from bot.mailbox import direct_chats
from bot.mailbox.outbox import URGENT, Otherwise
from bot.meetups import Reminder, reminders
from bot.text.numbers import whole
from bot.time.spoken_dates import say_moment
from bot.time.when import Reading, Unsure, extract
from commands.rdv.texts import date_trouble

command = Command(
    "rappel",
    aliases=("rappels", "rappelle", "rappelez", "remind", "reminder", "reminders"),
    summary=N_("be reminded of something, later"),
    place=40,
    examples=(N_("reminder tomorrow 9am send the minutes"), N_("reminder")),
)
LONGEST_TEXT = 500
LATEST = timedelta(days=366)
_ROOM = re.compile(r"(?i)(?:au |le |ce )?(?:salon|room)\b[\s:,]*")
_ME = re.compile(r"(?i)(?:moi|me)\b[\s:,]*")
_MOMENT = re.compile(
    r"(?i)(?:(?:le|ce|à|dans|pour|on|at|in) )?(?:\d|aujourd'hui|(?:après-)?demain|soir|midi|dans une?\b"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|today|tomorrow|noon|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
"""How the words of a reminder begin: « Rappel réunion » is none."""


async def _asks_rights(_tx: object, _person: str, words: str) -> bool:
    """Only a reminder for the whole room needs a right."""
    return _ROOM.match(words) is not None


@command.run(
    usage=N_("reminder tomorrow 9am send the minutes"),
    summary=N_("be told something at a date and an hour"),
    makes=quotas.REMINDER,
    asks_rights=_asks_rights,
    surely=lambda words: _MOMENT.match(words) is not None,
    phrases=(
        "(rappelle|rappelez|rappel) me …",
        "(rappelle|rappelez) me",
        "~ rappeler …",
        "[(pense|pensez|oublie pas|oubliez pas)] [a|de] [me] rappeler …",
        "(fais|faites) me penser [a] …",
        "(mets|mettez|cree|creez|programme|ajoute|ajoutez) [me] [un] rappel …",
        "je veux [un] rappel …",
        "~ (mettre|creer|programmer|avoir) [un] rappel …",
        "[voir] mon rappels",
        "~ (creer|mettre|voir) [un|mon] rappel",
        "remind me [to] …",
        "~ [you] remind me [to] …",
        "(set|create|add) [a] reminder [for] …",
        "[see|show] my reminders",
    ),
)
async def remind(ctx: Context, words: Rest = NOTHING) -> Reply:
    if not words.strip():
        return await _mine(ctx)
    to_room = _ROOM.match(words)
    text = words[to_room.end() :] if to_room else _ME.sub("", words, count=1) if _ME.match(words) else words
    due, what, zone = await _read(ctx, text)
    room_id = await (_room if to_room else _private)(ctx)
    own = None if to_room else await people.language_of(ctx.tx, ctx.sender)
    kept = await reminders.schedule(
        ctx.tx,
        ctx.timers,
        account=ctx.account,
        owner=ctx.sender,
        room_id=room_id,
        asked_in=None if to_room or ctx.direct else ctx.room_id,
        text=what,
        language=own or ctx.language,
        zone=zone.key,
        due_at=due,
        now=ctx.now,
    )
    if kept is None:
        raise UserError(
            _("You have {most} reminders already. To see and cancel them: `!reminder`").format(most=reminders.MOST)
        )
    moment = say_moment(due, zone=zone, language=language())
    sentence = _("I will remind this room on {moment}.") if to_room else _("I will remind you in private on {moment}.")
    return say(
        sentence.format(moment=moment),
        _("To cancel it: `!reminder cancel {number}`").format(number=kept.id),
    )


async def _read(ctx: Context, text: str) -> tuple[datetime, str, ZoneInfo]:
    """When, what, and the zone of the date. Raises UserError if unsure; nothing is guessed."""
    zone = await _zone(ctx)
    found = extract(text, now=ctx.now, zone=zone)
    if isinstance(found.result, Unsure):
        raise UserError(date_trouble(found.result.reason, found.result.suggestion, zone))
    due = _moment(found.result)
    what = found.rest.strip()
    if not what:
        raise UserError(_("Of what? For example: `!reminder tomorrow 9am send the minutes`"))
    if len(what) > LONGEST_TEXT:
        raise UserError(_("This text is too long: {most} characters at most.").format(most=LONGEST_TEXT))
    if due <= ctx.now:
        raise UserError(_("This date is over. Give a date to come, with its year if need be."))
    if due > ctx.now + LATEST:
        raise UserError(_("That is more than a year away. Choose an earlier date."))
    return due, what, zone


def _moment(found: Reading) -> datetime:
    if found.rrule is not None:
        raise UserError(
            _("I remind of something once. For something that comes again, the team plans a meet-up: `!rdv new`")
        )
    if found.start is None or found.all_day:
        raise UserError(_("The hour is missing. For example: `!reminder tomorrow 9am send the minutes`"))
    return found.start


async def _zone(ctx: Context) -> ZoneInfo:
    own = await people.zone_of(ctx.tx, ctx.sender)
    return ZoneInfo(own or (ctx.communities[0].time_zone if ctx.communities else "Europe/Paris"))


async def _room(ctx: Context) -> str:
    if ctx.direct or ctx.community is None:
        raise UserError(_("Write this in the room that is to be reminded."))
    if not await leads(ctx, ctx.community):
        sentence = _("Only the community's team reminds the whole room. For yourself: `!reminder tomorrow 9am …`")
        raise await reserved(ctx, ctx.community, sentence)
    return ctx.room_id


async def _private(ctx: Context) -> None:
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        raise UserError(
            _(
                "I cannot write to you in private, and reminders come there. "
                "If you can open a private conversation with me, write the same in it."
            )
        )


async def _mine(ctx: Context) -> Reply:
    found = await reminders.of(ctx.tx, ctx.sender)
    if not found:
        return say(_("You have no reminder. For example: `!reminder tomorrow 9am send the minutes`"))
    if not ctx.direct:
        return say(_("You have {count} reminders. Ask me in private to see them: `!reminder`").format(count=len(found)))
    lines = [
        _("{number}. {moment}: {text}").format(
            number=one.id, moment=say_moment(one.due_at, zone=ZoneInfo(one.zone), language=language()), text=one.text
        )
        for one in found[:10]
    ]
    return say(_("Your reminders:"), *lines, _("To cancel one: `!reminder cancel {number}`").format(number=found[0].id))


@command.verb("annuler", "cancel", usage=N_("reminder cancel 3"), summary=N_("cancel one of your reminders"))
async def cancel(ctx: Context, number: Rest) -> Reply:
    wanted = whole(number)
    kept = None if wanted is None else await reminders.cancel(ctx.tx, ctx.timers, wanted, owner=ctx.sender)
    if kept is None:
        raise UserError(_("You have no reminder of this number. To see yours: `!reminder`"))
    return say(_("The reminder is cancelled."))


@command.timer(reminders.KIND)
async def tell(moment: Moment, item: str) -> None:
    reminder = await reminders.take(moment.tx, int(item))
    if reminder is None:
        return
    key, words = f"reminder:{item}", partial(_words, moment, reminder)
    if reminders.is_private(reminder):
        spoken, otherwise = reminder.language, await _out_of_reach(moment, reminder)
        await write(moment, reminder.owner, words, key=key, language=spoken, urgent=True, otherwise=otherwise)
    elif await rooms.binding(moment.tx, reminder.lane) is not None:
        with speaking(reminder.language):
            message = Message(words())
        await moment.outbox.say(moment.tx, message, key=key, to=reminder.lane, now=moment.now, priority=URGENT)


def _words(moment: Moment, reminder: Reminder) -> Text:
    said = say_moment(reminder.due_at, zone=ZoneInfo(reminder.zone), language=language())
    late = moment.late >= timedelta(minutes=10)
    return Text.of(
        _("Reminder: {text}").format(text=reminder.text),
        _("It was due on {moment}: I was down.").format(moment=said) if late else "",
    )


async def _out_of_reach(moment: Moment, reminder: Reminder) -> Otherwise | None:
    """The fallback, for the room where somebody asked for a private reminder: it was due, but nothing of its text."""
    room_id = reminder.asked_in
    spoken = await rooms.language(moment.tx, room_id) if room_id else None
    if room_id is None or spoken is None or not moment.directory.has_member(room_id, reminder.owner):
        return None
    return aloud(room_id, _lost, reminder.owner, language=spoken)


def _lost() -> Text:
    return Text.of(
        _("I could not give you a reminder that you asked for here: I cannot write to you in private."),
        _("To receive the next ones, open a private conversation with me."),
    )
