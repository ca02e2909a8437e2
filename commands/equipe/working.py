"""`!E-3 avant 42 appels`, `après 12 appels`, `point …`, `terminer`: what a team says of its trial."""

import re

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text, bullets
from bot.i18n import N_, _
from bot.teams import Team, follow_up, log, members, records, room, teams, texts
from bot.teams.rules.team import ACCOMPANIED, LIFECYCLE, NOTED, POINT, Refusal, Status, Trigger, not_measured
from commands.equipe.numbered import community_of, parties, require_part, step
from commands.equipe.team import command as team
from commands.own_words import checked, source_of

LONGEST = 400
"""Characters of a word of where it stands, and of what was measured."""
_NOT_MEASURED = re.compile(
    r"(?:pas|non|not)\s+mesur\w*\s*[:,]?\s*(?P<reason>.*)|not\s+measured\s*[:,]?\s*(?P<why>.*)", re.I | re.S
)


@step("avant", "before")
async def before(ctx: Context, found: Team, rest: str) -> Reply | None:
    return await _measured(ctx, found, before=checked(rest, LONGEST))


@step("après", "apres", "after")
async def after(ctx: Context, found: Team, rest: str) -> Reply | None:
    return await _measured(ctx, found, after=checked(rest, LONGEST))


async def _measured(ctx: Context, found: Team, *, before: str = "", after: str = "") -> Reply | None:
    by = await require_part(ctx, found)

    async def make() -> Reply:
        with teams.explained(found):
            await teams.measure(ctx, found, by=by, before=before, after=after)
        await room.refresh(ctx, found)
        missing = not_measured(found.before, found.after, "")
        return say(
            _("**Noted** ({number}):").format(number=records.number(found)),
            bullets(*(line for line in _known(found))),
            _("Still to come: what you measure afterwards, or before. At the end: `!{number} finish`").format(
                number=records.number(found)
            )
            if missing
            else _("When the trial is over: `!{number} finish`").format(number=records.number(found)),
        )

    return await within(ctx, quotas.NOTE, make)


def _known(found: Team) -> list[str]:
    lines = (
        _("**Before**: {measured}").format(measured=found.before) if found.before else "",
        _("**After**: {measured}").format(measured=found.after) if found.after else "",
    )
    return [line for line in lines if line]


# ── where it stands ───────────────────────────────────────────────────────────────────────────────────────


@step("point", "nouvelles", "news")
async def point(ctx: Context, found: Team, rest: str) -> Reply | None:
    async def make() -> Reply:
        return await _say_where(ctx, found, rest)

    return await within(ctx, quotas.NOTE, make)


@team.answer("point", "nouvelles", "news", about=POINT, takes_rest=True, makes=quotas.NOTE)
async def in_reply(ctx: Context, item: str, rest: str) -> Reply | None:
    found = await records.get(ctx.tx, item, lock=True)
    return await _say_where(ctx, found, rest.strip(" :,")) if found is not None else None


async def _say_where(ctx: Context, found: Team, words: str) -> Reply:
    """A new word of where it stands, or other words of the message that said it. Raises UserError."""
    if not await members.is_in(ctx.tx, found, ctx.sender):
        raise UserError(_("Only those who are in this team say where it stands."))
    if found.status not in ACCOMPANIED:
        raise UserError(texts.refused(found, Refusal.WRONG_STATUS))
    said = checked(words, LONGEST)
    note, again = await follow_up.answered(ctx, found, ctx.sender, said, source=source_of(ctx))
    return Reply(texts.noted(found, said, again=again), about=Ref(NOTED, str(note.id)))


@team.taken_back(NOTED)
async def taken_back(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message in which they said it takes it back."""
    note = await log.of_source(ctx.tx, source, ctx.sender)
    if note is None:
        return None
    await log.remove(ctx.tx, note)
    return Text.of(_("It is no longer in the team's log."))


# ── the end ───────────────────────────────────────────────────────────────────────────────────────────────


@step("terminer", "finir", "finish", "end")
async def finish(ctx: Context, found: Team, rest: str) -> Reply:
    excused = _NOT_MEASURED.fullmatch(rest)
    reason = (excused["reason"] or excused["why"] or "").strip() if excused is not None else ""
    unmeasured = checked(reason, LONGEST) if reason else ""
    by = await parties(ctx, found)
    in_the_way = not_measured(found.before, found.after, unmeasured)
    why_not = LIFECYCLE.refusal(Status(found.status), Trigger.EVALUATE, by=by, hindrances=in_the_way)
    if why_not is not None:
        raise UserError(texts.refused(found, Refusal(why_not)))
    return await begin(ctx, FINISH, {"team": found.id, "unmeasured": unmeasured})


async def _preview(ctx: Context, draft: Draft) -> Text:
    found = await records.get(ctx.tx, draft["team"])
    assert found is not None
    lines = [_("Not measured: {reason}").format(reason=draft["unmeasured"])] if draft["unmeasured"] else _known(found)
    return Text.of(
        _("The trial of the {team} would be over:").format(team=texts.titled(found)),
        bullets(*lines),
        _("All who took part in it read this once. Then I propose a practice sheet to the team."),
        _("This cannot be taken back."),
    )


async def _finish(ctx: Context, draft: Draft) -> Reply:
    found = await records.get(ctx.tx, draft["team"], lock=True)
    assert found is not None
    by = await parties(ctx, found)
    with teams.explained(found):
        await teams.evaluate(ctx, found, by=by, person=ctx.sender, unmeasured=draft["unmeasured"])
    return say(
        _("**The trial is over** ({number}), thank you. All who took part know.").format(number=records.number(found))
    )


FINISH = team.form(
    "team-finish",
    preview=_preview,
    done=_finish,
    title=lambda _ctx, draft: f"E-{draft['team']}",
    question=N_("**End it?** ✅ yes, ❌ no"),
    asks_rights=True,
    makes=quotas.NOTE,
    among=community_of,
)
