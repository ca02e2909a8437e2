"""What a team changes of its resources and synonyms, and can take back."""

from bot.communities.acting import Actor
from bot.errors import UserError
from bot.i18n import N_, _
from bot.noun import Fields, Undoable
from bot.resources import resources, synonyms
from bot.resources.checks import arm
from bot.resources.resources import ARCHIVED, PROPOSED, PUBLISHED, WITHDRAWN
from bot.resources.texts import one_line, titled, value_of
from bot.store.database import Transaction

STATES = {PROPOSED: N_("proposed"), PUBLISHED: N_("published"), ARCHIVED: N_("archived"), WITHDRAWN: N_("withdrawn")}


async def _resource(tx: Transaction, community: str, thing: str) -> Fields:
    row = await resources.whatever(tx, int(thing), community=community)
    return {name: getattr(row, name) for name in resources.FIELDS} if row else {}


async def _set_resource(actor: Actor, community: str, thing: str, fields: Fields) -> None:
    row = await resources.whatever(actor.tx, int(thing), community=community)
    assert row is not None
    taken = await resources.known_as(actor.tx, community, fields["url"]) if "url" in fields else None
    if taken is not None and taken.id != row.id:
        raise UserError(_("Another resource has that address by now (DOC-{number}).").format(number=taken.id))
    await arm(actor, await resources.change(actor.tx, row, **fields))


async def _named_resource(actor: Actor, community: str, thing: str) -> str:
    found = await resources.whatever(actor.tx, int(thing), community=community)
    return _("the resource “{title}”").format(title=titled(found) if found else f"DOC-{thing}")


async def _resource_before(_actor: Actor, _community: str, fields: Fields) -> str:
    """Its state, or else the one field that was corrected."""
    if "state" in fields:
        state = STATES[str(fields["state"])]
        return _(state)
    column, value = next(iter(fields.items()))
    return value_of(column, value)


RESOURCE = Undoable("resource", fields=_resource, put=_set_resource, thing=_named_resource, before=_resource_before)


async def _synonym(tx: Transaction, community: str, thing: str) -> Fields:
    return {"words": await synonyms.group(tx, community, thing)}


async def _set_synonym(actor: Actor, community: str, thing: str, fields: Fields) -> None:
    await synonyms.put(actor.tx, community, thing, fields["words"])


async def _named_synonym(_actor: Actor, _community: str, thing: str) -> str:
    return _("the synonyms of “{word}”").format(word=one_line(thing, longest=40))


async def _synonym_before(_actor: Actor, _community: str, fields: Fields) -> str:
    return one_line(" = ".join(fields.get("words") or ())) or _("no other words")


SYNONYM = Undoable("synonym", fields=_synonym, put=_set_synonym, thing=_named_synonym, before=_synonym_before)
