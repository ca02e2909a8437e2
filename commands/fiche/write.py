"""`!fiche`: a practice sheet in three questions, in private, left and taken up again at will."""

import re
from functools import partial
from typing import Any

from bot import quotas
from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.tell import tell, waits_in_private
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import amends, begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft, Step
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import N_, _
from bot.mailbox import dialogues, direct_chats
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.noun import NOUN
from bot.sheets.rules.parts import ANSWERS, LONGEST_ANSWER
from bot.sheets.rules.sheet import START, WRITABLE, Party, Status, Trigger
from commands.own_words import checked, source_of

command = Command(
    "fiche",
    aliases=("fiches", "pratique", "partager", "sheet", "share"),
    summary=N_("tell what worked for you"),
    place=40,
    items=NOUN.letter,
    examples=(N_("sheet F-12 submit"), N_("sheet F-12 conditions a meeting room")),
)

NUMBER = re.compile(r"[fF]\s?-?\s?(\d{1,9})[.,:;]?(?:\s+|$)")


async def start(ctx: Context, sheet: Sheet) -> Reply:
    """Ask the first question without an answer, here if this is private; else invite the author to go on there."""
    await steps.remind_later(ctx, sheet)
    if ctx.direct:
        return await begin(ctx, SHEET, {"sheet": sheet.id}, step=_step(sheet))
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        raise UserError(_("A sheet is written in private. Open a conversation with me, then write `sheet` there."))
    await invite(ctx, await sheets.community_of(ctx.tx, sheet), sheet)
    return say(_("I write to you in private, where you write it."))


async def invite(ctx: Context, community: Community, sheet: Sheet) -> None:
    """A card in private, from which its author begins, or goes on."""
    await tell(
        ctx,
        ctx.sender,
        partial(_invitation, sheet),
        key=f"sheet:{sheet.id}:start:{ctx.event.event_id}",
        language=community.language,
        about=Ref(START, str(sheet.id)),
        gestures=(Gesture.YES, Gesture.NO),
        otherwise=waits_in_private(community, ctx.sender),
    )


def _invitation(sheet: Sheet) -> Text:
    return Text.of(
        _("**Your sheet** ({number}): three questions, one message each. You may stop and go on when you like.").format(
            number=sheets.number(sheet)
        ),
        _("**Begin?** ✅ yes, ❌ no"),
    )


def _step(sheet: Sheet) -> int:
    """The question to ask: the first without an answer; past all of them the preview."""
    return next((place for place, name in enumerate(ANSWERS) if not getattr(sheet, name)), len(ANSWERS))


command.belongs(START, to=sheets.belongs_to, waits=sheets.waits)


@command.title(about=START)
async def title(ctx: Context, item: str) -> str:
    sheet = await sheets.get(ctx.tx, item)
    return texts.titled(sheet) if sheet is not None else item


async def own(ctx: Context, item: str) -> Sheet | None:
    """The sender's own sheet, locked; anybody else's gesture is left without an answer."""
    sheet = await sheets.get(ctx.tx, item, lock=True)
    return sheet if sheet is not None and sheet.author == ctx.sender else None


@command.reaction(Gesture.YES, about=START, makes=quotas.SHEET)
async def accept(ctx: Context, item: str) -> Reply | None:
    sheet = await own(ctx, item)
    if sheet is None or sheet.status not in WRITABLE:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(START, item))
    return await start(ctx, sheet)


@command.reaction(Gesture.NO, about=START)
async def not_now(ctx: Context, item: str) -> Reply | None:
    sheet = await own(ctx, item)
    if sheet is None:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(START, item))
    if not sheet.need and sheet.status == Status.DRAFT:
        await steps.end(ctx, sheet, Trigger.WITHDRAW, by={Party.AUTHOR})
        return say(_("It is noted. To write one some day: `!sheet`"))
    return say(
        _("It is noted, nothing has changed. To go on one day: `!sheet {number} go on`").format(
            number=sheets.number(sheet)
        )
    )


# ── the three questions ───────────────────────────────────────────────────────────────────────────────────


async def _sheet(ctx: Context, draft: Draft) -> Sheet:
    sheet = await sheets.get(ctx.tx, draft["sheet"], lock=True)
    if sheet is None or sheet.status not in WRITABLE:
        raise UserError(_("This sheet is not being written any more. To begin another: `!sheet`"))
    return sheet


def _question(name: str) -> Step:
    """The question after one of the three answers."""

    async def ask(ctx: Context, draft: Draft) -> Text:
        return texts.question(await _sheet(ctx, draft), name)

    async def changed(ctx: Context, source: str) -> Text | None:
        sheet = await sheets.written_in(ctx.tx, ctx.sender, source)
        if sheet is None or sheet.sources.get(name) != source:
            return None
        asked = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, dialogues.FORM)
        return None if sheet.status in WRITABLE and amends(asked, source) else texts.unchanged(sheet, name)

    async def take(ctx: Context, draft: Draft, answer: str) -> Draft:
        sheet = await _sheet(ctx, draft)
        said = checked(answer, LONGEST_ANSWER)
        await sheets.answer(ctx, sheet, name, said, source=source_of(ctx))
        return draft

    async def has_answer(ctx: Context, draft: Draft) -> bool:
        return bool(getattr(await _sheet(ctx, draft), name))

    return Step(ask, take, has_answer, changed)


async def _preview(ctx: Context, draft: Draft) -> Text:
    return texts.preview(await steps.shown(ctx, await _sheet(ctx, draft)))


async def _submit(ctx: Context, draft: Draft) -> Reply:
    sheet = await _sheet(ctx, draft)
    with steps.explained(sheet):
        found = await steps.submit(ctx, sheet, by={Party.AUTHOR}, person=ctx.sender)
    return Reply(texts.submitted(sheet, found=found))


async def _left(hands: Hands, draft: Draft) -> Text | None:
    """What stays when its author stops: nothing of a sheet without an answer."""
    sheet = await sheets.get(hands.tx, draft["sheet"]) if "sheet" in draft else None
    return texts.kept(sheet) if sheet is not None and sheets.is_begun(sheet) else None


async def _community(tx: Any, draft: Draft) -> str | None:
    """Its reviewers may be the team."""
    return await sheets.slug_of(tx, str(draft["sheet"])) if "sheet" in draft else None


SHEET = command.form(
    "sheet-write",
    preview=_preview,
    done=_submit,
    title=lambda _ctx, draft: f"F-{draft['sheet']}",
    steps=tuple(map(_question, ANSWERS)),
    question=N_("**Send it to a reviewer?** ✅ yes, ❌ no"),
    among=_community,
    makes=quotas.SHEET,
    left=_left,
)
