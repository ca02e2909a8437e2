"""`!moi attestation`: what one gave in a year, as a document sent in private."""

import re

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.quota import today
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.room_actions import Attach, Files
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _
from bot.markup import strong
from commands.moi.attested import Attested, attested, markdown
from commands.moi.data import zone_of
from commands.private import privately

command = Command(
    "attestation",
    under="moi",
    aliases=("attestations", "certificate", "contributions"),
    shown=N_("me certificate"),
    summary=N_("what you gave in a year, as a document"),
    examples=(N_("me certificate"), N_("me certificate 2026")),
    listed=False,
    anywhere=True,
)
_YEAR = re.compile(r"\b(\d{4})\b")
FIRST = 2000


@command.run(usage=N_("me certificate 2026"), makes=quotas.DATA)
async def certificate(ctx: Context, words: Rest = NOTHING) -> Reply:
    """Answer in private, wherever it is asked: who looks on sees nobody's figures."""
    zone = await zone_of(ctx)
    year = _year(words, current=today(ctx.now, zone).year)
    never_here = _("This document is for you alone, and I cannot write to you in private. Open a conversation with me.")
    made: list[Attested] = []

    async def read() -> Text:
        made.append(await attested(ctx, year, zone))
        return _read(made[-1], year)

    async def files() -> Files:
        return _files(made[-1], year)

    return await privately(ctx, read, never_here=never_here, files=files)


def _read(document: Attested, year: int) -> Text:
    """What it says, at a glance."""
    parts = [Text.of(strong(given.community), bullets(*given.lines)) for given in document.parts]
    nothing = _("The record shows nothing of yours for this year. For the year before: `!me certificate {year}`")
    return Text.of(
        title(document.title),
        *parts,
        "" if parts else nothing.format(year=year - 1),
        _("Some of it is stored no more: the document says what.") if document.limits else "",
        _("The document follows, for you to pass on if you like. Nobody else gets it from me."),
    )


def _files(document: Attested, year: int) -> Files:
    name = _("contributions-{year}.md").format(year=year)
    lost = Text.of(_("The homeserver did not take the file. Ask again later: `!me certificate`"))
    return Files((Attach(name, "text/markdown", markdown(document), threaded=False),), lost)


def _year(words: str, *, current: int) -> int:
    """The year that is asked for, else the current one. Raises UserError."""
    typed = _YEAR.search(words)
    if typed is None and words:
        raise UserError(_("For which year? Write for example: `!me certificate {year}`").format(year=current - 1))
    year = int(typed[1]) if typed else current
    if not FIRST <= year <= current:
        raise UserError(_("I can draw it up for a year that is past, or for this one: {year}.").format(year=current))
    return year
