"""`!moi sujets, pause, reprendre, absent, horaires, charge`: a volunteer's settings."""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities import Community, communities
from bot.communities.people import people
from bot.communities.tell import name as name_of
from bot.dispatch.answer.asking_back.unclear import LINE
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.gestures import Gesture, gesture_of_word
from bot.events.text import Text
from bot.help.offers import absences, candidates
from bot.i18n import N_, _
from bot.meetups import rsvps
from bot.text.numbers import whole
from bot.text.plain_text import fold
from bot.time.hours_text import parse_hours, say_hours, spelled_out
from bot.time.spoken_dates import say_day
from bot.time.when import Reading, read
from bot.volunteers import Availability, Expert, availability, settings, signup, volunteers
from bot.volunteers.rules.absence import Absence, Unclear, days_away
from bot.volunteers.settings import MOST
from commands.moi.phrases import AWAY, PAUSE, RESUME, names_a_day
from commands.moi.seats import still_taken
from commands.private import privately


def _word(word: str, *aliases: str, summary: str, example: str) -> Command:
    return Command(word, under="moi", aliases=aliases, summary=summary, examples=(example,), listed=False)


topics = _word("sujets", "sujet", "topics", summary=N_("choose your topics"), example=N_("me topics +3 -5"))
pause = _word("pause", summary=N_("receive no request for a while"), example=N_("me pause"))
resume = _word("reprendre", "reprise", "resume", summary=N_("receive requests again"), example=N_("me resume"))
absent = _word(
    "absent", "absence", "away", summary=N_("say when you are away"), example=N_("me away from 3 to 20 February")
)
hours = _word("horaires", "heures", "hours", summary=N_("set your hours"), example=N_("me hours Mon-Fri 9am-5pm"))
load = _word("charge", "load", summary=N_("set how many requests you take"), example=N_("me load 2"))
elsewhere = _word(
    "ailleurs",
    "elsewhere",
    summary=N_("be asked by other communities too"),
    example=N_("me elsewhere yes"),
)
commands = (topics, pause, resume, absent, hours, load, elsewhere)


async def _expert(ctx: Context) -> tuple[Community, Expert]:
    """The sender as a volunteer here; in private, of the community where they are one."""
    known = await volunteers.of_person(ctx.tx, ctx.sender)
    here = [one for one in known if ctx.community is None or one.community == ctx.community.slug]
    if not here:
        raise UserError(_("You are not a volunteer here. To become one: `!expert become`"))
    community = await communities.get(ctx.tx, here[0].community)
    assert community is not None
    return community, here[0]


async def _settings(ctx: Context) -> tuple[Community, Availability]:
    community, _expert_row = await _expert(ctx)
    return community, await availability.of(ctx.tx, ctx.sender, lock=True)


@topics.run(usage=N_("me topics +3 -5"), makes=quotas.SETTING)
async def change_topics(ctx: Context, words: Rest = NOTHING) -> Reply:
    community, expert = await _expert(ctx)
    if words:
        await signup.choose(ctx, expert, words)
    return Reply(await signup.listed(ctx, community, expert))


@pause.run(usage=N_("me pause"), makes=quotas.SETTING, phrases=PAUSE)
async def take_break(ctx: Context) -> Reply:
    await _refuse_others(ctx)
    _community, row = await _settings(ctx)
    row.paused, row.unanswered = True, 0
    await availability.keep(ctx.tx, row)
    return say(_("It is noted: no request reaches you until you write: `!me resume`"))


async def _refuse_others(ctx: Context) -> None:
    """Raises UserError for whoever is no volunteer: no request reaches them that they could be spared."""
    if not await volunteers.of_person(ctx.tx, ctx.sender):
        raise UserError(
            _("Requests only go to volunteers, and you are not one: there is nothing to pause.")
            + "\n"
            + _("If I am to write to you only when you write to me: `stop`, in our private conversation")
        )


@resume.run(usage=N_("me resume"), makes=quotas.SETTING, phrases=RESUME)
async def come_back(ctx: Context) -> Reply:
    """Say what is true: whoever said `stop` is written to only after the word that takes it back."""
    stopped = await people.has_stopped(ctx.tx, ctx.sender)
    still = (
        _("You told me `stop`, so I do not write to you by myself. To take it back: `start-again`") if stopped else ""
    )
    if not await volunteers.of_person(ctx.tx, ctx.sender):
        return say(still or _("Nothing was paused: requests only go to volunteers. To become one: `!expert become`"))
    _community, row = await _settings(ctx)
    was_away = row.paused or row.absent_from is not None or row.rest_until is not None
    row.paused, row.unanswered, row.rest_until = False, 0, None
    await absences.forget(ctx, row)
    if stopped:
        return say(still)
    return say(
        _("It is noted: requests about your topics reach you again, within your hours.")
        if was_away
        else _("Nothing was paused: requests about your topics reach you within your hours.")
    )


@elsewhere.run(usage=N_("me elsewhere yes"), makes=quotas.SETTING)
async def cross(ctx: Context, words: Rest = NOTHING) -> Reply:
    """Set whether other communities may ask too: only about topics that they know by the same name."""
    _community, expert = await _expert(ctx)
    answer = gesture_of_word(words, yes_no=True)
    if answer in (Gesture.YES, Gesture.NO):
        await volunteers.cross(ctx.tx, expert, consents=answer is Gesture.YES)
    return say(
        _("Other communities may ask you too, about the same topics and within the same limits.")
        if expert.crossing
        else _("Only this community asks you."),
        _("To change it: `!me elsewhere no`") if expert.crossing else _("To change it: `!me elsewhere yes`"),
    )


_DELEGATE = re.compile(
    r"\b(?:remplacement|remplaçante?|relais|delegate|stand-in)\s{0,9}:?\s{0,9}(\S{1,255})\s*$", re.IGNORECASE
)


@absent.run(usage=N_("me away from 3 to 20 February"), makes=quotas.SETTING, phrases=AWAY, fits=names_a_day)
async def away(ctx: Context, words: Rest) -> Reply:
    if not await volunteers.of_person(ctx.tx, ctx.sender):
        return await _only_seats(ctx, words)
    community, row = await _settings(ctx)
    named = _DELEGATE.search(words)
    zone = ZoneInfo(row.time_zone or community.time_zone)
    days = days_away(words[: named.start()].rstrip() if named else words, now=ctx.now, zone=zone)
    if isinstance(days, Unclear):
        raise UserError(_unclear(days))
    first, last = days
    delegate = await _delegate(ctx, community, named[1]) if named else None
    if delegate and await availability.circle(ctx.tx, ctx.sender, delegate, first=first, last=last):
        raise UserError(_("That person has named you in turn for these days: choose somebody else."))
    await absences.announce(ctx, row, Absence(first, last, delegate), zone)
    return say(
        _("It is noted: you are away from {first} to {last}, both included.").format(
            first=say_day(absences.midnight(first, zone), zone=zone, language=ctx.language),
            last=say_day(absences.midnight(last, zone), zone=zone, language=ctx.language),
        ),
        _("Meanwhile {name} is asked in your place.").format(name=name_of(ctx, delegate, community))
        if delegate
        else "",
        _("You come back by yourself the day after. To come back sooner: `!me resume`"),
        *await still_taken(ctx, first, last, zone=zone),
    )


async def _only_seats(ctx: Context, words: str) -> Reply:
    """Whoever is no volunteer reads which meet-ups of these days still count on them."""
    zone = ZoneInfo(await people.zone_of(ctx.tx, ctx.sender) or the_community(ctx).time_zone)
    days = days_away(words, now=ctx.now, zone=zone)
    taken = await still_taken(ctx, *days, zone=zone) if not isinstance(days, Unclear) else []
    if not taken:
        await _refuse_others(ctx)
    return say(*taken)


def _unclear(why: Unclear) -> str:
    """Why no days are noted, and what to write."""
    if why is Unclear.NO_END:
        return _(
            "Until which day? Write for example: `!me away from 3 to 20 February`\n"
            "If you do not know yet: `!me pause`, then `!me resume`"
        )
    if why is Unclear.REPEATS:
        return _(
            "I note no absence that repeats itself. Choose your days instead, for example: "
            "`!me hours Mon Tue Thu Fri 9am-5pm`"
        )
    return _("I do not understand these days. Write for example: `!me away from 3 to 20 February`")


async def _delegate(ctx: Context, community: Community, typed: str) -> str:
    """The volunteer whom somebody names by id, by its local part, or by display name. Raises UserError for none."""
    wanted = fold(typed.strip(" @.,")).text
    for expert in await volunteers.of_community(ctx.tx, community.slug):
        shown = name_of(ctx, expert.person, community)
        names = (expert.person, expert.person.partition(":")[0], shown)
        if (
            expert.person != ctx.sender
            and volunteers.is_active(expert)
            and wanted in {fold(n).text.lstrip("@") for n in names}
        ):
            return expert.person
    raise UserError(_("I know no other volunteer of that name here: name somebody who volunteers too."))


_REST = re.compile(r"\s*(?:repos|rest)\b(?:\s+(?:jusqu'(?:à|au)|jusqu’(?:à|au)|until))?\s*", re.IGNORECASE)


@hours.run(usage=N_("me hours Mon-Fri 9am-5pm"), makes=quotas.SETTING)
async def set_hours(ctx: Context, words: Rest) -> Reply:
    community, row = await _settings(ctx)
    rest = _REST.match(words)
    if rest:
        return await _rests(ctx, community, row, words[rest.end() :])
    found = parse_hours(words)
    if found is None and (meant := spelled_out(words)) is not None:
        return await _did_you_mean(ctx, meant)
    if found is None:
        raise UserError(
            _("I do not understand these hours. Write for example: `!me hours Mon-Fri 9am-5pm`, or: night 21:00-7:00")
        )
    row.hours = availability.week_of(found)
    await availability.keep(ctx.tx, row)
    await rsvps.rearm_all(ctx.tx, ctx.timers, ctx.sender, now=ctx.now)
    return say(
        _("It is noted. I write to you about requests only within these hours: {hours}.").format(
            hours=say_hours(found, ctx.language)
        )
    )


async def _did_you_mean(ctx: Context, hours: str) -> Reply:
    """`9-5` is asked about: a working day most often, and sometimes a night."""
    asked = await begin(ctx, LINE, {"line": f"moi horaires {hours}"})
    night = _("For a night: `!me hours night 9pm-5am`")
    return replace(asked, text=Text.of(asked.text, night))


async def _rests(ctx: Context, community: Community, row: Availability, words: str) -> Reply:
    zone = ZoneInfo(row.time_zone or community.time_zone)
    day = read(words, now=ctx.now, zone=zone)
    if not isinstance(day, Reading) or day.start is None:
        raise UserError(_("I do not understand this day. Write for example: `!me hours rest until Thursday`"))
    row.rest_until = day.start.date()
    await availability.keep(ctx.tx, row)
    said = say_day(day.start, zone=zone, language=ctx.language)
    return say(_("It is noted: no request reaches you until {day}, included.").format(day=said))


@load.run(usage=N_("me load 2"), makes=quotas.SETTING)
async def set_load(ctx: Context, words: Rest = NOTHING) -> Reply:
    community, row = await _settings(ctx)
    number, _space, rest = words.partition(" ")
    if number:
        cap = whole(number, most=MOST)
        if not cap:
            raise UserError(_("Write a number from 1 to {most}, for example: `!me load 2`").format(most=MOST))
        monthly = fold(rest).text.startswith(("par mois", "mois", "a month", "month"))
        if monthly:
            row.month_cap = cap
        else:
            row.open_cap = cap
        await availability.keep(ctx.tx, row)
    now = (await candidates.loads(ctx.tx, community, [ctx.sender], now=ctx.now)).get(ctx.sender)
    usual = await settings.of(ctx.tx, community)

    async def told() -> Text:
        return Text.of(
            _("At most {open} requests at a time, and {month} proposed in a month.").format(
                open=row.open_cap, month=row.month_cap
            ),
            _("In this community: at most {open} at a time, and {month} in a month.").format(
                open=usual.most_open, month=usual.most_a_month
            )
            if usual.most_open < row.open_cap or usual.most_a_month < row.month_cap
            else "",
            _("At present: {open} under way, {month} proposed this month. Only you see these figures.").format(
                open=now.open_requests if now else 0, month=now.asked_this_month if now else 0
            ),
        )

    return await privately(ctx, told)


@absent.timer(absences.STARTS)
async def absence_starts(moment: Moment, item: str) -> None:
    await absences.starts(moment, item)


@absent.timer(absences.HANDS_OVER)
async def absence_hands_over(moment: Moment, item: str) -> None:
    await absences.hands_over(moment, item)


@absent.timer(absences.ENDS)
async def absence_ends(moment: Moment, item: str) -> None:
    await absences.ends(moment, item)
