"""What people gave to the resources: those that they proposed, and that can be found since."""

from collections import Counter
from collections.abc import Mapping

from sqlmodel import col, select

from bot.communities.contributed import Contributed, Period
from bot.contributors import returns
from bot.i18n import N_, ngettext
from bot.resources.contributions import PROPOSAL
from bot.resources.tables import Resource
from bot.store.database import Transaction


async def proposed(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    """The resources that the person proposed, published in the period."""
    numbers = [int(thing.id) for thing in await returns.given_by(tx, person, PROPOSAL)]
    then = (col(Resource.published_at) >= period.begin, col(Resource.published_at) < period.end)
    return Counter((await tx.exec(select(Resource.community).where(col(Resource.id).in_(numbers), *then))).all())


def _said(count: int) -> str:
    return ngettext(
        "{count} resource proposed and published", "{count} resources proposed and published", count
    ).format(count=count)


CONTRIBUTED = (Contributed(60, N_("resources proposed"), _said, proposed, kept=returns.KEPT),)
