"""`!moi attestation`: what one gave in a year, as a document sent in private."""

import re

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.quota import today
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.room_actions import Files
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _
from bot.markup import strong
from bot.text.plain_text import fold
from commands.documents import KINDS, MARKDOWN, PDF, as_file, kind_of
from commands.moi.attested import Attested, as_document, attested
from commands.moi.data import zone_of
from commands.private import privately

command = Command(
    "attestation",
    under="moi",
    aliases=("attestations", "certificate", "contributions"),
    shown=N_("me certificate"),
    summary=N_("what you gave in a year, as a document"),
    examples=(N_("me certificate"), N_("me certificate 2026 md")),
    listed=False,
    anywhere=True,
)
_YEAR = re.compile(r"\b(\d{4})\b")
FIRST = 2000


@command.run(usage=N_("me certificate 2026"), makes=quotas.DATA)
async def certificate(ctx: Context, words: Rest = NOTHING) -> Reply:
    """Answer in private, wherever it is asked: who looks on sees nobody's figures."""
    zone = await zone_of(ctx)
    year, kind = _asked(words, current=today(ctx.now, zone).year)
    never_here = _("This document is for you alone, and I cannot write to you in private. Open a conversation with me.")
    made: list[Attested] = []

    async def read() -> Text:
        made.append(await attested(ctx, year, zone))
        return _read(made[-1], year, kind)

    async def files() -> Files:
        return as_file(as_document(made[-1]), kind, made[-1].title)

    return await privately(ctx, read, never_here=never_here, files=files)


def _read(document: Attested, year: int, kind: str) -> Text:
    """What it says, at a glance."""
    parts = [Text.of(strong(given.community), bullets(*given.lines)) for given in document.parts]
    nothing = _("The record shows nothing of yours for this year. For the year before: `!me certificate {year}`")
    return Text.of(
        title(document.title),
        *parts,
        "" if parts else nothing.format(year=year - 1),
        _("Some of it is stored no more: the document says what.") if document.limits else "",
        _("The document follows, for you to pass on if you like. Nobody else gets it from me."),
        _other(year, kind),
    )


def _other(year: int, kind: str) -> str:
    if kind == MARKDOWN:
        return _("To print it: `!me certificate {year} {kind}`").format(year=year, kind=PDF)
    return _("To change it in an editor: `!me certificate {year} {kind}`").format(year=year, kind=MARKDOWN)


def _asked(words: str, *, current: int) -> tuple[int, str]:
    """The year that is asked for, else the current one; and the kind of file. Raises UserError."""
    typed = _YEAR.search(words)
    kind = fold(_YEAR.sub("", words)).text.strip(" .,").removeprefix("en ").removeprefix("as ")
    if typed is None and kind and kind not in KINDS:
        raise UserError(_("For which year? Write for example: `!me certificate {year}`").format(year=current - 1))
    year = int(typed[1]) if typed else current
    if not FIRST <= year <= current:
        raise UserError(_("I can draw it up for a year that is past, or for this one: {year}.").format(year=current))
    return year, kind_of(kind)
