"""The thanks of the month in a room's digest: names of those who agreed to be named, in no order of merit.

How often somebody was thanked is said to nobody else. How many thanks there were in all is said only where so many
people were thanked that it tells nothing of any of them.
"""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.communities.figures.views import LEAST
from bot.communities.people import members
from bot.communities.settings import settings
from bot.communities.tell import name
from bot.digest.due import ROOM
from bot.digest.rules.month import month_before
from bot.events.text import Line, Text
from bot.i18n import LANGUAGES, N_, _, language, ngettext, speaking
from bot.mailbox.sending import unsent
from bot.text.plain_text import fold
from bot.thanks import thanks
from bot.time.spoken_dates import say_month
from bot.volunteers import profiles
from bot.volunteers.profiles import Agreement

HEADING = N_("**Thanks of the month**")


async def of_month(hands: Hands, community: Community, *, at: datetime, but: str = "") -> str:
    """The thanks of the month before in a line, without the person `but`; empty without any. Raises MembersUnknown."""
    zone = ZoneInfo(community.time_zone)
    period = month_before(at, zone)
    people, count = await thanks.thanked(hands.tx, community.slug, period)
    named = await _named(hands, community, people - {but})
    least = await settings.value(hands.tx, community.slug, LEAST)
    said = [", ".join(named), _in_all(count) if len(people) >= least else ""]
    if not any(said):
        return ""
    month = say_month(period.begin, zone=zone, language=language())
    return _("{heading} ({month}): {what}").format(heading=_(HEADING), month=month, what="; ".join(filter(None, said)))


async def _named(hands: Hands, community: Community, people: Collection[str]) -> list[str]:
    """The names of those who agreed and are members, by the alphabet."""
    found = await profiles.agreeing(hands.tx, people, Agreement.THANKS)
    here = [one for one in found if await members.is_member_for_sure(hands.tx, hands.directory, one, community.slug)]
    return sorted((name(hands, one, community) for one in here), key=lambda said: fold(said).text)


def _in_all(count: int) -> str:
    return ngettext("{count} thanks in all", "{count} thanks in all", count).format(count=count)


async def without(hands: Hands, person: str) -> None:
    """Whoever is named no more is not named in the digests that are still to be sent either."""
    for row in await unsent.about(hands.tx, hands.account, ROOM):
        community = await communities.get(hands.tx, row.about.partition(":")[2] if row.about else "")
        if community is not None:
            text = [await _again(hands, community, line, row.entered_at, person) for line in unsent.text_of(row).lines]
            await unsent.rewrite(hands.outbox, hands.tx, row, Text.of(*text))


async def _again(hands: Hands, community: Community, line: Line, at: datetime, but: str) -> Line | str:
    """A line of a digest: that of the thanks is made anew, in its language."""
    for spoken in LANGUAGES:
        with speaking(spoken):
            if line.text.startswith(_(HEADING)):
                return await of_month(hands, community, at=at, but=but)
    return line
