"""`!fiche F-12 …`: see a sheet, complete it, submit it, withdraw it; found by its number."""

from functools import partial
from typing import Any

from bot import quotas
from bot.communities.tell import name
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import end
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.dispatch.menu import help_pages
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text, bullets
from bot.i18n import N_, _
from bot.mailbox import dialogues
from bot.resources.texts import one_line
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.journey import circulations
from bot.sheets.reading import mine as own_sheets
from bot.sheets.reading.published import is_changed, is_read
from bot.sheets.rules import parts
from bot.sheets.rules.sheet import FOR_AUTHORS, PUBLIC, REVIEW, WRITABLE, Party, Status
from bot.sheets.writing import authors, consents
from commands.fiche.capture import replied
from commands.fiche.numbered import STEPS, Parties, parties, what_next
from commands.fiche.phrases import MINE, SHARE
from commands.fiche.shown import as_card
from commands.fiche.word_order import hint
from commands.fiche.wording import require_writable
from commands.fiche.write import NUMBER, SHEET, start
from commands.fiche.write import command as fiche
from commands.own_words import asks_help, checked, plain, source_of
from commands.private import privately


async def _asks_rights(tx: Any, person: str, words: str) -> bool:
    """The community's team may do more with a sheet than other members; its author needs no right."""
    named = NUMBER.match(words)
    sheet = await sheets.get(tx, named[1]) if named else None
    if named is None or sheet is None or sheet.author == person:
        return False
    return bool(words[named.end() :].strip()) or sheet.status not in PUBLIC


@fiche.run(
    usage=N_("sheet"),
    summary=N_("begin, or go on; then by its number: submit, with, revise, withdraw; try, evaluate, circulate, adapt"),
    asks_rights=_asks_rights,
    phrases=SHARE,
)
async def sheet_(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    """By its number; without one a new sheet, or the one that the person has not finished."""
    if named := NUMBER.match(words):
        return await _by_words(ctx, named[1], words[named.end() :].strip())
    if (message := ctx.quoted) is not None and not words:
        return await within(ctx, quotas.SHEET, partial(replied, ctx, message))
    if asks_help(words):
        return Reply(help_pages.about(ctx, fiche) or help_pages.overview(ctx))
    if instead := hint(words, STEPS):
        raise UserError(instead)
    return await within(ctx, quotas.SHEET, partial(_begin, ctx, words))


async def _begin(ctx: Context, need: str) -> Reply:
    community = the_community(ctx)
    source = source_of(ctx)
    sheet = await sheets.said_in(ctx.tx, ctx.sender, source) if ctx.replaces else None
    sheet = sheet or await sheets.unfinished(ctx.tx, community.slug, ctx.sender)
    another = bool(need) and sheet is not None and bool(sheet.need) and sheet.sources.get("need") != source
    if sheet is None or another:  # words about something else must not be lost in a sheet that waits
        sheet = await sheets.begin(ctx, community.slug, ctx.sender)
    if need:
        require_writable(sheet, {Party.AUTHOR})
        said = checked(need, parts.LONGEST_ANSWER)
        await sheets.answer(ctx, sheet, parts.ANSWERS[0], said, source=source)
    return await start(ctx, sheet)


async def _by_words(ctx: Context, number: str, words: str) -> Reply | None:
    """See the sheet, or take the step that the words ask for. Raises UserError."""
    sheet = await sheets.get(ctx.tx, number, lock=bool(words))
    here = [community.slug for community in ctx.communities]
    if sheet is None or await circulations.read_in(ctx.tx, sheet, here) is None:
        raise UserError(_("I know of no sheet F-{number} here.").format(number=number))
    if not words and sheet.status in PUBLIC and not is_changed(sheet):
        return await as_card(ctx, sheet)
    by = await parties(ctx, sheet)
    if not words and is_read(sheet) and not (ctx.direct and _reads_all(sheet, by)):
        return await as_card(ctx, sheet)
    if not by and not is_read(sheet):
        raise UserError(_("I know of no sheet F-{number} here.").format(number=number))
    if not words and not _reads_all(sheet, by):
        return say(texts.standing(sheet, named=False))
    if not words and Party.AUTHOR not in by and sheet.status == Status.IN_REVIEW:
        return await _to_review(ctx, sheet)
    if not words:
        return await privately(ctx, partial(_unpublished, ctx, sheet), never_here=texts.standing(sheet))
    first, _space, rest = words.partition(" ")
    step = STEPS.get(plain(first))
    if step is None:
        raise UserError(_unknown(sheet, first))
    return await within(ctx, quotas.SHEET, partial(step, ctx, sheet, by, rest.strip()))


def _reads_all(sheet: Sheet, by: Parties) -> bool:
    """Whether the person reads what is not published: the team does what is reviewed, no draft."""
    return Party.AUTHOR in by or (bool(by) and sheet.status not in FOR_AUTHORS)


def _unknown(sheet: Sheet, word: str) -> str:
    words = ", ".join(_(texts.TYPED[name]) for name in parts.FIELDS)
    sentence = _("I do not know what you mean by “{word}”. I know, for example: {words}. To see it: `!{number}`")
    return sentence.format(word=one_line(word, longest=40), words=words, number=sheets.number(sheet))


async def _to_review(ctx: Context, sheet: Sheet) -> Reply:
    """As whoever is asked to review it reads it, and may answer it."""

    async def text() -> Text:
        return texts.to_review(await steps.shown(ctx, sheet))

    about, never_here = Ref(REVIEW, str(sheet.id)), texts.standing(sheet, named=False)
    return await privately(ctx, text, never_here=never_here, about=about, gestures=steps.ANSWERS)


async def _unpublished(ctx: Context, sheet: Sheet) -> Text:
    if sheet.status in (Status.ARCHIVED, Status.WITHDRAWN) and not sheet.need:
        return Text.of(texts.standing(sheet))
    writes = sheet.status in WRITABLE and ctx.sender in await authors.signing(ctx.tx, sheet)
    shown = texts.whole(await steps.shown(ctx, sheet))
    return Text.of(shown, texts.standing(sheet), sheet.missing, what_next(sheet) if writes else "")


@fiche.taken_back()
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes a message takes what it said out of what is not published."""
    sheet = await sheets.forget_said(ctx, ctx.sender, source)
    if sheet is None:
        return await _stays(ctx, source)
    dialogue = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, dialogues.FORM)
    if dialogue is not None and dialogue.name == SHEET.name:
        await end(ctx, dialogue, dialogues.CANCELLED)
    reviewed = sheet.status == Status.IN_REVIEW
    await steps.taken_out(ctx, sheet, ctx.sender, source=source)
    await consents.ask_anew(ctx, sheet, name(ctx, ctx.sender, await sheets.community_of(ctx.tx, sheet)), source=source)
    signs = ctx.sender in await authors.signing(ctx.tx, sheet)
    return _taken_out(sheet, reviewed=reviewed, signs=signs)


def _taken_out(sheet: Sheet, *, reviewed: bool, signs: bool) -> Text:
    """What has become of it; `reviewed`: others were reading it; `signs`: the person may still change it."""
    goes_on, title, number = sheet.status == Status.IN_REVIEW, texts.titled(sheet), sheets.number(sheet)
    of_copies = _("It is taken out of {title}, and out of what its reviewers read.")
    return Text.of(
        (of_copies if goes_on else _("It is taken out of {title}.")).format(title=title),
        _("The sheet is no longer with a reviewer.") if reviewed and not goes_on else "",
        _("What is published still says it. To take it back: `!sheet {number} withdraw`").format(number=number)
        if signs and is_read(sheet)
        else "",
        "" if goes_on or not signs else what_next(sheet),
    )


async def _stays(ctx: Context, source: str) -> Text | None:
    """What is published is not taken out of a text that others read: its author says what is done."""
    sheet = await sheets.written_in(ctx.tx, ctx.sender, source)
    if sheet is None:
        return None
    number, signs = sheets.number(sheet), ctx.sender in await authors.signing(ctx.tx, sheet)
    return Text.of(
        _("Your message is deleted; what it said is still in the sheet. {standing}.").format(
            standing=texts.standing(sheet)
        ),
        _("To take the sheet back: `!sheet {number} withdraw`").format(number=number) if signs else "",
        _("To change it: `!sheet {number} revise`").format(number=number) if signs and sheet.status in PUBLIC else "",
    )


@fiche.verb("mes", "mine", usage=N_("sheet mine"), summary=N_("see your sheets"), phrases=MINE)
async def mine(ctx: Context) -> Reply:
    found = await own_sheets.of(ctx.tx, ctx.sender)
    if not found:
        return say(_("You have written no sheet yet. To begin: `!sheet`"))
    return await privately(ctx, partial(_listed, N_("Your sheets:"), found))


async def _listed(heading: str, found: Any) -> Text:
    return Text.of(_(heading), bullets(*map(texts.standing, found[:20])))


@fiche.verb(
    "relire",
    "review",
    usage=N_("sheet review"),
    summary=N_("see the sheets that wait for a reviewer"),
    asks_rights=True,
)
async def to_review(ctx: Context) -> Reply:
    """The community's team sees all of them, a volunteer those that they were asked to review."""
    community = the_community(ctx)
    waiting = await sheets.in_review(ctx.tx, community.slug)
    mine = [sheet for sheet in waiting if (await parties(ctx, sheet)) & {Party.REVIEWER, Party.MODERATOR}]
    if not mine:
        return say(_("No sheet waits for your review."))
    return await privately(ctx, partial(_listed, N_("Sheets to review:"), mine))
