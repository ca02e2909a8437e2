"""Whoever answers for resources left the community, or is erased: from then on its team answers for them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.communities import communities
from bot.communities.acting import Hands
from bot.communities.tell import tell_team
from bot.events.text import Text, bullets
from bot.i18n import _, ngettext
from bot.noun import Departure
from bot.resources import resources
from bot.resources.checks import arm
from bot.resources.resources import ARCHIVED
from bot.resources.tables import Resource
from bot.resources.texts import titled
from bot.store.database import Transaction

SHOWN = 5


async def _people(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    return {row.owner for row in await resources.answered_for(tx, community=community) if row.owner is not None}


async def _ends(hands: Hands, community: str, person: str) -> None:
    """Pass on what the person answered for; the team learns what it is, not who it was."""
    mine = await resources.answered_for(hands.tx, community=community, person=person)
    for row in mine:
        await arm(hands, await resources.change(hands.tx, row, owner=None))
    left, found = [row for row in mine if row.state != ARCHIVED], await communities.get(hands.tx, community)
    if left and found is not None:
        # A revision is given once: the same resources may be passed on again later.
        key = f"doc-owner-left:{community}:{left[0].revision}"
        await tell_team(hands, found, partial(_passed_on, left), key=key)


def _passed_on(left: Sequence[Resource]) -> Text:
    sentence = ngettext(
        "Whoever answered for {count} resource is no longer here: the community's team answers for it now.",
        "Whoever answered for {count} resources is here no more: the community's team answers for them now.",
        len(left),
    )
    rest = len(left) - SHOWN
    return Text.of(
        sentence.format(count=len(left)),
        bullets(*map(titled, left[:SHOWN]), _("and {count} more").format(count=rest) if rest > 0 else ""),
        _("To name somebody: `!admin doc change DOC-{number} owner @…`").format(number=left[0].id),
    )


async def erase(hands: Hands, person: str) -> None:
    """Pass on what they answered for, in every community."""
    for slug in sorted({row.community for row in await resources.answered_for(hands.tx, person=person)}):
        await _ends(hands, slug, person)


DEPARTURE = Departure(concerns=(resources.answers_for_any,), people=_people, ends=_ends)
