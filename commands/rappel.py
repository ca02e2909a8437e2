"""`!rappel demain 9h …`: a reminder for oneself or for the room."""

import re
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities import rooms
from bot.communities.people import members, people
from bot.communities.tell import aloud
from bot.communities.tell import tell as write
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.made import made_by
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import leads, reserved
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.events import MessageReceived
from bot.events.messages import Message, Ref
from bot.events.text import Text, numbered, quote, title
from bot.i18n import N_, _, language, speaking
from bot.mailbox import direct_chats
from bot.mailbox.sending.outbox import URGENT, Otherwise
from bot.markup import strong
from bot.meetups import Reminder, reminders
from bot.meetups.rules.reminder_line import read_reminder
from bot.text.numbers import whole
from bot.time.spoken_dates import say_short
from bot.time.when import Reading, Unsure
from commands.rdv.refusals import date_trouble, which_hour

command = Command(
    "rappel",
    aliases=("rappels", "rappelle", "rappelez", "rappelle-moi", "rappelez-moi", "remind", "reminder", "reminders"),
    summary=N_("be reminded of something, later"),
    place=0,
    examples=(N_("reminder tomorrow 9am send the minutes"), N_("reminder")),
)
LONGEST_TEXT = 500
MOST_SHOWN = 10
LATEST = timedelta(days=366)
ABOUT = "reminder"
"""The answer to whoever asked for one: changing or deleting their message changes or cancels it."""
_WHEN = (
    "demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|dans|ce soir|ce midi|a|tomorrow|in|on|at|monday|tuesday"
    "|wednesday|thursday|friday|tonight|apres demain|la semaine"
)
"""Words with which a moment begins."""
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
        "(previens|prevenez|alerte|avertis|avertissez) me …",
        "(vous peux|peux vous) rappeler …",
        "(~|je peux) me rappeler …",
        "[(pense|pensez|oublie pas|oubliez pas)] [a] [me] rappeler …",
        "(pense|pensez|oublie pas|oubliez pas) [a] me (prevenir|avertir|alerter) …",
        "(fais|faites) me penser [a] …",
        "(mets|mettez|cree|creez|programme|ajoute|ajoutez) [me] [un] rappel …",
        "je veux [un] rappel …",
        "~ (mettre|creer|programmer|avoir|fais|envoyer|poser) [me] [un] rappel …",
        "(fais|faites|envoie|envoyez|donne|donnez) me [un] rappel …",
        "(don't let me forget|make sure I remember|don't forget to remind me) [to] …",
        "[voir] mon rappels",
        "& (rappel|rappels|reminder|reminders) (voir|mon|liste|quels|annule|annuler|annulez|supprime|supprimer"
        "|supprimez"
        "|enleve|enlever|arrete|delete|cancel|efface|my|list|show) !(donnees|compte|data)",
        "~ (creer|mettre|voir) [mon] rappel",
        "remind me [to] …",
        "~ [you] remind me [to] …",
        "(set|create|add) [me] [a] reminder [for] …",
        "[je] [ai] (besoin|faudrait) [me] [d'un] rappel …",
        "(oublie|oubliez) pas [a] me (dis|rappeler|prevenir|signaler) …",
        f"vous me (rappelle|rappelles|rappelez|rappeleras|rappelleras|previens|avertis) >({_WHEN}) …",
        f"^ >({_WHEN}) * * (rappelle me|rappelez me|me rappeler|me rappelle|fais me penser|faites me penser|previens me"
        "|remind me) …",
        "rappel [pour] >(demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|1|2|3|15|dans|ce soir) …",
        "[see|show] my reminders",
    ),
)
async def remind(ctx: Context, words: Rest = NOTHING) -> Reply:
    if not words.strip():
        return await _mine(ctx)
    to_room = _ROOM.match(words)
    text = words[to_room.end() :] if to_room else _ME.sub("", words, count=1) if _ME.match(words) else words
    earlier = await _earlier(ctx)
    try:
        due, what, zone = await _read(ctx, text)
        room_id = await (_room if to_room else _private)(ctx)
    except UserError as error:
        if earlier is None:
            raise
        return Reply(Text.of(str(error), _still(earlier)), about=Ref(ABOUT, str(earlier.id)))
    if earlier is not None:
        await reminders.cancel(ctx.tx, ctx.timers, earlier.id or 0, owner=ctx.sender)
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
    return Reply(_noted(kept, to_room=to_room is not None, now=ctx.now), about=Ref(ABOUT, str(kept.id)))


def _noted(kept: Reminder, *, to_room: bool, now: datetime) -> Text:
    sentence = _("I will remind this room on **{moment}**.") if to_room else _("I will remind you on **{moment}**.")
    return Text.of(
        sentence.format(moment=_due(kept, now)),
        quote(kept.text),
        _("To change it, edit your message. To cancel it: `!reminder cancel {number}`").format(number=kept.id),
    )


def _due(reminder: Reminder, now: datetime) -> str:
    """In the zone of whoever asked, which need not be named to them."""
    return say_short(reminder.due_at, zone=ZoneInfo(reminder.zone), language=language(), now=now)


def _still(earlier: Reminder) -> str:
    return _("The reminder that you had asked for stays: {text}").format(text=earlier.text)


async def _earlier(ctx: Context) -> Reminder | None:
    """What the message asked for before it was changed, if that is still to come."""
    changed = ctx.event.replaces if isinstance(ctx.event, MessageReceived) else None
    return await _made_by(ctx, changed) if changed is not None else None


async def _made_by(ctx: Context, source: str) -> Reminder | None:
    number = await made_by(ctx, source, ABOUT)
    return await reminders.get(ctx.tx, int(number), owner=ctx.sender) if number is not None else None


@command.taken_back(ABOUT)
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message that asked for a reminder does not want it any more."""
    made = await _made_by(ctx, source)
    if made is None:
        return None
    await reminders.cancel(ctx.tx, ctx.timers, made.id or 0, owner=ctx.sender)
    return Text.of(_("The reminder is cancelled."))


async def _read(ctx: Context, text: str) -> tuple[datetime, str, ZoneInfo]:
    """When, what, and the zone of the date. Raises UserError if unsure; nothing is guessed."""
    zone = await _zone(ctx)
    found = read_reminder(text, now=ctx.now, zone=zone)
    if found.day:
        raise UserError(which_hour(found.day))
    if isinstance(found.result, Unsure):
        raise UserError(date_trouble(found.result.reason, found.result.suggestion, zone))
    due = _moment(found.result)
    what = found.text
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
    assert found.start is not None  # days without an hour are asked about
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
    return say(
        title(_("Your reminders")),
        *[numbered([_listed(one, ctx.now)], start=one.id or 0) for one in found[:MOST_SHOWN]],
        _("{count} more, later.").format(count=len(found) - MOST_SHOWN) if len(found) > MOST_SHOWN else "",
        _("To cancel one: `!reminder cancel {number}`").format(number=found[0].id),
    )


def _listed(one: Reminder, now: datetime) -> str:
    return _("{moment}: {text}").format(moment=strong(_due(one, now)), text=one.text)


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
    said = _due(reminder, moment.now)
    late = moment.late >= timedelta(minutes=10)
    return Text.of(
        _("Reminder: {text}").format(text=reminder.text),
        _("It was due on {moment}: I was down.").format(moment=said) if late else "",
    )


async def _out_of_reach(moment: Moment, reminder: Reminder) -> Otherwise | None:
    """The fallback, for the room where somebody asked for a private reminder: it was due, but nothing of its text."""
    room_id = reminder.asked_in
    members.require(moment.directory, room_id)
    spoken = await rooms.language(moment.tx, room_id) if room_id else None
    if room_id is None or spoken is None or not moment.directory.has_member(room_id, reminder.owner):
        return None
    return aloud(room_id, _lost, reminder.owner, language=spoken)


def _lost() -> Text:
    return Text.of(
        _("I could not give you a reminder that you asked for here: I cannot write to you in private."),
        _("To receive the next ones, open a private conversation with me."),
    )
