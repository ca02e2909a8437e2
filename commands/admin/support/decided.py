"""`!admin appui P-4 accepter`, `refuser …`, `terminer`: the team decides on an application, after a preview."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot import quotas
from bot.communities.rules.roles import Role
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text
from bot.i18n import _
from bot.programmes import SupportApplication, applications, shown, steps, texts
from bot.programmes.rules.application import LIFECYCLE, Party, Refusal, Status, Trigger
from bot.programmes.texts import Shown
from commands.admin.support.listed import command
from commands.own_words import checked, plain

LONGEST_REASON = 400


# ── by its number ─────────────────────────────────────────────────────────────────────────────────────────


async def by_number(ctx: Context, number: str, words: str) -> Reply | None:
    """Show one to the team, or ask whether to decide. Raises UserError."""
    found = await of_team(ctx, number)
    first, _space, rest = words.partition(" ")
    step = _STEPS.get(plain(first) if words else "")
    if step is None:
        sentence = _("For example: `!admin support {number} accept`, `refuse …`, `end`")
        raise UserError(sentence.format(number=applications.number(found)))
    return await step(ctx, found, rest.strip())


async def of_team(ctx: Context, number: str) -> SupportApplication:
    """One that was sent in the community whose team the person is of. Raises UserError."""
    found = await applications.get(ctx.tx, number)
    here = found is not None and found.community == the_community(ctx).slug and Role.MODERATOR in ctx.roles
    if found is None or not here or found.status == Status.DRAFT:
        raise UserError(_("I know of no application P-{number} here.").format(number=number))
    return found


async def _one(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    of = await shown.shown(ctx, found)
    return say(texts.whole(of), texts.state(of), _what_next(of))


def _what_next(of: Shown) -> str:
    match Status(of.application.status):
        case Status.SUBMITTED:
            sentence = _("To decide: `!admin support {number} accept`, or `refuse` with the reason")
        case Status.ACCEPTED:
            sentence = _("Once it is over: `!admin support {number} end`")
        case _:
            return ""
    return sentence.format(number=of.number)


async def _accept(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    return await _ask(ctx, found, Trigger.ACCEPT)


async def _refuse(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    return await _ask(ctx, found, Trigger.REFUSE, reason=checked(rest, LONGEST_REASON) if rest else "")


async def _end(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    return await _ask(ctx, found, Trigger.END)


_STEPS: dict[str, Callable[[Context, SupportApplication, str], Awaitable[Reply]]] = {
    "": _one,
    **dict.fromkeys(("accepter", "accompagner", "accept"), _accept),
    **dict.fromkeys(("refuser", "refuse", "decline"), _refuse),
    **dict.fromkeys(("terminer", "cloturer", "end"), _end),
}


async def _ask(ctx: Context, found: SupportApplication, trigger: Trigger, *, reason: str = "") -> Reply:
    """The preview of a step, or why it cannot be. Raises UserError."""
    of = await shown.shown(ctx, found)
    in_the_way = [*of.lacks, *([] if reason else [Refusal.REASON_MISSING])]
    why_not = LIFECYCLE.refusal(Status(found.status), trigger, by={Party.MODERATOR}, hindrances=in_the_way)
    if why_not is not None and trigger is Trigger.ACCEPT and found.status == Status.INCOMPLETE and of.lacks:
        why_not = next(iter(of.lacks))
    if why_not is not None:
        raise UserError(texts.refused(of, Refusal(why_not)))
    return await begin(ctx, STEP, {"application": found.id, "trigger": trigger.value, "reason": reason})


async def _preview(ctx: Context, draft: Draft) -> Text:
    found = await applications.get(ctx.tx, draft["application"])
    assert found is not None
    of = await shown.shown(ctx, found)
    what = {
        Trigger.ACCEPT: _("The team of {title} would be supported, and invited to the room of its theme."),
        Trigger.REFUSE: _("The application {title} would not be accepted; everybody in it reads why: {reason}"),
        Trigger.END: _("The support of {title} would be over; each of its team is asked two questions in private."),
    }[Trigger(draft["trigger"])]
    return Text.of(
        what.format(title=texts.titled(of), reason=draft["reason"]),
        _("Everybody in it learns it once. This cannot be taken back."),
    )


async def _decide(ctx: Context, draft: Draft) -> Reply:
    found = await applications.get(ctx.tx, draft["application"], lock=True)
    assert found is not None
    by, trigger, of = {Party.MODERATOR}, Trigger(draft["trigger"]), await shown.shown(ctx, found)
    with steps.explained(of):
        if trigger is Trigger.ACCEPT:
            await steps.accept(ctx, found, by=by, person=ctx.sender)
        elif trigger is Trigger.REFUSE:
            await steps.refuse(ctx, found, draft["reason"], by=by, person=ctx.sender)
        else:
            await steps.end(ctx, found, by=by)
    done = {
        Trigger.ACCEPT: _("**The team is supported**: {title}. Everybody in it knows."),
        Trigger.REFUSE: _("**Not accepted**: {title}. Everybody in it reads why."),
        Trigger.END: _("**The support is over**: {title}. Everybody in it knows."),
    }[trigger]
    return say(done.format(title=texts.titled(of)))


async def _community(tx: Any, draft: Draft) -> str | None:
    """Everybody in it may be written to."""
    return await applications.slug_of(tx, str(draft["application"])) if "application" in draft else None


STEP = command.form(
    "support-decide",
    preview=_preview,
    done=_decide,
    title=lambda _ctx, draft: f"P-{draft['application']}",
    role=Role.MODERATOR,
    among=_community,
    makes=quotas.TEAM,
)
