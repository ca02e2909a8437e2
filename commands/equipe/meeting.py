"""`!E-3 rythme 1er mardi 14h`, or ✅ on the rhythm that a moderator proposed: the meet-ups of a team, in its room."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities.tell import zone
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.i18n import _
from bot.meetups import meetups
from bot.resources.texts import one_line
from bot.teams import Team, members, records, texts
from bot.teams.rules.line import LONGEST_RHYTHM
from bot.teams.rules.team import ACCOMPANIED, RHYTHM, Refusal
from bot.time.when import Unsure, read
from commands.equipe.numbered import step
from commands.equipe.team import command as team
from commands.rdv.new import arm, read_plan
from commands.rdv.which import announce


def read_rhythm(words: str, *, now: datetime, zone: ZoneInfo) -> str:
    """When a team meets, again and again, as it was typed. Raises UserError."""
    said = one_line(words, longest=LONGEST_RHYTHM)
    found = read(said, now=now, zone=zone)
    if isinstance(found, Unsure) or found.rrule is None:
        raise UserError(
            _("“{words}” says no rhythm that I can read. For example: `rhythm 1st Tuesday 2pm`").format(
                words=one_line(words, longest=40)
            )
        )
    return said


@step("rythme", "rhythm")
async def rhythm(ctx: Context, found: Team, rest: str) -> Reply | None:
    if not await members.is_in(ctx.tx, found, ctx.sender):
        raise UserError(_("Only those who are in this team plan its meet-ups."))

    async def make() -> Reply:
        return await _plan(ctx, found, rest)

    return await within(ctx, quotas.MEETUP, make)


@team.reaction(Gesture.YES, about=RHYTHM, makes=quotas.MEETUP)
async def plan(ctx: Context, item: str) -> Reply | None:
    found = await records.get(ctx.tx, item, lock=True)
    if found is None or not found.rhythm or not await members.is_in(ctx.tx, found, ctx.sender):
        return None
    return await _plan(ctx, found, found.rhythm)


async def _plan(ctx: Context, found: Team, words: str) -> Reply:
    """The series in the team's room; whoever planned it may move and cancel it. Raises UserError."""
    community = await records.community_of(ctx.tx, found)
    if found.status not in ACCOMPANIED or found.room_id is None:
        raise UserError(texts.refused(found, Refusal.WRONG_STATUS))
    said = read_rhythm(words, now=ctx.now, zone=zone(community))
    made = await meetups.publish(
        ctx.tx,
        read_plan(texts.meetup_line(found, said), now=ctx.now, zone=zone(community)),
        account=ctx.account,
        community=found.community,
        room_id=found.room_id,
        organiser=ctx.sender,
        now=ctx.now,
    )
    found.rhythm = ""
    await records.write(ctx.tx, found)
    await ctx.outbox.close_cards(ctx.tx, Ref(RHYTHM, str(found.id)))
    await arm(ctx, made)
    await announce(ctx, made[0])
    return say(
        _("**Planned**: {rhythm} ({reference}).").format(rhythm=said, reference=made[0].reference),
        _("To move or cancel it: `!rdv {reference} move …`, `!rdv {reference} cancel`").format(
            reference=made[0].reference
        ),
    )
