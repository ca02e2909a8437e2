"""`!rdv nouveau … défis C-2 C-3`, `!rdv R-9 défis C-4`: the challenges on which people work at a meet-up."""

from bot import quotas
from bot.challenges import Challenge, challenges
from bot.challenges import texts as challenge_texts
from bot.challenges.days import days
from bot.challenges.days import texts as day_texts
from bot.challenges.days.days import GIVEN_UP
from bot.challenges.rules.challenge import GOING_ON
from bot.challenges.rules.day import MOST, take_challenges
from bot.communities.tell import Words, tell
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.text import Text
from bot.i18n import N_, _
from bot.meetups.meetups import Meetup
from commands.rdv.changes.change import led
from commands.rdv.day.challenges import one_date, usable
from commands.rdv.members import is_gone
from commands.rdv.overview import command as rdv
from commands.rdv.texts import titled
from commands.rdv.which import its_language, refresh


@rdv.verb(
    "défis",
    "défi",
    "challenges",
    "challenge",
    usage=N_("rdv R-7 challenges C-2"),
    summary=N_("say on which challenges people work there"),
    led=True,
    makes=quotas.CHANGE,
)
async def put_on(ctx: Context, words: Rest = NOTHING) -> Reply:
    """Add challenges to a meet-up that is published."""
    meetup, rest = await led(ctx, words)
    numbers, _rest = take_challenges(f"challenges {rest}")
    if not numbers:
        raise UserError(
            _("Which ones? For example: `!rdv {reference} challenges C-2`").format(reference=meetup.reference)
        )
    if meetup.series.rrule is not None:
        raise UserError(one_date())
    found = await usable(ctx, meetup.series.community, numbers)
    there = {one.id for one in await days.of_meetup(ctx.tx, meetup)}
    if len(there | {one.id for one in found}) > MOST:
        raise UserError(_("A meet-up is about {most} challenges at most: one table for each.").format(most=MOST))
    for one in found:
        await days.carry(ctx.tx, meetup, one)
    await refresh(ctx, meetup, cause=ctx.event.event_id)
    return say(
        _("**{title}** ({reference}) is about these challenges:").format(**titled(meetup)),
        day_texts.listed(await days.tables(ctx.tx, meetup)),
    )


# ── a challenge is given up ───────────────────────────────────────────────────────────────────────────────


@rdv.timer(GIVEN_UP, among=challenges.slug_of)
async def given_up(moment: Moment, item: str) -> None:
    """Its tables are closed; who sat there learns it once, and who organises a day that has no challenge left."""
    challenge = await challenges.get(moment.tx, item)
    if challenge is None:
        return
    for meetup in await days.meetups_of(moment.tx, int(item)):
        if meetup.cancelled or meetup.over_at <= moment.now:
            continue
        sat = await days.clear(moment.tx, meetup, int(item))
        await refresh(moment, meetup, cause=f"given-up:{item}")
        for person in sat:
            if not await is_gone(moment, meetup, person):
                await _tell(moment, meetup, person, _no_table(meetup, challenge), key=f"table:{item}:{person}")
        if not any(one.status in GOING_ON for one in await days.of_meetup(moment.tx, meetup)):
            await _tell(moment, meetup, meetup.series.organiser, _none_left(meetup), key=f"none-left:{item}")


def _no_table(meetup: Meetup, challenge: Challenge) -> Words:
    def words() -> Text:
        return Text.of(
            _("{challenge} is given up: your table at {title} ({reference}) is gone. You still come.").format(
                challenge=challenge_texts.titled(challenge), **titled(meetup)
            ),
            _("To choose another one: `!rdv {reference} table`").format(reference=meetup.reference),
        )

    return words


def _none_left(meetup: Meetup) -> Words:
    def words() -> Text:
        return Text.of(
            _("**{title}** ({reference}) has no challenge left: they are all given up or over.").format(
                **titled(meetup)
            ),
            _("To put another one there: `!rdv {reference} challenges C-…`").format(reference=meetup.reference),
        )

    return words


async def _tell(moment: Moment, meetup: Meetup, person: str, words: Words, *, key: str) -> None:
    language = await its_language(moment, meetup)
    await tell(moment, person, words, key=f"meetup:{meetup.id}:{key}", language=language, rings=False)
