"""`!rdv`: shows the meet-ups to come, or one of them. What may be done to one is in the other modules."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.challenges.rules.day import take_one
from bot.dispatch.answer.asking_back.unclear import slip
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import require
from bot.dispatch.answer.run_command import do
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command, Verb
from bot.dispatch.menu.help_pages import unknown
from bot.errors import UserError
from bot.events.gestures import gesture_of_word, sign_of
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _, language, ngettext
from bot.meetups import meetups, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.noun import NOUN
from bot.meetups.rules.sought import Sought, read_sought
from bot.meetups.texts import kind_name
from bot.registers import typed_territory
from bot.text.plain_text import fold
from bot.time.spoken_dates import say_month
from commands.rdv.phrases import NEXT_ONES
from commands.rdv.texts import entry
from commands.rdv.which import GESTURES, card_of, own_zone, present, reply_with_card, take_reference, which

command = Command(
    "rdv",
    aliases=(
        "rencontre",
        "rencontres",
        "réunion",
        "réunions",
        "agenda",
        "meet",
        "meetup",
        "meetups",
        "event",
        "events",
        "rendez-vous",
    ),
    summary=N_("see the next meet-ups and sign up"),
    place=30,
    items=NOUN.letter,
    examples=(N_("rdv"), N_("rdv R-7")),
)
SHOWN_ELSEWHERE = 3
SHOWN_IN_A_MONTH = 10
MOST_LOOKED_AT = 1000
HERE = 1
CONTRIBUTES = "contribution"
"""The verb of a challenge's number: `!rdv R-7 C-2 …`."""
_BARE = re.compile(r"\A\s*(\d{1,9})(?=\s*\Z|\s+[^\W\d])")
NEXT = ("prochain", "suivant", "d'apres", "next")


async def _asks_rights(tx: Any, person: str, words: str) -> bool:
    """Needs a right if the verb after the number does."""
    reference, rest = take_reference(_numbered(words))
    meant = _meant(reference, rest) if reference is not None else None
    return meant is not None and await meant[0].asks(tx, person, meant[1])


@command.run(
    usage=N_("rdv R-7"),
    summary=N_("see one meet-up; “`!rdv R-7 yes`” signs you up"),
    asks_rights=_asks_rights,
    phrases=NEXT_ONES,
    fits=lambda words: False,
)
async def rdv(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    reference, rest = take_reference(_numbered(words))
    if reference is None:
        return await _others(ctx, words) if words.strip() else await _overview(ctx)
    if not rest:
        meetup, _rest = await which(ctx, f"R-{reference}")
        return await reply_with_card(ctx, meetup)
    return await _verb(ctx, reference, rest)


async def _others(ctx: Context, words: str) -> Reply:
    """Those of a kind or territory; other words are no command."""
    if (sought := read_sought(words)) is not None:
        return await those_sought(ctx, sought)
    return await slip(ctx, f"{command.word} {words}") or say(unknown(ctx, command, words))


def _numbered(words: str) -> str:
    """A number alone, or before a verb, is that of a meet-up: `!rdv 7 yes`."""
    return _BARE.sub(r"R-\1", words)


async def _verb(ctx: Context, reference: int, rest: str) -> Reply | None:
    if (meant := _meant(reference, rest)) is not None:
        await require(ctx, meant[0].role)
        return await do(ctx, *meant)
    if (corrected := await slip(ctx, f"{command.word} {rest} R-{reference}")) is not None:
        return corrected
    raise UserError(
        _("I do not know what “{word}” does to a meet-up. For example: `!rdv {reference} yes`").format(
            word=rest.split()[0][:40], reference=f"R-{reference}"
        )
    )


def _meant(reference: int, rest: str) -> tuple[Verb, str] | None:
    """The verb meant by the words after a number, and its words: `R-7 oui` is `oui R-7`."""
    typed, _space, more = rest.partition(" ")
    if take_one(rest)[0] is not None:
        typed, more = CONTRIBUTES, rest
    gesture = gesture_of_word(rest, yes_no=True)
    if gesture in GESTURES:
        typed, more = sign_of(gesture).french[0], ""
    word = fold(typed).text.strip("?!.,;:")
    found = next((verb for verb in command.verbs if word in (fold(known).text for known in verb.words)), None)
    return (found, f"R-{reference} {more}".strip()) if found is not None else None


async def _overview(ctx: Context) -> Reply:
    """The next meet-up of this room in full, and the next three elsewhere; in private the next ones of all rooms."""
    slugs = [community.slug for community in ctx.communities]
    coming = await meetups.upcoming(ctx.tx, slugs, now=ctx.now, here=ctx.room_id)
    here = [meetup for meetup in coming if meetup.series.room_id == ctx.room_id][:HERE]
    elsewhere = [meetup for meetup in coming if meetup not in here][:SHOWN_ELSEWHERE]
    if not coming:
        return say(_("No meet-up is planned. The community's team may plan one: `!rdv new`"))
    listed = bullets(*[await _entry(ctx, meetup) for meetup in elsewhere])
    if not here:
        return say(title(_("Next meet-ups")), listed, _to_see_one(elsewhere))
    shown = await card_of(ctx, here[0])
    then = Text.of(_("Then:"), listed) if elsewhere else ""
    return await reply_with_card(ctx, here[0], Text.of(shown, then))


async def those_sought(ctx: Context, sought: Sought) -> Reply:
    """The meet-ups to come of this kind, in this territory or around it. Raises UserError if it may be several."""
    place = typed_territory.only(sought.territories) if sought.territories else None
    slugs = [community.slug for community in ctx.communities]
    found = [
        meetup
        for meetup in await meetups.upcoming(ctx.tx, slugs, now=ctx.now, limit=MOST_LOOKED_AT, here=ctx.room_id)
        if sought.kind in (None, meetup.series.kind) and (place is None or meetup.is_for(place.code))
    ]
    names = [kind_name(sought.kind) if sought.kind else "", place.label if place else ""]
    what = ", ".join(filter(None, names))
    if not found:
        sentence = _("No meet-up is planned yet for: {what}. To see all: `!rdv`")
        return say(sentence.format(what=what), _("To learn of the next ones in private: `!me subscriptions`"))
    return say(title(_("Next meet-ups: {what}").format(what=what)), await _listed(ctx, found), _to_see_one(found))


def _to_see_one(found: list[Meetup]) -> str:
    return _("To see one and sign up: `!rdv {reference}`").format(reference=found[0].reference)


async def _entry(ctx: Context, meetup: Meetup) -> Text:
    there = await present(ctx, meetup)
    return entry(meetup, await rsvps.roster(ctx.tx, meetup), present=there, own=await own_zone(ctx))


@command.verb("mois", "month", usage=N_("rdv month"), summary=N_("see the meet-ups of the month"))
async def month(ctx: Context, words: Rest = NOTHING) -> Reply:
    zone = ZoneInfo(ctx.communities[0].time_zone)
    local = ctx.now.astimezone(zone)
    first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if fold(words).text.strip() in NEXT:
        return await _next_month(ctx, _month_after(first), zone)
    slugs = [community.slug for community in ctx.communities]
    found = await meetups.upcoming(ctx.tx, slugs, now=ctx.now, before=_month_after(first), here=ctx.room_id)
    if not found:
        return say(_("No other meet-up is planned this month. To see the next ones: `!rdv`"))
    heading = ngettext(
        "{count} meet-up until the end of the month", "{count} meet-ups until the end of the month", len(found)
    )
    return say(title(heading.format(count=len(found))), await _listed(ctx, found))


async def _next_month(ctx: Context, first: datetime, zone: ZoneInfo) -> Reply:
    slugs = [community.slug for community in ctx.communities]
    found = await meetups.upcoming(ctx.tx, slugs, now=first, before=_month_after(first), here=ctx.room_id)
    name = say_month(first, zone=zone, language=language())
    if not found:
        return say(_("No meet-up is planned in {month} yet. To see the next ones: `!rdv`").format(month=name))
    heading = ngettext("{count} meet-up in {month}", "{count} meet-ups in {month}", len(found))
    return say(title(heading.format(count=len(found), month=name)), await _listed(ctx, found))


async def _listed(ctx: Context, found: list[Meetup]) -> Text:
    """As many as fit into one message, and how many follow."""
    entries = [await _entry(ctx, meetup) for meetup in found[:SHOWN_IN_A_MONTH]]
    more = len(found) - len(entries)
    rest = ngettext("And {count} more, later.", "And {count} more, later.", more).format(count=more) if more else ""
    return Text.of(bullets(*entries), rest)


def _month_after(first: datetime) -> datetime:
    return (first + timedelta(days=32)).replace(day=1)
