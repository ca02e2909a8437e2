"""What a team changes of mutual help, and can take back."""

from bot.communities.acting import Actor
from bot.help import settings
from bot.i18n import _, ngettext
from bot.noun import Fields, Undoable
from bot.store.database import Transaction
from bot.time.delay import Delay


def spoken(delay: Delay) -> str:
    """A delay as it is read: `4 working hours`."""
    if delay.days:
        return ngettext("{count} working day", "{count} working days", delay.days).format(count=delay.days)
    return ngettext("{count} working hour", "{count} working hours", delay.hours).format(count=delay.hours)


async def _delay(tx: Transaction, community: str, _thing: str) -> Fields:
    return {"delay": await settings.own(tx, community, settings.NEXT_GROUP)}


async def _set_delay(actor: Actor, community: str, _thing: str, fields: Fields) -> None:
    await settings.put(actor.tx, community, settings.NEXT_GROUP, fields["delay"])


async def _named_delay(_actor: Actor, _community: str, _thing: str) -> str:
    return _("how long volunteers are waited for")


async def _delay_before(_actor: Actor, _community: str, fields: Fields) -> str:
    return spoken(settings.read_wait(fields["delay"])) if fields.get("delay") else _("the usual delay")


HELP_DELAY = Undoable("help-delay", fields=_delay, put=_set_delay, thing=_named_delay, before=_delay_before)
