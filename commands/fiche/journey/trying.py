"""`!fiche F-12 essayer`: a reader tries what a sheet describes, and is asked once what came of it."""

import re
from typing import Final

from bot import quotas
from bot.communities import communities
from bot.communities.tell import tell, waits_in_private
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.errors import NotNow, UserError
from bot.events.events import MessageReceived
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.i18n import _
from bot.mailbox import direct_chats
from bot.sheets import Sheet, SheetTrial, sheets, texts
from bot.sheets.journey import circulations, milestones, results, texts_milestones, texts_trials, trials
from bot.sheets.reading import as_resource
from bot.sheets.rules.milestones import Milestone
from bot.sheets.rules.sheet import SHEET
from bot.sheets.rules.trial import SAID, TRYING, TrialTrigger
from bot.sheets.writing import authors
from bot.text.plain_text import fold
from bot.thanks import of_things
from commands.doc.search import ONE as RESOURCE
from commands.fiche.numbered import Parties, step
from commands.fiche.write import command as fiche
from commands.own_words import checked, source_of

LONGEST: Final = 1_000
"""Characters in which somebody says what came of it."""
_NO_MORE: Final = re.compile(r"\b(plus|pas|arrete|no longer|not|stop)\b")

fiche.belongs(
    SHEET, to=circulations.read_by, also={RESOURCE: as_resource.of_card, of_things.ABOUT: circulations.number_on_card}
)
fiche.only_shows(SHEET)
fiche.belongs(TRYING, SAID, to=trials.belongs_to, waits=trials.waits)


# ── begun ─────────────────────────────────────────────────────────────────────────────────────────────────


async def begin(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Raises UserError for whoever signs it, and for what is not published."""
    await _require_reader(ctx, sheet)
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        raise UserError(_("I ask in private what came of it. Open a conversation with me, then write it there."))
    trial = await _begin(ctx, sheet)
    return Reply(texts_trials.begun(sheet)) if trial is not None else say(_already(sheet))


def _already(sheet: Sheet) -> str:
    sentence = _("You try {title} already. To say what came of it: `!sheet {number} evaluate …`")
    return sentence.format(title=texts.titled(sheet), number=sheets.number(sheet))


async def _require_reader(ctx: Context, sheet: Sheet) -> None:
    why_not = await milestones.in_the_way(ctx.tx, sheet, Milestone.TRIED)
    if why_not is not None:
        raise UserError(texts_milestones.refused(sheet, why_not))
    if ctx.sender in await authors.signing(ctx.tx, sheet):
        sentence = _("You sign this sheet: to say what came of it, write `!sheet {number} evaluate …`")
        raise UserError(sentence.format(number=sheets.number(sheet)))


async def _begin(ctx: Context, sheet: Sheet) -> SheetTrial | None:
    where = await circulations.read_in(ctx.tx, sheet, [community.slug for community in ctx.communities])
    return await trials.begin(ctx, sheet, ctx.sender, where or sheet.community)


async def stop(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Somebody changes their mind."""
    trial = await trials.of(ctx.tx, sheet, ctx.sender)
    if trial is None or not await trials.stop(ctx, trial):
        raise UserError(_("You are not trying {title} at present.").format(title=texts.titled(sheet)))
    return say(_("It is noted: you try {title} no more, and I ask nothing.").format(title=texts.titled(sheet)))


step("essayer", "essaie", "essaye", "tester", "try")(begin)
step("arrêter", "stop", "n'essaie", "n'essayer", "plus")(stop)


@step("je", "j'essaie", "j'essaye", "i", "i'm")
async def say_so(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """« je l'essaie », « je n'essaie plus »."""
    if _NO_MORE.search(fold(rest).text):
        return await stop(ctx, sheet, by, rest)
    return await begin(ctx, sheet, by, rest)


# ── by a gesture, or a word, under the sheet ──────────────────────────────────────────────────────────────


async def _shown(ctx: Context, item: str) -> Sheet | None:
    """The sheet of a card (`12/community`), locked."""
    return await sheets.get(ctx.tx, item.partition("/")[0], lock=True)


@fiche.title(about=SHEET)
async def shown_title(ctx: Context, item: str) -> str:
    sheet = await sheets.get(ctx.tx, item.partition("/")[0])
    return texts.titled(sheet) if sheet is not None else item


@fiche.reaction(Gesture.YES, about=SHEET, makes=quotas.SHEET)
async def tap(ctx: Context, item: str) -> Reply | None:
    """Under a sheet in a room nothing is said aloud; its authors, and a second tap, change nothing."""
    sheet = await _shown(ctx, item)
    if sheet is None:
        return None
    if isinstance(ctx.event, MessageReceived):
        return await begin(ctx, sheet, set(), "")
    try:
        await _require_reader(ctx, sheet)
    except UserError:
        return None
    trial = await _begin(ctx, sheet)
    if trial is not None:
        await _tell_begun(ctx, sheet, trial)
    return None


async def _tell_begun(ctx: Context, sheet: Sheet, trial: SheetTrial) -> None:
    community = await communities.get(ctx.tx, trial.community)
    assert community is not None
    key = f"sheet-trial:{trial.id}:begun:{ctx.event.event_id}"
    await tell(
        ctx,
        ctx.sender,
        lambda: texts_trials.begun(sheet),
        key=key,
        language=community.language,
        rings=False,
        otherwise=waits_in_private(community, ctx.sender),
    )


@fiche.reaction(Gesture.YES, about=SHEET, removed=True)
async def untap(ctx: Context, item: str) -> Reply | None:
    sheet = await _shown(ctx, item)
    trial = await trials.of(ctx.tx, sheet, ctx.sender) if sheet is not None else None
    if trial is not None:
        await trials.stop(ctx, trial)
    return None


@fiche.answer("je l'essaie", "j'essaie", "essayer", "I try it", "try", about=SHEET, makes=quotas.SHEET)
async def in_words(ctx: Context, item: str, rest: str) -> Reply | None:
    sheet = await _shown(ctx, item)
    return await begin(ctx, sheet, set(), "") if sheet is not None else None


# ── two months later ──────────────────────────────────────────────────────────────────────────────────────


@fiche.timer(trials.BEGUN, among=trials.slug_of)
async def begun(moment: Moment, item: str) -> None:
    await trials.begun(moment, item)


@fiche.timer(trials.ASK, among=trials.slug_where)
async def ask(moment: Moment, item: str) -> None:
    await trials.ask(moment, item)


@fiche.title(about=TRYING)
async def title(ctx: Context, item: str) -> str:
    trial = await trials.get(ctx.tx, item)
    sheet = await sheets.get(ctx.tx, trial.sheet) if trial is not None else None
    return texts.titled(sheet) if sheet is not None else item


async def _own(ctx: Context, item: str) -> tuple[Sheet, SheetTrial] | None:
    """The person's own trial while it is open, with its sheet, both locked; anybody else's gesture changes nothing."""
    found = await trials.with_sheet(ctx.tx, item)
    mine = found is not None and found[1].person == ctx.sender and found[1].status in trials.OPEN
    return found if mine else None


@fiche.reaction(Gesture.YES, about=TRYING, makes=quotas.ANSWER)
async def helped(ctx: Context, item: str) -> Reply | None:
    found = await _own(ctx, item)
    if found is None:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(TRYING, item))
    return Reply(texts_trials.in_words(found[0]), about=Ref(SAID, item), waits=True)


@fiche.reaction(Gesture.MAYBE, about=TRYING, makes=quotas.ANSWER)
async def too_early(ctx: Context, item: str) -> Reply | None:
    found = await _own(ctx, item)
    if found is None:
        return None
    try:
        await trials.not_yet(ctx, found[1])
    except NotNow:
        return await _no_more(ctx, *found)
    return say(_("It is noted: I ask once more in two months."))


@fiche.answer("pas encore", "trop tôt", "not yet", "too early", about=TRYING, makes=quotas.ANSWER)
async def not_yet(ctx: Context, item: str, rest: str) -> Reply | None:
    return await too_early(ctx, item)


@fiche.reaction(Gesture.NO, about=TRYING, makes=quotas.ANSWER)
async def did_not_help(ctx: Context, item: str) -> Reply | None:
    found = await _own(ctx, item)
    return await _no_more(ctx, *found) if found is not None else None


async def _no_more(ctx: Context, sheet: Sheet, trial: SheetTrial) -> Reply:
    await trials.move(ctx, trial, TrialTrigger.ANSWER)
    return say(
        _("Thank you, it is noted: I ask no more about {title}.").format(title=texts.titled(sheet)),
        _("If you wish to say why: `!sheet {number} evaluate …`").format(number=sheets.number(sheet)),
    )


async def _is_said(_tx: object, _item: str, words: str) -> bool:
    return any(sign.isalnum() for sign in words)


@fiche.answer(*("résultat", "result"), about=SAID, takes_rest=True, makes=quotas.ANSWER, alone=_is_said)
@fiche.answer("résultat", "result", about=TRYING, takes_rest=True, makes=quotas.ANSWER)
async def said(ctx: Context, item: str, rest: str) -> Reply | None:
    """What came of it, in words."""
    found = await _own(ctx, item)
    return await give(ctx, found[0], rest) if found is not None else None


@fiche.answer("annuler", "cancel", about=SAID)
async def nothing(ctx: Context, item: str, rest: str) -> Reply | None:
    found = await _own(ctx, item)
    return await _no_more(ctx, *found) if found is not None else None


async def give(ctx: Context, sheet: Sheet, words: str) -> Reply:
    """Keep what somebody says came of a sheet, and ask the team. Raises UserError."""
    text = checked(words, LONGEST)
    found = await results.give(ctx, sheet, ctx.sender, text, source=source_of(ctx))
    trial = await trials.of(ctx.tx, sheet, ctx.sender)
    if trial is None and ctx.sender not in await authors.signing(ctx.tx, sheet):
        trial = await _begin(ctx, sheet)
    if trial is not None and trial.status in trials.OPEN:
        await trials.move(ctx, trial, TrialTrigger.ANSWER)
    return Reply(texts_trials.thanks(sheet, found=found))
