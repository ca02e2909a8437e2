"""`!admin défi ouvrir "…" depuis I-4 I-9 jusqu'au 30/11`: open challenges, put them to the vote, close them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot import quotas
from bot.challenges import Challenge, challenges, solutions, steps, texts, texts_vote, ties
from bot.challenges.rules.challenge import LIFECYCLE, Party, Refusal, Status, Trigger
from bot.challenges.rules.line import LONGEST_QUESTION, Complaint, Flaw, Opening, read_line, read_rule
from bot.challenges.rules.solution import Status as SolutionStatus
from bot.challenges.rules.vote import MOST_EACH, MOST_PLACES, MOST_THRESHOLD, Rule, Voters
from bot.communities import communities, rooms
from bot.communities.rules.roles import Role
from bot.communities.tell import zone as zone_of
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets
from bot.i18n import N_, _
from bot.ideas import Idea, ideas, supports
from bot.ideas import texts as idea_texts
from bot.ideas.rules.idea import OPEN, Kind
from bot.ideas.rules.idea import Refusal as IdeaRefusal
from bot.resources.texts import one_line
from commands.admin import tie
from commands.defi.challenge import NUMBER, overview
from commands.defi.numbered import seen, unknown
from commands.equipe.forming import propose
from commands.idee.idea import where
from commands.idee.numbered import seen as seen_idea
from commands.idee.numbered import unknown as unknown_idea
from commands.own_words import checked, plain
from commands.rdv.refusals import date_trouble

command = Command(
    "défi",
    aliases=("challenge", "défis", "challenges"),
    under="admin",
    shown=N_("admin challenge"),
    summary=N_("open challenges, and close them"),
    place=72,
    examples=(
        N_("admin challenge open “One entry only?” from I-4 I-9 until 30 November"),
        N_("admin challenge C-2 vote"),
    ),
    role=Role.MODERATOR,
)
MOST_SOURCES = 40
_ANYWAY = re.compile(r"quand m[êe]me|anyway", re.IGNORECASE)


# ── opened ────────────────────────────────────────────────────────────────────────────────────────────────


@command.verb(
    "ouvrir",
    "open",
    usage=N_("admin challenge open “…” from I-4 until 30 November, vote until 14 December, 3 votes, threshold 2"),
    summary=N_("open a challenge; also `discreet`, `2 retained`, `volunteers`"),
)
async def open_(ctx: Context, line: Rest) -> Reply:
    community = the_community(ctx)
    zone = zone_of(community)
    opening = read_line(line, now=ctx.now, zone=zone)
    _refuse(opening, zone)
    await _sources(ctx, opening.sources)
    return await begin(ctx, OPEN_IT, _draft(opening) | {"room_id": where(ctx, community), "community": community.slug})


def _refuse(opening: Opening, zone: ZoneInfo) -> None:
    if opening.complaints:
        raise UserError("\n".join(complaint(one, zone) for one in opening.complaints[:3]))


def complaint(found: Complaint, zone: ZoneInfo) -> str:
    """The sentence about one flaw of a line, with what to write instead."""
    words = one_line(found.words, longest=40)
    match found.flaw:
        case Flaw.NO_QUESTION:
            return _(
                "Put the question between quotation marks: `!admin challenge open “One entry only?” until 30 November`"
            )
        case Flaw.LONG_QUESTION:
            return _("The question is too long: {most} characters at most.").format(most=LONGEST_QUESTION)
        case Flaw.NO_DATE:
            return _("Until when are solutions taken? For example: `until 30 November`")
        case Flaw.PAST:
            return _("“{words}”: this date is over. Give one to come, with its year if need be.").format(words=words)
        case Flaw.FAR:
            return _("“{words}”: that is more than a year away. A nearer date helps people to take part.").format(
                words=words
            )
        case Flaw.ORDER:
            return _("The vote ends after the solutions do: give it a later date.")
        case Flaw.NUMBER:
            sentence = _(
                "“{words}”: from 1 to {each} votes a person, threshold 1 to {threshold}, 1 to {places} retained."
            )
            return sentence.format(words=words, each=MOST_EACH, threshold=MOST_THRESHOLD, places=MOST_PLACES)
        case Flaw.UNKNOWN:
            return _("I do not know what “{words}” says about a challenge.").format(words=words)
    return _("“{words}”: {why}").format(words=words, why=date_trouble(found.reason, None, zone))


def _draft(opening: Opening) -> Draft:
    assert opening.until is not None
    assert opening.vote_until is not None
    return {
        "question": opening.question,
        "sources": list(opening.sources),
        "until": opening.until.isoformat(),
        "vote_until": opening.vote_until.isoformat(),
        "rule": [opening.rule.each, opening.rule.threshold, opening.rule.places, opening.rule.discreet],
        "voters": opening.rule.voters.value,
    }


def _opening(draft: Draft) -> Opening:
    each, threshold, places, discreet = draft["rule"]
    return Opening(
        draft["question"],
        tuple(draft["sources"]),
        datetime.fromisoformat(draft["until"]),
        datetime.fromisoformat(draft["vote_until"]),
        Rule(each, threshold, places, discreet, Voters(draft["voters"])),
    )


async def _sources(ctx: Context, numbers: Sequence[int], *, lock: bool = False) -> list[Idea]:
    """The irritants that lead to it, all of them open. Raises UserError."""
    if len(numbers) > MOST_SOURCES:
        raise UserError(_("A challenge comes from {most} irritants at most.").format(most=MOST_SOURCES))
    found = [await seen_idea(ctx, str(number), lock=lock) for number in sorted(numbers)]
    for one in found:
        if one.community != the_community(ctx).slug:
            raise unknown_idea(str(one.id))
        if one.status not in OPEN or one.kind == Kind.COMMUNITY:
            why = IdeaRefusal.OTHER_KIND if one.status in OPEN else IdeaRefusal.WRONG_STATUS
            raise UserError(f"{idea_texts.titled(one)} : {idea_texts.refused(one, why)}")
    return found


async def _show_open(ctx: Context, draft: Draft) -> Text:
    community = await communities.get(ctx.tx, draft["community"])
    assert community is not None
    opening = _opening(draft)
    found = await _sources(ctx, opening.sources)
    concerned = {person for one in found for person in [*await supports.people(ctx.tx, one), one.author] if person}
    room = rooms.called(ctx.directory, draft["room_id"])
    shown = texts.preview(
        opening, zone_of(community), sources=[ideas.number(one) for one in found], people=len(concerned), room=room
    )
    return Text.of(shown, rooms.waits_for_right(ctx.directory, draft["room_id"]))


async def _open(ctx: Context, draft: Draft) -> Reply:
    opening = _opening(draft)
    if opening.until is None or opening.until <= ctx.now:
        raise UserError(_("This date is over meanwhile. Nothing was published."))
    await _require_new(ctx, draft["community"], opening.question)
    found = await _sources(ctx, opening.sources, lock=True)
    made, at_once = await steps.begin(ctx, draft["community"], ctx.sender, opening, found, room_id=draft["room_id"])
    return say(
        _("**It is open**: {challenge}.").format(challenge=texts.titled(made)),
        "" if at_once else _("The room reads it as soon as I may write there."),
        _("To change its dates or its rule until the vote: `!admin challenge {number} rule …`").format(
            number=challenges.number(made)
        ),
    )


async def _require_new(ctx: Context, community: str, question: str) -> None:
    """Two of a team may open the same one. Raises UserError for the second."""
    for one in await challenges.going_on(ctx.tx, community):
        if one.question == question:
            raise UserError(_("This challenge is open already: {challenge}.").format(challenge=texts.titled(one)))


OPEN_IT = command.form(
    "challenge-open",
    preview=_show_open,
    done=_open,
    title=lambda _ctx, draft: one_line(draft["question"], longest=60),
    role=Role.MODERATOR,
    question=N_("**Open it?** ✅ yes, ❌ no"),
    makes=quotas.TEAM,
)


# ── by its number ─────────────────────────────────────────────────────────────────────────────────────────


@command.run(
    usage=N_("admin challenge C-2 vote"),
    summary=N_("put it to the vote; or `rule 2 votes`, `close`, `abandon <reason>`; then `team`"),
)
async def by_number(ctx: Context, words: Rest = NOTHING) -> Reply:
    named = NUMBER.match(words)
    if named is None:
        return await overview(ctx)
    found = await _of_team(ctx, named[1])
    first, _space, rest = words[named.end() :].strip().partition(" ")
    step = _STEPS.get(plain(first))
    if step is None:
        raise UserError(
            _("For example: `!admin challenge {number} vote`, `rule 2 votes`, `close`, `abandon …`").format(
                number=challenges.number(found)
            )
        )
    return await step(ctx, found, rest.strip())


async def _of_team(ctx: Context, number: str) -> Challenge:
    """The challenge, if it is one of the community whose team the person is of. Raises UserError."""
    found = await seen(ctx, number)
    if found.community != the_community(ctx).slug:
        raise unknown(number)
    return found


async def _vote(ctx: Context, found: Challenge, rest: str) -> Reply:
    return await _ask(ctx, found, Trigger.BEGIN_VOTE, anyway=_ANYWAY.fullmatch(rest) is not None)


async def _close(ctx: Context, found: Challenge, rest: str) -> Reply:
    return await _ask(ctx, found, Trigger.CLOSE)


async def _abandon(ctx: Context, found: Challenge, rest: str) -> Reply:
    return await _ask(ctx, found, Trigger.ABANDON, reason=checked(rest, tie.LONGEST_REASON) if rest else "")


async def _rule(ctx: Context, found: Challenge, rest: str) -> Reply:
    """Other dates, another rule: until the vote begins."""
    zone = await challenges.zone_of(ctx.tx, found)
    _require_unfrozen(found, zone)
    opening = read_rule(rest, challenges.rule_of(found), now=ctx.now, zone=zone)
    until, vote_until = opening.until or found.solutions_until, opening.vote_until or found.vote_until
    if vote_until <= until and not any(one.flaw is Flaw.ORDER for one in opening.complaints):
        opening = replace(opening, complaints=(*opening.complaints, Complaint(Flaw.ORDER)))
    _refuse(opening, zone)
    whole = replace(opening, question=found.question, until=until, vote_until=vote_until)
    return await begin(ctx, CHANGE, _draft(whole) | {"challenge": found.id})


def _require_unfrozen(found: Challenge, zone: ZoneInfo) -> None:
    if found.status != Status.OPEN:
        since = texts.moment(found.voting_since, zone) if found.voting_since is not None else ""
        raise UserError(
            _("The rule of {challenge} is frozen since the vote began ({moment}): people voted under it.").format(
                challenge=texts.titled(found), moment=since
            )
            if since
            else texts.refused(found, Refusal.WRONG_STATUS)
        )


async def _settle(ctx: Context, found: Challenge, rest: str) -> Reply:
    return await begin(ctx, STEP, await tie.choice(ctx, found, rest))


_STEPS = {
    **dict.fromkeys(("departager", "settle"), _settle),
    **dict.fromkeys(("voter", "vote"), _vote),
    **dict.fromkeys(("clore", "fermer", "close"), _close),
    **dict.fromkeys(("abandonner", "abandon"), _abandon),
    **dict.fromkeys(("equipe", "team"), propose),
    **dict.fromkeys(("regle", "changer", "prolonger", "rule", "change", "extend"), _rule),
}


async def _show_change(ctx: Context, draft: Draft) -> Text:
    found = await challenges.get(ctx.tx, draft["challenge"])
    assert found is not None
    opening, zone = _opening(draft), await challenges.zone_of(ctx.tx, found)
    return Text.of(
        _("{challenge} would have these dates and this rule:").format(challenge=texts.titled(found)),
        bullets(*texts.dates(opening, zone), *texts.rule(opening.rule)),
    )


async def _change(ctx: Context, draft: Draft) -> Reply:
    found = await challenges.get(ctx.tx, draft["challenge"], lock=True)
    assert found is not None
    _require_unfrozen(found, await challenges.zone_of(ctx.tx, found))
    opening = _opening(draft)
    if (opening.rule, opening.until, opening.vote_until) == (
        challenges.rule_of(found),
        found.solutions_until,
        found.vote_until,
    ):
        raise UserError(
            _("These are the dates and the rule of {challenge} already.").format(challenge=texts.titled(found))
        )
    await steps.change(ctx, found, opening)
    return say(_("**Changed**: {challenge}. Its card says so.").format(challenge=texts.titled(found)))


CHANGE = command.form(
    "challenge-rule",
    preview=_show_change,
    done=_change,
    title=lambda _ctx, draft: f"C-{draft['challenge']}",
    role=Role.MODERATOR,
    makes=quotas.TEAM,
)


async def _ask(ctx: Context, found: Challenge, trigger: Trigger, *, reason: str = "", anyway: bool = False) -> Reply:
    """The preview of a step, or why it cannot be. Raises UserError."""
    given = await solutions.of_challenge(ctx.tx, found, SolutionStatus.GIVEN)
    in_the_way = steps.hindrances(given, anyway=anyway) | ({Refusal.REASON_MISSING} if not reason else set())
    why_not = LIFECYCLE.refusal(Status(found.status), trigger, by={Party.MODERATOR}, hindrances=in_the_way)
    if why_not is not None:
        raise UserError(texts.refused(found, Refusal(why_not)))
    draft = {"challenge": found.id, "trigger": trigger.value, "reason": reason, "anyway": anyway}
    return await begin(ctx, STEP, draft)


async def _show_step(ctx: Context, draft: Draft) -> Text:
    found = await challenges.get(ctx.tx, draft["challenge"])
    assert found is not None
    if draft["trigger"] == ties.SETTLED:
        return tie.preview(found, draft)
    what = {
        Trigger.BEGIN_VOTE: _("The vote on {challenge} would begin now: solutions and rule do not change any more."),
        Trigger.CLOSE: _("The vote on {challenge} would end now, and its result be shown."),
        Trigger.ABANDON: _("{challenge} would be given up; all who took part read why: {reason}"),
    }[Trigger(draft["trigger"])]
    return Text.of(what.format(challenge=texts.titled(found), reason=draft["reason"]), _("This cannot be taken back."))


async def _step(ctx: Context, draft: Draft) -> Reply:
    found = await challenges.get(ctx.tx, draft["challenge"], lock=True)
    assert found is not None
    if draft["trigger"] == ties.SETTLED:
        return await tie.settle(ctx, found, draft)
    by, trigger = {Party.MODERATOR}, Trigger(draft["trigger"])
    with steps.explained(found):
        if trigger is Trigger.BEGIN_VOTE:
            await steps.begin_vote(ctx, found, by=by, anyway=draft["anyway"])
            return say(_("**The vote has begun**: {challenge}.").format(challenge=texts.titled(found)))
        if trigger is Trigger.ABANDON:
            await steps.abandon(ctx, found, draft["reason"], by=by, person=ctx.sender)
            return Reply(texts_vote.given_up(found))
        await steps.close(ctx, found, by=by)
    return say(_("**The vote is over**: {challenge}. The room reads the result.").format(challenge=texts.titled(found)))


async def _community(tx: Any, draft: Draft) -> str | None:
    """All who took part may be written to."""
    return await challenges.slug_of(tx, str(draft["challenge"])) if "challenge" in draft else None


STEP = command.form(
    "challenge-step",
    preview=_show_step,
    done=_step,
    title=lambda _ctx, draft: f"C-{draft['challenge']}",
    role=Role.MODERATOR,
    makes=quotas.TEAM,
    among=_community,
)
