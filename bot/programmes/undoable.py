"""What a team changes about themes, and can take back."""

from datetime import datetime

from bot.communities.acting import Actor
from bot.i18n import _, language
from bot.noun import Fields, Undoable
from bot.programmes import catalogue, themes
from bot.store.database import Transaction


async def _fields(tx: Transaction, community: str, thing: str) -> Fields:
    theme = catalogue.get(thing)
    row = await themes.of(tx, community, theme) if theme is not None else None
    if row is None:
        return {"open": False, "until": None}
    return {"open": row.open, "until": row.until.isoformat() if row.until is not None else None}


async def _put(actor: Actor, community: str, thing: str, fields: Fields) -> None:
    theme, now = catalogue.get(thing), await _fields(actor.tx, community, thing)
    assert theme is not None
    whole = {**now, **fields}
    until = datetime.fromisoformat(whole["until"]) if whole["until"] else None
    await themes.set_open(actor.tx, community, theme, is_open=whole["open"], until=until, now=actor.now)


async def _thing(_actor: Actor, _community: str, thing: str) -> str:
    return _("applications for support on {theme}").format(theme=catalogue.titled(thing, language()))


async def _before(_actor: Actor, _community: str, fields: Fields) -> str:
    return _("taken") if fields.get("open", True) else _("not taken")


THEME = Undoable("support-theme", fields=_fields, put=_put, thing=_thing, before=_before)
