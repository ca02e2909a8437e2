"""After a meet-up: asks those who came for an opinion, thanks those who spoke, reminds the organiser of the minutes."""

from functools import partial

from bot.communities import rooms
from bot.communities.people import members, people
from bot.communities.tell import Words, tell
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.text import Text, bullets
from bot.i18n import _, speaking
from bot.meetups import meetups, notes, opinions, reminder_timers, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import Status
from commands.rdv.members import is_gone
from commands.rdv.overview import command as rdv
from commands.rdv.texts import titled
from commands.rdv.which import close_cards, is_there, its_language, language_of_room
from commands.yes_or_no import yes_or_no

OPINION = "rdv-opinion"
WELL, USEFUL = "opinion-well", "opinion-useful"
YES_NO = (Gesture.YES, Gesture.NO)


@rdv.timer(reminder_timers.AFTER, among=meetups.community_of)
async def afterwards(moment: Moment, item: str) -> None:
    meetup = await meetups.get(moment.tx, int(item))
    if meetup is None or meetup.cancelled:
        return
    await close_cards(moment, meetup)
    for number, person in await rsvps.numbers(moment.tx, meetup, Status.YES):
        hours = await reminder_timers.hours_of(moment.tx, person, meetup.zone)
        await moment.timers.set(moment.tx, OPINION, str(number), due_at=hours.next_opening(moment.now))
    await _thank(moment, meetup)
    await _ask_for_minutes(moment, meetup)


async def _thank(moment: Moment, meetup: Meetup) -> None:
    """A word to those who were on the programme; what others noted meanwhile (`^retex`) was told, too."""
    for note in await notes.of(moment.tx, meetup, notes.RETEX):
        if await is_gone(moment, meetup, note.author):
            continue
        if note.noted_at < meetup.start:
            await _write(moment, meetup, note.author, partial(_thanks, meetup), key=f"thanks:{note.id}")
        notes.told(moment.tx, note)


def _thanks(meetup: Meetup) -> Text:
    return Text.of(_("Thank you for your account of experience at {title} ({reference}).").format(**titled(meetup)))


async def _ask_for_minutes(moment: Moment, meetup: Meetup) -> None:
    """Whoever organises; when they have left the room, the team reads it there, as long as we are in it."""
    organiser, room_id = meetup.series.organiser, meetup.series.room_id
    members.require(moment.directory, room_id)
    if moment.directory.has_member(room_id, organiser) or not is_there(moment, meetup):
        await _write(moment, meetup, organiser, partial(_minutes_hint, meetup), key="minutes")
        return
    if not await rooms.belongs(moment.tx, room_id, meetup.series.community):
        return
    with speaking(await language_of_room(moment, meetup)):
        text = Text.of(
            _minutes_hint(meetup),
            _(
                "The person who organised it has left this room. Somebody of the team may take over: `!rdv "
                "{reference} takeover`"
            ).format(reference=meetup.reference)
            if meetup.series.rrule
            else "",
        )
    await moment.outbox.say(moment.tx, Message(text), key=f"meetup:{meetup.id}:minutes", to=room_id, now=moment.now)


def _minutes_hint(meetup: Meetup) -> Text:
    return Text.of(
        _("**{title}** ({reference}) is over.").format(**titled(meetup)),
        bullets(
            _("Its minutes, from the lines noted in its thread: `!rdv {reference} minutes`").format(
                reference=meetup.reference
            ),
            _("To note how many came: `!rdv {reference} attendance 12`").format(reference=meetup.reference),
        ),
    )


@rdv.timer(OPINION, among=rsvps.community_of)
async def ask_opinion(moment: Moment, item: str) -> None:
    found = await rsvps.by_id(moment.tx, int(item))
    meetup = await meetups.get(moment.tx, found[0]) if found is not None else None
    if found is None or meetup is None:
        return
    person = found[1].person
    if await people.has_stopped(moment.tx, person) or await is_gone(moment, meetup, person):
        return
    asked = await opinions.ask(moment.tx, meetup, person, now=moment.now)
    if asked is None:
        return
    about = Ref(WELL, str(asked))
    await _write(moment, meetup, person, partial(_opinion, meetup), key=f"opinion:{asked}", about=about)


def _opinion(meetup: Meetup) -> Text:
    return Text.of(
        _("**Did {title} ({reference}) go well?** ✅ yes, ❌ no").format(**titled(meetup)),
        _(
            "Two short questions, at most once a month; the team sees numbers only. "
            "Without an answer I do not ask again."
        ),
    )


rdv.belongs(WELL, USEFUL, to=opinions.belongs_to, waits=opinions.waits)


@yes_or_no(rdv, WELL)
async def went_well(ctx: Context, item: str, /, *, yes: bool) -> Reply | None:
    opinion = await opinions.get(ctx.tx, int(item), person=ctx.sender)
    if opinion is None or opinion.went_well is not None:
        return None
    opinion.went_well = yes
    await opinions.keep(ctx.tx, opinion)
    await ctx.outbox.close_cards(ctx.tx, Ref(WELL, item))
    return Reply(
        Text.of(_("Noted. **Did it bring you something for your work?** ✅ yes, ❌ no")),
        about=Ref(USEFUL, item),
        gestures=YES_NO,
        waits=True,
    )


@yes_or_no(rdv, USEFUL)
async def was_useful(ctx: Context, item: str, /, *, yes: bool) -> Reply | None:
    opinion = await opinions.get(ctx.tx, int(item), person=ctx.sender)
    if opinion is None or opinion.was_useful is not None:
        return None
    opinion.was_useful = yes
    await opinions.keep(ctx.tx, opinion)
    await ctx.outbox.close_cards(ctx.tx, Ref(USEFUL, item))
    return say(_("Thank you, that is all."))


async def _write(
    moment: Moment, meetup: Meetup, person: str, words: Words, *, key: str, about: Ref | None = None
) -> None:
    await tell(
        moment,
        person,
        words,
        key=f"meetup:{meetup.id}:{key}",
        language=await its_language(moment, meetup),
        about=about,
        gestures=YES_NO if about else (),
        rings=False,
    )
