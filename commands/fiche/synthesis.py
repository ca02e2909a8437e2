"""`!fiche synthèse <sujet>`: what several published sheets have in common, side by side."""

from functools import partial

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.quota import within
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.room_actions import Files
from bot.events.text import Text
from bot.i18n import N_, _
from bot.resources.texts import one_line
from bot.sheets.reading import documents, synthesis, synthesis_texts
from bot.sheets.reading.synthesis import LEAST, Published, Subject, Synthesis
from bot.sheets.reading.synthesis_texts import MOST_IN_PRIVATE, MOST_IN_ROOM, in_private, in_room
from commands.documents import KINDS, as_file, kind_of
from commands.fiche.phrases import COMPARE
from commands.fiche.write import command as fiche
from commands.own_words import plain
from commands.private import privately


@fiche.verb(
    "synthèse",
    "synthese",
    "synthesis",
    usage=N_("sheet synthesis <topic or ingredient>"),
    summary=N_("see what several sheets have in common"),
    phrases=COMPARE,
)
async def synthesis_(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    """Of the sheets of the room's community; in private of all that the person shares with us."""
    subject_words, kind = _read(words)
    found = await synthesis.published(ctx.tx, ctx.communities)
    subject = _subject(subject_words, found)
    if kind:
        return await within(ctx, quotas.DOCUMENT, partial(_printed, ctx, found, subject, kind))
    typed = one_line(subject_words, longest=40)
    most, text = (MOST_IN_PRIVATE, in_private) if ctx.direct else (MOST_IN_ROOM, in_room)
    return Reply(text(await synthesis.side_by_side(ctx, found, subject, most=most), typed))


def _read(words: str) -> tuple[str, str]:
    """The subject, and the kind of file if its last word is one: `territoire pdf`, `territoire en pdf`."""
    subject, _space, last = words.rpartition(" ")
    if plain(last) not in KINDS:
        return words, ""
    return subject.removesuffix(" en").removesuffix(" as"), kind_of(last)


def _subject(words: str, found: Published) -> Subject:
    """What is meant, if two sheets are about it. Raises UserError."""
    if not words:
        example = _("Say about what, for example: `!sheet synthesis ingredient 2`")
        raise UserError(f"{example}\n{synthesis_texts.several(found)}")
    subject = synthesis.named(words, found)
    if subject is None:
        raise UserError(synthesis_texts.unknown(words, found))
    if len(found.about(subject)) < LEAST:
        raise UserError(synthesis_texts.too_few(found, subject, one_line(words, longest=40)))
    return subject


async def _printed(ctx: Context, found: Published, subject: Subject, kind: str) -> Reply:
    shown = await synthesis.side_by_side(ctx, found, subject, most=documents.MOST_SIDE_BY_SIDE)
    return await privately(ctx, partial(_announced, shown), files=partial(_files, ctx, found, shown, kind))


async def _announced(shown: Synthesis) -> Text:
    return Text.of(synthesis_texts.heading(shown), synthesis_texts.how_many(shown))


async def _files(ctx: Context, found: Published, shown: Synthesis, kind: str) -> Files:
    slugs = dict.fromkeys(one.sheet.community for one in shown.shown)
    document = documents.of_synthesis(shown, [found.community[slug] for slug in slugs], now=ctx.now)
    return as_file(document, kind, synthesis_texts.heading(shown))
