"""Reads the territory that somebody wrote, or says which ones they may have meant."""

from collections.abc import Sequence

from bot.errors import UserError
from bot.i18n import _
from bot.registers import territories
from bot.registers.territories import Territory


def read(words: str) -> Territory:
    """The territory that the words name. Raises UserError for none and for several."""
    found = territories.named(words)
    if found:
        return only(found)
    near = _labels(territories.near(words))
    raise UserError(
        _("I know no such département or region. Perhaps: {names}?").format(names=near)
        if near
        else _("I know no such département or region. For example: Finistère, 29, Bretagne, France")
    )


def only(found: Sequence[Territory]) -> Territory:
    """The one that was found. Raises UserError for several."""
    if len(found) > 1:
        raise UserError(_("Which one: {names}?").format(names=_labels(found)))
    return found[0]


def _labels(found: Sequence[Territory]) -> str:
    return ", ".join(one.label for one in found)
