"""People who have not turned to us for two years: warned in private, then erased as by `!moi oubli`."""

import logging
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.communities.people import activity, people
from bot.communities.tell import tell
from bot.dispatch.answer.context import Moment
from bot.events.text import Text, title
from bot.i18n import DEFAULT, _, language
from bot.mailbox import direct_chats
from bot.privacy import inactivity
from bot.time.spoken_dates import say_date
from commands.moi.data import erase, oblivion

logger = logging.getLogger(__name__)


@oblivion.timer(inactivity.WARN)
async def warn(moment: Moment, item: str) -> None:
    """Say once what will happen; whoever declined to be written to is told nothing, and erased all the same."""
    if not await inactivity.is_to_warn(moment, item):
        return
    await activity.warned(moment.tx, item, now=moment.now)
    if await direct_chats.is_out_of_reach(moment.tx, moment.account, item):
        return
    zone = ZoneInfo(await people.zone_of(moment.tx, item) or inactivity.ZONE)
    words = partial(_warning, moment.now + activity.TO_ANSWER, zone)
    key = f"{inactivity.WARN}:{item}:{moment.now.date()}"
    await tell(moment, item, words, key=key, language=DEFAULT, rings=False, unasked=True)


def _warning(day: datetime, zone: ZoneInfo) -> Text:
    said = say_date(day, zone=zone, language=language(), year=True)
    return Text.of(
        title(_("You have not turned to me for about two years")),
        _("After {day} I erase all that I keep about you: your settings, your answers, what you volunteer for.").format(
            day=said
        ),
        _("What you wrote for others stays, without your identifier."),
        _("**To stay**: write `!me` to me before then, or turn to me in a room. If you do nothing, it is erased."),
    )


@oblivion.timer(inactivity.ERASE)
async def erase_inactive(moment: Moment, item: str) -> None:
    if await inactivity.is_to_erase(moment, item):
        await erase(moment, item)
        logger.info("somebody who was inactive for long is erased")
