"""`!fiche F-12 …`: see a sheet, complete it, submit it, withdraw it; found by its number."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

from bot import quotas
from bot.communities import communities
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin, end
from bot.dispatch.answer.quota import within
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights import leads
from bot.dispatch.answer.which_community import the_community
from bot.dispatch.menu import help_pages
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets
from bot.i18n import N_, _
from bot.mailbox import dialogues
from bot.resources.search.kinds import ingredient
from bot.resources.texts import KINDS, one_line
from bot.sheets import Sheet, authors, sheets, steps, texts
from bot.sheets.published import is_changed, is_read
from bot.sheets.rules import parts
from bot.sheets.rules.sheet import LIFECYCLE, PUBLIC, WRITABLE, Party, Refusal, Status, Trigger
from bot.volunteers import topics
from commands.fiche.capture import quoted, replied
from commands.fiche.phrases import MINE, SHARE
from commands.fiche.shown import read_by_all
from commands.fiche.word_order import asks_help, hint, plain
from commands.fiche.write import NUMBER, SHEET, checked, source_of, start
from commands.fiche.write import command as fiche
from commands.private import privately

Parties: TypeAlias = set[Party]
Step: TypeAlias = Callable[[Context, Sheet, Parties, str], Awaitable[Reply | None]]
"""What somebody who is these parties to the sheet asks for, with these words behind."""


async def _asks_rights(tx: Any, person: str, words: str) -> bool:
    """The community's team may do more with a sheet than other members; its author needs no right."""
    named = NUMBER.match(words)
    sheet = await sheets.get(tx, named[1]) if named else None
    if named is None or sheet is None or sheet.author == person:
        return False
    return bool(words[named.end() :].strip()) or sheet.status not in PUBLIC


@fiche.run(
    usage=N_("sheet"),
    summary=N_("begin, or go on; then by its number: submit, with, revise, withdraw"),
    asks_rights=_asks_rights,
    phrases=SHARE,
)
async def sheet_(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    """By its number; without one a new sheet, or the one that the person has not finished."""
    if named := NUMBER.match(words):
        return await _by_words(ctx, named[1], words[named.end() :].strip())
    if (message := quoted(ctx)) is not None and not words:
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
        _require_writable(sheet, {Party.AUTHOR})
        said = checked(need, parts.LONGEST_ANSWER)
        await sheets.answer(ctx, sheet, parts.ANSWERS[0], said, source=source)
    return await start(ctx, sheet)


async def _by_words(ctx: Context, number: str, words: str) -> Reply | None:
    """See the sheet, or take the step that the words ask for. Raises UserError."""
    sheet = await sheets.get(ctx.tx, number, lock=bool(words))
    if sheet is None or sheet.community not in {community.slug for community in ctx.communities}:
        raise UserError(_("I know of no sheet F-{number} here.").format(number=number))
    if not words and sheet.status in PUBLIC and not is_changed(sheet):
        return Reply(await read_by_all(ctx, sheet))
    by = await parties(ctx, sheet)
    if not words and is_read(sheet) and (not by or not ctx.direct):
        return Reply(await read_by_all(ctx, sheet))
    if not by and not is_read(sheet):
        raise UserError(_("I know of no sheet F-{number} here.").format(number=number))
    if not words:
        return await privately(ctx, partial(_unpublished, ctx, sheet), never_here=texts.standing(sheet))
    first, _space, rest = words.partition(" ")
    step = STEPS.get(plain(first))
    if step is None:
        raise UserError(_unknown(sheet, first))
    return await within(ctx, quotas.SHEET, partial(step, ctx, sheet, by, rest.strip()))


async def parties(ctx: Context, sheet: Sheet) -> Parties:
    """What the sender is to a sheet at this moment."""
    community = await sheets.community_of(ctx.tx, sheet)
    return await steps.parties(ctx, sheet, ctx.sender, leads=await leads(ctx, community))


def _unknown(sheet: Sheet, word: str) -> str:
    words = ", ".join(_(texts.TYPED[name]) for name in parts.FIELDS)
    sentence = _("I do not know what you mean by “{word}”. I know, for example: {words}. To see it: `!{number}`")
    return sentence.format(word=one_line(word, longest=40), words=words, number=sheets.number(sheet))


async def _unpublished(ctx: Context, sheet: Sheet) -> Text:
    if sheet.status in (Status.ARCHIVED, Status.WITHDRAWN) and not sheet.need:
        return Text.of(texts.standing(sheet))
    writes = sheet.status in WRITABLE and ctx.sender in await authors.signing(ctx.tx, sheet)
    shown = texts.whole(await steps.shown(ctx, sheet))
    return Text.of(shown, texts.standing(sheet), sheet.missing, _next(sheet) if writes else "")


# ── what it says ──────────────────────────────────────────────────────────────────────────────────────────


def _require_writable(sheet: Sheet, by: Parties) -> None:
    """Raise UserError unless the person may change what the sheet says now."""
    if Party.AUTHOR not in by:
        raise UserError(_("Only those who sign a sheet change what it says."))
    if sheet.status not in WRITABLE:
        hint = _("To write it anew: `!sheet {number} revise`").format(number=sheets.number(sheet))
        refusal = texts.refused(sheet, Refusal.WRONG_STATUS)
        raise UserError(f"{refusal}\n{hint}" if sheet.status == Status.PUBLISHED else refusal)


async def _noted(ctx: Context, sheet: Sheet) -> Reply:
    """Keep a change, and say what else would complete the sheet."""
    await sheets.change(ctx, sheet)
    complete = texts.to_complete(sheet) if sheet.status != Status.DRAFT or not sheets.missing(sheet) else Text.of()
    return say(_("Noted in {title}.").format(title=texts.titled(sheet)), complete, _next(sheet))


def _next(sheet: Sheet) -> str:
    number = sheets.number(sheet)
    if sheets.missing(sheet):
        return _("To go on: `!sheet {number} go on`").format(number=number)
    return _("Once it is ready: `!sheet {number} submit`").format(number=number)


async def _field(name: str, ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    _require_writable(sheet, by)
    longest = parts.LONGEST_ANSWER if name in parts.ANSWERS else parts.LONGEST_FIELD
    text = checked(rest, parts.LONGEST_TITLE if name == "title" else longest)
    if name in parts.ANSWERS or name == "title":
        setattr(sheet, name, text)
    else:
        sheet.fields = sheet.fields | {name: text}
    sheet.sources = sheet.sources | {name: source_of(ctx)}
    return await _noted(ctx, sheet)


async def _kind(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    _require_writable(sheet, by)
    kind = parts.named(rest, parts.KINDS)
    if kind is None:
        raise UserError(
            _("I know these kinds: {kinds}").format(kinds=", ".join(_(KINDS[one][0]) for one in parts.KINDS))
        )
    sheet.kind = kind
    return await _noted(ctx, sheet)


async def _ingredients(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """One to three of the five, by number or word."""
    _require_writable(sheet, by)
    typed = [part for part in _separated(rest) if part]
    found = [ingredient(part) for part in typed]
    known = list(dict.fromkeys(one for one in found if one))
    if None in found or not 0 < len(known) <= parts.MOST_INGREDIENTS:
        lines = [f"{place}. {_(words)}" for place, words in enumerate(texts.INGREDIENTS.values(), 1)]
        raise UserError("\n".join([_("Choose one to three by number, for example `ingredient 2, 4`:"), *lines]))
    sheet.ingredients = known
    return await _noted(ctx, sheet)


def _separated(rest: str) -> list[str]:
    """The parts between commas; numbers alone need none."""
    cut = rest.replace(";", ",")
    pieces = cut.split() if cut.replace(",", " ").replace(" ", "").isdigit() else cut.split(",")
    return [piece.strip(" ,") for piece in pieces]


async def _topics(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    _require_writable(sheet, by)
    known = await communities.topics_of(ctx.tx, sheet.community)
    found = [topics.named(part, known) for part in _separated(rest) if part]
    slugs = list(dict.fromkeys(one.slug for one in found if one))
    if None in found or not 0 < len(slugs) <= parts.MOST_TOPICS:
        choose = _("Choose up to three topics, by number:")
        raise UserError(f"{choose}\n{topics.numbered(known, ctx.language)}")
    sheet.topics = slugs
    return await _noted(ctx, sheet)


async def _stakes(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    _require_writable(sheet, by)
    found = parts.several(rest, parts.STAKES)
    if found is None:
        raise UserError(_("I know these issues: {issues}").format(issues=", ".join(parts.STAKES)))
    sheet.stakes = found
    return await _noted(ctx, sheet)


# ── its life ──────────────────────────────────────────────────────────────────────────────────────────────


async def _go_on(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    if sheet.author != ctx.sender or sheet.status not in WRITABLE:
        raise UserError(texts.refused(sheet, Refusal.NOT_ALLOWED))
    return await start(ctx, sheet)


async def _submit(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    with steps.explained(sheet):
        found = await steps.submit(ctx, sheet, by=by, person=ctx.sender)
    return Reply(texts.submitted(sheet, found=found))


async def _revise(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    with steps.explained(sheet):
        await steps.revise(ctx, sheet, by=by)
    return say(
        _("{title} is shown as to be verified.").format(title=texts.titled(sheet)),
        _(
            "Its authors may change it now; a reviewer reads it again. To leave it as it is: `!sheet {number} verified`"
        ).format(number=sheets.number(sheet)),
    )


async def _confirm(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    with steps.explained(sheet):
        await steps.confirm(ctx, sheet, by=by)
    return say(_("Noted: {title} was verified today.").format(title=texts.titled(sheet)))


async def publish(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """A reviewer, or the team, says yes to it."""
    with steps.explained(sheet):
        await steps.publish(ctx, sheet, by=by, person=ctx.sender)
    return say(_("**It is published: {title}.** Its authors know.").format(title=texts.titled(sheet)))


async def ask_back(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """A reviewer, or the team, says what is missing."""
    said = checked(rest, parts.LONGEST_FIELD) if rest else ""
    with steps.explained(sheet, _("complete")):
        await steps.ask_back(ctx, sheet, said, by=by, person=ctx.sender)
    return say(_("It is passed on: the authors of {title} complete it.").format(title=texts.titled(sheet)))


async def _complete(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Its author is shown what would complete it; whoever reviews it says what is missing."""
    if Party.AUTHOR not in by:
        return await ask_back(ctx, sheet, by, rest)
    lacking = texts.to_complete(sheet)
    return say(lacking if lacking.lines else _("Nothing is missing from it."), _next(sheet))


async def _end(trigger: Trigger, ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Shown before it is done. Whoever only signs it too takes their name off it."""
    if trigger is Trigger.WITHDRAW and Party.AUTHOR in by and sheet.author != ctx.sender and Party.NEEDED not in by:
        await authors.leave(ctx.tx, sheet, ctx.sender)
        return say(_("Your name is no longer on {title}.").format(title=texts.titled(sheet)))
    refusal = LIFECYCLE.refusal(
        Status(sheet.status), trigger, by=by, hindrances={Refusal.REASON_MISSING} if not rest else ()
    )
    if refusal is not None:
        word = _("archive") if trigger is Trigger.ARCHIVE else _("withdraw")
        raise UserError(texts.refused(sheet, Refusal(refusal), word))
    return await begin(ctx, END, {"sheet": sheet.id, "trigger": trigger.value, "reason": rest})


async def _end_preview(ctx: Context, draft: Draft) -> Text:
    sheet = await sheets.get(ctx.tx, draft["sheet"])
    assert sheet is not None
    if sheet.published_at is None:
        return Text.of(_("{title} would be forgotten, with all that it says.").format(title=texts.titled(sheet)))
    return Text.of(
        _("{title} would be found no more.").format(title=texts.titled(sheet)),
        _("This is not undone: it would have to be written anew."),
    )


async def _end_done(ctx: Context, draft: Draft) -> Reply:
    sheet = await sheets.get(ctx.tx, draft["sheet"], lock=True)
    assert sheet is not None
    by, name = await parties(ctx, sheet), texts.titled(sheet)
    signed = sheet.author == ctx.sender
    with steps.explained(sheet):
        await steps.end(ctx, sheet, Trigger(draft["trigger"]), by=by, reason=draft["reason"])
    if not signed:
        words = partial(_ended, name, draft["reason"])
        await steps.tell_authors(ctx, sheet, words, key="ended", but=ctx.sender)
    return say(_("{title} is found no more.").format(title=name))


def _ended(name: str, reason: str) -> Text:
    return Text.of(
        _("**{title} is found no more**: somebody who may do so ended it.").format(title=name),
        _("The reason: {reason}").format(reason=one_line(reason)) if reason else "",
    )


END = fiche.form(
    "sheet-end",
    preview=_end_preview,
    done=_end_done,
    title=lambda _ctx, draft: f"F-{draft['sheet']}",
    asks_rights=True,
    makes=quotas.SHEET,
)


@fiche.taken_back()
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes a message takes what it said out of their draft."""
    sheet = await sheets.forget_said(ctx, ctx.sender, source)
    if sheet is None:
        return None
    dialogue = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, dialogues.FORM)
    if dialogue is not None and dialogue.name == SHEET.name:
        await end(ctx, dialogue, dialogues.CANCELLED)
    return Text.of(_("It is taken out of {title}.").format(title=texts.titled(sheet)), _next(sheet))


@fiche.verb("mes", "mine", usage=N_("sheet mine"), summary=N_("see your sheets"), phrases=MINE)
async def mine(ctx: Context) -> Reply:
    found = await sheets.of_person(ctx.tx, ctx.sender)
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


_WORDS: Final[Mapping[Step, tuple[str, ...]]] = {
    _go_on: ("reprendre", "continuer", "go", "continue"),
    _submit: ("soumettre", "envoyer", "submit"),
    _revise: ("reviser", "revise"),
    _confirm: ("verifie", "verifiee", "confirmer", "verified"),
    publish: ("publier", "publish"),
    _complete: ("completer", "complete"),
    partial(_end, Trigger.WITHDRAW): ("retirer", "supprimer", "effacer", "annuler", "withdraw", "delete", "cancel"),
    partial(_end, Trigger.ARCHIVE): ("archiver", "archive"),
    _kind: ("type", "nature", "kind"),
    _ingredients: ("ingredient", "ingredients"),
    _topics: ("sujet", "sujets", "topic", "topics"),
    _stakes: ("enjeu", "enjeux", "issue", "issues"),
    partial(_field, "title"): ("titre", "title"),
    partial(_field, "need"): ("besoin", "need"),
    partial(_field, "done"): ("fait", "done"),
    partial(_field, "result"): ("resultat", "result"),
}
STEPS: Final[dict[str, Step]] = {
    **{word: step for step, words in _WORDS.items() for word in words},
    **{plain(word): partial(_field, name) for name, words in parts.FIELDS.items() for word in words},
}
