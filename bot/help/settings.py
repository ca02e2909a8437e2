"""How a community's requests for help proceed: whom to ask at a time, and how long to wait."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities import Community
from bot.errors import UserError
from bot.help.rules.timers import DELAYS, Timer
from bot.help.tables import HelpSetting
from bot.i18n import _
from bot.store.database import Transaction
from bot.time.delay import Delay, parse_delay
from bot.time.working_time import WorkingTime
from bot.volunteers.rules.routing import WAVES

FIRST_GROUP, SECOND_GROUP, NEXT_GROUP = "first_group", "second_group", "next_group"


USUAL_WAIT = Delay(days=DELAYS[Timer.NEXT_GROUP])


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds in one community; `groups` are the people asked first, then besides."""

    working: WorkingTime
    groups: tuple[int, ...] = WAVES
    wait: Delay = USUAL_WAIT

    def delay(self, timer: Timer) -> Delay:
        """How long after it was armed a timer is due."""
        return self.wait if timer is Timer.NEXT_GROUP else Delay(days=DELAYS[timer])


async def of(tx: Transaction, community: Community) -> Manner:
    """The community's own settings over what is usual; what cannot be read is left out."""

    async def load() -> Manner:
        rows = await tx.exec(select(HelpSetting).where(HelpSetting.community == community.slug))
        own = {row.name: row.value for row in rows}
        groups = tuple(
            _people(own.get(name), people) for name, people in zip((FIRST_GROUP, SECOND_GROUP), WAVES, strict=True)
        )
        working = WorkingTime(ZoneInfo(community.time_zone))
        return Manner(working, groups, parse_delay(own.get(NEXT_GROUP, "")) or USUAL_WAIT)

    return await tx.remember(HelpSetting, (community.slug, community.time_zone), load)


async def put(tx: Transaction, community: str, name: str, value: str | None) -> None:
    """Set one of them, or None for what is usual; the caller has shown the value before."""
    if value is None:
        this = (col(HelpSetting.community) == community, col(HelpSetting.name) == name)
        await tx.exec(delete(HelpSetting).where(*this))
        return
    await tx.merge(HelpSetting(community=community, name=name, value=value))
    await tx.flush()


async def own(tx: Transaction, community: str, name: str) -> str | None:
    """What the community itself set, None where it follows what is usual."""
    this = select(HelpSetting.value).where(HelpSetting.community == community, HelpSetting.name == name)
    return (await tx.exec(this)).first()


def read_wait(words: str) -> Delay:
    """How long a group of volunteers is to be waited for. Raises UserError for what is no delay."""
    delay = parse_delay(words)
    if delay is None:
        raise UserError(_("Write so many working days or hours, for example: 1 day, or 4 hours"))
    return delay


def _people(value: str | None, usual: int) -> int:
    return int(value) if value and value.isdigit() and 0 < int(value) <= 20 else usual
