"""`!idée C-2 <text>`, or « solution : … » in reply to its card: give a solution, change it, sign it with others."""

from bot import quotas
from bot.challenges import Challenge, Solution, authors, cards, challenges, solutions, steps, texts
from bot.challenges.rules.challenge import CHALLENGE, Status
from bot.challenges.rules.solution import LIFECYCLE, SAID, SIGN, SOLUTION, Party, Trigger
from bot.challenges.rules.solution import Status as SolutionStatus
from bot.communities.people import members
from bot.communities.tell import name, tell, waits_in_private
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.errors import NotNow, UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.mailbox import forgetting
from commands.admin.people import named
from commands.defi.challenge import command as challenge
from commands.defi.challenge import shown, shown_solution
from commands.defi.numbered import NEW, SHOW, solution_step, step
from commands.own_words import checked, source_of

LONGEST = 800
"""Characters of a solution: what a card shows on a phone."""
MOST_SIGNING = 6


@step(SHOW)
async def _show(ctx: Context, found: Challenge, rest: str) -> Reply:
    return await shown(ctx, found)


@solution_step(SHOW)
async def _show_solution(ctx: Context, found: Challenge, one: Solution, rest: str) -> Reply:
    return await shown_solution(ctx, found, one)


@step(NEW)
async def _solution(ctx: Context, found: Challenge, words: str) -> Reply | None:
    async def make() -> Reply:
        return await give(ctx, found, words)

    return await within(ctx, quotas.IDEA, make)


@challenge.answer("solution", "proposition", about=CHALLENGE, takes_rest=True, makes=quotas.IDEA)
async def in_reply(ctx: Context, item: str, rest: str) -> Reply | None:
    found = await challenges.get(ctx.tx, item, lock=True)
    return await give(ctx, found, rest.strip(" :,")) if found is not None else None


@challenge.answer("solution", "proposition", about=SAID, takes_rest=True, makes=quotas.IDEA)
async def worded_anew(ctx: Context, item: str, rest: str) -> Reply | None:
    """The reply was edited; or its author replies to our answer."""
    one, found = await _locked(ctx, item)
    return await give(ctx, found, rest.strip(" :,")) if one is not None and found is not None else None


async def give(ctx: Context, found: Challenge, words: str) -> Reply:
    """A new solution, or another wording of the one that the message gave before. Raises UserError; the challenge is
    locked, so that none comes in while the vote begins."""
    zone, source = await challenges.zone_of(ctx.tx, found), source_of(ctx)
    at = min(ctx.event.sent_at, ctx.now)
    if found.status != Status.OPEN or at >= found.solutions_until:
        raise UserError(texts.takes_no_more(found, zone))
    text = checked(words, LONGEST)
    mine = await solutions.of_source(ctx.tx, source, ctx.sender)
    again = mine is not None and mine.challenge == found.id and mine.status == SolutionStatus.GIVEN
    if mine is not None and again:
        mine.text = text
        await cards.refresh_solution(ctx, found, mine)
    else:
        mine = await solutions.give(ctx, found, ctx.sender, text, source=source)
        await steps.took_part(ctx, found, ctx.sender)
        await cards.put_solution(ctx, found, mine)
        await cards.refresh(ctx, found)
    return Reply(texts.given(mine, found, zone, again=again), about=Ref(SAID, str(mine.id)))


challenge.belongs(SAID, to=solutions.belongs_to)


@challenge.taken_back(SAID)
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message in which they gave a solution withdraws it, until the vote begins."""
    mine = await solutions.of_source(ctx.tx, source, ctx.sender)
    found = await challenges.get(ctx.tx, mine.challenge, lock=True) if mine is not None else None
    if mine is None or found is None:
        return None
    if LIFECYCLE.target(SolutionStatus(mine.status), Trigger.WITHDRAW) is None:
        return Text.of(_("Your message is deleted; the solution stays, for the vote has begun."))
    await _withdraw(ctx, found, mine)
    return _withdrawn(found, mine)


@solution_step("retirer", "supprimer", "withdraw")
async def withdraw(ctx: Context, found: Challenge, one: Solution, rest: str) -> Reply:
    """Its author takes it back; whoever only signs it takes their name off it."""
    if ctx.sender not in await authors.signing(ctx.tx, one):
        raise UserError(_("Only those who sign a solution change it or withdraw it."))
    if found.status != Status.OPEN:
        raise UserError(texts.takes_no_more(found, await challenges.zone_of(ctx.tx, found)))
    if one.author != ctx.sender:
        await authors.leave(ctx.tx, one, ctx.sender)
        await cards.refresh_solution(ctx, found, one)
        return say(_("Your name is no longer on it."))
    await _withdraw(ctx, found, one)
    return Reply(_withdrawn(found, one))


async def _withdraw(ctx: Context, found: Challenge, one: Solution) -> None:
    try:
        await solutions.move(ctx, one, Trigger.WITHDRAW, by={Party.AUTHOR})
    except NotNow:
        raise UserError(texts.takes_no_more(found, await challenges.zone_of(ctx.tx, found))) from None
    await ctx.outbox.close_cards(ctx.tx, Ref(SIGN, str(one.id)))
    await forgetting.unsay_cards(ctx, *(Ref(kind, str(one.id)) for kind in (SOLUTION, SIGN)))
    one.text, one.card = "", None
    await solutions.write(ctx.tx, one)
    await cards.refresh(ctx, found)


def _withdrawn(found: Challenge, one: Solution) -> Text:
    return Text.of(
        _("**Solution {rank}** for {challenge} is withdrawn.").format(rank=one.rank, challenge=challenges.number(found))
    )


@solution_step("modifier", "changer", "change", "edit")
async def change(ctx: Context, found: Challenge, one: Solution, rest: str) -> Reply:
    if ctx.sender not in await authors.signing(ctx.tx, one):
        raise UserError(_("Only those who sign a solution change it or withdraw it."))
    zone = await challenges.zone_of(ctx.tx, found)
    if found.status != Status.OPEN:
        raise UserError(texts.takes_no_more(found, zone))
    one.text = checked(rest, LONGEST)
    await cards.refresh_solution(ctx, found, one)
    return Reply(texts.given(one, found, zone, again=True))


# ── with others ───────────────────────────────────────────────────────────────────────────────────────────


@solution_step("avec", "with")
async def with_others(ctx: Context, found: Challenge, one: Solution, rest: str) -> Reply:
    """Ask a colleague to sign it too: their name is on it once they say yes."""
    signing = await authors.signing(ctx.tx, one)
    if ctx.sender not in signing:
        raise UserError(_("Only those who sign a solution change it or withdraw it."))
    if found.status != Status.OPEN:
        raise UserError(texts.takes_no_more(found, await challenges.zone_of(ctx.tx, found)))
    person, _words = named(ctx, rest)
    if person in signing or len(signing) >= MOST_SIGNING:
        raise UserError(_("This person signs it already, or {most} do.").format(most=MOST_SIGNING))
    if not await members.is_member_for_sure(ctx.tx, ctx.directory, person, found.community):
        raise UserError(_("I do not see this person in the community's rooms."))
    if not await authors.ask(ctx.tx, one, person, now=ctx.now):
        raise UserError(_("This person was asked already."))
    await _ask(ctx, found, one, person)
    return say(_("I ask in private; the name is on the solution once there is a yes."))


async def _ask(ctx: Context, found: Challenge, one: Solution, person: str) -> None:
    community = await challenges.community_of(ctx.tx, found)
    by = name(ctx, ctx.sender, community)

    def words() -> Text:
        return Text.of(
            _("**{name} asks you to sign a solution** for {challenge}:").format(name=by, challenge=texts.titled(found)),
            texts.quoted(one),
            _("Then you may change it until the vote, and not vote for it. Without an answer your name is not on it."),
            _("**Sign it?** ✅ yes, ❌ no"),
        )

    await tell(
        ctx,
        person,
        words,
        key=f"solution:{one.id}:sign:{ctx.event.event_id}",
        language=community.language,
        about=Ref(SIGN, str(one.id)),
        gestures=(Gesture.YES, Gesture.NO),
        otherwise=waits_in_private(community, person),
    )


challenge.belongs(SIGN, to=solutions.belongs_to, waits=authors.waits)


@challenge.title(about=SIGN)
async def title(ctx: Context, item: str) -> str:
    one = await solutions.get(ctx.tx, item)
    return solutions.number(one) if one is not None else item


@challenge.reaction(Gesture.YES, about=SIGN, makes=quotas.ANSWER)
async def sign(ctx: Context, item: str) -> Reply | None:
    one, found = await _locked(ctx, item)
    if one is None or found is None or not await steps.signs(ctx, found, one, ctx.sender):
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(SIGN, item), asker=ctx.sender)
    return say(_("Thank you: your name is on it ({solution}).").format(solution=solutions.number(one)))


@challenge.reaction(Gesture.NO, about=SIGN, makes=quotas.ANSWER)
async def do_not_sign(ctx: Context, item: str) -> Reply | None:
    one, _found = await _locked(ctx, item)
    row = await authors.get(ctx.tx, one, ctx.sender) if one is not None else None
    if one is None or row is None or row.agreed_at is not None:
        return None
    await authors.leave(ctx.tx, one, ctx.sender)
    await ctx.outbox.close_cards(ctx.tx, Ref(SIGN, item), asker=ctx.sender)
    return say(_("Noted: your name is not on it."))


async def _locked(ctx: Context, item: str) -> tuple[Solution | None, Challenge | None]:
    one = await solutions.get(ctx.tx, item)
    return one, await challenges.get(ctx.tx, one.challenge, lock=True) if one is not None else None
