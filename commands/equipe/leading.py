"""`!E-3 commencer`, `ajouter @x`, `retirer @x`, `abandonner …`, `quitter`: who is in a team, and its end in vain."""

from bot import quotas
from bot.communities.people import members as community_members
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.communities.tell import name
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets
from bot.i18n import _
from bot.store import audit
from bot.teams import Team, asking, members, records, teams, texts
from bot.teams.rules.line import read_line
from bot.teams.rules.team import GOING_ON, LIFECYCLE, Party, Refusal, Seat, Status, Trigger, hindrances
from commands.admin.people import named
from commands.equipe.numbered import community_of, require_moderator, step
from commands.equipe.team import command as team
from commands.own_words import checked

LONGEST_REASON = 400
EXCEPTION = "exception"
"""What the audit says of a team that may have fewer professions."""


@step("commencer", "confirmer", "begin", "start")
async def start(ctx: Context, found: Team, rest: str) -> Reply:
    """Without waiting for the others; with the reason of an exception if there are too few professions."""
    await require_moderator(ctx, found)
    exception = reason_of(rest)
    known = [one.profession for one in await members.of(ctx.tx, found, Seat.IN)]
    in_the_way = hindrances(known, exception=exception or found.exception)
    return await _ask(ctx, found, Trigger.COMPLETE, exception or found.exception, in_the_way)


def reason_of(line: str) -> str:
    """Why fewer professions are enough; empty where no exception is asked for. Raises UserError without a reason."""
    exception = read_line(line).exception
    if exception is None:
        return ""
    if not exception:
        raise UserError(_("Say why fewer professions are enough: `exception only two work there`"))
    return checked(exception, LONGEST_REASON)


@step("abandonner", "abandon")
async def abandon(ctx: Context, found: Team, rest: str) -> Reply:
    await require_moderator(ctx, found)
    reason = checked(rest, LONGEST_REASON) if rest else ""
    return await _ask(ctx, found, Trigger.GIVE_UP, reason, set() if reason else {Refusal.REASON_MISSING})


async def _ask(ctx: Context, found: Team, trigger: Trigger, reason: str, in_the_way: set[Refusal]) -> Reply:
    """The preview of a step, or why it cannot be. Raises UserError."""
    why_not = LIFECYCLE.refusal(Status(found.status), trigger, by={Party.MODERATOR}, hindrances=in_the_way)
    if why_not is not None:
        raise UserError(texts.refused(found, Refusal(why_not)))
    return await begin(ctx, STEP, {"team": found.id, "trigger": trigger.value, "reason": reason})


async def _preview(ctx: Context, draft: Draft) -> Text:
    found = await records.get(ctx.tx, draft["team"])
    assert found is not None
    if Trigger(draft["trigger"]) is Trigger.GIVE_UP:
        return Text.of(
            _("The {team} would end without a result; all who took part read why: {reason}").format(
                team=texts.titled(found), reason=draft["reason"]
            ),
            _("This cannot be taken back."),
        )
    community = await records.community_of(ctx.tx, found)
    seats = await members.of(ctx.tx, found, Seat.IN)
    return Text.of(
        _("The {team} would begin now, and I open its room for:").format(team=texts.titled(found)),
        bullets(*(texts.person(name(ctx, one.person, community), one.profession) for one in seats)),
        _("With fewer professions, because: {reason}").format(reason=draft["reason"]) if draft["reason"] else "",
        _("Whoever says yes later is invited then. This cannot be taken back."),
    )


async def _done(ctx: Context, draft: Draft) -> Reply:
    found = await records.get(ctx.tx, draft["team"], lock=True)
    assert found is not None
    with teams.explained(found):
        if Trigger(draft["trigger"]) is Trigger.GIVE_UP:
            await teams.give_up(ctx, found, draft["reason"], by={Party.MODERATOR}, person=ctx.sender)
            return Reply(texts.given_up(found))
        if draft["reason"] and draft["reason"] != found.exception:
            found.exception, found.moderator = draft["reason"], ctx.sender
            audit.excepted(ctx.tx, LIFECYCLE.noun, found.id, EXCEPTION, by={Party.MODERATOR})
        await teams.complete(ctx, found, by={Party.MODERATOR})
    return say(_("**It begins**: {team}. Its room is opened.").format(team=texts.titled(found)))


STEP = team.form(
    "team-step",
    preview=_preview,
    done=_done,
    title=lambda _ctx, draft: f"E-{draft['team']}",
    role=Role.MODERATOR,
    makes=quotas.TEAM,
    among=community_of,
)


# ── who is in it ──────────────────────────────────────────────────────────────────────────────────────────


@step("ajouter", "inviter", "add", "invite")
async def add(ctx: Context, found: Team, rest: str) -> Reply:
    await require_moderator(ctx, found)
    if found.status not in GOING_ON:
        raise UserError(texts.refused(found, Refusal.WRONG_STATUS))
    person, _words = named(ctx, rest)
    await require_may_be_asked(ctx, person, found.community)
    if not await asking.ask(ctx, found, person):
        raise UserError(_("This person was asked already, or the team is full."))
    return say(_("I ask in private; you see the answer with `!{number}`.").format(number=records.number(found)))


async def require_may_be_asked(ctx: Context, person: str, community: str) -> None:
    """Raise UserError for whoever is no member, or wants no message that they did not ask for."""
    if not await community_members.is_member_for_sure(ctx.tx, ctx.directory, person, community):
        raise UserError(_("I do not see this person in the community's rooms."))
    if await people.has_stopped(ctx.tx, person):
        raise UserError(_("This person wants no message from me: please ask them yourself."))


@step("retirer", "enlever", "remove")
async def remove(ctx: Context, found: Team, rest: str) -> Reply:
    await require_moderator(ctx, found)
    person, _words = named(ctx, rest)
    if await members.get(ctx.tx, found, person) is None:
        raise UserError(_("This person is not in the team, nor asked."))
    await asking.leave(ctx, found, person)
    return say(_("Done: this person is no longer in it ({number}).").format(number=records.number(found)))


@step("quitter", "sortir", "leave", "quit")
async def leave(ctx: Context, found: Team, rest: str) -> Reply:
    if await members.get(ctx.tx, found, ctx.sender) is None:
        raise UserError(_("You are not in this team."))
    await asking.leave(ctx, found, ctx.sender)
    return say(_("Done: you are no longer in it ({number}).").format(number=records.number(found)))
