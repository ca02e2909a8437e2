"""The minutes of a meet-up: made of the lines noted in its thread, previewed, published, and recalled."""

from datetime import datetime, timedelta

from bot import quotas
from bot.communities import rooms
from bot.communities.people import people
from bot.communities.tell import language_of
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.messages import Message, Ref
from bot.events.text import Line, Text, bullets, title
from bot.i18n import N_, _, ngettext, speaking
from bot.meetups import MeetupNote, meetups, notes, reminder_timers, reminders
from bot.meetups.meetups import Meetup
from bot.time.when import Reading, Unsure, extract
from bot.time.working_time import WorkingTime
from commands.rdv.day import outcome
from commands.rdv.overview import command as rdv
from commands.rdv.texts import capital, titled, when
from commands.rdv.which import ABOUT_MINUTES, its_language, language_of_room, present, require_lead, seen, which

LATEST = timedelta(days=366)
rdv.belongs(ABOUT_MINUTES, to=meetups.belongs_to)


@rdv.verb(
    "cr",
    "compte-rendu",
    "minutes",
    usage=N_("rdv R-7 minutes"),
    led=True,
    summary=N_("make the minutes of the lines noted in its thread"),
)
async def minutes(ctx: Context, words: Rest = NOTHING) -> Reply:
    meetup, _rest = await which(ctx, words, over=True)
    await require_lead(ctx, meetup)
    if not await notes.of(ctx.tx, meetup, *notes.MINUTED):
        raise UserError(
            _(
                "Nothing is noted yet. In the thread of the meet-up, "
                "begin a line with ^decision, ^action, ^info or ^retex."
            )
        )
    return await begin(ctx, MINUTES, {"meetup": meetup.id, "title": meetup.title})


async def _minutes_text(ctx: Context, meetup: Meetup) -> Text:
    """The lines by kind, as they were said; nobody is named who did not write a name."""
    headings = {
        notes.DECISION: _("**Decisions**"),
        notes.ACTION: _("**Actions**"),
        notes.INFO: _("**To know**"),
        notes.RETEX: _("**Accounts of experience**"),
    }
    dated, attended = capital(when(meetup, await present(ctx, meetup))), _attended(meetup)
    parts: list[Line | Text | str] = [
        title(_("Minutes of {title} ({reference})").format(**titled(meetup))),
        f"{dated}. {attended}" if attended else dated,
    ]
    for kind, heading in headings.items():
        lines = await notes.of(ctx.tx, meetup, kind)
        parts += [heading, bullets(*(line.text for line in lines))] if lines else []
    return Text.of(*parts)


def _attended(meetup: Meetup) -> str:
    count = meetup.row.attended
    if count is None:
        return ""
    return ngettext("{count} person was there.", "{count} people were there.", count).format(count=count)


async def _minutes_preview(ctx: Context, draft: Draft) -> Text:
    meetup = await seen(ctx, draft["meetup"])
    dated = len(await _dated_actions(ctx, meetup))
    recalled = ngettext(
        "{count} action has a date: whoever noted it is reminded of it that day, in private.",
        "{count} actions have a date: whoever noted them is reminded of them that day, in private.",
        dated,
    )
    return Text.of(
        _("**To check** (nothing is published yet)"),
        await _minutes_text(ctx, meetup),
        recalled.format(count=dated) if dated else "",
    )


async def _dated_actions(ctx: Context, meetup: Meetup) -> list[tuple[MeetupNote, datetime]]:
    """The actions that say a day still to come, read as it was meant when they were noted; `vers 15h` is none."""
    found = []
    for note in await notes.of(ctx.tx, meetup, notes.ACTION):
        said = extract(note.text, now=note.noted_at, zone=meetup.zone).result
        if (
            isinstance(said, Unsure)
            or said.start is None
            or said.rrule
            or said.chosen
            or await people.has_stopped(ctx.tx, note.author)
        ):
            continue
        hours = await reminder_timers.hours_of(ctx.tx, note.author, meetup.zone)
        due = _recalled(said, hours)
        if ctx.now < due < ctx.now + LATEST:
            found.append((note, due))
    return found


def _recalled(said: Reading, hours: WorkingTime) -> datetime:
    """On the day itself; on the working day before when nobody works then, or not at that hour."""
    assert said.start is not None
    if not said.all_day:
        return hours.last_open(said.start)
    opens = hours.next_opening(said.start)
    same_day = opens.astimezone(hours.zone).date() == said.start.astimezone(hours.zone).date()
    return opens if same_day else hours.last_open(said.start)


async def _recall_actions(ctx: Context, meetup: Meetup) -> None:
    """Once, also when the minutes are published again."""
    for note, due in await _dated_actions(ctx, meetup):
        text = f"{note.text} ({meetup.title}, {meetup.reference})"
        if any(one.text == text for one in await reminders.of(ctx.tx, note.author)):
            continue
        await reminders.schedule(
            ctx.tx,
            ctx.timers,
            account=ctx.account,
            owner=note.author,
            text=text,
            language=await language_of(ctx.tx, note.author, await its_language(ctx, meetup)),
            zone=meetup.zone.key,
            due_at=due,
            now=ctx.now,
        )


async def _publish(ctx: Context, draft: Draft) -> Reply:
    meetup = await seen(ctx, draft["meetup"])
    await require_lead(ctx, meetup)
    with speaking(await language_of_room(ctx, meetup)):
        text = await _minutes_text(ctx, meetup)
    await ctx.outbox.say(
        ctx.tx,
        Message(text),
        key=f"minutes:{ctx.event.event_id}",
        to=meetup.series.room_id,
        now=ctx.now,
        about=Ref(ABOUT_MINUTES, str(meetup.id)),
    )
    await _recall_actions(ctx, meetup)
    await outcome.post(ctx, meetup)
    for note in await notes.of(ctx.tx, meetup, notes.RETEX):
        notes.told(ctx.tx, note)
    waits = rooms.waits_for_right(ctx.directory, meetup.series.room_id)
    return say(_("The minutes are ready."), waits) if waits else say(_("The minutes are published."))


MINUTES = rdv.form(
    "meetup-minutes",
    preview=_minutes_preview,
    done=_publish,
    title=lambda ctx, draft: draft["title"],
    asks_rights=True,
    question=N_("**Publish it?** ✅ yes, ❌ no"),
    makes=quotas.CHANGE,
)
