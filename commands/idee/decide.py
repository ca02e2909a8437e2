"""`!idée I-4 retenir`, `fusionner I-9`, `écarter …`, `retirer`: the team, or its author, decides after a preview."""

import re

from bot import quotas
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import leads
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, quote
from bot.i18n import N_, _
from bot.ideas import Idea, ideas, steps, supports, texts
from bot.ideas.rules.idea import LIFECYCLE, Party, Refusal, Status, Trigger
from bot.ideas.undoable import DECISION
from commands.idee.idea import command as idea
from commands.idee.numbered import seen, step, team_step
from commands.own_words import checked

LONGEST_REASON = 400
_OTHER = re.compile(r"[iI]?\s?[-‐‑–]?\s?(\d{1,9})\b.*", re.DOTALL)
EXAMPLE = N_("idea {number} set aside it is being mended already")


async def parties(ctx: Context, found: Idea) -> set[Party]:
    """What the sender is to it, at this moment and in this place."""
    team = await leads(ctx, await ideas.community_of(ctx.tx, found))
    return ideas.parties(found, ctx.sender, leads=team, direct=ctx.direct)


@team_step("retenir", "retain")
async def retain(ctx: Context, found: Idea, rest: str) -> Reply:
    return await _ask(ctx, found, Trigger.RETAIN)


@team_step("écarter", "set aside", "refuser")
async def set_aside(ctx: Context, found: Idea, rest: str) -> Reply:
    reason = checked(rest, LONGEST_REASON) if rest else ""
    return await _ask(ctx, found, Trigger.SET_ASIDE, reason=reason)


@team_step("fusionner", "regrouper", "merge")
async def merge(ctx: Context, found: Idea, rest: str) -> Reply:
    other = _OTHER.fullmatch(re.sub(r"\A(?:avec|dans|into|with)\s+", "", rest.strip(), flags=re.IGNORECASE))
    if other is None:
        sentence = _("Which one does it say the same as? For example: `!idea {number} merge I-2`")
        raise UserError(sentence.format(number=ideas.number(found)))
    target = await seen(ctx, other[1])
    return await _ask(ctx, found, Trigger.MERGE, target=target)


@step("retirer", "supprimer", "annuler", "withdraw", "cancel")
async def withdraw(ctx: Context, found: Idea, rest: str) -> Reply:
    return await _ask(ctx, found, Trigger.WITHDRAW)


async def _ask(ctx: Context, found: Idea, trigger: Trigger, *, reason: str = "", target: Idea | None = None) -> Reply:
    """The preview, or why it cannot be. Raises UserError."""
    hindrances = steps.merging(found, target) if target is not None else set[Refusal]()
    if trigger is Trigger.SET_ASIDE and not reason:
        hindrances.add(Refusal.REASON_MISSING)
    by = await parties(ctx, found)
    why_not = LIFECYCLE.refusal(Status(found.status), trigger, by=by, hindrances=hindrances)
    if why_not is not None:
        example = f"!{_(EXAMPLE).format(number=ideas.number(found))}"
        other = ideas.number(target) if target is not None else ""
        raise UserError(texts.refused(found, Refusal(why_not), other=other, example=example))
    draft = {"idea": found.id, "trigger": trigger.value, "reason": reason, "target": target.id if target else None}
    return await begin(ctx, DECIDE, draft)


async def _preview(ctx: Context, draft: Draft) -> Text:
    found = await ideas.get(ctx.tx, draft["idea"])
    assert found is not None
    people = await supports.count(ctx.tx, found)
    what = {
        Trigger.RETAIN: _("The team would retain {idea}."),
        Trigger.SET_ASIDE: _("{idea} would be set aside, for this reason:"),
        Trigger.MERGE: _("{idea} would be merged into I-{other}: whom it concerns counts there from then on."),
        Trigger.WITHDRAW: _("{idea} would be withdrawn, and no word of it stays."),
    }[Trigger(draft["trigger"])]
    return Text.of(
        what.format(idea=texts.titled(found), other=draft["target"]),
        quote(draft["reason"]) if draft["reason"] else "",
        _("Whoever reported it, and those who said “me too” ({count}), read it once.").format(count=people),
    )


async def _decide(ctx: Context, draft: Draft) -> Reply:
    locked = sorted({draft["idea"], draft["target"] or draft["idea"]})  # in one order: two may merge them at once
    known = {number: await ideas.get(ctx.tx, number, lock=True) for number in locked}
    found, target = known[draft["idea"]], known[draft["target"]] if draft["target"] else None
    assert found is not None
    trigger, by = Trigger(draft["trigger"]), await parties(ctx, found)
    with steps.explained(found, other=ideas.number(target) if target is not None else ""):
        if trigger is Trigger.WITHDRAW:
            await steps.withdraw(ctx, found, by=by, person=ctx.sender)
            return say(_("It is withdrawn ({number}).").format(number=ideas.number(found)))
        async with undo.noted(ctx, DECISION, str(found.id), community=found.community, role=Role.MODERATOR):
            if trigger is Trigger.RETAIN:
                await steps.retain(ctx, found, by=by, person=ctx.sender)
            elif target is not None:
                await steps.merge(ctx, found, target, by=by, person=ctx.sender)
            else:
                await steps.set_aside(ctx, found, draft["reason"], by=by, person=ctx.sender)
    return say(_("**Done**: {title}.").format(title=texts.titled(found)), texts.standing(found), undo.hint())


DECIDE = idea.form(
    "idea-decide",
    preview=_preview,
    done=_decide,
    title=lambda _ctx, draft: f"I-{draft['idea']}",
    asks_rights=True,
    makes=quotas.IDEA,
)


@idea.taken_back()
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message in which they reported something withdraws it, while it is open."""
    found = await ideas.of_source(ctx.tx, source, ctx.sender)
    found = await ideas.get(ctx.tx, found.id or 0, lock=True) if found is not None else None
    if found is None or LIFECYCLE.target(Status(found.status), Trigger.WITHDRAW) is None:
        return None
    await steps.withdraw(ctx, found, by={Party.AUTHOR}, person=ctx.sender)
    return Text.of(_("It is withdrawn ({number}).").format(number=ideas.number(found)))
