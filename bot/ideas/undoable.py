"""What a team decides about irritants and ideas, and can take back."""

from bot.communities.acting import Actor
from bot.i18n import _
from bot.ideas import ideas, steps, texts
from bot.ideas.rules.idea import Status
from bot.noun import Fields, Undoable
from bot.store.database import Transaction

_FIELDS = ("status", "reason", "merged_into")


async def _fields(tx: Transaction, community: str, thing: str) -> Fields:
    idea = await ideas.get(tx, thing)
    return {name: getattr(idea, name) for name in _FIELDS} if idea is not None and idea.community == community else {}


async def _put(actor: Actor, _community: str, thing: str, fields: Fields) -> None:
    idea = await ideas.get(actor.tx, thing, lock=True)
    assert idea is not None
    with steps.explained(idea):
        await steps.take_up(actor, idea, retained=fields.get("status") == Status.RETAINED)


async def _thing(_actor: Actor, _community: str, thing: str) -> str:
    return _("what was decided about I-{number}").format(number=thing)


async def _before(_actor: Actor, _community: str, fields: Fields) -> str:
    return _(texts.STANDING[Status(fields["status"])])


DECISION = Undoable("idea", fields=_fields, put=_put, thing=_thing, before=_before)
