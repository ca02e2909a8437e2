"""`!fiche F-12 titre …`, `conditions …`, `ingrédient 2`: those who sign a sheet change what it says."""

from functools import partial
from typing import Final

from bot.communities import communities
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.errors import UserError
from bot.events.text import Text
from bot.i18n import _
from bot.registers import typed_territory
from bot.resources.search.kinds import ingredient
from bot.resources.texts import KINDS
from bot.sheets import Sheet, sheets, texts
from bot.sheets.rules import parts
from bot.sheets.rules.sheet import WRITABLE, Party, Refusal, Status
from bot.volunteers import topics
from commands.fiche.numbered import Parties, step, what_next
from commands.own_words import checked, source_of

FIELDS: Final = {
    "title": ("titre", "title"),
    "need": ("besoin", "need"),
    "done": ("fait", "done"),
    "result": ("résultat", "result"),
}
"""What a sheet cannot do without, by the words that one types."""


def require_writable(sheet: Sheet, by: Parties) -> None:
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
    return say(_("Noted in {title}.").format(title=texts.titled(sheet)), complete, what_next(sheet))


async def _field(name: str, ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    require_writable(sheet, by)
    longest = parts.LONGEST_ANSWER if name in parts.ANSWERS else parts.LONGEST_FIELD
    text = checked(rest, parts.LONGEST_TITLE if name == "title" else longest)
    if name == "territory":
        text = typed_territory.read(text).label
    if name in parts.ANSWERS or name == "title":
        setattr(sheet, name, text)
    else:
        sheet.fields = sheet.fields | {name: text}
    sheet.sources = sheet.sources | {name: source_of(ctx)}
    return await _noted(ctx, sheet)


@step("type", "nature", "kind")
async def _kind(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    require_writable(sheet, by)
    kind = parts.named(rest, parts.KINDS)
    if kind is None:
        raise UserError(
            _("I know these kinds: {kinds}").format(kinds=", ".join(_(KINDS[one][0]) for one in parts.KINDS))
        )
    sheet.kind = kind
    return await _noted(ctx, sheet)


@step("ingrédient", "ingrédients", "ingredient", "ingredients")
async def _ingredients(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """One to three of the five, by number or word."""
    require_writable(sheet, by)
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


@step("sujet", "sujets", "topic", "topics")
async def _topics(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    require_writable(sheet, by)
    known = await communities.topics_of(ctx.tx, sheet.community)
    found = [topics.named(part, known) for part in _separated(rest) if part]
    slugs = list(dict.fromkeys(one.slug for one in found if one))
    if None in found or not 0 < len(slugs) <= parts.MOST_TOPICS:
        choose = _("Choose up to three topics, by number:")
        raise UserError(f"{choose}\n{topics.numbered(known, ctx.language)}")
    sheet.topics = slugs
    return await _noted(ctx, sheet)


@step("enjeu", "enjeux", "issue", "issues")
async def _stakes(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    require_writable(sheet, by)
    found = parts.several(rest, parts.STAKES)
    if found is None:
        raise UserError(_("I know these issues: {issues}").format(issues=", ".join(parts.STAKES)))
    sheet.stakes = found
    return await _noted(ctx, sheet)


for name, typed in {**FIELDS, **parts.FIELDS}.items():
    step(*typed)(partial(_field, name))
