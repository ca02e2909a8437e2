"""The programme of a meet-up: its agenda, accounts of experience that members propose, and its minutes."""

from datetime import datetime, timedelta

from bot import quotas
from bot.communities import people
from bot.communities.tell import language_of, tell
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.i18n import N_, _, ngettext, speaking
from bot.meetups import MeetupNote, meetups, notes, reminder_timers, reminders
from bot.meetups.meetups import Meetup
from bot.time.when import Unsure, extract
from commands.rdv.members import is_gone
from commands.rdv.overview import command as rdv
from commands.rdv.texts import capital, when
from commands.rdv.which import (
    ABOUT_RETEX,
    its_language,
    language_of_room,
    may_lead,
    refresh,
    require_lead,
    seen,
    take_reference,
    which,
)

MOST_LINES = 10
LATEST = timedelta(days=366)


# ── before ────────────────────────────────────────────────────────────────────────────────────────────────


async def _asks_rights(_tx: object, _person: str, words: str) -> bool:
    """Adding to the programme needs a right; reading it does not."""
    return bool(take_reference(words)[1])


@rdv.verb(
    "odj",
    "programme",
    "agenda",
    usage=N_("rdv R-7 agenda sorting of waste"),
    summary=N_("add to the programme"),
    led=True,
    makes=quotas.CHANGE,
    asks_rights=_asks_rights,
)
async def agenda(ctx: Context, words: Rest = NOTHING) -> Reply:
    meetup, text = await which(ctx, words)
    if not text:
        return await _programme(ctx, meetup)
    await require_lead(ctx, meetup)
    await notes.add(ctx.tx, meetup, notes.AGENDA, text, author=ctx.sender, source=ctx.event.event_id, now=ctx.now)
    await refresh(ctx, meetup, cause=ctx.event.event_id)
    return await _programme(ctx, meetup)


async def _programme(ctx: Context, meetup: Meetup) -> Reply:
    lines = await notes.programme(ctx.tx, meetup)
    title = (
        _("On the programme of {title} ({reference}):")
        if lines
        else _("Nothing is on the programme of {title} ({reference}) yet.")
    )
    return say(title.format(title=meetup.title, reference=meetup.reference), *lines[:MOST_LINES])


@rdv.verb(
    "retex",
    "témoignage",
    "experience",
    usage=N_("rdv R-7 retex our sorting of waste"),
    summary=N_("propose to tell your experience"),
    makes=quotas.RETEX,
)
async def retex(ctx: Context, words: Rest) -> Reply:
    meetup, text = await which(ctx, words)
    if meetup.cancelled or meetup.start <= ctx.now:
        raise UserError(_("This meet-up has begun: it cannot be changed any more."))
    if not text:
        raise UserError(
            _("Tell it in a few words. For example: `!rdv {reference} retex our sorting of waste`").format(
                reference=meetup.reference
            )
        )
    if not ctx.directory.has_member(meetup.series.room_id, meetup.series.organiser):
        raise UserError(
            _(
                "The person who organised it has left this room. Somebody of the team may take over: `!rdv "
                "{reference} takeover`"
            ).format(reference=meetup.reference)
        )
    source = ctx.event.event_id
    await notes.add(
        ctx.tx, meetup, notes.RETEX, text, author=ctx.sender, source=source, now=ctx.now, status=notes.PROPOSED
    )
    note = await notes.by_source(ctx.tx, source)
    assert note is not None
    await _ask_organiser(ctx, meetup, note)
    return say(_("Thank you. I ask the person who organises; you will hear from me in private."))


async def _ask_organiser(ctx: Context, meetup: Meetup, note: MeetupNote) -> None:
    organiser = meetup.series.organiser

    def words() -> Text:
        return Text.of(
            _("{who} proposes to tell an experience at “{title}” ({reference}), {when}:").format(
                who=ctx.directory.name_of(meetup.series.room_id, ctx.sender),
                title=meetup.title,
                reference=meetup.reference,
                when=when(meetup),
            ),
            note.text,
            _("Put it on the programme? Answer “yes” (✅) or “no” (❌). Without an answer it stays a proposal."),
        )

    about, language = Ref(ABOUT_RETEX, str(note.id)), await its_language(ctx, meetup)
    yes_no = (Gesture.YES, Gesture.NO)
    await tell(ctx, organiser, words, key=f"retex:{note.id}", language=language, about=about, gestures=yes_no)


rdv.belongs(ABOUT_RETEX, to=notes.belongs_to, waits=notes.waits)


@rdv.reaction(Gesture.YES, about=ABOUT_RETEX, asks_rights=True, makes=quotas.CHANGE)
async def accept(ctx: Context, item: str) -> Reply | None:
    return await _decide(ctx, item, notes.KEPT)


@rdv.reaction(Gesture.NO, about=ABOUT_RETEX, asks_rights=True, makes=quotas.CHANGE)
async def decline(ctx: Context, item: str) -> Reply | None:
    return await _decide(ctx, item, notes.DECLINED)


async def _decide(ctx: Context, item: str, status: str) -> Reply | None:
    note = await notes.get(ctx.tx, int(item))
    meetup = await meetups.get(ctx.tx, note.meetup) if note is not None else None
    if note is None or meetup is None or note.status != notes.PROPOSED or not await may_lead(ctx, meetup):
        return None
    await notes.settle(ctx.tx, note, status)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT_RETEX, item))
    if status == notes.KEPT:
        await refresh(ctx, meetup, cause=f"retex:{item}")
    if not await is_gone(ctx, meetup, note.author):
        await _tell_author(ctx, meetup, note)
    return say(_("It is on the programme.") if status == notes.KEPT else _("It is not on the programme."))


async def _tell_author(ctx: Context, meetup: Meetup, note: MeetupNote) -> None:
    def words() -> Text:
        sentence = (
            _("Your account of experience is on the programme of “{title}” ({reference}), {when}. Thank you.")
            if note.status == notes.KEPT
            else _(
                "Your account of experience is not on this programme: “{title}” ({reference}), {when}. "
                "Thank you for proposing it."
            )
        )
        return Text.of(sentence.format(title=meetup.title, reference=meetup.reference, when=when(meetup)))

    key, language = f"retex:{note.id}:{note.status}", await its_language(ctx, meetup)
    await tell(ctx, note.author, words, key=key, language=language, rings=False)


# ── afterwards ────────────────────────────────────────────────────────────────────────────────────────────


@rdv.verb(
    "cr",
    "compte-rendu",
    "minutes",
    usage=N_("rdv R-7 minutes"),
    led=True,
    summary=N_("make the minutes of the lines noted in its thread"),
)
async def minutes(ctx: Context, words: Rest = NOTHING) -> Reply:
    meetup, _rest = await which(ctx, words)
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
    titles = {
        notes.DECISION: _("Decisions:"),
        notes.ACTION: _("Actions:"),
        notes.INFO: _("To know:"),
        notes.RETEX: _("Accounts of experience:"),
    }
    parts = [
        _("Minutes of {title} ({reference})").format(title=meetup.title, reference=meetup.reference),
        capital(when(meetup)),
        _attended(meetup),
    ]
    for kind, title in titles.items():
        lines = await notes.of(ctx.tx, meetup, kind)
        parts += [title, *(line.text for line in lines)] if lines else []
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
        _("Preview. Nothing is published yet."),
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
        due = hours.next_opening(said.start) if said.all_day else said.start
        if ctx.now < due < ctx.now + LATEST:
            found.append((note, due))
    return found


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
        ctx.tx, Message(text), key=f"minutes:{ctx.event.event_id}", to=meetup.series.room_id, now=ctx.now
    )
    await _recall_actions(ctx, meetup)
    return say(_("The minutes are published."))


MINUTES = rdv.form(
    "meetup-minutes",
    preview=_minutes_preview,
    done=_publish,
    title=lambda ctx, draft: draft["title"],
    asks_rights=True,
    question=N_("Publish it? Answer “yes” (✅) or “no” (❌)."),
    makes=quotas.CHANGE,
)
