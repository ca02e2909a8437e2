"""What `!moi` says of a person's applications for support."""

from bot.i18n import _, language, ngettext
from bot.programmes import applications, catalogue, themes
from bot.programmes.rules.application import Status
from bot.programmes.texts import STANDING
from bot.store.database import Transaction


async def overview(tx: Transaction, person: str) -> str:
    """The newest one in which the person is, and how many there are."""
    found = await applications.of_person(tx, person)
    if not found:
        return ""
    first = found[0]
    theme = await themes.get(tx, first.theme)
    sentence = ngettext(
        "**{count} application for support**: {theme} ({number}), {standing}",
        "**{count} applications for support**: `!support`, first {theme} ({number}), {standing}",
        len(found),
    )
    return sentence.format(
        count=len(found),
        theme=catalogue.titled(theme.theme, language()),
        number=applications.number(first),
        standing=_(STANDING[Status(first.status)]),
    )
